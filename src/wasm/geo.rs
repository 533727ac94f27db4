//! Where addresses are.

use wasm_bindgen::prelude::{JsValue, wasm_bindgen};

use super::{decode, encode};
use crate::geo;

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

    /// Returns the country and the kind of the network that an address belongs to.
    ///
    /// `address` is written as a connection or a proxy writes it. Throws `invalid_argument` for a value that is not a
    /// text.
    #[wasm_bindgen(unchecked_return_type = "Location")]
    pub fn locate(
        &self,
        #[wasm_bindgen(unchecked_param_type = "string")] address: &JsValue,
    ) -> Result<JsValue, JsValue> {
        let address = decode::text(address, "address").map_err(encode::error)?;
        encode::value(&self.0.locate(&address))
    }
}
