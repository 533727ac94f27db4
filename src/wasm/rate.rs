//! Quotas and the back-off after failed logins: what a store holds goes in, what it is to hold comes out.

#![expect(unreachable_pub, reason = "wasm-bindgen exports only what is pub, and only to JavaScript")]

use wasm_bindgen::prelude::{JsValue, wasm_bindgen};

use super::{decode, encode};
use crate::rate::gcra;
use crate::rate::lockout::Lockout;

/// Decides whether something may happen now under a quota.
///
/// `tat` is what the store holds, undefined if nothing. If the decision's `tat` differs from it, store that by
/// compare-and-set, and decide anew if another was faster. Throws `invalid_argument` or `invalid_time`.
#[wasm_bindgen(js_name = decideQuota, unchecked_return_type = "QuotaDecision")]
pub fn decide_quota(
    #[wasm_bindgen(unchecked_param_type = "Quota")] quota: &JsValue,
    #[wasm_bindgen(unchecked_param_type = "Tat | null | undefined")] tat: &JsValue,
    #[wasm_bindgen(js_name = nowMs, unchecked_param_type = "number")] now: &JsValue,
) -> Result<JsValue, JsValue> {
    let decide = || Ok(gcra::decide(decode::quota(quota)?, decode::tat(tat)?, decode::now(now)?));
    decide().map(|decision| encode::quota_decision(&decision)).map_err(encode::error)
}

/// Says whether a login may be tried, from what is remembered of the account and of the address; undefined if
/// nothing.
///
/// A refused attempt is not a failed one: neither look at the password nor call `loginFailed`. Throws
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

/// Gives what to remember of a subject after a login has failed; to be called for both subjects.
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

/// Gives what to remember of a subject after a login has succeeded; null if its record is to be deleted.
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
