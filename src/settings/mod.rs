//! The options, complete and within their bounds, and the parser that goes by the table of them.
//!
//! | module | holds |
//! |---|---|
//! | `table` | every option: name, kind, unit, default, bounds and English text |
//! | `option` | the kinds of options |
//! | [`keys`] | the reading of the options that hold keys |
//! | `absolute_timeout` | when sessions expire |
//! | `retention` | how long records are kept |
//! | `raw` | a value from outside, and how a message shows it |
//! | `message` | the form of the messages |
//!
//! ```
//! use magic_sessionmanager_core::settings::{RawValue, Settings, parse};
//!
//! let settings = parse([("maxSessionsPerUser", RawValue::Number(3.0))])?;
//! assert_eq!(settings.max_sessions_per_user, Some(3));
//! assert_eq!(settings.inactivity_timeout, Settings::default().inactivity_timeout);
//!
//! let refused = parse([("maxSessions", RawValue::Number(3.0))]).expect_err("no option has this name");
//! assert!(refused.message().starts_with("magic-sessionmanager: unknown option \"maxSessions\""));
//! # Ok::<(), magic_sessionmanager_core::Error>(())
//! ```

mod absolute_timeout;
pub mod keys;
mod message;
mod option;
mod raw;
mod retention;
mod table;

pub use absolute_timeout::AbsoluteTimeout;
pub use message::PREFIX;
pub use option::{Kind, SettingDescription, Unit, Value};
pub use raw::{LONGEST_TEXT, RawValue};
pub use retention::Retention;
pub use table::{Settings, TYPESCRIPT, describe};

use raw::{SHOWN_NAME, printable};

use crate::error::{Code, Error};
use crate::rate::login::limits::Limits;
use crate::session::limit::Limit;
use crate::session::policy::{OnInactive, Policy};
use crate::session::rotation::ReusePolicy;
use crate::time::Millis;

/// Reads the options and completes them with the defaults.
///
/// `undefined` and `null` give the default. Where an option has a limit that -1 lifts, `null` lifts it as well:
/// `terminatedRetentionDays: null` keeps records forever. Keys are checked and not kept.
///
/// # Errors
/// [`Code::InvalidSetting`] for an unknown option, or for a value that an option does not take. The message is one line
/// that names the option, the value and the values allowed. It never contains any part of a key.
pub fn parse<N: AsRef<str>>(options: impl IntoIterator<Item = (N, RawValue)>) -> Result<Settings, Error> {
    let mut settings = Settings::default();
    for (name, value) in options {
        let name = name.as_ref();
        settings
            .set(name, &value)
            .unwrap_or_else(|| Err(Box::new(unknown_option(name))))
            .map_err(|error| *error)?;
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
    /// Returns the policy of the state machine.
    #[must_use]
    pub fn policy(&self) -> Policy {
        Policy {
            inactivity_timeout: self.inactivity_timeout,
            on_inactive: self.on_inactive,
            last_seen_lag: self.touch_period().plus(NEWS_DELAY),
            absolute_timeout: self.absolute_timeout.span(),
            retention: self.terminated_retention.span(),
            journal_retention: self.journal_retention.span(),
        }
    }

    /// Returns the limits of failed logins.
    #[must_use]
    pub const fn login_limits(&self) -> Limits {
        Limits {
            per_account: self.failures_per_account,
            per_address: self.failures_per_address,
            max_consecutive: self.max_consecutive_failures,
        }
    }

    /// Returns the limit of sessions for one user.
    #[must_use]
    pub fn limit(&self) -> Limit {
        Limit { max: self.max_sessions_per_user, on_limit: self.on_limit }
    }

    /// Returns the policy for refresh tokens that have been exchanged.
    #[must_use]
    pub fn reuse_policy(&self) -> ReusePolicy {
        ReusePolicy { window: self.refresh_retry_window, on_reuse: self.on_refresh_reuse }
    }

    /// Returns the shortest time between two writes of *last seen* for one session.
    ///
    /// It is the rate limit, but never more than a quarter of the inactivity timeout, or a tenth where idle sessions are
    /// terminated. A longer time would delay the detection of idle sessions by the whole rate limit.
    #[must_use]
    pub fn touch_period(&self) -> Millis {
        let timeout = self.inactivity_timeout.get();
        let longest = match self.on_inactive {
            OnInactive::Mark => timeout / WRITES_TO_MARK,
            OnInactive::Terminate => timeout / WRITES_TO_TERMINATE,
        };
        self.last_seen_rate_limit.min(Millis::new(longest))
    }
}

/// The least number of writes of *last seen* during an inactivity timeout with requests, where idle sessions are marked.
const WRITES_TO_MARK: u64 = 4;

/// The same where they are terminated, which their users notice.
const WRITES_TO_TERMINATE: u64 = 10;

/// The longest time until every process knows of a write of *last seen*.
///
/// A write waits for one second in a batch. A process trusts a read for two seconds. One second is for slow writes and
/// for clocks that differ.
const NEWS_DELAY: Millis = Millis::new(4000);
