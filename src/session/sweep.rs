//! The plan of a sweep, which changes stored sessions by their age.
//!
//! ```
//! use magic_sessionmanager_core::session::sweep::plan;
//! use magic_sessionmanager_core::{Millis, Settings, UnixMillis};
//!
//! let now = UnixMillis::new(1_700_000_000_000);
//! let plan = plan(&Settings::default().policy(), now);
//! assert_eq!(plan.expired_before, now.before(Millis::from_days(30)));
//! assert_eq!(plan.run_out_before, now);
//! // By default idle sessions are marked, and none is terminated for that.
//! assert_eq!((plan.idle_before.is_some(), plan.idle_terminated_before), (true, None));
//! ```

use super::policy::{OnInactive, Policy};
use crate::time::{Millis, UnixMillis};

/// The shortest time for which a journal entry of changed settings is kept.
///
/// A change of the retention must not delete the entry that names its author.
const SETTINGS_RETENTION: Millis = Millis::from_days(30);

/// The cut-off times of a sweep.
///
/// A cut-off time is inclusive: it changes a session at or before it, in agreement with
/// [`machine`](super::machine). `None` changes nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct SweepPlan {
    /// Active sessions whose stored *last seen* is at or before it become inactive.
    pub idle_before: Option<UnixMillis>,
    /// Sessions whose stored *last seen* is at or before it are terminated as idle.
    pub idle_terminated_before: Option<UnixMillis>,
    /// Sessions that began at or before it are terminated as expired.
    pub expired_before: Option<UnixMillis>,
    /// Sessions whose tokens run out at or before it are terminated as expired.
    pub run_out_before: UnixMillis,
    /// Records of sessions terminated at or before it are deleted.
    pub purge_before: Option<UnixMillis>,
    /// Journal entries made at or before it are deleted, but not those of changed settings.
    pub journal_before: Option<UnixMillis>,
    /// Journal entries of changed settings made at or before it are deleted.
    pub settings_journal_before: Option<UnixMillis>,
    /// Marks of adopted tokens that expired at or before it are deleted.
    pub marks_before: Option<UnixMillis>,
}

/// The time for which the mark of an adopted token outlives the token.
///
/// An instance whose clock is behind accepts the token for longer, as does an app that allows for such clocks.
const MARK_MARGIN: Millis = Millis::new(24 * 60 * 60 * 1000);

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
        run_out_before: now,
        purge_before: policy.retention.and_then(|retention| now.before(retention)),
        journal_before: policy.journal_retention.and_then(|retention| now.before(retention)),
        settings_journal_before: policy
            .journal_retention
            .and_then(|retention| now.before(retention.max(SETTINGS_RETENTION))),
        marks_before: now.before(MARK_MARGIN),
    }
}
