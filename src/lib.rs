//! The core of the Strapi plugin magic-sessionmanager: decides on sessions and seals their tokens.
//!
//! A functional core: no clock, no I/O, no JavaScript. Time is always an argument, randomness comes only
//! through [`entropy::Entropy`], refusals are data, and errors are values with a stable
//! [code](error::Code). The plugin's TypeScript does the I/O and carries plain data in and out.
//!
//! | module | holds |
//! |---|---|
//! | [`time`], [`number`], [`error`], [`entropy`], `hex` | used by all other modules |
//! | [`crypto`] | keys, keyring, envelope, sealing and opening tokens, fingerprints |
//! | [`rate`] | quotas and their decisions, the back-off after failed logins, the gate for writing *last seen* |
//! | [`session`] | session ids, the state machine, the plan of a sweep |
//! | [`settings`] | the table of options and its parser |
//! | [`engine`] | gate, machine, sweep plan and decisions under one set of settings |
//! | [`preview`] | simulation of settings before they are saved |
//! | `serial` | the shapes in which values leave the core, with the feature `serde` |
//! | `wasm` | the boundary to JavaScript, on wasm32 only |
//!
//! Imports run one way: `time`, `number`, `error`, `entropy`, `hex` ← `crypto`, `rate`, `session` (never each other) ←
//! `settings` ← `engine` ← `preview` ← `serial` ← `wasm`.

#![forbid(unsafe_code)]

pub mod crypto;
pub mod engine;
pub mod entropy;
pub mod error;
mod hex;
pub mod number;
pub mod preview;
pub mod rate;
#[cfg(any(feature = "serde", target_arch = "wasm32"))]
mod serial;
pub mod session;
pub mod settings;
pub mod time;

#[cfg(target_arch = "wasm32")]
mod wasm;

/// Names the session of a token. It stands here because `crypto` and `session` do not import each other.
impl<'a> From<&'a session::id::SessionId> for crypto::aad::TokenOwner<'a> {
    fn from(id: &'a session::id::SessionId) -> Self {
        Self::new(id.as_bytes())
    }
}
