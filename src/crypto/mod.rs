//! Encryption of stored tokens: the cipher, keys, keyring, envelopes, sealing and opening, fingerprints.
//!
//! ```
//! use magic_sessionmanager_core::{Field, Keyring, MasterKey, SessionId, SystemEntropy, open, seal};
//!
//! let keyring = Keyring::new(&MasterKey::from_app_secret("a secret of the app")?)?;
//! let id = SessionId::random(&SystemEntropy)?;
//! let envelope = seal(&keyring, &SystemEntropy, (&id).into(), Field::RefreshToken, "a token")?;
//! assert_eq!(open(&keyring, (&id).into(), Field::RefreshToken, &envelope)?.as_str(), "a token");
//! # Ok::<(), magic_sessionmanager_core::Error>(())
//! ```

pub mod aad;
pub mod envelope;
pub mod fingerprint;
pub mod gcm;
pub mod key;
pub mod keyring;
pub mod seal;
pub mod seal_count;
