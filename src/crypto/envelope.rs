//! The text form of a sealed token: `v1.<key id>.<nonce>.<ciphertext and tag>`.
//!
//! ```
//! use magic_sessionmanager_core::crypto::envelope::Envelope;
//!
//! let text = "v1.c24e31400044.AAECAwQFBgcICQoL.pUAAHKVziyMFp6C3T0PwFxqTc4XdLDYS6RhOgSzzaMtz_IhcvbTSjA";
//! let key_id = Envelope::parse(text).map(|envelope| envelope.key_id.to_string());
//! assert_eq!(key_id.as_deref(), Some("c24e31400044"));
//! let written = Envelope::parse(text).map(|envelope| envelope.to_string());
//! assert_eq!(written.as_deref(), Some(text));
//! assert_eq!(Envelope::parse("a plain token"), None);
//! ```

use core::fmt;

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;

use super::key::{KEY_ID_BYTES, KeyId};

/// The only version. It stands for the cipher, the lengths and the authenticated data.
pub const VERSION: &str = "v1";

/// Length of a nonce, in bytes: the 96 bits for which AES-GCM is specified (SP 800-38D).
pub const NONCE_BYTES: usize = 12;

/// Length of a key id in an envelope: two digits for each byte.
const KEY_ID_CHARS: usize = 2 * KEY_ID_BYTES;

/// Length of a nonce in an envelope: four characters for each three bytes.
const NONCE_CHARS: usize = NONCE_BYTES / 3 * 4;

/// Length of an authentication tag, in bytes.
pub const TAG_BYTES: usize = 16;

/// The parts of a sealed token. They are not authenticated.
///
/// The text is URL-safe base64 without padding and without stray bits. It has one spelling only: a changed character
/// always gives other parts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Envelope {
    /// The id of the key that sealed it.
    pub key_id: KeyId,
    /// The nonce it was sealed with.
    pub nonce: [u8; NONCE_BYTES],
    /// The ciphertext followed by the tag.
    pub sealed: Vec<u8>,
}

impl Envelope {
    /// Reads the text form, or returns `None`.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        // The lengths are known. Searching for the dots would take a third of the time of decoding.
        let (version, text) = text.split_at_checked(VERSION.len())?;
        let (key_id, text) = text.strip_prefix('.')?.split_at_checked(KEY_ID_CHARS)?;
        let (nonce, text) = text.strip_prefix('.')?.split_at_checked(NONCE_CHARS)?;
        let sealed = text.strip_prefix('.').filter(|_| version == VERSION)?;
        let sealed = URL_SAFE_NO_PAD.decode(sealed).ok().filter(|bytes| bytes.len() >= TAG_BYTES)?;
        let nonce = decode_nonce(nonce)?;
        Some(Self { key_id: KeyId::parse(key_id)?, nonce, sealed })
    }

    /// Writes the text form into one buffer.
    #[must_use]
    pub fn to_text(&self) -> String {
        let mut text =
            String::with_capacity(self.sealed.len().saturating_mul(4).div_ceil(3).saturating_add(64));
        text.push_str(VERSION);
        text.push('.');
        self.key_id.push_to(&mut text);
        text.push('.');
        URL_SAFE_NO_PAD.encode_string(self.nonce, &mut text);
        text.push('.');
        URL_SAFE_NO_PAD.encode_string(&self.sealed, &mut text);
        text
    }
}

impl fmt::Display for Envelope {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.to_text())
    }
}

fn decode_nonce(text: &str) -> Option<[u8; NONCE_BYTES]> {
    let mut nonce = [0; NONCE_BYTES];
    let length = URL_SAFE_NO_PAD.decode_slice(text, &mut nonce).ok()?;
    (length == NONCE_BYTES).then_some(nonce)
}
