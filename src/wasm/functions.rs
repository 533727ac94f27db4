//! Functions without settings and keys.

#![expect(unreachable_pub, reason = "wasm-bindgen exports only what is pub, and only to JavaScript")]
#![expect(clippy::float_cmp, reason = "wasm-bindgen's code for an enum compares the number JavaScript gave")]

use wasm_bindgen::prelude::{JsValue, wasm_bindgen};

use super::{decode, encode};
use crate::crypto::envelope::Envelope;
use crate::crypto::key;
use crate::crypto::seal_count::SEAL_WARNING;
use crate::entropy::SystemEntropy;
use crate::session::account::{self, PasswordFingerprint};
use crate::session::continuation;
use crate::session::id::SessionId;
use crate::session::revocation::{self, Revocation};
use crate::settings;
use crate::time::UnixMillis;

/// Reads the configuration of the plugin and completes it with the defaults.
///
/// Takes the object of the configuration, or undefined. Throws `invalid_setting` with one line that names the option,
/// the value (never a key) and the values allowed.
#[wasm_bindgen(js_name = parseSettings, unchecked_return_type = "Settings")]
pub fn parse_settings(raw: &JsValue) -> Result<JsValue, JsValue> {
    encode::value(&decode::settings(raw).map_err(encode::error)?)
}

/// Describes every option: name, kind, unit, default, bounds or choices, and an English text.
#[wasm_bindgen(js_name = describeSettings, unchecked_return_type = "SettingDescription[]")]
pub fn describe_settings() -> Result<JsValue, JsValue> {
    encode::value(&settings::describe())
}

/// Generates an encryption key: 32 random bytes in base64.
#[wasm_bindgen(js_name = generateKey, unchecked_return_type = "string")]
pub fn generate_key() -> Result<JsValue, JsValue> {
    key::generate(&SystemEntropy).map(|key| encode::secret(&key)).map_err(encode::error)
}

/// Returns the id of the key that an envelope names, or `null` if the text is not an envelope. The envelope is not
/// opened.
///
/// Throws `invalid_argument` for a value that is not a text.
#[wasm_bindgen(js_name = keyIdOf, unchecked_return_type = "string | null")]
pub fn key_id_of(
    #[wasm_bindgen(unchecked_param_type = "string")] envelope: &JsValue,
) -> Result<JsValue, JsValue> {
    let envelope = decode::envelope(envelope).map_err(encode::error)?;
    Ok(encode::or_null(Envelope::parse(&envelope).map(|envelope| envelope.key_id.to_string())))
}

/// Returns the number of seals at which a key should be replaced, over all cores and restarts.
///
/// It is 2^31: half of the limit of SP 800-38D §8.3 for random nonces.
#[must_use]
#[wasm_bindgen(js_name = sealCountToWarnAt)]
pub fn seal_count_to_warn_at() -> f64 {
    encode::whole(SEAL_WARNING)
}

/// Derives the session id of something that was issued without one. It is always the same for the same text.
///
/// `source` tells what the text is: the signing input of a `token`, which is header, dot and payload; a `refreshToken`;
/// the name of a session of an identity `provider`; or that of an `import`ed one. Throws `invalid_argument`.
#[wasm_bindgen(js_name = sessionIdFor)]
pub fn session_id_for(
    #[wasm_bindgen(unchecked_param_type = "IdSource")] source: &JsValue,
    #[wasm_bindgen(unchecked_param_type = "string")] text: &JsValue,
) -> Result<String, JsValue> {
    let derive = || {
        let source = decode::id_source(source)?;
        Ok(SessionId::derived(source, &decode::text(text, "text")?).to_string())
    };
    derive().map_err(encode::error)
}

/// Fingerprints the stored hash of a password, without a key. A session is bound to the fingerprint that its login
/// read.
///
/// `passwordHash` is `null` for a user without a password. Throws `invalid_argument`.
#[wasm_bindgen(js_name = passwordFingerprint)]
pub fn password_fingerprint(
    #[wasm_bindgen(js_name = passwordHash, unchecked_param_type = "string | null")] hash: &JsValue,
) -> Result<String, JsValue> {
    let hash = decode::password_hash(hash).map_err(encode::error)?;
    Ok(PasswordFingerprint::of(hash.as_deref().map(String::as_str)).to_string())
}

/// Decides on a session by the account of its user, `null` if the user does not exist.
///
/// `bound` is the fingerprint that the session is bound to; `null` for a session from before the binding. Throws
/// `invalid_argument`.
#[wasm_bindgen(js_name = decideAccount, unchecked_return_type = "AccountDecision")]
pub fn decide_account(
    #[wasm_bindgen(unchecked_param_type = "string | null")] bound: &JsValue,
    #[wasm_bindgen(unchecked_param_type = "Account | null")] account: &JsValue,
) -> Result<String, JsValue> {
    let decide = || Ok(account::decide(decode::bound_fingerprint(bound)?, decode::account(account)?));
    decide().map(|decision| decision.as_str().to_owned()).map_err(encode::error)
}

/// The part of a revocation that terminates a session.
#[wasm_bindgen]
#[derive(Clone, Copy, Debug)]
pub enum RevokedBy {
    /// None.
    Nothing,
    /// Its number, which the login did not know of.
    Number,
    /// Its instant, which is later than the login.
    Instant,
}

/// Returns which part of a revocation of its user, or of everyone, terminates a session.
///
/// `notBeforeMs` is the instant of the revocation, 0 without any, and `revocation` its number, 0 without any.
/// `knownRevocation` is the number of the newest revocation before the login read the user. Throws `invalid_argument` or
/// `invalid_time`.
#[wasm_bindgen(js_name = revokedBy)]
pub fn revoked_by(
    #[wasm_bindgen(js_name = notBeforeMs, unchecked_param_type = "number")] not_before: &JsValue,
    #[wasm_bindgen(unchecked_param_type = "number")] revocation: &JsValue,
    #[wasm_bindgen(js_name = loggedInAtMs, unchecked_param_type = "number")] logged_in: &JsValue,
    #[wasm_bindgen(js_name = knownRevocation, unchecked_param_type = "number")] known: &JsValue,
) -> Result<RevokedBy, JsValue> {
    let decide = || {
        let not_before = decode::time(not_before, "notBeforeMs")?;
        let number = decode::whole_number(revocation, "revocation")?;
        let logged_in = decode::time(logged_in, "loggedInAtMs")?;
        let known = decode::whole_number(known, "knownRevocation")?;
        Ok(Revocation { not_before, number, written: not_before }.revoked_by(logged_in, known))
    };
    Ok(match decide().map_err(encode::error)? {
        revocation::RevokedBy::Nothing => RevokedBy::Nothing,
        revocation::RevokedBy::Number => RevokedBy::Number,
        revocation::RevokedBy::Instant => RevokedBy::Instant,
    })
}

/// The decision on a token from before the plugin, by one revocation of its user or of everyone.
#[wasm_bindgen]
#[derive(Clone, Copy, Debug)]
pub enum Adoption {
    /// The token is refused.
    Refuse,
    /// Its session does not know of the revocation.
    Unaware,
    /// Its session knows of the revocation.
    Aware,
}

/// Decides on a token from before the plugin by one revocation of its user, or of everyone.
///
/// `issuedAtMs` is `null` if the token does not tell; such a token may be of any age. `notBeforeMs` is the instant of the
/// revocation, 0 without any, and `writtenAtMs` the time at which its row was last written. Throws `invalid_time`.
#[wasm_bindgen(js_name = decideAdoption)]
pub fn decide_adoption(
    #[wasm_bindgen(js_name = issuedAtMs, unchecked_param_type = "number | null")] issued: &JsValue,
    #[wasm_bindgen(js_name = notBeforeMs, unchecked_param_type = "number")] not_before: &JsValue,
    #[wasm_bindgen(js_name = writtenAtMs, unchecked_param_type = "number")] written: &JsValue,
) -> Result<Adoption, JsValue> {
    let decide = || {
        let not_before = decode::time(not_before, "notBeforeMs")?;
        let written = decode::time(written, "writtenAtMs")?;
        let issued = decode::optional_time(issued, "issuedAtMs")?;
        Ok(Revocation { not_before, number: 0, written }.adopt(issued))
    };
    Ok(match decide().map_err(encode::error)? {
        revocation::Adoption::Refuse => Adoption::Refuse,
        revocation::Adoption::Unaware => Adoption::Unaware,
        revocation::Adoption::Aware => Adoption::Aware,
    })
}

/// The place of a user's row in a sweep.
#[wasm_bindgen]
#[derive(Clone, Copy, Debug)]
pub enum SweepTurn {
    /// The row terminates nothing.
    Never,
    /// It goes before the row of everyone.
    Before,
    /// It goes after the row of everyone.
    After,
}

/// Returns when a sweep takes the row of a user by its value: its instant or its number, 0 without any.
///
/// `ofEveryone` is that value in the row of everyone. A session that both terminate gets the reason of the higher one.
/// Throws `invalid_argument`.
#[wasm_bindgen(js_name = sweepTurn)]
pub fn sweep_turn(
    #[wasm_bindgen(unchecked_param_type = "number")] value: &JsValue,
    #[wasm_bindgen(js_name = ofEveryone, unchecked_param_type = "number")] of_everyone: &JsValue,
) -> Result<SweepTurn, JsValue> {
    let decide = || {
        let value = decode::whole_number(value, "value")?;
        Ok(revocation::sweep_turn(value, decode::whole_number(of_everyone, "ofEveryone")?))
    };
    Ok(match decide().map_err(encode::error)? {
        revocation::SweepTurn::Never => SweepTurn::Never,
        revocation::SweepTurn::Before => SweepTurn::Before,
        revocation::SweepTurn::After => SweepTurn::After,
    })
}

/// Fingerprints a text of an answer or a request if it may be a secret, without a key; else returns `null`.
///
/// A secret has 20 to 4096 characters, all of them letters and digits of ASCII and `-._~+/=:|`, without `://`. Throws
/// `invalid_argument` for a value that is not a text.
#[wasm_bindgen(js_name = secretFingerprint, unchecked_return_type = "string | null")]
pub fn secret_fingerprint(
    #[wasm_bindgen(unchecked_param_type = "string")] text: &JsValue,
) -> Result<JsValue, JsValue> {
    let mut text = decode::text(text, "text").map_err(encode::error)?;
    Ok(encode::or_null(continuation::secret_fingerprint(&mut text)))
}

/// Returns whether a terminated session ended with its tokens alone: a refresh may continue it in a new session.
///
/// Times are `null` where there is none. Throws `invalid_time`.
#[wasm_bindgen(js_name = ranOut)]
pub fn ran_out(
    #[wasm_bindgen(js_name = expiresAtMs, unchecked_param_type = "number | null")] expires: &JsValue,
    #[wasm_bindgen(js_name = terminatedAtMs, unchecked_param_type = "number | null")] terminated: &JsValue,
) -> Result<bool, JsValue> {
    compare(continuation::ran_out, ("expiresAtMs", expires), terminated)
}

/// Returns whether a token of an identity provider that names no session comes from a login after a terminated session.
///
/// `issuedAtMs` is `null` if the token does not tell; `terminatedAtMs` if the session is not terminated. Throws
/// `invalid_time`.
#[wasm_bindgen(js_name = isLaterLogin)]
pub fn is_later_login(
    #[wasm_bindgen(js_name = issuedAtMs, unchecked_param_type = "number | null")] issued: &JsValue,
    #[wasm_bindgen(js_name = terminatedAtMs, unchecked_param_type = "number | null")] terminated: &JsValue,
) -> Result<bool, JsValue> {
    compare(continuation::is_later_login, ("issuedAtMs", issued), terminated)
}

/// Decides by a time and by that of a termination, either of which may be missing.
fn compare(
    decide: fn(Option<UnixMillis>, Option<UnixMillis>) -> bool,
    (field, time): (&str, &JsValue),
    terminated: &JsValue,
) -> Result<bool, JsValue> {
    let read = || {
        let time = decode::optional_time(time, field)?;
        Ok(decide(time, decode::optional_time(terminated, "terminatedAtMs")?))
    };
    read().map_err(encode::error)
}

/// The decision on a token that is about to be issued.
#[wasm_bindgen]
#[derive(Clone, Copy, Debug)]
pub enum IssueDecision {
    /// It begins a session.
    Begin,
    /// It belongs to the live session that the request carries.
    Continue,
    /// It is refused, because the request carries a terminated session.
    Refuse,
}

/// Decides on a token that is about to be issued.
///
/// A request that proved who the user is (`isLogin`) begins a session whatever it carries. Throws `invalid_argument` for
/// a value that is not a truth value.
#[wasm_bindgen(js_name = decideIssue)]
pub fn decide_issue(
    #[wasm_bindgen(js_name = isLogin, unchecked_param_type = "boolean")] is_login: &JsValue,
    #[wasm_bindgen(js_name = carriesLive, unchecked_param_type = "boolean")] live: &JsValue,
    #[wasm_bindgen(js_name = carriesTerminated, unchecked_param_type = "boolean")] terminated: &JsValue,
) -> Result<IssueDecision, JsValue> {
    let decide = || {
        let is_login = decode::truth(is_login, "isLogin")?;
        let live = decode::truth(live, "carriesLive")?;
        Ok(continuation::decide(is_login, live, decode::truth(terminated, "carriesTerminated")?))
    };
    let decision = decide().map_err(encode::error)?;
    Ok(match decision {
        continuation::IssueDecision::Begin => IssueDecision::Begin,
        continuation::IssueDecision::Continue => IssueDecision::Continue,
        continuation::IssueDecision::Refuse => IssueDecision::Refuse,
    })
}
