//! The kinds of options. Each reads a value, writes it and describes itself.

use super::absolute_timeout::AbsoluteTimeout;
use super::message::refusal;
use super::raw::{RawValue, shown};
use super::retention::Retention;
use crate::address::Network;
use crate::error::Error;
use crate::number;
use crate::time::Millis;

/// The number that stands for "keep forever", "no limit" and the word that a number option takes.
const UNLIMITED: i64 = -1;

/// One row of the table of options, for people and for tools.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct SettingDescription {
    /// The name in the configuration.
    pub name: &'static str,
    /// The kind of value.
    pub kind: Kind,
    /// The unit of a number; `None` for anything else.
    pub unit: Option<Unit>,
    /// The value that applies when the option is not set; `None` for a secret.
    pub default: Option<Value>,
    /// The smallest number, or -1 where -1 lifts the limit; `None` for anything else.
    pub min: Option<i64>,
    /// The largest number; `None` for anything else.
    pub max: Option<i64>,
    /// Whether `null` lifts the limit, as -1 does. Elsewhere `null` means the default.
    pub null_lifts: bool,
    /// The words that the option takes; `None` if it takes none. An option that takes a number may take words as well.
    pub choices: Option<Vec<&'static str>>,
    /// What the option does, in a few English sentences.
    pub description: &'static str,
}

/// The kind of value that an option takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Kind {
    /// A whole number.
    Number,
    /// One of a few words.
    Choice,
    /// True or false.
    Boolean,
    /// A list of networks, such as `10.0.0.0/8`.
    Networks,
    /// A text that is never shown again.
    Secret,
}

impl Kind {
    /// Returns the name used at the boundary. It never changes.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Number => "number",
            Self::Choice => "choice",
            Self::Boolean => "boolean",
            Self::Networks => "networks",
            Self::Secret => "secret",
        }
    }
}

/// A value of an option that is not a secret.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Value {
    /// A whole number.
    Number(i64),
    /// A word of a choice.
    Word(&'static str),
    /// True or false.
    Boolean(bool),
    /// A list of networks.
    Networks(Vec<Network>),
}

/// The unit of a number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Unit {
    /// Milliseconds.
    Milliseconds,
    /// Days of 24 hours.
    Days,
    /// Sessions.
    Sessions,
    /// Failed logins.
    Failures,
    /// Failed logins in any 24 hours.
    FailuresPerDay,
}

impl Unit {
    /// Returns the name used at the boundary. It never changes.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Milliseconds => "ms",
            Self::Days => "days",
            Self::Sessions => "sessions",
            Self::Failures => "failures",
            Self::FailuresPerDay => "failures/day",
        }
    }

    const fn plural(self) -> &'static str {
        match self {
            Self::Milliseconds => "milliseconds",
            Self::Days => "days",
            Self::Sessions => "sessions",
            Self::Failures => "failed logins",
            Self::FailuresPerDay => "failed logins a day",
        }
    }
}

/// A value that the configuration writes as a whole number.
pub(super) trait WholeNumber {
    /// Converts from a number within the bounds of the option.
    fn from_number(number: i64) -> Self;
    /// Converts to the number in the configuration.
    fn to_number(self) -> i64;
}

impl WholeNumber for Millis {
    fn from_number(number: i64) -> Self {
        Self::new(number.unsigned_abs())
    }

    fn to_number(self) -> i64 {
        i64::try_from(self.get()).unwrap_or(i64::MAX)
    }
}

impl WholeNumber for u32 {
    fn from_number(number: i64) -> Self {
        Self::try_from(number).unwrap_or(Self::MAX)
    }

    fn to_number(self) -> i64 {
        i64::from(self)
    }
}

/// A count, or no limit.
impl WholeNumber for Option<u32> {
    fn from_number(number: i64) -> Self {
        u32::try_from(number).ok()
    }

    fn to_number(self) -> i64 {
        self.map_or(UNLIMITED, i64::from)
    }
}

impl WholeNumber for AbsoluteTimeout {
    fn from_number(number: i64) -> Self {
        u64::try_from(number).map_or(Self::Token, |millis| Self::After(Millis::new(millis)))
    }

    fn to_number(self) -> i64 {
        match self {
            Self::Token => UNLIMITED,
            Self::After(timeout) => timeout.to_number(),
        }
    }
}

impl WholeNumber for Retention {
    fn from_number(number: i64) -> Self {
        u32::try_from(number).map_or(Self::Forever, Self::Days)
    }

    fn to_number(self) -> i64 {
        match self {
            Self::Forever => UNLIMITED,
            Self::Days(days) => i64::from(days),
        }
    }
}

/// An option that takes a whole number.
pub(super) struct NumberOption {
    pub(super) unit: Unit,
    pub(super) default: i64,
    pub(super) min: i64,
    pub(super) max: i64,
    /// Whether `null` and -1 lift the limit. Elsewhere `null` means the default.
    pub(super) can_be_unlimited: bool,
    /// The word that the option takes in place of a number.
    pub(super) word: Option<&'static str>,
    /// The words that a message adds to the numbers that the option takes.
    pub(super) alternative: &'static str,
}

impl NumberOption {
    pub(super) fn default<T: WholeNumber>(&self) -> T {
        T::from_number(self.default)
    }

    pub(super) fn read<T: WholeNumber>(&self, name: &str, value: &RawValue) -> Result<T, Box<Error>> {
        self.read_number(name, value).map(T::from_number)
    }

    /// Reads the number. It is not generic, because each copy would make the WebAssembly module larger.
    #[inline(never)]
    fn read_number(&self, name: &str, value: &RawValue) -> Result<i64, Box<Error>> {
        let number = match value {
            RawValue::Undefined => Some(self.default),
            RawValue::Null => Some(if self.can_be_unlimited { UNLIMITED } else { self.default }),
            RawValue::Number(given) => number::whole(*given).filter(|given| self.takes(*given)),
            RawValue::Text(given) if self.word == Some(given.as_str()) => Some(UNLIMITED),
            _ => None,
        };
        number.ok_or_else(|| self.refusal(name, value))
    }

    pub(super) fn write<T: WholeNumber>(&self, value: T) -> Value {
        match (value.to_number(), self.word) {
            (UNLIMITED, Some(word)) => Value::Word(word),
            (number, _) => Value::Number(number),
        }
    }

    pub(super) fn describe(&self, name: &'static str, description: &'static str) -> SettingDescription {
        SettingDescription {
            name,
            kind: Kind::Number,
            unit: Some(self.unit),
            default: Some(Value::Number(self.default)),
            min: Some(if self.can_be_unlimited { UNLIMITED } else { self.min }),
            max: Some(self.max),
            null_lifts: self.can_be_unlimited,
            choices: self.word.map(|word| vec![word]),
            description,
        }
    }

    fn takes(&self, given: i64) -> bool {
        (self.min..=self.max).contains(&given) || (self.can_be_unlimited && given == UNLIMITED)
    }

    #[expect(clippy::unnecessary_box_returns, reason = "a large error would be copied by every option")]
    fn refusal(&self, name: &str, value: &RawValue) -> Box<Error> {
        let Self { default, min, max, alternative, .. } = *self;
        let unit = self.unit.plural();
        let takes = format!("a whole number of {unit} from {min} to {max}{alternative} (default {default})");
        Box::new(refusal(name, &got(value), &takes))
    }
}

/// An option that takes one of a few words, each of which stands for the choice at the same place.
pub(super) struct ChoiceOption<T: 'static> {
    pub(super) default: T,
    pub(super) words: &'static [&'static str],
    pub(super) choices: &'static [T],
}

impl<T: Copy + PartialEq> ChoiceOption<T> {
    pub(super) const fn default(&self) -> T {
        self.default
    }

    pub(super) fn read(&self, name: &str, value: &RawValue) -> Result<T, Box<Error>> {
        let place = read_word(name, value, self.words, self.word(self.default))?;
        Ok(self.choices.get(place).copied().unwrap_or(self.default))
    }

    pub(super) fn write(&self, value: T) -> Value {
        Value::Word(self.word(value))
    }

    pub(super) fn describe(&self, name: &'static str, description: &'static str) -> SettingDescription {
        describe_choice(name, self.words, self.word(self.default), description)
    }

    fn word(&self, value: T) -> &'static str {
        let mut pairs = self.choices.iter().zip(self.words);
        pairs.find(|(choice, _)| **choice == value).map_or("", |(_, word)| word)
    }
}

/// Returns the place of a word. It is not generic, because each copy would make the WebAssembly module larger.
fn read_word(name: &str, value: &RawValue, words: &[&str], default: &str) -> Result<usize, Box<Error>> {
    let given = match value {
        RawValue::Undefined | RawValue::Null => Some(default),
        RawValue::Text(given) => Some(given.as_str()),
        _ => None,
    };
    given.and_then(|given| words.iter().position(|word| *word == given)).ok_or_else(|| {
        let takes = format!("\"{}\" (default {default})", words.join("\" or \""));
        Box::new(refusal(name, &got(value), &takes))
    })
}

fn describe_choice(
    name: &'static str,
    words: &'static [&'static str],
    default: &'static str,
    description: &'static str,
) -> SettingDescription {
    SettingDescription {
        name,
        kind: Kind::Choice,
        unit: None,
        default: Some(Value::Word(default)),
        min: None,
        max: None,
        null_lifts: false,
        choices: Some(words.to_vec()),
        description,
    }
}

/// An option that takes true or false.
pub(super) struct BooleanOption {
    pub(super) default: bool,
}

impl BooleanOption {
    pub(super) const fn default(&self) -> bool {
        self.default
    }

    pub(super) fn read(&self, name: &str, value: &RawValue) -> Result<bool, Box<Error>> {
        match value {
            RawValue::Undefined | RawValue::Null => Ok(self.default),
            RawValue::Bool(given) => Ok(*given),
            other => Err(Box::new(refusal(
                name,
                &got(other),
                &format!("true or false (default {})", self.default),
            ))),
        }
    }

    #[expect(clippy::unused_self, reason = "every kind of option is written by the same call")]
    pub(super) const fn write(&self, value: bool) -> Value {
        Value::Boolean(value)
    }

    pub(super) fn describe(&self, name: &'static str, description: &'static str) -> SettingDescription {
        SettingDescription {
            name,
            kind: Kind::Boolean,
            unit: None,
            default: Some(Value::Boolean(self.default)),
            min: None,
            max: None,
            null_lifts: false,
            choices: None,
            description,
        }
    }
}

/// An option that takes a list of networks. It has none by default.
pub(super) struct NetworksOption;

/// The longest list of networks.
const MAX_NETWORKS: usize = 100;

impl NetworksOption {
    #[expect(clippy::unused_self, reason = "every kind of option is read by the same call")]
    pub(super) const fn default(&self) -> Vec<Network> {
        Vec::new()
    }

    /// Reads a list of texts, or one text with commas.
    #[expect(clippy::unused_self, reason = "every kind of option is read by the same call")]
    pub(super) fn read(&self, name: &str, value: &RawValue) -> Result<Vec<Network>, Box<Error>> {
        let mut networks = Vec::new();
        match value {
            RawValue::Undefined | RawValue::Null => {}
            RawValue::Text(text) if text.trim().is_empty() => {}
            RawValue::Text(text) => {
                for part in text.split(',') {
                    push_network(&mut networks, name, part)?;
                }
            }
            RawValue::List(items) => {
                for item in items {
                    let RawValue::Text(text) = item else { return Err(refuse_network(name, item)) };
                    push_network(&mut networks, name, text)?;
                }
            }
            other => return Err(refuse_network(name, other)),
        }
        Ok(networks)
    }

    #[expect(clippy::unused_self, reason = "every kind of option is written by the same call")]
    pub(super) const fn write(&self, value: Vec<Network>) -> Value {
        Value::Networks(value)
    }

    #[expect(clippy::unused_self, reason = "every kind of option is described by the same call")]
    pub(super) const fn describe(&self, name: &'static str, description: &'static str) -> SettingDescription {
        SettingDescription {
            name,
            kind: Kind::Networks,
            unit: None,
            default: Some(Value::Networks(Vec::new())),
            min: None,
            max: None,
            null_lifts: false,
            choices: None,
            description,
        }
    }
}

fn push_network(networks: &mut Vec<Network>, name: &str, text: &str) -> Result<(), Box<Error>> {
    match Network::parse(text) {
        Some(network) if networks.len() < MAX_NETWORKS => networks.push(network),
        _ => return Err(refuse_network(name, &RawValue::Text(text.to_owned()))),
    }
    Ok(())
}

#[expect(clippy::unnecessary_box_returns, reason = "a large error would be copied by every option")]
fn refuse_network(name: &str, value: &RawValue) -> Box<Error> {
    let takes = "a list of at most 100 networks such as \"10.0.0.0/8\" (default none)";
    Box::new(refusal(name, &got(value), takes))
}

/// Describes an option that takes a key.
pub(super) const fn describe_secret(name: &'static str, description: &'static str) -> SettingDescription {
    SettingDescription {
        name,
        kind: Kind::Secret,
        unit: None,
        default: None,
        min: None,
        max: None,
        null_lifts: false,
        choices: None,
        description,
    }
}

fn got(value: &RawValue) -> String {
    format!("got {}", shown(value))
}
