//! Rate limits: quotas, the protection of logins, and the gate for writes of *last seen*.
//!
//! ```
//! use magic_sessionmanager_core::rate::{gcra, quota::Quota};
//! use magic_sessionmanager_core::{Millis, UnixMillis};
//!
//! let (quota, now) = (Quota::new(60, Millis::new(60_000), 2)?, UnixMillis::new(1_700_000_000_000));
//! let first = gcra::decide(quota, None, now);
//! let second = gcra::decide(quota, Some(first.tat), now);
//! let third = gcra::decide(quota, Some(second.tat), now);
//! assert_eq!([first, second, third].map(|decision| decision.allowed), [true, true, false]);
//! assert_eq!(third.retry_after, Millis::new(1000));
//! # Ok::<(), magic_sessionmanager_core::Error>(())
//! ```

pub mod gcra;
pub mod login;
pub mod quota;
pub mod touch;
