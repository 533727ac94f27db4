//! The stored form of allowances and records: short texts, which a database keeps as they are.
//!
//! An allowance is `<milliseconds>,<ticks>,<locked>`. A record is a list of parts with blanks between them: `c` with the
//! failures in a row, `u` with the allowance of unknown places, and each known place or session with its failures in a row
//! and its allowance.
//!
//! ```
//! use magic_sessionmanager_core::rate::login::text::{read_allowance, read_record, write_record};
//!
//! let text = "c1,1,0 u1700000000000,0,0";
//! let record = read_record(text).unwrap_or_default();
//! assert_eq!(record.unknown, read_allowance("1700000000000,0,0"));
//! assert_eq!(write_record(&record), text);
//! assert_eq!(read_record("neither"), None);
//! ```

use super::account::{Consecutive, Failures, Record};
use super::allowance::Allowance;
use crate::rate::gcra::Tat;
use crate::time::UnixMillis;

/// Writes an allowance.
#[must_use]
pub fn write_allowance(allowance: Allowance) -> String {
    let Allowance { tat, locked } = allowance;
    numbers([tat.at.get(), tat.ticks, u64::from(locked)])
}

/// Reads an allowance, or returns `None` if the text is none.
#[must_use]
pub fn read_allowance(text: &str) -> Option<Allowance> {
    let mut parts = text.split(',');
    let [at, ticks, locked] = [number(parts.next())?, number(parts.next())?, number(parts.next())?];
    let tat = Tat { at: UnixMillis::new(at), ticks };
    parts.next().is_none().then_some(Allowance { tat, locked: locked != 0 })
}

/// Writes a record.
#[must_use]
pub fn write_record(record: &Record) -> String {
    let Consecutive { unknown, total, locked } = record.consecutive;
    let mut parts = vec![["c", &numbers([unknown, total, locked.into()].map(u64::from))].concat()];
    if let Some(unknown) = record.unknown {
        parts.push(["u", &write_allowance(unknown)].concat());
    }
    for Failures { origin, allowance, consecutive } in &record.origins {
        parts.push(
            [origin, &consecutive.to_string(), &write_allowance(*allowance)].map(String::as_str).join(","),
        );
    }
    parts.join(" ")
}

/// Reads a record, or returns `None` if the text is none.
#[must_use]
pub fn read_record(text: &str) -> Option<Record> {
    let mut record = Record::default();
    for part in text.split(' ') {
        let (mark, rest) = part.split_at_checked(1)?;
        match mark {
            "c" => record.consecutive = read_consecutive(rest)?,
            "u" => record.unknown = Some(read_allowance(rest)?),
            _ => record.origins.push(read_failures(part)?),
        }
    }
    Some(record)
}

fn read_consecutive(text: &str) -> Option<Consecutive> {
    let mut parts = text.split(',');
    let (unknown, total) = (count(parts.next())?, count(parts.next())?);
    Some(Consecutive { unknown, total, locked: count(parts.next())? != 0 })
}

fn read_failures(text: &str) -> Option<Failures> {
    let (origin, rest) = text.split_once(',')?;
    let (consecutive, allowance) = rest.split_once(',')?;
    let allowance = read_allowance(allowance)?;
    Some(Failures { origin: origin.to_owned(), allowance, consecutive: count(Some(consecutive))? })
}

fn count(text: Option<&str>) -> Option<u32> {
    number(text).map(|count| u32::try_from(count).unwrap_or(u32::MAX))
}

fn numbers(numbers: [u64; 3]) -> String {
    numbers.map(|number| number.to_string()).join(",")
}

fn number(text: Option<&str>) -> Option<u64> {
    text?.parse().ok()
}
