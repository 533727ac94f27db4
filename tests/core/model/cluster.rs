//! Several instances with a local view under a lease, one database that is the truth, and news that may be lost,
//! late or repeated. The real core decides on the session; only the shell is modelled.

use magic_sessionmanager_core::engine::{Engine, Request};
use magic_sessionmanager_core::session::effect::Effect;
use magic_sessionmanager_core::session::event::Event;
use magic_sessionmanager_core::session::machine::Verdict;
use magic_sessionmanager_core::session::not_before::NotBefore;
use magic_sessionmanager_core::session::policy::OnInactive;
use magic_sessionmanager_core::session::reason::Reason;
use magic_sessionmanager_core::session::rotation::{ChildUse, RefreshDecision, Rotated};
use magic_sessionmanager_core::session::state::{DetailedState, Session};
use magic_sessionmanager_core::settings::{AbsoluteTimeout, Retention, Settings};
use magic_sessionmanager_core::time::Millis;

use super::search::{Attempt, Model};
use super::world::{
    Answer, Instance, LOGIN, Read, Row, RowState, TICK_MS, Ticks, View, World, reason_of, row_of, session_of,
    time,
};

/// A planted flaw of the shell. The search has to find each.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Flaw {
    None,
    /// A read is trusted forever.
    NoLease,
    /// An answer of the database is trusted however long it took.
    SlowReadsTrusted,
    /// An older answer replaces the knowledge that the session has terminated.
    ViewForgets,
    /// A termination is written over an earlier one.
    BlindTermination,
    /// A touch makes a terminated session active.
    BlindTouch,
    /// A refresh token may come again although its child was used.
    ReplayTolerated,
}

/// The scope of a search: instances, clocks, time, and steps beyond requests and terminations.
#[derive(Clone, Copy, Debug)]
#[expect(clippy::struct_excessive_bools, reason = "each switches one kind of step on")]
pub(crate) struct Cluster<const N: usize> {
    pub(crate) flaw: Flaw,
    /// How far each wall clock goes wrong, in ticks.
    pub(crate) skews: [i8; N],
    /// For how many ticks a view is trusted.
    pub(crate) lease: Ticks,
    /// True time at which the search ends, in ticks after login.
    pub(crate) horizon: Ticks,
    pub(crate) on_inactive: OnInactive,
    pub(crate) retention: Retention,
    pub(crate) touches: bool,
    pub(crate) sweeps: bool,
    pub(crate) refreshes: bool,
    pub(crate) crashes: bool,
    pub(crate) not_before: bool,
    /// Whether the first instance's wall clock may jump back once, by three ticks.
    pub(crate) clock_jumps: bool,
}

impl<const N: usize> Cluster<N> {
    pub(crate) const fn new(horizon: Ticks) -> Self {
        Self {
            flaw: Flaw::None,
            skews: [0; N],
            lease: 2,
            horizon,
            on_inactive: OnInactive::Mark,
            retention: Retention::Forever,
            touches: false,
            sweeps: false,
            refreshes: false,
            crashes: false,
            not_before: false,
            clock_jumps: false,
        }
    }

    fn engine(&self) -> Engine {
        Engine::new(&Settings {
            last_seen_rate_limit: Millis::new(0),
            inactivity_timeout: Millis::new(TICK_MS),
            on_inactive: self.on_inactive,
            absolute_timeout: AbsoluteTimeout::After(Millis::new(3 * TICK_MS)),
            terminated_retention: self.retention,
            refresh_retry_window: Millis::new(2 * TICK_MS),
            ..Settings::default()
        })
    }
}

#[derive(Clone, Copy, Debug)]
pub(crate) enum Step {
    Tick,
    Request(usize),
    DatabaseAnswers(usize),
    AnswerArrives(usize),
    NewsArrives(usize),
    Terminate(usize, Reason),
    TerminateAllBefore(usize),
    SaveTouch(usize),
    Sweep(usize),
    PresentParent(usize),
    UseChild(usize),
    Crash(usize),
    ClockJumpsBack,
}

type Next<const N: usize> = Result<World<N>, String>;

impl<const N: usize> Model for Cluster<N> {
    type State = World<N>;
    type Step = Step;

    fn start(&self) -> World<N> {
        let created = self.engine().transition(None, Event::LoggedIn, time(LOGIN)).session;
        World {
            now: LOGIN,
            row: created.map(row_of),
            not_before: None,
            rotated: None,
            instances: [Instance::default(); N],
            news: None,
            terminated: None,
            jumped: false,
        }
    }

    fn steps(&self, world: &World<N>) -> Vec<Attempt<Self>> {
        let steps = self.possible(world);
        steps.into_iter().map(|step| (step, self.take(world, step))).collect()
    }
}

impl<const N: usize> Cluster<N> {
    fn possible(&self, world: &World<N>) -> Vec<Step> {
        let mut steps = Vec::new();
        if world.now < LOGIN + self.horizon {
            steps.push(Step::Tick);
        }
        if self.clock_jumps && !world.jumped {
            steps.push(Step::ClockJumpsBack);
        }
        for (index, instance) in world.instances.iter().enumerate() {
            match instance.read {
                None => steps.push(Step::Request(index)),
                Some(Read { answer: None, .. }) => steps.push(Step::DatabaseAnswers(index)),
                Some(Read { answer: Some(_), .. }) => steps.push(Step::AnswerArrives(index)),
            }
            let reason = if index == 0 { Reason::Admin } else { Reason::Logout };
            steps.push(Step::Terminate(index, reason));
            if world.news.is_some() {
                steps.push(Step::NewsArrives(index));
            }
            if instance.unsaved.is_some() {
                steps.push(Step::SaveTouch(index));
            }
            if self.sweeps {
                steps.push(Step::Sweep(index));
            }
            if self.refreshes {
                steps.push(Step::PresentParent(index));
                if world.rotated.is_some() {
                    steps.push(Step::UseChild(index));
                }
            }
            if self.crashes {
                steps.push(Step::Crash(index));
            }
            if self.not_before && world.not_before.is_none() && self.clock(world, index) > LOGIN {
                steps.push(Step::TerminateAllBefore(index));
            }
        }
        steps
    }

    fn take(&self, before: &World<N>, step: Step) -> Next<N> {
        let mut world = before.clone();
        match step {
            Step::Tick => world.now += 1,
            Step::ClockJumpsBack => world.jumped = true,
            Step::Request(index) => self.request(&mut world, index)?,
            Step::DatabaseAnswers(index) => {
                let answer = Answer { row: world.row, not_before: world.not_before };
                if let Some(read) = &mut world.instances[index].read {
                    read.answer = Some(answer);
                }
            }
            Step::AnswerArrives(index) => self.answer_arrives(&mut world, index)?,
            Step::NewsArrives(index) => {
                if let Some(reason) = world.news {
                    self.record_termination(&mut world, index, reason);
                }
            }
            Step::Terminate(index, reason) => self.terminate(&mut world, index, reason),
            Step::TerminateAllBefore(index) => {
                world.not_before = Some(self.clock(&world, index));
                world.terminated.get_or_insert((world.now, None));
            }
            Step::SaveTouch(index) => self.save_touch(&mut world, index),
            Step::Sweep(index) => {
                for event in [Event::IdleElapsed, Event::AbsoluteElapsed, Event::RetentionElapsed] {
                    self.store(&mut world, index, event);
                }
            }
            Step::PresentParent(index) => self.present_parent(&mut world, index)?,
            Step::UseChild(index) => self.use_child(&mut world, index)?,
            Step::Crash(index) => world.instances[index] = Instance::default(),
        }
        stays_terminated(before, &world)?;
        Ok(world)
    }

    /// Answers a request from the view, or asks the database where the view is not to be trusted.
    fn request(&self, world: &mut World<N>, index: usize) -> Result<(), String> {
        match world.instances[index].view {
            Some(view) if self.is_trusted(world, view) => self.evaluate(world, index, view),
            _ => {
                world.instances[index].read = Some(Read { since: world.now, answer: None });
                Ok(())
            }
        }
    }

    fn is_trusted(&self, world: &World<N>, view: View) -> bool {
        let fresh = world.now - view.confirmed < self.lease || self.flaw == Flaw::NoLease;
        fresh || matches!(view.row.state, RowState::Terminated { .. })
    }

    fn answer_arrives(&self, world: &mut World<N>, index: usize) -> Result<(), String> {
        let Some(Read { since, answer: Some(answer) }) = world.instances[index].read.take() else {
            return Ok(());
        };
        let known = world.instances[index].view;
        let terminated = known.filter(|view| matches!(view.row.state, RowState::Terminated { .. }));
        let read = answer.row.map(|row| View { row, not_before: answer.not_before, confirmed: since });
        let view = match terminated {
            Some(terminated) if self.flaw != Flaw::ViewForgets => Some(terminated),
            _ => read,
        };
        // A session that is not there is refused as unknown, and nothing is remembered of it.
        let Some(view) = view else { return Ok(()) };
        world.instances[index].view = Some(view);
        if self.is_trusted(world, view) || self.flaw == Flaw::SlowReadsTrusted {
            self.evaluate(world, index, view)
        } else {
            world.instances[index].read = Some(Read { since: world.now, answer: None });
            Ok(())
        }
    }

    fn evaluate(&self, world: &mut World<N>, index: usize, view: View) -> Result<(), String> {
        let (engine, now) = (self.engine(), time(self.clock(world, index)));
        let session = session_of(view.row);
        let not_before = view
            .not_before
            .map_or(NotBefore::NONE, |at| NotBefore { at: time(at), reason: Reason::PasswordChanged });
        let request = Request {
            state: session.state.plain(),
            logged_in: session.logged_in,
            last_seen: session.last_seen,
            last_touched: session.last_touched,
            not_before: not_before.at,
        };
        match engine.check(&request, now) {
            Verdict::Allow { .. } => {
                if let Some((terminated, _)) =
                    world.terminated.filter(|(terminated, _)| world.now - terminated >= self.lease)
                {
                    return Err(format!("accepted {} ticks after the termination", world.now - terminated));
                }
                if world.instances[index].knows_of_termination {
                    return Err("accepted by an instance that knew of the termination".to_owned());
                }
                let seen = engine.transition(Some(session), Event::RequestSeen { not_before }, now);
                let instance = &mut world.instances[index];
                if let Some(session) = seen.session {
                    let row = row_of(session);
                    instance.view = Some(View { row, ..view });
                    if self.touches && seen.effects.contains(&Effect::Touch) {
                        instance.unsaved = Some(row.last_seen);
                    }
                }
            }
            Verdict::Revoked => self.terminate(world, index, Reason::PasswordChanged),
            Verdict::Expired => self.terminate(world, index, Reason::Expired),
            Verdict::Idle => self.terminate(world, index, Reason::Idle),
            Verdict::Terminated => {
                let told = reason_of(Some(view.row));
                if world.terminated.is_some_and(|(_, stored)| stored != told) {
                    return Err("told another reason than the stored one".to_owned());
                }
            }
        }
        Ok(())
    }

    fn terminate(&self, world: &mut World<N>, index: usize, reason: Reason) {
        self.store(world, index, Event::TerminateRequested(reason));
        if let Some(stored) = reason_of(world.row) {
            self.record_termination(world, index, stored);
        }
    }

    /// Notes in an instance's view that the session has terminated, known session or not.
    fn record_termination(&self, world: &mut World<N>, index: usize, reason: Reason) {
        let at = self.clock(world, index);
        let instance = &mut world.instances[index];
        instance.knows_of_termination = true;
        if reason_of(instance.view.map(|view| view.row)).is_none() {
            let row = Row { state: RowState::Terminated { at, reason }, last_seen: at, last_touched: at };
            instance.view = Some(View { row, not_before: None, confirmed: 0 });
        }
    }

    /// Lets the core decide on the stored row and stores the outcome, in one statement as a database does.
    fn store(&self, world: &mut World<N>, index: usize, event: Event) -> Vec<Effect> {
        let mut session = world.row.map(session_of);
        if self.flaw == Flaw::BlindTermination && matches!(event, Event::TerminateRequested(_)) {
            session = session.map(|session| Session { state: DetailedState::Active, ..session });
        }
        let done = self.engine().transition(session, event, time(self.clock(world, index)));
        world.row = done.session.map(row_of);
        for effect in &done.effects {
            if let Effect::Notify { reason } = *effect {
                world.news = Some(reason);
                let terminated = world.terminated.map_or(world.now, |(terminated, _)| terminated);
                let first = world.terminated.and_then(|(_, stored)| stored).unwrap_or(reason);
                world.terminated = Some((terminated, Some(first)));
            }
        }
        done.effects
    }

    fn save_touch(&self, world: &mut World<N>, index: usize) {
        let Some(seen) = world.instances[index].unsaved.take() else { return };
        let Some(row) = &mut world.row else { return };
        if reason_of(Some(*row)).is_none() || self.flaw == Flaw::BlindTouch {
            row.state = RowState::Active;
            row.last_seen = row.last_seen.max(seen);
            row.last_touched = row.last_touched.max(seen);
        }
    }

    /// Presents the first refresh token, be it for the first time, as a retry, or as a thief.
    fn present_parent(&self, world: &mut World<N>, index: usize) -> Result<(), String> {
        if reason_of(world.row).is_some() || world.row.is_none() {
            return Ok(());
        }
        let clock = self.clock(world, index);
        let rotated = world.rotated.map(|(at, child_used)| {
            let child_used = child_used && self.flaw != Flaw::ReplayTolerated;
            // The presenter of the parent is not the user of the child.
            let child = if child_used { ChildUse::OtherOrigin } else { ChildUse::Unused };
            Rotated { at: time(at), child }
        });
        match self.engine().decide_refresh(rotated, time(clock)) {
            RefreshDecision::Rotate => {
                if self.store(world, index, Event::Refreshed).contains(&Effect::FollowRotation) {
                    world.rotated = Some((clock, false));
                }
            }
            RefreshDecision::Retry => {
                let child_used = world.rotated.is_some_and(|(_, child_used)| child_used);
                if child_used {
                    return Err("a replay succeeded after the child was used".to_owned());
                }
            }
            RefreshDecision::Tolerate | RefreshDecision::Refuse => {
                return Err("a replay did not terminate the session".to_owned());
            }
            RefreshDecision::Reuse => {
                self.store(world, index, Event::Replayed);
                if reason_of(world.row).is_none() {
                    return Err("a replay did not terminate the session".to_owned());
                }
            }
        }
        Ok(())
    }

    fn use_child(&self, world: &mut World<N>, index: usize) -> Result<(), String> {
        let effects = self.store(world, index, Event::Refreshed);
        if effects.contains(&Effect::FollowRotation) {
            if world.terminated.is_some_and(|(_, stored)| stored.is_some()) {
                return Err("a refresh succeeded after the termination".to_owned());
            }
            world.rotated = world.rotated.map(|(at, _)| (at, true));
        }
        Ok(())
    }

    /// Reads an instance's wall clock.
    fn clock(&self, world: &World<N>, index: usize) -> Ticks {
        let jump = if world.jumped && index == 0 { -3 } else { 0 };
        world.now.saturating_add_signed(self.skews[index] + jump)
    }
}

/// Fails where a step leads out of `terminated` other than by deletion, or puts another reason over the first.
fn stays_terminated<const N: usize>(before: &World<N>, after: &World<N>) -> Result<(), String> {
    match (reason_of(before.row), after.row) {
        (Some(_), Some(row)) if reason_of(Some(row)).is_none() => Err("left terminated".to_owned()),
        (Some(first), Some(row)) if reason_of(Some(row)) != Some(first) => {
            Err("overwrote the first reason".to_owned())
        }
        (None, Some(_)) if before.row.is_none() => Err("came back after deletion".to_owned()),
        _ => Ok(()),
    }
}
