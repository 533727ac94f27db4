//! What is known of one session.

use crate::session::reason::Reason;
use crate::time::UnixMillis;

/// The state of a session, without the details of its end.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Phase {
    /// In use.
    Active,
    /// Unused for longer than the inactivity timeout; the next request brings it back.
    Inactive,
    /// Ended for good.
    Terminated,
}

impl Phase {
    /// Every phase, in the order of its number at the boundary: 0, 1, 2.
    pub const ALL: [Self; 3] = [Self::Active, Self::Inactive, Self::Terminated];

    /// Gives the phase's name, which never changes.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Active => "active",
            Self::Inactive => "inactive",
            Self::Terminated => "terminated",
        }
    }

    /// Reads a phase's name, or gives `None`.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|phase| phase.as_str() == text)
    }
}

/// The state of a session with everything that belongs to it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum State {
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

impl State {
    /// Gives the state without its details.
    #[must_use]
    pub const fn phase(self) -> Phase {
        match self {
            Self::Active => Phase::Active,
            Self::Inactive => Phase::Inactive,
            Self::Terminated { .. } => Phase::Terminated,
        }
    }
}

/// One session as the machine sees it; whose it is does not matter here.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Session {
    /// Its state.
    pub state: State,
    /// When it began.
    pub logged_in: UnixMillis,
    /// When its newest request came.
    pub last_seen: UnixMillis,
    /// When *last seen* was last written down.
    pub last_touched: UnixMillis,
}
