//! Session ids.
//!
//! ```
//! use magic_sessionmanager_core::session::id::IdSource;
//! use magic_sessionmanager_core::{SessionId, SystemEntropy};
//!
//! let id = SessionId::random(&SystemEntropy)?;
//! assert_eq!(id.to_string().len(), 32);
//! assert_eq!(SessionId::parse(&id.to_string())?, id);
//! let adopted = SessionId::derived(IdSource::Token, "header.payload");
//! assert_eq!(adopted, SessionId::derived(IdSource::Token, "header.payload"));
//! assert_ne!(adopted, SessionId::derived(IdSource::RefreshToken, "header.payload"));
//! # Ok::<(), magic_sessionmanager_core::Error>(())
//! ```

use core::fmt;

use sha2::{Digest as _, Sha256};

use crate::entropy::Entropy;
use crate::error::{Code, Error};
use crate::hex;

/// The length of a session id in bytes: 128 bits. OWASP ASVS 5.0 V7 asks for 64 at least.
pub const SESSION_ID_BYTES: usize = 16;

/// Something that is issued without a session id, and that an id is derived from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum IdSource {
    /// An access token from before the plugin, by its signing input: header and payload.
    Token,
    /// A refresh token whose row has no id.
    RefreshToken,
    /// A session of an identity provider, by its name.
    Provider,
    /// A session that an earlier version of the plugin has stored, by its row.
    Import,
}

impl IdSource {
    /// Every source.
    pub const ALL: [Self; 4] = [Self::Token, Self::RefreshToken, Self::Provider, Self::Import];

    /// Returns the name used at the boundary. It never changes.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Token => "token",
            Self::RefreshToken => "refreshToken",
            Self::Provider => "provider",
            Self::Import => "import",
        }
    }

    /// Returns what separates the hash from every other use of SHA-256.
    const fn label(self) -> &'static [u8] {
        match self {
            Self::Token => b"magic-sessionmanager/adopted-session/v1\0",
            Self::RefreshToken => b"magic-sessionmanager/refresh-token/v1\0",
            Self::Provider => b"magic-sessionmanager/provider-session/v1\0",
            Self::Import => b"magic-sessionmanager/imported-session/v1\0",
        }
    }
}

/// The id of one session. Its text form is 32 lower-case hex digits.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct SessionId([u8; SESSION_ID_BYTES]);

impl SessionId {
    /// Generates a new id.
    ///
    /// # Errors
    /// [`Code::EntropyUnavailable`] if the random source does not answer.
    pub fn random(entropy: &impl Entropy) -> Result<Self, Error> {
        let mut bytes = [0; SESSION_ID_BYTES];
        entropy.fill(&mut bytes)?;
        Ok(Self(bytes))
    }

    /// Derives the id of something that was issued without one.
    ///
    /// It is the first 128 bits of SHA-256 over a label of the source and the text. The same text gives the same id on
    /// every instance. The id is not a secret.
    #[must_use]
    pub fn derived(source: IdSource, text: &str) -> Self {
        Self(short_hash(source.label(), &[text.as_bytes()]))
    }

    /// Reads the text form.
    ///
    /// # Errors
    /// [`Code::InvalidArgument`] if the text is not exactly 32 lower-case hex digits.
    pub fn parse(text: &str) -> Result<Self, Error> {
        let mut bytes = [0; SESSION_ID_BYTES];
        hex::decode(text, &mut bytes).map(|()| Self(bytes)).ok_or_else(|| {
            Error::new(Code::InvalidArgument, "sessionId", "sessionId takes 32 lower-case hex digits")
        })
    }

    /// Returns the 16 bytes.
    #[must_use]
    pub const fn as_bytes(&self) -> &[u8; SESSION_ID_BYTES] {
        &self.0
    }
}

impl fmt::Display for SessionId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&hex::text(&self.0))
    }
}

/// Returns the first 128 bits of SHA-256 over a label and the parts.
#[inline(never)]
pub(super) fn short_hash(label: &[u8], parts: &[&[u8]]) -> [u8; 16] {
    let mut hash = Sha256::new_with_prefix(label);
    for part in parts {
        hash.update(part);
    }
    let digest: [u8; 32] = hash.finalize().into();
    let mut bytes = [0; 16];
    bytes.iter_mut().zip(digest).for_each(|(to, from)| *to = from);
    bytes
}
