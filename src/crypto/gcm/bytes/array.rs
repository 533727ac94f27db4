//! The bytes as an array: the operations of `vector` byte by byte, for tests and for other hosts than WebAssembly.

/// Sixteen bytes.
#[derive(Clone, Copy)]
pub(in crate::crypto::gcm) struct Bytes([u8; 16]);

impl Bytes {
    pub(in crate::crypto::gcm) const fn from_array(bytes: [u8; 16]) -> Self {
        Self(bytes)
    }

    pub(in crate::crypto::gcm) const fn to_array(self) -> [u8; 16] {
        self.0
    }

    /// The first byte is the lowest.
    pub(in crate::crypto::gcm) const fn from_number(number: u128) -> Self {
        Self(number.to_le_bytes())
    }

    /// As [`from_number`](Self::from_number).
    pub(in crate::crypto::gcm) const fn to_number(self) -> u128 {
        u128::from_le_bytes(self.0)
    }

    /// Adds in the field, byte by byte.
    pub(in crate::crypto::gcm) const fn plus(self, other: Self) -> Self {
        Self::from_number(self.to_number() ^ other.to_number())
    }

    /// Returns the high and the low half of each byte; `low_half` is sixteen times `0x0f`.
    pub(in crate::crypto::gcm) const fn halves(self, low_half: Self) -> (Self, Self) {
        let (bytes, mask) = (self.to_number(), low_half.to_number());
        (Self::from_number(bytes >> 4 & mask), Self::from_number(bytes & mask))
    }

    /// Replaces each byte by its value in a table; one of 16 and more becomes 0.
    pub(in crate::crypto::gcm) fn look_up(self, table: Self) -> Self {
        Self(self.0.map(|byte| table.0.get(usize::from(byte)).copied().unwrap_or(0)))
    }

    /// Moves the bytes to other places; the table says where each comes from.
    pub(in crate::crypto::gcm) fn permuted(self, places: Self) -> Self {
        places.look_up(self)
    }

    /// Moves each byte one place to the front; the first byte of `next` comes last.
    pub(in crate::crypto::gcm) const fn moved_on(self, next: Self) -> Self {
        Self::from_number(self.to_number() >> 8 | next.to_number() << 120)
    }
}
