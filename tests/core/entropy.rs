//! The buffer reads the source less often, and gives the same bytes.

use std::cell::Cell;
use std::collections::HashSet;

use crate::common::{FailingEntropy, counting};
use magic_sessionmanager_core::entropy::{BufferedEntropy, Entropy, SystemEntropy};
use magic_sessionmanager_core::error::{Code, Error};

/// Gives every byte a place in a long sequence, and counts how often it was asked.
#[derive(Default)]
struct Sequence {
    next: Cell<u32>,
    asked: Cell<u32>,
}

impl Entropy for &Sequence {
    fn fill(&self, buffer: &mut [u8]) -> Result<(), Error> {
        self.asked.update(|asked| asked.saturating_add(1));
        for word in buffer.chunks_exact_mut(4) {
            word.copy_from_slice(&self.next.get().to_be_bytes());
            self.next.update(|next| next.saturating_add(1));
        }
        Ok(())
    }
}

#[test]
fn no_byte_is_given_out_twice() {
    let source = Sequence::default();
    let ahead = BufferedEntropy::new(&source);
    let mut seen = HashSet::new();
    for round in 0..1000 {
        let mut drawn = [0; 12];
        ahead.fill(&mut drawn).unwrap();
        for place in drawn.chunks_exact(4) {
            assert!(seen.insert(place.to_vec()), "round {round}");
        }
    }
    assert_eq!(source.asked.get(), 24, "1000 nonces of 12 bytes, 42 at a time");
}

#[test]
fn more_than_is_drawn_ahead_is_given_too() {
    let ahead = BufferedEntropy::new(counting());
    let mut drawn = [0; 2000];
    ahead.fill(&mut drawn).unwrap();
    let values: HashSet<u8> = drawn.into_iter().collect();
    assert_eq!(values.len(), 256);
    ahead.fill(&mut []).unwrap();
}

#[test]
fn a_source_that_fails_gives_nothing() {
    let error = BufferedEntropy::new(FailingEntropy).fill(&mut [0; 12]).unwrap_err();
    assert_eq!(error.code(), Code::EntropyUnavailable);
}

#[test]
fn the_system_gives_different_bytes_each_time_and_debug_shows_none() {
    let ahead = BufferedEntropy::new(SystemEntropy);
    let (mut one, mut other) = ([0; 16], [0; 16]);
    ahead.fill(&mut one).unwrap();
    ahead.fill(&mut other).unwrap();
    assert_ne!(one, other);
    assert_eq!(format!("{ahead:?}"), "BufferedEntropy(redacted)");
}
