//! How often a key has sealed, and how often it may.

use core::sync::atomic::{AtomicU64, Ordering};

/// How often one key may seal with random 96-bit nonces (SP 800-38D §8.3).
pub const SEAL_LIMIT: u64 = 1 << 32;

/// How often a key may have sealed before it is time to replace it: half of [`SEAL_LIMIT`].
pub const SEAL_WARNING: u64 = SEAL_LIMIT / 2;

/// Counts seals; it stops at the largest number instead of beginning anew.
///
/// It knows of this process only: whoever keeps the total adds the counts of all.
#[derive(Debug, Default)]
pub struct SealCount(AtomicU64);

impl SealCount {
    /// Starts from a number of earlier seals.
    #[must_use]
    pub const fn starting_at(earlier: u64) -> Self {
        Self(AtomicU64::new(earlier))
    }

    /// Counts one seal.
    pub fn add_one(&self) {
        // The closure always answers, so the update cannot fail.
        let _ = self.0.fetch_update(Ordering::Relaxed, Ordering::Relaxed, |n| Some(n.saturating_add(1)));
    }

    /// Gives the number of seals.
    #[must_use]
    pub fn get(&self) -> u64 {
        self.0.load(Ordering::Relaxed)
    }
}
