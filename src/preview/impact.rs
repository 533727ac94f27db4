//! The impact of settings on stored sessions.
//!
//! ```
//! use magic_sessionmanager_core::preview::impact::{Impact, Stored};
//! use magic_sessionmanager_core::{Engine, Millis, SessionState, Settings, UnixMillis};
//!
//! let long_ago = UnixMillis::new(1_700_000_000_000);
//! let stored = Stored {
//!     state: SessionState::Active,
//!     logged_in: long_ago,
//!     last_seen: long_ago,
//!     terminated: UnixMillis::new(0),
//!     kept_until: UnixMillis::new(0),
//! };
//! let mut impact = Impact::default();
//! let engine = Engine::new(&Settings::default());
//! impact.record(&engine, 0, stored, long_ago.after(Millis::from_days(1)), None);
//! impact.record(&engine, 1, stored, long_ago.after(Millis::from_days(31)), None);
//! assert_eq!((impact.inactive, impact.expired), (vec![0], vec![1]));
//! ```

use crate::engine::Engine;
use crate::session::event::Event;
use crate::session::reason::Reason;
use crate::session::state::{DetailedState, Session, SessionState};
use crate::time::UnixMillis;

/// The facts about a stored session that a sweep depends on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Stored {
    /// The state.
    pub state: SessionState,
    /// The time of the login.
    pub logged_in: UnixMillis,
    /// The stored time of the newest request.
    pub last_seen: UnixMillis,
    /// The time of the termination. It counts only for a terminated session.
    pub terminated: UnixMillis,
    /// The record is not deleted before; zero without such a time.
    pub kept_until: UnixMillis,
}

/// The changes that a sweep and the next clean-up would make, as indices of stored sessions.
///
/// A session that the sweep terminates may be deleted by the clean-up. Otherwise an index is in one list at most.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Impact {
    /// Sessions that would become inactive.
    pub inactive: Vec<u32>,
    /// Sessions that would be terminated as idle.
    pub idle: Vec<u32>,
    /// Sessions that would be terminated as expired.
    pub expired: Vec<u32>,
    /// Sessions whose record the clean-up would delete.
    pub deleted: Vec<u32>,
}

impl Impact {
    /// Records the changes to the session at `index` by a sweep at `now` and by the next clean-up at `clean_up`.
    ///
    /// `clean_up` is `None` if no clean-up is planned.
    pub fn record(
        &mut self,
        engine: &Engine,
        index: u32,
        stored: Stored,
        now: UnixMillis,
        clean_up: Option<UnixMillis>,
    ) {
        let Stored { state, logged_in, last_seen, terminated, kept_until } = stored;
        let detailed = match state {
            SessionState::Active => DetailedState::Active,
            SessionState::Inactive => DetailedState::Inactive,
            // The reason has no influence on the time of the deletion.
            SessionState::Terminated => DetailedState::Terminated { at: terminated, reason: Reason::Admin },
        };
        let session = Session { state: detailed, logged_in, last_seen, last_touched: last_seen };
        let after = |session, event, at| engine.transition(Some(session), event, at).session;
        let swept = [Event::AbsoluteElapsed, Event::IdleElapsed]
            .into_iter()
            .try_fold(session, |session, event| after(session, event, now));
        let Some(swept) = swept else { return };
        if swept.state != detailed {
            match swept.state {
                DetailedState::Terminated { reason: Reason::Idle, .. } => self.idle.push(index),
                DetailedState::Terminated { .. } => self.expired.push(index),
                DetailedState::Active | DetailedState::Inactive => self.inactive.push(index),
            }
        }
        let Some(clean_up) = clean_up.filter(|clean_up| kept_until < *clean_up) else { return };
        if after(swept, Event::RetentionElapsed, clean_up).is_none() {
            self.deleted.push(index);
        }
    }
}
