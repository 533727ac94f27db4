//! Sessions: their states, the state machine and the decisions around it.
//!
//! | module | holds |
//! |---|---|
//! | [`id`], [`state`] | a session at one moment |
//! | [`policy`] | the policy that sessions are evaluated by |
//! | [`event`], [`reason`] | events, and the reasons of a termination |
//! | [`machine`], [`effect`] | transitions, and their effects for the shell |
//! | [`sweep`] | the cut-off times of a sweep |
//! | [`limit`], [`not_before`], [`rotation`] | decisions on logins, on many sessions, on refresh tokens |

pub mod effect;
pub mod event;
pub mod id;
pub mod limit;
pub mod machine;
pub mod not_before;
pub mod policy;
pub mod reason;
pub mod rotation;
pub mod state;
pub mod sweep;
