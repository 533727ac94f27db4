//! Recognises a token without keeping it.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use hmac::Mac as _;

use super::keyring::Keyring;

/// Gives a token's fingerprint: HMAC-SHA-256 under the lookup key, 43 characters of URL-safe base64.
///
/// The same token always gives the same text, so it can be indexed; without the key a guess cannot be checked.
#[must_use]
pub fn fingerprint(keyring: &Keyring, token: &str) -> String {
    let mut mac = keyring.lookup().clone();
    mac.update(token.as_bytes());
    URL_SAFE_NO_PAD.encode(mac.finalize_reset().into_bytes())
}
