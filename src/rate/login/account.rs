//! The failed logins of one account, and the decision on an attempt.

use super::allowance::{self, Allowance};
use super::limits::Limits;
use crate::rate::quota::Quota;
use crate::time::{Millis, UnixMillis};

/// The most known places with failures that a record holds, and the most sessions.
///
/// Attempts from further ones wait until one is forgotten, which takes ten minutes. Sessions never take the room of
/// places: a thief with many sessions must not hold the owner.
pub const MAX_PLACES: usize = 16;

/// The wait that is answered where only a reset of the password opens the account again.
const UNTIL_RESET: Millis = Millis::from_days(1);

/// The time after which the failures of a known place or session are forgotten.
const FORGOTTEN_AFTER: Millis = Millis::new(10 * 60 * 1000);

/// Where an attempt comes from. The text names the place or the session; the core never reads it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Origin<'a> {
    /// A place at which the user has not logged in.
    Unknown,
    /// A place at which the user has logged in before.
    Known(&'a str),
    /// A session of the user that asks for the password again.
    Session(&'a str),
}

impl<'a> Origin<'a> {
    /// Reads the text used at the boundary, `unknown`, `known <name>` or `session <name>`, or returns `None`.
    #[must_use]
    pub fn parse(text: &'a str) -> Option<Self> {
        let (kind, name) = text.split_once(' ').unwrap_or((text, ""));
        let is_name = !name.is_empty() && !name.contains([' ', ',']);
        match kind {
            "unknown" if name.is_empty() => Some(Self::Unknown),
            "known" if is_name => Some(Self::Known(name)),
            "session" if is_name => Some(Self::Session(name)),
            _ => None,
        }
    }
}

/// The failed logins of one account. An account without any has no record.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Record {
    /// The allowance of all unknown places.
    pub unknown: Option<Allowance>,
    /// The allowances of known places with failures of their own, by name.
    pub places: Vec<(String, Allowance)>,
    /// The same of sessions.
    pub sessions: Vec<(String, Allowance)>,
    /// The failures since the last success.
    pub consecutive: Consecutive,
}

/// The number of failures since the last success, by where they came from.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Consecutive {
    /// From unknown places.
    pub unknown: u32,
    /// From sessions.
    pub sessions: u32,
    /// From anywhere, these included.
    pub total: u32,
    /// Whether an attempt was refused because of their number.
    pub locked: bool,
}

/// The decision on an attempt.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Decision {
    /// The password may be compared.
    Granted {
        /// The record in which the attempt counts as failed. Store it first; `None` if nothing needs to be stored.
        store: Option<Record>,
    },
    /// The password must not be compared.
    Refused {
        /// The time until an attempt is allowed.
        retry_after: Millis,
        /// The record to store; `None` if it is unchanged.
        store: Option<Record>,
        /// Whether this refusal begins a lock.
        locks: bool,
    },
}

/// The outcome of a granted attempt.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// A session began.
    Succeeded,
    /// The password was wrong.
    Failed,
    /// The password was right and no session began, or a fault came first.
    Undecided,
    /// The user has another password. It ends no attempt.
    Renewed,
}

impl Outcome {
    /// Reads the name used at the boundary, or returns `None`.
    #[must_use]
    pub fn parse(name: &str) -> Option<Self> {
        match name {
            "succeeded" => Some(Self::Succeeded),
            "failed" => Some(Self::Failed),
            "undecided" => Some(Self::Undecided),
            "renewed" => Some(Self::Renewed),
            _ => None,
        }
    }
}

/// Decides on an attempt at `now`. Store the record that it returns by compare-and-set before the password is compared.
///
/// `concurrent` tells that this process has another attempt from there under way. An attempt from a known place without
/// any failure stores nothing, so that the owner's logins cost no write.
#[must_use]
pub fn decide(
    limits: &Limits,
    record: Option<&Record>,
    origin: Origin<'_>,
    concurrent: bool,
    now: UnixMillis,
) -> Decision {
    let mut next = current(record, now);
    if let Some(locks) = next.consecutive.refusal(limits, origin) {
        next.consecutive.locked = true;
        let store = (record != Some(&next)).then_some(next);
        return Decision::Refused { retry_after: UNTIL_RESET, store, locks };
    }
    if matches!(origin, Origin::Known(_)) && !concurrent && next.is_clear_for(origin) {
        return Decision::Granted { store: None };
    }
    let taken = allowance::take(quota(limits, origin), next.allowance(origin), now);
    if !next.set(origin, Some(taken.allowance)) {
        return Decision::Refused { retry_after: FORGOTTEN_AFTER, store: None, locks: false };
    }
    if taken.allowed {
        next.consecutive.add(origin);
        return Decision::Granted { store: Some(next) };
    }
    let store = (record != Some(&next)).then_some(next);
    Decision::Refused { retry_after: taken.retry_after, store, locks: taken.locks }
}

/// Returns the record after a granted attempt; `None` if it is unchanged.
///
/// `reserved` tells that the attempt was stored as failed when it was granted.
#[must_use]
pub fn settle(
    limits: &Limits,
    record: Option<&Record>,
    origin: Origin<'_>,
    reserved: bool,
    outcome: Outcome,
    now: UnixMillis,
) -> Option<Record> {
    let mut next = current(record, now);
    match (outcome, reserved) {
        (Outcome::Failed, true) | (Outcome::Undecided, false) => return None,
        (Outcome::Failed, false) => {
            let forced = allowance::force(quota(limits, origin), next.allowance(origin), now);
            next.set(origin, Some(forced));
            next.consecutive.add(origin);
        }
        (Outcome::Undecided, true) => {
            next.give_back(limits, origin, now);
            next.consecutive.subtract(origin);
        }
        // Failures in a row concern one password (NIST SP 800-63B-4, section 3.2.2).
        (Outcome::Renewed, _) => next.consecutive = Consecutive::default(),
        (Outcome::Succeeded, reserved) => {
            if reserved {
                next.give_back(limits, origin, now);
            }
            next.clear(origin);
        }
    }
    (record.unwrap_or(&Record::default()) != &next).then_some(next)
}

/// Returns the time at which a lock of the account that is in force ends; `None` without one.
///
/// A lock by failures in a row ends by a success or a reset only, and returns [`UnixMillis::LATEST`].
#[must_use]
pub fn locked_until(limits: &Limits, record: &Record, now: UnixMillis) -> Option<UnixMillis> {
    let consecutive = &record.consecutive;
    if [Origin::Unknown, Origin::Session("")]
        .iter()
        .any(|origin| consecutive.refusal(limits, *origin).is_some())
    {
        return Some(UnixMillis::LATEST);
    }
    let mut wait = allowance::wait(limits.unknown_places(), record.unknown, now);
    for (_, allowance) in record.places.iter().chain(&record.sessions) {
        wait = wait.max(allowance::wait(Limits::known_place(), Some(*allowance), now));
    }
    (wait > Millis::new(0)).then(|| now.after(wait))
}

fn quota(limits: &Limits, origin: Origin<'_>) -> Quota {
    match origin {
        Origin::Unknown => limits.unknown_places(),
        Origin::Known(_) | Origin::Session(_) => Limits::known_place(),
    }
}

/// Returns the record without allowances that are whole again.
fn current(record: Option<&Record>, now: UnixMillis) -> Record {
    let mut record = record.cloned().unwrap_or_default();
    for origins in [&mut record.places, &mut record.sessions] {
        origins.retain(|(_, allowance)| allowance.tat.at > now);
    }
    record.unknown = record.unknown.filter(|allowance| allowance.tat.at > now);
    record
}

impl Record {
    fn allowance(&self, origin: Origin<'_>) -> Option<Allowance> {
        let (origins, name) = match origin {
            Origin::Unknown => return self.unknown,
            Origin::Known(name) => (&self.places, name),
            Origin::Session(name) => (&self.sessions, name),
        };
        origins.iter().find(|(stored, _)| stored == name).map(|(_, allowance)| *allowance)
    }

    /// Sets the allowance of an origin; returns false if the record has no room for it.
    fn set(&mut self, origin: Origin<'_>, allowance: Option<Allowance>) -> bool {
        let (origins, name) = match origin {
            Origin::Unknown => {
                self.unknown = allowance;
                return true;
            }
            Origin::Known(name) => (&mut self.places, name),
            Origin::Session(name) => (&mut self.sessions, name),
        };
        origins.retain(|(stored, _)| stored != name);
        let Some(allowance) = allowance else { return true };
        if origins.len() >= MAX_PLACES {
            return false;
        }
        origins.push((name.to_owned(), allowance));
        true
    }

    fn give_back(&mut self, limits: &Limits, origin: Origin<'_>, now: UnixMillis) {
        let whole = allowance::give_back(quota(limits, origin), self.allowance(origin), now);
        self.set(origin, whole);
    }

    /// Clears what a success clears: its own place and the failures in a row, never the allowance of unknown places.
    fn clear(&mut self, origin: Origin<'_>) {
        if origin != Origin::Unknown {
            self.set(origin, None);
        }
        self.consecutive = Consecutive::default();
    }

    fn is_clear_for(&self, origin: Origin<'_>) -> bool {
        self.consecutive.total == 0 && self.allowance(origin).is_none()
    }
}

impl Consecutive {
    /// Returns whether these failures refuse an attempt, and then whether that begins a lock.
    fn refusal(&self, limits: &Limits, origin: Origin<'_>) -> Option<bool> {
        let by_origin = match origin {
            Origin::Unknown => self.unknown >= limits.consecutive_from_unknown_places(),
            Origin::Session(_) => self.sessions >= limits.consecutive_from_sessions(),
            Origin::Known(_) => false,
        };
        (by_origin || self.total >= limits.max_consecutive).then_some(!self.locked)
    }

    fn add(&mut self, origin: Origin<'_>) {
        self.total = self.total.saturating_add(1);
        match origin {
            Origin::Unknown => self.unknown = self.unknown.saturating_add(1),
            Origin::Session(_) => self.sessions = self.sessions.saturating_add(1),
            Origin::Known(_) => {}
        }
    }

    fn subtract(&mut self, origin: Origin<'_>) {
        self.total = self.total.saturating_sub(1);
        match origin {
            Origin::Unknown => self.unknown = self.unknown.saturating_sub(1),
            Origin::Session(_) => self.sessions = self.sessions.saturating_sub(1),
            Origin::Known(_) => {}
        }
    }
}
