//! Keeps tokens unreadable at rest: keys, the keyring, the envelope, sealing, opening and resealing, fingerprints.

pub mod aad;
pub mod envelope;
pub mod fingerprint;
pub mod key;
pub mod keyring;
pub mod seal;
pub mod seal_count;
mod stack;
