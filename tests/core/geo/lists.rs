//! Lists of networks that an operator has.

use core::fmt::Write as _;
use std::collections::HashSet;

use magic_sessionmanager_core::Code;
use magic_sessionmanager_core::address::Address;
use magic_sessionmanager_core::geo::{
    Geography, ListKind, MAX_RANGES, Network, NetworkList, NetworkListReader,
};

use crate::common::numbers::Numbers;

fn list(text: &str) -> NetworkList {
    let mut reader = NetworkListReader::default();
    reader.add_lines(text).unwrap();
    reader.finish().unwrap()
}

fn address(text: &str) -> Address {
    Address::parse(text).unwrap()
}

#[test]
fn a_list_holds_the_addresses_of_its_networks_and_no_others() {
    let list = list("10.1.0.0/16\n192.0.2.7\n2001:db8:1::/48\n\n0.0.0.0/32\n255.255.255.0/24\nffff::/16\n");
    for inside in [
        "10.1.0.0",
        "10.1.255.255",
        "192.0.2.7",
        "::ffff:192.0.2.7",
        "2001:db8:1::",
        "2001:db8:1:ffff:ffff:ffff:ffff:ffff",
        "0.0.0.0",
        "255.255.255.255",
        "ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff",
    ] {
        assert!(list.contains(address(inside)), "{inside}");
    }
    for outside in [
        "10.0.255.255",
        "10.2.0.0",
        "192.0.2.6",
        "192.0.2.8",
        "2001:db8:0:ffff::",
        "2001:db8:2::",
        "0.0.0.1",
        "255.255.254.255",
        "::",
        "fffe::",
    ] {
        assert!(!list.contains(address(outside)), "{outside}");
    }
}

#[test]
fn what_stands_behind_a_network_is_left_out_and_what_is_none_is_counted() {
    let mut reader = NetworkListReader::default();
    let text = "\u{feff}7.7.7.7\nno network\r\n# a remark\r\n; another\r\n\r\n  \"1.2.3.0/24\"  # with a remark\r\n\
                5.6.7.8,GB,GB-EN,London,\r\n9.9.9.9;x\n8.8.8.8 dns\n6.6.6.6/24\n1.2.3.0/33\nip_prefix,country";
    assert_eq!(reader.add_lines(text).unwrap(), 3);
    let list = reader.finish().unwrap();
    assert_eq!(list.range_count(), 6);
    for inside in ["7.7.7.7", "6.6.6.255", "1.2.3.200", "5.6.7.8", "9.9.9.9", "8.8.8.8"] {
        assert!(list.contains(address(inside)), "{inside}");
    }
}

#[test]
fn neighbours_and_overlaps_make_one_range() {
    assert_eq!(list("1.0.1.0/24\n1.0.0.0/24\n1.0.0.128/25\n1.0.2.0/23").range_count(), 1);
    assert_eq!(list("1.0.0.0/24\n1.0.0.0/8\n1.0.2.0/24\n0.0.0.0/0").range_count(), 1);
    assert_eq!(list("2a00::/32\n2a00:1::/32\n2a00:2::/32\n2a00:4::/32").range_count(), 2);
    // The last address of one kind has no neighbour of the other kind.
    assert_eq!(list("255.255.255.255\n::").range_count(), 2);
}

#[test]
fn a_list_agrees_with_a_search_through_all_its_networks() {
    let mut numbers = Numbers::new(7);
    for _ in 0..200 {
        let mut text = String::new();
        let mut networks = Vec::new();
        for _ in 0..=numbers.below(40) {
            let bits = 24 + numbers.below(9);
            let number = numbers.below(4096) << 4 & !((1 << (32 - bits)) - 1);
            networks.push(number..number + (1 << (32 - bits)));
            writeln!(text, "10.0.{}.{}/{bits}", number >> 8 & 0xff, number & 0xff).unwrap();
        }
        let list = list(&text);
        for _ in 0..200 {
            let number = numbers.below(1 << 16);
            let inside = networks.iter().any(|network| network.contains(&number));
            let text = format!("10.0.{}.{}", number >> 8, number & 0xff);
            assert_eq!(list.contains(address(&text)), inside, "{text}");
        }
    }
}

#[test]
fn a_list_counts_before_the_tables_and_the_first_kind_before_the_others() {
    let mut geography = Geography::parse(&[], &[]).unwrap();
    assert_eq!(geography.locate("8.8.8.8").network, Network::Other);
    let kinds = [Network::Hosting, Network::Proxy, Network::Vpn, Network::Tor, Network::Relay];
    for (kind, expected) in ListKind::ALL.into_iter().rev().zip(kinds) {
        geography.set_list(kind, list("8.8.8.0/24\n10.0.0.0/8\n198.51.100.0/24"));
        for inside in ["8.8.8.8", "64:ff9b::8.8.8.8", "::ffff:8.8.8.8"] {
            assert_eq!(geography.locate(inside).network, expected, "{inside}");
        }
        // What is nobody's stays so.
        assert_eq!(geography.locate("10.0.0.1").network, Network::Private);
        assert_eq!(geography.locate("198.51.100.7").network, Network::Reserved);
    }
    // A list replaces the one before it.
    geography.set_list(ListKind::Relay, NetworkList::default());
    assert_eq!(geography.locate("8.8.8.8").network, Network::Tor);
}

#[test]
fn a_list_has_a_million_ranges_at_the_most() {
    let mut reader = NetworkListReader::default();
    let mut text = String::new();
    for number in 0..MAX_RANGES {
        let [_, a, b, c] = u32::try_from(number).unwrap().to_be_bytes();
        writeln!(text, "2a00:{a:x}:{b:x}{c:02x}::/64").unwrap();
    }
    assert_eq!(reader.add_lines(&text).unwrap(), 0);
    let error = reader.add_lines("1.2.3.4").unwrap_err();
    assert_eq!((error.code(), error.field()), (Code::InvalidArgument, Some("text")));
    assert_eq!(reader.finish().unwrap().range_count(), MAX_RANGES);
}

#[test]
fn a_list_without_a_network_is_refused() {
    for text in ["", "\n\n# a remark", "<html>Not found</html>"] {
        let mut reader = NetworkListReader::default();
        reader.add_lines(text).unwrap();
        let error = reader.finish().unwrap_err();
        assert_eq!((error.code(), error.field()), (Code::InvalidArgument, Some("text")));
    }
}

#[test]
fn a_long_list_in_any_order_is_the_same_as_in_order() {
    let mut numbers = Numbers::new(11);
    let mut reader = NetworkListReader::default();
    let mut members = HashSet::new();
    for _ in 0..100 {
        let mut text = String::new();
        for _ in 0..400 {
            let [_, _, a, b] = u32::try_from(numbers.below(1 << 16)).unwrap().to_be_bytes();
            members.insert((a, b));
            writeln!(text, "192.0.{a}.{b}").unwrap();
        }
        reader.add_lines(&text).unwrap();
    }
    let list = reader.finish().unwrap();
    let mut ranges = 0;
    let mut was_inside = false;
    for (a, b) in (0..=255).flat_map(|a| (0..=255).map(move |b| (a, b))) {
        let is_inside = list.contains(Address::V4([192, 0, a, b]));
        assert_eq!(is_inside, members.contains(&(a, b)), "{a}.{b}");
        ranges += usize::from(is_inside && !was_inside);
        was_inside = is_inside;
    }
    assert_eq!(list.range_count(), ranges);
}

#[test]
fn two_addresses_are_the_first_and_the_last_of_a_range() {
    for text in [
        "8.8.8.0-8.8.9.255",
        "8.8.8.0 - 8.8.9.255",
        "8.8.8.0,8.8.9.255,US",
        "\"8.8.8.0\",\"8.8.9.255\",\"US\"",
        "8.8.8.0\t8.8.9.255\tGoogle",
    ] {
        let list = list(text);
        assert_eq!(list.range_count(), 1, "{text}");
        for inside in ["8.8.8.0", "8.8.9.1", "8.8.9.255"] {
            assert!(list.contains(address(inside)), "{text}: {inside}");
        }
        for outside in ["8.8.7.255", "8.8.10.0"] {
            assert!(!list.contains(address(outside)), "{text}: {outside}");
        }
    }
    for wrong in ["8.8.9.0-8.8.8.0", "8.8.8.0,2a00::1", "2a00::1 8.8.8.0"] {
        assert_eq!(NetworkListReader::default().add_lines(wrong).unwrap(), 1, "{wrong}");
    }
    // Behind a network it is something else, such as its gateway.
    assert!(!list("8.8.8.0/24,8.8.8.1").contains(address("8.8.9.0")));
}
