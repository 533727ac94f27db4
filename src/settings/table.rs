//! Every option with its default, unit, bounds and reason, in the order in which the documentation has them.

use super::keys;
use super::option::{Choice, SettingDescription, Switch, UNLIMITED, Unit, Whole};
use crate::session::limit::OnLimit;
use crate::session::policy::OnInactive;

const SECOND: i64 = 1000;
const MINUTE: i64 = 60 * SECOND;
const DAY: i64 = 24 * 60 * MINUTE;

/// Lists every option, in the order in which the documentation has them.
#[must_use]
pub fn describe() -> Vec<SettingDescription> {
    vec![
        LAST_SEEN_RATE_LIMIT.describe(),
        INACTIVITY_TIMEOUT.describe(),
        ON_INACTIVE.describe(),
        ABSOLUTE_TIMEOUT.describe(),
        MAX_SESSIONS_PER_USER.describe(),
        ON_LIMIT.describe(),
        TERMINATE_ON_ROLE_CHANGE.describe(),
        STRICT.describe(),
        REFRESH_RETRY_WINDOW.describe(),
        TERMINATED_RETENTION_DAYS.describe(),
        JOURNAL_RETENTION_DAYS.describe(),
        STORE_TOKENS.describe(),
    ]
    .into_iter()
    .chain(keys::describe())
    .collect()
}

pub(super) const LAST_SEEN_RATE_LIMIT: Whole = Whole {
    name: "lastSeenRateLimit",
    unit: Unit::Milliseconds,
    default: 30 * SECOND,
    min: 0,
    max: DAY,
    unlimited: None,
    why: "Writes \"last seen\" at most this often for one session, so that busy clients do not load the \
          database; 0 writes it on every request. Never rarer than four times per inactivityTimeout, or an active \
          client could not be told from an idle one.",
};

pub(super) const INACTIVITY_TIMEOUT: Whole = Whole {
    name: "inactivityTimeout",
    unit: Unit::Milliseconds,
    default: 15 * MINUTE,
    min: SECOND,
    max: 365 * DAY,
    unlimited: None,
    why: "Takes a session for idle after this long without a request, never sooner. As \"last seen\" is written \
          now and then only, it may be noticed later: by one lastSeenRateLimit or a quarter of this time, \
          whichever is less, and four seconds.",
};

pub(super) const ON_INACTIVE: Choice<OnInactive> = Choice {
    name: "onInactive",
    values: &OnInactive::ALL,
    word: OnInactive::as_str,
    default: OnInactive::Mark,
    why: "Says what becomes of an idle session: \"mark\" shows it as inactive, and its next request brings it \
          back; \"terminate\" ends it, and its next request is refused.",
};

pub(super) const ABSOLUTE_TIMEOUT: Whole = Whole {
    name: "absoluteTimeout",
    unit: Unit::Milliseconds,
    default: 30 * DAY,
    min: MINUTE,
    max: 3650 * DAY,
    unlimited: None,
    why: "Ends a session this long after login however busy it is, so that a stolen token is not good for ever.",
};

pub(super) const MAX_SESSIONS_PER_USER: Whole = Whole {
    name: "maxSessionsPerUser",
    unit: Unit::Sessions,
    default: UNLIMITED,
    min: 1,
    max: 1000,
    unlimited: Some("for no limit"),
    why: "Lets one user have at most this many sessions that have not ended; -1 or null sets no limit.",
};

pub(super) const ON_LIMIT: Choice<OnLimit> = Choice {
    name: "onLimit",
    values: &OnLimit::ALL,
    word: OnLimit::as_str,
    default: OnLimit::EvictOldest,
    why: "Says what a login beyond maxSessionsPerUser does: \"evict-oldest\" ends the session that began first; \
          \"deny-new\" refuses the login.",
};

pub(super) const TERMINATE_ON_ROLE_CHANGE: Switch = Switch {
    name: "terminateOnRoleChange",
    default: false,
    why: "Ends all sessions of a user who is given another role, so that what the earlier role allowed is asked for \
          anew with a login; without it the sessions go on with the new role.",
};

pub(super) const STRICT: Switch = Switch {
    name: "strict",
    default: false,
    why: "Refuses tokens that have no session, such as those issued before the plugin was installed; without it \
          such a token is adopted the first time it is seen.",
};

// Amazon Cognito lets a client retry for a minute at most (RetryGracePeriodSeconds), Ory Hydra for five.
pub(super) const REFRESH_RETRY_WINDOW: Whole = Whole {
    name: "refreshRetryWindow",
    unit: Unit::Milliseconds,
    default: 30 * SECOND,
    min: 0,
    max: 5 * MINUTE,
    unlimited: None,
    why: "Lets a client whose response was lost use its refresh token once more for this long, as long as the new \
          one is unused; any other second use ends the session. 0 allows none.",
};

pub(super) const TERMINATED_RETENTION_DAYS: Whole = Whole {
    name: "terminatedRetentionDays",
    unit: Unit::Days,
    default: 30,
    min: 0,
    max: 3650,
    unlimited: Some("to keep them for ever"),
    why: "Deletes the records of terminated sessions after this many days, so that personal data does not pile \
          up; -1 or null keeps them for ever.",
};

pub(super) const JOURNAL_RETENTION_DAYS: Whole = Whole {
    name: "journalRetentionDays",
    unit: Unit::Days,
    default: 90,
    min: 0,
    max: 3650,
    unlimited: Some("to keep them for ever"),
    why: "Deletes the entries of the journal after this many days, as they name people and addresses; -1 or null \
          keeps them for ever.",
};

pub(super) const STORE_TOKENS: Switch = Switch {
    name: "storeTokens",
    default: true,
    why: "Stores each session's tokens, sealed; with false none is stored.",
};
