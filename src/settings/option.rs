//! The kinds of options: a whole number, one of a few words, true or false; how each is read and described.

use super::PREFIX;
use super::raw::{RawValue, shown};
use crate::error::{Code, Error};
use crate::number;

/// The number that stands for "keep for ever" and "no limit".
pub(super) const UNLIMITED: i64 = -1;

/// One row of the table of options, for people and for tools.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SettingDescription {
    /// The option's name.
    pub name: &'static str,
    /// What it takes.
    pub kind: Kind,
    /// What a number counts; `None` for anything else.
    pub unit: Option<Unit>,
    /// What applies when it is not set; `None` if nothing does.
    pub default: Option<Value>,
    /// The smallest value; -1 where that lifts the limit, `None` if it is not a number.
    pub min: Option<i64>,
    /// The largest value; `None` if it is not a number.
    pub max: Option<i64>,
    /// The words it takes; `None` if it takes anything else.
    pub choices: Option<Vec<&'static str>>,
    /// Why it is there and what it does, in a few sentences.
    pub why: &'static str,
}

impl SettingDescription {
    pub(super) const fn new(name: &'static str, kind: Kind, why: &'static str) -> Self {
        Self { name, kind, unit: None, default: None, min: None, max: None, choices: None, why }
    }
}

/// What an option takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// A whole number.
    Number,
    /// One of a few words.
    Choice,
    /// True or false.
    Boolean,
    /// A text that is never shown again.
    Secret,
}

impl Kind {
    /// Gives the kind's name, which never changes.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Number => "number",
            Self::Choice => "choice",
            Self::Boolean => "boolean",
            Self::Secret => "secret",
        }
    }
}

/// The value of an option.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Value {
    /// A whole number.
    Number(i64),
    /// A word.
    Word(&'static str),
    /// True or false.
    Truth(bool),
}

/// What a number counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unit {
    /// Milliseconds.
    Milliseconds,
    /// Days of 24 hours.
    Days,
    /// Sessions.
    Sessions,
}

impl Unit {
    /// Gives the unit's short name, which never changes.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Milliseconds => "ms",
            Self::Days => "days",
            Self::Sessions => "sessions",
        }
    }

    const fn plural(self) -> &'static str {
        match self {
            Self::Milliseconds => "milliseconds",
            Self::Days => "days",
            Self::Sessions => "sessions",
        }
    }
}

/// An option that takes a whole number.
pub(super) struct Whole {
    pub(super) name: &'static str,
    pub(super) unit: Unit,
    pub(super) default: i64,
    pub(super) min: i64,
    pub(super) max: i64,
    /// What `null` and -1 do, if they lift the limit; otherwise `null` means the default.
    pub(super) unlimited: Option<&'static str>,
    pub(super) why: &'static str,
}

impl Whole {
    pub(super) fn describe(&self) -> SettingDescription {
        SettingDescription {
            unit: Some(self.unit),
            default: Some(Value::Number(self.default)),
            min: Some(if self.unlimited.is_some() { UNLIMITED } else { self.min }),
            max: Some(self.max),
            ..SettingDescription::new(self.name, Kind::Number, self.why)
        }
    }

    pub(super) fn read(&self, value: &RawValue) -> Result<i64, Error> {
        match value {
            RawValue::Undefined => Ok(self.default),
            RawValue::Null => Ok(if self.unlimited.is_some() { UNLIMITED } else { self.default }),
            RawValue::Number(given) => {
                number::whole(*given).filter(|given| self.takes(*given)).ok_or_else(|| self.refusal(value))
            }
            other => Err(self.refusal(other)),
        }
    }

    fn takes(&self, given: i64) -> bool {
        (self.min..=self.max).contains(&given) || (self.unlimited.is_some() && given == UNLIMITED)
    }

    fn refusal(&self, got: &RawValue) -> Error {
        let Self { name, unit, default, min, max, .. } = *self;
        let unit = unit.plural();
        let or_minus_one = self.unlimited.map(|does| format!(", or -1 {does}")).unwrap_or_default();
        let takes = format!("a whole number of {unit} from {min} to {max}{or_minus_one}");
        refusal(name, got, &takes, &default.to_string())
    }
}

/// An option that takes one of a few words.
pub(super) struct Choice<T: 'static> {
    pub(super) name: &'static str,
    pub(super) values: &'static [T],
    pub(super) word: fn(T) -> &'static str,
    pub(super) default: T,
    pub(super) why: &'static str,
}

impl<T: Copy> Choice<T> {
    pub(super) fn describe(&self) -> SettingDescription {
        SettingDescription {
            default: Some(Value::Word((self.word)(self.default))),
            choices: Some(self.words().collect()),
            ..SettingDescription::new(self.name, Kind::Choice, self.why)
        }
    }

    pub(super) fn read(&self, value: &RawValue) -> Result<T, Error> {
        let found = match value {
            RawValue::Undefined | RawValue::Null => Some(self.default),
            RawValue::Text(given) => self.values.iter().copied().find(|value| (self.word)(*value) == given),
            _ => None,
        };
        found.ok_or_else(|| {
            let words: Vec<String> = self.words().map(|word| format!("\"{word}\"")).collect();
            refusal(self.name, value, &words.join(" or "), (self.word)(self.default))
        })
    }

    fn words(&self) -> impl Iterator<Item = &'static str> {
        self.values.iter().copied().map(self.word)
    }
}

/// An option that takes true or false.
pub(super) struct Switch {
    pub(super) name: &'static str,
    pub(super) default: bool,
    pub(super) why: &'static str,
}

impl Switch {
    pub(super) fn describe(&self) -> SettingDescription {
        SettingDescription {
            default: Some(Value::Truth(self.default)),
            ..SettingDescription::new(self.name, Kind::Boolean, self.why)
        }
    }

    pub(super) fn read(&self, value: &RawValue) -> Result<bool, Error> {
        match value {
            RawValue::Undefined | RawValue::Null => Ok(self.default),
            RawValue::Bool(given) => Ok(*given),
            other => {
                let default = if self.default { "true" } else { "false" };
                Err(refusal(self.name, other, "true or false", default))
            }
        }
    }
}

/// Says in one line which option got what, what it takes and what applies without it.
fn refusal(name: &str, got: &RawValue, takes: &str, default: &str) -> Error {
    let got = shown(got);
    let message = format!("{PREFIX} option \"{name}\" got {got}; it takes {takes} (default {default})");
    Error::new(Code::InvalidSetting, name, message)
}
