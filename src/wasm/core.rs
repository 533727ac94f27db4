//! The class `Core`: one set of settings and one keyring.

#![expect(clippy::float_cmp, reason = "wasm-bindgen's code for an enum compares the number JavaScript gave")]

use wasm_bindgen::prelude::{JsValue, wasm_bindgen};

use super::{decode, encode};
use crate::crypto::fingerprint::fingerprint;
use crate::crypto::keyring::Keyring;
use crate::crypto::seal;
use crate::engine::{Engine, Request};
use crate::entropy::{BufferedEntropy, SystemEntropy};
use crate::session::id::SessionId;
use crate::session::machine;
use crate::session::revocation::Revocation;
use crate::time::UnixMillis;

/// The flags of `checkRequest`. Exactly one of `Allow`, `Expired`, `Terminated`, `Idle` and `Revoked` is set. The
/// others are set with `Allow` only.
#[wasm_bindgen]
#[derive(Clone, Copy, Debug)]
pub enum Verdict {
    /// The request is allowed.
    Allow = 1,
    /// The caller stores "last seen".
    Touch = 2,
    /// The session was inactive and is active again.
    Reactivated = 4,
    /// Refused: the session has reached the absolute timeout. The caller terminates it.
    Expired = 8,
    /// Refused: the session is terminated.
    Terminated = 16,
    /// Refused: the session was idle for too long. The caller terminates it.
    Idle = 32,
    /// Refused: the session began before the not-before instant. The caller terminates it for the reason of the
    /// instant.
    Revoked = 64,
}

/// Decides and seals for one set of settings and one keyring. The keys stay in memory until `free()`.
#[wasm_bindgen]
#[derive(Debug)]
pub struct Core {
    pub(super) engine: Engine,
    keyring: Keyring,
    entropy: SystemEntropy,
    nonces: BufferedEntropy<SystemEntropy>,
}

#[wasm_bindgen]
impl Core {
    /// Creates a core for these settings and keys. Throws `invalid_setting`, `invalid_key` or `invalid_argument`.
    #[wasm_bindgen(constructor)]
    pub fn new(
        #[wasm_bindgen(unchecked_param_type = "Settings")] settings: &JsValue,
        #[wasm_bindgen(unchecked_param_type = "KeySource")] key: &JsValue,
    ) -> Result<Self, JsValue> {
        let build = || {
            let engine = Engine::new(&decode::settings(settings)?);
            let keyring = decode::keyring(key)?;
            Ok(Self { engine, keyring, entropy: SystemEntropy, nonces: BufferedEntropy::new(SystemEntropy) })
        };
        build().map_err(encode::error)
    }

    /// Generates a session id: 128 random bits as 32 lower-case hex digits.
    #[wasm_bindgen(js_name = newSessionId)]
    pub fn new_session_id(&self) -> Result<String, JsValue> {
        SessionId::random(&self.entropy).map(|id| id.to_string()).map_err(encode::error)
    }

    /// Checks one request and returns flags of `Verdict`.
    ///
    /// `state`: 0 active, 1 inactive, 2 terminated. Times are whole milliseconds since the epoch; anything else throws
    /// `invalid_time`. `notBeforeMs` is the later of the user's and the global not-before instant, 0 without any. While
    /// the clock stands before a time, that time makes no session expired or idle, and no write due; but a login further
    /// ahead than the absolute timeout is expired.
    #[wasm_bindgen(js_name = checkRequest)]
    pub fn check_request(
        &self,
        #[wasm_bindgen(unchecked_param_type = "number")] state: &JsValue,
        #[wasm_bindgen(js_name = loggedInAtMs)] logged_in: f64,
        #[wasm_bindgen(js_name = lastSeenAtMs)] last_seen: f64,
        #[wasm_bindgen(js_name = lastTouchedAtMs)] last_touched: f64,
        #[wasm_bindgen(js_name = notBeforeMs)] not_before: f64,
        #[wasm_bindgen(js_name = nowMs)] now: f64,
    ) -> Result<u32, JsValue> {
        let check = || {
            let request = Request {
                state: decode::session_state(state)?,
                logged_in: UnixMillis::from_number(logged_in, "loggedInAtMs")?,
                last_seen: UnixMillis::from_number(last_seen, "lastSeenAtMs")?,
                last_touched: UnixMillis::from_number(last_touched, "lastTouchedAtMs")?,
                not_before: UnixMillis::from_number(not_before, "notBeforeMs")?,
            };
            Ok(flags(self.engine.check(&request, decode::present(now)?)))
        };
        check().map_err(encode::error)
    }

    /// Applies an event to a session and returns the new state with the effects for the caller.
    ///
    /// `session` is undefined if it does not exist. Throws `invalid_argument` or `invalid_time`.
    #[wasm_bindgen(unchecked_return_type = "Transition")]
    pub fn transition(
        &self,
        #[wasm_bindgen(unchecked_param_type = "SessionSnapshot | undefined")] session: &JsValue,
        #[wasm_bindgen(unchecked_param_type = "SessionEvent")] event: &JsValue,
        #[wasm_bindgen(js_name = nowMs, unchecked_param_type = "number")] now: &JsValue,
    ) -> Result<JsValue, JsValue> {
        let step = || {
            let (session, event) = (decode::session(session)?, decode::event(event)?);
            Ok(self.engine.transition(session, event, decode::now(now)?))
        };
        encode::value(&step().map_err(encode::error)?)
    }

    /// Plans a sweep of the stored sessions. Throws `invalid_time`.
    #[wasm_bindgen(js_name = sweepPlan, unchecked_return_type = "SweepPlan")]
    pub fn sweep_plan(
        &self,
        #[wasm_bindgen(js_name = nowMs, unchecked_param_type = "number")] now: &JsValue,
    ) -> Result<JsValue, JsValue> {
        let now = decode::now(now).map_err(encode::error)?;
        encode::value(&self.engine.sweep_plan(now))
    }

    /// Decides on a login by the sessions of its user that are not terminated, the new one among them.
    ///
    /// `sessionId` is that of the new one. It need not be among them, if others have evicted it. `notBeforeMs` and
    /// `revocation` are the later instant and the higher number of the revocations of the user and of everyone, 0 without
    /// any. Throws `invalid_argument` or `invalid_time`.
    #[wasm_bindgen(js_name = decideLimit, unchecked_return_type = "LimitDecision")]
    pub fn decide_limit(
        &self,
        #[wasm_bindgen(unchecked_param_type = "readonly LiveSession[]")] live: &JsValue,
        #[wasm_bindgen(js_name = sessionId, unchecked_param_type = "string")] session_id: &JsValue,
        #[wasm_bindgen(js_name = notBeforeMs, unchecked_param_type = "number")] not_before: &JsValue,
        #[wasm_bindgen(unchecked_param_type = "number")] revocation: &JsValue,
        #[wasm_bindgen(js_name = nowMs, unchecked_param_type = "number")] now: &JsValue,
    ) -> Result<JsValue, JsValue> {
        let decide = || {
            let (ids, live) = decode::live_sessions(live)?;
            decode::text(session_id, "sessionId")?;
            let login = ids.iter().position(|id| id == session_id);
            let not_before = decode::time(not_before, "notBeforeMs")?;
            let number = decode::whole_number(revocation, "revocation")?;
            let revocation = Revocation { not_before, number, written: not_before };
            Ok((self.engine.decide_limit(&live, login, &revocation, decode::now(now)?), ids))
        };
        let (decision, ids) = decide().map_err(encode::error)?;
        Ok(encode::limit_decision(&ids, &decision))
    }

    /// Decides on a refresh token of a session that is not terminated.
    ///
    /// `rotation` is undefined while the token has not been exchanged. Throws `invalid_argument` or `invalid_time`.
    #[wasm_bindgen(js_name = decideRefresh, unchecked_return_type = "RefreshDecision")]
    pub fn decide_refresh(
        &self,
        #[wasm_bindgen(unchecked_param_type = "Rotation | undefined")] rotation: &JsValue,
        #[wasm_bindgen(js_name = nowMs, unchecked_param_type = "number")] now: &JsValue,
    ) -> Result<String, JsValue> {
        let decide = || Ok(self.engine.decide_refresh(decode::rotation(rotation)?, decode::now(now)?));
        decide().map(|decision| decision.as_str().to_owned()).map_err(encode::error)
    }

    /// Returns the shortest time between two writes of "last seen" for one session, in milliseconds.
    ///
    /// It is `lastSeenRateLimit`, or a quarter of `inactivityTimeout` if that is less; a tenth where idle sessions are
    /// terminated.
    #[must_use]
    #[wasm_bindgen(js_name = touchPeriodMs)]
    pub fn touch_period_ms(&self) -> f64 {
        encode::span(self.engine.touch_period())
    }

    /// Seals a token for one session and one column.
    ///
    /// Throws `invalid_argument`, `entropy_unavailable` or, after 2^32 seals under the key, `key_exhausted`.
    pub fn seal(
        &self,
        #[wasm_bindgen(js_name = sessionId, unchecked_param_type = "string")] session_id: &JsValue,
        #[wasm_bindgen(unchecked_param_type = "TokenField")] field: &JsValue,
        #[wasm_bindgen(unchecked_param_type = "string")] token: &JsValue,
    ) -> Result<String, JsValue> {
        let seal = || {
            let (id, field) = (decode::session_id(session_id)?, decode::token_field(field)?);
            let token = decode::text(token, "token")?;
            seal::seal(&self.keyring, &self.nonces, (&id).into(), field, &token)
        };
        seal().map_err(encode::error)
    }

    /// Opens an envelope of exactly this session and column.
    ///
    /// Throws `invalid_argument`, or `open_failed`, which is the same for every cause.
    #[wasm_bindgen(unchecked_return_type = "string")]
    pub fn open(
        &self,
        #[wasm_bindgen(js_name = sessionId, unchecked_param_type = "string")] session_id: &JsValue,
        #[wasm_bindgen(unchecked_param_type = "TokenField")] field: &JsValue,
        #[wasm_bindgen(unchecked_param_type = "string")] envelope: &JsValue,
    ) -> Result<JsValue, JsValue> {
        let open = || {
            let (id, field) = (decode::session_id(session_id)?, decode::token_field(field)?);
            let envelope = decode::envelope(envelope)?;
            seal::open(&self.keyring, (&id).into(), field, &envelope)
        };
        open().map(|token| encode::secret(&token)).map_err(encode::error)
    }

    /// Opens an envelope of exactly this session and column, and seals its token again under the primary key.
    ///
    /// Throws the errors of `open` and `seal`.
    pub fn reseal(
        &self,
        #[wasm_bindgen(js_name = sessionId, unchecked_param_type = "string")] session_id: &JsValue,
        #[wasm_bindgen(unchecked_param_type = "TokenField")] field: &JsValue,
        #[wasm_bindgen(unchecked_param_type = "string")] envelope: &JsValue,
    ) -> Result<String, JsValue> {
        let reseal = || {
            let (id, field) = (decode::session_id(session_id)?, decode::token_field(field)?);
            let envelope = decode::envelope(envelope)?;
            seal::reseal(&self.keyring, &self.nonces, (&id).into(), field, &envelope)
        };
        reseal().map_err(encode::error)
    }

    /// Returns the kind of key that an envelope was sealed under, by its key id. The envelope is not opened.
    ///
    /// Throws `invalid_argument` for a value that is not a text.
    #[wasm_bindgen(js_name = keyStateOf, unchecked_return_type = "KeyState")]
    pub fn key_state_of(
        &self,
        #[wasm_bindgen(unchecked_param_type = "string")] envelope: &JsValue,
    ) -> Result<String, JsValue> {
        let envelope = decode::envelope(envelope).map_err(encode::error)?;
        Ok(self.keyring.key_state(&envelope).as_str().to_owned())
    }

    /// Returns the number of seals of this core under its primary key. The caller adds up all cores.
    #[must_use]
    #[wasm_bindgen(js_name = sealCount)]
    pub fn seal_count(&self) -> f64 {
        encode::whole(self.keyring.seals().own())
    }

    /// Tells this core the number of seals of all cores under its primary key, and returns how far the key is used up.
    ///
    /// At 2^31 the key should be replaced; at 2^32 this core seals no more (SP 800-38D §8.3). Throws `invalid_argument`.
    #[wasm_bindgen(js_name = setSealTotal, unchecked_return_type = "KeyWear")]
    pub fn set_seal_total(
        &self,
        #[wasm_bindgen(unchecked_param_type = "number")] total: &JsValue,
    ) -> Result<String, JsValue> {
        let total = decode::whole_number(total, "total").map_err(encode::error)?;
        self.keyring.seals().set_total(total);
        Ok(self.keyring.seals().wear().as_str().to_owned())
    }

    /// Returns the fingerprint of a token, which finds it without storing it: 43 characters of URL-safe base64.
    pub fn fingerprint(
        &self,
        #[wasm_bindgen(unchecked_param_type = "string")] token: &JsValue,
    ) -> Result<String, JsValue> {
        let token = decode::text(token, "token").map_err(encode::error)?;
        Ok(fingerprint(&self.keyring, &token))
    }

    /// Returns the id of the primary key: 12 lower-case hex digits.
    #[must_use]
    #[wasm_bindgen(js_name = keyId)]
    pub fn key_id(&self) -> String {
        self.keyring.key_id().to_string()
    }
}

const fn flags(verdict: machine::Verdict) -> u32 {
    match verdict {
        machine::Verdict::Terminated => Verdict::Terminated as u32,
        machine::Verdict::Expired => Verdict::Expired as u32,
        machine::Verdict::Idle => Verdict::Idle as u32,
        machine::Verdict::Revoked => Verdict::Revoked as u32,
        machine::Verdict::Allow { touch, reactivated } => {
            let touch = if touch { Verdict::Touch as u32 } else { 0 };
            let reactivated = if reactivated { Verdict::Reactivated as u32 } else { 0 };
            Verdict::Allow as u32 | touch | reactivated
        }
    }
}
