//! Sessions: their states, the state machine and the decisions around it.
//!
//! | module | holds |
//! |---|---|
//! | [`id`], [`state`] | a session at one moment |
//! | [`policy`] | the policy that sessions are evaluated by |
//! | [`event`], [`reason`] | events, and the reasons of a termination |
//! | [`machine`], [`effect`] | transitions, and their effects for the shell |
//! | [`sweep`] | the cut-off times of a sweep |
//! | [`limit`], [`rotation`] | decisions on logins, on refresh tokens |
//! | [`not_before`], [`revocation`] | the termination of many sessions by one instant, or by one number |
//! | [`account`] | the decision on a session by the account of its user |
//! | [`continuation`] | the decision whether a new token begins a session |
//!
//! ```
//! use magic_sessionmanager_core::{Effect, Engine, Event, Reason, SessionState, Settings, UnixMillis};
//!
//! let (engine, now) = (Engine::new(&Settings::default()), UnixMillis::new(1_700_000_000_000));
//! let login = engine.transition(None, Event::LoggedIn, now);
//! assert_eq!(login.effects, [Effect::Create]);
//! let logout = engine.transition(login.session, Event::TerminateRequested(Reason::Logout), now);
//! let state = logout.session.map(|session| session.state.plain());
//! assert_eq!(state, Some(SessionState::Terminated));
//! ```

pub mod account;
pub mod continuation;
pub mod effect;
pub mod event;
pub mod id;
pub mod limit;
pub mod machine;
pub mod not_before;
pub mod policy;
pub mod reason;
pub mod revocation;
pub mod rotation;
pub mod state;
pub mod sweep;
