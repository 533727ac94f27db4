//! The additional authenticated data of a sealed token: purpose, session, column and envelope version.
//!
//! ```
//! use magic_sessionmanager_core::crypto::aad::{self, Field, TokenOwner};
//! use magic_sessionmanager_core::crypto::envelope::VERSION;
//!
//! let owner = TokenOwner::new(&[7; 16]);
//! let access = aad::encode(owner.as_bytes(), Field::AccessToken, VERSION);
//! assert_ne!(access, aad::encode(owner.as_bytes(), Field::RefreshToken, VERSION));
//! ```

/// The length of the id of a session in bytes.
pub const OWNER_BYTES: usize = 16;

/// The session that a sealed token belongs to, by the bytes of its id.
///
/// It is a type of its own because a token that is sealed for other bytes never opens. A `SessionId` converts into it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct TokenOwner<'a>(&'a [u8; OWNER_BYTES]);

impl<'a> TokenOwner<'a> {
    /// Names the session by the bytes of its id.
    #[must_use]
    pub const fn new(session_id: &'a [u8; OWNER_BYTES]) -> Self {
        Self(session_id)
    }

    /// Returns the bytes of the id.
    #[must_use]
    pub const fn as_bytes(self) -> &'a [u8; OWNER_BYTES] {
        self.0
    }
}

/// The column of a token.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Field {
    /// The access token of a session.
    AccessToken,
    /// The refresh token of a session.
    RefreshToken,
}

impl Field {
    /// Both fields.
    pub const ALL: [Self; 2] = [Self::AccessToken, Self::RefreshToken];

    /// Returns the name that is part of the authenticated data. It never changes.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::AccessToken => "accessToken",
            Self::RefreshToken => "refreshToken",
        }
    }

    /// Reads a name, or returns `None`.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|field| field.as_str() == text)
    }
}

/// The purpose of an envelope. Data sealed for another purpose does not open.
const PURPOSE: &str = "magic-sessionmanager/token";

/// Encodes the additional authenticated data of one envelope.
///
/// The length of each part (purpose, session id, field, version) precedes it as a big-endian `u32`. Two different lists
/// of parts therefore never give the same bytes.
#[must_use]
pub fn encode(session_id: &[u8], field: Field, version: &str) -> Vec<u8> {
    let parts = [PURPOSE.as_bytes(), session_id, field.as_str().as_bytes(), version.as_bytes()];
    let mut bytes = Vec::with_capacity(96);
    for part in parts {
        // No part comes near 4 GiB; were one to, the saturated length would only make opening fail.
        bytes.extend_from_slice(&u32::try_from(part.len()).unwrap_or(u32::MAX).to_be_bytes());
        bytes.extend_from_slice(part);
    }
    bytes
}
