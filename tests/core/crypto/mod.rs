//! Tests of sealing and of keys.

mod keyring;
mod mutations;
mod published_vectors;
mod sealing;
mod tampering;
