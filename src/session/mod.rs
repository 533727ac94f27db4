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
