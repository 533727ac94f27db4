//! The failed logins of one account, and the decision on an attempt.
//!
//! ```
//! use magic_sessionmanager_core::rate::login::account::{Decision, Origin, Outcome, decide, settle};
//! use magic_sessionmanager_core::{Settings, UnixMillis};
//!
//! let (limits, now) = (Settings::default().login_limits(), UnixMillis::new(1_700_000_000_000));
//! let origin = Origin::Known("known:home");
//! let granted = decide(&limits, None, origin, false, now);
//! assert_eq!(granted, Decision::Granted { store: None });
//! let record = settle(&limits, None, origin, false, Outcome::Failed, now);
//! assert_eq!(record.as_ref().map(|record| record.consecutive.total), Some(1));
//! let record = settle(&limits, record.as_ref(), origin, false, Outcome::Succeeded, now);
//! assert_eq!(record.map(|record| record.consecutive.total), Some(0));
//! ```

use super::allowance::{self, Allowance};
use super::limits::Limits;
use crate::rate::quota::Quota;
use crate::time::{Millis, UnixMillis};

/// The most known places and sessions with failures that a record holds.
///
/// Attempts from further ones wait until one is forgotten, which takes ten minutes. A user has fewer known places.
pub const MAX_ORIGINS: usize = 64;

/// The wait that is answered where only a reset of the password opens the account again.
const UNTIL_RESET: Millis = Millis::from_days(1);

/// The time for which a place stays known after the last login there: 90 days.
const PLACE_KNOWN_FOR: Millis = Millis::from_days(90);

/// The time after which the failures of a known place or session are forgotten.
const FORGOTTEN_AFTER: Millis = Millis::new(10 * 60 * 1000);

/// Where an attempt comes from. The text is that of the boundary: `known:` or `session:` and a name.
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
    /// Reads the text used at the boundary, `unknown`, `known:<name>` or `session:<name>`, or returns `None`.
    #[must_use]
    pub fn parse(text: &'a str) -> Option<Self> {
        if text == "unknown" {
            return Some(Self::Unknown);
        }
        let (kind, name) = text.split_once(':')?;
        match kind {
            _ if name.is_empty() || name.contains([' ', ',']) => None,
            "known" => Some(Self::Known(text)),
            "session" => Some(Self::Session(text)),
            _ => None,
        }
    }
}

/// Returns the text of the [`Origin`] of a login.
///
/// `places` are those of the login, the most certain one first, and `known` those at which the user has logged in. The
/// first known place counts.
///
/// ```
/// use magic_sessionmanager_core::rate::login::account::origin_of;
///
/// assert_eq!(origin_of(&["browser", "network"], &["network", "home"]), "known:network");
/// assert_eq!(origin_of(&["browser"], &[]), "unknown");
/// ```
#[must_use]
pub fn origin_of<Text: AsRef<str>>(places: &[Text], known: &[Text]) -> String {
    let is_known = |place: &&Text| known.iter().any(|other| other.as_ref() == place.as_ref());
    places
        .iter()
        .find(is_known)
        .map_or_else(|| "unknown".to_owned(), |place| ["known:", place.as_ref()].concat())
}

/// Returns the instant since which a place is known if the user has logged in there.
#[must_use]
pub fn places_known_since(now: UnixMillis) -> UnixMillis {
    now.before(PLACE_KNOWN_FOR).unwrap_or_default()
}

/// The failed logins of one account. An account without any has no record.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Record {
    /// The allowance of all unknown places.
    pub unknown: Option<Allowance>,
    /// The known places and the sessions with failures of their own.
    pub origins: Vec<Failures>,
    /// The failures since the last success.
    pub consecutive: Consecutive,
}

/// The failures from one known place or session.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Failures {
    /// The text of the [`Origin`].
    pub origin: String,
    /// Its allowance.
    pub allowance: Allowance,
    /// The failures from there since the last success.
    pub consecutive: u32,
}

/// The number of failures since the last success, by where they came from.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Consecutive {
    /// From unknown places.
    pub unknown: u32,
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
    if let Some(locks) = next.refusal(limits, origin) {
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
        next.count(origin, 1);
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
            next.count(origin, 1);
        }
        (Outcome::Undecided, true) => {
            next.count(origin, -1);
            next.give_back(limits, origin, now);
        }
        // Failures in a row concern one password (NIST SP 800-63B-4, section 3.2.2).
        (Outcome::Renewed, _) => next.clear(Origin::Unknown),
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
    if record.refusal(limits, Origin::Unknown).is_some() {
        return Some(UnixMillis::LATEST);
    }
    let mut wait = allowance::wait(limits.unknown_places(), record.unknown, now);
    for failures in &record.origins {
        wait = wait.max(allowance::wait(Limits::known_place(), Some(failures.allowance), now));
    }
    (wait > Millis::new(0)).then(|| now.after(wait))
}

fn quota(limits: &Limits, origin: Origin<'_>) -> Quota {
    match origin {
        Origin::Unknown => limits.unknown_places(),
        Origin::Known(_) | Origin::Session(_) => Limits::known_place(),
    }
}

/// Returns the record without what has no effect any more.
fn current(record: Option<&Record>, now: UnixMillis) -> Record {
    let mut record = record.cloned().unwrap_or_default();
    record.origins.retain(|failures| failures.consecutive > 0 || failures.allowance.tat.at > now);
    record.unknown = record.unknown.filter(|allowance| allowance.tat.at > now);
    record
}

impl Record {
    fn failures(&self, origin: Origin<'_>) -> Option<&Failures> {
        let (Origin::Known(text) | Origin::Session(text)) = origin else { return None };
        self.origins.iter().find(|failures| failures.origin == text)
    }

    fn allowance(&self, origin: Origin<'_>) -> Option<Allowance> {
        if origin == Origin::Unknown {
            return self.unknown;
        }
        self.failures(origin).map(|failures| failures.allowance)
    }

    /// Sets the allowance of an origin; returns false if the record has no room for it.
    fn set(&mut self, origin: Origin<'_>, allowance: Option<Allowance>) -> bool {
        let consecutive = self.failures(origin).map_or(0, |failures| failures.consecutive);
        let (text, room) = match origin {
            Origin::Unknown => {
                self.unknown = allowance;
                return true;
            }
            Origin::Known(text) => (text, MAX_ORIGINS),
            // The other half is for known places: a thief with many sessions must not hold the owner.
            Origin::Session(text) => (text, MAX_ORIGINS / 2),
        };
        self.origins.retain(|failures| failures.origin != text);
        let Some(allowance) = allowance else { return true };
        let has_room = self.origins.len() < room;
        if has_room {
            self.origins.push(Failures { origin: text.to_owned(), allowance, consecutive });
        }
        has_room
    }

    fn give_back(&mut self, limits: &Limits, origin: Origin<'_>, now: UnixMillis) {
        let whole = allowance::give_back(quota(limits, origin), self.allowance(origin), now);
        self.set(origin, whole);
    }

    /// Clears what a success clears: its own place and all failures in a row, never the allowance of unknown places.
    fn clear(&mut self, origin: Origin<'_>) {
        if origin != Origin::Unknown {
            self.set(origin, None);
        }
        for failures in &mut self.origins {
            failures.consecutive = 0;
        }
        self.consecutive = Consecutive::default();
    }

    fn is_clear_for(&self, origin: Origin<'_>) -> bool {
        self.consecutive.total == 0 && self.allowance(origin).is_none()
    }

    /// Returns whether the failures in a row refuse an attempt, and then whether that begins a lock.
    ///
    /// Each known place has a few failures of its own, which nobody else can use up.
    fn refusal(&self, limits: &Limits, origin: Origin<'_>) -> Option<bool> {
        let Consecutive { unknown, total, locked } = self.consecutive;
        let is_used_up = total >= limits.consecutive_in_common();
        let refused = match origin {
            Origin::Unknown => is_used_up || unknown >= limits.consecutive_from_unknown_places(),
            Origin::Session(_) => is_used_up,
            Origin::Known(_) => {
                let own = self.failures(origin).map_or(0, |failures| failures.consecutive);
                is_used_up && own >= limits.consecutive_of_known_place()
            }
        };
        refused.then_some(!locked)
    }

    /// Counts one failure in a row, or takes one back.
    fn count(&mut self, origin: Origin<'_>, by: i32) {
        let change = |count: &mut u32| *count = count.saturating_add_signed(by);
        change(&mut self.consecutive.total);
        if origin == Origin::Unknown {
            change(&mut self.consecutive.unknown);
        }
        if let Origin::Known(text) = origin {
            for failures in self.origins.iter_mut().filter(|failures| failures.origin == text) {
                change(&mut failures.consecutive);
            }
        }
    }
}
