//! Tests of sealing and of keys.

mod gcm;
mod keyring;
mod mutations;
mod published_vectors;
mod sealing;
mod tampering;
