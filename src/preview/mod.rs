//! The effects of settings before they are saved: on the sessions of one user over time, and on stored sessions.
//!
//! Every decision is made by the [`engine`](crate::engine).

pub mod attack;
pub mod impact;
pub mod simulation;
