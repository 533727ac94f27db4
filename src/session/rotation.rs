//! Decisions on refresh tokens: the next rotation, the retry after a lost response, or a reuse.
//!
//! ```
//! use magic_sessionmanager_core::session::rotation::{OnRefreshReuse, ReusePolicy};
//! use magic_sessionmanager_core::{ChildUse, Millis, RefreshDecision, Rotated, UnixMillis};
//!
//! let policy = ReusePolicy { window: Millis::new(30_000), on_reuse: OnRefreshReuse::Terminate };
//! let at = UnixMillis::new(1_700_000_000_000);
//! let decide = |child, now| policy.decide(Some(Rotated { at, child }), now);
//! assert_eq!(policy.decide(None, at), RefreshDecision::Rotate);
//! assert_eq!(decide(ChildUse::Unused, at), RefreshDecision::Retry);
//! assert_eq!(decide(ChildUse::OtherOrigin, at), RefreshDecision::Reuse);
//! assert_eq!(decide(ChildUse::Unused, at.after(policy.window)), RefreshDecision::Reuse);
//! ```

use crate::time::{Millis, UnixMillis};

/// The most by which the clock of the instance that exchanged a token may be ahead, where the window is shorter.
const MAX_CLOCK_DIFFERENCE: Millis = Millis::new(60_000);

/// The effect of a second use of a refresh token that is no retry.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum OnRefreshReuse {
    /// The session is terminated (RFC 9700 §4.14.2).
    Terminate,
    /// The token is refused.
    Refuse,
    /// The token is answered within the retry window, and refused after it.
    Tolerate,
}

impl OnRefreshReuse {
    /// Every effect.
    pub const ALL: [Self; 3] = [Self::Terminate, Self::Refuse, Self::Tolerate];
}

/// The policy for refresh tokens that have been exchanged.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ReusePolicy {
    /// The time after the exchange in which a second use may be a retry.
    pub window: Millis,
    /// The effect of a second use that is no retry.
    pub on_reuse: OnRefreshReuse,
}

/// The first use of a child, compared with the request that presents its parent.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum ChildUse {
    /// It has not been used, neither for a refresh nor by a request with the access token issued with it.
    Unused,
    /// It was used from the same address and device.
    SameOrigin,
    /// It was used from elsewhere, or one of the two origins is unknown.
    OtherOrigin,
}

impl ChildUse {
    /// Compares the origin of the first use with the origin of the request. `None` is an unknown origin.
    #[must_use]
    pub fn compare(used: bool, used_by: Option<&str>, presented_by: Option<&str>) -> Self {
        match (used, used_by, presented_by) {
            (false, ..) => Self::Unused,
            (true, Some(used_by), Some(presented_by)) if used_by == presented_by => Self::SameOrigin,
            (true, ..) => Self::OtherOrigin,
        }
    }
}

/// The facts about a refresh token that has been exchanged for its child.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Rotated {
    /// The time of the exchange.
    pub at: UnixMillis,
    /// The first use of the child.
    pub child: ChildUse,
}

/// The decision on a refresh token.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum RefreshDecision {
    /// Exchange it for a new child.
    Rotate,
    /// Answer with the existing child. A second child would split the family.
    Retry,
    /// Answer with the existing child, and report the reuse.
    Tolerate,
    /// Refuse it, and report the reuse. The session stays.
    Refuse,
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
            Self::Tolerate => "tolerate",
            Self::Refuse => "refuse",
            Self::Reuse => "reuse",
        }
    }
}

impl ReusePolicy {
    /// Decides on a refresh token of a session that is not terminated.
    ///
    /// `rotated` is `None` while the token has not been exchanged.
    ///
    /// A second use of an exchanged token means that its family is compromised and must be revoked (RFC 9700 §4.14.2).
    /// A client whose response was lost must be able to retry with the old token (FAPI 2.0 Security Profile §5.3.2.1).
    /// A retry is allowed only within the window after the exchange. A used child proves that the response arrived. It
    /// may still have reached another tab or another request of the same client, so a retry from the origin of the use
    /// is allowed as well.
    ///
    /// A window of zero allows no retry. The clock may stand before the exchange, because instances differ: by the window
    /// for a used child, and by a minute as well for an unused one. An exchange further ahead comes from a clock that
    /// was wrong, and its window is closed.
    #[must_use]
    pub fn decide(&self, rotated: Option<Rotated>, now: UnixMillis) -> RefreshDecision {
        let Some(Rotated { at, child }) = rotated else { return RefreshDecision::Rotate };
        let (behind, ahead) = (now.since(at), at.since(now));
        let is_near = behind < self.window && ahead < self.window;
        let is_open = is_near || (behind < self.window && ahead < MAX_CLOCK_DIFFERENCE);
        match (child, self.on_reuse) {
            (ChildUse::Unused, _) if is_open => RefreshDecision::Retry,
            (ChildUse::SameOrigin, _) if is_near => RefreshDecision::Retry,
            (_, OnRefreshReuse::Tolerate) if is_near => RefreshDecision::Tolerate,
            (_, OnRefreshReuse::Refuse | OnRefreshReuse::Tolerate) => RefreshDecision::Refuse,
            (_, OnRefreshReuse::Terminate) => RefreshDecision::Reuse,
        }
    }
}
