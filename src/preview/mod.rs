//! Plays settings through before they are saved: one user's days in fast motion, and what stored sessions would
//! become. It decides nothing itself: every step is the [`engine`](crate::engine)'s.

pub mod impact;
pub mod simulation;
