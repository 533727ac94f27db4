//! A sealed token opens again, and the stored form never changes.

use std::collections::HashSet;

use crate::common::{FailingEntropy, SESSION, TOKEN, counting, keyring};
use magic_sessionmanager_core::crypto::aad::{self, Field};
use magic_sessionmanager_core::crypto::envelope::Envelope;
use magic_sessionmanager_core::crypto::fingerprint::fingerprint;
use magic_sessionmanager_core::crypto::key::{KeyFault, KeyId, MasterKey, generate};
use magic_sessionmanager_core::crypto::seal::{open, seal};
use magic_sessionmanager_core::error::{Code, Error};
use proptest::prelude::*;

#[test]
fn a_sealed_token_opens_again() {
    let keys = keyring("a secret of the app");
    let envelope = seal(&keys, &counting(), SESSION, Field::AccessToken, TOKEN).unwrap();
    assert_eq!(open(&keys, SESSION, Field::AccessToken, &envelope).unwrap().as_str(), TOKEN);
    assert!(!envelope.contains("payload"));
}

/// Computed once with Node's own HKDF and AES-256-GCM: rows written today must open forever.
#[test]
fn the_stored_form_never_changes() {
    let keys = keyring("a secret of the app");
    let envelope = seal(&keys, &counting(), SESSION, Field::AccessToken, TOKEN).unwrap();
    let expected = concat!(
        "v1.c24e31400044.AAECAwQFBgcICQoL.",
        "pUAAHKVziyMFp6C3T0PwFxqTc4XdLDYS6RhOgSzzaMtz_IhcvbTSjA"
    );
    assert_eq!(envelope, expected);
    assert_eq!(fingerprint(&keys, TOKEN), "DBjWk7e5AREl9bjhRrmd5Gbii-J1Ns2JDdvfFlSPltY");
}

#[test]
fn a_token_of_any_text_opens_again() {
    let keys = keyring("a secret of the app");
    for token in ["", "\0", "日本語", &"x".repeat(100_000)] {
        let envelope = seal(&keys, &counting(), SESSION, Field::RefreshToken, token).unwrap();
        assert_eq!(open(&keys, SESSION, Field::RefreshToken, &envelope).unwrap().as_str(), token);
    }
}

#[test]
fn two_seals_of_one_token_differ() {
    let keys = keyring("a secret of the app");
    let entropy = counting();
    let first = seal(&keys, &entropy, SESSION, Field::AccessToken, TOKEN).unwrap();
    let second = seal(&keys, &entropy, SESSION, Field::AccessToken, TOKEN).unwrap();
    assert_ne!(first, second);
}

#[test]
fn nothing_is_sealed_without_randomness() {
    let keys = keyring("a secret of the app");
    let error = seal(&keys, &FailingEntropy, SESSION, Field::AccessToken, TOKEN).unwrap_err();
    assert_eq!(error.code(), Code::EntropyUnavailable);
}

#[test]
fn a_fingerprint_depends_on_token_and_key_alone() {
    let keys = keyring("a secret of the app");
    assert_eq!(fingerprint(&keys, TOKEN), fingerprint(&keys, TOKEN));
    assert_ne!(fingerprint(&keys, TOKEN), fingerprint(&keys, "header.payload.other"));
    assert_ne!(fingerprint(&keys, TOKEN), fingerprint(&keyring("another secret"), TOKEN));
}

#[test]
fn a_key_text_is_refused_by_what_is_wrong_with_it() {
    let fault = |text: &str| MasterKey::from_base64(text).unwrap_err();
    assert_eq!(fault(""), KeyFault::Empty);
    assert_eq!(fault("hunter2 hunt"), KeyFault::NotBase64(12));
    assert_eq!(fault("AAAA"), KeyFault::WrongLength(3));
    assert_eq!(Error::from(fault("AAAA")).code(), Code::InvalidKey);
}

#[test]
fn a_refused_key_text_is_described_without_being_counted_for_ever() {
    let words = |text: &str| MasterKey::from_base64(text).unwrap_err().to_string();
    assert_eq!(words(""), "got an empty text");
    assert_eq!(words("AAAA"), "got 3 bytes");
    assert_eq!(words(&"!".repeat(1000)), "got text of 1000 characters that is not base64");
    assert_eq!(words(&"!".repeat(1001)), "got text of more than 1000 characters that is not base64");
    assert_eq!(words(&"!".repeat(5000)), words(&"!".repeat(1001)));
}

#[test]
fn a_field_is_known_by_its_name_alone() {
    for field in Field::ALL {
        assert_eq!(Field::parse(field.as_str()), Some(field));
    }
    for text in ["", "accesstoken", "accessToken ", "password"] {
        assert_eq!(Field::parse(text), None);
    }
}

#[test]
fn a_generated_key_is_one_that_is_taken() {
    let text = generate(&counting()).unwrap();
    assert_eq!(text.as_str(), "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=");
    let id = MasterKey::from_base64(&text).unwrap().id().unwrap();
    assert_eq!(KeyId::parse(&id.to_string()), Some(id));
    assert_eq!(generate(&FailingEntropy).unwrap_err().code(), Code::EntropyUnavailable);
}

#[test]
fn no_two_bindings_are_the_same_bytes() {
    assert_eq!(
        aad::encode(&[1, 2], Field::AccessToken, "v1"),
        b"\0\0\0\x1amagic-sessionmanager/token\0\0\0\x02\x01\x02\0\0\0\x0baccessToken\0\0\0\x02v1"
    );
    let parts = [(b"ab".as_slice(), "c"), (b"a", "bc"), (b"", "abc"), (b"abc", "")];
    let bindings: HashSet<_> = Field::ALL
        .into_iter()
        .flat_map(|field| parts.map(|(id, version)| aad::encode(id, field, version)))
        .collect();
    assert_eq!(bindings.len(), Field::ALL.len() * parts.len());
}

proptest! {
    #[test]
    fn reading_an_envelope_never_fails_loudly_and_has_one_spelling(text in "(v1\\.[0-9a-f]{12}\\.)?[A-Za-z0-9_.=-]{0,64}") {
        if let Some(envelope) = Envelope::parse(&text) {
            prop_assert_eq!(envelope.to_string(), text);
        }
    }
}
