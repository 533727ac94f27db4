//! Fingerprints, which find a token without storing it.
//!
//! ```
//! use magic_sessionmanager_core::{Keyring, MasterKey, fingerprint};
//!
//! let keyring = Keyring::new(&MasterKey::from_app_secret("a secret of the app")?)?;
//! assert_eq!(fingerprint(&keyring, "a token"), fingerprint(&keyring, "a token"));
//! assert_ne!(fingerprint(&keyring, "a token"), fingerprint(&keyring, "another token"));
//! # Ok::<(), magic_sessionmanager_core::Error>(())
//! ```

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use hmac::Mac as _;

use super::keyring::Keyring;

/// Returns the fingerprint of a token: HMAC-SHA-256 under the lookup key, 43 characters of URL-safe base64.
///
/// The same token always gives the same fingerprint, which a database can index. Nobody can test a guess without the
/// key.
#[must_use]
pub fn fingerprint(keyring: &Keyring, token: &str) -> String {
    let mut mac = keyring.lookup().clone();
    mac.update(token.as_bytes());
    URL_SAFE_NO_PAD.encode(mac.finalize_reset().into_bytes())
}
