//! A login on one instance while its user changes on another: every order of their steps.
//!
//! There is no clock in it. A request is *late* once its instance has polled the database after the change was
//! acknowledged. Until then the lease allows it.

use magic_sessionmanager_core::session::account::{Account, AccountDecision, PasswordFingerprint, decide};
use magic_sessionmanager_core::session::revocation::revokes;

use super::search::{Attempt, Model};

/// A planted flaw of the shell. The search has to find each.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Flaw {
    None,
    /// Sessions are bound to nothing. This shell was shipped once.
    Unbound,
    /// The newest revocation is read when the session is written, not before the user is read.
    RevocationReadLate,
    /// The session is bound to the hash that is stored when it is written, not to the one its login read.
    HashReadLate,
    /// The account is read after the user, but without whether the user is blocked.
    BlockNotRead,
}

/// How a login learns of the newest revocation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Reading {
    /// Before it reads the user.
    RevocationFirst,
    /// After it read the user, in one statement with whether the user is blocked by then.
    AccountAfter,
}

/// Who changes the user.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Writer {
    /// Code of Strapi, with lifecycles or without: the plugin sees every write of the query engine.
    Strapi,
    /// SQL, or an instance without the plugin: nobody is told.
    PastStrapi,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Change {
    Password,
    /// The user is blocked, and unblocked once that was acknowledged.
    BlockAndUnblock,
}

#[derive(Clone, Copy, Debug)]
pub(crate) struct Logins {
    pub(crate) flaw: Flaw,
    pub(crate) writer: Writer,
    pub(crate) change: Change,
    pub(crate) reading: Reading,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
enum Login {
    Begun,
    KnowsRevocation(u64),
    ReadUser { hash: u8 },
    Ready { known: u64, hash: u8 },
    Refused,
    Written,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
enum Changing {
    Due,
    UserWritten,
    Revoked,
    Acknowledged,
    Unblocked,
}

/// A session's row.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
struct Row {
    known: u64,
    bound: Option<u8>,
    terminated: bool,
}

#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(crate) struct World {
    hash: u8,
    blocked: bool,
    /// The newest revocation of any user, and that of this user.
    counter: u64,
    revocation: u64,
    login: Login,
    /// Whether the login read the user before the change, and its account before the end of the block.
    is_stale: bool,
    /// Whether the login began after the change was acknowledged.
    is_later: bool,
    changing: Changing,
    row: Option<Row>,
    /// The revocation that each instance knows of, and whether it polled since the change was acknowledged.
    instances: [(u64, bool); 2],
    others: u8,
}

#[derive(Clone, Copy, Debug)]
pub(crate) enum Step {
    LoginGoesOn,
    ChangeGoesOn,
    AnotherUserChanges,
    Poll(usize),
    Request(usize),
}

/// Strapi reads the user, and refuses a blocked one and another password.
fn read_user(world: &mut World, next: impl FnOnce(u8) -> Login) -> Login {
    if world.blocked || world.hash != 0 {
        return Login::Refused;
    }
    world.is_stale = world.changing == Changing::Due;
    next(world.hash)
}

fn fingerprint(hash: u8) -> PasswordFingerprint {
    PasswordFingerprint::of(Some(&hash.to_string()))
}

impl Model for Logins {
    type State = World;
    type Step = Step;

    fn start(&self) -> World {
        World {
            hash: 0,
            blocked: false,
            counter: 0,
            revocation: 0,
            login: Login::Begun,
            is_stale: false,
            is_later: false,
            changing: Changing::Due,
            row: None,
            instances: [(0, false); 2],
            others: 0,
        }
    }

    fn steps(&self, world: &World) -> Vec<Attempt<Self>> {
        let mut steps = vec![Step::LoginGoesOn, Step::ChangeGoesOn, Step::Poll(0), Step::Poll(1)];
        if world.others < 2 {
            steps.push(Step::AnotherUserChanges);
        }
        if world.row.is_some() {
            steps.extend([Step::Request(0), Step::Request(1)]);
        }
        steps.into_iter().map(|step| (step, self.take(world, step))).collect()
    }
}

impl Logins {
    fn take(self, before: &World, step: Step) -> Result<World, String> {
        let mut world = before.clone();
        match step {
            Step::LoginGoesOn => self.log_in(&mut world),
            Step::ChangeGoesOn => self.change(&mut world),
            Step::AnotherUserChanges => {
                world.others += 1;
                world.counter += 1;
            }
            Step::Poll(index) => {
                let is_late = matches!(world.changing, Changing::Acknowledged | Changing::Unblocked);
                world.instances[index] = (world.revocation, is_late);
            }
            Step::Request(index) => self.request(&mut world, index)?,
        }
        Ok(world)
    }

    /// Takes the next step of the login, as Strapi and the plugin take them.
    fn log_in(self, world: &mut World) {
        world.login = match world.login {
            Login::Begun => {
                world.is_later = matches!(world.changing, Changing::Acknowledged | Changing::Unblocked);
                match self.reading {
                    Reading::RevocationFirst => Login::KnowsRevocation(world.counter),
                    Reading::AccountAfter => read_user(world, |hash| Login::ReadUser { hash }),
                }
            }
            Login::KnowsRevocation(known) => read_user(world, |hash| Login::Ready { known, hash }),
            Login::ReadUser { hash } => {
                // From the end of a block on, the login is one that began after it.
                if self.change == Change::BlockAndUnblock && world.changing == Changing::Unblocked {
                    world.is_stale = false;
                }
                let is_blocked = world.blocked && self.flaw != Flaw::BlockNotRead;
                Login::Ready { known: if is_blocked { 0 } else { world.counter }, hash }
            }
            Login::Ready { known, hash } => {
                let known = if self.flaw == Flaw::RevocationReadLate { world.counter } else { known };
                let hash = if self.flaw == Flaw::HashReadLate { world.hash } else { hash };
                let bound = (self.flaw != Flaw::Unbound).then_some(hash);
                let known = if self.flaw == Flaw::Unbound { u64::MAX } else { known };
                world.row = Some(Row { known, bound, terminated: false });
                Login::Written
            }
            ended @ (Login::Refused | Login::Written) => ended,
        };
    }

    fn change(self, world: &mut World) {
        let is_seen = self.writer == Writer::Strapi;
        world.changing = match world.changing {
            Changing::Due => {
                match self.change {
                    Change::Password => world.hash = 1,
                    Change::BlockAndUnblock => world.blocked = true,
                }
                if is_seen { Changing::UserWritten } else { Changing::Acknowledged }
            }
            Changing::UserWritten => {
                world.counter += 1;
                world.revocation = world.counter;
                Changing::Revoked
            }
            Changing::Revoked => {
                if let Some(row) = &mut world.row {
                    row.terminated = true;
                }
                Changing::Acknowledged
            }
            Changing::Acknowledged | Changing::Unblocked => {
                world.blocked = false;
                Changing::Unblocked
            }
        };
    }

    /// Strapi reads the user at each request, and the plugin checks the session by it.
    fn request(self, world: &mut World, index: usize) -> Result<(), String> {
        let (known_revocation, is_late) = world.instances[index];
        let Some(row) = &mut world.row else { return Ok(()) };
        if row.terminated {
            return Ok(());
        }
        let account = Account { blocked: world.blocked, password: fingerprint(world.hash) };
        let decision = match self.flaw {
            Flaw::Unbound => AccountDecision::Keep,
            _ => decide(row.bound.map(fingerprint), Some(account)),
        };
        let is_revoked = self.flaw != Flaw::Unbound && revokes(known_revocation, row.known);
        match decision {
            AccountDecision::Terminate(_) => row.terminated = true,
            AccountDecision::Keep | AccountDecision::Bind if is_revoked => row.terminated = true,
            AccountDecision::Keep | AccountDecision::Bind => {
                // Strapi itself refuses a blocked user.
                if world.is_stale && is_late && !world.blocked {
                    return Err("accepted a login that had read the user before the change".to_owned());
                }
            }
        }
        if world.is_later && row.terminated && !world.blocked {
            return Err("refused a login that began after the change".to_owned());
        }
        Ok(())
    }
}
