//! The plan of a sweep: which stored sessions time has moved on.

use super::policy::{OnInactive, Policy};
use crate::time::UnixMillis;

/// The instants that separate what a sweep changes from what it leaves.
///
/// A session at or before a cut-off has crossed it, just as [`machine`](super::machine) judges a request at that
/// very instant. `None`: nothing can have crossed it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SweepPlan {
    /// Active sessions whose written *last seen* is then or earlier are inactive.
    pub idle_before: Option<UnixMillis>,
    /// Sessions not terminated whose written *last seen* is then or earlier have ended as idle.
    pub idle_terminated_before: Option<UnixMillis>,
    /// Sessions not terminated that began then or earlier are expired.
    pub expired_before: Option<UnixMillis>,
    /// Sessions terminated then or earlier are to be deleted.
    pub purge_before: Option<UnixMillis>,
    /// Entries of the journal made then or earlier are to be deleted.
    pub journal_before: Option<UnixMillis>,
}

/// Plans a sweep at `now`.
#[must_use]
pub fn plan(policy: &Policy, now: UnixMillis) -> SweepPlan {
    let idle = now.before(policy.idle_after());
    let (idle_before, idle_terminated_before) = match policy.on_inactive {
        OnInactive::Mark => (idle, None),
        OnInactive::Terminate => (None, idle),
    };
    SweepPlan {
        idle_before,
        idle_terminated_before,
        expired_before: now.before(policy.absolute_timeout),
        purge_before: policy.retention.and_then(|retention| now.before(retention)),
        journal_before: policy.journal_retention.and_then(|retention| now.before(retention)),
    }
}
