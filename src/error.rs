//! The error type, with codes that programs may rely on.
//!
//! ```
//! use magic_sessionmanager_core::{Code, SessionId};
//!
//! let error = SessionId::parse("not an id").expect_err("it is no id");
//! assert_eq!((error.code(), error.field()), (Code::InvalidArgument, Some("sessionId")));
//! assert_eq!(error.code().as_str(), "invalid_argument");
//! assert_eq!(error.to_string(), "sessionId takes 32 lower-case hex digits");
//! ```

use core::fmt;

/// A stable name for a kind of failure. Programs compare it; people read the message.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Code {
    /// An option is unknown or has a value it does not take.
    InvalidSetting,
    /// Key material is missing, malformed or of the wrong length.
    InvalidKey,
    /// A time is not a whole number of milliseconds since the epoch.
    InvalidTime,
    /// An argument has a value that the function does not take.
    InvalidArgument,
    /// An envelope did not open. The cause is never named.
    OpenFailed,
    /// The platform's random source did not answer.
    EntropyUnavailable,
    /// The primary key has sealed as often as one key may.
    KeyExhausted,
}

impl Code {
    /// Returns the name used at the boundary. It never changes.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::InvalidSetting => "invalid_setting",
            Self::InvalidKey => "invalid_key",
            Self::InvalidTime => "invalid_time",
            Self::InvalidArgument => "invalid_argument",
            Self::OpenFailed => "open_failed",
            Self::EntropyUnavailable => "entropy_unavailable",
            Self::KeyExhausted => "key_exhausted",
        }
    }
}

/// A failure: a [`Code`], the field it concerns if there is one, and one line for people.
///
/// The message never holds key material, a token or any other secret.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Error {
    code: Code,
    field: Option<String>,
    message: String,
}

impl Error {
    /// Creates an error that concerns one field.
    pub fn new(code: Code, field: &str, message: impl Into<String>) -> Self {
        Self { code, field: Some(field.to_owned()), message: message.into() }
    }

    /// Creates an error that concerns no field in particular.
    pub fn general(code: Code, message: impl Into<String>) -> Self {
        Self { code, field: None, message: message.into() }
    }

    /// Returns the stable code.
    #[must_use]
    pub const fn code(&self) -> Code {
        self.code
    }

    /// Returns the name of the field concerned.
    #[must_use]
    pub fn field(&self) -> Option<&str> {
        self.field.as_deref()
    }

    /// Returns the message for people, in one line.
    #[must_use]
    pub fn message(&self) -> &str {
        &self.message
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

impl core::error::Error for Error {}
