//! The last-seen gate, which limits how often *last seen* is stored.

use crate::time::{Millis, UnixMillis};

/// Lets *last seen* be stored at most once per period.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TouchGate {
    period: Millis,
}

impl TouchGate {
    /// Creates a gate. With a period of zero, a write is due at every request.
    #[must_use]
    pub const fn new(period: Millis) -> Self {
        Self { period }
    }

    /// Returns whether a write is due at `now`, after the last one at `last_touched`.
    ///
    /// No write is due while the clock stands before the last write, whatever the period is.
    #[must_use]
    pub fn is_due(&self, last_touched: UnixMillis, now: UnixMillis) -> bool {
        now >= last_touched && now.since(last_touched) >= self.period
    }
}
