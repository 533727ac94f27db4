//! Which texts count as secrets, and what a token that is about to be issued belongs to.

use magic_sessionmanager_core::session::continuation;
use magic_sessionmanager_core::session::continuation::{
    IssueDecision, MAX_SECRET_BYTES, MIN_SECRET_BYTES, decide, is_later_login, ran_out,
};
use magic_sessionmanager_core::time::UnixMillis;
use proptest::prelude::*;

const OPAQUE: &str = "f3a9c0d1e2b34455667788990aabbccddeeff001";

fn secret_fingerprint(text: &str) -> Option<String> {
    continuation::secret_fingerprint(&mut text.to_owned())
}

#[test]
fn tokens_of_any_form_are_secrets() {
    for text in [
        OPAQUE,
        "1|Zm9vYmFyYmF6cXV4cXV1eGNvcmdl",
        "selector:ZGVmZW5kZXIvb2YvdGhlLy9mYWl0aA==",
        "eyJhbGciOiJIUzI1NiJ9.eyJ1c2VySWQiOjF9.c2lnbmF0dXJl",
        "6f1c1f0a-8a4e-4a39-9d0c-3d1c4f1f2a77",
    ] {
        assert!(secret_fingerprint(text).is_some(), "{text}");
    }
}

#[test]
fn other_texts_are_not() {
    for text in [
        "",
        "short",
        "a sentence of more than twenty characters",
        "olivia.long.name@example.test",
        "https://example.test/uploads/avatar.png",
        "münchen-münchen-münchen",
    ] {
        assert_eq!(secret_fingerprint(text), None, "{text}");
    }
}

#[test]
fn a_secret_has_from_20_to_4096_characters() {
    for (length, is_secret) in [
        (MIN_SECRET_BYTES - 1, false),
        (MIN_SECRET_BYTES, true),
        (MAX_SECRET_BYTES, true),
        (MAX_SECRET_BYTES + 1, false),
    ] {
        assert_eq!(secret_fingerprint(&"a".repeat(length)).is_some(), is_secret, "{length}");
    }
}

#[test]
fn the_case_and_the_signature_of_a_web_token_make_no_difference() {
    let signed = "eyJhbGciOiJIUzI1NiJ9.eyJ1c2VySWQiOjF9";
    let one = secret_fingerprint(&format!("{signed}.c2lnbmF0dXJl"));
    assert_eq!(secret_fingerprint(&format!("{signed}.another")), one);
    assert_eq!(secret_fingerprint(&format!("{}.another", signed.to_uppercase())), one);
    assert_ne!(secret_fingerprint(&format!("{signed}x.c2lnbmF0dXJl")), one);
    assert_ne!(
        secret_fingerprint(&format!("{signed}.with.four")),
        secret_fingerprint(&format!("{signed}.with.more"))
    );
}

#[test]
fn the_decision_is_total_and_a_terminated_session_decides() {
    for (is_login, live, terminated, expected) in [
        (true, true, true, IssueDecision::Begin),
        (true, false, false, IssueDecision::Begin),
        (false, false, false, IssueDecision::Begin),
        (false, true, false, IssueDecision::Continue),
        (false, false, true, IssueDecision::Refuse),
        (false, true, true, IssueDecision::Refuse),
    ] {
        assert_eq!(decide(is_login, live, terminated), expected);
    }
}

#[test]
fn a_session_goes_on_only_if_its_tokens_ran_out_by_its_termination() {
    let at = |millis| Some(UnixMillis::new(millis));
    for (expires, terminated, expected) in [
        (at(9), at(10), true),
        (at(10), at(10), true),
        (at(11), at(10), false),
        (None, at(10), false),
        (at(10), None, false),
    ] {
        assert_eq!(ran_out(expires, terminated), expected, "{expires:?}, {terminated:?}");
    }
}

#[test]
fn a_later_login_at_a_provider_is_one_that_was_issued_after_the_termination() {
    let at = |millis| Some(UnixMillis::new(millis));
    for (issued, terminated, expected) in [
        (at(11), at(10), true),
        (at(10), at(10), false),
        (None, at(10), false),
        (at(11), None, false),
        (None, None, false),
    ] {
        assert_eq!(is_later_login(issued, terminated), expected, "{issued:?}, {terminated:?}");
    }
}

proptest! {
    #[test]
    fn no_text_makes_it_panic_and_equal_texts_have_equal_fingerprints(text in ".{0,80}") {
        let fingerprint = secret_fingerprint(&text);
        prop_assert_eq!(secret_fingerprint(&text), fingerprint.clone());
        prop_assert!(fingerprint.is_none_or(|hex| hex.len() == 32));
    }
}
