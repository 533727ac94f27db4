//! Tests of quotas, of the lockout and of the last-seen gate.

mod login;
mod quota;
mod touch;
