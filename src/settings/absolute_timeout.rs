//! The time after which a session expires.

use crate::time::Millis;

/// The time after login at which a session expires.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AbsoluteTimeout {
    /// This long after login.
    After(Millis),
    /// Together with its tokens, whenever that is.
    Token,
}

impl AbsoluteTimeout {
    /// Returns the time as a span, which never passes if the tokens decide.
    #[must_use]
    pub const fn span(self) -> Millis {
        match self {
            Self::After(timeout) => timeout,
            Self::Token => Millis::new(u64::MAX),
        }
    }
}
