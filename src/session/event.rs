//! What can happen to a session.

use super::not_before::NotBefore;
use super::reason::Reason;

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
