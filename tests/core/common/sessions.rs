//! Sessions and events for the tests.

use magic_sessionmanager_core::session::effect::{Denial, Effect};
use magic_sessionmanager_core::session::event::Event;
use magic_sessionmanager_core::session::machine::Transition;
use magic_sessionmanager_core::session::not_before::NotBefore;
use magic_sessionmanager_core::session::reason::Reason;
use magic_sessionmanager_core::session::state::{DetailedState, Session};
use magic_sessionmanager_core::session::sweep::{SweepPlan, SweepStep, SweptBy};
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

/// The reason for which a sweep terminates a live session that no revocation ends, by the first step that selects it.
pub(crate) fn swept(plan: &SweepPlan, logged_in: UnixMillis, last_seen: UnixMillis) -> Option<Reason> {
    let selects = |step: &&SweepStep| {
        let time = match step.by {
            SweptBy::LoggedIn => logged_in,
            SweptBy::LastSeen => last_seen,
            SweptBy::Revocation | SweptBy::Expires => return false,
        };
        step.selects(time)
    };
    plan.terminations.iter().find(selects).and_then(|step| step.reason)
}

/// The latest time that a step of the kind selects.
pub(crate) fn until(plan: &SweepPlan, by: SweptBy) -> Option<UnixMillis> {
    plan.terminations.iter().find(|step| step.by == by).and_then(|step| step.until)
}

pub(crate) const LIVE: [DetailedState; 2] = [DetailedState::Active, DetailedState::Inactive];
