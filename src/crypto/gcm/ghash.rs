//! GHASH by byte permutations (SP 800-38D, 6.4).

#![expect(clippy::inline_always, reason = "a call takes the sums out of registers")]

use zeroize::{Zeroize, Zeroizing};

use super::bytes::{Block, Bytes};

/// The bytes of a product of four bits, which may be multiplied by `x^4`, and of the key: 135 bits.
const PRODUCT_BYTES: usize = 17;

/// The products of one half of a byte and the key: for each of their bytes a table of the four bits.
#[derive(Default)]
struct Products {
    /// The first sixteen bytes, in fours because the compiler leaves a loop as it is.
    fours: [[[u8; 16]; 4]; 4],
    last: [u8; 16],
}

impl Products {
    /// `shift` is the power of `x` that the first of the four bits stands for.
    fn fill(&mut self, key: u128, shift: u32) {
        let mut products = Zeroizing::new([[0; PRODUCT_BYTES]; 16]);
        for (four_bits, product) in products.iter_mut().enumerate() {
            for bit in (0..4_u32).filter(|bit| four_bits & (8 >> bit) != 0) {
                let times = shift.saturating_add(bit);
                let (whole, rest) = (key.wrapping_shr(times), key.wrapping_shl(8).wrapping_shr(times));
                let bytes = whole.to_be_bytes().into_iter().chain(rest.to_le_bytes().into_iter().take(1));
                for (sum, byte) in product.iter_mut().zip(bytes) {
                    *sum ^= byte;
                }
            }
        }
        for (at, table) in self.fours.as_flattened_mut().iter_mut().chain([&mut self.last]).enumerate() {
            *table = products.map(|product| product.get(at).copied().unwrap_or(0));
        }
    }
}

impl Zeroize for Products {
    fn zeroize(&mut self) {
        self.fours.zeroize();
        self.last.zeroize();
    }
}

/// The key of GHASH as tables, which are zeroized when they are dropped.
///
/// **Constant time.** All 16 bytes of a block are multiplied at once, by look-ups of their halves in tables that lie in
/// registers. Key and data decide on no branch and no address. Without 128-bit vectors the look-ups read memory at
/// addresses that data decides, within the 16 bytes of one table.
pub(super) struct GhashKey {
    high: Box<Zeroizing<Products>>,
    low: Box<Zeroizing<Products>>,
}

impl GhashKey {
    pub(super) fn new(key: &Block) -> Self {
        let mut tables = Self { high: Box::default(), low: Box::default() };
        let key = Zeroizing::new(u128::from_be_bytes(*key));
        tables.high.fill(*key, 0);
        tables.low.fill(*key, 4);
        tables
    }

    /// Multiplies by the key. The first byte of a block comes last here: a block is a number whose highest bit is
    /// the coefficient of 1.
    #[inline(never)]
    fn times(&self, factor: Bytes) -> Bytes {
        let halves = factor.halves(Bytes::from_array([0x0f; 16]));
        let zero = Bytes::from_number(0);
        let (mut low, mut high) = (product(halves, self.high.last, self.low.last), zero);
        // Each byte of the products stands one place behind the byte before.
        for ([a, b, c, d], [e, f, g, h]) in self.high.fours.iter().zip(&self.low.fours).rev() {
            (low, high) = (low.moved_on(zero).plus(product(halves, *d, *h)), high.moved_on(low));
            (low, high) = (low.moved_on(zero).plus(product(halves, *c, *g)), high.moved_on(low));
            (low, high) = (low.moved_on(zero).plus(product(halves, *b, *f)), high.moved_on(low));
            (low, high) = (low.moved_on(zero).plus(product(halves, *a, *e)), high.moved_on(low));
        }
        Bytes::from_number(reduced(low.to_number(), high.to_number()))
    }
}

/// Returns one byte of the product of each byte and the key, by the tables of its halves.
#[inline(always)]
fn product((high, low): (Bytes, Bytes), by_high: [u8; 16], by_low: [u8; 16]) -> Bytes {
    high.look_up(Bytes::from_array(by_high)).plus(low.look_up(Bytes::from_array(by_low)))
}

/// Reduces a product: `high` stands for the powers from `x^128` on, which is `1 + x + x^2 + x^7`.
#[inline(always)]
const fn reduced(low: u128, high: u128) -> u128 {
    let high = high ^ high << 127 ^ high << 126 ^ high << 121;
    low ^ high ^ high >> 1 ^ high >> 2 ^ high >> 7
}

/// The places of the bytes of a block in reverse.
const REVERSED: Block = [15, 14, 13, 12, 11, 10, 9, 8, 7, 6, 5, 4, 3, 2, 1, 0];

/// Hashes associated data and ciphertext, both padded with zeros, and their lengths.
#[inline(never)]
pub(super) fn ghash(key: &GhashKey, associated: &[u8], ciphertext: &[u8]) -> Block {
    let reversed = Bytes::from_array(REVERSED);
    let mut sum = Bytes::from_number(0);
    for text in [associated, ciphertext] {
        let (blocks, rest) = text.as_chunks();
        for block in blocks {
            sum = key.times(Bytes::from_array(*block).permuted(reversed).plus(sum));
        }
        if !rest.is_empty() {
            let mut padded = [0; 16];
            for (to, from) in padded.iter_mut().zip(rest) {
                *to = *from;
            }
            sum = key.times(Bytes::from_array(padded).permuted(reversed).plus(sum));
        }
    }
    let lengths = Bytes::from_number(bits(associated) << 64).plus(Bytes::from_number(bits(ciphertext)));
    key.times(lengths.plus(sum)).permuted(reversed).to_array()
}

const fn bits(text: &[u8]) -> u128 {
    (text.len() as u128).wrapping_mul(8)
}
