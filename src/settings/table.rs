//! The table of options: the only place for their names, kinds, units, defaults, bounds and English texts.
//!
//! The macro `options!` generates from it the type [`Settings`] with its defaults, the reading and writing of each
//! option, the descriptions and the TypeScript type. The tests in `tests/boundary` compare other places with it.

use super::absolute_timeout::AbsoluteTimeout;
use super::keys;
use super::option::{
    BooleanOption, ChoiceOption, NetworksOption, NumberOption, SettingDescription, Unit, Value,
    describe_secret,
};
use super::raw::RawValue;
use super::retention::Retention;
use crate::address::Network;
use crate::error::Error;
use crate::session::limit::OnLimit;
use crate::session::policy::OnInactive;
use crate::session::rotation::OnRefreshReuse;
use crate::time::Millis;

const SECOND: i64 = 1000;
const MINUTE: i64 = 60 * SECOND;
const DAY: i64 = 24 * 60 * MINUTE;

/// Expands to the definition of an option that takes a number.
macro_rules! number_option {
    ($unit:ident, $default:expr, $min:expr => $max:expr, $unlimited:literal, $word:expr, $alternative:expr) => {
        const {
            &NumberOption {
                unit: Unit::$unit,
                default: $default,
                min: $min,
                max: $max,
                can_be_unlimited: $unlimited,
                word: $word,
                alternative: $alternative,
            }
        }
    };
}

/// Expands to the definition of an option, as a constant that every use shares.
macro_rules! definition {
    (number, $unit:ident, $default:expr, $min:expr => $max:expr) => {
        number_option!($unit, $default, $min => $max, false, None, "")
    };
    (number, $unit:ident, $default:expr, $min:expr => $max:expr, or -1 $unlimited:literal) => {
        number_option!($unit, $default, $min => $max, true, None, concat!(", or -1 ", $unlimited))
    };
    (number, $unit:ident, $default:expr, $min:expr => $max:expr, or $word:literal) => {
        number_option!($unit, $default, $min => $max, false, Some($word), concat!(", or \"", $word, "\""))
    };
    (choice, $default:expr, $($word:literal => $choice:expr),+) => {
        const { &ChoiceOption { default: $default, words: &[$($word),+], choices: &[$($choice),+] } }
    };
    (boolean, $default:literal) => {
        const { &BooleanOption { default: $default } }
    };
    (networks) => {
        const { &NetworksOption }
    };
}

/// Expands to the TypeScript type of an option.
macro_rules! typescript {
    (number, $unit:ident, $default:expr, $min:expr => $max:expr, or $word:literal) => {
        concat!("number | '", $word, "'")
    };
    (number, $($rest:tt)*) => { "number" };
    (choice, $default:expr, $first:literal => $choice:expr $(, $word:literal => $other:expr)*) => {
        concat!("'", $first, "'" $(, " | '", $word, "'")*)
    };
    (boolean, $default:literal) => { "boolean" };
    (networks) => { "readonly string[]" };
}

/// Expands to everything that has one part for each option.
macro_rules! options {
    (
        $($name:literal, $field:ident: $type:ty, ($($kind:tt)+), $text:literal;)+
        secrets:
        $($secret:path, $check:path, $secret_text:literal;)+
    ) => {
        /// The options, complete and within their bounds. It never holds a key.
        #[derive(Clone, Debug, PartialEq, Eq)]
        pub struct Settings {
            $(#[doc = $text] pub $field: $type,)+
        }

        impl Default for Settings {
            fn default() -> Self {
                Self { $($field: definition!($($kind)+).default(),)+ }
            }
        }

        impl Settings {
            /// Sets one option, or returns `None` for an unknown name. A key is checked and not kept.
            ///
            /// The error is boxed, because each option would copy a large one.
            pub(super) fn set(&mut self, name: &str, value: &RawValue) -> Option<Result<(), Box<Error>>> {
                Some(match name {
                    $($name => definition!($($kind)+).read($name, value).map(|value| self.$field = value),)+
                    $($secret => $check(value).map_err(Box::new),)+
                    _ => return None,
                })
            }

            /// Returns the name and value of every option but the keys, in the order of the table.
            #[must_use]
            pub fn values(&self) -> Vec<(&'static str, Value)> {
                vec![$(($name, definition!($($kind)+).write(self.$field.clone())),)+]
            }
        }

        /// Describes every option, in the order of the table.
        #[must_use]
        pub fn describe() -> Vec<SettingDescription> {
            vec![
                $(definition!($($kind)+).describe($name, $text),)+
                $(describe_secret($secret, $secret_text),)+
            ]
        }

        /// The declaration of [`Settings`] in TypeScript.
        pub const TYPESCRIPT: &str = concat!(
            "\n/** The options, complete and within their bounds. It never holds a key. */\n",
            "export interface Settings {\n",
            $("    /** ", $text, " */\n    readonly '", $name, "': ", typescript!($($kind)+), ";\n",)+
            "}\n",
        );
    };
}

options! {
    "lastSeenRateLimit", last_seen_rate_limit: Millis,
        (number, Milliseconds, 30 * SECOND, 0 => DAY),
        "Stores when a session was last seen, at most this often. 0 stores it at every request. While requests come, \
         it is stored at least four times per inactivity timeout.";

    "inactivityTimeout", inactivity_timeout: Millis,
        (number, Milliseconds, 15 * MINUTE, SECOND => 365 * DAY),
        "A session is idle after this long without a request. Detection may lag by up to a quarter of it, or \
         by a tenth if idle sessions are terminated.";

    "onInactive", on_inactive: OnInactive,
        (choice, OnInactive::Mark, "mark" => OnInactive::Mark, "terminate" => OnInactive::Terminate),
        "Marks an idle session as inactive until its next request, or terminates it.";

    "absoluteTimeout", absolute_timeout: AbsoluteTimeout,
        (number, Milliseconds, 30 * DAY, MINUTE => 3650 * DAY, or "token"),
        "Terminates a session this long after login, however busy it is. With token, only the end of its tokens does.";

    "maxSessionsPerUser", max_sessions_per_user: Option<u32>,
        (number, Sessions, -1, 1 => 1000, or -1 "for no limit"),
        "Limits how many sessions one user may have at a time.";

    "onLimit", on_limit: OnLimit,
        (choice, OnLimit::EvictOldest, "evict-oldest" => OnLimit::EvictOldest, "deny-new" => OnLimit::DenyNew),
        "A login beyond the limit terminates the oldest session, or is refused.";

    "terminateOnRoleChange", terminate_on_role_change: bool,
        (boolean, false),
        "Terminates all sessions of a user who is given another role. The new rights then begin with a new login.";

    "strict", strict: bool,
        (boolean, false),
        "Refuses tokens that have no session, such as tokens from before the installation. Without it, such a token \
         gets a session at its first request.";

    // Amazon Cognito lets a client retry for a minute at most (RetryGracePeriodSeconds), Ory Hydra for five.
    "refreshRetryWindow", refresh_retry_window: Millis,
        (number, Milliseconds, 30 * SECOND, 0 => 5 * MINUTE),
        "A client whose response was lost may use its refresh token again within this time, from the same address and \
         device even if the new tokens are in use. 0 allows no second use.";

    "onRefreshReuse", on_refresh_reuse: OnRefreshReuse,
        (choice, OnRefreshReuse::Terminate, "terminate" => OnRefreshReuse::Terminate,
            "refuse" => OnRefreshReuse::Refuse, "tolerate" => OnRefreshReuse::Tolerate),
        "Any other second use of a refresh token terminates the session, is refused alone, or is answered within that \
         time and refused after it. Only the first stops a thief.";

    "failedLogins.enabled", protects_logins: bool,
        (boolean, true),
        "Limits wrong passwords. Otherwise they may be guessed without end.";

    "failedLogins.perAccount", failures_per_account: u32,
        (number, FailuresPerDay, 100, 10 => 1000),
        "Limits the wrong passwords for one account from all places at which the user has never logged in.";

    "failedLogins.perAddress", failures_per_address: u32,
        (number, FailuresPerDay, 300, 10 => 100_000),
        "Limits the failed logins from one address. Raise it where many people share one.";

    // NIST SP 800-63B-4, section 3.2.2, allows no more than 100.
    "failedLogins.maxConsecutive", max_consecutive_failures: u32,
        (number, Failures, 100, 40 => 1000),
        "Limits the wrong passwords for one account in a row. Then only a reset of the password or an administrator \
         opens the account.";

    "failedLogins.trustedNetworks", trusted_networks: Vec<Network>,
        (networks),
        "Networks of your servers that log users in. Their X-Forwarded-For tells the user's address.";

    "terminatedRetentionDays", terminated_retention: Retention,
        (number, Days, 30, 0 => 3650, or -1 "to keep them forever"),
        "Deletes the records of terminated sessions after this many days, because personal data must not pile up.";

    "journalRetentionDays", journal_retention: Retention,
        (number, Days, 90, 0 => 3650, or -1 "to keep them forever"),
        "Deletes journal entries after this many days, because they name people and addresses. Entries of changed \
         settings are kept for 30 days at least.";

    "storeTokens", store_tokens: bool,
        (boolean, true),
        "Stores the newest refresh token of each session, sealed, to repeat a lost response. Without it, no token is \
         stored, and a client that loses a refresh response must log in again.";

    secrets:

    keys::ENCRYPTION_KEY, keys::check_primary,
        "Seals the stored tokens. Without it, a key is derived from the secrets of the app.";

    keys::ENCRYPTION_KEY_PREVIOUS, keys::check_previous,
        "Opens tokens that were sealed under earlier keys, until they are sealed again under the current key.";
}
