//! The options, complete and within their bounds, and the parser that goes by the table of them.
//!
//! | module | holds |
//! |---|---|
//! | `table` | every option: name, kind, unit, default, bounds and English text |
//! | `option` | the kinds of options |
//! | [`keys`] | the reading of the options that hold keys |
//! | `retention` | how long records are kept |
//! | `raw` | a value from outside, and how a message shows it |
//! | `message` | the form of the messages |

pub mod keys;
mod message;
mod option;
mod raw;
mod retention;
mod table;

pub use message::PREFIX;
pub use option::{Kind, SettingDescription, Unit, Value};
pub use raw::{LONGEST_TEXT, RawValue};
pub use retention::Retention;
pub use table::{Settings, TYPESCRIPT, describe};

use raw::{SHOWN_NAME, printable};

use crate::error::{Code, Error};
use crate::session::limit::Limit;
use crate::session::policy::Policy;
use crate::time::Millis;

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
        let name = name.as_ref();
        settings.set(name, &value).unwrap_or_else(|| Err(unknown_option(name)))?;
    }
    Ok(settings)
}

fn unknown_option(name: &str) -> Error {
    let name = printable(name, SHOWN_NAME);
    let known = describe().iter().map(|option| option.name).collect::<Vec<_>>().join(", ");
    let message = format!("{PREFIX} unknown option \"{name}\"; the options are {known}");
    Error::new(Code::InvalidSetting, &name, message)
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
