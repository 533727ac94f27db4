//! Terminates any number of sessions by one instant: all that began before it.
//!
//! ```
//! use magic_sessionmanager_core::session::not_before::revokes;
//! use magic_sessionmanager_core::{Millis, NotBefore, Reason, UnixMillis};
//!
//! let at = UnixMillis::new(1_700_000_000_000);
//! let changed = NotBefore { at, reason: Reason::PasswordChanged };
//! assert_eq!(NotBefore::NONE.later(changed), changed);
//! assert!(at.before(Millis::new(1)).is_some_and(|login| revokes(changed.at, login)));
//! assert!(!revokes(changed.at, at));
//! ```

use super::reason::Reason;
use crate::time::UnixMillis;

/// The earliest login time allowed for a user, or for everyone.
///
/// It terminates any number of sessions by one stored row. A session that began in the same millisecond is not
/// terminated, because a change of password may be followed by a login at once. The two times may come from different
/// clocks: the decision may be wrong for a session younger than their difference.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NotBefore {
    /// The instant; zero terminates nothing.
    pub at: UnixMillis,
    /// The reason of the terminations.
    pub reason: Reason,
}

impl NotBefore {
    /// The instant that terminates nothing.
    pub const NONE: Self = Self { at: UnixMillis::new(0), reason: Reason::Admin };

    /// Returns the later of two instants, or `self` if they are equal.
    #[must_use]
    pub fn later(self, other: Self) -> Self {
        if other.at > self.at { other } else { self }
    }
}

/// Returns whether the instant `not_before` terminates a session that began at `logged_in`.
#[must_use]
pub fn revokes(not_before: UnixMillis, logged_in: UnixMillis) -> bool {
    logged_in < not_before
}
