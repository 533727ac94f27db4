//! The core of the Strapi plugin magic-sessionmanager: decides on sessions and seals their tokens.
//!
//! A functional core: no clock, no I/O, no JavaScript. Time is always an argument, randomness comes only
//! through [`entropy::Entropy`], refusals are data, and errors are values with a stable
//! [code](error::Code). The plugin's TypeScript does the I/O and carries plain data in and out.
//!
//! | module | holds |
//! |---|---|
//! | [`time`], [`number`], [`error`], [`entropy`], [`address`], `hex` | used by all other modules |
//! | [`crypto`] | keys, keyring, envelope, sealing and opening tokens, fingerprints |
//! | [`rate`] | quotas and their decisions, the back-off after failed logins, the gate for writing *last seen* |
//! | [`geo`] | the country and the kind of network of an address |
//! | [`session`] | session ids, the state machine, the plan of a sweep |
//! | [`settings`] | the table of options and its parser |
//! | [`engine`] | gate, machine, sweep plan and decisions under one set of settings |
//! | [`preview`] | simulation of settings before they are saved |
//! | `serial` | the shapes in which values leave the core, with the feature `serde` |
//! | `wasm` | the boundary to JavaScript, on wasm32 only |
//!
//! The types that a host needs stand at the root as well.
//!
//! ```
//! use magic_sessionmanager_core::{
//!     Engine, Event, Millis, RawValue, Reason, Request, SessionState, UnixMillis, Verdict, parse_settings,
//! };
//!
//! let settings = parse_settings([("absoluteTimeout", RawValue::Number(3_600_000.0))])?;
//! let engine = Engine::new(&settings);
//! let logged_in = UnixMillis::new(1_700_000_000_000);
//! let request = Request {
//!     state: SessionState::Active,
//!     logged_in,
//!     last_seen: logged_in,
//!     last_touched: logged_in,
//!     not_before: UnixMillis::new(0),
//! };
//! let after = |minutes: u64| logged_in.after(Millis::new(minutes * 60_000));
//! assert_eq!(engine.check(&request, after(1)), Verdict::Allow { touch: true, reactivated: false });
//! assert_eq!(engine.check(&request, after(60)), Verdict::Expired);
//!
//! let session = engine.transition(None, Event::LoggedIn, logged_in).session;
//! let logout = engine.transition(session, Event::TerminateRequested(Reason::Logout), after(2));
//! // The host carries out the effects.
//! let effects: Vec<_> = logout.effects.iter().map(|effect| effect.as_str()).collect();
//! assert_eq!(effects, ["revokeRefreshFamily", "notify"]);
//! # Ok::<(), magic_sessionmanager_core::error::Error>(())
//! ```
//!
//! Codes, reasons and descriptions may grow, and so may the structs that only the core makes: they are marked as
//! `non_exhaustive`. Events, decisions and effects are not. A host that misses one of them must not compile, because a
//! wildcard could allow a request that the core refuses.
//!
//! Imports run one way: `time`, `number`, `error`, `entropy`, `address`, `hex` ← `crypto`, `rate`, `geo`, `session` (never
//! each other) ←
//! `settings` ← `engine` ← `preview` ← `serial` ← `wasm`.

#![forbid(unsafe_code)]

pub mod address;
pub mod crypto;
pub mod engine;
pub mod entropy;
pub mod error;
pub mod geo;
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

pub use crypto::aad::{Field, TokenOwner};
pub use crypto::fingerprint::fingerprint;
pub use crypto::key::{KeyId, MasterKey};
pub use crypto::keyring::{KeyState, Keyring};
pub use crypto::seal::{open, reseal, seal};
pub use engine::{Engine, Request};
pub use entropy::{BufferedEntropy, Entropy, SystemEntropy};
pub use error::{Code, Error};
pub use session::effect::{Denial, Effect};
pub use session::event::Event;
pub use session::id::SessionId;
pub use session::limit::{LimitDecision, LiveSession};
pub use session::machine::{Transition, Verdict};
pub use session::not_before::NotBefore;
pub use session::reason::Reason;
pub use session::rotation::{ChildUse, RefreshDecision, Rotated};
pub use session::state::{DetailedState, Session, SessionState};
pub use session::sweep::SweepPlan;
pub use settings::{RawValue, Settings, parse as parse_settings};
pub use time::{Millis, UnixMillis};

/// Names the session of a token. It stands here because `crypto` and `session` do not import each other.
impl<'a> From<&'a SessionId> for TokenOwner<'a> {
    fn from(id: &'a SessionId) -> Self {
        Self::new(id.as_bytes())
    }
}
