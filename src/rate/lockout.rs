//! The lockout after failed logins, per identifier and per address.
//!
//! # The rule
//! Failures are counted twice: for the identifier, which names the account, and for the address that the attempt came
//! from. After a number of free failures, each failure locks for twice as long as the one before, up to a longest
//! delay. Every failure expires after a while.
//!
//! Anybody who knows the name of an account can fail on it. A lock must therefore not keep the owner out:
//! - **An identifier's lock is short** (64 s at most), and an attempt refused by it neither counts nor prolongs it.
//! - **It does not apply to an address without a failure for a day.** Nobody can keep the owner out from elsewhere,
//!   however many addresses they use. Each of these addresses has one free attempt a day instead.
//! - **An address is locked for longer** (17 min at most). One address can try one account, or all accounts together,
//!   41 times in the first hour and 96 times a day after that. It can keep an identifier locked for less than a tenth
//!   of the time.
//! - **A success clears the identifier, not the address.** Otherwise an attacker could clear the address with an
//!   account of their own.
//!
//! OWASP ASVS 5.0 V6.1.1 asks for throttling that cannot be abused to lock accounts. NIST SP 800-63B, section 5.2.2,
//! names growing waits and known addresses among the means.

use crate::time::{Millis, UnixMillis};

/// The time without a failure after which the lock of an identifier no longer applies to an address.
pub const CLEAN_AFTER: Millis = Millis::from_days(1);

const SECOND: Millis = Millis::new(1000);
const QUARTER_HOUR: Millis = Millis::new(15 * 60 * 1000);

/// The subject that failures are counted for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Subject {
    /// The account that was tried, by any of its names. Names without an account are counted as well; otherwise a lock
    /// would reveal the existing accounts.
    Identifier,
    /// The network address that the attempt came from. Of an IPv6 address only the first 64 bits count, because one
    /// client usually has all addresses that share them.
    Address,
}

impl Subject {
    /// Both subjects.
    pub const ALL: [Self; 2] = [Self::Identifier, Self::Address];

    /// Returns the name used at the boundary. It never changes.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Identifier => "identifier",
            Self::Address => "address",
        }
    }

    /// Reads a name, or returns `None`.
    #[must_use]
    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|subject| subject.as_str() == name)
    }
}

/// The stored failures of one subject. A subject without failures has no record.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Record {
    /// The time at which the last failure expires. The number of failures follows from its distance.
    pub forgiven_at: UnixMillis,
    /// The time of the newest failure.
    pub last_failure: UnixMillis,
    /// The time at which the lock expires. Without a lock it is not after the newest failure.
    pub locked_until: UnixMillis,
}

/// The delays for failures of one kind of subject.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LockoutPolicy {
    /// The number of failures without a delay.
    pub free_failures: u32,
    /// The delay after the first failure beyond these.
    pub first_delay: Millis,
    /// The number of times that the delay doubles.
    pub doublings: u32,
    /// The time in which one failure expires.
    pub forgiven_every: Millis,
}

impl LockoutPolicy {
    /// Returns the longest delay.
    #[must_use]
    pub fn longest_delay(&self) -> Millis {
        self.delay(self.most_failures())
    }

    /// Counts the failures that have not expired.
    fn failures(&self, record: Option<Record>, now: UnixMillis) -> u32 {
        let unforgiven = record.map_or(0, |record| record.forgiven_at.since(now).get());
        let failures = unforgiven.div_ceil(self.forgiven_every.get().max(1));
        u32::try_from(failures).unwrap_or(u32::MAX)
    }

    /// Returns the remaining time of a lock, or zero if a clock that has since stepped back set it.
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
        // More failures would not lengthen the delay, only the time until they expire.
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

    /// Returns the number of failures that give the longest delay.
    const fn most_failures(&self) -> u32 {
        self.free_failures.saturating_add(self.doublings).saturating_add(1)
    }
}

/// The decision on an attempt to log in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Decision {
    /// The attempt is allowed.
    Allowed,
    /// The attempt is refused. The password must not be checked, and the attempt does not count as a failure.
    Locked {
        /// The subject whose lock lasts longer.
        by: Subject,
        /// The time until an attempt is allowed, to the millisecond.
        retry_after: Millis,
    },
}

/// The lockout, with one policy for each subject.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Lockout {
    /// The policy for an account.
    pub identifier: LockoutPolicy,
    /// The policy for an address.
    pub address: LockoutPolicy,
}

impl Default for Lockout {
    /// Returns the built-in policies.
    ///
    /// An account has 5 free failures, then delays of 1 s to 64 s. An address, which a whole office may share, has 30
    /// free failures, then delays of 1 s to 17 min. One failure expires every 15 min.
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
    /// Decides on an attempt at `now` by the records of the account and of the address.
    ///
    /// A lock longer than twice the longest delay comes from a clock that has since stepped back, and is ignored.
    /// Clocks may therefore disagree by the longest delay, and no step back locks for more than twice that. Times after
    /// [`UnixMillis::LATEST`] count as that instant.
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

    /// Returns the record of a subject after a failed attempt. The caller stores one for both subjects.
    ///
    /// A failure never shortens a lock. Failures stored by compare-and-set count one by one. Parallel attempts may all
    /// be allowed before the first one has failed; a [quota](crate::rate::quota) on attempts limits these.
    #[must_use]
    pub fn after_failure(&self, subject: Subject, record: Option<Record>, now: UnixMillis) -> Record {
        self.policy(subject).after_failure(record, now)
    }

    /// Returns the record of a subject after a successful attempt: none for the identifier, the same for the address.
    #[must_use]
    pub fn after_success(&self, subject: Subject, record: Option<Record>) -> Option<Record> {
        match subject {
            Subject::Identifier => None,
            Subject::Address => record,
        }
    }

    /// Returns the instant at which a record has no more effect and may be deleted.
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

/// Returns the time until an address has been without a failure for [`CLEAN_AFTER`]; zero without any failure.
fn time_to_clean(address: Option<Record>, now: UnixMillis) -> Millis {
    address.map_or(Millis::new(0), |record| record.last_failure.after(CLEAN_AFTER).since(now))
}
