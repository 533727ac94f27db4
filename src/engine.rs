//! The last-seen gate, the session machine and the decisions around it under one set of settings.

use crate::rate::touch::TouchGate;
use crate::session::event::Event;
use crate::session::limit::{Limit, LimitDecision, LiveSession};
use crate::session::machine::{self, Facts, Transition, Verdict};
use crate::session::policy::Policy;
use crate::session::rotation::{self, RefreshDecision, Rotated};
use crate::session::state::{Session, SessionState};
use crate::session::sweep::{self, SweepPlan};
use crate::settings::Settings;
use crate::time::{Millis, UnixMillis};

/// What is at hand about a session when a request comes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Request {
    /// The session's state.
    pub state: SessionState,
    /// When it began.
    pub logged_in: UnixMillis,
    /// When it was last seen, as far as is known here.
    pub last_seen: UnixMillis,
    /// When *last seen* was last written down.
    pub last_touched: UnixMillis,
    /// The instant before which it may not have begun; zero if there is none.
    pub not_before: UnixMillis,
}

/// Decides everything that depends on the settings.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Engine {
    policy: Policy,
    touch_period: Millis,
    limit: Limit,
    retry_window: Millis,
}

impl Engine {
    /// Makes an engine for these settings.
    #[must_use]
    pub fn new(settings: &Settings) -> Self {
        Self {
            policy: settings.policy(),
            touch_period: settings.touch_period(),
            limit: settings.limit(),
            retry_window: settings.refresh_retry_window,
        }
    }

    /// Judges one request, without allocating; the short way for requests to a session that is at hand.
    ///
    /// It agrees with [`transition`](Self::transition) on every input, since both ask [`machine::evaluate`].
    #[must_use]
    pub fn check(&self, request: &Request, now: UnixMillis) -> Verdict {
        let Request { state, logged_in, last_seen, last_touched, not_before } = *request;
        let touch_due = self.gate().is_due(last_touched, now);
        let facts = Facts { state, logged_in, last_seen, not_before, touch_due };
        machine::evaluate(&self.policy, &facts, now)
    }

    /// Says what an event makes of a session, and what the shell has to do about it.
    #[must_use]
    pub fn transition(&self, session: Option<Session>, event: Event, now: UnixMillis) -> Transition {
        let touch_due = session.is_some_and(|session| self.gate().is_due(session.last_touched, now));
        machine::transition(&self.policy, session, event, touch_due, now)
    }

    /// Plans a sweep at `now`.
    #[must_use]
    pub fn sweep_plan(&self, now: UnixMillis) -> SweepPlan {
        sweep::plan(&self.policy, now)
    }

    /// Decides on a login at `now` of a user who has the sessions `live`.
    #[must_use]
    pub fn decide_limit(&self, live: &[LiveSession], now: UnixMillis) -> LimitDecision {
        self.limit.decide(&self.policy, live, now)
    }

    /// Decides what to do with a refresh token of a session that goes on; `rotated` is `None` while it is unused.
    #[must_use]
    pub fn decide_refresh(&self, rotated: Option<Rotated>, now: UnixMillis) -> RefreshDecision {
        rotation::decide(rotated, self.retry_window, now)
    }

    /// Gives the time between two writes of *last seen* for one session.
    #[must_use]
    pub fn touch_period(&self) -> Millis {
        self.touch_period
    }

    /// Gives the rules by which sessions are judged.
    #[must_use]
    pub const fn policy(&self) -> &Policy {
        &self.policy
    }

    const fn gate(&self) -> TouchGate {
        TouchGate::new(self.touch_period)
    }
}
