//! Limits how often something happens.

pub mod gcra;
pub mod lockout;
pub mod quota;
pub mod touch;
