//! The chain of a session's refresh tokens, presented in every order on two instances whose clocks differ, by a client
//! with parallel requests and by somebody elsewhere. The real core decides on each link; the shell is modelled.

use magic_sessionmanager_core::engine::Engine;
use magic_sessionmanager_core::session::rotation::{ChildUse, OnRefreshReuse, RefreshDecision, Rotated};
use magic_sessionmanager_core::settings::Settings;
use magic_sessionmanager_core::time::{Millis, UnixMillis};

use super::search::{Attempt, Model};

const TICK_MS: u64 = 1000;
/// The retry window, in ticks.
const WINDOW: u8 = 2;
/// The time of the first step, in ticks; later than zero, so that clocks can lie before it.
const START: u8 = 5;
/// The largest number of exchanges.
const MAX_LINKS: usize = 3;

/// A planted flaw of the shell. The search has to find each.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Flaw {
    None,
    /// Every request counts as one from the origin of the first use, like one whose forged user agent decides alone.
    OriginIgnored,
    /// A later use replaces the origin of the first one.
    LastUseRecorded,
    /// Only the first link of the chain is decided on.
    FirstLinkOnly,
    /// The window counts from the newest exchange.
    WindowSlides,
    /// The child is handed out although it was exchanged itself.
    ChildNotNewest,
    /// Any use of the child makes the presented token a replay. This shell was shipped once.
    UseIsReplay,
}

/// The scope of a search.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Rotations {
    pub(crate) flaw: Flaw,
    pub(crate) on_reuse: OnRefreshReuse,
    /// How far each instance's clock is ahead, in ticks.
    pub(crate) skews: [u8; 2],
    /// True time at which the search ends, in ticks.
    pub(crate) horizon: u8,
}

/// An address with a device.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Origin {
    Client,
    Elsewhere,
}

impl Origin {
    pub(crate) const fn fingerprint(self) -> &'static str {
        match self {
            Self::Client => "client",
            Self::Elsewhere => "elsewhere",
        }
    }
}

/// The exchange of a token for the next one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
struct Link {
    /// The stored time, by the clock of the instance.
    at: u8,
    exchanged: u8,
    /// The recorded first use of the child, and the true one.
    recorded: Option<Origin>,
    first_use: Option<Origin>,
}

#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(crate) struct World {
    now: u8,
    links: Vec<Link>,
    terminated: bool,
}

#[derive(Clone, Copy, Debug)]
pub(crate) enum Step {
    Tick,
    /// Presents a refresh token, by its place in the chain, to an instance.
    Present(usize, Origin, usize),
    /// Sends a request with the access token that was issued with a refresh token.
    Request(Origin, usize),
    Terminate,
}

/// The answer to a presented token.
enum Answer {
    /// The token handed out, by its place in the chain.
    Token(usize),
    Refused,
    Terminated,
}

impl Model for Rotations {
    type State = World;
    type Step = Step;

    fn start(&self) -> World {
        World { now: START, links: Vec::new(), terminated: false }
    }

    fn steps(&self, world: &World) -> Vec<Attempt<Self>> {
        let mut steps = vec![Step::Terminate];
        if world.now < START + self.horizon {
            steps.push(Step::Tick);
        }
        for origin in [Origin::Client, Origin::Elsewhere] {
            for token in 0..=world.links.len() {
                steps.push(Step::Request(origin, token));
                steps.extend([0, 1].map(|instance| Step::Present(instance, origin, token)));
            }
        }
        steps.into_iter().map(|step| (step, self.take(world, step))).collect()
    }
}

impl Rotations {
    fn engine(self) -> Engine {
        Engine::new(&Settings {
            refresh_retry_window: Millis::new(u64::from(WINDOW) * TICK_MS),
            on_refresh_reuse: self.on_reuse,
            ..Settings::default()
        })
    }

    fn take(self, before: &World, step: Step) -> Result<World, String> {
        let mut world = before.clone();
        match step {
            Step::Tick => world.now += 1,
            Step::Terminate => world.terminated = true,
            Step::Request(origin, token) => self.record_use(&mut world, token, origin),
            Step::Present(instance, origin, token) if !world.terminated => {
                let is_newest = token == world.links.len();
                let answer = self.present(&mut world, instance, origin, token);
                if !is_newest {
                    self.check(before, &world, origin, token, &answer)?;
                }
            }
            Step::Present(..) => {}
        }
        Ok(world)
    }

    fn record_use(self, world: &mut World, token: usize, origin: Origin) {
        let link = token.checked_sub(1).and_then(|index| world.links.get_mut(index));
        let Some(link) = link.filter(|_| !world.terminated) else { return };
        link.first_use.get_or_insert(origin);
        if self.flaw == Flaw::LastUseRecorded {
            link.recorded = Some(origin);
        } else {
            link.recorded.get_or_insert(origin);
        }
    }

    fn present(self, world: &mut World, instance: usize, origin: Origin, token: usize) -> Answer {
        let clock = world.now + self.skews[instance];
        if token == world.links.len() {
            if token < MAX_LINKS {
                self.record_use(world, token, origin);
                let (at, exchanged) = (clock, world.now);
                world.links.push(Link { at, exchanged, recorded: None, first_use: None });
            }
            return Answer::Token(world.links.len());
        }
        let newest = world.links.len() - 1;
        let at = world.links[if self.flaw == Flaw::WindowSlides { newest } else { token }].at;
        for (index, link) in world.links.iter().enumerate().skip(token) {
            let rotated = Rotated { at: time(at), child: self.child_use(*link, origin) };
            match self.engine().decide_refresh(Some(rotated), time(clock)) {
                RefreshDecision::Rotate | RefreshDecision::Retry | RefreshDecision::Tolerate => {}
                RefreshDecision::Refuse => return Answer::Refused,
                RefreshDecision::Reuse => {
                    world.terminated = true;
                    return Answer::Terminated;
                }
            }
            match self.flaw {
                Flaw::FirstLinkOnly => break,
                Flaw::ChildNotNewest => return Answer::Token(index + 1),
                _ => {}
            }
        }
        Answer::Token(world.links.len())
    }

    fn child_use(self, link: Link, presented_by: Origin) -> ChildUse {
        let used_by = link.recorded.map(Origin::fingerprint);
        let presented_by = match self.flaw {
            Flaw::OriginIgnored => used_by,
            Flaw::UseIsReplay => None,
            _ => Some(presented_by.fingerprint()),
        };
        ChildUse::compare(link.recorded.is_some(), used_by, presented_by)
    }

    /// Checks the answer to a token that was exchanged before, by the true uses and the true time.
    fn check(
        self,
        before: &World,
        after: &World,
        origin: Origin,
        token: usize,
        answer: &Answer,
    ) -> Result<(), String> {
        let elapsed = before.now - before.links[token].exchanged;
        let difference = self.skews[0].abs_diff(self.skews[1]);
        let later = &before.links[token..];
        let is_own = later.iter().all(|link| link.first_use.is_none_or(|used_by| used_by == origin));
        match answer {
            Answer::Token(handed_out) if *handed_out != before.links.len() => {
                Err("handed out a token that was exchanged".to_owned())
            }
            Answer::Token(_) if elapsed >= WINDOW + difference => Err("answered after the window".to_owned()),
            Answer::Token(_) if !is_own && self.on_reuse != OnRefreshReuse::Tolerate => {
                Err("answered somebody elsewhere".to_owned())
            }
            Answer::Refused | Answer::Terminated if is_own && elapsed + difference < WINDOW => {
                Err("refused a client that repeated itself".to_owned())
            }
            Answer::Refused if self.on_reuse == OnRefreshReuse::Terminate => {
                Err("refused a reuse and kept the session".to_owned())
            }
            Answer::Token(_) | Answer::Refused
                if after.terminated || after.links.len() != before.links.len() =>
            {
                Err("changed the session of a token that was exchanged".to_owned())
            }
            Answer::Terminated if self.on_reuse != OnRefreshReuse::Terminate => {
                Err("terminated the session".to_owned())
            }
            _ => Ok(()),
        }
    }
}

fn time(ticks: u8) -> UnixMillis {
    UnixMillis::new(u64::from(ticks) * TICK_MS)
}
