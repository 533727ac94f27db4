//! What a presented refresh token means: the next rotation, the retry of a lost response, or a theft.

use crate::time::{Millis, UnixMillis};

/// What is known of a refresh token that has been exchanged for its child.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Rotated {
    /// When it was exchanged.
    pub at: UnixMillis,
    /// Whether the child has been used, be it for a refresh or by a request with an access token that came with it.
    pub child_used: bool,
}

/// What to do with a presented refresh token.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum RefreshDecision {
    /// Exchange it for a new child.
    Rotate,
    /// Answer with the child there already is: a second child would split the family in two.
    Retry,
    /// Refuse it and terminate the session: one of the token's holders is not the user.
    Reuse,
}

impl RefreshDecision {
    /// Gives the decision's name, which never changes.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Rotate => "rotate",
            Self::Retry => "retry",
            Self::Reuse => "reuse",
        }
    }
}

/// Decides what to do with a refresh token of a session that goes on; `rotated` is `None` while it is unused.
///
/// Two rules meet here. A rotated token that comes back means that its family is compromised and has to end
/// (RFC 9700 §4.14.2). A client whose response was lost must be able to try again with the token it has (FAPI 2.0
/// Security Profile §5.3.2.1). A used child proves that the response arrived, so a retry is one only while the
/// child is unused, and only for `window`: whoever comes later than that did not wait for a response.
///
/// A window of zero allows no retry. A clock that has stepped back behind the rotation leaves the window open.
#[must_use]
pub fn decide(rotated: Option<Rotated>, window: Millis, now: UnixMillis) -> RefreshDecision {
    match rotated {
        None => RefreshDecision::Rotate,
        Some(Rotated { at, child_used: false }) if now.since(at) < window => RefreshDecision::Retry,
        Some(_) => RefreshDecision::Reuse,
    }
}
