//! Addresses that are not public, by IANA's registries of special-purpose addresses.

use magic_sessionmanager_core::geo::{Geography, Network};

fn kind(address: &str) -> Network {
    Geography::parse(&[], &[]).unwrap().locate(address).network
}

#[test]
fn private_networks_are_private_up_to_their_edges() {
    for (first, last, before, after) in [
        ("10.0.0.0", "10.255.255.255", "9.255.255.255", "11.0.0.0"),
        ("172.16.0.0", "172.31.255.255", "172.15.255.255", "172.32.0.0"),
        ("192.168.0.0", "192.168.255.255", "192.167.255.255", "192.169.0.0"),
        ("100.64.0.0", "100.127.255.255", "100.63.255.255", "100.128.0.0"),
        ("169.254.0.0", "169.254.255.255", "169.253.255.255", "169.255.0.0"),
        ("127.0.0.0", "127.255.255.255", "126.255.255.255", "128.0.0.0"),
    ] {
        assert_eq!([first, last].map(kind), [Network::Private; 2], "{first}");
        assert_eq!([before, after].map(kind), [Network::Other; 2], "{first}");
    }
    for address in ["::1", "fc00::", "fdff:ffff::1", "fe80::1%eth0", "febf::1"] {
        assert_eq!(kind(address), Network::Private, "{address}");
    }
}

#[test]
fn reserved_addresses_are_reserved_up_to_their_edges() {
    for address in [
        "0.0.0.0",
        "0.255.255.255",
        "192.0.0.9",
        "192.0.2.1",
        "192.88.99.1",
        "198.18.0.0",
        "198.19.255.255",
        "198.51.100.7",
        "203.0.113.255",
        "224.0.0.1",
        "255.255.255.255",
        "::",
        "100::1",
        "2001:1::1",
        "2001:1ff::",
        "2001:db8::1",
        "3fff:fff::1",
        "4000::1",
        "ff02::1",
        "fec0::1",
        "1fff::1",
    ] {
        assert_eq!(kind(address), Network::Reserved, "{address}");
    }
    for address in [
        "1.0.0.0",
        "192.0.1.0",
        "192.0.3.0",
        "198.17.255.255",
        "198.20.0.0",
        "223.255.255.255",
        "2001::1",
        "2001:200::1",
        "2001:db7::1",
        "2001:db9::1",
        "3fff:1000::1",
        "2a00::1",
    ] {
        assert_eq!(kind(address), Network::Other, "{address}");
    }
}

#[test]
fn an_ipv4_address_in_ipv6_counts_as_what_it_is() {
    for (text, network) in [
        ("::ffff:10.0.0.1", Network::Private),
        ("[::ffff:8.8.8.8]:443", Network::Other),
        ("64:ff9b::10.0.0.1", Network::Private),
        ("64:ff9b::8.8.8.8", Network::Other),
        ("64:ff9b:1::8.8.8.8", Network::Private),
        ("::ffff:0:10.0.0.1", Network::Private),
        ("::ffff:0:8.8.8.8", Network::Other),
        ("2002:0a00:0001::1", Network::Private),
        ("2002:0808:0808::1", Network::Other),
    ] {
        assert_eq!(kind(text), network, "{text}");
    }
}

#[test]
fn a_text_that_is_no_address_is_unknown() {
    for text in ["", "unknown", "localhost", "1.2.3", "1.2.3.4.5", "256.1.1.1", ":::", "10.0.0.0/8"] {
        assert_eq!(kind(text), Network::Unknown, "{text}");
    }
}
