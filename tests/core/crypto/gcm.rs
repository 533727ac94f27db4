//! The cipher is AES-256-GCM, as FIPS 197 and the crates `aes` and `aes-gcm` have it.

use aes::cipher::{BlockCipherEncrypt, KeyInit};
use aes_gcm::aead::AeadInOut;
use magic_sessionmanager_core::crypto::gcm::aes::{Aes256, BLOCKS_AT_ONCE};
use magic_sessionmanager_core::crypto::gcm::{Aes256Gcm, may_encrypt};

use crate::common::numbers::Numbers;

/// The blocks of the comparison.
const BLOCKS: usize = 1_000_000;

/// How often a key is used.
const USES_OF_A_KEY: usize = 10;

#[test]
fn the_example_of_fips_197_is_encrypted_as_it_says() {
    let key = core::array::from_fn(|at| u8::try_from(at).unwrap());
    let block = core::array::from_fn(|at| u8::try_from(at * 0x11).unwrap());
    let expected = 0x8ea2_b7ca_5167_45bf_eafc_4990_4b49_6089_u128.to_be_bytes();
    assert_eq!(Aes256::new(&key).encrypt([block; BLOCKS_AT_ONCE]), [expected; BLOCKS_AT_ONCE]);
}

#[test]
fn a_text_has_at_most_two_to_the_39_minus_256_bits() {
    assert!(may_encrypt(0));
    assert!(may_encrypt(((1 << 39) - 256) / 8));
    assert!(!may_encrypt(((1 << 39) - 256) / 8 + 1));
    assert!(!may_encrypt(u64::MAX));
}

#[test]
fn a_million_random_blocks_are_encrypted_as_by_the_crate_aes() {
    let mut numbers = Numbers::new(1);
    for _ in 0..BLOCKS / BLOCKS_AT_ONCE / USES_OF_A_KEY {
        let key = numbers.bytes();
        let (ours, theirs) = (Aes256::new(&key), aes::Aes256::new(&key.into()));
        for _ in 0..USES_OF_A_KEY {
            let blocks = core::array::from_fn(|_| numbers.bytes());
            let expected = blocks.map(|block| {
                let mut block = block.into();
                theirs.encrypt_block(&mut block);
                block.0
            });
            assert_eq!(ours.encrypt(blocks), expected, "{blocks:02x?} under {key:02x?}");
        }
    }
}

#[test]
fn every_byte_of_key_and_block_is_substituted_right() {
    for byte in 0..=u8::MAX {
        let mut expected = [byte; 16].into();
        aes::Aes256::new(&[byte; 32].into()).encrypt_block(&mut expected);
        let [encrypted, ..] = Aes256::new(&[byte; 32]).encrypt([[byte; 16]; BLOCKS_AT_ONCE]);
        assert_eq!(encrypted, expected.0, "byte {byte}");
    }
}

#[test]
fn texts_of_every_length_are_sealed_and_opened_as_by_the_crate_aes_gcm() {
    let mut numbers = Numbers::new(2);
    for length in 0..700 {
        let (key, nonce) = (numbers.bytes::<32>(), numbers.bytes::<12>());
        let associated: Vec<_> = (0..length % 97).map(|_| numbers.byte()).collect();
        let text: Vec<_> = (0..length).map(|_| numbers.byte()).collect();
        let (mut ours, mut theirs) = (text.clone(), text.clone());
        let cipher = Aes256Gcm::new(&key.into());
        let tag = cipher.encrypt_inout_detached(&nonce.into(), &associated, ours.as_mut_slice().into());
        let library = aes_gcm::Aes256Gcm::new(&key.into());
        let expected =
            library.encrypt_inout_detached(&nonce.into(), &associated, theirs.as_mut_slice().into());
        assert_eq!((&ours, tag), (&theirs, expected), "{length} bytes");
        let mut buffer = ours.clone();
        cipher
            .decrypt_inout_detached(&nonce.into(), &associated, buffer.as_mut_slice().into(), &tag.unwrap())
            .unwrap();
        assert_eq!(buffer, text, "{length} bytes");
    }
}

#[test]
fn no_key_is_shown() {
    assert_eq!(format!("{:?}", Aes256::new(&[7; 32])), "Aes256(redacted)");
    assert_eq!(format!("{:?}", Aes256Gcm::new(&[7; 32].into())), "Aes256Gcm(redacted)");
}
