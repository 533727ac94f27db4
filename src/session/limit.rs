//! The limit of sessions for one user.
//!
//! ```
//! use magic_sessionmanager_core::session::limit::{Limit, OnLimit};
//! use magic_sessionmanager_core::session::revocation::Revocation;
//! use magic_sessionmanager_core::{LimitDecision, LiveSession, Settings, UnixMillis};
//!
//! let now = UnixMillis::new(1_700_000_000_000);
//! let session = LiveSession { logged_in: now, known_revocation: 0, last_seen: now, expires: None };
//! let policy = Settings::default().policy();
//! let decide = |on_limit| {
//!     let limit = Limit { max: Some(1), on_limit };
//!     limit.decide(&policy, &[session, session], Some(1), &Revocation::default(), now)
//! };
//! assert_eq!(decide(OnLimit::DenyNew), LimitDecision::Deny);
//! assert_eq!(decide(OnLimit::EvictOldest), LimitDecision::Evict(vec![0]));
//! ```

use core::cmp::Reverse;
use std::collections::BinaryHeap;

use super::policy::{OnInactive, Policy};
use super::revocation::{Revocation, RevokedBy};
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

/// A session of the user who logs in. It is not stored as terminated.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LiveSession {
    /// The time of the login.
    pub logged_in: UnixMillis,
    /// The newest revocation that the login knew of.
    pub known_revocation: u64,
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
    /// Decides on a login at `now` of a user who has the sessions `live`, the new one among them.
    ///
    /// `login` is the index of the new one; `None` if others have evicted it meanwhile. [`OnLimit::DenyNew`] denies it.
    /// [`OnLimit::EvictOldest`] evicts the oldest, so logins at the same time agree on the surplus one, whichever is
    /// decided on first. Of sessions that began at the same time, the first in the list is evicted first.
    ///
    /// Sessions that the next sweep terminates do not count: expired ones, those whose tokens have run out, and those
    /// that `revocation` ends. It combines the row of the user with that of everyone: the later instant and the higher
    /// number.
    #[must_use]
    pub fn decide(
        &self,
        policy: &Policy,
        live: &[LiveSession],
        login: Option<usize>,
        revocation: &Revocation,
        now: UnixMillis,
    ) -> LimitDecision {
        let Some(max) = self.max.and_then(|max| usize::try_from(max).ok()) else {
            return LimitDecision::Allow;
        };
        let counted = live.iter().enumerate().filter(|(_, session)| counts(policy, session, revocation, now));
        match self.on_limit {
            OnLimit::DenyNew => match counted.filter(|(index, _)| Some(*index) != login).count() {
                others if others < max => LimitDecision::Allow,
                _ => LimitDecision::Deny,
            },
            OnLimit::EvictOldest => {
                let mut newest_last: BinaryHeap<Reverse<(UnixMillis, usize)>> =
                    counted.map(|(index, session)| Reverse((session.logged_in, index))).collect();
                let surplus = newest_last.len().saturating_sub(max.max(1));
                let oldest = core::iter::from_fn(|| newest_last.pop()).take(surplus);
                let evicted: Vec<usize> = oldest.map(|Reverse((_, index))| index).collect();
                if evicted.is_empty() { LimitDecision::Allow } else { LimitDecision::Evict(evicted) }
            }
        }
    }
}

fn counts(policy: &Policy, session: &LiveSession, revocation: &Revocation, now: UnixMillis) -> bool {
    let LiveSession { logged_in, known_revocation, last_seen, expires } = *session;
    let idled_out = policy.on_inactive == OnInactive::Terminate && policy.is_idle(last_seen, now);
    let ran_out = expires.is_some_and(|at| at <= now);
    let is_revoked = revocation.revoked_by(logged_in, known_revocation) != RevokedBy::Nothing;
    !is_revoked && !idled_out && !ran_out && !policy.is_expired(logged_in, now)
}
