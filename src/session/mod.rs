//! What a session is and what becomes of it.
//!
//! | module | holds |
//! |---|---|
//! | [`id`], [`state`] | a session at one moment |
//! | [`policy`] | the rules by which it is judged |
//! | [`event`], [`reason`], [`machine`], [`effect`] | a fact, why a session ends, what a fact makes of a session, what the shell has to do |
//! | [`sweep`] | what time alone has changed |
//! | [`limit`], [`not_before`], [`rotation`] | decisions about a login, about many sessions, about a refresh token |

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
