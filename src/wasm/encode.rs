//! Encodes values of the core as plain JavaScript data, and its errors as JavaScript errors.

use wasm_bindgen::prelude::{JsValue, wasm_bindgen};
use zeroize::Zeroizing;

use crate::error::Error;
use crate::number;
use crate::rate::address::{Client, Width};
use crate::rate::gcra;
use crate::rate::login::account;
use crate::rate::login::allowance::Allowance;
use crate::rate::login::limits::Limits;
use crate::rate::login::subject::{self, Subject};
use crate::rate::login::text::{write_allowance, write_record};
use crate::session::effect::Effect;
use crate::session::limit::LimitDecision;
use crate::session::machine;
use crate::session::reason::Reason;
use crate::session::state::{self, DetailedState};
use crate::session::sweep;
use crate::settings::{self, Value};
use crate::time::{Millis, UnixMillis};

#[wasm_bindgen]
extern "C" {
    /// Sets a property of a new object, which never refuses it.
    #[wasm_bindgen(js_namespace = Reflect)]
    fn set(fresh: &JsValue, name: &str, value: &JsValue);
}

/// Encodes a secret text. The caller's copy, which is zeroized, is the only one in the memory of the module.
pub(super) fn secret(text: &Zeroizing<String>) -> JsValue {
    JsValue::from_str(text)
}

/// Encodes resolved settings.
pub(super) fn settings(settings: &settings::Settings) -> JsValue {
    let values: Vec<_> = settings.values().into_iter().map(|(name, given)| (name, value(given))).collect();
    object(&values)
}

/// Encodes the table of options.
pub(super) fn descriptions(table: &[settings::SettingDescription]) -> JsValue {
    list(table.iter().map(description))
}

fn description(option: &settings::SettingDescription) -> JsValue {
    let choices = option.choices.as_ref();
    object(&[
        ("name", option.name.into()),
        ("kind", option.kind.as_str().into()),
        ("unit", or_null(option.unit.map(settings::Unit::as_str))),
        ("default", or_null(option.default.clone().map(value))),
        ("min", or_null(option.min.map(number::to_f64))),
        ("max", or_null(option.max.map(number::to_f64))),
        ("choices", or_null(choices.map(|words| list(words.iter().map(|word| (*word).into()))))),
        ("description", option.description.into()),
    ])
}

fn value(value: Value) -> JsValue {
    match value {
        Value::Number(number) => number::to_f64(number).into(),
        Value::Word(word) => word.into(),
        Value::Boolean(boolean) => boolean.into(),
        Value::Networks(networks) => list(networks.iter().map(|network| network.to_string().into())),
    }
}

/// Encodes the result of an event.
pub(super) fn transition(transition: &machine::Transition) -> JsValue {
    object(&[
        ("session", or_null(transition.session.as_ref().map(session))),
        ("effects", list(transition.effects.iter().copied().map(effect))),
    ])
}

fn session(session: &state::Session) -> JsValue {
    let (terminated_at, reason) = match session.state {
        DetailedState::Active | DetailedState::Inactive => (None, None),
        DetailedState::Terminated { at, reason } => (Some(at), Some(reason)),
    };
    object(&[
        ("state", session.state.plain().as_str().into()),
        ("loggedInAtMs", time(session.logged_in).into()),
        ("lastSeenAtMs", time(session.last_seen).into()),
        ("lastTouchedAtMs", time(session.last_touched).into()),
        ("terminatedAtMs", or_null(terminated_at.map(time))),
        ("reason", or_null(reason.map(Reason::as_str))),
    ])
}

fn effect(effect: Effect) -> JsValue {
    let kind = ("type", effect.as_str().into());
    let reason = match effect {
        Effect::Deny { reason } => reason.as_str(),
        Effect::Notify { reason } => reason.as_str(),
        _ => return object(&[kind]),
    };
    object(&[kind, ("reason", reason.into())])
}

/// Encodes the cut-off times of a sweep.
pub(super) fn sweep_plan(plan: &sweep::SweepPlan) -> JsValue {
    object(&[
        ("idleBeforeMs", or_null(plan.idle_before.map(time))),
        ("idleTerminatedBeforeMs", or_null(plan.idle_terminated_before.map(time))),
        ("expiredBeforeMs", or_null(plan.expired_before.map(time))),
        ("runOutBeforeMs", time(plan.run_out_before).into()),
        ("purgeBeforeMs", or_null(plan.purge_before.map(time))),
        ("journalBeforeMs", or_null(plan.journal_before.map(time))),
        ("settingsJournalBeforeMs", or_null(plan.settings_journal_before.map(time))),
        ("marksBeforeMs", or_null(plan.marks_before.map(time))),
    ])
}

/// Encodes a decision under a quota.
pub(super) fn quota_decision(decision: &gcra::Decision) -> JsValue {
    let tat = [("atMs", time(decision.tat.at).into()), ("ticks", whole(decision.tat.ticks).into())];
    object(&[
        ("allowed", decision.allowed.into()),
        ("tat", object(&tat)),
        ("remaining", whole(decision.remaining).into()),
        ("retryAfterMs", span(decision.retry_after).into()),
        ("resetMs", span(decision.reset).into()),
    ])
}

/// Encodes the decision on an attempt by the record of the account.
pub(super) fn login_decision(limits: &Limits, decision: &account::Decision, now: UnixMillis) -> JsValue {
    let (allowed, retry_after, store, locks) = match decision {
        account::Decision::Granted { store } => (true, Millis::new(0), store, false),
        account::Decision::Refused { retry_after, store, locks } => (false, *retry_after, store, *locks),
    };
    object(&[
        ("allowed", allowed.into()),
        ("retryAfterMs", span(retry_after).into()),
        ("locks", locks.into()),
        ("store", stored_login(limits, store.as_ref(), now)),
    ])
}

/// Encodes a record to store, `null` for none.
#[inline(never)]
pub(super) fn stored_login(limits: &Limits, record: Option<&account::Record>, now: UnixMillis) -> JsValue {
    let Some(record) = record else { return JsValue::NULL };
    let until = account::locked_until(limits, record, now).unwrap_or(UnixMillis::new(0));
    object(&[("record", write_record(record).into()), ("lockedUntilMs", time(until).into())])
}

/// Encodes the decision on an attempt by networks and names.
pub(super) fn failure_decision(decision: &subject::Decision) -> JsValue {
    let allowance = |allowance: Allowance| {
        object(&[
            ("text", write_allowance(allowance).into()),
            ("wholeAtMs", time(allowance.tat.at).into()),
            ("locked", allowance.locked.into()),
        ])
    };
    object(&[
        ("allowed", decision.allowed.into()),
        ("retryAfterMs", span(decision.retry_after).into()),
        ("locks", decision.locks.into()),
        ("allowances", list(decision.allowances.iter().map(|stored| or_null(stored.map(allowance))))),
    ])
}

/// Encodes the client of a request.
pub(super) fn client(client: Client) -> JsValue {
    let network = |(width, network): (Width, String)| {
        object(&[("subject", Subject::Network(width).as_str().into()), ("network", network.into())])
    };
    object(&[
        ("address", or_null(client.address.map(|address| address.to_string()))),
        ("isTrusted", client.is_trusted.into()),
        ("place", or_null(client.place().map(|place| place.to_string()))),
        ("networks", list(client.networks().into_iter().map(network))),
    ])
}

/// Encodes the decision on a login. `ids` are the ids of the user's sessions.
pub(super) fn limit_decision(ids: &[JsValue], decision: &LimitDecision) -> JsValue {
    let (kind, evicted): (_, &[usize]) = match decision {
        LimitDecision::Allow => ("allow", &[]),
        LimitDecision::Evict(places) => ("evict", places),
        LimitDecision::Deny => ("deny", &[]),
    };
    let evicted = evicted.iter().filter_map(|place| ids.get(*place).cloned());
    object(&[("type", kind.into()), ("sessionIds", list(evicted))])
}

/// Encodes an error as a `CoreError`.
#[expect(clippy::needless_pass_by_value, reason = "it stands in map_err")]
#[inline(never)]
pub(super) fn error(error: Error) -> JsValue {
    let thrown = js_sys::Error::new(error.message());
    thrown.set_name("CoreError");
    let field = error.field().map_or(JsValue::NULL, JsValue::from_str);
    set(&thrown, "code", &JsValue::from_str(error.code().as_str()));
    set(&thrown, "field", &field);
    thrown.into()
}

/// Creates a plain object.
///
/// A serializer would add a tenth to the WebAssembly module.
#[inline(never)]
pub(super) fn object(properties: &[(&str, JsValue)]) -> JsValue {
    let object = js_sys::Object::new();
    for (name, value) in properties {
        set(&object, name, value);
    }
    object.into()
}

/// Creates a list.
pub(super) fn list(items: impl Iterator<Item = JsValue>) -> JsValue {
    let list = js_sys::Array::new();
    items.for_each(|item| {
        list.push(&item);
    });
    list.into()
}

/// Encodes an optional value; `null` if it is missing.
pub(super) fn or_null(value: Option<impl Into<JsValue>>) -> JsValue {
    value.map_or(JsValue::NULL, Into::into)
}

/// Encodes an instant.
pub(super) fn time(time: UnixMillis) -> f64 {
    whole(time.get())
}

/// Encodes a span in milliseconds.
pub(super) fn span(span: Millis) -> f64 {
    whole(span.get())
}

/// Encodes a whole number.
pub(super) fn whole(value: u64) -> f64 {
    number::to_f64(i64::try_from(value).unwrap_or(i64::MAX))
}
