//! An allowance: a quota of failed logins, and whether its lock was told.
//!
//! ```
//! use magic_sessionmanager_core::rate::login::allowance::{give_back, take};
//! use magic_sessionmanager_core::rate::quota::Quota;
//! use magic_sessionmanager_core::{Millis, UnixMillis};
//!
//! let (quota, now) = (Quota::new(1, Millis::new(60_000), 1)?, UnixMillis::new(1_700_000_000_000));
//! let first = take(quota, None, now);
//! let second = take(quota, Some(first.allowance), now);
//! assert_eq!((first.allowed, second.allowed, second.locks), (true, false, true));
//! assert_eq!(give_back(quota, Some(first.allowance), now), None);
//! # Ok::<(), magic_sessionmanager_core::Error>(())
//! ```

use crate::rate::gcra::{self, Tat};
use crate::rate::quota::Quota;
use crate::time::{Millis, UnixMillis};

/// The stored state of an allowance. An allowance of which nothing was taken has none.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Allowance {
    /// The state of the quota.
    pub tat: Tat,
    /// Whether an attempt was refused since half of a burst was last allowed. One lock lasts that long.
    pub locked: bool,
}

/// The result of taking from an allowance.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Taken {
    /// Whether the attempt is allowed.
    pub allowed: bool,
    /// The allowance to store.
    pub allowance: Allowance,
    /// The time until an attempt is allowed; zero if this one is.
    pub retry_after: Millis,
    /// Whether this refusal begins a lock.
    pub locks: bool,
}

/// Takes one attempt from an allowance, if it is allowed.
#[must_use]
pub fn take(quota: Quota, stored: Option<Allowance>, now: UnixMillis) -> Taken {
    let was_locked = stored.is_some_and(|stored| is_locked(quota, stored, now));
    let decision = gcra::decide(quota, stored.map(|stored| stored.tat), now);
    let locked = was_locked || !decision.allowed;
    Taken {
        allowed: decision.allowed,
        allowance: Allowance { tat: decision.tat, locked },
        retry_after: decision.retry_after,
        locks: locked && !was_locked,
    }
}

/// Takes one attempt that has already failed.
#[must_use]
pub fn force(quota: Quota, stored: Option<Allowance>, now: UnixMillis) -> Allowance {
    let tat = gcra::force(quota, stored.map(|stored| stored.tat), now);
    Allowance { tat, locked: stored.is_some_and(|stored| is_locked(quota, stored, now)) }
}

/// Gives an attempt back that did not fail; `None` if the allowance is whole again.
#[must_use]
pub fn give_back(quota: Quota, stored: Option<Allowance>, now: UnixMillis) -> Option<Allowance> {
    let stored = stored?;
    let tat = gcra::give_back(quota, stored.tat, now)?;
    Some(Allowance { tat, locked: is_locked(quota, stored, now) })
}

/// Returns whether a lock that was told lasts.
#[must_use]
pub fn is_locked(quota: Quota, stored: Allowance, now: UnixMillis) -> bool {
    stored.locked && !gcra::is_half_earned(quota, stored.tat, now)
}

/// Returns the time until an attempt is allowed; zero if one is.
#[must_use]
pub fn wait(quota: Quota, stored: Option<Allowance>, now: UnixMillis) -> Millis {
    gcra::decide(quota, stored.map(|stored| stored.tat), now).retry_after
}
