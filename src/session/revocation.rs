//! Terminates every session of a user by a number that the database gives out in order.
//!
//! ```
//! use magic_sessionmanager_core::session::revocation::revokes;
//!
//! // The login read its user after revocation 4 was committed, and before revocation 5.
//! assert!(!revokes(4, 4));
//! assert!(revokes(5, 4));
//! ```

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
