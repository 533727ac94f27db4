//! Encodes values of the core as plain JavaScript data, and its errors as JavaScript errors.

use serde::Serialize;
use serde_wasm_bindgen::Serializer;
use wasm_bindgen::prelude::{JsValue, wasm_bindgen};
use zeroize::Zeroizing;

use crate::error::{Code, Error};
use crate::number;
use crate::rate::login::account::{self, Record};
use crate::rate::login::limits::Limits;
use crate::rate::login::text::write_record;
use crate::serial::structs;
use crate::session::limit::LimitDecision;
use crate::time::{Millis, UnixMillis};

#[wasm_bindgen]
extern "C" {
    /// Sets a property of a new object, which never refuses it.
    #[wasm_bindgen(js_namespace = Reflect)]
    fn set(fresh: &JsValue, name: &str, value: &JsValue);
}

/// Encodes a value. What is missing is `null`, and structs are plain objects.
///
/// # Errors
/// A `CoreError` with [`Code::InvalidTime`] for a number that JavaScript cannot hold. The values of the core that can grow
/// beyond it are times.
pub(super) fn value(value: &impl Serialize) -> Result<JsValue, JsValue> {
    let serializer = Serializer::new().serialize_missing_as_null(true);
    value.serialize(&serializer).map_err(|_| {
        let beyond = "a time of the result is later than a number of JavaScript can tell";
        error(Error::general(Code::InvalidTime, beyond))
    })
}

/// Encodes a secret text. The caller's copy, which is zeroized, is the only one in the memory of the module.
///
/// It is not serialized, because a serializer may copy it.
pub(super) fn secret(text: &Zeroizing<String>) -> JsValue {
    JsValue::from_str(text)
}

/// The decision on an attempt by the record of the account.
pub(super) struct LoginDecision {
    allowed: bool,
    retry_after: Millis,
    locks: bool,
    store: Option<StoredLogin>,
}

impl LoginDecision {
    pub(super) fn new(limits: &Limits, decision: &account::Decision, now: UnixMillis) -> Self {
        let stored =
            |store: &Option<Record>| store.as_ref().map(|record| StoredLogin::new(limits, record, now));
        match decision {
            account::Decision::Granted { store } => {
                Self { allowed: true, retry_after: Millis::new(0), locks: false, store: stored(store) }
            }
            account::Decision::Refused { retry_after, store, locks } => {
                Self { allowed: false, retry_after: *retry_after, locks: *locks, store: stored(store) }
            }
        }
    }
}

/// A record to store.
pub(super) struct StoredLogin {
    record: String,
    locked_until: UnixMillis,
}

impl StoredLogin {
    pub(super) fn new(limits: &Limits, record: &Record, now: UnixMillis) -> Self {
        let locked_until = account::locked_until(limits, record, now).unwrap_or(UnixMillis::new(0));
        Self { record: write_record(record), locked_until }
    }
}

structs! {
    LoginDecision, decision {
        "allowed": decision.allowed,
        "retryAfterMs": decision.retry_after,
        "locks": decision.locks,
        "store": decision.store,
    }

    StoredLogin, stored {
        "record": stored.record,
        "lockedUntilMs": stored.locked_until,
    }
}

/// Encodes the decision on a login. `ids` are the ids of the user's sessions, which go back as they came.
pub(super) fn limit_decision(ids: &[JsValue], decision: &LimitDecision) -> JsValue {
    let (kind, evicted): (_, &[usize]) = match decision {
        LimitDecision::Allow => ("allow", &[]),
        LimitDecision::Evict(places) => ("evict", places),
        LimitDecision::Deny => ("deny", &[]),
    };
    let evicted = evicted.iter().filter_map(|place| ids.get(*place).cloned());
    object(&[("type", kind.into()), ("sessionIds", evicted.collect::<js_sys::Array>().into())])
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

/// Creates a plain object of values that are JavaScript's own.
#[inline(never)]
pub(super) fn object(properties: &[(&str, JsValue)]) -> JsValue {
    let object = js_sys::Object::new();
    for (name, value) in properties {
        set(&object, name, value);
    }
    object.into()
}

/// Encodes an optional value; `null` if it is missing.
pub(super) fn or_null(value: Option<impl Into<JsValue>>) -> JsValue {
    value.map_or(JsValue::NULL, Into::into)
}

/// Encodes a span in milliseconds.
pub(super) fn span(span: Millis) -> f64 {
    whole(span.get())
}

/// Encodes a whole number.
pub(super) fn whole(value: u64) -> f64 {
    number::to_f64(i64::try_from(value).unwrap_or(i64::MAX))
}
