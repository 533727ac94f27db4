//! The keyring, which finds the key that an envelope names.
//!
//! ```
//! use magic_sessionmanager_core::{
//!     Field, KeyState, Keyring, MasterKey, SystemEntropy, TokenOwner, reseal, seal,
//! };
//!
//! let [old, new] = ["an old secret", "a new secret"].map(MasterKey::from_app_secret);
//! let (old, new, owner) = (old?, new?, TokenOwner::new(&[7; 16]));
//! let before = seal(&Keyring::new(&old)?, &SystemEntropy, owner, Field::RefreshToken, "a token")?;
//!
//! let keyring = Keyring::new(&new)?.with_previous(&old)?;
//! assert_eq!(keyring.key_state(&before), KeyState::Previous);
//! let after = reseal(&keyring, &SystemEntropy, owner, Field::RefreshToken, &before)?;
//! assert_eq!(keyring.key_state(&after), KeyState::Primary);
//! # Ok::<(), magic_sessionmanager_core::Error>(())
//! ```

use core::fmt;

use aes_gcm::KeyInit;
use hmac::HmacReset;
use sha2::Sha256;

use super::envelope::Envelope;
use super::gcm::Aes256Gcm;
use super::key::{KeyId, MasterKey};
use super::seal_count::SealCount;
use crate::error::{Code, Error};

/// The cipher that seals: AES-256-GCM with a 96-bit nonce and a 128-bit tag (SP 800-38D).
pub type Cipher = Aes256Gcm;

/// The keyed hash of the fingerprints: HMAC-SHA-256 (RFC 2104).
///
/// The other type of the crate moves when it is finished, and leaves the end of the text on the stack.
pub(super) type Lookup = HmacReset<Sha256>;

/// One key with its id.
pub(super) struct SealingKey {
    pub(super) id: KeyId,
    pub(super) cipher: Cipher,
}

impl SealingKey {
    fn derive(master: &MasterKey) -> Result<Self, Error> {
        let cipher = Cipher::new((&**master.sealing()?).into());
        Ok(Self { id: master.id()?, cipher })
    }
}

/// The kind of key that an envelope was sealed under.
///
/// It is read from the envelope without opening it, and proves nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum KeyState {
    /// The primary key.
    Primary,
    /// A previous key. The envelope should be resealed.
    Previous,
    /// A key outside the keyring. The envelope is kept, because the key may come back.
    Unknown,
    /// None: the text is not an envelope.
    Malformed,
}

impl KeyState {
    /// Returns the name used at the boundary. It never changes.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Primary => "primary",
            Self::Previous => "previous",
            Self::Unknown => "unknown",
            Self::Malformed => "malformed",
        }
    }
}

/// The primary key, which seals, opens and fingerprints, and the previous keys, which only open.
///
/// The keys are zeroized when the keyring is dropped. `Debug` shows only their ids.
pub struct Keyring {
    primary: SealingKey,
    previous: Vec<SealingKey>,
    lookup: Lookup,
    seals: SealCount,
}

impl Keyring {
    /// Creates a keyring with a primary key.
    ///
    /// # Errors
    /// Never in practice: [`Code::InvalidKey`] if a key of the needed length could not be derived.
    pub fn new(primary: &MasterKey) -> Result<Self, Error> {
        let lookup = Lookup::new_from_slice(primary.lookup()?.as_slice())
            .map_err(|_| Error::general(Code::InvalidKey, "a lookup key of this length cannot be used"))?;
        let seals = SealCount::default();
        Ok(Self { primary: SealingKey::derive(primary)?, previous: Vec::new(), lookup, seals })
    }

    /// Adds a key that only opens. A key that is already there changes nothing.
    ///
    /// # Errors
    /// Never in practice: [`Code::InvalidKey`] if a key of the needed length could not be derived.
    pub fn with_previous(mut self, previous: &MasterKey) -> Result<Self, Error> {
        let key = SealingKey::derive(previous)?;
        if self.find(key.id).is_none() {
            self.previous.push(key);
        }
        Ok(self)
    }

    /// Returns the id of the primary key.
    #[must_use]
    pub const fn key_id(&self) -> KeyId {
        self.primary.id
    }

    /// Returns the kind of key that an envelope was sealed under.
    #[must_use]
    pub fn key_state(&self, envelope: &str) -> KeyState {
        match Envelope::parse(envelope).map(|envelope| self.find(envelope.key_id)) {
            None => KeyState::Malformed,
            Some(None) => KeyState::Unknown,
            Some(Some(key)) if key.id == self.primary.id => KeyState::Primary,
            Some(Some(_)) => KeyState::Previous,
        }
    }

    /// Returns the number of seals under the primary key.
    #[must_use]
    pub const fn seals(&self) -> &SealCount {
        &self.seals
    }

    pub(super) const fn primary(&self) -> &SealingKey {
        &self.primary
    }

    /// Finds a key by its id.
    pub(super) fn find(&self, id: KeyId) -> Option<&SealingKey> {
        core::iter::once(&self.primary).chain(&self.previous).find(|key| key.id == id)
    }

    pub(super) const fn lookup(&self) -> &Lookup {
        &self.lookup
    }
}

impl fmt::Debug for Keyring {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let previous: Vec<_> = self.previous.iter().map(|key| key.id).collect();
        f.debug_struct("Keyring")
            .field("primary", &self.primary.id)
            .field("previous", &previous)
            .finish_non_exhaustive()
    }
}
