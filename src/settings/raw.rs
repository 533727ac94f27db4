//! A value from outside, its bounds, and its form in a message.

use zeroize::Zeroize as _;

use crate::number::{self, MAX_SAFE};

/// The longest text that an option takes, in bytes of UTF-8.
pub const LONGEST_TEXT: usize = 65_535;

/// The longest text repeated in a message, in characters.
const SHOWN_TEXT: usize = 40;

/// The longest unknown option name repeated in a message, in characters.
pub(super) const SHOWN_NAME: usize = 64;

/// A value from outside.
///
/// It has no `Debug`, and its texts are zeroized when they are dropped, because a text may be a key.
#[derive(Clone, PartialEq)]
pub enum RawValue {
    /// JavaScript's `undefined`: the option is not set.
    Undefined,
    /// JavaScript's `null`.
    Null,
    /// A truth value.
    Bool(bool),
    /// A number, whole or not, finite or not.
    Number(f64),
    /// A text.
    Text(String),
    /// A list of values.
    List(Vec<Self>),
    /// Anything else, named with its article: `an object`.
    Other(&'static str),
}

impl RawValue {
    /// Returns the kind of value with its article. It reveals nothing of the value.
    #[must_use]
    pub const fn kind(&self) -> &'static str {
        match self {
            Self::Undefined => "undefined",
            Self::Null => "null",
            Self::Bool(_) => "a truth value",
            Self::Number(_) => "a number",
            Self::Text(_) => "a text",
            Self::List(_) => "a list",
            Self::Other(kind) => kind,
        }
    }
}

impl Drop for RawValue {
    fn drop(&mut self) {
        if let Self::Text(text) = self {
            text.zeroize();
        }
    }
}

/// Shows a value that is not a secret.
pub(super) fn shown(value: &RawValue) -> String {
    match value {
        RawValue::Bool(true) => "true".to_owned(),
        RawValue::Bool(false) => "false".to_owned(),
        RawValue::Number(given) => format!("the number {}", decimal(*given)),
        RawValue::Text(given) => format!("the text \"{}\"", printable(given, SHOWN_TEXT)),
        other => other.kind().to_owned(),
    }
}

/// Escapes quotes, control characters and invisible characters, and cuts the text after `limit` characters.
pub(super) fn printable(text: &str, limit: usize) -> String {
    let mut shown = String::new();
    for character in text.chars().take(limit) {
        match character {
            '"' | '\'' | '\\' => shown.extend(['\\', character]),
            '\n' => shown.push_str("\\n"),
            '\r' => shown.push_str("\\r"),
            '\t' => shown.push_str("\\t"),
            '\0' => shown.push_str("\\0"),
            _ if is_hidden(character) => shown.extend(character.escape_unicode()),
            _ => shown.push(character),
        }
    }
    if text.chars().nth(limit).is_some() {
        shown.push('…');
    }
    shown
}

/// Returns whether a character could break the line, turn it around or hide in it.
///
/// These are control characters, separators of lines and paragraphs, characters without width, characters that set the
/// direction, and private use.
const fn is_hidden(character: char) -> bool {
    matches!(
        character,
        '\0'..='\x1f' | '\x7f'..='\u{a0}' | '\u{ad}' | '\u{300}'..='\u{36f}' | '\u{61c}' | '\u{115f}' | '\u{1160}'
            | '\u{180e}' | '\u{2000}'..='\u{200f}' | '\u{2028}'..='\u{202f}' | '\u{205f}'..='\u{206f}' | '\u{3000}'
            | '\u{3164}' | '\u{e000}'..='\u{f8ff}' | '\u{fe00}'..='\u{fe0f}' | '\u{feff}' | '\u{ffa0}'
            | '\u{fff0}'..='\u{fffb}' | '\u{e0000}'..
    )
}

/// Writes a number that an option refused.
///
/// It has six decimals. The printing of floats in the standard library would be a seventh of the WebAssembly module.
fn decimal(value: f64) -> String {
    const MILLION: f64 = 1_000_000.0;
    let sign = if value < 0.0 { "-" } else { "" };
    let Some(integer) = number::whole(value.abs().trunc()) else {
        return match value {
            _ if value.is_nan() => "NaN".to_owned(),
            _ if value.is_infinite() => format!("{sign}Infinity"),
            _ => format!("{sign}{MAX_SAFE} or beyond"),
        };
    };
    let fraction = (value.abs().fract() * MILLION).round().min(MILLION - 1.0);
    match number::whole(fraction) {
        Some(0) | None => format!("{sign}{integer}"),
        Some(millionths) => {
            let mut decimals = format!("{millionths:06}");
            while decimals.ends_with('0') {
                decimals.pop();
            }
            format!("{sign}{integer}.{decimals}")
        }
    }
}
