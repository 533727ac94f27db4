//! Tells which session a new token belongs to, where a request carries a trace of an earlier login.
//!
//! ```
//! use magic_sessionmanager_core::session::continuation::{IssueDecision, decide, secret_fingerprint};
//!
//! assert_eq!(decide(true, false, true), IssueDecision::Begin);
//! assert_eq!(decide(false, true, false), IssueDecision::Continue);
//! assert_eq!(decide(false, true, true), IssueDecision::Refuse);
//!
//! let fingerprint = secret_fingerprint(&mut "0123456789abcdef0123".to_owned());
//! assert_eq!(fingerprint.map(|text| text.len()), Some(32));
//! assert_eq!(secret_fingerprint(&mut "too short".to_owned()), None);
//! ```

use super::id;
use crate::hex;
use crate::time::UnixMillis;

/// The shortest text that counts as a secret, in bytes. Twenty hex digits have 80 bits.
pub const MIN_SECRET_BYTES: usize = 20;

/// The longest text that counts as a secret, in bytes.
pub const MAX_SECRET_BYTES: usize = 4096;

/// Separates the fingerprint from every other use of SHA-256.
const LABEL: &[u8] = b"magic-sessionmanager/linked-secret/v1\0";

/// Fingerprints a text if it may be a secret of another plugin, such as its refresh token: 32 lower-case hex digits.
///
/// Such a text has 20 to 4096 characters, all of them letters and digits of ASCII and `-._~+/=:|`, without `://`.
///
/// The case of letters does not matter, because some databases ignore it when they look for a token. The text is
/// therefore changed to lower case. Of a text with two dots only the part before the last dot counts. In a JSON web
/// token that part is signed, and several signatures may be valid for it.
///
/// The fingerprint needs no key, so it stays the same under a new encryption key. Random secrets of this length cannot
/// be guessed.
#[must_use]
pub fn secret_fingerprint(text: &mut str) -> Option<String> {
    text.make_ascii_lowercase();
    let bytes = text.as_bytes();
    if bytes.len() < MIN_SECRET_BYTES || bytes.len() > MAX_SECRET_BYTES {
        return None;
    }
    let (mut dots, mut last_dot) = (0_usize, 0);
    for (index, byte) in bytes.iter().enumerate() {
        match byte {
            b'.' => (dots, last_dot) = (dots.saturating_add(1), index),
            b'/' if bytes.get(..index).is_some_and(|before| before.ends_with(b":/")) => return None,
            b'0'..=b'9' | b'a'..=b'z' | b'+' | b'-' | b'/' | b':' | b'=' | b'_' | b'|' | b'~' => {}
            _ => return None,
        }
    }
    let counted = if dots == 2 { bytes.get(..last_dot)? } else { bytes };
    Some(hex::text(&id::short_hash(LABEL, &[counted])))
}

/// Returns whether a terminated session ended with its tokens alone: a refresh may continue it in a new session.
///
/// `expires` is the time at which its tokens ran out, `None` without one. `terminated` is the time of the termination.
#[must_use]
pub fn ran_out(expires: Option<UnixMillis>, terminated: Option<UnixMillis>) -> bool {
    expires.is_some_and(|expires| expires <= terminated.unwrap_or_default())
}

/// Returns whether a token of an identity provider that names no session comes from a login after a terminated session.
///
/// `issued` is the time at which the token was issued, `None` if it does not tell. Such a token begins no session. A
/// session without the time of its termination is not terminated.
#[must_use]
pub fn is_later_login(issued: Option<UnixMillis>, terminated: Option<UnixMillis>) -> bool {
    matches!((issued, terminated), (Some(issued), Some(terminated)) if issued > terminated)
}

/// The decision on a token that is about to be issued.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum IssueDecision {
    /// The token begins a session.
    Begin,
    /// The token belongs to the live session that the request carries.
    Continue,
    /// No token is issued, because the request carries a session that is terminated.
    Refuse,
}

/// Decides on a token that is about to be issued.
///
/// `is_login` tells that the request proved who the user is, by a password for instance. Such a request begins a
/// session whatever old tokens it carries. `live` and `terminated` tell whether it carries sessions of the user that
/// are live, and sessions that are not. A terminated one decides: the holder of its token must not escape by adding
/// another one.
#[must_use]
pub const fn decide(is_login: bool, live: bool, terminated: bool) -> IssueDecision {
    match (is_login, live, terminated) {
        (true, ..) | (false, false, false) => IssueDecision::Begin,
        (false, _, true) => IssueDecision::Refuse,
        (false, true, false) => IssueDecision::Continue,
    }
}
