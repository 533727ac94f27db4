//! Reads what lists of networks need.

use wasm_bindgen::prelude::JsValue;

use super::values::{text, wrong};
use crate::error::Error;
use crate::geo::ListKind;

/// Reads the kind of a list.
pub(in crate::wasm) fn list_kind(value: &JsValue) -> Result<ListKind, Error> {
    let name = text(value, "kind")?;
    let kind = ListKind::ALL.into_iter().find(|kind| kind.as_str() == name.as_str());
    kind.ok_or_else(|| wrong("kind", "\"relay\", \"tor\", \"vpn\", \"proxy\" or \"hosting\""))
}
