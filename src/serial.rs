//! The shapes in which values leave the core, for any format of `serde`.
//!
//! Values only leave in this way: what comes in may hold a key or a token, and `serde` repeats wrong values in its errors.
//! A missing value is `None`. No key can be serialized.

use serde::ser::{Serialize, SerializeStruct as _, Serializer};

use crate::address::{Client, Width};
use crate::preview::simulation::{Refusals, SessionTimeline, Span, Timeline};
use crate::rate::gcra::{self, Tat};
use crate::rate::login::allowance::Allowance;
use crate::rate::login::subject::{self, Subject};
use crate::rate::login::text::write_allowance;
use crate::session::effect::{Denial, Effect};
use crate::session::machine::Transition;
use crate::session::reason::Reason;
use crate::session::state::{DetailedState, Session, SessionState};
use crate::session::sweep::{SweepPlan, SweepStep, SweptBy};
use crate::settings::{Kind, SettingDescription, Settings, Unit, Value};
use crate::time::{Millis, UnixMillis};

/// Serializes types as structs: for each a name for its value, and the fields with what they hold.
macro_rules! structs {
    ($($type:ty, $value:ident { $($name:literal: $field:expr),* $(,)? })*) => {$(
        impl ::serde::ser::Serialize for $type {
            fn serialize<S: ::serde::ser::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                use ::serde::ser::SerializeStruct as _;

                let $value = self;
                let mut fields = serializer.serialize_struct(stringify!($type), [$($name),*].len())?;
                $(fields.serialize_field($name, &$field)?;)*
                fields.end()
            }
        }
    )*};
}
#[cfg(target_arch = "wasm32")]
pub(crate) use structs;

/// Serializes types by the names that their values have at the boundary.
macro_rules! names {
    ($($type:ty),*) => {$(
        impl Serialize for $type {
            fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.serialize_str(self.as_str())
            }
        }
    )*};
}

/// Serializes types as whole numbers.
macro_rules! numbers {
    ($($type:ty),*) => {$(
        impl Serialize for $type {
            fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.serialize_u64(self.get())
            }
        }
    )*};
}

numbers!(UnixMillis, Millis);

names!(Reason, Denial, SessionState, SweptBy, Kind, Unit, Subject);

structs! {
    SweepPlan, plan {
        "terminations": plan.terminations,
        "knownRevocationsBeforeMs": plan.known_revocations_before,
        "idleBeforeMs": plan.idle_before,
        "runOutBeforeMs": plan.run_out_before,
        "purgeBeforeMs": plan.purge_before,
        "journalBeforeMs": plan.journal_before,
        "settingsJournalBeforeMs": plan.settings_journal_before,
        "marksBeforeMs": plan.marks_before,
    }

    SweepStep, step {
        "by": step.by,
        "fromMs": step.from,
        "untilMs": step.until,
        "reason": step.reason,
    }

    Transition, transition {
        "session": transition.session,
        "effects": transition.effects,
    }

    Session, session {
        "state": session.state.plain(),
        "loggedInAtMs": session.logged_in,
        "lastSeenAtMs": session.last_seen,
        "lastTouchedAtMs": session.last_touched,
        "terminatedAtMs": termination(session).map(|(at, _)| at),
        "reason": termination(session).map(|(_, reason)| reason),
    }

    Tat, tat {
        "atMs": tat.at,
        "ticks": tat.ticks,
    }

    gcra::Decision, decision {
        "allowed": decision.allowed,
        "tat": decision.tat,
        "remaining": decision.remaining,
        "retryAfterMs": decision.retry_after,
        "resetMs": decision.reset,
    }

    subject::Decision, decision {
        "allowed": decision.allowed,
        "retryAfterMs": decision.retry_after,
        "locks": decision.locks,
        "allowances": decision.allowances,
    }

    Allowance, allowance {
        "text": write_allowance(*allowance),
        "wholeAtMs": allowance.tat.at,
        "locked": allowance.locked,
    }

    Client, client {
        "address": client.address.map(|address| address.to_string()),
        "isTrusted": client.is_trusted,
        "place": client.place().map(|place| place.to_string()),
        "networks": client.networks().into_iter().map(CountedNetwork).collect::<Vec<_>>(),
    }

    CountedNetwork, counted {
        "subject": Subject::Network(counted.0.0),
        "network": counted.0.1,
    }

    Timeline, timeline {
        "sessions": timeline.sessions,
        "refusals": timeline.refusals,
    }

    SessionTimeline, timeline {
        "spans": timeline.spans,
        "touchesWritten": timeline.touches_written,
        "touchesSaved": timeline.touches_saved,
        "reactivations": timeline.reactivations,
        "refusals": timeline.refusals,
        "reason": timeline.reason,
    }

    Span, span {
        "state": span.state,
        "fromMs": span.from,
        "untilMs": span.until,
    }

    Refusals, refusals {
        "fromMs": refusals.from,
        "untilMs": refusals.until,
        "count": refusals.count,
        "reason": refusals.reason,
    }

    SettingDescription, option {
        "name": option.name,
        "kind": option.kind,
        "unit": option.unit,
        "default": option.default,
        "min": option.min,
        "max": option.max,
        "nullLifts": option.null_lifts,
        "choices": option.choices,
        "description": option.description,
    }
}

/// A network that failed logins are counted for.
struct CountedNetwork((Width, String));

fn termination(session: &Session) -> Option<(UnixMillis, Reason)> {
    match session.state {
        DetailedState::Active | DetailedState::Inactive => None,
        DetailedState::Terminated { at, reason } => Some((at, reason)),
    }
}

/// The type, and the reason of those that have one.
impl Serialize for Effect {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let reason = match self {
            Self::Deny { reason } => Some(reason.as_str()),
            Self::Notify { reason } => Some(reason.as_str()),
            _ => None,
        };
        let mut fields = serializer.serialize_struct("Effect", 2)?;
        fields.serialize_field("type", self.as_str())?;
        match reason {
            Some(reason) => fields.serialize_field("reason", reason)?,
            None => fields.skip_field("reason")?,
        }
        fields.end()
    }
}

/// The options by their names, without the keys.
impl Serialize for Settings {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let values = self.values();
        let mut fields = serializer.serialize_struct("Settings", values.len())?;
        for (name, value) in &values {
            fields.serialize_field(name, value)?;
        }
        fields.end()
    }
}

impl Serialize for Value {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Number(number) => serializer.serialize_i64(*number),
            Self::Word(word) => serializer.serialize_str(word),
            Self::Boolean(boolean) => serializer.serialize_bool(*boolean),
            Self::Networks(networks) => serializer.collect_seq(networks.iter().map(ToString::to_string)),
        }
    }
}
