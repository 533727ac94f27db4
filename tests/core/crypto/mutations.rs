//! Known texts, mutated at random, never get past the parsers in a form they should not have.
//!
//! A failure prints the case it shrank to; `PROPTEST_CASES` sets how many are tried.

use crate::common::{SESSION, TOKEN, counting, keyring};
use magic_sessionmanager_core::crypto::aad::Field;
use magic_sessionmanager_core::crypto::envelope::Envelope;
use magic_sessionmanager_core::crypto::key::{KeyId, MasterKey};
use magic_sessionmanager_core::crypto::keyring::KeyState;
use magic_sessionmanager_core::crypto::seal::{open, seal};
use magic_sessionmanager_core::error::Code;
use magic_sessionmanager_core::settings::{RawValue, parse};
use proptest::prelude::*;
use proptest::sample::Index;

const CORPUS: &str = include_str!("../../corpus/envelopes.txt");

/// One change of a text.
#[derive(Clone, Debug)]
enum Mutation {
    Replace(Index, char),
    Insert(Index, char),
    Remove(Index),
    Truncate(Index),
    Repeat(Index),
    /// Goes on with another text of the corpus from some place.
    Splice(Index, Index),
}

fn any_mutation() -> impl Strategy<Value = Mutation> {
    let near = prop::sample::select("ABab01-_=.+/ \0v".chars().collect::<Vec<_>>());
    let character = prop_oneof![4 => near, 1 => any::<char>()];
    prop_oneof![
        (any::<Index>(), character.clone()).prop_map(|(at, other)| Mutation::Replace(at, other)),
        (any::<Index>(), character).prop_map(|(at, other)| Mutation::Insert(at, other)),
        any::<Index>().prop_map(Mutation::Remove),
        any::<Index>().prop_map(Mutation::Truncate),
        any::<Index>().prop_map(Mutation::Repeat),
        (any::<Index>(), any::<Index>()).prop_map(|(at, line)| Mutation::Splice(at, line)),
    ]
}

fn mutate(text: &mut Vec<char>, mutation: &Mutation) {
    let place = |index: &Index| index.index(text.len().max(1)).min(text.len());
    match mutation {
        Mutation::Replace(at, other) => {
            let at = place(at);
            if let Some(character) = text.get_mut(at) {
                *character = *other;
            }
        }
        Mutation::Insert(at, other) => text.insert(place(at), *other),
        Mutation::Remove(at) => drop(text.splice(place(at)..place(at).saturating_add(1).min(text.len()), [])),
        Mutation::Truncate(at) => text.truncate(place(at)),
        Mutation::Repeat(at) => text.extend_from_within(place(at)..),
        Mutation::Splice(at, line) => {
            text.truncate(place(at));
            let lines: Vec<_> = CORPUS.lines().collect();
            text.extend(line.get(&lines).chars().skip(text.len()));
        }
    }
}

fn mutated() -> impl Strategy<Value = String> {
    let start = prop::sample::select(CORPUS.lines().collect::<Vec<_>>());
    (start, prop::collection::vec(any_mutation(), 0..6)).prop_map(|(start, mutations)| {
        let mut text: Vec<char> = start.chars().collect();
        for mutation in &mutations {
            mutate(&mut text, mutation);
        }
        text.into_iter().collect()
    })
}

fn config() -> ProptestConfig {
    let default = ProptestConfig::default();
    let asked_for = std::env::var_os("PROPTEST_CASES").is_some();
    ProptestConfig {
        cases: if asked_for { default.cases } else { 4000 },
        failure_persistence: None,
        ..default
    }
}

proptest! {
    #![proptest_config(config())]

    #[test]
    fn an_envelope_has_one_spelling(text in mutated()) {
        if let Some(envelope) = Envelope::parse(&text) {
            prop_assert_eq!(envelope.to_string(), text);
        }
    }

    #[test]
    fn only_what_was_sealed_opens(text in mutated()) {
        let keys = keyring("a secret of the app");
        let genuine = seal(&keys, &counting(), SESSION, Field::AccessToken, TOKEN).unwrap();
        match open(&keys, SESSION, Field::AccessToken, &text) {
            Ok(token) => prop_assert_eq!((text.as_str(), token.as_str()), (genuine.as_str(), TOKEN)),
            Err(error) => prop_assert_eq!(error.to_string(), "the sealed token did not open"),
        }
    }

    #[test]
    fn the_state_of_a_key_agrees_with_the_parser(text in mutated()) {
        let keys = keyring("a secret of the app");
        let expected = match Envelope::parse(&text) {
            None => KeyState::Malformed,
            Some(envelope) if envelope.key_id == keys.key_id() => KeyState::Primary,
            Some(_) => KeyState::Unknown,
        };
        prop_assert_eq!(keys.key_state(&text), expected);
    }

    #[test]
    fn a_key_id_has_one_spelling(text in mutated()) {
        if let Some(id) = KeyId::parse(&text) {
            prop_assert_eq!(id.to_string(), text);
        }
    }

    #[test]
    fn a_text_is_a_key_for_every_reader_or_for_none(text in mutated()) {
        let is_key = MasterKey::from_base64(&text).is_ok();
        let primary = parse([("encryptionKey", RawValue::Text(text.clone()))]);
        let listed = RawValue::List(vec![RawValue::Text(text.clone())]);
        let previous = parse([("encryptionKeyPrevious", listed)]);
        prop_assert_eq!(primary.is_ok(), is_key);
        // The list forgives blanks around a key.
        prop_assert_eq!(previous.is_ok(), MasterKey::from_base64(text.trim()).is_ok());
        for error in [primary.err(), previous.err()].into_iter().flatten() {
            prop_assert_eq!(error.code(), Code::InvalidSetting);
            prop_assert!(text.chars().count() < 8 || !error.message().contains(&text), "{}", error);
        }
    }
}
