//! Encryption of stored tokens: the cipher, keys, keyring, envelopes, sealing and opening, fingerprints.

pub mod aad;
pub mod envelope;
pub mod fingerprint;
pub mod gcm;
pub mod key;
pub mod keyring;
pub mod seal;
pub mod seal_count;
