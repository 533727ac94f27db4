//! AES-256 by byte permutations (FIPS 197), for the encryption that GCM needs.
//!
//! ```
//! use magic_sessionmanager_core::crypto::gcm::aes::{Aes256, BLOCKS_AT_ONCE};
//!
//! // The example of FIPS 197, appendix C.3.
//! let key = core::array::from_fn(|at| at as u8);
//! let block = core::array::from_fn(|at| 0x11 * at as u8);
//! let [encrypted, ..] = Aes256::new(&key).encrypt([block; BLOCKS_AT_ONCE]);
//! assert_eq!(u128::from_be_bytes(encrypted), 0x8ea2b7ca516745bfeafc49904b496089);
//! ```

mod field;
mod rounds;
mod tables;

use zeroize::{ZeroizeOnDrop, Zeroizing};

use super::bytes::Block;
use rounds::RoundKeys;

pub use rounds::BLOCKS_AT_ONCE;

/// AES with a 256-bit key. It only encrypts, as counter mode needs no more.
///
/// **Constant time.** Key and data decide on no branch and no address. The S-box is computed in the field GF(2^8) as a
/// pair over GF(2^4), where each function of four bits is a table of 16 bytes. The instruction `i8x16.swizzle` looks
/// up all 16 bytes of a block at once in a table that lies in a register. The method is that of Mike Hamburg,
/// *Accelerating AES with Vector Permute Instructions* (CHES 2009). The tables are computed from the arithmetic of the
/// fields at compile time. Without 128-bit vectors the same steps run byte by byte; there the look-ups read memory at
/// addresses that data decides, within the 16 bytes of one table.
///
/// The round keys lie on the heap, so that a move copies none, and are zeroized when they are dropped.
pub struct Aes256(Box<Zeroizing<RoundKeys>>);

impl Aes256 {
    /// Expands a key.
    #[must_use]
    pub fn new(key: &[u8; 32]) -> Self {
        let mut keys = Box::new(Zeroizing::new(RoundKeys::default()));
        rounds::expand(key, &mut keys);
        Self(keys)
    }

    /// Encrypts blocks, which takes less time than one after another.
    #[must_use]
    pub fn encrypt(&self, blocks: [Block; BLOCKS_AT_ONCE]) -> [Block; BLOCKS_AT_ONCE] {
        rounds::encrypt(&self.0, blocks)
    }
}

/// The keys are zeroized when they are dropped.
impl ZeroizeOnDrop for Aes256 {}

impl core::fmt::Debug for Aes256 {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.write_str("Aes256(redacted)")
    }
}
