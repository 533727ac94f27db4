//! Reads sessions, events and exchanged refresh tokens.

use wasm_bindgen::prelude::JsValue;
use zeroize::Zeroizing;

use super::values::{Object, count, is_absent, list, optional_time, text, wrong};
use crate::crypto::aad::Field;
use crate::error::Error;
use crate::session::account::{Account, PasswordFingerprint};
use crate::session::event::Event;
use crate::session::id::{IdSource, SessionId};
use crate::session::limit::LiveSession;
use crate::session::not_before::NotBefore;
use crate::session::reason::Reason;
use crate::session::rotation::{ChildUse, Rotated};
use crate::session::state::{DetailedState, Session, SessionState};

/// Reads a session id.
pub(in crate::wasm) fn session_id(value: &JsValue) -> Result<SessionId, Error> {
    SessionId::parse(&text(value, "sessionId")?)
}

thread_local! {
    static FIELD_NAMES: [(JsValue, Field); 2] = Field::ALL.map(|field| (JsValue::from_str(field.as_str()), field));
}

/// Reads the column of a token.
pub(in crate::wasm) fn token_field(value: &JsValue) -> Result<Field, Error> {
    // A comparison takes a tenth of the time of a copy.
    let field =
        FIELD_NAMES.with(|names| names.iter().find(|(name, _)| name == value).map(|(_, field)| *field));
    field.ok_or_else(|| wrong("field", "\"accessToken\" or \"refreshToken\""))
}

/// Reads what a session id is derived from.
pub(in crate::wasm) fn id_source(value: &JsValue) -> Result<IdSource, Error> {
    let name = text(value, "source")?;
    let source = IdSource::ALL.into_iter().find(|source| source.as_str() == name.as_str());
    source.ok_or_else(|| wrong("source", "\"token\", \"refreshToken\", \"provider\" or \"import\""))
}

/// Reads the number of a state: 0 active, 1 inactive, 2 terminated.
pub(in crate::wasm) fn session_state(value: &JsValue) -> Result<SessionState, Error> {
    count(value)
        .and_then(|index| usize::try_from(index).ok())
        .and_then(|index| SessionState::ALL.get(index).copied())
        .ok_or_else(|| wrong("state", "0 (active), 1 (inactive) or 2 (terminated)"))
}

/// Reads a session, or `None` for null and undefined.
pub(in crate::wasm) fn session(value: &JsValue) -> Result<Option<Session>, Error> {
    if is_absent(value) {
        return Ok(None);
    }
    let object = Object::read(value, "session")?;
    let state = SessionState::parse(&object.text("state")?)
        .ok_or_else(|| object.wrong("state", "\"active\", \"inactive\" or \"terminated\""))?;
    let state = match state {
        SessionState::Active => object.without_termination().map(|()| DetailedState::Active)?,
        SessionState::Inactive => object.without_termination().map(|()| DetailedState::Inactive)?,
        SessionState::Terminated => {
            DetailedState::Terminated { at: object.time(TERMINATED_AT)?, reason: object.reason(REASON)? }
        }
    };
    Ok(Some(Session {
        state,
        logged_in: object.time("loggedInAtMs")?,
        last_seen: object.time("lastSeenAtMs")?,
        last_touched: object.time("lastTouchedAtMs")?,
    }))
}

const TERMINATED_AT: &str = "terminatedAtMs";
const REASON: &str = "reason";

/// Reads an event.
pub(in crate::wasm) fn event(value: &JsValue) -> Result<Event, Error> {
    let object = Object::read(value, "event")?;
    match object.text("type")?.as_str() {
        "loggedIn" => Ok(Event::LoggedIn),
        "requestSeen" => Ok(Event::RequestSeen { not_before: not_before(&object.get("notBefore"))? }),
        "refreshed" => Ok(Event::Refreshed),
        "replayed" => Ok(Event::Replayed),
        "idleElapsed" => Ok(Event::IdleElapsed),
        "absoluteElapsed" => Ok(Event::AbsoluteElapsed),
        "terminateRequested" => Ok(Event::TerminateRequested(object.reason("reason")?)),
        "retentionElapsed" => Ok(Event::RetentionElapsed),
        _ => Err(object.wrong(
            "type",
            "\"loggedIn\", \"requestSeen\", \"refreshed\", \"replayed\", \"idleElapsed\", \"absoluteElapsed\", \
             \"terminateRequested\" or \"retentionElapsed\"",
        )),
    }
}

fn not_before(value: &JsValue) -> Result<NotBefore, Error> {
    if is_absent(value) {
        return Ok(NotBefore::NONE);
    }
    let object = Object::read(value, "event.notBefore")?;
    Ok(NotBefore { at: object.time("atMs")?, reason: object.reason("reason")? })
}

/// Reads the facts about an exchanged refresh token, or `None` for null and undefined.
pub(in crate::wasm) fn rotation(value: &JsValue) -> Result<Option<Rotated>, Error> {
    if is_absent(value) {
        return Ok(None);
    }
    let object = Object::read(value, "rotation")?;
    let child_used = object.get("childUsed").as_bool();
    let child_used = child_used.ok_or_else(|| object.wrong("childUsed", "true or false"))?;
    let (used_by, presented_by) = (origin(&object, "childUsedBy")?, origin(&object, "presentedBy")?);
    let child = ChildUse::compare(child_used, used_by.as_deref(), presented_by.as_deref());
    Ok(Some(Rotated { at: object.time("rotatedAtMs")?, child }))
}

/// Reads the fingerprint of an origin, or `None` for null and undefined.
fn origin(object: &Object, field: &str) -> Result<Option<String>, Error> {
    if is_absent(&object.get(field)) {
        return Ok(None);
    }
    object.text(field).map(|mut text| Some(core::mem::take(&mut *text)))
}

/// Reads the fingerprint that a session is bound to, or `None` for null and undefined.
pub(in crate::wasm) fn bound_fingerprint(value: &JsValue) -> Result<Option<PasswordFingerprint>, Error> {
    if is_absent(value) {
        return Ok(None);
    }
    PasswordFingerprint::parse(&text(value, "bound")?).map(Some)
}

/// Reads the account of a user, or `None` for null and undefined.
pub(in crate::wasm) fn account(value: &JsValue) -> Result<Option<Account>, Error> {
    if is_absent(value) {
        return Ok(None);
    }
    let object = Object::read(value, "account")?;
    let blocked = object.get("blocked").as_bool();
    let blocked = blocked.ok_or_else(|| object.wrong("blocked", "true or false"))?;
    let password = PasswordFingerprint::parse(&object.text("passwordFingerprint")?)?;
    Ok(Some(Account { blocked, password }))
}

const WHOLE: &str = "a whole number from 0";

/// Reads a whole number from 0.
pub(in crate::wasm) fn whole_number(value: &JsValue, field: &str) -> Result<u64, Error> {
    count(value).ok_or_else(|| wrong(field, WHOLE))
}

/// Reads the hash of a user's password, or `None` for null and undefined.
pub(in crate::wasm) fn password_hash(value: &JsValue) -> Result<Option<Zeroizing<String>>, Error> {
    if is_absent(value) {
        return Ok(None);
    }
    text(value, "passwordHash").map(Some)
}

/// Reads the sessions of a user: their ids, and the facts that the limit depends on.
pub(in crate::wasm) fn live_sessions(value: &JsValue) -> Result<(Vec<JsValue>, Vec<LiveSession>), Error> {
    let (mut ids, mut sessions) = (Vec::new(), Vec::new());
    for item in list(value, "live")?.iter() {
        let object = Object::read(&item, "live")?;
        object.text("sessionId")?;
        ids.push(object.get("sessionId"));
        sessions.push(LiveSession {
            logged_in: object.time("loggedInAtMs")?,
            known_revocation: object.count("knownRevocation")?,
            last_seen: object.time("lastSeenAtMs")?,
            expires: optional_time(&object.get("expiresAtMs"), "live.expiresAtMs")?,
        });
    }
    Ok((ids, sessions))
}

impl Object {
    /// Reads a property that is a reason.
    pub(in crate::wasm) fn reason(&self, name: &str) -> Result<Reason, Error> {
        Reason::parse(&self.text(name)?).ok_or_else(|| {
            let known = Reason::ALL.map(Reason::as_str).join(", ");
            self.wrong(name, &format!("one of {known}"))
        })
    }

    /// Reads a property that is a whole number from 0.
    fn count(&self, name: &str) -> Result<u64, Error> {
        count(&self.get(name)).ok_or_else(|| self.wrong(name, WHOLE))
    }

    /// Refuses details of a termination in a session that is not terminated.
    fn without_termination(&self) -> Result<(), Error> {
        for name in [TERMINATED_AT, REASON] {
            if !is_absent(&self.get(name)) {
                return Err(self.wrong(name, "null unless the session is terminated"));
            }
        }
        Ok(())
    }
}
