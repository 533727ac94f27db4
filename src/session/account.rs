//! Binds a session to the account that it began with, and decides whether the account still allows it.
//!
//! ```
//! use magic_sessionmanager_core::Reason;
//! use magic_sessionmanager_core::session::account::{Account, AccountDecision, PasswordFingerprint, decide};
//!
//! let [old, new] = ["the old hash", "the new hash"].map(|hash| PasswordFingerprint::of(Some(hash)));
//! let account = Account { blocked: false, password: new };
//! assert_eq!(decide(Some(new), Some(account)), AccountDecision::Keep);
//! assert_eq!(decide(Some(old), Some(account)), AccountDecision::Terminate(Reason::PasswordChanged));
//! assert_eq!(decide(Some(new), None), AccountDecision::Terminate(Reason::UserDeleted));
//! ```

use core::fmt;

use super::id::short_hash;
use super::reason::Reason;
use crate::error::{Code, Error};
use crate::hex;

/// The length of a password fingerprint in bytes.
pub const PASSWORD_FINGERPRINT_BYTES: usize = 16;

/// Separates the fingerprint from every other use of SHA-256.
const PASSWORD_LABEL: &[u8] = b"magic-sessionmanager/password-fingerprint/v1\0";

/// The fingerprint of a stored password hash. Its text form is 32 lower-case hex digits.
///
/// It needs no key, so it stays the same under a new encryption key. It tells no more than the hash itself, which
/// stands in the same database.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct PasswordFingerprint([u8; PASSWORD_FINGERPRINT_BYTES]);

impl PasswordFingerprint {
    /// Fingerprints a stored password hash: the first 128 bits of SHA-256 over a label and the hash.
    ///
    /// A user without a password has a fingerprint, too. It differs from that of every hash.
    #[must_use]
    pub fn of(hash: Option<&str>) -> Self {
        let parts: [&[u8]; 2] = [&[u8::from(hash.is_some())], hash.unwrap_or_default().as_bytes()];
        Self(short_hash(PASSWORD_LABEL, &parts))
    }

    /// Reads the text form.
    ///
    /// # Errors
    /// [`Code::InvalidArgument`] if the text is not exactly 32 lower-case hex digits.
    pub fn parse(text: &str) -> Result<Self, Error> {
        let mut bytes = [0; PASSWORD_FINGERPRINT_BYTES];
        hex::decode(text, &mut bytes).map(|()| Self(bytes)).ok_or_else(|| {
            Error::new(
                Code::InvalidArgument,
                "passwordFingerprint",
                "passwordFingerprint takes 32 lower-case hex digits",
            )
        })
    }
}

impl fmt::Display for PasswordFingerprint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&hex::text(&self.0))
    }
}

/// The facts about a user that decide on the user's sessions.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Account {
    /// Whether the user is blocked.
    pub blocked: bool,
    /// The fingerprint of the stored password hash.
    pub password: PasswordFingerprint,
}

/// The decision on a session by the account of its user.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum AccountDecision {
    /// The session goes on.
    Keep,
    /// The session goes on, and the caller binds it to the fingerprint of now.
    Bind,
    /// The caller terminates the session.
    Terminate(Reason),
}

impl AccountDecision {
    /// Returns the name used at the boundary: `keep`, `bind`, or the reason of the termination.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Keep => "keep",
            Self::Bind => "bind",
            Self::Terminate(reason) => reason.as_str(),
        }
    }
}

/// Decides on a session by the account of its user, without a clock.
///
/// `bound` is the fingerprint that the session began with, or `None` for a session from before the binding. `account`
/// is `None` if the user does not exist. A session never outlives a change of the password, because only the hash that
/// its login read counts, and not the order in which instances hear of the change.
#[must_use]
pub fn decide(bound: Option<PasswordFingerprint>, account: Option<Account>) -> AccountDecision {
    match (bound, account) {
        (_, None) => AccountDecision::Terminate(Reason::UserDeleted),
        (_, Some(Account { blocked: true, .. })) => AccountDecision::Terminate(Reason::UserBlocked),
        (None, Some(_)) => AccountDecision::Bind,
        (Some(bound), Some(Account { password, .. })) if bound == password => AccountDecision::Keep,
        (Some(_), Some(_)) => AccountDecision::Terminate(Reason::PasswordChanged),
    }
}
