//! The policy that sessions are evaluated by.
//!
//! ```
//! use magic_sessionmanager_core::{Settings, UnixMillis};
//!
//! let (policy, login) = (Settings::default().policy(), UnixMillis::new(1_700_000_000_000));
//! let idle_at = login.after(policy.idle_after());
//! assert!(policy.is_idle(login, idle_at));
//! assert!(!policy.is_expired(login, idle_at));
//! assert!(policy.is_expired(login, login.after(policy.absolute_timeout)));
//! ```

use crate::time::{Millis, UnixMillis};

/// The effect of the inactivity timeout.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum OnInactive {
    /// The session is inactive until its next request.
    Mark,
    /// The session is terminated by its next request or by a sweep (OWASP ASVS 5.0 V7.3).
    Terminate,
}

impl OnInactive {
    /// Both effects.
    pub const ALL: [Self; 2] = [Self::Mark, Self::Terminate];
}

/// The timeouts and retentions of sessions.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Policy {
    /// The time without a request after which a session is idle.
    pub inactivity_timeout: Millis,
    /// The effect of the inactivity timeout.
    pub on_inactive: OnInactive,
    /// The longest time by which the known *last seen* may lag behind the newest request.
    pub last_seen_lag: Millis,
    /// The time after login at which a session expires, used or not (OWASP ASVS 5.0 V7.3).
    pub absolute_timeout: Millis,
    /// The time after termination at which the record is deleted; `None` keeps it forever.
    pub retention: Option<Millis>,
    /// The time after which a journal entry is deleted; `None` keeps it forever.
    pub journal_retention: Option<Millis>,
}

impl Policy {
    /// Returns whether a session last seen at `last_seen` is idle.
    ///
    /// Another process may have seen the session later. The lag is therefore added to the inactivity timeout: a session
    /// whose requests were never further apart than the timeout is never idle. No session is idle while the clock
    /// stands before `last_seen`.
    #[must_use]
    pub fn is_idle(&self, last_seen: UnixMillis, now: UnixMillis) -> bool {
        has_passed(self.idle_after(), last_seen, now)
    }

    /// Returns whether a session that began at `logged_in` has reached the absolute timeout.
    ///
    /// A session is not expired while the clock stands before its login by the timeout at most. A login further ahead
    /// comes from a clock that was wrong. Such a session is expired, because it would otherwise last until that time.
    #[must_use]
    pub fn is_expired(&self, logged_in: UnixMillis, now: UnixMillis) -> bool {
        has_passed(self.absolute_timeout, logged_in, now)
            || self.latest_login(now).is_some_and(|latest| logged_in > latest)
    }

    /// Returns the latest login time that a clock which was right can have given; `None` if no instant is later.
    #[must_use]
    pub fn latest_login(&self, now: UnixMillis) -> Option<UnixMillis> {
        let latest = now.after(self.absolute_timeout);
        (latest < UnixMillis::LATEST).then_some(latest)
    }

    /// Returns whether the retention of a session terminated at `terminated` has passed.
    #[must_use]
    pub fn is_past_retention(&self, terminated: UnixMillis, now: UnixMillis) -> bool {
        self.purge_after().is_some_and(|retention| has_passed(retention, terminated, now))
    }

    /// Returns the time after termination at which the record is deleted; `None` keeps it forever.
    ///
    /// It is the retention, but never before every instance knows of the termination.
    #[must_use]
    pub fn purge_after(&self) -> Option<Millis> {
        self.retention.map(|retention| retention.max(KNOWN_EVERYWHERE_AFTER))
    }

    /// Returns the age of the known *last seen* at which a session is idle.
    #[must_use]
    pub fn idle_after(&self) -> Millis {
        self.inactivity_timeout.plus(self.last_seen_lag)
    }
}

/// The time after which every instance knows a termination, or reads the row of the session again.
///
/// The server reads the row of a session in use after two minutes at the latest.
const KNOWN_EVERYWHERE_AFTER: Millis = Millis::new(180_000);

/// Returns whether a span that began at `start` has passed, by the same cut-off time as a sweep.
fn has_passed(span: Millis, start: UnixMillis, now: UnixMillis) -> bool {
    now.before(span).is_some_and(|cut_off| start <= cut_off)
}
