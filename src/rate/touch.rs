//! The last-seen gate, which limits how often *last seen* is stored.
//!
//! ```
//! use magic_sessionmanager_core::rate::touch::TouchGate;
//! use magic_sessionmanager_core::{Millis, UnixMillis};
//!
//! let (gate, written) = (TouchGate::new(Millis::new(30_000)), UnixMillis::new(1_700_000_000_000));
//! assert!(!gate.is_due(written, written.after(Millis::new(29_999))));
//! assert!(gate.is_due(written, written.after(Millis::new(30_000))));
//! ```

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
