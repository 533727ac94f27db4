//! The stored form of allowances and records: short texts, which a database keeps as they are.
//!
//! An allowance is `<milliseconds>,<ticks>,<locked>`. A record is a list of parts with blanks between them: `c` with the
//! failures in a row, `u` with the allowance of unknown places, and `p` or `s` with the name and the allowance of a
//! place or a session.

use super::account::{Consecutive, Record};
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
    let Consecutive { unknown, sessions, total, locked } = record.consecutive;
    let counts = numbers([unknown, sessions, total].map(u64::from));
    let mut parts = vec![["c", &counts, if locked { ",1" } else { ",0" }].concat()];
    if let Some(unknown) = record.unknown {
        parts.push(["u", &write_allowance(unknown)].concat());
    }
    for (mark, origins) in [("p", &record.places), ("s", &record.sessions)] {
        for (name, allowance) in origins {
            parts.push([mark, name, ",", &write_allowance(*allowance)].concat());
        }
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
            "p" => record.places.push(read_named(rest)?),
            "s" => record.sessions.push(read_named(rest)?),
            _ => return None,
        }
    }
    Some(record)
}

fn read_consecutive(text: &str) -> Option<Consecutive> {
    let mut parts = text.split(',');
    let mut count = || number(parts.next()).map(|count| u32::try_from(count).unwrap_or(u32::MAX));
    let (unknown, sessions, total) = (count()?, count()?, count()?);
    Some(Consecutive { unknown, sessions, total, locked: count()? != 0 })
}

fn read_named(text: &str) -> Option<(String, Allowance)> {
    let (name, allowance) = text.split_once(',')?;
    Some((name.to_owned(), read_allowance(allowance)?))
}

fn numbers(numbers: [u64; 3]) -> String {
    numbers.map(|number| number.to_string()).join(",")
}

fn number(text: Option<&str>) -> Option<u64> {
    text?.parse().ok()
}
