//! AES-256-GCM with 96-bit nonces and 128-bit tags (SP 800-38D), made of byte permutations.
//!
//! ```
//! use aes_gcm::aead::{AeadInOut, KeyInit};
//! use magic_sessionmanager_core::crypto::gcm::Aes256Gcm;
//!
//! let cipher = Aes256Gcm::new(&[7; 32].into());
//! let mut text = *b"a token";
//! let tag = cipher.encrypt_inout_detached(&[1; 12].into(), b"", text.as_mut_slice().into())?;
//! assert_ne!(&text, b"a token");
//! let opened = cipher.decrypt_inout_detached(&[1; 12].into(), b"", text.as_mut_slice().into(), &tag);
//! assert_eq!((opened, &text), (Ok(()), b"a token"));
//! # Ok::<(), aes_gcm::aead::Error>(())
//! ```

pub mod aes;
mod bytes;
mod ghash;

use aes_gcm::aead::array::Array;
use aes_gcm::aead::common::{Key, KeyInit, KeySizeUser};
use aes_gcm::aead::consts::{U12, U16, U32};
use aes_gcm::aead::inout::InOutBuf;
use aes_gcm::aead::{AeadCore, AeadInOut, Error, Nonce, Result, Tag, TagPosition};
use ctutils::CtEq as _;
use zeroize::{ZeroizeOnDrop, Zeroizing};

use aes::{Aes256, BLOCKS_AT_ONCE};
use bytes::Block;
use ghash::{GhashKey, ghash};

/// Returns whether a text of so many bytes may be encrypted: SP 800-38D, 5.2.1.1, allows 2^39 - 256 bits.
#[must_use]
pub const fn may_encrypt(bytes: u64) -> bool {
    bytes <= (1 << 36) - 32
}

/// The cipher behind the traits of the crate `aead`, as the crate `aes-gcm` has it.
///
/// The keys are zeroized when it is dropped.
pub struct Aes256Gcm {
    aes: Aes256,
    ghash_key: GhashKey,
}

impl KeySizeUser for Aes256Gcm {
    type KeySize = U32;
}

impl KeyInit for Aes256Gcm {
    fn new(key: &Key<Self>) -> Self {
        let aes = Aes256::new(&key.0);
        let [ghash_key, ..] = *Zeroizing::new(aes.encrypt([[0; 16]; BLOCKS_AT_ONCE]));
        Self { aes, ghash_key: GhashKey::new(&Zeroizing::new(ghash_key)) }
    }
}

impl AeadCore for Aes256Gcm {
    type NonceSize = U12;
    type TagSize = U16;
    const TAG_POSITION: TagPosition = TagPosition::Postfix;
}

impl AeadInOut for Aes256Gcm {
    fn encrypt_inout_detached(
        &self,
        nonce: &Nonce<Self>,
        associated: &[u8],
        mut text: InOutBuf<'_, '_, u8>,
    ) -> Result<Tag<Self>> {
        check_length(&text)?;
        let mut stream = Keystream::new(&self.aes, nonce);
        let mask = stream.mask();
        stream.add_to(text.reborrow());
        Ok(Array(masked(ghash(&self.ghash_key, associated, text.get_out()), mask)))
    }

    fn decrypt_inout_detached(
        &self,
        nonce: &Nonce<Self>,
        associated: &[u8],
        text: InOutBuf<'_, '_, u8>,
        tag: &Tag<Self>,
    ) -> Result<()> {
        check_length(&text)?;
        let mut stream = Keystream::new(&self.aes, nonce);
        let expected = masked(ghash(&self.ghash_key, associated, text.get_in()), stream.mask());
        if !expected.ct_eq(&tag.0).to_bool() {
            return Err(Error);
        }
        stream.add_to(text);
        Ok(())
    }
}

/// The keys are zeroized when they are dropped.
impl ZeroizeOnDrop for Aes256Gcm {}

impl core::fmt::Debug for Aes256Gcm {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.write_str("Aes256Gcm(redacted)")
    }
}

fn check_length(text: &InOutBuf<'_, '_, u8>) -> Result<()> {
    if may_encrypt(text.len() as u64) { Ok(()) } else { Err(Error) }
}

fn masked(hash: Block, mask: Block) -> Block {
    (u128::from_ne_bytes(hash) ^ u128::from_ne_bytes(mask)).to_ne_bytes()
}

/// The encrypted counter blocks of one nonce. The first masks the tag, the others encrypt the text.
struct Keystream<'a> {
    aes: &'a Aes256,
    nonce: [u8; 12],
    /// The counter of the next group of blocks.
    counter: u32,
    group: [Block; BLOCKS_AT_ONCE],
}

impl<'a> Keystream<'a> {
    fn new(aes: &'a Aes256, nonce: &Nonce<Aes256Gcm>) -> Self {
        let mut stream = Self { aes, nonce: nonce.0, counter: 1, group: [[0; 16]; BLOCKS_AT_ONCE] };
        stream.advance();
        stream
    }

    fn advance(&mut self) {
        let mut counter = self.counter;
        let blocks = core::array::from_fn(|_| {
            let mut block = [0; 16];
            let (start, end) = block.split_at_mut(12);
            start.copy_from_slice(&self.nonce);
            end.copy_from_slice(&counter.to_be_bytes());
            counter = counter.wrapping_add(1);
            block
        });
        self.group = self.aes.encrypt(blocks);
        self.counter = counter;
    }

    const fn mask(&self) -> Block {
        let [mask, ..] = self.group;
        mask
    }

    /// Adds the stream to a text, from the block behind the mask on.
    fn add_to(&mut self, text: InOutBuf<'_, '_, u8>) {
        let mut left = text;
        let mut used = 16;
        while !left.is_empty() {
            let stream = self.group.as_flattened().get(used..).unwrap_or(&[]);
            let length = stream.len().min(left.len());
            let (mut part, rest) = left.split_at(length);
            part.xor_in2out(stream.get(..length).unwrap_or(stream));
            left = rest;
            used = 0;
            if !left.is_empty() {
                self.advance();
            }
        }
    }
}
