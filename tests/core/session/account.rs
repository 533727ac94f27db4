//! A session goes on only with the account that it began with.

use magic_sessionmanager_core::error::Code;
use magic_sessionmanager_core::session::account::{Account, AccountDecision, PasswordFingerprint, decide};
use magic_sessionmanager_core::session::reason::Reason;
use magic_sessionmanager_core::session::revocation::revokes;
use proptest::prelude::*;

const HASH: &str = "$2a$10$abcdefghijklmnopqrstuv";

fn account(blocked: bool, hash: Option<&str>) -> Account {
    Account { blocked, password: PasswordFingerprint::of(hash) }
}

#[test]
fn a_session_goes_on_while_the_hash_is_the_one_it_began_with() {
    for hash in [Some(HASH), Some(""), None] {
        let bound = Some(PasswordFingerprint::of(hash));
        assert_eq!(decide(bound, Some(account(false, hash))), AccountDecision::Keep);
    }
}

#[test]
fn another_hash_terminates_it() {
    let bound = Some(PasswordFingerprint::of(Some(HASH)));
    for hash in [Some("$2a$10$another"), Some(""), None] {
        let decision = decide(bound, Some(account(false, hash)));
        assert_eq!(decision, AccountDecision::Terminate(Reason::PasswordChanged));
    }
}

#[test]
fn a_password_that_is_empty_is_not_one_that_is_missing() {
    assert_ne!(PasswordFingerprint::of(Some("")), PasswordFingerprint::of(None));
}

#[test]
fn a_blocked_or_deleted_user_terminates_it_bound_or_not() {
    for bound in [None, Some(PasswordFingerprint::of(Some(HASH)))] {
        let blocked = decide(bound, Some(account(true, Some(HASH))));
        assert_eq!(blocked, AccountDecision::Terminate(Reason::UserBlocked));
        assert_eq!(decide(bound, None), AccountDecision::Terminate(Reason::UserDeleted));
    }
}

#[test]
fn a_session_from_before_the_binding_is_bound_and_never_terminated_for_it() {
    assert_eq!(decide(None, Some(account(false, Some(HASH)))), AccountDecision::Bind);
    assert_eq!(decide(None, Some(account(false, None))), AccountDecision::Bind);
}

#[test]
fn a_revocation_reaches_logins_that_did_not_know_of_it() {
    assert!(!revokes(0, 0));
    assert!(revokes(1, 0));
    assert!(!revokes(1, 1));
    assert!(!revokes(1, 2));
    assert!(revokes(u64::MAX, u64::MAX - 1));
}

#[test]
fn a_text_of_another_form_is_refused() {
    for text in ["", "0", &"g".repeat(32), &"A".repeat(32), &"0".repeat(33)] {
        let error = PasswordFingerprint::parse(text).unwrap_err();
        assert_eq!(error.code(), Code::InvalidArgument);
    }
}

#[test]
fn names_never_change() {
    assert_eq!(AccountDecision::Keep.as_str(), "keep");
    assert_eq!(AccountDecision::Bind.as_str(), "bind");
    assert_eq!(AccountDecision::Terminate(Reason::UserBlocked).as_str(), "user_blocked");
}

proptest! {
    #[test]
    fn a_fingerprint_survives_its_text_form_and_tells_hashes_apart(one in ".*", other in ".*") {
        let fingerprint = PasswordFingerprint::of(Some(&one));
        prop_assert_eq!(PasswordFingerprint::parse(&fingerprint.to_string()).unwrap(), fingerprint);
        prop_assert_eq!(one == other, fingerprint == PasswordFingerprint::of(Some(&other)));
    }
}
