//! The key schedule and the rounds of AES-256 (FIPS 197, 5.1 and 5.2), on bytes in their split form.

#![expect(clippy::inline_always, reason = "a call takes the tables out of registers")]

use zeroize::{Zeroize as _, Zeroizing};

use super::super::bytes::{Block, Bytes};
use super::field::split;
use super::tables::{AFFINE_CONSTANT, Tables};

const ROUNDS: usize = 14;

/// The keys of the rounds, in the form that [`encrypt`] adds: split, but for the last, and with the constant of the
/// S-box.
#[derive(Default)]
pub(super) struct RoundKeys {
    first: Block,
    middle: [Block; ROUNDS - 1],
    last: Block,
}

impl zeroize::Zeroize for RoundKeys {
    fn zeroize(&mut self) {
        self.first.zeroize();
        self.middle.zeroize();
        self.last.zeroize();
    }
}

/// How many blocks are encrypted at once, which keeps the processor busy while each waits for its look-ups.
pub const BLOCKS_AT_ONCE: usize = 4;

/// Encrypts blocks. Their states are named one by one, because an array would leave the registers.
#[inline(never)]
pub(super) fn encrypt(keys: &RoundKeys, blocks: [Block; BLOCKS_AT_ONCE]) -> [Block; BLOCKS_AT_ONCE] {
    let tables = Tables::load();
    let first = Bytes::from_array(keys.first);
    let start = |block| tables.split_form(Bytes::from_array(block)).plus(first);
    let [a, b, c, d] = blocks;
    let (mut a, mut b, mut c, mut d) = (start(a), start(b), start(c), start(d));
    for key in &keys.middle {
        let key = Bytes::from_array(*key);
        a = tables.middle_round(a).plus(key);
        b = tables.middle_round(b).plus(key);
        c = tables.middle_round(c).plus(key);
        d = tables.middle_round(d).plus(key);
    }
    let last = Bytes::from_array(keys.last);
    [a, b, c, d].map(|state| tables.last_round(state).plus(last).to_array())
}

/// The reciprocals of `p` and of `q` for each byte.
type Inverted = [Bytes; 2];

impl Tables {
    #[inline(always)]
    fn split_form(&self, bytes: Bytes) -> Bytes {
        let (high, low) = bytes.halves(self.low_half);
        let [by_high, by_low] = self.split;
        high.look_up(by_high).plus(low.look_up(by_low))
    }

    #[inline(always)]
    fn inverted(&self, state: Bytes) -> Inverted {
        let (i, k) = state.halves(self.low_half);
        let j = i.plus(k);
        let scaled = k.look_up(self.scaled_inverse);
        [self.nested(i, scaled).plus(j), self.nested(j, scaled).plus(i)]
    }

    #[inline(always)]
    fn nested(&self, half: Bytes, scaled: Bytes) -> Bytes {
        half.look_up(self.inverse).plus(scaled).look_up(self.inverse)
    }

    /// `SubBytes`, `ShiftRows` and `MixColumns`: each byte is 2, 3, 1 and 1 times the bytes of its column, from its own
    /// on.
    #[inline(always)]
    fn middle_round(&self, state: Bytes) -> Bytes {
        let inverted = self.inverted(state);
        let (once, twice) = (sum(inverted, self.once), sum(inverted, self.twice));
        let [own, next, second, third] = self.shifted_rows;
        let first_two = twice.permuted(own).plus(once.plus(twice).permuted(next));
        first_two.plus(once.permuted(second).plus(once.permuted(third)))
    }

    /// `SubBytes` and `ShiftRows`.
    #[inline(always)]
    fn last_round(&self, state: Bytes) -> Bytes {
        let [own, ..] = self.shifted_rows;
        sum(self.inverted(state), self.last).permuted(own)
    }
}

#[inline(always)]
fn sum([p, q]: Inverted, [by_p, by_q]: [Bytes; 2]) -> Bytes {
    p.look_up(by_p).plus(q.look_up(by_q))
}

/// Expands a key into the keys of the rounds (FIPS 197, 5.2).
pub(super) fn expand(key: &[u8; 32], keys: &mut RoundKeys) {
    let tables = Tables::load();
    let mut schedule = Schedule::new(key);
    let constants = Bytes::from_array([const { split(AFFINE_CONSTANT) }; 16]);
    keys.first = tables.split_form(Bytes::from_array(schedule.older)).to_array();
    for round_key in &mut keys.middle {
        *round_key = tables.split_form(Bytes::from_array(schedule.newer)).plus(constants).to_array();
        schedule.advance(&tables);
    }
    let constants = Bytes::from_array([AFFINE_CONSTANT; 16]);
    keys.last = Bytes::from_array(schedule.newer).plus(constants).to_array();
}

/// The last two round keys of the schedule.
struct Schedule {
    older: Block,
    newer: Block,
    /// The constant of the next round with an even number.
    constant: u8,
    is_next_even: bool,
}

impl Schedule {
    fn new(key: &[u8; 32]) -> Self {
        let mut schedule = Self { older: [0; 16], newer: [0; 16], constant: 1, is_next_even: true };
        let (older, newer) = key.split_at(16);
        schedule.older.copy_from_slice(older);
        schedule.newer.copy_from_slice(newer);
        schedule
    }

    fn advance(&mut self, tables: &Tables) {
        let [.., a, b, c, d] = self.newer;
        let mut word = Zeroizing::new([a, b, c, d]);
        if self.is_next_even {
            word.rotate_left(1);
        }
        substitute(tables, &mut word);
        if self.is_next_even {
            let [first, ..] = &mut *word;
            *first ^= self.constant;
            self.constant = self.constant.wrapping_shl(1);
        }
        for part in self.older.chunks_exact_mut(4) {
            for (byte, added) in part.iter_mut().zip(word.iter_mut()) {
                *byte ^= *added;
                *added = *byte;
            }
        }
        core::mem::swap(&mut self.older, &mut self.newer);
        self.is_next_even = !self.is_next_even;
    }
}

impl Drop for Schedule {
    fn drop(&mut self) {
        self.older.zeroize();
        self.newer.zeroize();
    }
}

/// Applies the S-box to a word.
fn substitute(tables: &Tables, word: &mut [u8; 4]) {
    let [a, b, c, d] = *word;
    let state = tables.split_form(Bytes::from_array([a, b, c, d, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0]));
    let constants = Bytes::from_array([AFFINE_CONSTANT; 16]);
    let [a, b, c, d, ..] = sum(tables.inverted(state), tables.last).plus(constants).to_array();
    *word = [a, b, c, d];
}
