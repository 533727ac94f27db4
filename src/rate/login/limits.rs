//! The limits of failed logins, by the options.
//!
//! ```
//! use magic_sessionmanager_core::Settings;
//!
//! let limits = Settings::default().login_limits();
//! let (strangers, office) = (limits.unknown_places(), limits.network(16));
//! assert_eq!((strangers.burst(), strangers.limit()), (10, 90));
//! assert_eq!(office.burst() + office.limit(), 16 * u64::from(limits.per_address));
//! ```

use crate::rate::quota::Quota;
use crate::time::Millis;

/// The limits of failed logins.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// The wrong passwords for one account from all unknown places together, in any 24 hours.
    pub per_account: u32,
    /// The failed logins of one network, in any 24 hours.
    pub per_address: u32,
    /// The wrong passwords for one account in a row.
    pub max_consecutive: u32,
}

/// The most known places of one user.
const KNOWN_PLACES: u32 = 20;

/// The part of a day's failures that is allowed at once: a tenth.
const AT_ONCE: u32 = 10;

impl Limits {
    /// Returns the quota of all unknown places of one account. In no 24 hours does it allow more than `per_account`.
    #[must_use]
    pub fn unknown_places(&self) -> Quota {
        daily(self.per_account)
    }

    /// Returns the quota of a network that may fail `times` as often as one client. In no 24 hours does it allow more
    /// than `times` the option `per_address`.
    #[must_use]
    pub fn network(&self, times: u32) -> Quota {
        daily(self.per_address.saturating_mul(times))
    }

    /// Returns the quota of one known place, or of one session: 10 wrong passwords at once, then one a minute.
    #[must_use]
    pub fn known_place() -> Quota {
        let hour = Millis::new(60 * 60 * 1000);
        quota(60, hour, 10)
    }

    /// Returns the most failures in a row from unknown places: half of all.
    ///
    /// Strangers can therefore not use up those of the owner.
    #[must_use]
    pub const fn consecutive_from_unknown_places(&self) -> u32 {
        self.max_consecutive / 2
    }

    /// Returns the failures in a row that each known place has for itself.
    #[must_use]
    pub const fn consecutive_of_known_place(&self) -> u32 {
        self.max_consecutive / KNOWN_PLACES / 2
    }

    /// Returns the most failures in a row before only known places with failures of their own left may try.
    ///
    /// All together stay within `max_consecutive`, because a user has 20 known places at most.
    #[must_use]
    pub const fn consecutive_in_common(&self) -> u32 {
        self.max_consecutive.saturating_sub(self.consecutive_of_known_place().saturating_mul(KNOWN_PLACES))
    }
}

/// Returns a quota that allows no more than `most` in any 24 hours: a tenth at once, the others one by one.
#[inline(never)]
fn daily(most: u32) -> Quota {
    let burst = (most / AT_ONCE).max(1);
    quota(most.saturating_sub(burst).max(1), Millis::from_days(1), burst)
}

fn quota(limit: u32, window: Millis, burst: u32) -> Quota {
    Quota::within_bounds(u64::from(limit), window, u64::from(burst))
}
