//! What a sweep under other settings would do to stored sessions.

use crate::engine::Engine;
use crate::session::event::Event;
use crate::session::reason::Reason;
use crate::session::state::{Phase, Session, State};
use crate::time::UnixMillis;

/// A stored session, as far as time can change it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Stored {
    /// Its state.
    pub phase: Phase,
    /// When it began.
    pub logged_in: UnixMillis,
    /// When it was last seen, as it is written.
    pub last_seen: UnixMillis,
    /// When it ended; it counts only for a terminated session.
    pub terminated: UnixMillis,
}

/// What a sweep would do to stored sessions; each is named by its place in the list, and in one group at most.
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
    /// Notes what a sweep at `now` would do to the session at this place of the list.
    pub fn note(&mut self, engine: &Engine, place: u32, stored: Stored, now: UnixMillis) {
        let Stored { phase, logged_in, last_seen, terminated } = stored;
        let state = match phase {
            Phase::Active => State::Active,
            Phase::Inactive => State::Inactive,
            // Why it ended has no part in when it is deleted.
            Phase::Terminated => State::Terminated { at: terminated, reason: Reason::Admin },
        };
        let session = Session { state, logged_in, last_seen, last_touched: last_seen };
        let become_of = |event| engine.transition(Some(session), event, now).session.map(|s| s.state);
        let swept = match state {
            State::Terminated { .. } => become_of(Event::RetentionElapsed),
            State::Active | State::Inactive => match become_of(Event::AbsoluteElapsed) {
                Some(same) if same == state => become_of(Event::IdleElapsed),
                expired => expired,
            },
        };
        match swept {
            None => self.deleted.push(place),
            Some(swept) if swept == state => {}
            Some(State::Terminated { reason: Reason::Idle, .. }) => self.idle.push(place),
            Some(State::Terminated { .. }) => self.expired.push(place),
            Some(State::Active | State::Inactive) => self.inactive.push(place),
        }
    }
}
