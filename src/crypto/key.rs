//! Key material, and the keys derived from it for one purpose each.
//!
//! ```
//! use magic_sessionmanager_core::crypto::key::{KeyFault, MasterKey, generate};
//! use magic_sessionmanager_core::entropy::SystemEntropy;
//!
//! let text = generate(&SystemEntropy)?;
//! let key = MasterKey::from_base64(&text)?;
//! assert_eq!(key.id()?.to_string().len(), 12);
//! assert_eq!(format!("{key:?}"), "MasterKey(redacted)");
//! assert_eq!(MasterKey::from_base64("AAAA").err(), Some(KeyFault::WrongLength(3)));
//! # Ok::<(), magic_sessionmanager_core::Error>(())
//! ```

use core::fmt;

use base64::Engine as _;
use base64::alphabet;
use base64::engine::general_purpose::STANDARD;
use base64::engine::{DecodePaddingMode, GeneralPurpose, GeneralPurposeConfig};
use hkdf::Hkdf;
use hmac::{HmacReset, KeyInit as _, Mac as _};
use sha2::Sha256;
use zeroize::{Zeroize as _, ZeroizeOnDrop, Zeroizing};

use crate::entropy::Entropy;
use crate::error::{Code, Error};

/// The length of every symmetric key in bytes.
pub const KEY_BYTES: usize = 32;

/// The length of a key id in bytes. Its text is twice as long.
pub const KEY_ID_BYTES: usize = 6;

/// The form of a configured key, for messages.
pub const TAKES: &str =
    "32 bytes in base64 (make one with: node -p \"crypto.randomBytes(32).toString('base64')\")";

/// HKDF salt of everything derived here; it separates this program from others using the same secret.
const SALT: &[u8] = b"magic-sessionmanager/v1";

/// The longest text whose exact length an error names.
const COUNTED_CHARS: usize = 1000;

const LENIENT: GeneralPurposeConfig =
    GeneralPurposeConfig::new().with_decode_padding_mode(DecodePaddingMode::Indifferent);
const STANDARD_LENIENT: GeneralPurpose = GeneralPurpose::new(&alphabet::STANDARD, LENIENT);
const URL_SAFE_LENIENT: GeneralPurpose = GeneralPurpose::new(&alphabet::URL_SAFE, LENIENT);

/// The fault of a text that is not a key. It reveals nothing of the text but its length.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum KeyFault {
    /// The text is empty.
    Empty,
    /// The text, of so many characters, is base64 in neither alphabet.
    NotBase64(usize),
    /// The text decodes to so many bytes rather than 32.
    WrongLength(usize),
}

impl fmt::Display for KeyFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Empty => f.write_str("got an empty text"),
            Self::NotBase64(chars) if *chars > COUNTED_CHARS => {
                write!(f, "got text of more than {COUNTED_CHARS} characters that is not base64")
            }
            Self::NotBase64(chars) => write!(f, "got text of {chars} characters that is not base64"),
            Self::WrongLength(bytes) => write!(f, "got {bytes} bytes"),
        }
    }
}

impl From<KeyFault> for Error {
    fn from(fault: KeyFault) -> Self {
        Self::new(Code::InvalidKey, "key", format!("the encryption key {fault}; it takes {TAKES}"))
    }
}

/// Bytes that are wiped from memory when dropped, and not copied about when moved: they stay where they are.
pub type Secret<const N: usize> = Box<Zeroizing<[u8; N]>>;

/// The 32 bytes from which every other key is derived; wiped from memory when dropped.
pub struct MasterKey(Secret<KEY_BYTES>);

impl MasterKey {
    /// Reads a configured key: base64, standard or URL-safe alphabet, with or without padding.
    ///
    /// Spaces and line breaks around it are ignored.
    ///
    /// # Errors
    /// A [`KeyFault`] if the text is not base64 or does not decode to exactly 32 bytes.
    pub fn from_base64(text: &str) -> Result<Self, KeyFault> {
        let text = text.trim();
        if text.is_empty() {
            return Err(KeyFault::Empty);
        }
        let bytes = STANDARD_LENIENT
            .decode(text)
            .or_else(|_| URL_SAFE_LENIENT.decode(text))
            .map(Zeroizing::new)
            .map_err(|_| KeyFault::NotBase64(text.chars().count()))?;
        let mut key: Secret<KEY_BYTES> = Box::new(Zeroizing::new([0; KEY_BYTES]));
        if bytes.len() != key.len() {
            return Err(KeyFault::WrongLength(bytes.len()));
        }
        key.copy_from_slice(&bytes);
        Ok(Self(key))
    }

    /// Derives a key from a secret of the app, for an app without a configured key.
    ///
    /// The key is as strong as that secret. After a change of the secret, tokens sealed under the key cannot be opened.
    ///
    /// # Errors
    /// [`Code::InvalidKey`] if the secret is empty.
    pub fn from_app_secret(secret: &str) -> Result<Self, Error> {
        if secret.is_empty() {
            return Err(Error::new(Code::InvalidKey, "secret", "the app's secret is empty"));
        }
        expand(secret.as_bytes(), b"master key from the app's secret").map(Self)
    }

    /// Derives the key that seals tokens (AES-256-GCM).
    ///
    /// # Errors
    /// Never in practice: [`Code::InvalidKey`] if HKDF refused the length of its output.
    pub fn sealing(&self) -> Result<Secret<KEY_BYTES>, Error> {
        expand(self.0.as_slice(), b"seal: AES-256-GCM")
    }

    /// Derives the key of the lookup fingerprints (HMAC-SHA-256).
    ///
    /// # Errors
    /// Never in practice: [`Code::InvalidKey`] if HKDF refused the length of its output.
    pub fn lookup(&self) -> Result<Secret<KEY_BYTES>, Error> {
        expand(self.0.as_slice(), b"lookup: HMAC-SHA-256")
    }

    /// Derives the public id of this key.
    ///
    /// # Errors
    /// Never in practice: [`Code::InvalidKey`] if HKDF refused the length of its output.
    pub fn id(&self) -> Result<KeyId, Error> {
        expand(self.0.as_slice(), b"key id").map(|bytes| KeyId(**bytes))
    }
}

/// The bytes are zeroized when they are dropped.
impl ZeroizeOnDrop for MasterKey {}

impl fmt::Debug for MasterKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("MasterKey(redacted)")
    }
}

/// The public id of a key. Its text form, 12 lower-case hex digits, stands in every envelope.
///
/// It reveals nothing about the key.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct KeyId([u8; KEY_ID_BYTES]);

impl KeyId {
    /// Reads the text form, or returns `None` if it is not exactly 12 lower-case hex digits.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let mut bytes = [0; KEY_ID_BYTES];
        crate::hex::decode(text, &mut bytes)?;
        Some(Self(bytes))
    }

    /// Appends the text form.
    pub(super) fn push_to(self, text: &mut String) {
        crate::hex::push(&self.0, text);
    }
}

impl fmt::Display for KeyId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut text = String::new();
        self.push_to(&mut text);
        f.write_str(&text)
    }
}

/// Generates a key: 32 random bytes in standard base64 with padding.
///
/// # Errors
/// [`Code::EntropyUnavailable`] if the random source does not answer.
pub fn generate(entropy: &impl Entropy) -> Result<Zeroizing<String>, Error> {
    let mut bytes = Zeroizing::new([0; KEY_BYTES]);
    entropy.fill(bytes.as_mut_slice())?;
    Ok(Zeroizing::new(STANDARD.encode(bytes.as_slice())))
}

/// Derives a key with the salt of the plugin and one label for each purpose.
fn expand<const N: usize>(input: &[u8], label: &[u8]) -> Result<Secret<N>, Error> {
    let mut output: Secret<N> = Box::new(Zeroizing::new([0; N]));
    hkdf(SALT, input, label, output.as_mut_slice())?;
    Ok(output)
}

/// Fills `output` by HKDF-SHA-256 (RFC 5869).
///
/// The extraction is written here because the extraction of the crate `hkdf` leaves a copy of the input on the stack.
///
/// # Errors
/// [`Code::InvalidKey`] if the output is longer than 255 hashes, which is 8160 bytes.
pub fn hkdf(salt: &[u8], input: &[u8], label: &[u8], output: &mut [u8]) -> Result<(), Error> {
    let refused = || Error::general(Code::InvalidKey, "a key of this length cannot be derived");
    let mut extraction = HmacReset::<Sha256>::new_from_slice(salt).map_err(|_| refused())?;
    extraction.update(input);
    let mut pseudorandom_key = extraction.finalize_reset().into_bytes();
    let expanded = Hkdf::<Sha256>::from_prk(&pseudorandom_key).map(|hkdf| hkdf.expand(label, output));
    pseudorandom_key.as_mut_slice().zeroize();
    expanded.ok().and_then(Result::ok).ok_or_else(refused)
}
