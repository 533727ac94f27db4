//! The one-line messages about options.

use crate::error::{Code, Error};

/// The first word of every message, which tells in a boot log that the line is the plugin's.
pub const PREFIX: &str = "magic-sessionmanager:";

/// Refuses the value of an option: `got` names the value without showing a secret, `takes` the values allowed.
pub(super) fn refusal(name: &str, got: &str, takes: &str) -> Error {
    let message = format!("{PREFIX} option \"{name}\" {got}; it takes {takes}");
    Error::new(Code::InvalidSetting, name, message)
}
