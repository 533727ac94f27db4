//! Tests of quotas, of the lockout and of the last-seen gate.

mod lockout;
mod quota;
mod touch;
