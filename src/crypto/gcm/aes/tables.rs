//! The functions of four bits that make up a round, as tables of 16 bytes.
//!
//! With `x = i ζ + j ζ'`, `k = i + j` and the norm `N` of `x`, two nested inversions give
//! `p = 1 / (1 / (1/i + a/k) + j)` and `q = 1 / (1 / (1/j + a/k) + i)`, where `a` is [`SCALE`]. The inverse of `x` is a
//! sum of a linear function of `p` and one of `q`. An index of 16 and more stands for infinity: it looks up 0.

#![expect(
    clippy::arithmetic_side_effects,
    clippy::cast_possible_truncation,
    clippy::indexing_slicing,
    reason = "it runs at compile time only, where an overflow fails the build"
)]
#![expect(clippy::inline_always, reason = "a call takes the tables out of registers")]

use core::hint::black_box;

use super::super::bytes::Bytes;
use super::field::{SCALE, ZETA, ZETA_CONJUGATE, element_of, invert, multiply, number_of, split};

/// The sixteen values of a function of four bits.
type Table = [u8; 16];

const INFINITY: u8 = 0x80;

/// The constant that the S-box adds (FIPS 197, 5.1.1).
pub(super) const AFFINE_CONSTANT: u8 = 0x63;

/// The linear part of the S-box.
const fn affine(x: u8) -> u8 {
    x ^ x.rotate_left(1) ^ x.rotate_left(2) ^ x.rotate_left(3) ^ x.rotate_left(4)
}

/// The split form of a byte, by its low half and by its high half.
const SPLIT_LOW: Table = {
    let mut table = [0; 16];
    let mut n = 0;
    while n < 16 {
        table[n] = split(n as u8);
        n += 1;
    }
    table
};

/// As [`SPLIT_LOW`].
const SPLIT_HIGH: Table = {
    let mut table = [0; 16];
    let mut n = 0;
    while n < 16 {
        table[n] = split((n as u8) << 4);
        n += 1;
    }
    table
};

/// `n` becomes `factor / n`.
const fn quotients(factor: u8) -> Table {
    let mut table = [INFINITY; 16];
    let mut n = 1;
    while n < 16 {
        table[n] = number_of(multiply(factor, invert(element_of(n as u8))));
        n += 1;
    }
    table
}

/// `1 / n`.
const INVERSE: Table = quotients(1);

/// `a / n`.
const SCALED_INVERSE: Table = quotients(SCALE);

/// The inverse of `x` is the sum of `FROM_P` times `p` and `FROM_Q` times `q`.
const FROM_P: u8 = multiply(invert(SCALE), multiply(1 ^ SCALE, ZETA_CONJUGATE) ^ ZETA);
const FROM_Q: u8 = multiply(invert(SCALE), ZETA_CONJUGATE ^ multiply(1 ^ SCALE, ZETA));

/// The part that `p` or `q` has in the linear part of the S-box times `factor`, by `1/p` or `1/q`: in the split form of
/// the next round, or as a plain byte.
const fn substitution(part: u8, factor: u8, is_split: bool) -> Table {
    let mut table = [0; 16];
    let mut n = 1;
    while n < 16 {
        let inverse = multiply(part, invert(element_of(n as u8)));
        let byte = multiply(factor, affine(inverse));
        table[n] = if is_split { split(byte) } else { byte };
        n += 1;
    }
    table
}

/// `ShiftRows`, followed by a rotation of each column by so many bytes.
const fn shifted_rows(rotation: usize) -> Table {
    let mut table = [0; 16];
    let mut at = 0;
    while at < 16 {
        let row = (at + rotation) % 4;
        let column = (at / 4 + row) % 4;
        table[at] = (4 * column + row) as u8;
        at += 1;
    }
    table
}

/// The tables in memory, in the order of the fields of [`Tables`].
static TABLES: [Table; 15] = [
    [0x0f; 16],
    SPLIT_HIGH,
    SPLIT_LOW,
    INVERSE,
    SCALED_INVERSE,
    substitution(FROM_P, 1, true),
    substitution(FROM_Q, 1, true),
    substitution(FROM_P, 2, true),
    substitution(FROM_Q, 2, true),
    substitution(FROM_P, 1, false),
    substitution(FROM_Q, 1, false),
    shifted_rows(0),
    shifted_rows(1),
    shifted_rows(2),
    shifted_rows(3),
];

/// The tables in registers.
pub(super) struct Tables {
    /// Sixteen times `0x0f`.
    pub(super) low_half: Bytes,
    /// The split form of a byte, by its high half and by its low half.
    pub(super) split: [Bytes; 2],
    /// `1 / n`.
    pub(super) inverse: Bytes,
    /// `a / n`.
    pub(super) scaled_inverse: Bytes,
    /// The S-box in the split form, by `1/p` and `1/q`.
    pub(super) once: [Bytes; 2],
    /// Twice the S-box in the split form, for `MixColumns`.
    pub(super) twice: [Bytes; 2],
    /// The S-box of the last round, as plain bytes.
    pub(super) last: [Bytes; 2],
    /// `ShiftRows`, followed by a rotation of each column by 0, 1, 2 and 3 bytes.
    pub(super) shifted_rows: [Bytes; 4],
}

impl Tables {
    /// Loads the tables from memory. V8 builds a constant of the code again at each use, which takes longer.
    #[inline(always)]
    pub(super) fn load() -> Self {
        let [low_half, high, low, inverse, scaled, p1, q1, p2, q2, p, q, s0, s1, s2, s3] =
            black_box(&TABLES).map(Bytes::from_array);
        Self {
            low_half,
            split: [high, low],
            inverse,
            scaled_inverse: scaled,
            once: [p1, q1],
            twice: [p2, q2],
            last: [p, q],
            shifted_rows: [s0, s1, s2, s3],
        }
    }
}
