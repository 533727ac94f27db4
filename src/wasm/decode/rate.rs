//! Reads quotas, their stored state, and records of failed logins.

use wasm_bindgen::prelude::JsValue;

use super::values::{Object, count, is_absent, text, wrong};
use crate::error::Error;
use crate::number;
use crate::rate::gcra::Tat;
use crate::rate::lockout::{Record, Subject};
use crate::rate::quota::Quota;
use crate::time::Millis;

/// Reads a quota.
pub(in crate::wasm) fn quota(value: &JsValue) -> Result<Quota, Error> {
    let object = Object::read(value, "quota")?;
    // A value that is not a whole number is read as 0, which is out of bounds and refused with the same message.
    let count = |name| count(&object.get(name)).unwrap_or(0);
    Quota::new(count("limit"), Millis::new(count("windowMs")), count("burst"))
}

/// Reads the stored state of a quota, or `None` for null and undefined.
pub(in crate::wasm) fn tat(value: &JsValue) -> Result<Option<Tat>, Error> {
    if is_absent(value) {
        return Ok(None);
    }
    let object = Object::read(value, "tat")?;
    let ticks = count(&object.get("ticks"))
        .ok_or_else(|| object.wrong("ticks", &format!("a whole number from 0 to {}", number::MAX_SAFE)))?;
    Ok(Some(Tat { at: object.time("atMs")?, ticks }))
}

/// Reads the subject that failed logins are counted for.
pub(in crate::wasm) fn login_subject(value: &JsValue) -> Result<Subject, Error> {
    let subject = Subject::parse(&text(value, "subject")?);
    subject.ok_or_else(|| wrong("subject", "\"identifier\" or \"address\""))
}

/// Reads the record of failed logins, or `None` for null and undefined.
pub(in crate::wasm) fn login_record(value: &JsValue, field: &'static str) -> Result<Option<Record>, Error> {
    if is_absent(value) {
        return Ok(None);
    }
    let object = Object::read(value, field)?;
    Ok(Some(Record {
        forgiven_at: object.time("forgivenAtMs")?,
        last_failure: object.time("lastFailureAtMs")?,
        locked_until: object.time("lockedUntilMs")?,
    }))
}
