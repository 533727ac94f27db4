//! A session id has one text form, and an id that is derived from a text never changes.

use crate::common::{FailingEntropy, counting};
use magic_sessionmanager_core::error::Code;
use magic_sessionmanager_core::session::id::{IdSource, SESSION_ID_BYTES, SessionId};

const TEXT: &str = "00ff0123456789abcdef0123456789ab";
const BYTES: [u8; SESSION_ID_BYTES] =
    [0x00, 0xff, 0x01, 0x23, 0x45, 0x67, 0x89, 0xab, 0xcd, 0xef, 0x01, 0x23, 0x45, 0x67, 0x89, 0xab];

#[test]
fn the_text_is_the_bytes_in_hexadecimal() {
    let id = SessionId::parse(TEXT).unwrap();
    assert_eq!(id.as_bytes(), &BYTES);
    assert_eq!(id.to_string(), TEXT);
}

#[test]
fn only_32_lower_case_hex_digits_are_an_id() {
    let wrong = [
        String::new(),
        TEXT.replacen('0', "", 1),
        format!("{TEXT}0"),
        TEXT.to_uppercase(),
        TEXT.replace("ff", "fg"),
        TEXT.replace("ff", "f "),
    ];
    for text in wrong {
        let error = SessionId::parse(&text).unwrap_err();
        assert_eq!(error.code(), Code::InvalidArgument, "{text}");
        assert_eq!(error.to_string(), "sessionId takes 32 lower-case hex digits", "{text}");
    }
}

#[test]
fn a_new_id_is_all_random_bytes() {
    let entropy = counting();
    let drawn = [(); 2].map(|()| SessionId::random(&entropy).unwrap().to_string());
    assert_eq!(drawn, ["000102030405060708090a0b0c0d0e0f", "101112131415161718191a1b1c1d1e1f"]);
    assert_eq!(SessionId::random(&FailingEntropy).unwrap_err().code(), Code::EntropyUnavailable);
}

/// Computed once with another SHA-256: a session that was stored under such an id must be found forever.
#[test]
fn derived_ids_never_change() {
    let derived = IdSource::ALL.map(|source| SessionId::derived(source, "header.payload").to_string());
    let expected = [
        "8f767d7415702a25ea1593f79c46c112",
        "a7c6b5687ba532215a8ac20be4ff45f4",
        "59a83fdb28454d186be9508fb31fd5d9",
        "f2b5661a170790e8a9b4749be7eb9cc6",
    ];
    assert_eq!(derived, expected);
}

#[test]
fn names_never_change() {
    assert_eq!(IdSource::ALL.map(IdSource::as_str), ["token", "refreshToken", "provider", "import"]);
}
