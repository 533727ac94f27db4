//! The last-seen gate: decides whether a request is worth a write.

use crate::time::{Millis, UnixMillis};

/// Lets *last seen* be written at most once per period.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TouchGate {
    period: Millis,
}

impl TouchGate {
    /// Makes a gate; a period of zero lets every request through.
    #[must_use]
    pub const fn new(period: Millis) -> Self {
        Self { period }
    }

    /// Says whether a write is due at `now`, after the last one at `last_touched`.
    ///
    /// A clock that has stepped back behind the last write makes none due, whatever the period.
    #[must_use]
    pub fn is_due(&self, last_touched: UnixMillis, now: UnixMillis) -> bool {
        now >= last_touched && now.since(last_touched) >= self.period
    }
}
