//! The back-off after failed logins, per identifier and per address.
//!
//! # The rule
//! Failures are counted twice: for the identifier (the account that was tried) and for the address (where the try came
//! from). Past a number of free failures, each locks for twice as long as the one before, up to a longest delay.
//! Every failure is forgiven after a while.
//!
//! Whoever knows an account's name can fail on it, so a lock must not become a weapon against its owner:
//! - **An identifier's lock is short** (64 s at most), and an attempt refused by it neither counts nor prolongs it.
//! - **It never holds an address that has not failed for a day.** So nobody can keep the owner out from elsewhere,
//!   however many addresses they use; each of these has one free try a day instead.
//! - **The address carries the weight** (17 min at most). One address can try an account, or all accounts together,
//!   41 times in the first hour and 96 times a day from then on, and hold an identifier's lock for less than a
//!   tenth of the time.
//! - **A success clears the identifier, not the address**: an attacker with an account of their own would wash the
//!   address clean with it.
//!
//! OWASP ASVS 5.0 V6.1.1 asks for throttling that malice cannot turn into lockout; growing waits and preferring known
//! addresses are among the means of NIST SP 800-63B, section 5.2.2.

use crate::time::{Millis, UnixMillis};

/// The time without a failure after which an identifier's lock no longer holds an address.
pub const CLEAN_AFTER: Millis = Millis::from_days(1);

const SECOND: Millis = Millis::new(1000);
const QUARTER_HOUR: Millis = Millis::new(15 * 60 * 1000);

/// Whom failures are counted for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Subject {
    /// The account that was tried, by whatever name. Names that no account has are counted alike, or a lock would
    /// tell which ones exist.
    Identifier,
    /// The network address that the attempt came from; of an IPv6 address the first 64 bits, since whoever has one has
    /// all that share them.
    Address,
}

impl Subject {
    /// Both, in order of declaration.
    pub const ALL: [Self; 2] = [Self::Identifier, Self::Address];

    /// Gives the name used outside.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Identifier => "identifier",
            Self::Address => "address",
        }
    }

    /// Finds the subject of that name.
    #[must_use]
    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|subject| subject.as_str() == name)
    }
}

/// What is remembered of the failures of one subject; nothing at all if there were none.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Record {
    /// When the last of the failures is forgiven; how many there are follows from how far off that is.
    pub forgiven_at: UnixMillis,
    /// When the newest failure was.
    pub last_failure: UnixMillis,
    /// When the lock ends; not after the newest failure if there is no lock.
    pub locked_until: UnixMillis,
}

/// How failures of one kind of subject are met.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LockoutPolicy {
    /// How many failures cost nothing.
    pub free_failures: u32,
    /// How long the first failure after these locks.
    pub first_delay: Millis,
    /// How often the delay doubles before it stays as it is.
    pub doublings: u32,
    /// The time in which one failure is forgiven.
    pub forgiven_every: Millis,
}

impl LockoutPolicy {
    /// Gives the longest delay.
    #[must_use]
    pub fn longest_delay(&self) -> Millis {
        self.delay(self.most_failures())
    }

    /// Counts the failures that are not yet forgiven.
    fn failures(&self, record: Option<Record>, now: UnixMillis) -> u32 {
        let unforgiven = record.map_or(0, |record| record.forgiven_at.since(now).get());
        let failures = unforgiven.div_ceil(self.forgiven_every.get().max(1));
        u32::try_from(failures).unwrap_or(u32::MAX)
    }

    /// Gives the time for which a lock still holds, unless a clock that has since stepped back made it.
    fn wait(&self, record: Option<Record>, now: UnixMillis) -> Millis {
        let plausible = self.longest_delay().get().saturating_mul(2);
        record
            .filter(|record| record.locked_until > record.last_failure)
            .map(|record| record.locked_until.since(now))
            .filter(|wait| wait.get() <= plausible)
            .unwrap_or(Millis::new(0))
    }

    fn after_failure(&self, record: Option<Record>, now: UnixMillis) -> Record {
        let now = now.min(UnixMillis::LATEST);
        let every = self.forgiven_every.get();
        // More than the longest delay takes would only make the way back longer.
        let most = u64::from(self.most_failures()).saturating_mul(every);
        let unforgiven = record.map_or(0, |record| record.forgiven_at.since(now).get());
        let forgiven_at = now.after(Millis::new(unforgiven.saturating_add(every).min(most)));
        let failures = self.failures(record, now).saturating_add(1);
        let lock = self.delay(failures).max(self.wait(record, now));
        Record { forgiven_at, last_failure: now, locked_until: now.after(lock) }
    }

    fn delay(&self, failures: u32) -> Millis {
        let Some(doublings) = failures.checked_sub(self.free_failures).and_then(|past| past.checked_sub(1))
        else {
            return Millis::new(0);
        };
        let factor = 1_u64.checked_shl(doublings.min(self.doublings)).unwrap_or(u64::MAX);
        Millis::new(self.first_delay.get().saturating_mul(factor))
    }

    /// Gives the number of failures with which the delay is at its longest.
    const fn most_failures(&self) -> u32 {
        self.free_failures.saturating_add(self.doublings).saturating_add(1)
    }
}

/// The answer to someone who wants to log in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Decision {
    /// The attempt may be made.
    Allowed,
    /// It may not: the password is not to be looked at, and the attempt does not count as a failure.
    Locked {
        /// Whose lock lasts longer.
        by: Subject,
        /// Time until an attempt may be made, to the millisecond.
        retry_after: Millis,
    },
}

/// The back-off under two policies.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Lockout {
    /// How failures on one account are met.
    pub identifier: LockoutPolicy,
    /// How failures from one address are met.
    pub address: LockoutPolicy,
}

impl Default for Lockout {
    /// 5 free failures on an account, then 1 s to 64 s; 30 free failures from an address, which may be that of a whole
    /// office, then 1 s to 17 min. One failure is forgiven every 15 min.
    fn default() -> Self {
        let policy = |free_failures, doublings| LockoutPolicy {
            free_failures,
            first_delay: SECOND,
            doublings,
            forgiven_every: QUARTER_HOUR,
        };
        Self { identifier: policy(5, 6), address: policy(30, 10) }
    }
}

impl Lockout {
    /// Says whether an attempt may be made at `now`, from what is remembered of the account and of the address.
    ///
    /// A lock further off than twice the longest delay was made by a clock that has since stepped back, and does not
    /// hold. So clocks may disagree by the longest delay, and no step back locks for more than twice that. After
    /// [`UnixMillis::LATEST`] time stands still.
    #[must_use]
    pub fn decide(&self, identifier: Option<Record>, address: Option<Record>, now: UnixMillis) -> Decision {
        let now = now.min(UnixMillis::LATEST);
        let by_address = self.address.wait(address, now);
        let by_identifier = self.identifier.wait(identifier, now).min(time_to_clean(address, now));
        let (by, retry_after) = if by_identifier > by_address {
            (Subject::Identifier, by_identifier)
        } else {
            (Subject::Address, by_address)
        };
        if retry_after == Millis::new(0) { Decision::Allowed } else { Decision::Locked { by, retry_after } }
    }

    /// Gives what to remember of a subject after an attempt has failed. It is to be stored for both subjects.
    ///
    /// A failure never shortens a lock. Failures stored by compare-and-set count one by one, but attempts in parallel
    /// may all be allowed before the first has failed: a [quota](crate::rate::quota) on attempts bounds these.
    #[must_use]
    pub fn after_failure(&self, subject: Subject, record: Option<Record>, now: UnixMillis) -> Record {
        self.policy(subject).after_failure(record, now)
    }

    /// Gives what to remember of a subject after an attempt has succeeded: nothing for the identifier, what was known
    /// for the address.
    #[must_use]
    pub fn after_success(&self, subject: Subject, record: Option<Record>) -> Option<Record> {
        match subject {
            Subject::Identifier => None,
            Subject::Address => record,
        }
    }

    /// Gives the instant from which a record says no more than none would, so that it may be deleted.
    #[must_use]
    pub fn forget_at(&self, subject: Subject, record: Record) -> UnixMillis {
        let settled = record.forgiven_at.max(record.locked_until);
        match subject {
            Subject::Identifier => settled,
            Subject::Address => settled.max(record.last_failure.after(CLEAN_AFTER)),
        }
    }

    const fn policy(&self, subject: Subject) -> &LockoutPolicy {
        match subject {
            Subject::Identifier => &self.identifier,
            Subject::Address => &self.address,
        }
    }
}

/// Gives the time until an address has not failed for [`CLEAN_AFTER`]: zero if it has never failed.
fn time_to_clean(address: Option<Record>, now: UnixMillis) -> Millis {
    address.map_or(Millis::new(0), |record| record.last_failure.after(CLEAN_AFTER).since(now))
}
