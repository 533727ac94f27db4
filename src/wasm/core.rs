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
use crate::time::UnixMillis;

/// The flags of `checkRequest`: exactly one of `Allow`, `Expired`, `Terminated`, `Idle` and `Revoked` is set, the
/// others go with `Allow`.
#[wasm_bindgen]
#[derive(Clone, Copy, Debug)]
pub enum Verdict {
    /// The request may pass.
    Allow = 1,
    /// "Last seen" is to be written down.
    Touch = 2,
    /// The session was inactive and is active again.
    Reactivated = 4,
    /// Refused: the session has reached the absolute timeout and is to be terminated.
    Expired = 8,
    /// Refused: the session has ended.
    Terminated = 16,
    /// Refused: the session was idle for too long and is to be terminated.
    Idle = 32,
    /// Refused: the session began before the not-before instant and is to be terminated for its reason.
    Revoked = 64,
}

/// Decides and seals for one set of settings and one keyring. Holds the keys until `free()`.
#[wasm_bindgen]
#[derive(Debug)]
pub struct Core {
    engine: Engine,
    keyring: Keyring,
    entropy: SystemEntropy,
    nonces: BufferedEntropy<SystemEntropy>,
}

#[wasm_bindgen]
impl Core {
    /// Makes a core. Throws `invalid_setting`, `invalid_key` or `invalid_argument`.
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

    /// Draws a new session id: 128 random bits as 32 lower-case hex digits.
    #[wasm_bindgen(js_name = newSessionId)]
    pub fn new_session_id(&self) -> Result<String, JsValue> {
        SessionId::random(&self.entropy).map(|id| id.to_string()).map_err(encode::error)
    }

    /// Judges one request and gives flags of `Verdict`; numbers in, number out.
    ///
    /// `state`: 0 active, 1 inactive, 2 terminated. Times are whole milliseconds since the epoch; anything else
    /// throws `invalid_time`, so that the request is refused. `notBeforeMs` is the later of the user's and the
    /// global not-before instant, 0 where there is none. A clock that has stepped back expires nothing, makes
    /// nothing idle and no write due.
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

    /// Says what an event makes of a session, and what is to be done about it.
    ///
    /// `session` is undefined where there is none. Throws `invalid_argument` or `invalid_time`.
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
        step().map(|transition| encode::transition(&transition)).map_err(encode::error)
    }

    /// Plans a sweep of the stored sessions. Throws `invalid_time`.
    #[wasm_bindgen(js_name = sweepPlan, unchecked_return_type = "SweepPlan")]
    pub fn sweep_plan(
        &self,
        #[wasm_bindgen(js_name = nowMs, unchecked_param_type = "number")] now: &JsValue,
    ) -> Result<JsValue, JsValue> {
        let now = decode::now(now).map_err(encode::error)?;
        Ok(encode::sweep_plan(&self.engine.sweep_plan(now)))
    }

    /// Decides what a login does, given the sessions of its user that have not ended.
    ///
    /// Throws `invalid_argument` or `invalid_time`.
    #[wasm_bindgen(js_name = decideLimit, unchecked_return_type = "LimitDecision")]
    pub fn decide_limit(
        &self,
        #[wasm_bindgen(unchecked_param_type = "readonly LiveSession[]")] live: &JsValue,
        #[wasm_bindgen(js_name = nowMs, unchecked_param_type = "number")] now: &JsValue,
    ) -> Result<JsValue, JsValue> {
        let decide = || {
            let (ids, live) = decode::live_sessions(live)?;
            Ok((ids, self.engine.decide_limit(&live, decode::now(now)?)))
        };
        let (ids, decision) = decide().map_err(encode::error)?;
        Ok(encode::limit_decision(&ids, &decision))
    }

    /// Decides what a refresh token of a session that goes on is good for: the next rotation, the retry of a lost
    /// response (with the child there already is), or nothing, since it is used a second time.
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

    /// Gives the time between two writes of "last seen" for one session, in milliseconds: `lastSeenRateLimit`, or a
    /// quarter of `inactivityTimeout` where that is less.
    #[must_use]
    #[wasm_bindgen(js_name = touchPeriodMs)]
    pub fn touch_period_ms(&self) -> f64 {
        encode::span(self.engine.touch_period())
    }

    /// Seals a token for storage, bound to one session and one column.
    ///
    /// Throws `invalid_argument` or `entropy_unavailable`.
    pub fn seal(
        &self,
        #[wasm_bindgen(js_name = sessionId, unchecked_param_type = "string")] session_id: &JsValue,
        #[wasm_bindgen(unchecked_param_type = "TokenField")] field: &JsValue,
        #[wasm_bindgen(unchecked_param_type = "string")] token: &JsValue,
    ) -> Result<String, JsValue> {
        let seal = || {
            let (id, field) = (decode::session_id(session_id)?, decode::token_field(field)?);
            let token = decode::text(token, "token")?;
            seal::seal(&self.keyring, &self.nonces, id.as_bytes(), field, &token)
        };
        seal().map_err(encode::error)
    }

    /// Opens what was sealed for exactly this session and column.
    ///
    /// Throws `open_failed`, always the same whatever the cause, or `invalid_argument`.
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
            seal::open(&self.keyring, id.as_bytes(), field, &envelope)
        };
        open().map(|token| encode::secret(&token)).map_err(encode::error)
    }

    /// Opens what was sealed for exactly this session and column, and seals it anew under the primary key.
    ///
    /// Throws as `open` and `seal` do.
    pub fn reseal(
        &self,
        #[wasm_bindgen(js_name = sessionId, unchecked_param_type = "string")] session_id: &JsValue,
        #[wasm_bindgen(unchecked_param_type = "TokenField")] field: &JsValue,
        #[wasm_bindgen(unchecked_param_type = "string")] envelope: &JsValue,
    ) -> Result<String, JsValue> {
        let reseal = || {
            let (id, field) = (decode::session_id(session_id)?, decode::token_field(field)?);
            let envelope = decode::envelope(envelope)?;
            seal::reseal(&self.keyring, &self.nonces, id.as_bytes(), field, &envelope)
        };
        reseal().map_err(encode::error)
    }

    /// Says under which key an envelope stands, by the key id in it; nothing is opened, and nothing proven.
    ///
    /// Throws `invalid_argument` for what is no text.
    #[wasm_bindgen(js_name = keyStateOf, unchecked_return_type = "KeyState")]
    pub fn key_state_of(
        &self,
        #[wasm_bindgen(unchecked_param_type = "string")] envelope: &JsValue,
    ) -> Result<String, JsValue> {
        let envelope = decode::envelope(envelope).map_err(encode::error)?;
        Ok(self.keyring.key_state(&envelope).as_str().to_owned())
    }

    /// Gives how often this core has sealed under its primary key; whoever keeps the total adds up all cores.
    #[must_use]
    #[wasm_bindgen(js_name = sealCount)]
    pub fn seal_count(&self) -> f64 {
        encode::whole(self.keyring.seals().get())
    }

    /// Gives the fingerprint by which a token is found again without being kept: 43 characters of URL-safe base64.
    pub fn fingerprint(
        &self,
        #[wasm_bindgen(unchecked_param_type = "string")] token: &JsValue,
    ) -> Result<String, JsValue> {
        let token = decode::text(token, "token").map_err(encode::error)?;
        Ok(fingerprint(&self.keyring, &token))
    }

    /// Gives the public name of the primary key: 12 lower-case hex digits.
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
