//! The machine behaves as a naive reference that remembers everything and looks through it each time.

use magic_sessionmanager_core::engine::Engine;
use magic_sessionmanager_core::session::effect::{Denial, Effect};
use magic_sessionmanager_core::session::event::Event;
use magic_sessionmanager_core::session::not_before::NotBefore;
use magic_sessionmanager_core::session::policy::OnInactive;
use magic_sessionmanager_core::session::reason::Reason;
use magic_sessionmanager_core::session::state::{DetailedState, Session};
use magic_sessionmanager_core::settings::{AbsoluteTimeout, Retention, Settings};
use magic_sessionmanager_core::time::{Millis, UnixMillis};
use proptest::prelude::*;
use proptest_state_machine::{ReferenceStateMachine, StateMachineTest, prop_state_machine};

const START: i64 = 1_000_000_000_000;
const PERIOD: i64 = 1000;
const IDLE: i64 = 20_000 + PERIOD + 4000;
const ABSOLUTE: i64 = 100_000;
const RETENTION: i64 = 86_400_000;

/// A fact, and by how much the clock has moved since the one before: back as well.
#[derive(Clone, Debug)]
struct Fact {
    event: Event,
    moved: i64,
}

/// Everything that has happened so far.
#[derive(Clone, Debug)]
struct History {
    on_inactive: OnInactive,
    now: i64,
    logged_in: Option<i64>,
    requests: Vec<i64>,
    writes: Vec<i64>,
    /// Whether the last of marks and requests was a mark.
    marked: bool,
    terminated: Option<(i64, Reason)>,
    deleted: bool,
    /// The reason of the last refusal, if the last event was refused.
    denied: Option<Denial>,
}

impl History {
    fn last_seen(&self) -> i64 {
        self.requests.iter().chain(&self.logged_in).copied().max().unwrap_or(0)
    }

    fn last_written(&self) -> i64 {
        self.writes.iter().chain(&self.logged_in).copied().max().unwrap_or(0)
    }

    fn exists(&self) -> bool {
        self.logged_in.is_some() && !self.deleted
    }

    fn has_passed(&self, since: i64, span: i64) -> bool {
        self.now - since >= span
    }

    fn is_expired(&self, logged_in: i64) -> bool {
        self.has_passed(logged_in, ABSOLUTE) || logged_in - self.now > ABSOLUTE
    }

    /// Returns the reason for which a request at this instant terminates the session.
    fn reason_to_terminate(&self, not_before: i64) -> Option<Reason> {
        let logged_in = self.logged_in?;
        let idles_out = self.on_inactive == OnInactive::Terminate;
        if logged_in < not_before {
            Some(Reason::PasswordChanged)
        } else if self.is_expired(logged_in) {
            Some(Reason::Expired)
        } else if idles_out && self.has_passed(self.last_seen(), IDLE) {
            Some(Reason::Idle)
        } else {
            None
        }
    }

    fn refuse(&mut self, reason: Reason) {
        self.terminated = Some((self.now, reason));
        self.denied = Some(Denial::Terminated(reason));
    }

    fn record(&mut self, event: Event) {
        if !self.exists() {
            match event {
                Event::LoggedIn => {
                    let (on_inactive, now) = (self.on_inactive, self.now);
                    *self = Self { logged_in: Some(now), ..Self::empty(on_inactive, now) };
                }
                Event::RetentionElapsed => {}
                _ => self.denied = Some(Denial::Unknown),
            }
            return;
        }
        if let Some((at, reason)) = self.terminated {
            match event {
                Event::RetentionElapsed => self.deleted = self.has_passed(at, RETENTION),
                _ => self.denied = Some(Denial::Terminated(reason)),
            }
            return;
        }
        match event {
            Event::LoggedIn | Event::RetentionElapsed => {}
            Event::RequestSeen { not_before } => {
                let cut = i64::try_from(not_before.at.get()).unwrap_or(i64::MAX);
                match self.reason_to_terminate(cut) {
                    Some(reason) => self.refuse(reason),
                    None => self.let_in(),
                }
            }
            Event::Refreshed => {
                if let Some(reason) = self.reason_to_terminate(0) {
                    self.refuse(reason);
                }
            }
            Event::Replayed => self.refuse(Reason::RefreshReuse),
            Event::IdleElapsed => {
                if self.has_passed(self.last_seen(), IDLE) {
                    match self.on_inactive {
                        OnInactive::Mark => self.marked = true,
                        OnInactive::Terminate => self.terminated = Some((self.now, Reason::Idle)),
                    }
                }
            }
            Event::AbsoluteElapsed => {
                if self.logged_in.is_some_and(|logged_in| self.is_expired(logged_in)) {
                    self.terminated = Some((self.now, Reason::Expired));
                }
            }
            Event::TerminateRequested(reason) => self.terminated = Some((self.now, reason)),
        }
    }

    fn let_in(&mut self) {
        if self.marked || self.has_passed(self.last_written(), PERIOD) {
            self.writes.push(self.now);
        }
        self.requests.push(self.now);
        self.marked = false;
    }

    fn empty(on_inactive: OnInactive, now: i64) -> Self {
        Self {
            on_inactive,
            now,
            logged_in: None,
            requests: vec![],
            writes: vec![],
            marked: false,
            terminated: None,
            deleted: false,
            denied: None,
        }
    }

    fn session(&self) -> Option<Session> {
        let time = |millis: i64| UnixMillis::new(millis.unsigned_abs());
        let state = match self.terminated {
            Some((at, reason)) => DetailedState::Terminated { at: time(at), reason },
            None if self.marked => DetailedState::Inactive,
            None => DetailedState::Active,
        };
        self.logged_in.filter(|_| !self.deleted).map(|logged_in| Session {
            state,
            logged_in: time(logged_in),
            last_seen: time(self.last_seen()),
            last_touched: time(self.last_written()),
        })
    }
}

impl ReferenceStateMachine for History {
    type State = Self;
    type Transition = Fact;

    fn init_state() -> BoxedStrategy<Self> {
        prop::sample::select(OnInactive::ALL.to_vec()).prop_map(|choice| Self::empty(choice, START)).boxed()
    }

    fn transitions(_: &Self) -> BoxedStrategy<Fact> {
        let request = (START - 1000..START + 300_000).prop_map(|at| {
            let at = UnixMillis::new(at.unsigned_abs());
            NotBefore { at, reason: Reason::PasswordChanged }
        });
        let request = prop_oneof![9 => Just(NotBefore::NONE), 1 => request];
        let event = prop_oneof![
            2 => Just(Event::LoggedIn),
            8 => request.prop_map(|not_before| Event::RequestSeen { not_before }),
            2 => Just(Event::Refreshed),
            4 => Just(Event::IdleElapsed),
            2 => Just(Event::AbsoluteElapsed),
            1 => Just(Event::RetentionElapsed),
            1 => Just(Event::Replayed),
            1 => prop::sample::select(Reason::ALL.to_vec()).prop_map(Event::TerminateRequested),
        ];
        let moved = prop_oneof![
            4 => 0..2 * PERIOD,
            4 => 0..2 * IDLE,
            1 => 0..2 * ABSOLUTE,
            1 => 0..2 * RETENTION,
            2 => -IDLE..0,
            1 => -3 * ABSOLUTE..0,
        ];
        (event, moved).prop_map(|(event, moved)| Fact { event, moved }).boxed()
    }

    fn apply(mut history: Self, fact: &Fact) -> Self {
        history.now = (history.now + fact.moved).max(1);
        history.denied = None;
        history.record(fact.event);
        history
    }
}

/// The machine under test: an engine, and the session as it left it.
struct Machine {
    engine: Engine,
    session: Option<Session>,
}

impl StateMachineTest for Machine {
    type SystemUnderTest = Self;
    type Reference = History;

    fn init_test(history: &History) -> Self {
        let span = |millis: i64| Millis::new(millis.unsigned_abs());
        let engine = Engine::new(&Settings {
            last_seen_rate_limit: span(PERIOD),
            inactivity_timeout: span(IDLE - PERIOD - 4000),
            absolute_timeout: AbsoluteTimeout::After(span(ABSOLUTE)),
            terminated_retention: Retention::Days(1),
            on_inactive: history.on_inactive,
            ..Settings::default()
        });
        Self { engine, session: None }
    }

    fn apply(mut machine: Self, history: &History, fact: Fact) -> Self {
        let now = UnixMillis::new(history.now.unsigned_abs());
        let done = machine.engine.transition(machine.session, fact.event, now);
        let denied = done.effects.iter().find_map(|effect| match effect {
            Effect::Deny { reason } => Some(*reason),
            _ => None,
        });
        assert_eq!(done.session, history.session(), "after {fact:?}");
        assert_eq!(denied, history.denied, "after {fact:?}");
        machine.session = done.session;
        machine
    }
}

prop_state_machine! {
    #![proptest_config(ProptestConfig { cases: 1000, ..ProptestConfig::default() })]

    #[test]
    fn the_machine_does_what_the_naive_reference_does(sequential 1..60 => Machine);
}
