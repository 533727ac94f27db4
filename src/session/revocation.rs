//! Terminates any number of sessions at once by one stored row: by an instant, and by a number that the database gives
//! out in order.
//!
//! ```
//! use magic_sessionmanager_core::UnixMillis;
//! use magic_sessionmanager_core::session::revocation::{Revocation, RevokedBy};
//!
//! let noon = UnixMillis::new(1_700_000_000_000);
//! let revocation = Revocation { not_before: noon, number: 5, written: noon };
//! // The login read its user after revocation 4 was committed, and before revocation 5.
//! assert_eq!(revocation.revoked_by(noon, 4), RevokedBy::Number);
//! assert_eq!(revocation.revoked_by(noon, 5), RevokedBy::Nothing);
//! ```

use super::not_before;
use crate::time::UnixMillis;

/// Returns whether a revocation terminates a session.
///
/// Revocations are numbered in the order in which they are committed, starting with 1. `known` is the number of the
/// newest revocation, of any user, that was committed before the session's login read its user. `revocation` is the
/// number of the newest revocation of the user, or of everyone; zero if there is none.
///
/// Numbers need no clock. A login that read its user before a revocation is terminated by it, however late the
/// session is written, and on every instance.
#[must_use]
pub const fn revokes(revocation: u64, known: u64) -> bool {
    known < revocation
}

/// The row that terminates the sessions of a user, or of everyone.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Revocation {
    /// Sessions that began before this instant are terminated; zero terminates none.
    pub not_before: UnixMillis,
    /// The number of the newest revocation; zero if there is none.
    pub number: u64,
    /// The time at which the row was last written.
    pub written: UnixMillis,
}

/// The part of a [`Revocation`] that terminates a session.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum RevokedBy {
    /// None.
    Nothing,
    /// Its number, which the login did not know of.
    Number,
    /// Its instant, which is later than the login.
    Instant,
}

impl Revocation {
    /// Returns what terminates a session that began at `logged_in` and whose login knew the revocations up to `known`.
    ///
    /// The number comes first, because it depends on no clock.
    #[must_use]
    pub fn revoked_by(&self, logged_in: UnixMillis, known: u64) -> RevokedBy {
        if revokes(self.number, known) {
            RevokedBy::Number
        } else if not_before::revokes(self.not_before, logged_in) {
            RevokedBy::Instant
        } else {
            RevokedBy::Nothing
        }
    }

    /// Decides on a token from before the plugin that becomes a session.
    ///
    /// `issued` is the time at which the token was issued; `None` if it does not tell. Such a token may be of any age, so
    /// every instant refuses it, and it knows no revocation. A token that was issued once the row was written knows the
    /// revocation of that row.
    #[must_use]
    pub fn adopt(&self, issued: Option<UnixMillis>) -> Adoption {
        let issued = issued.unwrap_or_default();
        if not_before::revokes(self.not_before, issued) {
            Adoption::Refuse
        } else if not_before::revokes(self.written, issued) {
            Adoption::Unaware
        } else {
            Adoption::Aware
        }
    }
}

/// The decision on a token from before the plugin, by one [`Revocation`] of its user or of everyone.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Adoption {
    /// The token is refused.
    Refuse,
    /// Its session does not know of the revocation, and is terminated by its number.
    Unaware,
    /// Its session knows of the revocation.
    Aware,
}

/// The place of a user's row in a sweep.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum SweepTurn {
    /// The row terminates nothing.
    Never,
    /// It goes before the row of everyone.
    Before,
    /// It goes after the row of everyone.
    After,
}

/// Returns when a sweep takes the row of a user by its `value`: its instant or its number, zero without any.
///
/// `of_everyone` is that value in the row of everyone. A session that both terminate gets the reason of the higher one,
/// as by a request.
#[must_use]
pub const fn sweep_turn(value: u64, of_everyone: u64) -> SweepTurn {
    if value == 0 {
        SweepTurn::Never
    } else if value >= of_everyone {
        SweepTurn::Before
    } else {
        SweepTurn::After
    }
}
