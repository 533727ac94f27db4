//! Quotas: how many occurrences are allowed in a time.
//!
//! ```
//! use magic_sessionmanager_core::Millis;
//! use magic_sessionmanager_core::rate::quota::Quota;
//!
//! let quota = Quota::new(60, Millis::new(60_000), 10)?;
//! let share = quota.share(2);
//! assert_eq!((share.burst(), share.window()), (5, Millis::new(120_000)));
//! assert!(Quota::new(0, Millis::new(60_000), 10).is_err());
//! # Ok::<(), magic_sessionmanager_core::Error>(())
//! ```

use core::num::NonZeroU64;

use crate::error::{Code, Error};
use crate::time::Millis;

/// The most occurrences per window: 10^6.
pub const MAX_LIMIT: u64 = 1_000_000;

/// The longest window: 365 days.
pub const MAX_WINDOW: Millis = Millis::from_days(365);

/// The most occurrences at once: 10^4.
pub const MAX_BURST: u64 = 10_000;

/// Allows `limit` occurrences per `window` in the long run, and `burst` of them at once.
///
/// One occurrence is earned every `window / limit`, which may be a fraction of a millisecond. Time is therefore counted
/// in **ticks** of 1/`limit` milliseconds: a millisecond is `limit` ticks and the interval is `window` ticks, both
/// whole numbers. The bounds keep every sum of ticks below 2^63.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Quota {
    limit: NonZeroU64,
    window_ms: NonZeroU64,
    burst: NonZeroU64,
}

impl Quota {
    /// Creates a quota of `limit` occurrences per `window`, with `burst` at once.
    ///
    /// # Errors
    /// [`Code::InvalidArgument`] for a value of zero, a limit above [`MAX_LIMIT`], a window above [`MAX_WINDOW`] or
    /// a burst above [`MAX_BURST`].
    pub fn new(limit: u64, window: Millis, burst: u64) -> Result<Self, Error> {
        Ok(Self {
            limit: within(MAX_LIMIT, limit, "quota.limit")?,
            window_ms: within(MAX_WINDOW.get(), window.get(), "quota.windowMs")?,
            burst: within(MAX_BURST, burst, "quota.burst")?,
        })
    }

    /// Creates a quota as [`new`](Self::new) does, from values that are moved into the bounds.
    #[must_use]
    pub(super) fn within_bounds(limit: u64, window: Millis, burst: u64) -> Self {
        let within = |max, value: u64| NonZeroU64::new(value.min(max)).unwrap_or(NonZeroU64::MIN);
        Self {
            limit: within(MAX_LIMIT, limit),
            window_ms: within(MAX_WINDOW.get(), window.get()),
            burst: within(MAX_BURST, burst),
        }
    }

    /// Returns the number of occurrences per window.
    #[must_use]
    pub const fn limit(self) -> u64 {
        self.limit.get()
    }

    /// Returns the length of the window.
    #[must_use]
    pub const fn window(self) -> Millis {
        Millis::new(self.window_ms.get())
    }

    /// Returns the number of occurrences allowed at once.
    #[must_use]
    pub const fn burst(self) -> u64 {
        self.burst.get()
    }

    /// Returns the quota of one of several instances that cannot count together.
    ///
    /// Everything is earned more slowly by the number of `shares`. At least one occurrence is allowed at once, so no
    /// more shares count than there are occurrences at once: a hundredth instance must not lock everybody out.
    #[must_use]
    pub fn share(self, shares: u64) -> Self {
        let shares = shares.clamp(1, self.burst.get());
        let whole = |value: u64| NonZeroU64::new(value).unwrap_or(NonZeroU64::MIN);
        let window = self.window_ms.get().saturating_mul(shares).min(MAX_WINDOW.get());
        let burst = self.burst.get().checked_div(shares).unwrap_or(1);
        Self { limit: self.limit, window_ms: whole(window), burst: whole(burst) }
    }

    /// Returns the ticks in a millisecond.
    pub(super) const fn ticks_per_ms(self) -> NonZeroU64 {
        self.limit
    }

    /// Returns the ticks in which one occurrence is earned.
    pub(super) const fn interval_ticks(self) -> NonZeroU64 {
        self.window_ms
    }

    /// Returns the ticks in which a whole burst is earned.
    pub(super) const fn burst_ticks(self) -> u64 {
        self.window_ms.get().saturating_mul(self.burst.get())
    }

    /// Returns the ticks in a window.
    pub(super) const fn window_ticks(self) -> u64 {
        self.window_ms.get().saturating_mul(self.limit.get())
    }
}

fn within(max: u64, value: u64, field: &'static str) -> Result<NonZeroU64, Error> {
    NonZeroU64::new(value).filter(|value| value.get() <= max).ok_or_else(|| {
        Error::new(Code::InvalidArgument, field, format!("{field} takes a whole number from 1 to {max}"))
    })
}
