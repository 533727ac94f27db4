//! The rules by which sessions are judged.

use crate::time::{Millis, UnixMillis};

/// What becomes of a session that has been idle for too long.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum OnInactive {
    /// It is shown as inactive, and its next request brings it back.
    Mark,
    /// It ends: its next request is refused, and a sweep terminates it (OWASP ASVS 5.0 V7.3).
    Terminate,
}

impl OnInactive {
    /// Both choices.
    pub const ALL: [Self; 2] = [Self::Mark, Self::Terminate];
}

/// How long a session may rest, live and be remembered.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Policy {
    /// Time without a request after which a session is idle.
    pub inactivity_timeout: Millis,
    /// What becomes of an idle session.
    pub on_inactive: OnInactive,
    /// How far the *last seen* that a process knows may lag behind the newest request.
    pub last_seen_lag: Millis,
    /// Time after login at which a session ends, used or not (OWASP ASVS 5.0 V7.3).
    pub absolute_timeout: Millis,
    /// Time after termination at which the record is deleted; `None` keeps it for ever.
    pub retention: Option<Millis>,
    /// Time after which an entry of the journal is deleted; `None` keeps it for ever.
    pub journal_retention: Option<Millis>,
}

impl Policy {
    /// Says whether a session that is known to have been seen at `last_seen` must have been idle for too long.
    ///
    /// Another process may have seen it since without this one knowing yet. The doubt is in favour of the session:
    /// one whose requests were never further apart than the inactivity timeout is never idle. A clock that has
    /// stepped back behind `last_seen` makes nothing idle.
    #[must_use]
    pub fn is_idle(&self, last_seen: UnixMillis, now: UnixMillis) -> bool {
        has_passed(self.idle_after(), last_seen, now)
    }

    /// Says whether a session that began at `logged_in` has reached the absolute timeout.
    ///
    /// A clock that has stepped back behind the login makes nothing expire.
    #[must_use]
    pub fn is_expired(&self, logged_in: UnixMillis, now: UnixMillis) -> bool {
        has_passed(self.absolute_timeout, logged_in, now)
    }

    /// Says whether the record of a session that ended at `terminated` is to be deleted.
    #[must_use]
    pub fn is_past_retention(&self, terminated: UnixMillis, now: UnixMillis) -> bool {
        self.retention.is_some_and(|retention| has_passed(retention, terminated, now))
    }

    /// Gives the age of a known *last seen* from which on a session is idle.
    #[must_use]
    pub fn idle_after(&self) -> Millis {
        self.inactivity_timeout.plus(self.last_seen_lag)
    }
}

/// Says whether a span that began at `start` is over, by the same cut-off that a sweep has for it.
fn has_passed(span: Millis, start: UnixMillis, now: UnixMillis) -> bool {
    now.before(span).is_some_and(|cut_off| start <= cut_off)
}
