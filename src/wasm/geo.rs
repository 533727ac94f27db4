//! Where addresses are.

#![expect(clippy::float_cmp, reason = "wasm-bindgen's code for an enum compares the number JavaScript gave")]

use wasm_bindgen::prelude::{JsValue, wasm_bindgen};

use super::{decode, encode};
use crate::geo::{self, Location, Network};

/// The kind of a network.
#[wasm_bindgen]
#[derive(Clone, Copy, Debug)]
pub enum NetworkKind {
    /// That of a company that rents out servers.
    Hosting,
    /// One that is no part of the internet.
    Private,
    /// That of an address that no client on the internet has.
    Reserved,
    /// Any other network of the internet.
    Other,
    /// The text is no address.
    Unknown,
}

const fn kind(network: Network) -> NetworkKind {
    match network {
        Network::Hosting => NetworkKind::Hosting,
        Network::Private => NetworkKind::Private,
        Network::Reserved => NetworkKind::Reserved,
        Network::Other => NetworkKind::Other,
        Network::Unknown => NetworkKind::Unknown,
    }
}

/// The countries of networks, and the networks of hosting companies.
#[wasm_bindgen]
#[derive(Debug)]
pub struct Geography(geo::Geography);

#[wasm_bindgen]
impl Geography {
    /// Reads the two tables that `npm run build:geo` makes, and keeps a copy of them. An empty one knows no network.
    ///
    /// Throws `invalid_argument` for a table that is damaged, or of another version.
    #[wasm_bindgen(constructor)]
    pub fn new(
        #[wasm_bindgen(unchecked_param_type = "GeographyTables")] tables: &JsValue,
    ) -> Result<Self, JsValue> {
        let parse = || {
            let tables = decode::Object::read(tables, "tables")?;
            geo::Geography::parse(&tables.bytes("countries")?, &tables.bytes("hosting")?).map(Self)
        };
        parse().map_err(encode::error)
    }

    /// Returns the country and the kind of the network that an address belongs to, as one number.
    ///
    /// `address` is written as a connection or a proxy writes it. The lowest byte of the number is a `NetworkKind`, and the
    /// two bytes above it are the letters of the country (ISO 3166-1), the first one lower; 0 where it is not known. Throws
    /// `invalid_argument` for a value that is not a text.
    pub fn locate(
        &self,
        #[wasm_bindgen(unchecked_param_type = "string")] address: &JsValue,
    ) -> Result<u32, JsValue> {
        let address = decode::text(address, "address").map_err(encode::error)?;
        let Location { country, network } = self.0.locate(&address);
        let [first, second] = country.unwrap_or_default();
        Ok(u32::from_le_bytes([kind(network) as u8, first, second, 0]))
    }
}
