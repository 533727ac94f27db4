//! The keys in use, and which of them an envelope names.

use core::fmt;

use aes_gcm::{Aes256Gcm, KeyInit};
use hmac::HmacReset;
use sha2::Sha256;

use super::envelope::Envelope;
use super::key::{KeyId, MasterKey};
use super::seal_count::SealCount;
use crate::error::{Code, Error};

/// The cipher that seals: AES-256-GCM with a 96-bit nonce and a 128-bit tag (SP 800-38D).
pub type Cipher = Aes256Gcm;

/// The keyed hash of the fingerprints: HMAC-SHA-256 (RFC 2104).
///
/// The kind that can be reset stays where it is when it is finished; the other moves, and leaves the end of the text
/// on the stack.
pub(super) type Lookup = HmacReset<Sha256>;

/// One key ready for sealing and opening, under its public name.
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

/// Under which kind of key an envelope stands, if it is one.
///
/// The envelope says so itself and is not opened: this sorts rows, it proves nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum KeyState {
    /// Under the primary key: nothing to do.
    Primary,
    /// Under a key that only opens: to be resealed.
    Previous,
    /// Under a key that is not in the keyring: kept, for the key may come back.
    Unknown,
    /// Not an envelope at all.
    Malformed,
}

impl KeyState {
    /// Gives the state's name, which never changes.
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

/// Holds the primary key, which seals, opens and fingerprints, and the previous keys, which only open.
///
/// The keys expanded inside wipe themselves from memory when dropped, and `Debug` shows only their ids.
pub struct Keyring {
    primary: SealingKey,
    previous: Vec<SealingKey>,
    lookup: Lookup,
    seals: SealCount,
}

impl Keyring {
    /// Builds a keyring around one key.
    ///
    /// # Errors
    /// Never in practice: [`Code::InvalidKey`] if a key of the needed length could not be derived.
    pub fn new(primary: &MasterKey) -> Result<Self, Error> {
        let lookup = Lookup::new_from_slice(primary.lookup()?.as_slice())
            .map_err(|_| Error::general(Code::InvalidKey, "a lookup key of this length cannot be used"))?;
        let seals = SealCount::default();
        Ok(Self { primary: SealingKey::derive(primary)?, previous: Vec::new(), lookup, seals })
    }

    /// Adds a key that only opens; one that is there already changes nothing.
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

    /// Gives the public name of the primary key.
    #[must_use]
    pub const fn key_id(&self) -> KeyId {
        self.primary.id
    }

    /// Says under which kind of key an envelope stands.
    #[must_use]
    pub fn key_state(&self, envelope: &str) -> KeyState {
        match Envelope::parse(envelope).map(|envelope| self.find(envelope.key_id)) {
            None => KeyState::Malformed,
            Some(None) => KeyState::Unknown,
            Some(Some(key)) if key.id == self.primary.id => KeyState::Primary,
            Some(Some(_)) => KeyState::Previous,
        }
    }

    /// Gives how often this keyring has sealed.
    #[must_use]
    pub const fn seals(&self) -> &SealCount {
        &self.seals
    }

    pub(super) const fn primary(&self) -> &SealingKey {
        &self.primary
    }

    /// Finds the one key that an envelope names.
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
