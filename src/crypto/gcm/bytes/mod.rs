//! Sixteen bytes at once.

#[cfg(not(all(target_arch = "wasm32", target_feature = "simd128")))]
mod array;
#[cfg(all(target_arch = "wasm32", target_feature = "simd128"))]
mod vector;

#[cfg(not(all(target_arch = "wasm32", target_feature = "simd128")))]
pub(super) use array::Bytes;
#[cfg(all(target_arch = "wasm32", target_feature = "simd128"))]
pub(super) use vector::Bytes;

/// A block of the cipher.
pub(super) type Block = [u8; 16];
