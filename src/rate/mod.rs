//! Rate limits: quotas, the protection of logins, networks, and the gate for writes of *last seen*.

pub mod address;
pub mod gcra;
pub mod login;
pub mod quota;
pub mod touch;
