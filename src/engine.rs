//! The last-seen gate, the session machine and the decisions around it under one set of settings.
//!
//! ```
//! use magic_sessionmanager_core::{Engine, Event, Millis, RefreshDecision, Settings, UnixMillis};
//!
//! let engine = Engine::new(&Settings::default());
//! let now = UnixMillis::new(1_700_000_000_000);
//! let session = engine.transition(None, Event::LoggedIn, now).session;
//! assert!(session.is_some());
//! assert_eq!(engine.decide_refresh(None, now), RefreshDecision::Rotate);
//! assert_eq!(engine.sweep_plan(now).purge_before, now.before(Millis::from_days(30)));
//! ```

use crate::address::{self, Client, Network};
use crate::rate::login::limits::Limits;
use crate::rate::touch::TouchGate;
use crate::session::event::Event;
use crate::session::limit::{Limit, LimitDecision, LiveSession};
use crate::session::machine::{self, Facts, Transition, Verdict};
use crate::session::policy::Policy;
use crate::session::revocation::Revocation;
use crate::session::rotation::{RefreshDecision, ReusePolicy, Rotated};
use crate::session::state::{Session, SessionState};
use crate::session::sweep::{self, SweepPlan};
use crate::settings::Settings;
use crate::time::{Millis, UnixMillis};

/// The facts about a session that a request is checked with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Request {
    /// The state of the session.
    pub state: SessionState,
    /// The time of the login.
    pub logged_in: UnixMillis,
    /// The time of the newest request that this process knows of.
    pub last_seen: UnixMillis,
    /// The time at which *last seen* was last stored.
    pub last_touched: UnixMillis,
    /// The earliest login time allowed; zero if there is none.
    pub not_before: UnixMillis,
}

/// Decides everything that depends on the settings.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Engine {
    policy: Policy,
    touch_period: Millis,
    limit: Limit,
    reuse: ReusePolicy,
    logins: Limits,
    trusted: Vec<Network>,
}

impl Engine {
    /// Creates an engine for one set of settings.
    #[must_use]
    pub fn new(settings: &Settings) -> Self {
        Self {
            policy: settings.policy(),
            touch_period: settings.touch_period(),
            limit: settings.limit(),
            reuse: settings.reuse_policy(),
            logins: settings.login_limits(),
            trusted: settings.trusted_networks.clone(),
        }
    }

    /// Checks one request without allocating.
    ///
    /// It agrees with [`transition`](Self::transition) on every input, because both call [`machine::evaluate`].
    #[must_use]
    pub fn check(&self, request: &Request, now: UnixMillis) -> Verdict {
        let Request { state, logged_in, last_seen, last_touched, not_before } = *request;
        let touch_due = self.gate().is_due(last_touched, now);
        let facts = Facts { state, logged_in, last_seen, not_before, touch_due };
        machine::evaluate(&self.policy, &facts, now)
    }

    /// Applies an event to a session and returns the new state with the effects for the shell.
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

    /// Decides on a login at `now` of a user who has the sessions `live`, of which `login` is the index of the new one.
    #[must_use]
    pub fn decide_limit(
        &self,
        live: &[LiveSession],
        login: Option<usize>,
        revocation: &Revocation,
        now: UnixMillis,
    ) -> LimitDecision {
        self.limit.decide(&self.policy, live, login, revocation, now)
    }

    /// Decides on a refresh token of a session that is not terminated.
    ///
    /// `rotated` is `None` while the token has not been exchanged.
    #[must_use]
    pub fn decide_refresh(&self, rotated: Option<Rotated>, now: UnixMillis) -> RefreshDecision {
        self.reuse.decide(rotated, now)
    }

    /// Returns the limits of failed logins.
    #[must_use]
    pub const fn login_limits(&self) -> &Limits {
        &self.logins
    }

    /// Returns the client of a request that came from `peer` with `forwarded` as `X-Forwarded-For`.
    #[must_use]
    pub fn client(&self, peer: &str, forwarded: &str) -> Client {
        address::client(peer, forwarded, &self.trusted)
    }

    /// Returns the shortest time between two writes of *last seen* for one session.
    #[must_use]
    pub fn touch_period(&self) -> Millis {
        self.touch_period
    }

    /// Returns the policy that sessions are evaluated by.
    #[must_use]
    pub const fn policy(&self) -> &Policy {
        &self.policy
    }

    const fn gate(&self) -> TouchGate {
        TouchGate::new(self.touch_period)
    }
}
