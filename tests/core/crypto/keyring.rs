//! One key seals, any number of others still open, and nothing shows a key.

use crate::common::{FailingEntropy, SESSION, TOKEN, counting, keyring, master};
use magic_sessionmanager_core::crypto::aad::{Field, TokenOwner};
use magic_sessionmanager_core::crypto::key::MasterKey;
use magic_sessionmanager_core::crypto::keyring::{Cipher, KeyState, Keyring};
use magic_sessionmanager_core::crypto::seal::{open, reseal, seal};
use magic_sessionmanager_core::crypto::seal_count::{KeyWear, SEAL_LIMIT, SEAL_WARNING, SealCount};
use magic_sessionmanager_core::error::Code;

fn ring(secrets: &[&str]) -> Keyring {
    let (primary, previous) = secrets.split_first().unwrap();
    previous.iter().fold(keyring(primary), |ring, secret| ring.with_previous(&master(secret)).unwrap())
}

fn sealed_under(secret: &str) -> String {
    seal(&keyring(secret), &counting(), SESSION, Field::AccessToken, TOKEN).unwrap()
}

#[test]
fn any_number_of_previous_keys_open() {
    let secrets: Vec<String> = (0..50).map(|n| format!("secret {n}")).collect();
    let keys = ring(&secrets.iter().map(String::as_str).collect::<Vec<_>>());
    for secret in &secrets {
        let opened = open(&keys, SESSION, Field::AccessToken, &sealed_under(secret)).unwrap();
        assert_eq!(opened.as_str(), TOKEN);
    }
}

#[test]
fn only_the_primary_key_seals() {
    let keys = ring(&["new", "old"]);
    let envelope = seal(&keys, &counting(), SESSION, Field::AccessToken, TOKEN).unwrap();
    assert_eq!(keys.key_id(), keyring("new").key_id());
    assert!(open(&keyring("new"), SESSION, Field::AccessToken, &envelope).is_ok());
    assert!(open(&keyring("old"), SESSION, Field::AccessToken, &envelope).is_err());
}

#[test]
fn an_envelope_says_which_key_it_needs() {
    let keys = ring(&["new", "old", "older"]);
    assert_eq!(keys.key_state(&sealed_under("new")), KeyState::Primary);
    assert_eq!(keys.key_state(&sealed_under("old")), KeyState::Previous);
    assert_eq!(keys.key_state(&sealed_under("older")), KeyState::Previous);
    assert_eq!(keys.key_state(&sealed_under("lost")), KeyState::Unknown);
    for text in ["", "v1", "a plain token", &sealed_under("new").replace("v1.", "v2.")] {
        assert_eq!(keys.key_state(text), KeyState::Malformed);
    }
}

#[test]
fn the_states_of_an_envelope_have_the_names_that_the_shell_goes_by() {
    let keys = ring(&["new", "old"]);
    let name = |text: &str| keys.key_state(text).as_str();
    assert_eq!(name(&sealed_under("new")), "primary");
    assert_eq!(name(&sealed_under("old")), "previous");
    assert_eq!(name(&sealed_under("lost")), "unknown");
    assert_eq!(name("a plain token"), "malformed");
}

#[test]
fn resealing_moves_a_token_under_the_primary_key() {
    let keys = ring(&["new", "old"]);
    for secret in ["old", "new"] {
        let before = sealed_under(secret);
        let after = reseal(&keys, &counting(), SESSION, Field::AccessToken, &before).unwrap();
        assert_eq!(keys.key_state(&after), KeyState::Primary);
        assert_eq!(open(&keyring("new"), SESSION, Field::AccessToken, &after).unwrap().as_str(), TOKEN);
    }
}

#[test]
fn what_does_not_open_is_not_resealed() {
    let keys = ring(&["new", "old"]);
    let envelope = sealed_under("old");
    let attempts = [
        reseal(&keys, &counting(), TokenOwner::new(&[8; 16]), Field::AccessToken, &envelope),
        reseal(&keys, &counting(), SESSION, Field::RefreshToken, &envelope),
        reseal(&keys, &counting(), SESSION, Field::AccessToken, &sealed_under("lost")),
    ];
    for attempt in attempts {
        assert_eq!(attempt.unwrap_err().code(), Code::OpenFailed);
    }
    let dry = reseal(&keys, &FailingEntropy, SESSION, Field::AccessToken, &envelope);
    assert_eq!(dry.unwrap_err().code(), Code::EntropyUnavailable);
    assert_eq!(keys.seals().own(), 0);
}

#[test]
fn keys_given_twice_change_nothing() {
    let keys = ring(&["new", "old", "old", "new"]);
    assert_eq!(format!("{keys:?}"), format!("{:?}", ring(&["new", "old"])));
    assert_eq!(keys.key_state(&sealed_under("new")), KeyState::Primary);
    assert_eq!(keys.key_state(&sealed_under("old")), KeyState::Previous);
}

#[test]
fn seals_and_reseals_are_counted_and_nothing_else() {
    let keys = ring(&["new", "old"]);
    let envelope = sealed_under("old");
    assert_eq!(keys.seals().own(), 0);
    for expected in 1..=3 {
        seal(&keys, &counting(), SESSION, Field::AccessToken, TOKEN).unwrap();
        assert_eq!(keys.seals().own(), expected);
    }
    reseal(&keys, &counting(), SESSION, Field::AccessToken, &envelope).unwrap();
    open(&keys, SESSION, Field::AccessToken, &envelope).unwrap();
    seal(&keys, &FailingEntropy, SESSION, Field::AccessToken, TOKEN).unwrap_err();
    assert_eq!(keys.seals().own(), 4);
}

#[test]
fn the_count_stops_at_its_end_and_the_warning_comes_at_half_the_limit() {
    let count = SealCount::default();
    count.set_total(u64::MAX - 1);
    for _ in 0..3 {
        count.add_one();
    }
    assert_eq!((count.own(), count.total()), (3, u64::MAX));
    assert_eq!((SEAL_LIMIT, SEAL_WARNING), (4_294_967_296, 2_147_483_648));
    for (total, wear) in [
        (SEAL_WARNING - 1, KeyWear::Fresh),
        (SEAL_WARNING, KeyWear::Worn),
        (SEAL_LIMIT - 1, KeyWear::Worn),
        (SEAL_LIMIT, KeyWear::Exhausted),
        (u64::MAX, KeyWear::Exhausted),
    ] {
        count.set_total(total);
        assert_eq!(count.wear(), wear, "{total} seals");
    }
}

#[test]
fn the_wear_of_a_key_has_the_names_that_the_shell_goes_by() {
    let all = [KeyWear::Fresh, KeyWear::Worn, KeyWear::Exhausted];
    assert_eq!(all.map(KeyWear::as_str), ["fresh", "worn", "exhausted"]);
}

#[test]
fn the_total_holds_the_own_seals_once() {
    let count = SealCount::default();
    count.add_one();
    count.set_total(10);
    assert_eq!((count.own(), count.total()), (1, 10));
    count.add_one();
    assert_eq!((count.own(), count.total()), (2, 11));
    // The sum that the shell tells next counts both.
    count.set_total(12);
    assert_eq!((count.own(), count.total()), (2, 12));
}

#[test]
fn a_key_seals_up_to_the_limit_and_still_opens_afterwards() {
    let keys = ring(&["new", "old"]);
    keys.seals().set_total(SEAL_LIMIT - 1);
    let last = seal(&keys, &counting(), SESSION, Field::AccessToken, TOKEN).unwrap();
    for refused in [
        seal(&keys, &counting(), SESSION, Field::AccessToken, TOKEN),
        reseal(&keys, &counting(), SESSION, Field::AccessToken, &sealed_under("old")),
    ] {
        assert_eq!(refused.unwrap_err().code(), Code::KeyExhausted);
    }
    assert_eq!(*open(&keys, SESSION, Field::AccessToken, &last).unwrap(), TOKEN);
    assert_eq!(keys.seals().own(), 1);
    // Another process has counted fewer than this one knows of.
    keys.seals().set_total(0);
    assert_eq!(keys.seals().total(), 1);
}

#[test]
fn debug_shows_ids_and_no_key() {
    let shown = format!("{:?}", ring(&["new", "old"]));
    let ids = ["new", "old"].map(|secret| master(secret).id().unwrap());
    assert_eq!(shown, format!("Keyring {{ primary: {:?}, previous: [{:?}], .. }}", ids[0], ids[1]));
    assert_eq!(format!("{:?}", master("new")), "MasterKey(redacted)");
}

#[test]
fn keys_are_wiped_when_dropped() {
    const fn wipes<T: zeroize::ZeroizeOnDrop>() {}
    wipes::<MasterKey>();
    wipes::<Cipher>();
}
