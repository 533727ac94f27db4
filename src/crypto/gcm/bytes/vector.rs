//! The bytes as a vector of WebAssembly.

#![expect(
    clippy::inline_always,
    reason = "a call costs more than the instruction, and takes the tables out of registers"
)]

use core::arch::wasm32::{
    u8x16_shuffle, u8x16_swizzle, u16x8_shr, u64x2, u64x2_extract_lane, v128, v128_and, v128_xor,
};

/// Sixteen bytes.
#[derive(Clone, Copy)]
pub(in crate::crypto::gcm) struct Bytes(v128);

impl Bytes {
    #[inline(always)]
    pub(in crate::crypto::gcm) fn from_array(bytes: [u8; 16]) -> Self {
        Self::from_number(u128::from_le_bytes(bytes))
    }

    #[inline(always)]
    pub(in crate::crypto::gcm) fn to_array(self) -> [u8; 16] {
        self.to_number().to_le_bytes()
    }

    /// The first byte is the lowest.
    #[expect(clippy::cast_possible_truncation, reason = "the upper half is the other lane")]
    #[inline(always)]
    pub(in crate::crypto::gcm) fn from_number(number: u128) -> Self {
        Self(u64x2(number as u64, (number >> 64) as u64))
    }

    /// As [`from_number`](Self::from_number).
    #[inline(always)]
    pub(in crate::crypto::gcm) fn to_number(self) -> u128 {
        let (low, high) = (u64x2_extract_lane::<0>(self.0), u64x2_extract_lane::<1>(self.0));
        u128::from(low) | u128::from(high) << 64
    }

    /// Adds in the field, byte by byte.
    #[inline(always)]
    pub(in crate::crypto::gcm) fn plus(self, other: Self) -> Self {
        Self(v128_xor(self.0, other.0))
    }

    /// Returns the high and the low half of each byte; `low_half` is sixteen times `0x0f`.
    #[inline(always)]
    pub(in crate::crypto::gcm) fn halves(self, low_half: Self) -> (Self, Self) {
        (Self(v128_and(u16x8_shr(self.0, 4), low_half.0)), Self(v128_and(self.0, low_half.0)))
    }

    /// Replaces each byte by its value in a table; one of 16 and more becomes 0.
    #[inline(always)]
    pub(in crate::crypto::gcm) fn look_up(self, table: Self) -> Self {
        Self(u8x16_swizzle(table.0, self.0))
    }

    /// Moves the bytes to other places; the table says where each comes from.
    #[inline(always)]
    pub(in crate::crypto::gcm) fn permuted(self, places: Self) -> Self {
        places.look_up(self)
    }

    /// Moves each byte one place to the front; the first byte of `next` comes last.
    #[inline(always)]
    pub(in crate::crypto::gcm) fn moved_on(self, next: Self) -> Self {
        Self(u8x16_shuffle::<1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16>(self.0, next.0))
    }
}
