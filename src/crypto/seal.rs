//! Sealing, opening and resealing of tokens.
//!
//! ```
//! use magic_sessionmanager_core::{
//!     Code, Field, Keyring, MasterKey, SessionId, SystemEntropy, open, seal,
//! };
//!
//! let keyring = Keyring::new(&MasterKey::from_app_secret("a secret of the app")?)?;
//! let (mine, other) = (SessionId::random(&SystemEntropy)?, SessionId::random(&SystemEntropy)?);
//! let envelope = seal(&keyring, &SystemEntropy, (&mine).into(), Field::RefreshToken, "a token")?;
//! assert_eq!(open(&keyring, (&mine).into(), Field::RefreshToken, &envelope)?.as_str(), "a token");
//!
//! // The row of another session does not open it.
//! let moved = open(&keyring, (&other).into(), Field::RefreshToken, &envelope);
//! assert_eq!(moved.map_err(|error| error.code()), Err(Code::OpenFailed));
//! # Ok::<(), magic_sessionmanager_core::Error>(())
//! ```

use aes_gcm::aead::AeadInOut as _;
use zeroize::{Zeroizing, zeroize_stack};

use super::aad::{self, Field, TokenOwner};
use super::envelope::{Envelope, NONCE_BYTES, TAG_BYTES, VERSION};
use super::keyring::Keyring;
use super::seal_count::KeyWear;
use crate::entropy::Entropy;
use crate::error::{Code, Error};

/// More bytes of the stack than the deepest call of the cipher takes.
const STACK_BYTES: usize = 4096;

/// Seals a token under the primary key for one session and one field, and returns the text of the envelope.
///
/// The nonce is random; a caller cannot choose it. With random 96-bit nonces one key must not seal more than 2^32 times
/// (SP 800-38D §8.3): about 136 seals a second for a year. [`Keyring::seals`] counts every seal.
///
/// # Errors
/// [`Code::KeyExhausted`] once the key has sealed so many times; [`Code::EntropyUnavailable`] if no nonce can be drawn; [`Code::InvalidArgument`] if the token is longer than
/// the cipher takes (64 GiB).
pub fn seal(
    keyring: &Keyring,
    entropy: &impl Entropy,
    owner: TokenOwner<'_>,
    field: Field,
    token: &str,
) -> Result<String, Error> {
    if keyring.seals().wear() == KeyWear::Exhausted {
        return Err(Error::general(
            Code::KeyExhausted,
            "the encryption key has sealed 2^32 tokens; set a new one",
        ));
    }
    let mut nonce = [0; NONCE_BYTES];
    entropy.fill(&mut nonce)?;
    let aad = aad::encode(owner.as_bytes(), field, VERSION);
    // The buffer has room for the tag, because growing it would leave a copy of the token in memory.
    let mut sealed = Vec::with_capacity(token.len().saturating_add(TAG_BYTES));
    sealed.extend_from_slice(token.as_bytes());
    let key = keyring.primary();
    let tag = key
        .cipher
        .encrypt_inout_detached(&nonce.into(), &aad, sealed.as_mut_slice().into())
        .map_err(|_| Error::new(Code::InvalidArgument, "token", "the token is too long to be sealed"))?;
    sealed.extend_from_slice(&tag);
    keyring.seals().add_one();
    Ok(Envelope { key_id: key.id, nonce, sealed }.to_text())
}

/// Opens an envelope that was sealed for exactly this session and field.
///
/// # Errors
/// [`Code::OpenFailed`] for malformed text, an unknown key, another session or field, and a changed bit. The error is
/// the same for all of them, because a difference would help an attacker.
pub fn open(
    keyring: &Keyring,
    owner: TokenOwner<'_>,
    field: Field,
    envelope: &str,
) -> Result<Zeroizing<String>, Error> {
    let token = try_open(keyring, owner, field, envelope);
    // The library zeroizes its keys, but leaves blocks of plaintext on the stack.
    zeroize_stack::<STACK_BYTES>();
    token.ok_or_else(|| Error::general(Code::OpenFailed, "the sealed token did not open"))
}

/// Opens an envelope and seals its token again under the primary key, for the same session and field.
///
/// # Errors
/// As [`open`] and [`seal`].
pub fn reseal(
    keyring: &Keyring,
    entropy: &impl Entropy,
    owner: TokenOwner<'_>,
    field: Field,
    envelope: &str,
) -> Result<String, Error> {
    let token = open(keyring, owner, field, envelope)?;
    seal(keyring, entropy, owner, field, &token)
}

#[inline(never)]
fn try_open(
    keyring: &Keyring,
    owner: TokenOwner<'_>,
    field: Field,
    envelope: &str,
) -> Option<Zeroizing<String>> {
    let Envelope { key_id, nonce, sealed } = Envelope::parse(envelope)?;
    let key = keyring.find(key_id)?;
    let aad = aad::encode(owner.as_bytes(), field, VERSION);
    let mut plain = Zeroizing::new(sealed);
    let tag: [u8; TAG_BYTES] = plain.last_chunk().copied()?;
    let length = plain.len().checked_sub(TAG_BYTES)?;
    plain.truncate(length);
    key.cipher.decrypt_inout_detached(&nonce.into(), &aad, plain.as_mut_slice().into(), &tag.into()).ok()?;
    // The buffer itself becomes the text, because a second copy of the token would have to be zeroized.
    match String::from_utf8(core::mem::take(&mut plain)) {
        Ok(token) => Some(Zeroizing::new(token)),
        Err(error) => {
            drop(Zeroizing::new(error.into_bytes()));
            None
        }
    }
}
