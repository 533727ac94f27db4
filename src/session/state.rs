//! The state of one session.
//!
//! ```
//! use magic_sessionmanager_core::{DetailedState, Reason, SessionState, UnixMillis};
//!
//! let at = UnixMillis::new(1_700_000_000_000);
//! let state = DetailedState::Terminated { at, reason: Reason::Admin };
//! assert_eq!(state.plain(), SessionState::Terminated);
//! assert_eq!(SessionState::parse("terminated"), Some(SessionState::Terminated));
//! ```

use crate::session::reason::Reason;
use crate::time::UnixMillis;

/// The state of a session.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum SessionState {
    /// In use.
    Active,
    /// Idle for longer than the inactivity timeout. The next request makes it active again.
    Inactive,
    /// Terminated. It is never active again.
    Terminated,
}

impl SessionState {
    /// Every state, at the index of its number at the boundary: 0, 1, 2.
    pub const ALL: [Self; 3] = [Self::Active, Self::Inactive, Self::Terminated];

    /// Returns the name used at the boundary. It never changes.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Active => "active",
            Self::Inactive => "inactive",
            Self::Terminated => "terminated",
        }
    }

    /// Reads a name, or returns `None`.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.as_str() == text)
    }
}

/// The state of a session, with the details of a termination.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DetailedState {
    /// In use.
    Active,
    /// Idle for longer than the inactivity timeout.
    Inactive,
    /// Terminated. Only the deletion of the record follows.
    Terminated {
        /// The time of the termination.
        at: UnixMillis,
        /// The first reason. A later one never replaces it.
        reason: Reason,
    },
}

impl DetailedState {
    /// Returns the state without its details.
    #[must_use]
    pub const fn plain(self) -> SessionState {
        match self {
            Self::Active => SessionState::Active,
            Self::Inactive => SessionState::Inactive,
            Self::Terminated { .. } => SessionState::Terminated,
        }
    }
}

/// One session, without its user, device and tokens.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Session {
    /// The state.
    pub state: DetailedState,
    /// The time of the login.
    pub logged_in: UnixMillis,
    /// The time of the newest request.
    pub last_seen: UnixMillis,
    /// The time at which *last seen* was last stored.
    pub last_touched: UnixMillis,
}
