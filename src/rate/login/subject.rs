//! The allowances of networks, and of names that no account has.
//!
//! ```
//! use magic_sessionmanager_core::rate::login::subject::{Count, State, count};
//! use magic_sessionmanager_core::{Settings, UnixMillis};
//!
//! let (limits, now) = (Settings::default().login_limits(), UnixMillis::new(1_700_000_000_000));
//! let states = Vec::from_iter(["client", "name"].into_iter().filter_map(State::parse));
//! let decision = count(&limits, &states, Count::Take, 1, now);
//! assert!(decision.allowed);
//! assert_eq!(decision.allowances.len(), 2);
//! ```

use super::allowance::{self, Allowance};
use super::limits::Limits;
use super::text::read_allowance;
use crate::address::Width;
use crate::rate::quota::Quota;
use crate::time::{Millis, UnixMillis};

/// A network or a name: failed logins are counted for these as well as for the account.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Subject {
    /// A network of some width.
    Network(Width),
    /// A name that was typed and that no account has. It is held like an account, so that a lock does not reveal which
    /// accounts exist.
    Name,
}

impl Subject {
    /// Returns the name used at the boundary. It never changes.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Network(Width::Client) => "client",
            Self::Network(Width::Household) => "household",
            Self::Network(Width::Site) => "site",
            Self::Name => "name",
        }
    }

    /// Reads a name, or returns `None`.
    #[must_use]
    pub fn parse(name: &str) -> Option<Self> {
        Some(match name {
            "client" => Self::Network(Width::Client),
            "household" => Self::Network(Width::Household),
            "site" => Self::Network(Width::Site),
            "name" => Self::Name,
            _ => return None,
        })
    }

    /// Returns the quota of the subject. A household may fail four times as often as a client, a site sixteen times.
    fn quota(self, limits: &Limits, shares: u64) -> Quota {
        let quota = match self {
            Self::Network(Width::Client) => limits.network(1),
            Self::Network(Width::Household) => limits.network(4),
            Self::Network(Width::Site) => limits.network(16),
            Self::Name => limits.unknown_places(),
        };
        quota.share(shares)
    }
}

/// The state of one subject.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct State {
    /// The subject.
    pub subject: Subject,
    /// Its stored allowance, if something was taken from it.
    pub allowance: Option<Allowance>,
}

/// The decision on an attempt by the allowances of its subjects.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Decision {
    /// Whether every subject allows the attempt.
    pub allowed: bool,
    /// The longest wait of a subject; zero if the attempt is allowed.
    pub retry_after: Millis,
    /// Whether this refusal begins a lock of a subject.
    pub locks: bool,
    /// The allowances to store, in the order of the subjects.
    pub allowances: Vec<Option<Allowance>>,
}

impl State {
    /// Reads the text used at the boundary, a subject or a subject, a blank and its allowance, or returns `None`.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        match text.split_once(' ') {
            None => Some(Self { subject: Subject::parse(text)?, allowance: None }),
            Some((subject, allowance)) => {
                Some(Self { subject: Subject::parse(subject)?, allowance: Some(read_allowance(allowance)?) })
            }
        }
    }
}

/// How an attempt is counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Count {
    /// Before it is made: it is taken from every subject, or from none if one of them does not allow it.
    Take,
    /// After it has failed, if it was not taken before.
    Force,
    /// After it has not failed, if it was taken before.
    GiveBack,
}

impl Count {
    /// Reads the name used at the boundary, or returns `None`.
    #[must_use]
    pub fn parse(name: &str) -> Option<Self> {
        match name {
            "take" => Some(Self::Take),
            "force" => Some(Self::Force),
            "give-back" => Some(Self::GiveBack),
            _ => None,
        }
    }
}

/// Counts one attempt for every subject.
///
/// `shares` is the number of instances that count apart.
#[must_use]
pub fn count(limits: &Limits, states: &[State], how: Count, shares: u64, now: UnixMillis) -> Decision {
    let mut decision =
        Decision { allowed: true, retry_after: Millis::new(0), locks: false, allowances: Vec::new() };
    let mut refused = Vec::new();
    for state in states {
        let (quota, stored) = (state.subject.quota(limits, shares), state.allowance);
        let next = match how {
            Count::Take => {
                let taken = allowance::take(quota, stored, now);
                decision.allowed &= taken.allowed;
                decision.retry_after = decision.retry_after.max(taken.retry_after);
                decision.locks |= taken.locks;
                refused.push(if taken.allowed { stored } else { Some(taken.allowance) });
                Some(taken.allowance)
            }
            Count::Force => Some(allowance::force(quota, stored, now)),
            Count::GiveBack => allowance::give_back(quota, stored, now),
        };
        decision.allowances.push(next);
    }
    if !decision.allowed {
        // Nothing is taken; a refusal may begin a lock.
        decision.allowances = refused;
    }
    decision
}
