//! The number of seals under a key, and its limit.
//!
//! ```
//! use magic_sessionmanager_core::crypto::seal_count::{KeyWear, SEAL_WARNING, SealCount};
//!
//! let seals = SealCount::default();
//! seals.set_total(SEAL_WARNING - 1);
//! assert_eq!(seals.wear(), KeyWear::Fresh);
//! seals.add_one();
//! assert_eq!(seals.wear(), KeyWear::Worn, "the key should be replaced");
//! ```

use core::sync::atomic::{AtomicU64, Ordering};

/// The largest number of seals under one key with random 96-bit nonces (SP 800-38D §8.3).
pub const SEAL_LIMIT: u64 = 1 << 32;

/// The number of seals at which a key should be replaced: half of [`SEAL_LIMIT`].
pub const SEAL_WARNING: u64 = SEAL_LIMIT / 2;

/// How far a key is used up by its seals.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum KeyWear {
    /// Fewer than [`SEAL_WARNING`].
    Fresh,
    /// The key should be replaced.
    Worn,
    /// The key has sealed [`SEAL_LIMIT`] times and seals no more. It still opens.
    Exhausted,
}

impl KeyWear {
    /// Returns the name used at the boundary. It never changes.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Fresh => "fresh",
            Self::Worn => "worn",
            Self::Exhausted => "exhausted",
        }
    }
}

/// A counter of seals under one key. It stops at the largest number.
///
/// It counts the seals of this keyring. The shell adds up the counters of all processes and tells the sum, so that the
/// limit holds for all of them together.
#[derive(Debug, Default)]
pub struct SealCount {
    own: AtomicU64,
    elsewhere: AtomicU64,
}

impl SealCount {
    /// Counts one seal.
    pub fn add_one(&self) {
        // The update cannot fail, because the closure never returns `None`.
        let _ = self.own.fetch_update(Ordering::Relaxed, Ordering::Relaxed, |n| Some(n.saturating_add(1)));
    }

    /// Returns the number of seals of this keyring.
    #[must_use]
    pub fn own(&self) -> u64 {
        self.own.load(Ordering::Relaxed)
    }

    /// Sets the number of seals under the key, over all processes and restarts, these included.
    pub fn set_total(&self, total: u64) {
        self.elsewhere.store(total.saturating_sub(self.own()), Ordering::Relaxed);
    }

    /// Returns the number of seals under the key as far as it is known here.
    #[must_use]
    pub fn total(&self) -> u64 {
        self.own().saturating_add(self.elsewhere.load(Ordering::Relaxed))
    }

    /// Returns how far the key is used up.
    #[must_use]
    pub fn wear(&self) -> KeyWear {
        match self.total() {
            SEAL_LIMIT.. => KeyWear::Exhausted,
            SEAL_WARNING.. => KeyWear::Worn,
            _ => KeyWear::Fresh,
        }
    }
}
