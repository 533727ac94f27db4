//! Whatever is changed or exchanged, an envelope is refused, always with the same error.

use crate::common::{SESSION, TOKEN, counting, keyring, master};
use aes_gcm::KeyInit;
use aes_gcm::aead::AeadInOut;
use magic_sessionmanager_core::crypto::aad::{self, Field, TokenOwner};
use magic_sessionmanager_core::crypto::envelope::{Envelope, VERSION};
use magic_sessionmanager_core::crypto::keyring::{Cipher, Keyring};
use magic_sessionmanager_core::crypto::seal::{open, seal};
use magic_sessionmanager_core::error::{Code, Error};

const SECRET: &str = "a secret of the app";

fn sealed() -> (Keyring, String) {
    let keys = keyring(SECRET);
    let envelope = seal(&keys, &counting(), SESSION, Field::AccessToken, TOKEN).unwrap();
    (keys, envelope)
}

/// The one error there is, whatever was done to the envelope.
fn the_error() -> Error {
    Error::general(Code::OpenFailed, "the sealed token did not open")
}

fn refusal(keys: &Keyring, envelope: &str) -> Error {
    open(keys, SESSION, Field::AccessToken, envelope).unwrap_err()
}

#[test]
fn every_changed_bit_of_the_text() {
    let (keys, envelope) = sealed();
    for position in 0..envelope.len() {
        for bit in 0..8 {
            let mut bytes = envelope.clone().into_bytes();
            bytes[position] ^= 1 << bit;
            // What is no text any more never comes this far.
            let Ok(changed) = String::from_utf8(bytes) else { continue };
            assert_eq!(refusal(&keys, &changed), the_error(), "bit {bit} of character {position}");
        }
    }
}

#[test]
fn every_changed_bit_of_the_decoded_parts() {
    let (keys, envelope) = sealed();
    let parsed = Envelope::parse(&envelope).unwrap();
    for bit in 0..parsed.nonce.len() * 8 {
        let mut changed = parsed.clone();
        changed.nonce[bit / 8] ^= 1 << (bit % 8);
        assert_eq!(refusal(&keys, &changed.to_string()), the_error(), "bit {bit} of the nonce");
    }
    for bit in 0..parsed.sealed.len() * 8 {
        let mut changed = parsed.clone();
        changed.sealed[bit / 8] ^= 1 << (bit % 8);
        assert_eq!(refusal(&keys, &changed.to_string()), the_error(), "bit {bit} of ciphertext and tag");
    }
}

#[test]
fn every_other_character_in_every_place() {
    let (keys, envelope) = sealed();
    let characters: Vec<char> = envelope.chars().collect();
    for position in 0..characters.len() {
        for other in (0..=0xff).filter_map(char::from_u32).filter(|other| *other != characters[position]) {
            let mut changed = characters.clone();
            changed[position] = other;
            let changed: String = changed.into_iter().collect();
            assert_eq!(refusal(&keys, &changed), the_error(), "{other:?} in place {position}");
        }
    }
}

#[test]
fn every_shorter_text_and_every_added_or_missing_character() {
    let (keys, envelope) = sealed();
    for position in 0..envelope.len() {
        let (before, after) = envelope.split_at(position);
        let (_, after_next) = after.split_at(1);
        assert_eq!(refusal(&keys, before), the_error());
        assert_eq!(refusal(&keys, &format!("{before}{after_next}")), the_error());
        for added in ['A', '.', '=', ' ', '\n', '\0', 'é'] {
            assert_eq!(refusal(&keys, &format!("{before}{added}{after}")), the_error());
            assert_eq!(refusal(&keys, &format!("{envelope}{added}")), the_error());
        }
    }
}

#[test]
fn another_row_and_another_column() {
    let (keys, envelope) = sealed();
    for bit in 0..SESSION.as_bytes().len() * 8 {
        let mut other = *SESSION.as_bytes();
        other[bit / 8] ^= 1 << (bit % 8);
        assert_eq!(
            open(&keys, TokenOwner::new(&other), Field::AccessToken, &envelope).unwrap_err(),
            the_error()
        );
    }
    assert_eq!(open(&keys, SESSION, Field::RefreshToken, &envelope).unwrap_err(), the_error());
}

/// Seals as the core does, but with a binding of the test's choice.
fn sealed_with(aad: &[u8]) -> String {
    sealed_bytes(TOKEN.as_bytes(), aad)
}

fn sealed_bytes(token: &[u8], aad: &[u8]) -> String {
    let nonce = [9; 12];
    let cipher = Cipher::new_from_slice(master(SECRET).sealing().unwrap().as_slice()).unwrap();
    let mut sealed = token.to_vec();
    let tag = cipher.encrypt_inout_detached(&nonce.into(), aad, sealed.as_mut_slice().into()).unwrap();
    sealed.extend_from_slice(&tag);
    Envelope { key_id: keyring(SECRET).key_id(), nonce, sealed }.to_string()
}

#[test]
fn another_purpose_or_version_under_the_very_same_key() {
    let keys = keyring(SECRET);
    let right = aad::encode(SESSION.as_bytes(), Field::AccessToken, VERSION);
    let opened = open(&keys, SESSION, Field::AccessToken, &sealed_with(&right)).unwrap();
    assert_eq!(opened.as_str(), TOKEN);

    let version = aad::encode(SESSION.as_bytes(), Field::AccessToken, "v2");
    let purpose = String::from_utf8(right.clone()).unwrap().replace("/token", "/other").into_bytes();
    for wrong in [version, purpose, right[1..].to_vec(), Vec::new()] {
        assert_eq!(refusal(&keys, &sealed_with(&wrong)), the_error());
    }
    for bit in 0..right.len() * 8 {
        let mut wrong = right.clone();
        wrong[bit / 8] ^= 1 << (bit % 8);
        assert_eq!(refusal(&keys, &sealed_with(&wrong)), the_error());
    }
}

#[test]
fn sealed_bytes_that_are_no_text() {
    let keys = keyring(SECRET);
    let aad = aad::encode(SESSION.as_bytes(), Field::AccessToken, VERSION);
    for token in [b"\xff".as_slice(), b"header.\xc3", b"\xed\xa0\x80"] {
        assert_eq!(refusal(&keys, &sealed_bytes(token, &aad)), the_error());
    }
}

#[test]
fn another_key_id_even_of_a_key_that_is_configured() {
    let (_, envelope) = sealed();
    let other = master("another secret");
    let keys = keyring(SECRET).with_previous(&other).unwrap();
    assert_eq!(open(&keys, SESSION, Field::AccessToken, &envelope).unwrap().as_str(), TOKEN);
    let own_id = keys.key_id().to_string();
    for id in [other.id().unwrap().to_string(), "0".repeat(12)] {
        assert_eq!(refusal(&keys, &envelope.replace(&own_id, &id)), the_error());
    }
}
