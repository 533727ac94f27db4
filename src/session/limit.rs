//! The limit of sessions for one user.
//!
//! ```
//! use magic_sessionmanager_core::session::limit::{Limit, OnLimit};
//! use magic_sessionmanager_core::{LimitDecision, LiveSession, Settings, UnixMillis};
//!
//! let now = UnixMillis::new(1_700_000_000_000);
//! let live = [LiveSession { logged_in: now, last_seen: now, expires: None }];
//! let policy = Settings::default().policy();
//! let decide = |on_limit| Limit { max: Some(1), on_limit }.decide(&policy, &live, now);
//! assert_eq!(decide(OnLimit::DenyNew), LimitDecision::Deny);
//! assert_eq!(decide(OnLimit::EvictOldest), LimitDecision::Evict(vec![0]));
//! ```

use core::cmp::Reverse;
use std::collections::BinaryHeap;

use super::policy::{OnInactive, Policy};
use crate::time::UnixMillis;

/// The effect of a login beyond the limit.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum OnLimit {
    /// The oldest sessions are terminated.
    EvictOldest,
    /// The login is refused.
    DenyNew,
}

impl OnLimit {
    /// Both choices.
    pub const ALL: [Self; 2] = [Self::EvictOldest, Self::DenyNew];
}

/// The limit of sessions for one user.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limit {
    /// The largest number of sessions at a time; `None` without a limit.
    pub max: Option<u32>,
    /// The effect of a login beyond the limit.
    pub on_limit: OnLimit,
}

/// A session of the user who logs in. It is not terminated.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LiveSession {
    /// The time of the login.
    pub logged_in: UnixMillis,
    /// The time of the newest request.
    pub last_seen: UnixMillis,
    /// The time at which its tokens run out; `None` if they never do, or if that is unknown.
    pub expires: Option<UnixMillis>,
}

/// The decision on a login.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum LimitDecision {
    /// The login is allowed.
    Allow,
    /// The login is allowed. The sessions at these indices are terminated for `session_limit`, oldest first.
    Evict(Vec<usize>),
    /// The login is refused.
    Deny,
}

impl Limit {
    /// Decides on a login at `now` of a user who has the sessions `live`.
    ///
    /// Expired sessions, and those whose tokens have run out, do not count, although no sweep has terminated them yet. Of sessions that began at the same
    /// time, the first in the list is evicted first.
    #[must_use]
    pub fn decide(&self, policy: &Policy, live: &[LiveSession], now: UnixMillis) -> LimitDecision {
        let Some(max) = self.max else { return LimitDecision::Allow };
        let mut newest_last: BinaryHeap<Reverse<(UnixMillis, usize)>> = live
            .iter()
            .enumerate()
            .filter(|(_, session)| counts(policy, session, now))
            .map(|(index, session)| Reverse((session.logged_in, index)))
            .collect();
        let kept = usize::try_from(max).unwrap_or(usize::MAX).saturating_sub(1);
        let surplus = newest_last.len().saturating_sub(kept);
        match (surplus, self.on_limit) {
            (0, _) => LimitDecision::Allow,
            (_, OnLimit::DenyNew) => LimitDecision::Deny,
            (_, OnLimit::EvictOldest) => {
                let oldest = core::iter::from_fn(|| newest_last.pop()).take(surplus);
                LimitDecision::Evict(oldest.map(|Reverse((_, index))| index).collect())
            }
        }
    }
}

fn counts(policy: &Policy, session: &LiveSession, now: UnixMillis) -> bool {
    let idled_out = policy.on_inactive == OnInactive::Terminate && policy.is_idle(session.last_seen, now);
    let ran_out = session.expires.is_some_and(|at| at <= now);
    !idled_out && !ran_out && !policy.is_expired(session.logged_in, now)
}
