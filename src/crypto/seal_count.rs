//! The number of seals under a key, and its limit.
//!
//! ```
//! use magic_sessionmanager_core::crypto::seal_count::{SEAL_WARNING, SealCount};
//!
//! let seals = SealCount::starting_at(SEAL_WARNING - 1);
//! seals.add_one();
//! assert!(seals.get() >= SEAL_WARNING, "the key should be replaced");
//! ```

use core::sync::atomic::{AtomicU64, Ordering};

/// The largest number of seals under one key with random 96-bit nonces (SP 800-38D §8.3).
pub const SEAL_LIMIT: u64 = 1 << 32;

/// The number of seals at which a key should be replaced: half of [`SEAL_LIMIT`].
pub const SEAL_WARNING: u64 = SEAL_LIMIT / 2;

/// A counter of seals in this process. It stops at the largest number.
///
/// The shell adds up the counters of all processes.
#[derive(Debug, Default)]
pub struct SealCount(AtomicU64);

impl SealCount {
    /// Creates a counter that starts at a number of earlier seals.
    #[must_use]
    pub const fn starting_at(earlier: u64) -> Self {
        Self(AtomicU64::new(earlier))
    }

    /// Counts one seal.
    pub fn add_one(&self) {
        // The update cannot fail, because the closure never returns `None`.
        let _ = self.0.fetch_update(Ordering::Relaxed, Ordering::Relaxed, |n| Some(n.saturating_add(1)));
    }

    /// Returns the number of seals.
    #[must_use]
    pub fn get(&self) -> u64 {
        self.0.load(Ordering::Relaxed)
    }
}
