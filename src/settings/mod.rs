//! The options, complete and within bounds, and the parser that goes by the table of them.
//!
//! | module | holds |
//! |---|---|
//! | `raw` | a value as it came from outside, and how a message shows it |
//! | `option` | the kinds of options: what each takes, and how it is described |
//! | `table` | every option with its default, unit, bounds and reason |
//! | [`keys`] | the options that hold keys |

pub mod keys;
mod option;
mod raw;
mod table;

pub use option::{Kind, SettingDescription, Unit, Value};
pub use raw::{LONGEST_TEXT, RawValue};
pub use table::describe;

use option::UNLIMITED;
use raw::{SHOWN_NAME, printable};
use table::{
    ABSOLUTE_TIMEOUT, INACTIVITY_TIMEOUT, JOURNAL_RETENTION_DAYS, LAST_SEEN_RATE_LIMIT,
    MAX_SESSIONS_PER_USER, ON_INACTIVE, ON_LIMIT, REFRESH_RETRY_WINDOW, STORE_TOKENS, STRICT,
    TERMINATE_ON_ROLE_CHANGE, TERMINATED_RETENTION_DAYS,
};

use crate::error::{Code, Error};
use crate::session::limit::{Limit, OnLimit};
use crate::session::policy::{OnInactive, Policy};
use crate::time::Millis;

/// How long records are kept once they are of no more use.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Retention {
    /// They are never deleted; `-1` in numbers.
    Forever,
    /// They are deleted after so many days.
    Days(u32),
}

impl Retention {
    /// Gives the number that stands for it in the configuration.
    #[must_use]
    pub fn as_number(self) -> i64 {
        match self {
            Self::Forever => UNLIMITED,
            Self::Days(days) => i64::from(days),
        }
    }

    fn from_number(days: i64) -> Self {
        u32::try_from(days).map_or(Self::Forever, Self::Days)
    }

    fn span(self) -> Option<Millis> {
        match self {
            Self::Forever => None,
            Self::Days(days) => Some(Millis::from_days(days)),
        }
    }
}

/// The options, complete and within bounds; never a key.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Settings {
    /// The shortest time between two writes of *last seen* for one session.
    pub last_seen_rate_limit: Millis,
    /// Time without a request after which a session is idle.
    pub inactivity_timeout: Millis,
    /// What becomes of an idle session.
    pub on_inactive: OnInactive,
    /// Time after login at which a session ends, used or not.
    pub absolute_timeout: Millis,
    /// How many sessions one user may have; `None` for any number.
    pub max_sessions_per_user: Option<u32>,
    /// What a login beyond that does.
    pub on_limit: OnLimit,
    /// Whether the sessions of a user who is given another role end.
    pub terminate_on_role_change: bool,
    /// Whether a token without a session is refused rather than adopted.
    pub strict: bool,
    /// Time for which a client whose response was lost may use its refresh token once more.
    pub refresh_retry_window: Millis,
    /// How long terminated sessions are kept.
    pub terminated_retention: Retention,
    /// How long entries of the journal are kept.
    pub journal_retention: Retention,
    /// Whether tokens are stored at all, sealed.
    pub store_tokens: bool,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            last_seen_rate_limit: millis(LAST_SEEN_RATE_LIMIT.default),
            inactivity_timeout: millis(INACTIVITY_TIMEOUT.default),
            on_inactive: ON_INACTIVE.default,
            absolute_timeout: millis(ABSOLUTE_TIMEOUT.default),
            max_sessions_per_user: count(MAX_SESSIONS_PER_USER.default),
            on_limit: ON_LIMIT.default,
            terminate_on_role_change: TERMINATE_ON_ROLE_CHANGE.default,
            strict: STRICT.default,
            refresh_retry_window: millis(REFRESH_RETRY_WINDOW.default),
            terminated_retention: Retention::from_number(TERMINATED_RETENTION_DAYS.default),
            journal_retention: Retention::from_number(JOURNAL_RETENTION_DAYS.default),
            store_tokens: STORE_TOKENS.default,
        }
    }
}

impl Settings {
    /// Gives the part that the session machine goes by.
    #[must_use]
    pub fn policy(&self) -> Policy {
        Policy {
            inactivity_timeout: self.inactivity_timeout,
            on_inactive: self.on_inactive,
            last_seen_lag: self.touch_period().plus(NEWS_DELAY),
            absolute_timeout: self.absolute_timeout,
            retention: self.terminated_retention.span(),
            journal_retention: self.journal_retention.span(),
        }
    }

    /// Gives the part that the limit of sessions goes by.
    #[must_use]
    pub fn limit(&self) -> Limit {
        Limit { max: self.max_sessions_per_user, on_limit: self.on_limit }
    }

    /// Gives the time between two writes of *last seen* for one session.
    ///
    /// It is the rate limit, but never more than a quarter of the inactivity timeout: what is written must be young
    /// enough to tell an active client from an idle one, and an idle session must not outlive its timeout by a rate
    /// limit meant to save writes.
    #[must_use]
    pub fn touch_period(&self) -> Millis {
        self.last_seen_rate_limit.min(Millis::new(self.inactivity_timeout.get() / TOUCHES_PER_TIMEOUT))
    }
}

/// How often *last seen* is written at least while an inactivity timeout passes, if requests come.
const TOUCHES_PER_TIMEOUT: u64 = 4;

/// Time from a write of *last seen* to the moment when every process knows of it.
///
/// Writes wait a second to be gathered, what a process has read it trusts for two, and the rest is for slow
/// writes and clocks that differ.
const NEWS_DELAY: Millis = Millis::new(4000);

/// What the plugin's messages begin with, so that a line in a boot log says where it comes from.
pub const PREFIX: &str = "magic-sessionmanager:";

/// Reads the options; those not given, or given as `undefined` or `null`, have their defaults.
///
/// The exceptions are those where `null` lifts a limit: `terminatedRetentionDays: null` keeps records for ever. Keys are checked and not kept.
///
/// # Errors
/// [`Code::InvalidSetting`] for an unknown option or a value that an option does not take, in one line that names
/// the option, what it got and what it takes. A key, or any part of it, is never in that line.
pub fn parse<N: AsRef<str>>(options: impl IntoIterator<Item = (N, RawValue)>) -> Result<Settings, Error> {
    let mut settings = Settings::default();
    for (name, value) in options {
        settings.set(name.as_ref(), &value)?;
    }
    Ok(settings)
}

impl Settings {
    fn set(&mut self, name: &str, value: &RawValue) -> Result<(), Error> {
        match name {
            n if n == LAST_SEEN_RATE_LIMIT.name => {
                self.last_seen_rate_limit = millis(LAST_SEEN_RATE_LIMIT.read(value)?);
            }
            n if n == INACTIVITY_TIMEOUT.name => {
                self.inactivity_timeout = millis(INACTIVITY_TIMEOUT.read(value)?);
            }
            n if n == ON_INACTIVE.name => self.on_inactive = ON_INACTIVE.read(value)?,
            n if n == ABSOLUTE_TIMEOUT.name => {
                self.absolute_timeout = millis(ABSOLUTE_TIMEOUT.read(value)?);
            }
            n if n == MAX_SESSIONS_PER_USER.name => {
                self.max_sessions_per_user = count(MAX_SESSIONS_PER_USER.read(value)?);
            }
            n if n == ON_LIMIT.name => self.on_limit = ON_LIMIT.read(value)?,
            n if n == TERMINATE_ON_ROLE_CHANGE.name => {
                self.terminate_on_role_change = TERMINATE_ON_ROLE_CHANGE.read(value)?;
            }
            n if n == STRICT.name => self.strict = STRICT.read(value)?,
            n if n == REFRESH_RETRY_WINDOW.name => {
                self.refresh_retry_window = millis(REFRESH_RETRY_WINDOW.read(value)?);
            }
            n if n == TERMINATED_RETENTION_DAYS.name => {
                self.terminated_retention = Retention::from_number(TERMINATED_RETENTION_DAYS.read(value)?);
            }
            n if n == JOURNAL_RETENTION_DAYS.name => {
                self.journal_retention = Retention::from_number(JOURNAL_RETENTION_DAYS.read(value)?);
            }
            n if n == STORE_TOKENS.name => self.store_tokens = STORE_TOKENS.read(value)?,
            keys::ENCRYPTION_KEY => keys::check_primary(value)?,
            keys::ENCRYPTION_KEY_PREVIOUS => drop(keys::read_previous(value)?),
            unknown => return Err(unknown_option(unknown)),
        }
        Ok(())
    }
}

fn unknown_option(name: &str) -> Error {
    let name = printable(name, SHOWN_NAME);
    let known = describe().iter().map(|option| option.name).collect::<Vec<_>>().join(", ");
    let message = format!("{PREFIX} unknown option \"{name}\"; the options are {known}");
    Error::new(Code::InvalidSetting, &name, message)
}

fn millis(value: i64) -> Millis {
    Millis::new(value.unsigned_abs())
}

fn count(value: i64) -> Option<u32> {
    u32::try_from(value).ok()
}
