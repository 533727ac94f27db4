//! The plan of a sweep, which changes stored sessions by their age.
//!
//! ```
//! use magic_sessionmanager_core::session::sweep::{SweptBy, plan};
//! use magic_sessionmanager_core::{Millis, Settings, UnixMillis};
//!
//! let now = UnixMillis::new(1_700_000_000_000);
//! let plan = plan(&Settings::default().policy(), now);
//! let expired = plan.terminations.iter().find(|step| step.by == SweptBy::LoggedIn);
//! assert_eq!(expired.and_then(|step| step.until), now.before(Millis::from_days(30)));
//! // By default idle sessions are marked, and none is terminated for that.
//! assert!(plan.idle_before.is_some());
//! assert!(!plan.terminations.iter().any(|step| step.by == SweptBy::LastSeen));
//! ```

use super::policy::{OnInactive, Policy};
use super::reason::Reason;
use crate::time::{Millis, UnixMillis};

/// The shortest time for which a journal entry of changed settings is kept.
///
/// A change of the retention must not delete the entry that names its author.
const SETTINGS_RETENTION: Millis = Millis::from_days(30);

/// The stored facts by which a sweep selects the sessions that it terminates.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum SweptBy {
    /// The [revocations](super::revocation) of the user and of everyone.
    Revocation,
    /// The time of the login.
    LoggedIn,
    /// The time at which the tokens run out.
    Expires,
    /// The stored time of the newest request.
    LastSeen,
}

impl SweptBy {
    /// Returns the name used at the boundary. It never changes.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Revocation => "revocation",
            Self::LoggedIn => "loggedInAtMs",
            Self::Expires => "expiresAtMs",
            Self::LastSeen => "lastSeenAtMs",
        }
    }
}

/// One step of a sweep: it terminates the sessions whose time lies within the bounds, both included.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SweepStep {
    /// The facts that it selects by.
    pub by: SweptBy,
    /// The earliest time; `None` for any.
    pub from: Option<UnixMillis>,
    /// The latest time; `None` for any.
    pub until: Option<UnixMillis>,
    /// The reason of the terminations; `None` where each revocation has its own.
    pub reason: Option<Reason>,
}

impl SweepStep {
    /// Returns whether a time lies within the bounds.
    #[must_use]
    pub fn selects(&self, time: UnixMillis) -> bool {
        self.from.is_none_or(|from| from <= time) && self.until.is_none_or(|until| time <= until)
    }
}

/// The steps and the cut-off times of a sweep.
///
/// A cut-off time is inclusive: it changes a session at or before it, in agreement with
/// [`machine`](super::machine). `None` changes nothing.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct SweepPlan {
    /// The terminations, in the order in which [`evaluate`](super::machine::evaluate) looks for a reason: a session that
    /// two of them select is terminated for the reason of the first, as by a request.
    pub terminations: Vec<SweepStep>,
    /// Revocations written at or before it terminate by their instant alone: every login that missed their number has
    /// ended. `None` for none.
    pub known_revocations_before: Option<UnixMillis>,
    /// Active sessions whose stored *last seen* is at or before it become inactive.
    pub idle_before: Option<UnixMillis>,
    /// Records of tokens that began no session and run out at or before it are deleted.
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

/// A login takes less time than this, from reading its user to its session.
const LONGEST_LOGIN: Millis = Millis::new(60 * 60 * 1000);

/// Plans a sweep at `now`.
#[must_use]
pub fn plan(policy: &Policy, now: UnixMillis) -> SweepPlan {
    let idle = now.before(policy.idle_after());
    let (idle_before, idle_terminated_before) = match policy.on_inactive {
        OnInactive::Mark => (idle, None),
        OnInactive::Terminate => (None, idle),
    };
    let mut terminations = Vec::with_capacity(5);
    let mut push = |by, from, until, reason| terminations.push(SweepStep { by, from, until, reason });
    push(SweptBy::Revocation, None, None, None);
    if let Some(expired) = now.before(policy.absolute_timeout) {
        push(SweptBy::LoggedIn, None, Some(expired), Some(Reason::Expired));
    }
    if let Some(latest) = policy.latest_login(now) {
        push(SweptBy::LoggedIn, Some(latest.after(Millis::new(1))), None, Some(Reason::Expired));
    }
    push(SweptBy::Expires, None, Some(now), Some(Reason::Expired));
    if let Some(idle) = idle_terminated_before {
        push(SweptBy::LastSeen, None, Some(idle), Some(Reason::Idle));
    }
    SweepPlan {
        terminations,
        known_revocations_before: now.before(LONGEST_LOGIN),
        idle_before,
        run_out_before: now,
        purge_before: policy.purge_after().and_then(|retention| now.before(retention)),
        journal_before: policy.journal_retention.and_then(|retention| now.before(retention)),
        settings_journal_before: policy
            .journal_retention
            .and_then(|retention| now.before(retention.max(SETTINGS_RETENTION))),
        marks_before: now.before(MARK_MARGIN),
    }
}
