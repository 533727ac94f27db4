//! The cipher that seals and the derivation of keys give what NIST, Project Wycheproof and RFC 5869 publish.

use crate::common::rows;
use aes_gcm::KeyInit;
use aes_gcm::aead::AeadInOut;
use magic_sessionmanager_core::crypto::key;
use magic_sessionmanager_core::crypto::keyring::Cipher;
use wycheproof::{TestResult, aead, hkdf};

/// Seals with a given nonce, which only a test may do; gives ciphertext and tag.
fn encrypt(key: &[u8], nonce: &[u8], aad: &[u8], plain: &[u8]) -> (Vec<u8>, Vec<u8>) {
    let mut buffer = plain.to_vec();
    let cipher = Cipher::new_from_slice(key).unwrap();
    let tag =
        cipher.encrypt_inout_detached(nonce.try_into().unwrap(), aad, buffer.as_mut_slice().into()).unwrap();
    (buffer, tag.to_vec())
}

fn decrypt(key: &[u8], nonce: &[u8], aad: &[u8], sealed: &[u8], tag: &[u8]) -> Option<Vec<u8>> {
    let mut buffer = sealed.to_vec();
    let cipher = Cipher::new_from_slice(key).unwrap();
    let (nonce, tag) = (nonce.try_into().unwrap(), tag.try_into().unwrap());
    cipher.decrypt_inout_detached(nonce, aad, buffer.as_mut_slice().into(), tag).ok().map(|()| buffer)
}

#[test]
fn aes_256_gcm_gives_the_vectors_of_nist() {
    let vectors = rows::<6>(include_str!("../../vectors/aes-256-gcm-cavp.csv"));
    assert_eq!(vectors.len(), 375);
    for [key, nonce, aad, plain, sealed, tag] in vectors {
        assert_eq!(encrypt(&key, &nonce, &aad, &plain), (sealed.clone(), tag.clone()));
        assert_eq!(decrypt(&key, &nonce, &aad, &sealed, &tag), Some(plain));
        for bit in 0..128 {
            let mut wrong = tag.clone();
            wrong[bit / 8] ^= 1 << (bit % 8);
            assert_eq!(decrypt(&key, &nonce, &aad, &sealed, &wrong), None);
        }
    }
}

#[test]
fn aes_256_gcm_gives_the_vectors_of_wycheproof() {
    let set = aead::TestSet::load(aead::TestName::AesGcm).unwrap();
    let ours =
        |group: &&aead::TestGroup| group.key_size == 256 && group.nonce_size == 96 && group.tag_size == 128;
    let tests: Vec<_> = set.test_groups.iter().filter(ours).flat_map(|group| &group.tests).collect();
    assert_eq!(tests.len(), 66);
    for test in tests {
        let opened = decrypt(&test.key, &test.nonce, &test.aad, &test.ct, &test.tag);
        match test.result {
            TestResult::Invalid => assert_eq!(opened, None, "{}: {}", test.tc_id, test.comment),
            TestResult::Valid | TestResult::Acceptable => {
                assert_eq!(opened.as_deref(), Some(&**test.pt), "{}: {}", test.tc_id, test.comment);
                let (sealed, tag) = encrypt(&test.key, &test.nonce, &test.aad, &test.pt);
                assert_eq!((&*sealed, &*tag), (&**test.ct, &**test.tag), "{}: {}", test.tc_id, test.comment);
            }
        }
    }
}

#[test]
fn keys_are_derived_as_rfc_5869_says() {
    let vectors = rows::<4>(include_str!("../../vectors/hkdf-sha256-rfc5869.csv"));
    assert_eq!(vectors.len(), 3);
    for [input, salt, info, expected] in vectors {
        let mut output = vec![0; expected.len()];
        key::hkdf(&salt, &input, &info, &mut output).unwrap();
        assert_eq!(output, expected);
    }
}

#[test]
fn keys_are_derived_as_wycheproof_says() {
    let set = hkdf::TestSet::load(hkdf::TestName::HkdfSha256).unwrap();
    let tests: Vec<_> = set.test_groups.iter().flat_map(|group| &group.tests).collect();
    assert!(!tests.is_empty());
    for test in tests {
        let mut output = vec![0; test.size];
        let derived = key::hkdf(&test.salt, &test.ikm, &test.info, &mut output);
        assert_eq!(derived.is_err(), test.result == TestResult::Invalid, "{}", test.comment);
        if derived.is_ok() {
            assert_eq!(&*output, &**test.okm, "{}", test.comment);
        }
    }
}
