//! The effects of settings before they are saved: on the sessions of one user over time, and on stored sessions.
//!
//! Every decision is made by the [`engine`](crate::engine).
//!
//! ```
//! use magic_sessionmanager_core::preview::simulation::{Step, simulate};
//! use magic_sessionmanager_core::{Engine, Millis, Reason, Settings, UnixMillis};
//!
//! let engine = Engine::new(&Settings::default());
//! let script = [Step::Login, Step::Request, Step::Pause(Millis::from_days(31))];
//! let timeline = simulate(&engine, &script, UnixMillis::new(1_700_000_000_000))?;
//! assert_eq!(timeline.sessions.first().and_then(|session| session.reason), Some(Reason::Expired));
//! # Ok::<(), magic_sessionmanager_core::Error>(())
//! ```

pub mod attack;
pub mod impact;
pub mod simulation;
