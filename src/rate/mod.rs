//! Rate limits: quotas, the lockout after failed logins, and the gate for writes of *last seen*.

pub mod gcra;
pub mod lockout;
pub mod quota;
pub mod touch;
