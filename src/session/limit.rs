//! How many sessions one user may have, and what a login beyond that does.

use core::cmp::Reverse;
use std::collections::BinaryHeap;

use super::policy::{OnInactive, Policy};
use crate::time::UnixMillis;

/// What a login does when the user has as many sessions as allowed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum OnLimit {
    /// It ends the sessions that began first.
    EvictOldest,
    /// It is refused.
    DenyNew,
}

impl OnLimit {
    /// Both choices.
    pub const ALL: [Self; 2] = [Self::EvictOldest, Self::DenyNew];
}

/// How many sessions one user may have.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limit {
    /// The most sessions at a time; `None` for any number.
    pub max: Option<u32>,
    /// What a login beyond that does.
    pub on_limit: OnLimit,
}

/// A session of the user who logs in, not terminated so far.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LiveSession {
    /// When it began.
    pub logged_in: UnixMillis,
    /// When it was last seen.
    pub last_seen: UnixMillis,
}

/// What a login may do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum LimitDecision {
    /// It makes a session.
    Allow,
    /// It makes a session, and those at these places of the list end for `session_limit`; oldest first.
    Evict(Vec<usize>),
    /// It is refused.
    Deny,
}

impl Limit {
    /// Decides on a login at `now` of a user who has the sessions `live`.
    ///
    /// Sessions that time has ended, though no sweep has noticed, do not count: they lock nobody out. Of sessions
    /// that began together the first in the list goes first.
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
    !idled_out && !policy.is_expired(session.logged_in, now)
}
