//! Sessions and events for the tests.

use magic_sessionmanager_core::session::effect::{Denial, Effect};
use magic_sessionmanager_core::session::event::Event;
use magic_sessionmanager_core::session::machine::Transition;
use magic_sessionmanager_core::session::not_before::NotBefore;
use magic_sessionmanager_core::session::reason::Reason;
use magic_sessionmanager_core::session::state::{DetailedState, Session};
use magic_sessionmanager_core::time::UnixMillis;

pub(crate) const LOGIN_MS: u64 = 1_000_000_000;
pub(crate) const RETENTION_MS: u64 = 86_400_000;
pub(crate) const SEEN: Event = Event::RequestSeen { not_before: NotBefore::NONE };

pub(crate) fn at(after_login_ms: u64) -> UnixMillis {
    UnixMillis::new(LOGIN_MS.saturating_add(after_login_ms))
}

pub(crate) fn unchanged(session: Session) -> Transition {
    Transition { session: Some(session), effects: vec![] }
}

pub(crate) fn deny(reason: Reason) -> Effect {
    Effect::Deny { reason: Denial::Terminated(reason) }
}

pub(crate) fn every_event() -> Vec<Event> {
    let fixed = [
        Event::LoggedIn,
        SEEN,
        Event::Refreshed,
        Event::Replayed,
        Event::IdleElapsed,
        Event::AbsoluteElapsed,
        Event::RetentionElapsed,
    ];
    fixed.into_iter().chain(Reason::ALL.map(Event::TerminateRequested)).collect()
}

pub(crate) const LIVE: [DetailedState; 2] = [DetailedState::Active, DetailedState::Inactive];
