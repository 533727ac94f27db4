//! Addresses are read in every spelling, and networks count as a whole.

use magic_sessionmanager_core::address::{Address, Client, Network, client};
use proptest::prelude::*;

fn read(text: &str) -> Option<String> {
    Address::parse(text).map(|address| address.to_string())
}

#[test]
fn every_spelling_of_an_address_is_one_address() {
    for spelling in [
        "203.0.113.7",
        " 203.0.113.7 ",
        "203.0.113.7:4711",
        "::ffff:203.0.113.7",
        "::FFFF:cb00:7107",
        "[::ffff:203.0.113.7]:80",
        "\"203.0.113.7:1\"",
        "203.0.113.7:65535",
    ] {
        assert_eq!(read(spelling).as_deref(), Some("203.0.113.7"), "{spelling}");
    }
    for spelling in [
        "2001:db8::1",
        "2001:DB8:0:0::1",
        "[2001:db8::1]",
        "[2001:db8::1]:443",
        "2001:db8::1%eth0",
        "[2001:db8::1%25eth0]:443",
        "2001:0db8:0000:0000:0000:0000:0000:0001",
    ] {
        assert_eq!(read(spelling).as_deref(), Some("2001:db8::1"), "{spelling}");
    }
}

#[test]
fn what_is_no_address_is_none() {
    for text in [
        "",
        "unknown",
        "_hidden",
        "localhost",
        "203.0.113",
        "203.0.113.7:",
        "203.0.113.7:port",
        "203.0.113.7:123456",
        "[2001:db8::1",
        "[2001:db8::1]443",
        "2001:db8::1]",
        "999.0.0.1",
        "0x7f.1",
        "010.0.0.1",
        "1.2.3.4, 5.6.7.8",
        "203.0.113.7\0",
        &"1".repeat(1000),
    ] {
        assert_eq!(read(text), None, "{text:?}");
    }
}

fn counted(text: &str) -> Vec<String> {
    let networks = Address::parse(text).unwrap().counted_networks();
    networks.into_iter().map(|(_, network)| network.to_string()).collect()
}

#[test]
fn networks_are_counted_by_their_width() {
    assert_eq!(counted("203.0.113.7"), ["203.0.113.7"]);
    assert_eq!(
        counted("2001:db8:1:2fff:a:b:c:d"),
        ["2001:db8:1:2fff::/64", "2001:db8:1:2f00::/56", "2001:db8:1::/48"],
    );
    let place = |text| Address::parse(text).unwrap().place().to_string();
    assert_eq!(place("203.0.113.7"), "203.0.113.0/24");
    assert_eq!(place("2001:db8:1:2fff::1"), "2001:db8:1:2f00::/56");
}

#[test]
fn networks_are_read_strictly() {
    let read = |text| Network::parse(text).map(|network| network.to_string());
    assert_eq!(read("10.0.0.0/8").as_deref(), Some("10.0.0.0/8"));
    assert_eq!(read(" 203.0.113.7 ").as_deref(), Some("203.0.113.7"));
    assert_eq!(read("2001:DB8::/32").as_deref(), Some("2001:db8::/32"));
    assert_eq!(read("0.0.0.0/0").as_deref(), Some("0.0.0.0/0"));
    for text in ["10.0.0.1/8", "10.0.0.0/33", "10.0.0.0/", "10.0.0.0/-1", "2001:db8::/129", "all", "/8"] {
        assert_eq!(read(text), None, "{text}");
    }
}

fn of(peer: &str, forwarded: &str) -> (Option<String>, bool) {
    let trusted = ["10.0.0.0/8", "2001:db8:f::/48"].map(|text| Network::parse(text).unwrap());
    let Client { address, is_trusted } = client(peer, forwarded, &trusted);
    (address.map(|address| address.to_string()), is_trusted)
}

#[test]
fn only_a_trusted_network_tells_the_address_of_its_client() {
    let client = |address: &str| (Some(address.to_owned()), false);
    assert_eq!(of("203.0.113.7", "198.51.100.1"), client("203.0.113.7"));
    assert_eq!(of("10.1.1.1", "198.51.100.1"), client("198.51.100.1"));
    assert_eq!(of("10.1.1.1", "192.0.2.9, 198.51.100.1:80"), client("198.51.100.1"), "the last one");
    assert_eq!(of("10.1.1.1", "198.51.100.1, 10.2.2.2"), client("198.51.100.1"), "servers in a row");
    assert_eq!(
        of("10.1.1.1", "198.51.100.1, 10.1.1.1, 192.0.2.9"),
        client("198.51.100.1"),
        "a proxy behind it"
    );
    assert_eq!(of("2001:db8:f::1", "[2001:db8:1::2]:1"), client("2001:db8:1::2"));
    assert_eq!(of("10.1.1.1", "198.51.100.1, unknown"), (None, false));
    assert_eq!(of("10.1.1.1", ""), (Some("10.1.1.1".to_owned()), true));
    assert_eq!(of("10.1.1.1", "10.3.3.3"), client("10.1.1.1"), "a header that anybody could write");
    assert_eq!(of("nonsense", "198.51.100.1"), (None, false));
}

proptest! {
    #[test]
    fn no_text_panics_and_each_address_reads_its_own_text(text in ".{0,60}", bits in any::<u128>()) {
        let _ = (read(&text), Network::parse(&text), of("10.0.0.1", &text));
        let address = std::net::Ipv6Addr::from_bits(bits).to_string();
        let read_once = read(&address).unwrap();
        prop_assert_eq!(read(&read_once), Some(read_once.clone()));
        let canonical = address.parse::<std::net::IpAddr>().unwrap().to_canonical();
        prop_assert_eq!(read_once, canonical.to_string());
    }

    /// The standard library reads what is left of an address without port, brackets and zone.
    #[test]
    fn texts_are_read_as_the_standard_library_reads_them(
        text in prop_oneof!["[0-9a-fA-F:]{2,40}", "[0-9.:]{1,20}", "([0-9a-f]{1,4}:){6}[0-9]{1,3}(\\.[0-9]{1,3}){3}",
            "(0|[1-9a-f][0-9a-f]{0,3}|:)(:(0|ff|:)){1,7}"],
    ) {
        let is_plain = !text.contains('.') || !text.contains(':') || text.matches(':').count() > 1;
        prop_assume!(is_plain);
        let expected = text.parse::<std::net::IpAddr>().ok().map(|address| address.to_canonical().to_string());
        prop_assert_eq!(read(&text), expected);
    }
}
