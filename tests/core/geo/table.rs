//! Tables of networks, packed by a writer of this test's own.

use magic_sessionmanager_core::Code;
use magic_sessionmanager_core::geo::{Geography, Network};

use crate::common::numbers::Numbers;

/// Packs ranges, by their starts, of the two families.
fn packed(values: &[&str], v4: &[(u64, u8)], v6: &[(u64, u8)]) -> Vec<u8> {
    let mut bytes = b"MSG1".to_vec();
    bytes.push(u8::try_from(values.len()).unwrap());
    bytes.extend(values.iter().flat_map(|value| value.bytes()));
    let (v4, v6) = (ranges(v4), ranges(v6));
    bytes.extend(u32::try_from(v4.len()).unwrap().to_le_bytes());
    bytes.extend(v4);
    bytes.extend(v6);
    bytes
}

fn ranges(ranges: &[(u64, u8)]) -> Vec<u8> {
    let mut bytes = Vec::new();
    let mut before = 0;
    for &(start, value) in ranges {
        number(start - before, &mut bytes);
        number(value.into(), &mut bytes);
        before = start;
    }
    bytes
}

fn number(mut number: u64, bytes: &mut Vec<u8>) {
    while number > 0x7f {
        bytes.push(u8::try_from(number & 0x7f).unwrap() | 0x80);
        number >>= 7;
    }
    bytes.push(u8::try_from(number).unwrap());
}

fn country(geography: &Geography, address: &str) -> Option<String> {
    let letters = geography.locate(address).country?;
    Some(String::from_utf8(letters.to_vec()).unwrap())
}

/// The /24 of an address, as tables number them.
const fn block(a: u64, b: u64, c: u64) -> u64 {
    a << 16 | b << 8 | c
}

#[test]
fn an_address_has_the_country_of_the_range_that_it_lies_in() {
    let v4 = [(block(1, 0, 0), 1), (block(1, 0, 1), 2), (block(1, 0, 4), 0), (block(8, 0, 0), 1)];
    let v6 = [(0x2a00_0000_0000, 2), (0x2a00_0001_0000, 0)];
    let countries = packed(&["AU", "CN"], &v4, &v6);
    let geography = Geography::parse(&countries, &[]).unwrap();
    for (address, expected) in [
        ("0.255.255.255", None),
        ("1.0.0.0", Some("AU")),
        ("1.0.0.255", Some("AU")),
        ("1.0.1.0", Some("CN")),
        ("1.0.3.255", Some("CN")),
        ("1.0.4.0", None),
        ("7.255.255.255", None),
        ("8.8.8.8", Some("AU")),
        ("223.0.0.1", Some("AU")),
        ("29ff::1", None),
        ("2a00::1", Some("CN")),
        ("2a00:0:ffff:ffff::1", Some("CN")),
        ("2a00:1::1", None),
        ("::ffff:1.0.1.1", Some("CN")),
        ("64:ff9b::1.0.1.1", Some("CN")),
        // They lie in the last range, which has a country, but no client has them.
        ("10.0.0.1", None),
        ("203.0.113.1", None),
    ] {
        assert_eq!(country(&geography, address).as_deref(), expected, "{address}");
    }
}

#[test]
fn a_network_of_a_hosting_company_is_known_as_such() {
    let hosting = packed(&["  "], &[(block(5, 9, 0), 1), (block(5, 10, 0), 0)], &[]);
    let countries = packed(&["DE"], &[(0, 1)], &[(0, 1)]);
    let geography = Geography::parse(&countries, &hosting).unwrap();
    for (address, network) in
        [("5.9.1.1", Network::Hosting), ("5.10.0.0", Network::Other), ("2a00::1", Network::Other)]
    {
        let location = geography.locate(address);
        assert_eq!((location.network, location.country), (network, Some(*b"DE")), "{address}");
    }
}

#[test]
fn a_search_finds_what_a_look_at_every_range_does() {
    let mut numbers = Numbers::new(22);
    for _ in 0..20 {
        let mut starts: Vec<u64> = (0..numbers.below(500)).map(|_| numbers.below(1 << 24)).collect();
        starts.sort_unstable();
        starts.dedup();
        let v4: Vec<(u64, u8)> =
            starts.iter().map(|start| (*start, u8::try_from(numbers.below(4)).unwrap())).collect();
        let names = ["AA", "BB", "CC"];
        let geography = Geography::parse(&packed(&names, &v4, &[]), &[]).unwrap();
        for _ in 0..2000 {
            let number = numbers.below(1 << 24);
            let [_, a, b, c] = u32::try_from(number).unwrap().to_be_bytes();
            let address = format!("{a}.{b}.{c}.{}", numbers.below(256));
            if geography.locate(&address).network != Network::Other {
                continue;
            }
            let value = v4.iter().rev().find(|(start, _)| *start <= number).map_or(0, |range| range.1);
            let expected = usize::from(value).checked_sub(1).map(|place| names[place].to_owned());
            assert_eq!(country(&geography, &address), expected, "{address}");
        }
    }
}

#[test]
fn a_damaged_table_is_refused_or_read_without_a_panic() {
    let v4: Vec<(u64, u8)> = (0..300).map(|place| (place * 1000, 1)).collect();
    let whole = packed(&["DE"], &v4, &[(5, 1)]);
    for length in 1..whole.len() {
        let Ok(geography) = Geography::parse(&whole[..length], &[]) else { continue };
        assert_ne!(geography.locate("1.2.3.4").network, Network::Unknown);
        assert_ne!(geography.locate("2a00::1").network, Network::Unknown);
    }
    let mut numbers = Numbers::new(7);
    for _ in 0..5000 {
        let mut bytes = whole.clone();
        let place = usize::try_from(numbers.below(bytes.len() as u64)).unwrap();
        bytes[place] = u8::try_from(numbers.below(256)).unwrap();
        let Ok(geography) = Geography::parse(&bytes, &bytes) else { continue };
        assert_ne!(geography.locate("1.2.3.4").network, Network::Unknown);
        assert_ne!(geography.locate("223.255.255.255").network, Network::Unknown);
        assert_ne!(geography.locate("3fff:eeee:ffff::").network, Network::Unknown);
    }
    for bytes in [&b"MSG2\0\0\0\0\0"[..], b"MSG1", b"MSG1\x01D", b"MSG1\0\xff\xff\xff\xff", b"{}"] {
        let error = Geography::parse(&[], bytes).unwrap_err();
        assert_eq!((error.code(), error.field()), (Code::InvalidArgument, Some("hosting")));
        assert_eq!(Geography::parse(bytes, &[]).unwrap_err().field(), Some("countries"));
    }
}
