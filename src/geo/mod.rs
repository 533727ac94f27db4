//! Where an address is: the country of its network, and what kind of network that is.
//!
//! The host reads a table of ranges once, which `npm run build:geo` makes of the data of the registries. The country is
//! that of the network: the holder of an address may be elsewhere.
//!
//! ```
//! use magic_sessionmanager_core::geo::{Geography, ListKind, Network, NetworkListReader};
//!
//! let geography = Geography::parse(&[], &[])?;
//! assert_eq!(geography.locate("192.168.0.7").network, Network::Private);
//! assert_eq!(geography.locate("198.51.100.7").network, Network::Reserved);
//! assert_eq!(geography.locate("nowhere").network, Network::Unknown);
//!
//! let mut geography = geography;
//! let mut exits = NetworkListReader::default();
//! assert_eq!(exits.add_lines("# exits of Tor\n185.220.101.0/24\nno network")?, 1);
//! geography.set_list(ListKind::Tor, exits.finish()?);
//! assert_eq!(geography.locate("185.220.101.4").network, Network::Tor);
//! # Ok::<(), magic_sessionmanager_core::Error>(())
//! ```

mod lists;
mod ranges;
mod special;
mod table;

use crate::address::Address;
use crate::error::Error;
use special::Special;
use table::Table;

pub use lists::{ListKind, MAX_RANGES, NetworkList, NetworkListReader};

/// The kind of network that an address belongs to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Network {
    /// That of a company that rents out servers. A client there is a program, a VPN or a proxy.
    Hosting,
    /// A relay that hides an address but keeps the country, by a list of the operator.
    Relay,
    /// An exit of Tor, by a list of the operator.
    Tor,
    /// A virtual private network, by a list of the operator.
    Vpn,
    /// A proxy, by a list of the operator.
    Proxy,
    /// A network that is not part of the Internet, such as that of an office.
    Private,
    /// An address that no client on the Internet has, such as one for documentation.
    Reserved,
    /// Any other network of the Internet.
    Other,
    /// The text is no address.
    Unknown,
}

impl Network {
    /// Returns the name of the kind at the boundary.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Hosting => "hosting",
            Self::Relay => "relay",
            Self::Tor => "tor",
            Self::Vpn => "vpn",
            Self::Proxy => "proxy",
            Self::Private => "private",
            Self::Reserved => "reserved",
            Self::Other => "other",
            Self::Unknown => "unknown",
        }
    }
}

impl From<ListKind> for Network {
    fn from(kind: ListKind) -> Self {
        match kind {
            ListKind::Relay => Self::Relay,
            ListKind::Tor => Self::Tor,
            ListKind::Vpn => Self::Vpn,
            ListKind::Proxy => Self::Proxy,
            ListKind::Hosting => Self::Hosting,
        }
    }
}

/// Where an address is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Location {
    /// The two letters of ISO 3166-1 of the country of its network; `None` if the table does not tell.
    pub country: Option<[u8; 2]>,
    /// The kind of its network.
    pub network: Network,
}

/// The countries of networks, the networks of hosting companies, and the lists of the operator.
#[derive(Debug)]
pub struct Geography {
    countries: Table,
    hosting: Table,
    /// In the order of [`ListKind::ALL`].
    lists: [NetworkList; ListKind::ALL.len()],
}

impl Geography {
    /// Reads the two tables, and keeps a copy of them. An empty one knows no network.
    ///
    /// # Errors
    /// [`Code::InvalidArgument`](crate::Code::InvalidArgument) for a table that is damaged, or of another version.
    pub fn parse(countries: &[u8], hosting: &[u8]) -> Result<Self, Error> {
        Ok(Self {
            countries: Table::parse(countries, "countries")?,
            hosting: Table::parse(hosting, "hosting")?,
            lists: Default::default(),
        })
    }

    /// Replaces the list of a kind.
    ///
    /// A list counts before the table of hosting companies. An address in several lists has the first kind of
    /// [`ListKind::ALL`], so that a relay never counts as a VPN.
    pub fn set_list(&mut self, kind: ListKind, list: NetworkList) {
        for (known, current) in ListKind::ALL.iter().zip(&mut self.lists) {
            if *known == kind {
                *current = list;
                return;
            }
        }
    }

    /// Returns where an address is, as a connection or a proxy writes it.
    ///
    /// An IPv4 address within an IPv6 address (`::ffff:…`, NAT64, 6to4) counts as what it is.
    #[must_use]
    pub fn locate(&self, text: &str) -> Location {
        let Some(address) = Address::parse(text) else {
            return Location { country: None, network: Network::Unknown };
        };
        let address = special::embedded_v4(address).map_or(address, Address::V4);
        // Lists of attackers often hold the networks that are nobody's.
        match special::kind(address) {
            Some(Special::Private) => Location { country: None, network: Network::Private },
            Some(Special::Reserved) => Location { country: None, network: Network::Reserved },
            None => Location { country: self.countries.value_of(address), network: self.kind_of(address) },
        }
    }

    fn kind_of(&self, address: Address) -> Network {
        let mut lists = ListKind::ALL.into_iter().zip(&self.lists);
        match lists.find(|(_, list)| list.contains(address)) {
            Some((kind, _)) => kind.into(),
            None if self.hosting.value_of(address).is_some() => Network::Hosting,
            None => Network::Other,
        }
    }
}
