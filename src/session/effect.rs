//! The effects that the shell carries out after an event.
//!
//! ```
//! use magic_sessionmanager_core::{Denial, Effect, Engine, Event, Settings, UnixMillis};
//!
//! let (engine, now) = (Engine::new(&Settings::default()), UnixMillis::new(1_700_000_000_000));
//! let refused = engine.transition(None, Event::Refreshed, now);
//! assert_eq!(refused.effects, [Effect::Deny { reason: Denial::Unknown }]);
//! assert_eq!(Denial::Unknown.as_str(), "unknown");
//! ```

use super::reason::Reason;

/// The reason of a refused request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Denial {
    /// The session does not exist.
    Unknown,
    /// The session was terminated for this reason.
    Terminated(Reason),
}

impl Denial {
    /// Returns the name of the reason, or `unknown`.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Unknown => "unknown",
            Self::Terminated(reason) => reason.as_str(),
        }
    }
}

/// An effect that the shell carries out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Effect {
    /// Store the session before the response leaves.
    Create,
    /// Store the time at which it was last seen.
    Touch,
    /// Store that it is active again.
    Reactivate,
    /// Store that it is inactive.
    MarkInactive,
    /// Store the new refresh token of the session.
    FollowRotation,
    /// Refuse the request.
    Deny {
        /// The reason for the client.
        reason: Denial,
    },
    /// Revoke every refresh token of the session.
    RevokeRefreshFamily,
    /// Store the termination, and notify every instance and listener.
    Notify {
        /// The reason of the termination.
        reason: Reason,
    },
    /// Delete the record.
    Delete,
}

impl Effect {
    /// Returns the name used at the boundary. It never changes.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Create => "create",
            Self::Touch => "touch",
            Self::Reactivate => "reactivate",
            Self::MarkInactive => "markInactive",
            Self::FollowRotation => "followRotation",
            Self::Deny { .. } => "deny",
            Self::RevokeRefreshFamily => "revokeRefreshFamily",
            Self::Notify { .. } => "notify",
            Self::Delete => "delete",
        }
    }
}
