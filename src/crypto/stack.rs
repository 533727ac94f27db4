//! Zeroizing of the stack after a cipher.

use core::hint::black_box;

use zeroize::Zeroize as _;

/// More bytes than the deepest call of the cipher takes.
const BYTES: usize = 4096;

/// Overwrites the stack below the caller.
///
/// The library zeroizes its keys, but leaves blocks of plaintext on the stack after decryption.
#[inline(never)]
pub(super) fn wipe_below() {
    let mut below = [0_u8; BYTES];
    below.zeroize();
    black_box(&below);
}
