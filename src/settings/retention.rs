//! How long records are kept.

use crate::time::Millis;

/// How long records are kept once nothing needs them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Retention {
    /// They are never deleted.
    Forever,
    /// They are deleted after this many days of 24 hours.
    Days(u32),
}

impl Retention {
    pub(super) fn span(self) -> Option<Millis> {
        match self {
            Self::Forever => None,
            Self::Days(days) => Some(Millis::from_days(days)),
        }
    }
}
