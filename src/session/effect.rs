//! What the shell has to do after an event.

use super::reason::Reason;

/// Why a request is refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Denial {
    /// There is no such session.
    Unknown,
    /// The session ended for this reason.
    Terminated(Reason),
}

impl Denial {
    /// Gives the denial's name: the reason's, or `unknown`.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Unknown => "unknown",
            Self::Terminated(reason) => reason.as_str(),
        }
    }
}

/// An order to the shell.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Effect {
    /// Store the session before the response leaves.
    Create,
    /// Write down when it was last seen.
    Touch,
    /// Store that it is active again.
    Reactivate,
    /// Store that it is inactive.
    MarkInactive,
    /// Store the way from the new refresh token to the session.
    FollowRotation,
    /// Refuse whoever asked.
    Deny {
        /// What to tell the client.
        reason: Denial,
    },
    /// Make every refresh token of the session useless.
    RevokeRefreshFamily,
    /// Store the end of the session, and tell every instance and listener of it.
    Notify {
        /// Why it ended.
        reason: Reason,
    },
    /// Delete the record.
    Delete,
}

impl Effect {
    /// Gives the order's name, which never changes.
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
