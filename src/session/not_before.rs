//! Ends any number of sessions by one instant: those that began before it are over.

use super::reason::Reason;
use crate::time::UnixMillis;

/// An instant before which no session of a user, or of anyone, may have begun.
///
/// It ends every session at once for the price of one stored row. A session that began in the very same
/// millisecond goes on, so that the login that follows a change of password is not ended by it. Login and instant
/// may come from different clocks: a session younger than their difference may be spared or ended wrongly.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NotBefore {
    /// The instant; zero ends nothing.
    pub at: UnixMillis,
    /// Why the sessions ended.
    pub reason: Reason,
}

impl NotBefore {
    /// Ends nothing.
    pub const NONE: Self = Self { at: UnixMillis::new(0), reason: Reason::Admin };

    /// Gives whichever lies later, such as of a user's and of everyone's; the first if they are equal.
    #[must_use]
    pub fn later(self, other: Self) -> Self {
        if other.at > self.at { other } else { self }
    }
}

/// Says whether a session that began at `logged_in` is ended by the instant `not_before`.
#[must_use]
pub fn revokes(not_before: UnixMillis, logged_in: UnixMillis) -> bool {
    logged_in < not_before
}
