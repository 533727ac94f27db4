//! Quotas and the lockout after failed logins. They take the stored state and return the state to store.

#![expect(unreachable_pub, reason = "wasm-bindgen exports only what is pub, and only to JavaScript")]

use wasm_bindgen::prelude::{JsValue, wasm_bindgen};

use super::{decode, encode};
use crate::rate::gcra;
use crate::rate::lockout::Lockout;

/// Decides whether an occurrence is allowed now under a quota.
///
/// `tat` is the stored one, or undefined. If the `tat` of the decision differs from it, store it by compare-and-set,
/// and decide again if another writer was faster. Throws `invalid_argument` or `invalid_time`.
#[wasm_bindgen(js_name = decideQuota, unchecked_return_type = "QuotaDecision")]
pub fn decide_quota(
    #[wasm_bindgen(unchecked_param_type = "Quota")] quota: &JsValue,
    #[wasm_bindgen(unchecked_param_type = "Tat | null | undefined")] tat: &JsValue,
    #[wasm_bindgen(js_name = nowMs, unchecked_param_type = "number")] now: &JsValue,
) -> Result<JsValue, JsValue> {
    let decide = || Ok(gcra::decide(decode::quota(quota)?, decode::tat(tat)?, decode::now(now)?));
    decide().map(|decision| encode::quota_decision(&decision)).map_err(encode::error)
}

/// Decides on an attempt to log in by the records of the account and of the address; undefined without a record.
///
/// A refused attempt is not a failed one: do not check the password, and do not call `loginFailed`. Throws
/// `invalid_argument` or `invalid_time`.
#[wasm_bindgen(js_name = decideLogin, unchecked_return_type = "LoginDecision")]
pub fn decide_login(
    #[wasm_bindgen(unchecked_param_type = "LoginRecord | null | undefined")] identifier: &JsValue,
    #[wasm_bindgen(unchecked_param_type = "LoginRecord | null | undefined")] address: &JsValue,
    #[wasm_bindgen(js_name = nowMs, unchecked_param_type = "number")] now: &JsValue,
) -> Result<JsValue, JsValue> {
    let decide = || {
        let identifier = decode::login_record(identifier, "identifier")?;
        let address = decode::login_record(address, "address")?;
        Ok(Lockout::default().decide(identifier, address, decode::now(now)?))
    };
    decide().map(encode::login_decision).map_err(encode::error)
}

/// Returns the record of a subject after a failed login. Call it for both subjects.
///
/// Throws `invalid_argument` or `invalid_time`.
#[wasm_bindgen(js_name = loginFailed, unchecked_return_type = "FailedLogin")]
pub fn login_failed(
    #[wasm_bindgen(unchecked_param_type = "LoginSubject")] subject: &JsValue,
    #[wasm_bindgen(unchecked_param_type = "LoginRecord | null | undefined")] record: &JsValue,
    #[wasm_bindgen(js_name = nowMs, unchecked_param_type = "number")] now: &JsValue,
) -> Result<JsValue, JsValue> {
    let fail = || {
        let (subject, record) = (decode::login_subject(subject)?, decode::login_record(record, "record")?);
        let lockout = Lockout::default();
        let next = lockout.after_failure(subject, record, decode::now(now)?);
        Ok((next, lockout.forget_at(subject, next)))
    };
    fail().map(|(record, forget_at)| encode::failed_login(record, forget_at)).map_err(encode::error)
}

/// Returns the record of a subject after a successful login; `null` if the caller deletes it.
///
/// Throws `invalid_argument` or `invalid_time`.
#[wasm_bindgen(js_name = loginSucceeded, unchecked_return_type = "LoginRecord | null")]
pub fn login_succeeded(
    #[wasm_bindgen(unchecked_param_type = "LoginSubject")] subject: &JsValue,
    #[wasm_bindgen(unchecked_param_type = "LoginRecord | null | undefined")] record: &JsValue,
) -> Result<JsValue, JsValue> {
    let succeed = || {
        let (subject, record) = (decode::login_subject(subject)?, decode::login_record(record, "record")?);
        Ok(Lockout::default().after_success(subject, record))
    };
    succeed().map(encode::remembered).map_err(encode::error)
}
