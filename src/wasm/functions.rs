//! The functions that need neither settings nor keys.

#![expect(unreachable_pub, reason = "wasm-bindgen exports only what is pub, and only to JavaScript")]

use wasm_bindgen::prelude::{JsValue, wasm_bindgen};

use super::{decode, encode};
use crate::crypto::envelope::Envelope;
use crate::crypto::key;
use crate::crypto::seal_count::SEAL_WARNING;
use crate::entropy::SystemEntropy;
use crate::session::id::SessionId;
use crate::settings;

/// Reads the plugin's configuration and completes it with the defaults.
///
/// Takes the object as it stands in the configuration, or undefined. Throws `invalid_setting` with one line that
/// names the option, what it got (never the key) and what it takes.
#[wasm_bindgen(js_name = parseSettings, unchecked_return_type = "Settings")]
pub fn parse_settings(raw: &JsValue) -> Result<JsValue, JsValue> {
    decode::settings(raw).map(|settings| encode::settings(&settings)).map_err(encode::error)
}

/// Lists every option with its default, unit, bounds and reason.
#[wasm_bindgen(js_name = describeSettings, unchecked_return_type = "SettingDescription[]")]
#[must_use]
pub fn describe_settings() -> JsValue {
    encode::descriptions(&settings::describe())
}

/// Makes a new encryption key: 32 random bytes in base64.
#[wasm_bindgen(js_name = generateKey, unchecked_return_type = "string")]
pub fn generate_key() -> Result<JsValue, JsValue> {
    key::generate(&SystemEntropy).map(|key| encode::secret(&key)).map_err(encode::error)
}

/// Gives the public name of the key that an envelope says it stands under, `null` for what is no envelope; nothing is
/// opened, and nothing proven.
///
/// Throws `invalid_argument` for what is no text.
#[wasm_bindgen(js_name = keyIdOf, unchecked_return_type = "string | null")]
pub fn key_id_of(
    #[wasm_bindgen(unchecked_param_type = "string")] envelope: &JsValue,
) -> Result<JsValue, JsValue> {
    let envelope = decode::envelope(envelope).map_err(encode::error)?;
    Ok(encode::or_null(Envelope::parse(&envelope).map(|envelope| envelope.key_id.to_string())))
}

/// Gives the total of seals under one key, over all cores and restarts, from which on the key is to be replaced.
///
/// It is 2^31, half of what SP 800-38D §8.3 allows with random nonces.
#[must_use]
#[wasm_bindgen(js_name = sealCountToWarnAt)]
pub fn seal_count_to_warn_at() -> f64 {
    encode::whole(SEAL_WARNING)
}

/// Gives the session id of a token that was issued without one: always the same for the same token.
///
/// Takes the token's signing input, which is its header and payload with the dot between.
#[wasm_bindgen(js_name = sessionIdFor)]
pub fn session_id_for(
    #[wasm_bindgen(js_name = signingInput, unchecked_param_type = "string")] signing_input: &JsValue,
) -> Result<String, JsValue> {
    let signing_input = decode::text(signing_input, "signingInput").map_err(encode::error)?;
    Ok(SessionId::of_signing_input(&signing_input).to_string())
}
