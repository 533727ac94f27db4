//! Network addresses, and the networks that they count as.
//!
//! ```
//! use magic_sessionmanager_core::address::{Address, Network, client};
//!
//! let proxies = Vec::from_iter(Network::parse("10.0.0.0/8"));
//! let behind_proxy = client("10.0.0.1", "203.0.113.7", &proxies);
//! assert_eq!(behind_proxy.address, Address::parse("203.0.113.7"));
//!
//! // A client that is no proxy cannot name another address.
//! let direct = client("198.51.100.9", "203.0.113.7", &proxies);
//! assert_eq!(direct.address, Address::parse("198.51.100.9"));
//! ```

/// The longest text that is read as an address: an IPv6 address with zone, brackets and port is shorter.
const LONGEST: usize = 128;

/// An address of a client. An IPv4 address that is written as IPv6 (`::ffff:…`) counts as IPv4.
///
/// The standard library's own types would take three times the room in the WebAssembly module.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Address {
    /// Four bytes.
    V4([u8; 4]),
    /// Eight groups of 16 bits. A number of 128 bits would make larger code.
    V6([u16; 8]),
}

impl Address {
    /// Reads an address as a connection or a proxy writes it, or returns `None` if the text is none.
    ///
    /// It takes a port (`203.0.113.7:4711`), brackets (`[2001:db8::1]:443`), quotes, a zone (`fe80::1%eth0`) and blanks
    /// around it. RFC 7239, section 6, allows a port; some gateways write it.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let text = text.trim().trim_matches('"');
        if text.len() > LONGEST {
            return None;
        }
        let bare = match text.strip_prefix('[') {
            Some(rest) => {
                let (inside, after) = rest.split_once(']')?;
                (after.is_empty() || is_port(after.strip_prefix(':')?)).then_some(inside)?
            }
            None => match text.split_once(':') {
                Some((address, port)) if address.contains('.') && is_port(port) => address,
                _ => text,
            },
        };
        let (address, _zone) = bare.split_once('%').unwrap_or((bare, ""));
        if let Some(address) = read_v4(address) {
            return Some(Self::V4(address));
        }
        // An IPv4 address in IPv6 (RFC 4291, section 2.5.5.2) counts as what it is.
        Some(match read_v6(address)? {
            [0, 0, 0, 0, 0, 0xffff, high, low] => {
                let ([a, b], [c, d]) = (high.to_be_bytes(), low.to_be_bytes());
                Self::V4([a, b, c, d])
            }
            groups => Self::V6(groups),
        })
    }

    /// Returns the network of the first `bits` bits, or the address itself if it has fewer.
    fn network(self, bits: u8) -> Network {
        let bits = bits.min(self.length());
        Network { address: self.with_rest(bits, 0), bits }
    }

    /// Replaces the bits behind the first `bits` by those of `rest`, which has all or none of them set.
    fn with_rest(mut self, bits: u8, rest: u16) -> Self {
        match &mut self {
            Self::V4(bytes) => {
                let [rest, _] = rest.to_be_bytes();
                for (place, byte) in (0_u8..).zip(bytes) {
                    let kept = bits.saturating_sub(place.saturating_mul(8)).min(8);
                    let replaced = u8::MAX.checked_shr(kept.into()).unwrap_or(0);
                    *byte = *byte & !replaced | rest & replaced;
                }
            }
            Self::V6(groups) => {
                for (place, group) in (0_u8..).zip(groups) {
                    let kept = bits.saturating_sub(place.saturating_mul(16)).min(16);
                    let replaced = u16::MAX.checked_shr(kept.into()).unwrap_or(0);
                    *group = *group & !replaced | rest & replaced;
                }
            }
        }
        self
    }

    /// Returns the address behind this one; `None` behind the last.
    #[must_use]
    pub fn next(self) -> Option<Self> {
        match self {
            Self::V4(bytes) => Some(Self::V4(u32::from_be_bytes(bytes).checked_add(1)?.to_be_bytes())),
            Self::V6(mut groups) => {
                for group in groups.iter_mut().rev() {
                    *group = group.wrapping_add(1);
                    if *group != 0 {
                        return Some(Self::V6(groups));
                    }
                }
                None
            }
        }
    }

    /// Returns the networks that failed logins from this address are counted for, the smallest first.
    ///
    /// An IPv4 address counts alone. One IPv6 client usually has a /64, a household a /56, and a site a /48 (RFC 6177).
    #[must_use]
    pub fn counted_networks(self) -> Vec<(Width, Network)> {
        match self {
            Self::V4(_) => vec![(Width::Client, self.network(32))],
            Self::V6(_) => vec![
                (Width::Client, self.network(64)),
                (Width::Household, self.network(56)),
                (Width::Site, self.network(48)),
            ],
        }
    }

    /// Returns the network that a user logs in from: /24, or /56 in IPv6.
    ///
    /// A provider may give a household another address within it every day.
    #[must_use]
    pub fn place(self) -> Network {
        self.network(match self {
            Self::V4(_) => 24,
            Self::V6(_) => 56,
        })
    }

    const fn length(self) -> u8 {
        match self {
            Self::V4(_) => 32,
            Self::V6(_) => 128,
        }
    }
}

impl core::fmt::Display for Address {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.write_str(&match *self {
            Self::V4(bytes) => bytes.map(|byte| byte.to_string()).join("."),
            Self::V6(groups) => v6_text(groups),
        })
    }
}

/// How many addresses a counted network has.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Width {
    /// One IPv4 address, or a /64 in IPv6.
    Client,
    /// A /56 in IPv6.
    Household,
    /// A /48 in IPv6.
    Site,
}

/// A network in the notation of RFC 4632 (CIDR): an address and the length of its prefix.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Network {
    address: Address,
    bits: u8,
}

impl Network {
    /// Reads a network such as `10.0.0.0/8`, or an address, which is a network of one; `None` if the text is neither.
    ///
    /// Bits beyond the prefix must be zero.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let (address, bits) = Self::parts(text)?;
        let network = address.network(bits);
        (network.address == address).then_some(network)
    }

    /// As [`parse`](Self::parse), but drops the bits beyond the prefix: `10.1.2.3/8` is `10.0.0.0/8`.
    #[must_use]
    pub fn around(text: &str) -> Option<Self> {
        let (address, bits) = Self::parts(text)?;
        Some(address.network(bits))
    }

    fn parts(text: &str) -> Option<(Address, u8)> {
        let text = text.trim();
        let (address, bits) = match text.split_once('/') {
            Some((address, bits)) => (address, Some(bits)),
            None => (text, None),
        };
        let address = Address::parse(address)?;
        let bits = bits.map_or(Some(address.length()), |bits| bits.parse::<u8>().ok())?;
        (bits <= address.length()).then_some((address, bits))
    }

    /// Returns the first address of the network.
    #[must_use]
    pub const fn first(self) -> Address {
        self.address
    }

    /// Returns the last address of the network.
    #[must_use]
    pub fn last(self) -> Address {
        self.address.with_rest(self.bits, u16::MAX)
    }

    /// Returns whether an address lies within the network.
    #[must_use]
    pub fn contains(self, address: Address) -> bool {
        address.length() == self.address.length() && address.network(self.bits) == self
    }
}

impl core::fmt::Display for Network {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        if self.bits == self.address.length() {
            return self.address.fmt(f);
        }
        f.write_str(&[self.address.to_string(), self.bits.to_string()].join("/"))
    }
}

/// The client of a request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Client {
    /// Its address; `None` if nothing tells it.
    pub address: Option<Address>,
    /// Whether the address is that of a trusted network, which did not tell the address of its own client.
    pub is_trusted: bool,
}

impl Client {
    /// Returns the networks that its failed logins are counted for.
    ///
    /// Clients without an address are counted together. No network holds a server of a trusted network.
    #[must_use]
    pub fn networks(self) -> Vec<(Width, String)> {
        match self.address {
            _ if self.is_trusted => Vec::new(),
            None => vec![(Width::Client, "unknown".to_owned())],
            Some(address) => {
                let counted = address.counted_networks().into_iter();
                counted.map(|(width, network)| (width, network.to_string())).collect()
            }
        }
    }

    /// Returns the network that it logs in from; `None` if its own address is not known.
    #[must_use]
    pub fn place(self) -> Option<Network> {
        self.address.filter(|_| !self.is_trusted).map(Address::place)
    }
}

/// Returns the client of a request that came from `peer`, by `forwarded`, the text of `X-Forwarded-For`.
///
/// The header counts only if the peer is in a trusted network. Each server adds the address that it saw at the end, so
/// the client is the last address before the peer that no trusted network has.
#[must_use]
pub fn client(peer: &str, forwarded: &str, trusted: &[Network]) -> Client {
    let Some(peer) = Address::parse(peer) else { return Client { address: None, is_trusted: false } };
    let is_trusted = |address: Address| trusted.iter().any(|network| network.contains(address));
    if !is_trusted(peer) {
        return Client { address: Some(peer), is_trusted: false };
    }
    let seen: Vec<_> =
        forwarded.split(',').filter(|part| !part.trim().is_empty()).map(Address::parse).collect();
    let before = seen.iter().rposition(|address| *address == Some(peer)).unwrap_or(seen.len());
    match seen.iter().take(before).rev().find(|address| !address.is_some_and(is_trusted)) {
        Some(address) => Client { address: *address, is_trusted: false },
        // A client could write the address of a trusted network itself, if Strapi believes every header.
        None => Client { address: Some(peer), is_trusted: seen.is_empty() },
    }
}

fn is_port(text: &str) -> bool {
    (1..=5).contains(&text.len()) && text.bytes().all(|digit| digit.is_ascii_digit())
}

fn read_v4(text: &str) -> Option<[u8; 4]> {
    let mut bytes = [0; 4];
    let mut parts = text.split('.');
    for byte in &mut bytes {
        let part = parts.next()?;
        // A leading zero would be octal to some readers.
        let is_plain = part.len() == 1 || !part.starts_with(['0', '+']);
        *byte = part.parse().ok().filter(|_| is_plain)?;
    }
    parts.next().is_none().then_some(bytes)
}

fn read_v6(text: &str) -> Option<[u16; 8]> {
    let mut groups = [0; 8];
    // A search for a text would bring its tables into the WebAssembly module.
    let Some(gap) = text.as_bytes().windows(2).position(|pair| pair == b"::") else {
        return (read_groups(text, &mut groups)? == 8).then_some(groups);
    };
    let mut tail = [0; 8];
    let before = read_groups(text.get(..gap)?, &mut groups)?;
    let after = read_groups(text.get(gap.checked_add(2)?..)?, &mut tail)?;
    let to = groups.get_mut(8_usize.checked_sub(after).filter(|from| before < *from)?..)?;
    to.copy_from_slice(tail.get(..after)?);
    Some(groups)
}

/// Reads groups with colons between them, the last two possibly as an IPv4 address; returns their number.
fn read_groups(text: &str, groups: &mut [u16; 8]) -> Option<usize> {
    let mut count = 0;
    for part in text.split(':').filter(|_| !text.is_empty()) {
        if part.contains('.') {
            let [a, b, c, d] = read_v4(part)?;
            *groups.get_mut(count)? = u16::from_be_bytes([a, b]);
            *groups.get_mut(count.checked_add(1)?)? = u16::from_be_bytes([c, d]);
            // It must be the last part.
            return text.ends_with(part).then_some(count.saturating_add(2));
        }
        if part.len() > 4 || part.starts_with('+') {
            return None;
        }
        *groups.get_mut(count)? = u16::from_str_radix(part, 16).ok()?;
        count = count.saturating_add(1);
    }
    Some(count)
}

/// Writes an IPv6 address as RFC 5952 asks: in lower case, with the longest run of zeros left out.
fn v6_text(groups: [u16; 8]) -> String {
    let (mut gap, mut run) = (0..0, 0..0);
    for (place, group) in groups.iter().enumerate() {
        let end = place.saturating_add(1);
        run = if *group == 0 { run.start..end } else { end..end };
        if run.len() > gap.len().max(1) {
            gap = run.clone();
        }
    }
    let mut text = String::new();
    for (place, group) in groups.iter().enumerate() {
        if gap.contains(&place) {
            if place == gap.start {
                text.push_str("::");
            }
            continue;
        }
        if place > 0 && (gap.is_empty() || place != gap.end) {
            text.push(':');
        }
        push_hex(*group, &mut text);
    }
    text
}

/// Appends up to four hex digits, without zeros before them.
fn push_hex(group: u16, text: &mut String) {
    for shift in [12, 8, 4, 0] {
        let rest = group >> shift;
        if rest > 0 || shift == 0 {
            text.extend(char::from_digit(u32::from(rest & 0xf), 16));
        }
    }
}
