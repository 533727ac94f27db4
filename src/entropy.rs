//! Sources of randomness.
//!
//! ```
//! use magic_sessionmanager_core::{Code, Entropy, Error, SessionId, SystemEntropy};
//!
//! assert_ne!(SessionId::random(&SystemEntropy)?, SessionId::random(&SystemEntropy)?);
//!
//! /// A source that does not answer, for a test.
//! struct Dry;
//! impl Entropy for Dry {
//!     fn fill(&self, _: &mut [u8]) -> Result<(), Error> {
//!         Err(Error::general(Code::EntropyUnavailable, "dry"))
//!     }
//! }
//! assert_eq!(SessionId::random(&Dry).map_err(|error| error.code()), Err(Code::EntropyUnavailable));
//! # Ok::<(), magic_sessionmanager_core::Error>(())
//! ```

use core::cell::RefCell;

use zeroize::{Zeroize as _, Zeroizing};

use crate::error::{Code, Error};

/// Supplies random bytes fit for keys, nonces and session ids.
pub trait Entropy {
    /// Fills the whole buffer, or fails and leaves its content unspecified.
    ///
    /// # Errors
    /// [`Code::EntropyUnavailable`] if the source cannot deliver.
    fn fill(&self, buffer: &mut [u8]) -> Result<(), Error>;
}

/// The platform's generator: the operating system's, or `globalThis.crypto` under JavaScript.
///
/// Node 18 has no `globalThis.crypto` in modules; the host sets it from `node:crypto` before the first use.
#[derive(Clone, Copy, Debug, Default)]
pub struct SystemEntropy;

impl Entropy for SystemEntropy {
    fn fill(&self, buffer: &mut [u8]) -> Result<(), Error> {
        getrandom::fill(buffer).map_err(|_| {
            Error::general(
                Code::EntropyUnavailable,
                "the platform's random source (globalThis.crypto.getRandomValues) did not answer",
            )
        })
    }
}

/// The size of a block in bytes: 42 nonces.
const BLOCK_BYTES: usize = 504;

/// Reads from a slow source in blocks and gives each byte out once.
///
/// It is for nonces, which are public, because buffered bytes stay in memory until they are used. Keys and session ids
/// are read directly from the source.
///
/// **A copy of the memory gives the same bytes out again.** Where a snapshot of a running machine is resumed twice, up to 42
/// nonces repeat under one key, and AES-GCM is broken for those tokens (SP 800-38D, section 8). Start the process
/// again after such a copy, and change the key where two copies have sealed.
pub struct BufferedEntropy<E> {
    source: E,
    /// The bytes not yet given out; each is wiped as it is taken.
    ready: RefCell<Zeroizing<Vec<u8>>>,
}

impl<E> BufferedEntropy<E> {
    /// Creates an empty buffer over a source.
    #[must_use]
    pub fn new(source: E) -> Self {
        Self { source, ready: RefCell::new(Zeroizing::new(Vec::new())) }
    }
}

impl<E: Entropy> Entropy for BufferedEntropy<E> {
    fn fill(&self, buffer: &mut [u8]) -> Result<(), Error> {
        // The borrow fails only if the source itself reads from this buffer.
        let Ok(mut ready) = self.ready.try_borrow_mut() else { return self.source.fill(buffer) };
        if ready.len() < buffer.len() {
            let mut fresh = Zeroizing::new(vec![0; BLOCK_BYTES.max(buffer.len())]);
            self.source.fill(&mut fresh)?;
            *ready = fresh;
        }
        let kept = ready.len().saturating_sub(buffer.len());
        if let Some(taken) = ready.get_mut(kept..) {
            buffer.copy_from_slice(taken);
            taken.zeroize();
        }
        ready.truncate(kept);
        Ok(())
    }
}

impl<E> core::fmt::Debug for BufferedEntropy<E> {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.write_str("BufferedEntropy(redacted)")
    }
}
