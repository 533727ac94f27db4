//! Decisions on refresh tokens: the next rotation, the retry after a lost response, or a theft.

use crate::time::{Millis, UnixMillis};

/// The facts about a refresh token that has been exchanged for its child.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Rotated {
    /// The time of the exchange.
    pub at: UnixMillis,
    /// Whether the child has been used: for a refresh, or by a request with the access token issued with it.
    pub child_used: bool,
}

/// The decision on a refresh token.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum RefreshDecision {
    /// Exchange it for a new child.
    Rotate,
    /// Answer with the existing child. A second child would split the family.
    Retry,
    /// Refuse it and terminate the session. One of the holders of the token is not the user.
    Reuse,
}

impl RefreshDecision {
    /// Returns the name used at the boundary. It never changes.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Rotate => "rotate",
            Self::Retry => "retry",
            Self::Reuse => "reuse",
        }
    }
}

/// Decides on a refresh token of a session that is not terminated.
///
/// `rotated` is `None` while the token has not been exchanged.
///
/// A second use of an exchanged token means that its family is compromised and must be revoked (RFC 9700 §4.14.2). A
/// client whose response was lost must be able to retry with the old token (FAPI 2.0 Security Profile §5.3.2.1). A used
/// child proves that the response arrived. A retry is therefore allowed only while the child is unused, and only within
/// `window` after the exchange.
///
/// A window of zero allows no retry. While the clock stands before the exchange, the window is open.
#[must_use]
pub fn decide(rotated: Option<Rotated>, window: Millis, now: UnixMillis) -> RefreshDecision {
    match rotated {
        None => RefreshDecision::Rotate,
        Some(Rotated { at, child_used: false }) if now.since(at) < window => RefreshDecision::Retry,
        Some(_) => RefreshDecision::Reuse,
    }
}
