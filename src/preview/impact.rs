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
//! };
//! let mut impact = Impact::default();
//! let engine = Engine::new(&Settings::default());
//! impact.record(&engine, 0, stored, long_ago.after(Millis::from_days(1)));
//! impact.record(&engine, 1, stored, long_ago.after(Millis::from_days(31)));
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
}

/// The changes that a sweep would make, as indices of stored sessions. An index is in one list at most.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Impact {
    /// Sessions that would become inactive.
    pub inactive: Vec<u32>,
    /// Sessions that would be terminated as idle.
    pub idle: Vec<u32>,
    /// Sessions that would be terminated as expired.
    pub expired: Vec<u32>,
    /// Sessions whose record would be deleted.
    pub deleted: Vec<u32>,
}

impl Impact {
    /// Records the change that a sweep at `now` would make to the session at `index`.
    pub fn record(&mut self, engine: &Engine, index: u32, stored: Stored, now: UnixMillis) {
        let Stored { state, logged_in, last_seen, terminated } = stored;
        let detailed = match state {
            SessionState::Active => DetailedState::Active,
            SessionState::Inactive => DetailedState::Inactive,
            // The reason has no influence on the time of the deletion.
            SessionState::Terminated => DetailedState::Terminated { at: terminated, reason: Reason::Admin },
        };
        let session = Session { state: detailed, logged_in, last_seen, last_touched: last_seen };
        let state_after = |event| engine.transition(Some(session), event, now).session.map(|s| s.state);
        let swept = match detailed {
            DetailedState::Terminated { .. } => state_after(Event::RetentionElapsed),
            DetailedState::Active | DetailedState::Inactive => match state_after(Event::AbsoluteElapsed) {
                Some(same) if same == detailed => state_after(Event::IdleElapsed),
                expired => expired,
            },
        };
        match swept {
            None => self.deleted.push(index),
            Some(swept) if swept == detailed => {}
            Some(DetailedState::Terminated { reason: Reason::Idle, .. }) => self.idle.push(index),
            Some(DetailedState::Terminated { .. }) => self.expired.push(index),
            Some(DetailedState::Active | DetailedState::Inactive) => self.inactive.push(index),
        }
    }
}
