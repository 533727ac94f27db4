//! Reads and writes lower-case hexadecimal text.

/// Fills `bytes` from exactly twice as many lower-case hex digits, or returns `None`.
///
/// Upper case is refused. Two texts therefore never name the same bytes.
#[must_use]
pub(crate) fn decode(text: &str, bytes: &mut [u8]) -> Option<()> {
    let digits = text.as_bytes();
    if digits.len() != bytes.len().checked_mul(2)? {
        return None;
    }
    for (byte, pair) in bytes.iter_mut().zip(digits.chunks_exact(2)) {
        let &[high, low] = pair else { return None };
        *byte = (nibble(high)? << 4) | nibble(low)?;
    }
    Some(())
}

const fn nibble(digit: u8) -> Option<u8> {
    match digit {
        b'0'..=b'9' => Some(digit.wrapping_sub(b'0')),
        b'a'..=b'f' => Some(digit.wrapping_sub(b'a' - 10)),
        _ => None,
    }
}

/// Appends two lower-case hex digits for each byte.
///
/// The formatting of the standard library takes many times longer.
pub(crate) fn push(bytes: &[u8], text: &mut String) {
    for byte in bytes {
        text.push(digit(byte >> 4));
        text.push(digit(byte & 0xf));
    }
}

/// Returns two lower-case hex digits for each byte.
#[inline(never)]
pub(crate) fn text(bytes: &[u8]) -> String {
    let mut text = String::new();
    push(bytes, &mut text);
    text
}

fn digit(nibble: u8) -> char {
    char::from_digit(u32::from(nibble), 16).unwrap_or('0')
}
