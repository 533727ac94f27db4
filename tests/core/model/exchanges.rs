//! The race of one exchange: several requests present the same refresh token, or its child, at once on two instances.
//!
//! Every request goes through the steps of the shell one by one, and the steps of all requests interleave in every order.
//! A request may crash between two steps, and its client may then ask again. The real core makes each decision; the
//! steps around it are those of `refresh-rotation.ts`, `rotation-store.ts` and Strapi's own exchange.
//!
//! The requests of one instance are not kept apart here, although the shell lets those of one token wait for each other.
//! The search therefore tries all orders that the shell allows, and more.

use magic_sessionmanager_core::engine::Engine;
use magic_sessionmanager_core::session::rotation::{ChildUse, OnRefreshReuse, RefreshDecision, Rotated};
use magic_sessionmanager_core::settings::Settings;
use magic_sessionmanager_core::time::{Millis, UnixMillis};

use super::rotations::Origin;
use super::search::{Attempt, Model};

const TICK_MS: u64 = 1000;
/// The retry window, in ticks.
const WINDOW: u8 = 2;
/// The time of the first step, in ticks; later than zero, so that clocks can lie before it.
const START: u8 = 5;

/// A planted flaw of the shell. The search has to find each.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Flaw {
    None,
    /// The table of exchanges has no unique key: a second exchange of a token replaces the first.
    NoUniqueKey,
    /// The loser of the race answers with the child that it issued itself.
    LoserKeepsItsChild,
    /// The loser refuses its request.
    LoserRefuses,
    /// The loser takes its request for a reuse.
    LoserReportsReuse,
    /// The loser decides again, by its first read.
    LoserDecidesOnFirstRead,
    /// An instance decides by the first row that it has ever read of an exchange.
    ReadsCached,
    /// The loser removes its child although the winner has recorded the same one.
    LoserRemovesSharedChild,
    /// The new token is stored after the exchange was committed, not together with it.
    TwoTransactions,
    /// The window counts from the newest exchange.
    WindowSlides,
}

/// The instant by which a refused request counts as within the window.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Counted {
    /// When the core decides on it. The shell promises this.
    Decided,
    /// When the client presents the token. The shell does not promise this.
    Presented,
}

/// A token that a request presents.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Token {
    Parent,
    /// The child of the parent, once some answer has handed it out.
    Child,
}

impl Token {
    const fn link(self) -> usize {
        match self {
            Self::Parent => 0,
            Self::Child => 1,
        }
    }
}

/// Where a request goes, where it comes from, and what it presents.
pub(crate) type Presentation = (usize, Origin, Token);

/// The scope of a search.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Exchanges {
    pub(crate) flaw: Flaw,
    pub(crate) on_reuse: OnRefreshReuse,
    pub(crate) requests: [Presentation; 3],
    /// How far each instance's clock is ahead, in ticks.
    pub(crate) skews: [u8; 2],
    /// True time at which the search ends, in ticks.
    pub(crate) horizon: u8,
    /// How many requests may crash.
    pub(crate) crashes: u8,
    /// Whether access tokens of the child are used, by the client and elsewhere.
    pub(crate) uses: bool,
    pub(crate) counted: Counted,
}

/// The id of a token; that of the parent is zero. [`World::tidy`] gives the others their numbers.
type Id = u8;

const PARENT: Id = 0;

/// A row of the table of exchanges.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
struct Link {
    child: Id,
    /// The stored time, by the clock of the instance, and the true one.
    at: u8,
    exchanged: u8,
    used_by: Option<Origin>,
}

/// The next step of a request.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
enum Stage {
    Waits,
    /// Asks the table for the exchange of a token.
    Reads(Walk),
    /// Lets the core decide by the row that was read.
    Decides(Walk, Option<Link>),
    /// Asks Strapi whether the token has a child.
    AsksStrapi,
    /// Lets Strapi issue a child, and then write its id into the row of the presented token.
    Issues,
    Names(Id),
    /// Records the exchange, with the time at which Strapi answered.
    Records {
        child: Id,
        at: u8,
        exchanged: u8,
    },
    /// Stores the new token in a second transaction. Only a flawed shell does.
    Stores(Id),
    /// Another request recorded its exchange first.
    Lost(Id),
    /// Reads the newest token, to answer with it if it is the child of the link.
    FindsToken(Walk, Id),
    Terminates,
    Answers(Id),
    Done,
    Crashed,
}

/// How far a request has followed the chain.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
struct Walk {
    link: usize,
    /// The stored time of the exchange of the presented token.
    since: Option<u8>,
    has_lost: bool,
}

impl Walk {
    const fn from(token: Token, has_lost: bool) -> Self {
        Self { link: token.link(), since: None, has_lost }
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
struct Request {
    instance: usize,
    origin: Origin,
    token: Token,
    stage: Stage,
    is_repeated: bool,
    /// Whether the rest of the chain was in use elsewhere before the request began.
    was_used_elsewhere: bool,
    /// The true time at which it began, where that counts.
    began: u8,
}

#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(crate) struct World {
    now: u8,
    /// The exchanges of the parent and of its child.
    links: [Option<Link>; 2],
    /// The child that Strapi's rows of the parent and of its child name.
    named: [Option<Id>; 2],
    /// The tokens that Strapi has a row of, one bit each.
    rows: u8,
    /// The token in the row of the session.
    stored: Id,
    terminated: bool,
    /// Whether the child of the parent was handed out.
    handed_out: bool,
    crashes: u8,
    requests: [Request; 3],
    /// The rows that each instance read first. Only a flawed shell keeps them.
    cached: [[Option<Link>; 2]; 2],
}

#[derive(Clone, Copy, Debug)]
pub(crate) enum Step {
    Tick,
    /// A request takes its next step.
    Goes(usize),
    Crashes(usize),
    /// The client of a crashed request asks again, on an instance.
    AsksAgain(usize, usize),
    /// Somebody sends a request with the access token that was issued with the child.
    Uses(Origin),
}

impl Model for Exchanges {
    type State = World;
    type Step = Step;

    fn start(&self) -> World {
        let requests = self.requests.map(|(instance, origin, token)| Request {
            instance,
            origin,
            token,
            stage: Stage::Waits,
            is_repeated: false,
            was_used_elsewhere: false,
            began: 0,
        });
        World {
            now: START,
            links: [None; 2],
            named: [None; 2],
            rows: 1 << PARENT,
            stored: PARENT,
            terminated: false,
            handed_out: false,
            crashes: 0,
            requests,
            cached: [[None; 2]; 2],
        }
    }

    fn steps(&self, world: &World) -> Vec<Attempt<Self>> {
        let steps = self.possible(world);
        steps.into_iter().map(|step| (step, self.take(world, step))).collect()
    }
}

impl World {
    /// Gives the ids of tokens new numbers, in the order in which they stand here, and forgets what has no effect any
    /// more. States that differ in nothing else are then one state.
    fn tidy(&mut self) {
        let rows = self.rows;
        for named in &mut self.named {
            *named = named.filter(|child| rows & (1 << child) != 0);
        }
        for request in &mut self.requests {
            if request.stage == Stage::Done {
                *request = Request {
                    instance: 0,
                    is_repeated: false,
                    was_used_elsewhere: false,
                    began: 0,
                    ..*request
                };
            }
        }
        let mut known = vec![PARENT];
        self.each_id(|id| {
            if !known.contains(id) {
                known.push(*id);
            }
        });
        let number = |id: Id| known.iter().position(|known| *known == id).unwrap();
        self.each_id(|id| *id = Id::try_from(number(*id)).unwrap());
        let kept = known.iter().enumerate().filter(|(_, id)| rows & (1 << **id) != 0);
        self.rows = kept.fold(0, |rows, (number, _)| rows | 1 << number);
    }

    fn each_id(&mut self, mut visit: impl FnMut(&mut Id)) {
        for link in self.links.iter_mut().chain(self.cached.iter_mut().flatten()).flatten() {
            visit(&mut link.child);
        }
        self.named.iter_mut().flatten().for_each(&mut visit);
        visit(&mut self.stored);
        for request in &mut self.requests {
            match &mut request.stage {
                Stage::Names(id)
                | Stage::Records { child: id, .. }
                | Stage::Stores(id)
                | Stage::Lost(id)
                | Stage::FindsToken(_, id)
                | Stage::Answers(id) => visit(id),
                Stage::Decides(_, row) => row.iter_mut().for_each(|row| visit(&mut row.child)),
                Stage::Waits
                | Stage::Reads(_)
                | Stage::AsksStrapi
                | Stage::Issues
                | Stage::Terminates
                | Stage::Done
                | Stage::Crashed => {}
            }
        }
    }

    fn unused_id(&mut self) -> Id {
        let mut unused = PARENT + 1;
        self.each_id(|id| unused = unused.max(*id + 1));
        unused
    }
}

impl Exchanges {
    fn possible(self, world: &World) -> Vec<Step> {
        let mut steps = Vec::new();
        if world.now < START + self.horizon {
            steps.push(Step::Tick);
        }
        if self.uses && world.handed_out && world.links[0].is_some_and(|link| link.used_by.is_none()) {
            steps.extend([Step::Uses(Origin::Client), Step::Uses(Origin::Elsewhere)]);
        }
        for (index, request) in world.requests.iter().enumerate() {
            match request.stage {
                Stage::Done => {}
                Stage::Waits if request.token == Token::Child && !world.handed_out => {}
                Stage::Waits => steps.push(Step::Goes(index)),
                Stage::Crashed => steps.extend([0, 1].map(|instance| Step::AsksAgain(index, instance))),
                _ => {
                    steps.push(Step::Goes(index));
                    if world.crashes < self.crashes && !request.is_repeated {
                        steps.push(Step::Crashes(index));
                    }
                }
            }
        }
        steps
    }

    fn take(self, before: &World, step: Step) -> Result<World, String> {
        let mut world = before.clone();
        match step {
            Step::Tick => world.now += 1,
            Step::Uses(origin) => mark_used(&mut world, origin),
            Step::Goes(index) => {
                let stage = self.go(&mut world, index)?;
                world.requests[index].stage = stage;
            }
            Step::Crashes(index) => {
                world.crashes += 1;
                world.requests[index].stage = Stage::Crashed;
            }
            Step::AsksAgain(index, instance) => {
                let request = Request { instance, is_repeated: true, ..world.requests[index] };
                world.requests[index] = Request { stage: self.begin(&mut world, index), ..request };
            }
        }
        world.tidy();
        Ok(world)
    }

    /// Takes the next step of a request; returns the step after it.
    fn go(self, world: &mut World, index: usize) -> Result<Stage, String> {
        let request = world.requests[index];
        let link = request.token.link();
        Ok(match request.stage {
            Stage::Waits => self.begin(world, index),
            Stage::Reads(walk) => Stage::Decides(walk, self.read(world, request.instance, walk.link)),
            Stage::Decides(walk, row) => self.decide(world, request, walk, row)?,
            Stage::AsksStrapi => match world.named[link] {
                Some(child) => self.record(world, request, child),
                None => Stage::Issues,
            },
            Stage::Issues => {
                let child = world.unused_id();
                world.rows |= 1 << child;
                Stage::Names(child)
            }
            Stage::Names(child) => {
                world.named[link] = Some(child);
                self.record(world, request, child)
            }
            Stage::Records { child, at, exchanged } => {
                self.insert(world, request, Link { child, at, exchanged, used_by: None })?
            }
            Stage::Stores(child) => {
                world.stored = child;
                Stage::Answers(child)
            }
            Stage::Lost(child) => self.lose(world, request, child)?,
            Stage::FindsToken(walk, child) => self.find_token(world, request, walk, child)?,
            Stage::Terminates => {
                world.terminated = true;
                Stage::Done
            }
            Stage::Answers(token) => answer(world, request, token)?,
            ended @ (Stage::Done | Stage::Crashed) => ended,
        })
    }

    fn begin(self, world: &mut World, index: usize) -> Stage {
        let request = &mut world.requests[index];
        let rest = &world.links[request.token.link()..];
        request.was_used_elsewhere = !is_own(rest, request.origin);
        if self.counted == Counted::Presented {
            request.began = world.now;
        }
        if world.terminated { Stage::Done } else { Stage::Reads(Walk::from(request.token, false)) }
    }

    fn read(self, world: &mut World, instance: usize, link: usize) -> Option<Link> {
        if self.flaw != Flaw::ReadsCached {
            return world.links[link];
        }
        let cached = &mut world.cached[instance][link];
        *cached = cached.or(world.links[link]);
        *cached
    }

    fn decide(self, world: &World, request: Request, walk: Walk, row: Option<Link>) -> Result<Stage, String> {
        let clock = world.now + self.skews[request.instance];
        let presented_by = Some(request.origin.fingerprint());
        let since = match self.flaw {
            Flaw::WindowSlides => row.map(|row| row.at),
            _ => walk.since.or(row.map(|row| row.at)),
        };
        let rotated = row.zip(since).map(|(row, at)| Rotated {
            at: time(at),
            child: ChildUse::compare(
                row.used_by.is_some(),
                row.used_by.map(Origin::fingerprint),
                presented_by,
            ),
        });
        // The chain ends here, and its last token is not the stored one. The core decides on existing links only.
        if row.is_none() && walk.since.is_some() {
            return refused(world, "lost the newest token");
        }
        let decision = self.engine().decide_refresh(rotated, time(clock));
        self.check(world, request, decision)?;
        match (decision, row) {
            (RefreshDecision::Rotate, _) if walk.has_lost => refused(world, "refused the loser of a race"),
            (RefreshDecision::Rotate, _) => Ok(Stage::AsksStrapi),
            (RefreshDecision::Retry | RefreshDecision::Tolerate, Some(row)) => {
                Ok(Stage::FindsToken(Walk { since, ..walk }, row.child))
            }
            (RefreshDecision::Reuse, _) => Ok(Stage::Terminates),
            (RefreshDecision::Refuse | RefreshDecision::Retry | RefreshDecision::Tolerate, _) => {
                Ok(Stage::Done)
            }
        }
    }

    /// Strapi has answered. The shell takes the time, and records the exchange next.
    fn record(self, world: &World, request: Request, child: Id) -> Stage {
        let at = world.now + self.skews[request.instance];
        Stage::Records { child, at, exchanged: world.now }
    }

    /// Records an exchange in one transaction, if no other request has recorded one of the same token.
    fn insert(self, world: &mut World, request: Request, link: Link) -> Result<Stage, String> {
        let place = request.token.link();
        if let Some(other) = world.links[place] {
            if self.flaw != Flaw::NoUniqueKey {
                return Ok(Stage::Lost(link.child));
            }
            if other.child != link.child {
                return Err("recorded a second child".to_owned());
            }
        }
        world.links[place] = Some(link);
        // The shell records the use of the presented token in the same transaction.
        if request.token == Token::Child {
            mark_used(world, request.origin);
        }
        if world.terminated {
            return Ok(Stage::Done);
        }
        if self.flaw == Flaw::TwoTransactions {
            return Ok(Stage::Stores(link.child));
        }
        world.stored = link.child;
        Ok(Stage::Answers(link.child))
    }

    /// Goes on with a request that another one was faster than: removes its child, and begins again.
    fn lose(self, world: &mut World, request: Request, child: Id) -> Result<Stage, String> {
        let is_shared = world.links[request.token.link()].is_some_and(|other| other.child == child);
        if !is_shared || self.flaw == Flaw::LoserRemovesSharedChild {
            world.rows &= !(1 << child);
        }
        let walk = Walk::from(request.token, true);
        match self.flaw {
            Flaw::LoserKeepsItsChild => Ok(Stage::Answers(child)),
            Flaw::LoserRefuses => {
                self.check(world, request, RefreshDecision::Refuse)?;
                Ok(Stage::Done)
            }
            Flaw::LoserReportsReuse => {
                self.check(world, request, RefreshDecision::Reuse)?;
                Ok(Stage::Terminates)
            }
            Flaw::LoserDecidesOnFirstRead => Ok(Stage::Decides(walk, None)),
            _ => Ok(Stage::Reads(walk)),
        }
    }

    /// Answers with the stored token if it is the child of the link, and else follows the chain.
    fn find_token(self, world: &World, request: Request, walk: Walk, child: Id) -> Result<Stage, String> {
        // A termination has erased the token.
        if world.stored == child && !world.terminated {
            if request.was_used_elsewhere && self.on_reuse != OnRefreshReuse::Tolerate {
                return Err("answered somebody elsewhere".to_owned());
            }
            return Ok(Stage::Answers(child));
        }
        if walk.link > 0 {
            // Nothing was exchanged after the child of the child.
            return refused(world, "lost the newest token");
        }
        Ok(Stage::Reads(Walk { link: walk.link + 1, ..walk }))
    }

    /// Checks a decision on an exchanged token, by the true uses and the true time.
    fn check(self, world: &World, request: Request, decision: RefreshDecision) -> Result<(), String> {
        let place = request.token.link();
        let Some(link) = world.links[place] else { return Ok(()) };
        let elapsed = world.now.saturating_sub(link.exchanged);
        let counted = match self.counted {
            Counted::Decided => elapsed,
            Counted::Presented => request.began.saturating_sub(link.exchanged),
        };
        let difference = self.skews[0].abs_diff(self.skews[1]);
        let repeats = is_own(&world.links[place..], request.origin) && counted + difference < WINDOW;
        match decision {
            RefreshDecision::Retry | RefreshDecision::Tolerate if elapsed >= WINDOW + difference => {
                Err("answered after the window".to_owned())
            }
            RefreshDecision::Reuse if repeats => Err("terminated a session without a reuse".to_owned()),
            RefreshDecision::Reuse if self.on_reuse != OnRefreshReuse::Terminate => {
                Err("terminated a session against the option".to_owned())
            }
            RefreshDecision::Refuse if repeats && request.is_repeated => {
                Err("refused the repetition of a crashed request".to_owned())
            }
            RefreshDecision::Refuse if repeats => Err("refused a client that repeated itself".to_owned()),
            RefreshDecision::Refuse if self.on_reuse == OnRefreshReuse::Terminate => {
                Err("refused a reuse and kept the session".to_owned())
            }
            _ => Ok(()),
        }
    }

    fn engine(self) -> Engine {
        Engine::new(&Settings {
            refresh_retry_window: Millis::new(u64::from(WINDOW) * TICK_MS),
            on_refresh_reuse: self.on_reuse,
            ..Settings::default()
        })
    }
}

/// Checks the answer to a request, and lets it leave.
fn answer(world: &mut World, request: Request, token: Id) -> Result<Stage, String> {
    // The shell authorizes the new token by the session before it answers.
    if world.terminated {
        return Ok(Stage::Done);
    }
    let place = request.token.link();
    let chain = world.links.map(|link| link.map(|link| link.child));
    if !chain[place..].contains(&Some(token)) {
        return Err("answered with a second child".to_owned());
    }
    if world.rows & (1 << token) == 0 {
        return Err("answered with a token that Strapi does not know".to_owned());
    }
    world.handed_out |= chain[0] == Some(token);
    Ok(Stage::Done)
}

/// Ends a request whose session is terminated. Any other request must not end like this.
fn refused(world: &World, broken: &str) -> Result<Stage, String> {
    if world.terminated { Ok(Stage::Done) } else { Err(broken.to_owned()) }
}

/// Records the first use of the child.
fn mark_used(world: &mut World, origin: Origin) {
    if let Some(link) = &mut world.links[0] {
        link.used_by.get_or_insert(origin);
    }
}

fn is_own(links: &[Option<Link>], origin: Origin) -> bool {
    links.iter().flatten().all(|link| link.used_by.is_none_or(|used_by| used_by == origin))
}

fn time(ticks: u8) -> UnixMillis {
    UnixMillis::new(u64::from(ticks) * TICK_MS)
}
