//! What can happen to a session, and why one ends.

use super::not_before::NotBefore;

/// Why a session ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Reason {
    /// The user logged out.
    Logout,
    /// The user logged out everywhere.
    LogoutAll,
    /// The user ended every session but the one in hand.
    LogoutOthers,
    /// An administrator ended it.
    Admin,
    /// It was idle for too long.
    Idle,
    /// It reached the absolute timeout.
    Expired,
    /// The user's password changed.
    PasswordChanged,
    /// The user was blocked.
    UserBlocked,
    /// The user was deleted.
    UserDeleted,
    /// The user was given another role.
    RoleChanged,
    /// A newer session took its place within the user's limit.
    SessionLimit,
    /// A refresh token was used twice, so one of its holders is not the user (RFC 9700 §4.14.2).
    RefreshReuse,
}

impl Reason {
    /// Every reason, in the order of declaration.
    pub const ALL: [Self; 12] = [
        Self::Logout,
        Self::LogoutAll,
        Self::LogoutOthers,
        Self::Admin,
        Self::Idle,
        Self::Expired,
        Self::PasswordChanged,
        Self::UserBlocked,
        Self::UserDeleted,
        Self::RoleChanged,
        Self::SessionLimit,
        Self::RefreshReuse,
    ];

    /// Gives the reason's name, which never changes.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Logout => "logout",
            Self::LogoutAll => "logout_all",
            Self::LogoutOthers => "logout_others",
            Self::Admin => "admin",
            Self::Idle => "idle",
            Self::Expired => "expired",
            Self::PasswordChanged => "password_changed",
            Self::UserBlocked => "user_blocked",
            Self::UserDeleted => "user_deleted",
            Self::RoleChanged => "role_changed",
            Self::SessionLimit => "session_limit",
            Self::RefreshReuse => "refresh_reuse",
        }
    }

    /// Reads a reason's name, or gives `None`.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|reason| reason.as_str() == text)
    }
}

/// A fact about a session.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Event {
    /// A login succeeded.
    LoggedIn,
    /// A request came with the session's token.
    RequestSeen {
        /// The instant before which no session of this user may have begun.
        not_before: NotBefore,
    },
    /// Its refresh token was exchanged for a new one.
    Refreshed,
    /// A refresh token came that had been exchanged before, and it was no retry.
    Replayed,
    /// A sweep found that it had been idle for too long.
    IdleElapsed,
    /// A sweep found that it had reached the absolute timeout.
    AbsoluteElapsed,
    /// Someone or something decided to end it.
    TerminateRequested(Reason),
    /// A sweep found that its record is older than the retention.
    RetentionElapsed,
}
