//! Where randomness comes from.

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

/// How many bytes are drawn ahead at a time: 42 nonces.
const AHEAD_BYTES: usize = 504;

/// Draws ahead from a slow source, and gives each byte out once.
///
/// Made for nonces, which are public: bytes drawn ahead lie in memory until they are used. Keys and session ids are
/// drawn directly.
pub struct BufferedEntropy<E> {
    source: E,
    /// The bytes not yet given out; each is wiped as it is taken.
    ready: RefCell<Zeroizing<Vec<u8>>>,
}

impl<E> BufferedEntropy<E> {
    /// Makes a source that has drawn nothing yet.
    #[must_use]
    pub fn new(source: E) -> Self {
        Self { source, ready: RefCell::new(Zeroizing::new(Vec::new())) }
    }
}

impl<E: Entropy> Entropy for BufferedEntropy<E> {
    fn fill(&self, buffer: &mut [u8]) -> Result<(), Error> {
        // Only a source that draws from here itself finds the store taken.
        let Ok(mut ready) = self.ready.try_borrow_mut() else { return self.source.fill(buffer) };
        if ready.len() < buffer.len() {
            let mut fresh = Zeroizing::new(vec![0; AHEAD_BYTES.max(buffer.len())]);
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
