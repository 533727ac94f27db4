//! Instants and spans in milliseconds, with arithmetic that never wraps and never panics.
//!
//! ```
//! use magic_sessionmanager_core::{Millis, UnixMillis};
//!
//! let login = UnixMillis::from_number(1_700_000_000_000.0, "loggedInAtMs")?;
//! let now = login.after(Millis::from_days(1));
//! assert_eq!(now.since(login), Millis::new(86_400_000));
//! assert_eq!(login.since(now), Millis::new(0));
//! assert!(UnixMillis::from_number(-1.0, "loggedInAtMs").is_err());
//! # Ok::<(), magic_sessionmanager_core::Error>(())
//! ```

use crate::error::{Code, Error};
use crate::number::{self, MAX_SAFE};

/// A point in time: whole milliseconds since 1970-01-01T00:00:00Z, as `Date.now()` counts them.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct UnixMillis(u64);

/// A length of time in whole milliseconds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Millis(u64);

impl UnixMillis {
    /// The last instant that a JavaScript `Date` can name, in the year 275760 (ECMA-262, *Time Values and Time
    /// Range*).
    pub const LATEST: Self = Self(8_640_000_000_000_000);

    /// Creates an instant from milliseconds since the epoch.
    #[must_use]
    pub const fn new(millis: u64) -> Self {
        Self(millis)
    }

    /// Reads an instant from outside. The error names `field`.
    ///
    /// # Errors
    /// [`Code::InvalidTime`] for NaN, an infinity, a negative, a fraction or a number above 2^53 - 1.
    pub fn from_number(value: f64, field: &str) -> Result<Self, Error> {
        number::whole(value).and_then(|whole| u64::try_from(whole).ok()).map(Self).ok_or_else(|| {
            let takes = format!("a whole number of milliseconds from 0 to {MAX_SAFE}");
            Error::new(Code::InvalidTime, field, format!("{field} is not a time; it takes {takes}"))
        })
    }

    /// Returns the milliseconds since the epoch.
    #[must_use]
    pub const fn get(self) -> u64 {
        self.0
    }

    /// Returns the time that passed since `earlier`, or zero if `earlier` is later.
    #[must_use]
    pub const fn since(self, earlier: Self) -> Millis {
        Millis(self.0.saturating_sub(earlier.0))
    }

    /// Returns the instant `span` after this one, or the last representable instant.
    #[must_use]
    pub const fn after(self, span: Millis) -> Self {
        Self(self.0.saturating_add(span.0))
    }

    /// Returns the instant `span` before this one, or `None` if that lies before the epoch.
    #[must_use]
    pub const fn before(self, span: Millis) -> Option<Self> {
        match self.0.checked_sub(span.0) {
            Some(millis) => Some(Self(millis)),
            None => None,
        }
    }
}

impl Millis {
    /// Creates a span from milliseconds.
    #[must_use]
    pub const fn new(millis: u64) -> Self {
        Self(millis)
    }

    /// Creates a span from days of 24 hours.
    #[must_use]
    pub const fn from_days(days: u32) -> Self {
        // The widest u32 times a day's milliseconds is below 2^59.
        Self((days as u64).saturating_mul(86_400_000))
    }

    /// Returns the sum of two spans, or the longest representable span.
    #[must_use]
    pub const fn plus(self, other: Self) -> Self {
        Self(self.0.saturating_add(other.0))
    }

    /// Returns the milliseconds.
    #[must_use]
    pub const fn get(self) -> u64 {
        self.0
    }
}
