//! Where addresses are.

#![expect(clippy::float_cmp, reason = "wasm-bindgen's code for an enum compares the number JavaScript gave")]

use wasm_bindgen::prelude::{JsValue, wasm_bindgen};

use super::{decode, encode};
use crate::geo::{self, Location, Network, NetworkListReader};

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
    /// A relay that hides an address but keeps the country, by a list of the operator.
    Relay,
    /// An exit of Tor, by a list of the operator.
    Tor,
    /// A virtual private network, by a list of the operator.
    Vpn,
    /// A proxy, by a list of the operator.
    Proxy,
}

const fn kind(network: Network) -> NetworkKind {
    match network {
        Network::Hosting => NetworkKind::Hosting,
        Network::Private => NetworkKind::Private,
        Network::Reserved => NetworkKind::Reserved,
        Network::Other => NetworkKind::Other,
        Network::Unknown => NetworkKind::Unknown,
        Network::Relay => NetworkKind::Relay,
        Network::Tor => NetworkKind::Tor,
        Network::Vpn => NetworkKind::Vpn,
        Network::Proxy => NetworkKind::Proxy,
    }
}

/// The countries of networks, the networks of hosting companies, and the lists of the operator.
#[wasm_bindgen]
#[derive(Debug)]
pub struct Geography {
    geography: geo::Geography,
    /// The list that is being read.
    reader: NetworkListReader,
}

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
            let geography = geo::Geography::parse(&tables.bytes("countries")?, &tables.bytes("hosting")?)?;
            Ok(Self { geography, reader: NetworkListReader::default() })
        };
        parse().map_err(encode::error)
    }

    /// Begins to read a list of networks. What was read of another one is dropped.
    #[wasm_bindgen(js_name = startList)]
    pub fn start_list(&mut self) {
        self.reader = NetworkListReader::default();
    }

    /// Adds whole lines to the list that is being read, and returns how many of them have no network.
    ///
    /// A line has a network, an address, or the first and the last address of a range at its start; anything behind a comma,
    /// a blank or a `#` is left out. `text` takes
    /// 65,536 UTF-16 code units. Throws `invalid_argument`, also for more than a million networks.
    #[wasm_bindgen(js_name = addToList)]
    pub fn add_to_list(
        &mut self,
        #[wasm_bindgen(unchecked_param_type = "string")] text: &JsValue,
    ) -> Result<u32, JsValue> {
        decode::text(text, "text").and_then(|text| self.reader.add_lines(&text)).map_err(encode::error)
    }

    /// Lets the list that was read replace that of a kind, and returns how many ranges without a gap it has.
    ///
    /// An address in several lists has the first of the kinds `"relay"`, `"tor"`, `"vpn"`, `"proxy"` and `"hosting"`. Throws
    /// `invalid_argument` for another kind, and for a list without a network, which then replaces nothing.
    #[wasm_bindgen(js_name = finishList)]
    pub fn finish_list(
        &mut self,
        #[wasm_bindgen(unchecked_param_type = "ListKind")] kind: &JsValue,
    ) -> Result<usize, JsValue> {
        let kind = decode::list_kind(kind).map_err(encode::error)?;
        let list = core::mem::take(&mut self.reader).finish().map_err(encode::error)?;
        let ranges = list.range_count();
        self.geography.set_list(kind, list);
        Ok(ranges)
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
        let Location { country, network } = self.geography.locate(&address);
        let [first, second] = country.unwrap_or_default();
        Ok(u32::from_le_bytes([kind(network) as u8, first, second, 0]))
    }
}
