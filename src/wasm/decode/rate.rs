//! Reads quotas, their stored state, and failed logins.

use wasm_bindgen::prelude::JsValue;

use super::values::{self, Object, is_absent, list, text, wrong};
use crate::error::Error;
use crate::number;
use crate::rate::gcra::Tat;
use crate::rate::login::account::{Outcome, Record};
use crate::rate::login::subject::{Count, State};
use crate::rate::login::text::read_record;
use crate::rate::quota::Quota;
use crate::time::Millis;

/// Reads a quota.
#[inline(never)]
pub(in crate::wasm) fn quota(value: &JsValue) -> Result<Quota, Error> {
    let object = Object::read(value, "quota")?;
    // A value that is not a whole number is read as 0, which is out of bounds and refused with the same message.
    let count = |name| values::count(&object.get(name)).unwrap_or(0);
    Quota::new(count("limit"), Millis::new(count("windowMs")), count("burst"))
}

/// Reads the stored state of a quota, or `None` for null and undefined.
#[inline(never)]
pub(in crate::wasm) fn tat(value: &JsValue) -> Result<Option<Tat>, Error> {
    if is_absent(value) {
        return Ok(None);
    }
    tat_of(&Object::read(value, "tat")?).map(Some)
}

fn tat_of(object: &Object) -> Result<Tat, Error> {
    Ok(Tat { at: object.time("atMs")?, ticks: whole(object, "ticks")? })
}

fn whole(object: &Object, name: &str) -> Result<u64, Error> {
    values::count(&object.get(name))
        .ok_or_else(|| object.wrong(name, &format!("a whole number from 0 to {}", number::MAX_SAFE)))
}

/// Reads the number of instances that count apart.
#[inline(never)]
pub(in crate::wasm) fn shares(value: &JsValue) -> Result<u64, Error> {
    values::count(value).filter(|shares| *shares > 0).ok_or_else(|| wrong("shares", "a whole number from 1"))
}

/// Reads the failed logins of an account, or `None` for null and undefined.
#[inline(never)]
pub(in crate::wasm) fn login_record(value: &JsValue) -> Result<Option<Record>, Error> {
    if is_absent(value) {
        return Ok(None);
    }
    let record = read_record(&text(value, "record")?);
    record.map(Some).ok_or_else(|| wrong("record", "a stored record"))
}

/// Reads the outcome of an attempt.
pub(in crate::wasm) fn login_outcome(value: &JsValue) -> Result<Outcome, Error> {
    Outcome::parse(&text(value, "outcome")?)
        .ok_or_else(|| wrong("outcome", "succeeded, failed, undecided or renewed"))
}

/// Refuses a text that names no origin.
pub(in crate::wasm) fn wrong_origin() -> Error {
    wrong("origin", "unknown, known:name or session:name")
}

/// Reads networks and names with their allowances: each text is a subject, or a subject, a blank and an allowance.
#[inline(never)]
pub(in crate::wasm) fn subject_states(value: &JsValue) -> Result<Vec<State>, Error> {
    let mut states = Vec::new();
    for item in list(value, "states")? {
        let given = text(&item, "states")?;
        states.push(State::parse(&given).ok_or_else(|| wrong("states", "stored allowances"))?);
    }
    Ok(states)
}

/// Reads how failed logins are counted.
pub(in crate::wasm) fn count(value: &JsValue) -> Result<Count, Error> {
    Count::parse(&text(value, "how")?).ok_or_else(|| wrong("how", "take, force or give-back"))
}
