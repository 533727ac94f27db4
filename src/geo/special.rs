//! Addresses that no client on the Internet has: those of private networks, and reserved ones.
//!
//! The ranges are those of IANA's registries of special-purpose addresses (RFC 6890).

use crate::address::Address;

/// The kind of an address that is not public.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Special {
    /// It is that of a network that is not part of the Internet, or of the machine itself.
    Private,
    /// No client has it.
    Reserved,
}

/// Returns the kind of an address that is not public.
pub(super) const fn kind(address: Address) -> Option<Special> {
    match address {
        Address::V4(bytes) => kind_v4(bytes),
        Address::V6(groups) => kind_v6(groups),
    }
}

const fn kind_v4(bytes: [u8; 4]) -> Option<Special> {
    match bytes {
        // Private networks (RFC 1918), the machine itself, a link (RFC 3927), and a provider's NAT (RFC 6598).
        [10 | 127, ..] | [172, 16..=31, ..] | [192, 168, ..] | [169, 254, ..] | [100, 64..=127, ..] => {
            Some(Special::Private)
        }
        // This network, protocols, documentation, benchmarks, multicast and the future.
        [0 | 224..=255, ..]
        | [192, 0, 0 | 2, _]
        | [192, 88, 99, _]
        | [198, 18 | 19, ..]
        | [198, 51, 100, _]
        | [203, 0, 113, _] => Some(Special::Reserved),
        _ => None,
    }
}

const fn kind_v6(groups: [u16; 8]) -> Option<Special> {
    match groups {
        // The machine itself, unique local addresses (RFC 4193), a link, and a translator's own (RFC 8215).
        [0, 0, 0, 0, 0, 0, 0, 1] | [0xfc00..=0xfdff | 0xfe80..=0xfebf, ..] | [0x64, 0xff9b, 1, ..] => {
            Some(Special::Private)
        }
        // Protocols, benchmarks, ORCHID, and documentation (RFC 3849, RFC 9637). Clients may have Teredo.
        [0x2001, 1..=0x1ff | 0xdb8, ..] | [0x3fff, 0..=0xfff, ..] => Some(Special::Reserved),
        [0x2000..=0x3fff, ..] => None,
        _ => Some(Special::Reserved),
    }
}

/// Returns the IPv4 address that an IPv6 address stands for, by NAT64 (RFC 6052), SIIT (RFC 2765) or 6to4 (RFC 3056).
pub(super) const fn embedded_v4(address: Address) -> Option<[u8; 4]> {
    let Address::V6(
        [0x64, 0xff9b, 0, 0, 0, 0, high, low] | [0, 0, 0, 0, 0xffff, 0, high, low] | [0x2002, high, low, ..],
    ) = address
    else {
        return None;
    };
    let ([a, b], [c, d]) = (high.to_be_bytes(), low.to_be_bytes());
    Some([a, b, c, d])
}
