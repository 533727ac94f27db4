//! Reads the configuration and the keys.

use js_sys::{Array, JsString};
use wasm_bindgen::prelude::{JsCast as _, JsValue, wasm_bindgen};

use super::values::{OBJECT, Object, UNREADABLE, UNREADABLE_LIST, is_absent, is_list, items_of, kind};
use crate::crypto::key::MasterKey;
use crate::crypto::keyring::Keyring;
use crate::error::{Code, Error};
use crate::settings::{LONGEST_TEXT, PREFIX, RawValue, Settings, keys};

/// The number of code units read from the text of an option: one more than any option takes.
const MAX_OPTION_TEXT: u32 = 65_536;
const _: () = assert!(MAX_OPTION_TEXT as usize > LONGEST_TEXT);

/// The number of code units read from the name of a property.
const MAX_NAME: u32 = 4096;

/// The longest list that is read.
const MAX_ITEMS: u32 = 4096;

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(js_namespace = Object, js_name = entries, catch)]
    fn own_entries(object: &JsValue) -> Result<Array, JsValue>;
}

/// Reads settings by the table of options.
pub(in crate::wasm) fn settings(value: &JsValue) -> Result<Settings, Error> {
    crate::settings::parse(options(value)?)
}

/// Reads the configuration: an object, null or undefined.
fn options(raw: &JsValue) -> Result<Vec<(String, RawValue)>, Error> {
    if is_absent(raw) {
        return Ok(Vec::new());
    }
    let entries = if kind(raw) == OBJECT { own_entries(raw).map_err(|_| UNREADABLE) } else { Err(kind(raw)) };
    let entries = entries.map_err(|got| {
        let message = format!("{PREFIX} the configuration is {got}; it takes an object of options");
        Error::general(Code::InvalidSetting, message)
    })?;
    let mut options = Vec::new();
    for entry in entries.iter() {
        let entry = entry.unchecked_into();
        let name = name_of(&entry);
        read_option(name, &entry.get(1), &mut options);
    }
    Ok(options)
}

/// The options that stand in an object of their own; their names begin with its name and a dot.
const GROUPS: [&str; 1] = ["failedLogins"];

fn read_option(name: String, value: &JsValue, options: &mut Vec<(String, RawValue)>) {
    if !GROUPS.contains(&name.as_str()) {
        options.push((name, raw(value)));
    } else if kind(value) == OBJECT
        && let Ok(entries) = own_entries(value)
    {
        for entry in entries.iter() {
            let entry = entry.unchecked_into::<Array>();
            options.push(([&name, ".", &name_of(&entry)].concat(), raw(&entry.get(1))));
        }
    } else if !is_absent(value) {
        options.push((name, raw(value)));
    }
}

fn name_of(entry: &Array) -> String {
    entry.get(0).unchecked_ref::<JsString>().slice(0, MAX_NAME).into()
}

/// Reads a value of any kind.
fn raw(value: &JsValue) -> RawValue {
    if value.is_undefined() {
        RawValue::Undefined
    } else if value.is_null() {
        RawValue::Null
    } else if let Some(truth) = value.as_bool() {
        RawValue::Bool(truth)
    } else if let Some(number) = value.as_f64() {
        RawValue::Number(number)
    } else if let Some(text) = value.dyn_ref::<JsString>() {
        RawValue::Text(text.slice(0, MAX_OPTION_TEXT).into())
    } else if is_list(value) {
        raw_list(value)
    } else {
        RawValue::Other(kind(value))
    }
}

/// Reads a list. A list within it is not read.
fn raw_list(value: &JsValue) -> RawValue {
    let Some(items) = items_of(value) else { return RawValue::Other(UNREADABLE_LIST) };
    if items.length() > MAX_ITEMS {
        return RawValue::Other("a list that is too long");
    }
    let item = |item: JsValue| if is_list(&item) { RawValue::List(Vec::new()) } else { raw(&item) };
    RawValue::List(items.iter().map(item).collect())
}

/// Reads the source of the keys and derives them.
pub(in crate::wasm) fn keyring(value: &JsValue) -> Result<Keyring, Error> {
    let object = Object::read(value, "key")?;
    let primary = match object.text("kind")?.as_str() {
        "configured" => MasterKey::from_base64(&object.text("key")?)?,
        "derived" => MasterKey::from_app_secret(&object.text("secret")?)?,
        _ => return Err(object.wrong("kind", "\"configured\" or \"derived\"")),
    };
    let mut keyring = Keyring::new(&primary)?;
    for key in keys::read_previous(&raw(&object.get("previous")))? {
        keyring = keyring.with_previous(&key)?;
    }
    if !is_absent(&object.get("previousSecret")) {
        keyring = keyring.with_previous(&MasterKey::from_app_secret(&object.text("previousSecret")?)?)?;
    }
    Ok(keyring)
}
