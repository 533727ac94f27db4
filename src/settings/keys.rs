//! The options that hold keys. They are checked here, never kept in the settings and never shown.
//!
//! ```
//! use magic_sessionmanager_core::RawValue;
//! use magic_sessionmanager_core::settings::keys::read_previous;
//!
//! let key = "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=";
//! let keys = read_previous(&RawValue::Text(format!("{key}, {key}")))?;
//! assert_eq!(keys.len(), 2);
//! assert!(read_previous(&RawValue::Text("hunter2".to_owned())).is_err());
//! # Ok::<(), magic_sessionmanager_core::Error>(())
//! ```

use super::message::refusal;
use super::raw::{LONGEST_TEXT, RawValue};
use crate::crypto::key::{MasterKey, TAKES};
use crate::error::Error;

/// The option of the key that seals.
pub(super) const ENCRYPTION_KEY: &str = "encryptionKey";

/// The option of the keys that only open.
pub(super) const ENCRYPTION_KEY_PREVIOUS: &str = "encryptionKeyPrevious";

/// Checks the option `encryptionKey`.
pub(super) fn check_primary(value: &RawValue) -> Result<(), Error> {
    match value {
        RawValue::Undefined | RawValue::Null => Ok(()),
        RawValue::Text(text) => {
            MasterKey::from_base64(text).map(drop).map_err(|fault| refuse_primary(&fault.to_string()))
        }
        other => Err(refuse_primary(&got(other))),
    }
}

/// Checks the option `encryptionKeyPrevious`.
pub(super) fn check_previous(value: &RawValue) -> Result<(), Error> {
    read_previous(value).map(drop)
}

/// Reads the option `encryptionKeyPrevious`: comma-separated text, or a list of texts.
///
/// `undefined`, `null` and empty text give no keys.
///
/// # Errors
/// [`Code::InvalidSetting`](crate::error::Code::InvalidSetting) in one line that names the option and the position of
/// the first wrong key, never the key.
pub fn read_previous(value: &RawValue) -> Result<Vec<MasterKey>, Error> {
    let mut keys = Vec::new();
    match value {
        RawValue::Undefined | RawValue::Null => {}
        RawValue::Text(text) if text.len() > LONGEST_TEXT => {
            return Err(refuse_previous(&format!("got text of more than {LONGEST_TEXT} characters")));
        }
        RawValue::Text(text) if text.trim().is_empty() => {}
        RawValue::Text(text) => {
            for part in text.split(',') {
                push_key(&mut keys, part)?;
            }
        }
        RawValue::List(items) => {
            for item in items {
                let RawValue::Text(text) = item else { return Err(refuse_at(keys.len(), &got(item))) };
                push_key(&mut keys, text)?;
            }
        }
        other => return Err(refuse_previous(&got(other))),
    }
    Ok(keys)
}

fn push_key(keys: &mut Vec<MasterKey>, text: &str) -> Result<(), Error> {
    let key = MasterKey::from_base64(text).map_err(|fault| refuse_at(keys.len(), &fault.to_string()))?;
    keys.push(key);
    Ok(())
}

fn got(value: &RawValue) -> String {
    format!("got {}", value.kind())
}

fn refuse_primary(got: &str) -> Error {
    refusal(ENCRYPTION_KEY, got, TAKES)
}

fn refuse_previous(got: &str) -> Error {
    let takes = "comma-separated text or a list of texts, each 32 bytes in base64";
    refusal(ENCRYPTION_KEY_PREVIOUS, got, takes)
}

fn refuse_at(index: usize, got: &str) -> Error {
    refuse_previous(&format!("{got} as key {}", index.saturating_add(1)))
}
