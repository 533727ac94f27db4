//! Ranges of numbers with a value each, packed, and found by a binary search.
//!
//! A range reaches to the start of the next one. Each is two numbers: the distance of its start from that of the range
//! before it, and its value, where 0 stands for none. Both are written in groups of seven bits, the lowest first, and
//! each byte but the last of a number has its highest bit set (LEB128).

/// The ranges between two places at which a search can begin.
const STRIDE: usize = 16;

/// A place in the bytes, and the start of the range that stands there.
#[derive(Clone, Copy, Debug)]
struct Mark {
    start: u64,
    at: usize,
}

/// Packed ranges, in the order of their starts.
#[derive(Debug, Default)]
pub(super) struct Ranges {
    bytes: Vec<u8>,
    marks: Vec<Mark>,
}

/// A range, and the place of the next one.
struct Range {
    start: u64,
    value: u8,
    next: usize,
}

impl Ranges {
    /// Reads ranges; `None` if they are cut off, or not in order.
    pub(super) fn parse(bytes: &[u8]) -> Option<Self> {
        let mut marks = Vec::new();
        let (mut at, mut start, mut count) = (0, 0, 0_usize);
        while at < bytes.len() {
            let range = range_at(bytes, at, start)?;
            if count % STRIDE == 0 {
                marks.push(Mark { start: range.start, at });
            }
            (at, start, count) = (range.next, range.start, count.checked_add(1)?);
        }
        Some(Self { bytes: bytes.to_vec(), marks })
    }

    /// Returns the value of the range that a number lies in; `None` before the first range.
    pub(super) fn value_at(&self, number: u64) -> Option<u8> {
        let after = self.marks.partition_point(|mark| mark.start <= number);
        let mark = self.marks.get(after.checked_sub(1)?)?;
        // The distance of a marked range from the one before it is not needed.
        let first = range_at(&self.bytes, mark.at, 0)?;
        let mut found = Range { start: mark.start, ..first };
        while let Some(next) = range_at(&self.bytes, found.next, found.start) {
            if next.start > number {
                break;
            }
            found = next;
        }
        Some(found.value)
    }
}

/// Reads the range at a place, after one that starts at `before`.
fn range_at(bytes: &[u8], at: usize, before: u64) -> Option<Range> {
    let (distance, at) = number_at(bytes, at)?;
    let (value, next) = number_at(bytes, at)?;
    Some(Range { start: before.checked_add(distance)?, value: u8::try_from(value).ok()?, next })
}

/// Reads a number at a place, and returns the place after it.
fn number_at(bytes: &[u8], mut at: usize) -> Option<(u64, usize)> {
    let mut number = 0;
    for shift in (0..u64::BITS).step_by(7) {
        let byte = *bytes.get(at)?;
        at = at.checked_add(1)?;
        number |= u64::from(byte & 0x7f).checked_shl(shift)?;
        if byte & 0x80 == 0 {
            return Some((number, at));
        }
    }
    None
}
