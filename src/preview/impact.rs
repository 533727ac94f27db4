//! What a sweep under other settings would do to stored sessions.

use crate::engine::Engine;
use crate::session::event::Event;
use crate::session::reason::Reason;
use crate::session::state::{DetailedState, Session, SessionState};
use crate::time::UnixMillis;

/// A stored session, as far as time can change it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Stored {
    /// Its state.
    pub state: SessionState,
    /// When it began.
    pub logged_in: UnixMillis,
    /// When it was last seen, as it is written.
    pub last_seen: UnixMillis,
    /// When it ended; it counts only for a terminated session.
    pub terminated: UnixMillis,
}

/// What a sweep would do to stored sessions; each is named by its index in the list, and in one group at most.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Impact {
    /// Those that would become inactive.
    pub inactive: Vec<u32>,
    /// Those that would end as idle.
    pub idle: Vec<u32>,
    /// Those that would end as expired.
    pub expired: Vec<u32>,
    /// Those whose record would be deleted.
    pub deleted: Vec<u32>,
}

impl Impact {
    /// Notes what a sweep at `now` would do to the session at this index of the list.
    pub fn record(&mut self, engine: &Engine, index: u32, stored: Stored, now: UnixMillis) {
        let Stored { state, logged_in, last_seen, terminated } = stored;
        let detailed = match state {
            SessionState::Active => DetailedState::Active,
            SessionState::Inactive => DetailedState::Inactive,
            // Why it ended has no part in when it is deleted.
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
