//! The reasons of a termination.
//!
//! ```
//! use magic_sessionmanager_core::Reason;
//!
//! assert_eq!(Reason::PasswordChanged.as_str(), "password_changed");
//! assert_eq!(Reason::parse("password_changed"), Some(Reason::PasswordChanged));
//! assert_eq!(Reason::parse("boredom"), None);
//! ```

/// The reason why a session was terminated.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Reason {
    /// The user logged out.
    Logout,
    /// The user logged out everywhere.
    LogoutAll,
    /// The user terminated all sessions but the current one.
    LogoutOthers,
    /// The user terminated it from another session.
    LogoutRemote,
    /// An administrator terminated it.
    Admin,
    /// It was idle for longer than the inactivity timeout.
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
    /// A login beyond the limit of the user evicted it.
    SessionLimit,
    /// A refresh token was used twice: one of its holders is not the user (RFC 9700 §4.14.2).
    RefreshReuse,
}

impl Reason {
    /// Every reason.
    pub const ALL: [Self; 13] = [
        Self::Logout,
        Self::LogoutAll,
        Self::LogoutOthers,
        Self::LogoutRemote,
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

    /// Returns the name used at the boundary. It never changes.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Logout => "logout",
            Self::LogoutAll => "logout_all",
            Self::LogoutOthers => "logout_others",
            Self::LogoutRemote => "logout_remote",
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

    /// Reads a name, or returns `None`.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|reason| reason.as_str() == text)
    }
}
