//! Wipes what a cipher leaves behind on the stack.

use core::hint::black_box;

use zeroize::Zeroize as _;

/// More than the deepest call of the cipher takes.
const BYTES: usize = 4096;

/// Overwrites the stack below the caller, where calls that have returned kept their blocks.
///
/// The library wipes its keys, but not the blocks of plaintext that decryption passes through.
#[inline(never)]
pub(super) fn wipe_below() {
    let mut below = [0_u8; BYTES];
    below.zeroize();
    black_box(&below);
}
