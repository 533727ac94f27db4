//! Where an address is: the country of its network, and what kind of network that is.
//!
//! The host reads a table of ranges once, which `npm run build:geo` makes of the data of the registries. The country is
//! that of the network: the holder of an address may be elsewhere.
//!
//! ```
//! use magic_sessionmanager_core::geo::{Geography, Network};
//!
//! let geography = Geography::parse(&[], &[])?;
//! assert_eq!(geography.locate("192.168.0.7").network, Network::Private);
//! assert_eq!(geography.locate("198.51.100.7").network, Network::Reserved);
//! assert_eq!(geography.locate("nowhere").network, Network::Unknown);
//! # Ok::<(), magic_sessionmanager_core::Error>(())
//! ```

mod ranges;
mod special;
mod table;

use crate::address::Address;
use crate::error::Error;
use special::Special;
use table::Table;

/// The kind of network that an address belongs to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Network {
    /// That of a company that rents out servers. A client there is a program, a VPN or a proxy.
    Hosting,
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
            Self::Private => "private",
            Self::Reserved => "reserved",
            Self::Other => "other",
            Self::Unknown => "unknown",
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

/// The countries of networks, and the networks of hosting companies.
#[derive(Debug)]
pub struct Geography {
    countries: Table,
    hosting: Table,
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
        })
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
        let network = match special::kind(address) {
            Some(Special::Private) => Network::Private,
            Some(Special::Reserved) => Network::Reserved,
            None if self.hosting.value_of(address).is_some() => Network::Hosting,
            None => Network::Other,
        };
        let is_public = matches!(network, Network::Hosting | Network::Other);
        let country = is_public.then(|| self.countries.value_of(address)).flatten();
        Location { country, network }
    }
}
