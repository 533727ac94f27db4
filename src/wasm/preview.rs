//! The preview of settings for the admin panel. It needs no key.

#![expect(unreachable_pub, reason = "wasm-bindgen exports only what is pub, and only to JavaScript")]

use js_sys::Uint32Array;
use wasm_bindgen::prelude::{JsValue, wasm_bindgen};

use super::{decode, encode};
use crate::engine::Engine;
use crate::error::Error;
use crate::preview::attack::{self, Owner};
use crate::preview::impact::{Impact, Stored};
use crate::preview::simulation::{self, Step};
use crate::serial::structs;
use crate::session::state::SessionState;
use crate::time::{Millis, UnixMillis};

/// Simulates a script under some settings, and then lets time pass until every session is terminated.
///
/// A sweep runs as soon as it has something to change; a real sweep runs once a minute. A script has at most 100,000
/// requests and 1,000 logins. Throws `invalid_setting`, `invalid_argument` or `invalid_time`.
#[wasm_bindgen(unchecked_return_type = "Timeline")]
pub fn simulate(
    #[wasm_bindgen(unchecked_param_type = "Settings")] settings: &JsValue,
    #[wasm_bindgen(unchecked_param_type = "readonly ScriptStep[]")] script: &JsValue,
    #[wasm_bindgen(js_name = startMs, unchecked_param_type = "number")] start: &JsValue,
) -> Result<JsValue, JsValue> {
    let run = || {
        let engine = Engine::new(&decode::settings(settings)?);
        let script = decode::list(script, "script")?;
        let script = script.iter().map(|item| step(&item)).collect::<Result<Vec<_>, _>>()?;
        simulation::simulate(&engine, &script, decode::time(start, "startMs")?)
    };
    encode::value(&run().map_err(encode::error)?)
}

/// Returns the changes that a sweep at `nowMs` and the next clean-up under some settings would make to stored sessions.
///
/// `cleanUpAtMs` is `null` if no clean-up is planned. Takes columns of equal length. Throws `invalid_setting`, `invalid_argument` or `invalid_time`.
#[wasm_bindgen(unchecked_return_type = "Impact")]
pub fn impact(
    #[wasm_bindgen(unchecked_param_type = "Settings")] settings: &JsValue,
    #[wasm_bindgen(unchecked_param_type = "SessionColumns")] sessions: &JsValue,
    #[wasm_bindgen(js_name = nowMs, unchecked_param_type = "number")] now: &JsValue,
    #[wasm_bindgen(js_name = cleanUpAtMs, unchecked_param_type = "number | null")] clean_up: &JsValue,
) -> Result<JsValue, JsValue> {
    let impact = || {
        let engine = Engine::new(&decode::settings(settings)?);
        let columns = decode::Object::read(sessions, "sessions")?;
        evaluate(&engine, &columns, decode::now(now)?, decode::optional_time(clean_up, "cleanUpAtMs")?)
    };
    let Impact { inactive, idle, expired, deleted } = impact().map_err(encode::error)?;
    let places = |places: Vec<u32>| Uint32Array::from(places.as_slice()).into();
    Ok(encode::object(&[
        ("becomeInactive", places(inactive)),
        ("terminatedAsIdle", places(idle)),
        ("terminatedAsExpired", places(expired)),
        ("deleted", places(deleted)),
    ]))
}

/// The numbers of networks that a forecast is made for.
const NETWORKS: [u32; 3] = [1, 100, 30_000];

/// The numbers of wrong passwords that a forecast of the owner's wait is made for.
const TYPOS: [u32; 3] = [1, 5, 10];

/// Says what the limits of failed logins mean, by a simulation of a day of attack.
///
/// Throws `invalid_setting`.
#[wasm_bindgen(js_name = forecastLogins, unchecked_return_type = "LoginForecast")]
pub fn forecast_logins(
    #[wasm_bindgen(unchecked_param_type = "Settings")] settings: &JsValue,
) -> Result<JsValue, JsValue> {
    let limits = decode::settings(settings).map_err(encode::error)?.login_limits();
    let guesses = |networks| attack::simulate(&limits, networks, Owner::Known).guesses;
    let waits = |is_known| TYPOS.map(|typos| attack::owner_wait(&limits, typos, is_known));
    encode::value(&LoginForecast {
        guesses: NETWORKS.map(guesses),
        waits_at_known_place: waits(true),
        waits_at_unknown_place: waits(false),
    })
}

/// The guesses that attackers have in a day, and how long the owner waits after typing errors.
struct LoginForecast {
    guesses: [u32; 3],
    waits_at_known_place: [Millis; 3],
    waits_at_unknown_place: [Millis; 3],
}

structs! {
    LoginForecast, forecast {
        "networks": &NETWORKS[..],
        "guesses": &forecast.guesses[..],
        "typos": &TYPOS[..],
        "waitsAtKnownPlaceMs": &forecast.waits_at_known_place[..],
        "waitsAtUnknownPlaceMs": &forecast.waits_at_unknown_place[..],
    }
}

fn evaluate(
    engine: &Engine,
    columns: &decode::Object,
    now: UnixMillis,
    clean_up: Option<UnixMillis>,
) -> Result<Impact, Error> {
    let states = columns.bytes("states")?;
    let logged_in = times(columns, "loggedInAtMs", states.len())?;
    let last_seen = times(columns, "lastSeenAtMs", states.len())?;
    let terminated = times(columns, "terminatedAtMs", states.len())?;
    let kept_until = times(columns, "keepUntilMs", states.len())?;
    let mut impact = Impact::default();
    let rows = states.into_iter().zip(logged_in).zip(last_seen).zip(terminated).zip(kept_until);
    for (place, ((((state, logged_in), last_seen), terminated), kept_until)) in (0..).zip(rows) {
        let state = SessionState::ALL.get(usize::from(state)).copied();
        let state = state.ok_or_else(|| columns.wrong("states", "0, 1 and 2"))?;
        let terminated = if state == SessionState::Terminated { terminated } else { 0.0 };
        let stored = Stored {
            state,
            logged_in: UnixMillis::from_number(logged_in, "sessions.loggedInAtMs")?,
            last_seen: UnixMillis::from_number(last_seen, "sessions.lastSeenAtMs")?,
            terminated: UnixMillis::from_number(terminated, "sessions.terminatedAtMs")?,
            kept_until: UnixMillis::from_number(kept_until, "sessions.keepUntilMs")?,
        };
        impact.record(engine, place, stored, now, clean_up);
    }
    Ok(impact)
}

fn times(columns: &decode::Object, name: &str, length: usize) -> Result<Vec<f64>, Error> {
    let times = columns.numbers(name)?;
    if times.len() == length {
        Ok(times)
    } else {
        Err(columns.wrong(name, "as many times as there are states"))
    }
}

fn step(value: &JsValue) -> Result<Step, Error> {
    let object = decode::Object::read(value, "script")?;
    let span = |name| object.time(name).map(|time| Millis::new(time.get()));
    match object.text("type")?.as_str() {
        "login" => Ok(Step::Login),
        "request" => Ok(Step::Request),
        "requests" => Ok(Step::Requests { every: span("everyMs")?, span: span("forMs")? }),
        "pause" => Ok(Step::Pause(span("forMs")?)),
        "terminate" => Ok(Step::Terminate(object.reason("reason")?)),
        _ => Err(object.wrong("type", "\"login\", \"request\", \"requests\", \"pause\" or \"terminate\"")),
    }
}
