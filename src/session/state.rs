//! What is known of one session.

use crate::session::reason::Reason;
use crate::time::UnixMillis;

/// The state of a session, without the details of its end.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum SessionState {
    /// In use.
    Active,
    /// Unused for longer than the inactivity timeout; the next request brings it back.
    Inactive,
    /// Ended for good.
    Terminated,
}

impl SessionState {
    /// Every state, in the order of its number at the boundary: 0, 1, 2.
    pub const ALL: [Self; 3] = [Self::Active, Self::Inactive, Self::Terminated];

    /// Gives the state's name, which never changes.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Active => "active",
            Self::Inactive => "inactive",
            Self::Terminated => "terminated",
        }
    }

    /// Reads a state's name, or gives `None`.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.as_str() == text)
    }
}

/// The state of a session with everything that belongs to it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DetailedState {
    /// In use.
    Active,
    /// Unused for longer than the inactivity timeout.
    Inactive,
    /// Ended: nothing leads out of here but deletion.
    Terminated {
        /// When it ended.
        at: UnixMillis,
        /// Why it ended first; a later reason never replaces it.
        reason: Reason,
    },
}

impl DetailedState {
    /// Gives the state without its details.
    #[must_use]
    pub const fn plain(self) -> SessionState {
        match self {
            Self::Active => SessionState::Active,
            Self::Inactive => SessionState::Inactive,
            Self::Terminated { .. } => SessionState::Terminated,
        }
    }
}

/// One session as the machine sees it; whose it is does not matter here.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Session {
    /// Its state.
    pub state: DetailedState,
    /// When it began.
    pub logged_in: UnixMillis,
    /// When its newest request came.
    pub last_seen: UnixMillis,
    /// When *last seen* was last written down.
    pub last_touched: UnixMillis,
}
