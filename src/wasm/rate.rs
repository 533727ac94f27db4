//! Quotas and limits of failed logins. They take the stored state and return the state to store.

#![expect(unreachable_pub, reason = "wasm-bindgen exports only what is pub, and only to JavaScript")]

use wasm_bindgen::prelude::{JsValue, wasm_bindgen};

use super::core::Core;
use super::{decode, encode};
use crate::rate::gcra;
use crate::rate::login::account::{self, Origin};
use crate::rate::login::subject;

/// Decides whether an occurrence is allowed now under a quota.
///
/// `tat` is the stored one, or undefined. If the `tat` of the decision differs from it, store it by compare-and-set,
/// and decide again if another writer was faster. `shares` is the number of instances that count apart. Throws `invalid_argument` or `invalid_time`.
#[wasm_bindgen(js_name = decideQuota, unchecked_return_type = "QuotaDecision")]
pub fn decide_quota(
    #[wasm_bindgen(unchecked_param_type = "Quota")] quota: &JsValue,
    #[wasm_bindgen(unchecked_param_type = "Tat | null | undefined")] tat: &JsValue,
    #[wasm_bindgen(unchecked_param_type = "number")] shares: &JsValue,
    #[wasm_bindgen(js_name = nowMs, unchecked_param_type = "number")] now: &JsValue,
) -> Result<JsValue, JsValue> {
    let decide = || {
        let quota = decode::quota(quota)?.share(decode::shares(shares)?);
        Ok(gcra::decide(quota, decode::tat(tat)?, decode::now(now)?))
    };
    encode::value(&decide().map_err(encode::error)?)
}

/// Returns where a login comes from: `known:` and the first of its places at which the user has logged in, or `unknown`.
///
/// `places` are its places, the most certain one first, and `known` those of the user. Throws `invalid_argument`.
#[wasm_bindgen(js_name = loginOrigin)]
pub fn login_origin(
    #[wasm_bindgen(unchecked_param_type = "readonly string[]")] places: &JsValue,
    #[wasm_bindgen(unchecked_param_type = "readonly string[]")] known: &JsValue,
) -> Result<String, JsValue> {
    let read = || {
        let (places, known) = (decode::texts(places, "places")?, decode::texts(known, "known")?);
        Ok(account::origin_of(&places, &known))
    };
    read().map_err(encode::error)
}

/// Returns the instant since which a place is known if the user has logged in there, in Unix milliseconds.
///
/// Throws `invalid_time`.
#[wasm_bindgen(js_name = placesKnownSinceMs)]
pub fn places_known_since(
    #[wasm_bindgen(js_name = nowMs, unchecked_param_type = "number")] now: &JsValue,
) -> Result<f64, JsValue> {
    let now = decode::now(now).map_err(encode::error)?;
    Ok(encode::whole(account::places_known_since(now).get()))
}

#[wasm_bindgen]
impl Core {
    /// Returns the client of a request: its address, the place that it logs in from, and the networks that its failed
    /// logins are counted for.
    ///
    /// `peer` is the address of the connection, as Strapi tells it. `forwardedFor` is the header `X-Forwarded-For`, which
    /// counts only if the peer is in a trusted network. Throws `invalid_argument` for a value that is not a text.
    #[wasm_bindgen(js_name = clientOf, unchecked_return_type = "Client")]
    pub fn client_of(
        &self,
        #[wasm_bindgen(unchecked_param_type = "string")] peer: &JsValue,
        #[wasm_bindgen(js_name = forwardedFor, unchecked_param_type = "string")] forwarded: &JsValue,
    ) -> Result<JsValue, JsValue> {
        let read = || Ok((decode::text(peer, "peer")?, decode::text(forwarded, "forwardedFor")?));
        let (peer, forwarded) = read().map_err(encode::error)?;
        encode::value(&self.engine.client(&peer, &forwarded))
    }

    /// Decides whether a password may be compared, by the record of the account.
    ///
    /// `origin` is `unknown`, or `known:` or `session:` with a name. Store the record of the decision by
    /// compare-and-set before the password is compared, and decide again if another writer was faster. `concurrent` tells
    /// whether this process has another attempt from there under way. Throws `invalid_argument` or `invalid_time`.
    #[wasm_bindgen(js_name = decideLogin, unchecked_return_type = "LoginDecision")]
    pub fn decide_login(
        &self,
        #[wasm_bindgen(unchecked_param_type = "string | null")] record: &JsValue,
        #[wasm_bindgen(unchecked_param_type = "string")] origin: &JsValue,
        #[wasm_bindgen(unchecked_param_type = "boolean")] concurrent: &JsValue,
        #[wasm_bindgen(js_name = nowMs, unchecked_param_type = "number")] now: &JsValue,
    ) -> Result<JsValue, JsValue> {
        let decide = || {
            let (record, origin) = (decode::login_record(record)?, decode::text(origin, "origin")?);
            let origin = Origin::parse(&origin).ok_or_else(decode::wrong_origin)?;
            let (concurrent, now) = (decode::truth(concurrent, "concurrent")?, decode::now(now)?);
            let limits = self.engine.login_limits();
            let decision = account::decide(limits, record.as_ref(), origin, concurrent, now);
            Ok(encode::LoginDecision::new(limits, &decision, now))
        };
        encode::value(&decide().map_err(encode::error)?)
    }

    /// Returns the record after a granted attempt, or after the password was changed; `null` if it is unchanged.
    ///
    /// `reserved` tells whether the decision had a record to store. Throws `invalid_argument` or `invalid_time`.
    #[wasm_bindgen(js_name = settleLogin, unchecked_return_type = "StoredLogin | null")]
    pub fn settle_login(
        &self,
        #[wasm_bindgen(unchecked_param_type = "string | null")] record: &JsValue,
        #[wasm_bindgen(unchecked_param_type = "string")] origin: &JsValue,
        #[wasm_bindgen(unchecked_param_type = "boolean")] reserved: &JsValue,
        #[wasm_bindgen(unchecked_param_type = "LoginOutcome")] outcome: &JsValue,
        #[wasm_bindgen(js_name = nowMs, unchecked_param_type = "number")] now: &JsValue,
    ) -> Result<JsValue, JsValue> {
        let settle = || {
            let (record, origin) = (decode::login_record(record)?, decode::text(origin, "origin")?);
            let origin = Origin::parse(&origin).ok_or_else(decode::wrong_origin)?;
            let (reserved, outcome) = (decode::truth(reserved, "reserved")?, decode::login_outcome(outcome)?);
            let (limits, now) = (self.engine.login_limits(), decode::now(now)?);
            let next = account::settle(limits, record.as_ref(), origin, reserved, outcome, now);
            Ok(next.map(|record| encode::StoredLogin::new(limits, &record, now)))
        };
        encode::value(&settle().map_err(encode::error)?)
    }

    /// Counts a failed login for networks and names.
    ///
    /// Each of the `states` is a subject, or a subject, a blank and its stored allowance. `take` counts an attempt before
    /// it is made, `force` after it has failed, and `give-back` takes one back that has not failed. Store the allowances of
    /// the decision by compare-and-set. `shares` is the number of instances that count apart. Throws `invalid_argument`
    /// or `invalid_time`.
    #[wasm_bindgen(js_name = countFailure, unchecked_return_type = "FailureDecision")]
    pub fn count_failure(
        &self,
        #[wasm_bindgen(unchecked_param_type = "readonly string[]")] states: &JsValue,
        #[wasm_bindgen(unchecked_param_type = "'take' | 'force' | 'give-back'")] how: &JsValue,
        #[wasm_bindgen(unchecked_param_type = "number")] shares: &JsValue,
        #[wasm_bindgen(js_name = nowMs, unchecked_param_type = "number")] now: &JsValue,
    ) -> Result<JsValue, JsValue> {
        let count = || {
            let (states, how) = (decode::subject_states(states)?, decode::count(how)?);
            let (shares, now) = (decode::shares(shares)?, decode::now(now)?);
            Ok(subject::count(self.engine.login_limits(), &states, how, shares, now))
        };
        encode::value(&count().map_err(encode::error)?)
    }
}
