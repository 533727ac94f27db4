//! The simulation of one user's sessions over time.
//!
//! ```
//! use magic_sessionmanager_core::preview::simulation::{Step, simulate};
//! use magic_sessionmanager_core::{Engine, Millis, Settings, UnixMillis};
//!
//! let minutes = |minutes: u64| Millis::new(minutes * 60_000);
//! let script = [Step::Login, Step::Requests { every: minutes(1), span: minutes(10) }];
//! let timeline = simulate(&Engine::new(&Settings::default()), &script, UnixMillis::new(0))?;
//! let states: Vec<_> = timeline.sessions[0].spans.iter().map(|span| span.state.as_str()).collect();
//! assert_eq!(states, ["active", "inactive", "terminated"]);
//! # Ok::<(), magic_sessionmanager_core::Error>(())
//! ```

use crate::engine::Engine;
use crate::error::{Code, Error};
use crate::session::effect::{Denial, Effect};
use crate::session::event::Event;
use crate::session::limit::{LimitDecision, LiveSession};
use crate::session::not_before::NotBefore;
use crate::session::policy::OnInactive;
use crate::session::reason::Reason;
use crate::session::revocation::Revocation;
use crate::session::state::{DetailedState, Session, SessionState};
use crate::time::{Millis, UnixMillis};

/// The largest number of requests in one script.
pub const MAX_REQUESTS: u64 = 100_000;

/// The largest number of logins in one script.
pub const MAX_LOGINS: u64 = 1000;

/// One step of a script.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Step {
    /// The user logs in.
    Login,
    /// The newest session sends one request.
    Request,
    /// The newest session sends a request at once and then one every `every`, until `span` has passed.
    Requests {
        /// The time between two requests; above zero.
        every: Millis,
        /// The time until the last request.
        span: Millis,
    },
    /// Time passes without a request.
    Pause(Millis),
    /// The newest session is terminated.
    Terminate(Reason),
}

/// The result of a simulation.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Timeline {
    /// The sessions, in the order of login.
    pub sessions: Vec<SessionTimeline>,
    /// The refusals without a session: logins beyond the limit, requests before any login.
    pub refusals: Vec<Refusals>,
}

/// One session from login to deletion.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct SessionTimeline {
    /// The states, in order and without gaps.
    pub spans: Vec<Span>,
    /// The number of requests that stored *last seen*.
    pub touches_written: u32,
    /// The number of requests without a write.
    pub touches_saved: u32,
    /// The number of times that a request made it active again.
    pub reactivations: u32,
    /// The refused requests.
    pub refusals: Vec<Refusals>,
    /// The reason of the termination; `None` if there is none.
    pub reason: Option<Reason>,
}

/// A state and its duration.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Span {
    /// The state.
    pub state: SessionState,
    /// The time at which it began.
    pub from: UnixMillis,
    /// The time of the next state or of the deletion; `None` if there is none.
    pub until: Option<UnixMillis>,
}

/// Consecutive refusals for one reason.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Refusals {
    /// The time of the first.
    pub from: UnixMillis,
    /// The time of the last.
    pub until: UnixMillis,
    /// The number of refusals.
    pub count: u32,
    /// The reason of each.
    pub reason: Denial,
}

/// Simulates a script from `start` on, and then lets time pass until every session is terminated.
///
/// A sweep runs as soon as it has something to change. A real sweep runs once a minute.
///
/// # Errors
/// [`Code::InvalidArgument`] for a period of zero, or a script of more than [`MAX_REQUESTS`] requests
/// or [`MAX_LOGINS`] logins.
pub fn simulate(engine: &Engine, script: &[Step], start: UnixMillis) -> Result<Timeline, Error> {
    let mut left = MAX_REQUESTS;
    let mut logins_left = MAX_LOGINS;
    let mut simulation = Simulation { engine, now: start, sessions: Vec::new(), refusals: Vec::new() };
    for step in script {
        match *step {
            Step::Login => {
                logins_left = logins_left.checked_sub(1).ok_or_else(|| too_many(MAX_LOGINS, "logins"))?;
                simulation.log_in();
            }
            Step::Request => simulation.requests(1, Millis::new(0), &mut left)?,
            Step::Requests { every, span } => {
                let count = span.get().checked_div(every.get()).ok_or_else(|| {
                    Error::new(Code::InvalidArgument, "script.everyMs", "script.everyMs takes more than 0")
                })?;
                let end = simulation.now.after(span);
                simulation.requests(count.saturating_add(1), every, &mut left)?;
                simulation.wait_until(end);
            }
            Step::Pause(span) => simulation.wait_until(simulation.now.after(span)),
            Step::Terminate(reason) => simulation.send_to_newest(Event::TerminateRequested(reason)),
        }
    }
    simulation.wait_until(UnixMillis::new(u64::MAX));
    let sessions = simulation.sessions.into_iter().map(|session| session.timeline).collect();
    Ok(Timeline { sessions, refusals: simulation.refusals })
}

/// A running simulation.
struct Simulation<'a> {
    engine: &'a Engine,
    now: UnixMillis,
    sessions: Vec<SimulatedSession>,
    refusals: Vec<Refusals>,
}

struct SimulatedSession {
    session: Session,
    timeline: SessionTimeline,
}

impl Simulation<'_> {
    fn log_in(&mut self) {
        let live = |simulated: &SimulatedSession| simulated.session.state.plain() != SessionState::Terminated;
        let facts_of =
            |logged_in, last_seen| LiveSession { logged_in, known_revocation: 0, last_seen, expires: None };
        let (places, mut facts): (Vec<usize>, Vec<LiveSession>) = self
            .sessions
            .iter()
            .enumerate()
            .filter(|(_, simulated)| live(simulated))
            .map(|(place, SimulatedSession { session, .. })| {
                (place, facts_of(session.logged_in, session.last_seen))
            })
            .unzip();
        let login = facts.len();
        facts.push(facts_of(self.now, self.now));
        match self.engine.decide_limit(&facts, Some(login), &Revocation::default(), self.now) {
            LimitDecision::Deny => {
                return refuse(&mut self.refusals, Denial::Terminated(Reason::SessionLimit), self.now);
            }
            LimitDecision::Evict(evicted) => {
                for place in evicted.into_iter().filter_map(|index| places.get(index)) {
                    if let Some(simulated) = self.sessions.get_mut(*place) {
                        simulated.apply(
                            self.engine,
                            Event::TerminateRequested(Reason::SessionLimit),
                            self.now,
                        );
                    }
                }
            }
            LimitDecision::Allow => {}
        }
        let created = self.engine.transition(None, Event::LoggedIn, self.now).session;
        self.sessions.extend(created.map(|session| {
            let span = Span { state: session.state.plain(), from: self.now, until: None };
            SimulatedSession {
                session,
                timeline: SessionTimeline { spans: vec![span], ..SessionTimeline::default() },
            }
        }));
    }

    fn requests(&mut self, count: u64, every: Millis, left: &mut u64) -> Result<(), Error> {
        *left = left.checked_sub(count).ok_or_else(|| too_many(MAX_REQUESTS, "requests"))?;
        for number in 0..count {
            if number > 0 {
                self.wait_until(self.now.after(every));
            }
            self.send_to_newest(Event::RequestSeen { not_before: NotBefore::NONE });
        }
        Ok(())
    }

    fn send_to_newest(&mut self, event: Event) {
        match self.sessions.last_mut() {
            Some(simulated) => simulated.apply(self.engine, event, self.now),
            None => refuse(&mut self.refusals, Denial::Unknown, self.now),
        }
    }

    fn wait_until(&mut self, then: UnixMillis) {
        for simulated in &mut self.sessions {
            simulated.sweep_until(self.engine, then);
        }
        self.now = then;
    }
}

impl SimulatedSession {
    /// Runs a sweep at each instant up to `then` at which it has something to change.
    fn sweep_until(&mut self, engine: &Engine, then: UnixMillis) {
        while let Some((at, event)) = self.next_sweep(engine).filter(|(at, _)| *at <= then) {
            let before = self.session.state;
            self.apply(engine, event, at);
            if self.session.state == before {
                return;
            }
        }
    }

    fn next_sweep(&self, engine: &Engine) -> Option<(UnixMillis, Event)> {
        let (policy, session) = (engine.policy(), self.session);
        let idles = match session.state {
            DetailedState::Active => true,
            DetailedState::Inactive => policy.on_inactive == OnInactive::Terminate,
            DetailedState::Terminated { .. } => return None,
        };
        let idle = session.last_touched.after(policy.idle_after());
        let expired = session.logged_in.after(policy.absolute_timeout);
        if idles && idle < expired {
            Some((idle, Event::IdleElapsed))
        } else {
            Some((expired, Event::AbsoluteElapsed))
        }
    }

    fn apply(&mut self, engine: &Engine, event: Event, now: UnixMillis) {
        // A sweep reads the stored time, which may be older than the newest request.
        let known = match event {
            Event::IdleElapsed => Session { last_seen: self.session.last_touched, ..self.session },
            _ => self.session,
        };
        let transition = engine.transition(Some(known), event, now);
        let has = |wanted| transition.effects.contains(&wanted);
        if let Some(Effect::Deny { reason }) = transition.effects.first() {
            refuse(&mut self.timeline.refusals, *reason, now);
        } else if has(Effect::Touch) {
            self.timeline.touches_written = self.timeline.touches_written.saturating_add(1);
        } else if matches!(event, Event::RequestSeen { .. }) {
            self.timeline.touches_saved = self.timeline.touches_saved.saturating_add(1);
        }
        if has(Effect::Reactivate) {
            self.timeline.reactivations = self.timeline.reactivations.saturating_add(1);
        }
        if let Some(session) = transition.session {
            self.enter(engine, session.state, now);
            self.session = session;
        }
    }

    /// Begins the span of a new state. The span of a termination lasts until the deletion of the record.
    fn enter(&mut self, engine: &Engine, state: DetailedState, now: UnixMillis) {
        let plain = state.plain();
        let Some(last) = self.timeline.spans.last_mut().filter(|last| last.state != plain) else { return };
        last.until = Some(now);
        let mut until = None;
        if let DetailedState::Terminated { at, reason } = state {
            self.timeline.reason = Some(reason);
            until = engine.policy().retention.map(|retention| at.after(retention));
        }
        self.timeline.spans.push(Span { state: plain, from: now, until });
    }
}

fn too_many(most: u64, what: &str) -> Error {
    Error::new(Code::InvalidArgument, "script", format!("script makes more than {most} {what}"))
}

/// Counts a refusal together with the ones before it if they have the same reason.
fn refuse(refusals: &mut Vec<Refusals>, reason: Denial, now: UnixMillis) {
    match refusals.last_mut() {
        Some(last) if last.reason == reason => {
            last.until = now;
            last.count = last.count.saturating_add(1);
        }
        _ => refusals.push(Refusals { from: now, until: now, count: 1, reason }),
    }
}
