//! Encryption of stored tokens: keys, keyring, envelopes, sealing and opening, fingerprints.

pub mod aad;
pub mod envelope;
pub mod fingerprint;
pub mod key;
pub mod keyring;
pub mod seal;
pub mod seal_count;
mod stack;
