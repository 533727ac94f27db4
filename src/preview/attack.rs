//! The simulation of a day of attack on one account, and of the waits of its owner.
//!
//! ```
//! use magic_sessionmanager_core::Settings;
//! use magic_sessionmanager_core::preview::attack::{Owner, simulate};
//!
//! let limits = Settings::default().login_limits();
//! let report = simulate(&limits, 1000, Owner::Known);
//! assert!(report.guesses <= limits.per_account);
//! assert_eq!((report.logins, report.refused), (23, 0));
//! ```

use crate::address::Width;
use crate::rate::login::account::{self, Decision, Origin, Outcome, Record};
use crate::rate::login::allowance::Allowance;
use crate::rate::login::limits::Limits;
use crate::rate::login::subject::{self, Count, State, Subject};
use crate::time::{Millis, UnixMillis};

/// The owner of the attacked account.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Owner {
    /// Does not log in.
    Away,
    /// Logs in every hour, at a known place.
    Known,
    /// Tries to log in every hour, at a place that is not known.
    Unknown,
}

/// The result of a day of attack.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Report {
    /// The number of passwords that were compared.
    pub guesses: u32,
    /// The number of the owner's logins.
    pub logins: u32,
    /// The number of those that were refused.
    pub refused: u32,
}

/// The place that the owner is known at.
const HOME: Origin<'_> = Origin::Known("known:home");

const HOUR: Millis = Millis::new(60 * 60 * 1000);
const DAY: Millis = Millis::from_days(1);
const START: UnixMillis = UnixMillis::new(1_700_000_000_000);

/// Simulates guessers on so many networks, each of whom guesses as soon as it may, for 24 hours.
#[must_use]
pub fn simulate(limits: &Limits, networks: u32, owner: Owner) -> Report {
    let end = START.after(DAY);
    let mut day = Day { limits, record: None, report: Report::default() };
    let mut guessers: Vec<Option<Allowance>> = vec![None; usize::try_from(networks).unwrap_or(0)];
    let (mut now, mut owner_at, mut next) = (START, START.after(HOUR), 0_usize);
    while now < end {
        if owner_at <= now && owner != Owner::Away {
            day.log_in(owner, now);
            owner_at = owner_at.after(HOUR);
        }
        // They take turns, so the next one has rested longest.
        let wait = guessers.get_mut(next).map_or(DAY, |guesser| day.guess(guesser, now));
        if wait == Millis::new(0) {
            next = next.saturating_add(1).checked_rem(guessers.len()).unwrap_or(0);
        } else {
            let then = now.after(wait);
            now = if owner == Owner::Away { then } else { then.min(owner_at) };
        }
    }
    day.report
}

/// Returns how long the owner waits after so many wrong passwords at once.
#[must_use]
pub fn owner_wait(limits: &Limits, typos: u32, is_known: bool) -> Millis {
    let origin = if is_known { HOME } else { Origin::Unknown };
    let mut record = None;
    for _ in 0..typos {
        match account::decide(limits, record.as_ref(), origin, true, START) {
            Decision::Granted { store } => record = store,
            Decision::Refused { retry_after, .. } => return retry_after,
        }
    }
    match account::decide(limits, record.as_ref(), origin, true, START) {
        Decision::Granted { .. } => Millis::new(0),
        Decision::Refused { retry_after, .. } => retry_after,
    }
}

/// One day of one account.
struct Day<'a> {
    limits: &'a Limits,
    record: Option<Record>,
    report: Report,
}

impl Day<'_> {
    /// Makes one guess and returns zero, or returns the time to wait for it.
    fn guess(&mut self, guesser: &mut Option<Allowance>, now: UnixMillis) -> Millis {
        let state = State { subject: Subject::Network(Width::Client), allowance: *guesser };
        let network = subject::count(self.limits, &[state], Count::Take, 1, now);
        if !network.allowed {
            return network.retry_after;
        }
        match account::decide(self.limits, self.record.as_ref(), Origin::Unknown, false, now) {
            Decision::Refused { retry_after, .. } => retry_after,
            Decision::Granted { store } => {
                self.record = store;
                *guesser = network.allowances.first().copied().flatten();
                self.report.guesses = self.report.guesses.saturating_add(1);
                Millis::new(0)
            }
        }
    }

    fn log_in(&mut self, owner: Owner, now: UnixMillis) {
        let origin = if owner == Owner::Known { HOME } else { Origin::Unknown };
        self.report.logins = self.report.logins.saturating_add(1);
        match account::decide(self.limits, self.record.as_ref(), origin, false, now) {
            Decision::Refused { .. } => self.report.refused = self.report.refused.saturating_add(1),
            Decision::Granted { store } => {
                let reserved = store.is_some();
                let record = store.or_else(|| self.record.take());
                let outcome = Outcome::Succeeded;
                let next = account::settle(self.limits, record.as_ref(), origin, reserved, outcome, now);
                self.record = next.or(record);
            }
        }
    }
}
