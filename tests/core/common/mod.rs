//! Helpers of several test files.

#![allow(dead_code, reason = "no test file needs all of it")]

pub(crate) mod numbers;
pub(crate) mod sessions;

use std::cell::Cell;

use magic_sessionmanager_core::crypto::aad::TokenOwner;
use magic_sessionmanager_core::crypto::key::MasterKey;
use magic_sessionmanager_core::crypto::keyring::Keyring;
use magic_sessionmanager_core::entropy::Entropy;
use magic_sessionmanager_core::error::{Code, Error};

pub(crate) const SESSION: TokenOwner<'static> = TokenOwner::new(&[7; 16]);
pub(crate) const TOKEN: &str = "header.payload.signature";

/// Counts upwards, so that a test is the same on every run.
pub(crate) struct CountingEntropy(Cell<u8>);

impl Entropy for CountingEntropy {
    fn fill(&self, buffer: &mut [u8]) -> Result<(), Error> {
        for byte in buffer {
            *byte = self.0.get();
            self.0.set(byte.wrapping_add(1));
        }
        Ok(())
    }
}

/// Always fails.
pub(crate) struct FailingEntropy;

impl Entropy for FailingEntropy {
    fn fill(&self, _: &mut [u8]) -> Result<(), Error> {
        Err(Error::general(Code::EntropyUnavailable, "dry"))
    }
}

pub(crate) fn counting() -> CountingEntropy {
    CountingEntropy(Cell::new(0))
}

pub(crate) fn master(secret: &str) -> MasterKey {
    MasterKey::from_app_secret(secret).unwrap()
}

pub(crate) fn keyring(secret: &str) -> Keyring {
    Keyring::new(&master(secret)).unwrap()
}

/// Reads the rows of a file of vectors: hexadecimal fields with commas between, `#` before a comment.
pub(crate) fn rows<const N: usize>(file: &str) -> Vec<[Vec<u8>; N]> {
    let row = |line: &str| {
        let fields: Vec<_> = line.split(',').map(bytes).collect();
        <[_; N]>::try_from(fields).unwrap()
    };
    file.lines().filter(|line| !line.starts_with('#')).map(row).collect()
}

fn bytes(hex: &str) -> Vec<u8> {
    let digits = hex.as_bytes().chunks_exact(2);
    digits.map(|pair| u8::from_str_radix(std::str::from_utf8(pair).unwrap(), 16).unwrap()).collect()
}
