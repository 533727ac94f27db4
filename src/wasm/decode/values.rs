//! Reads texts, numbers, times, lists and objects.

use js_sys::{Array, Float64Array, JsString, Uint8Array};
use wasm_bindgen::prelude::{JsCast as _, JsValue, wasm_bindgen};
use zeroize::Zeroizing;

use crate::error::{Code, Error};
use crate::number;
use crate::time::UnixMillis;

/// The longest text that is read, in UTF-16 code units. A token in an HTTP header is much shorter.
const MAX_TEXT: u32 = 65_536;

/// The longest envelope that is read: the longest text in UTF-8 and base64, and the parts before it.
const MAX_ENVELOPE: u32 = 4 * MAX_TEXT + 128;

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(js_namespace = Object, js_name = values, catch)]
    fn own_values(object: &JsValue) -> Result<Array, JsValue>;

    #[wasm_bindgen(js_namespace = Object, js_name = create)]
    fn create(prototype: &JsValue) -> JsValue;

    #[wasm_bindgen(js_namespace = Object, js_name = assign, catch)]
    fn assign(target: &JsValue, source: &JsValue) -> Result<JsValue, JsValue>;

    #[wasm_bindgen(js_namespace = Reflect, js_name = get)]
    fn property(plain: &JsValue, name: &str) -> JsValue;

    #[wasm_bindgen(js_namespace = Reflect, js_name = get, catch)]
    fn read_property(value: &JsValue, name: &str) -> Result<JsValue, JsValue>;

    #[wasm_bindgen(js_namespace = Array, js_name = isArray, catch)]
    fn is_array(value: &JsValue) -> Result<bool, JsValue>;

    #[wasm_bindgen(js_namespace = Uint8Array, js_name = from, catch)]
    fn copy_bytes(bytes: &JsValue) -> Result<Uint8Array, JsValue>;

    type TextEncoder;

    #[wasm_bindgen(constructor)]
    fn new() -> TextEncoder;

    #[wasm_bindgen(method, js_name = encodeInto)]
    fn encode_into(this: &TextEncoder, source: &JsString, buffer: &mut [u8]) -> Progress;

    /// The progress of an encoder.
    type Progress;

    #[wasm_bindgen(method, getter)]
    fn read(this: &Progress) -> u32;

    #[wasm_bindgen(method, getter)]
    fn written(this: &Progress) -> u32;

    #[wasm_bindgen(js_namespace = Float64Array, js_name = from, catch)]
    fn copy_numbers(numbers: &JsValue) -> Result<Float64Array, JsValue>;
}

/// Refuses a value that the field does not take.
#[inline(never)]
pub(super) fn wrong(field: &str, takes: &str) -> Error {
    Error::new(Code::InvalidArgument, field, format!("{field} takes {takes}"))
}

/// Refuses a value of another kind than the field takes.
#[inline(never)]
fn other_kind(field: &str, got: &str, takes: &str) -> Error {
    Error::new(Code::InvalidArgument, field, format!("{field} is {got}; it takes {takes}"))
}

pub(super) fn is_absent(value: &JsValue) -> bool {
    value.is_undefined() || value.is_null()
}

/// Returns whether a value is a list. A revoked proxy is not.
pub(super) fn is_list(value: &JsValue) -> bool {
    is_array(value).unwrap_or(false)
}

pub(super) const OBJECT: &str = "an object";
pub(super) const UNREADABLE: &str = "an object that cannot be read";
pub(super) const UNREADABLE_LIST: &str = "a list that cannot be read";

/// Returns the kind of a value with its article.
#[inline(never)]
pub(super) fn kind(value: &JsValue) -> &'static str {
    if value.is_undefined() {
        "undefined"
    } else if value.is_null() {
        "null"
    } else if value.as_bool().is_some() {
        "a truth value"
    } else if value.as_f64().is_some() {
        "a number"
    } else if value.is_string() {
        "a text"
    } else if is_list(value) {
        "a list"
    } else if value.is_function() {
        "a function"
    } else if value.is_symbol() {
        "a symbol"
    } else if value.is_bigint() {
        "a bigint"
    } else {
        OBJECT
    }
}

/// Reads a text that may be a secret.
#[inline(never)]
pub(in crate::wasm) fn text(value: &JsValue, field: &str) -> Result<Zeroizing<String>, Error> {
    text_within(MAX_TEXT, value, field)
}

/// Reads the text of an envelope.
pub(in crate::wasm) fn envelope(value: &JsValue) -> Result<String, Error> {
    text_within(MAX_ENVELOPE, value, "envelope").map(|mut text| core::mem::take(&mut *text))
}

/// Reads a list of texts that are no secrets.
#[inline(never)]
pub(in crate::wasm) fn texts(value: &JsValue, field: &str) -> Result<Vec<String>, Error> {
    let mut texts = Vec::new();
    for item in list(value, field)? {
        texts.push(core::mem::take(&mut *text(&item, field)?));
    }
    Ok(texts)
}

fn text_within(limit: u32, value: &JsValue, field: &str) -> Result<Zeroizing<String>, Error> {
    well_formed(limit, value)
        .map_err(|got| other_kind(field, got, &format!("a text of at most {limit} UTF-16 code units")))
}

/// Reads a text, or returns the fault of the value.
#[inline(never)]
fn well_formed(limit: u32, value: &JsValue) -> Result<Zeroizing<String>, &'static str> {
    let source = value.dyn_ref::<JsString>().ok_or_else(|| kind(value))?;
    if source.length() > limit {
        return Err("too long");
    }
    let text = utf8(source);
    // A lone surrogate has no UTF-8 form and becomes U+FFFD. The sealed text would differ from the one passed in. A
    // text of as many bytes as code units is all ASCII.
    let is_ascii = usize::try_from(source.length()).is_ok_and(|units| units == text.len());
    if !is_ascii && text.as_bytes().contains(&REPLACEMENT_BEGINS) && *value != JsValue::from_str(&text) {
        return Err("not well-formed UTF-16");
    }
    Ok(text)
}

/// The first byte of U+FFFD in UTF-8.
const REPLACEMENT_BEGINS: u8 = 0xef;

/// Copies a text without leaving a second copy behind.
///
/// The glue of `String::from` would enlarge its buffer at the first character beyond ASCII, and not wipe the old one.
fn utf8(source: &JsString) -> Zeroizing<String> {
    let units = usize::try_from(source.length()).unwrap_or(0);
    let mut bytes = Zeroizing::new(vec![0; units]);
    if encode_into(source, &mut bytes).read() != source.length() {
        // A UTF-16 code unit takes three bytes at most.
        bytes = Zeroizing::new(vec![0; units.saturating_mul(3)]);
        let written = encode_into(source, &mut bytes).written();
        bytes.truncate(usize::try_from(written).unwrap_or(0));
    }
    Zeroizing::new(String::from_utf8(core::mem::take(&mut *bytes)).unwrap_or_default())
}

thread_local! {
    static ENCODER: TextEncoder = TextEncoder::new();
}

fn encode_into(source: &JsString, buffer: &mut [u8]) -> Progress {
    ENCODER.with(|encoder| encoder.encode_into(source, buffer))
}

/// Reads the current time.
#[inline(never)]
pub(in crate::wasm) fn now(value: &JsValue) -> Result<UnixMillis, Error> {
    present(number_or_nan(value))
}

/// Reads an instant.
#[inline(never)]
pub(in crate::wasm) fn time(value: &JsValue, field: &str) -> Result<UnixMillis, Error> {
    UnixMillis::from_number(number_or_nan(value), field)
}

/// Reads an instant, or `None` for null and undefined.
pub(in crate::wasm) fn optional_time(value: &JsValue, field: &str) -> Result<Option<UnixMillis>, Error> {
    if is_absent(value) { Ok(None) } else { time(value, field).map(Some) }
}

/// Reads a truth value. Nothing is converted to one.
#[inline(never)]
pub(in crate::wasm) fn truth(value: &JsValue, field: &str) -> Result<bool, Error> {
    value.as_bool().ok_or_else(|| other_kind(field, kind(value), "a truth value"))
}

fn number_or_nan(value: &JsValue) -> f64 {
    value.as_f64().unwrap_or(f64::NAN)
}

/// Reads the current time from a number.
///
/// Zero is refused, because JavaScript converts `null` to zero, and no session would be expired at that time.
pub(in crate::wasm) fn present(value: f64) -> Result<UnixMillis, Error> {
    let now = UnixMillis::from_number(value, "nowMs")?;
    if now.get() == 0 {
        return Err(Error::new(Code::InvalidTime, "nowMs", "nowMs is 0, which is not a present time"));
    }
    Ok(now)
}

#[inline(never)]
pub(super) fn count(value: &JsValue) -> Option<u64> {
    value.as_f64().and_then(number::whole).and_then(|whole| u64::try_from(whole).ok())
}

/// Reads the items of a list.
#[inline(never)]
pub(in crate::wasm) fn list(value: &JsValue, field: &str) -> Result<Array, Error> {
    let items = if is_list(value) { items_of(value).ok_or(UNREADABLE_LIST) } else { Err(kind(value)) };
    items.map_err(|got| other_kind(field, got, "a list"))
}

/// Returns the items of a list; `None` if it has not as many values as its length says, as with gaps.
#[inline(never)]
pub(super) fn items_of(list: &JsValue) -> Option<Array> {
    let items = own_values(list).ok()?;
    let length = read_property(list, "length").ok()?.as_f64();
    (length == Some(f64::from(items.length()))).then_some(items)
}

/// An object's own properties.
pub(in crate::wasm) struct Object {
    /// A copy without a prototype and without getters.
    plain: JsValue,
    /// The name of the object in errors.
    field: &'static str,
}

impl Object {
    /// Reads the properties of an object; `field` is named in errors.
    #[inline(never)]
    pub(in crate::wasm) fn read(value: &JsValue, field: &'static str) -> Result<Self, Error> {
        let copy = || assign(&create(&JsValue::NULL), value).map_err(|_| UNREADABLE);
        let plain = if kind(value) == OBJECT { copy() } else { Err(kind(value)) };
        plain.map(|plain| Self { plain, field }).map_err(|got| other_kind(field, got, "an object"))
    }

    /// Returns a property, or undefined.
    pub(in crate::wasm) fn get(&self, name: &str) -> JsValue {
        property(&self.plain, name)
    }

    /// Refuses a value that the property does not take.
    #[inline(never)]
    pub(in crate::wasm) fn wrong(&self, name: &str, takes: &str) -> Error {
        wrong(&self.path(name), takes)
    }

    /// Returns a property that is a text.
    #[inline(never)]
    pub(in crate::wasm) fn text(&self, name: &str) -> Result<Zeroizing<String>, Error> {
        text(&self.get(name), &self.path(name))
    }

    /// Returns a property that is an instant or a span.
    #[inline(never)]
    pub(in crate::wasm) fn time(&self, name: &str) -> Result<UnixMillis, Error> {
        time(&self.get(name), &self.path(name))
    }

    /// Returns a property that is an `Uint8Array`.
    pub(in crate::wasm) fn bytes(&self, name: &str) -> Result<Vec<u8>, Error> {
        let given = self.get(name);
        let copy = if given.is_instance_of::<Uint8Array>() { copy_bytes(&given).ok() } else { None };
        copy.map(|bytes| bytes.to_vec()).ok_or_else(|| self.wrong(name, "an Uint8Array"))
    }

    /// Returns a property that is a `Float64Array`.
    pub(in crate::wasm) fn numbers(&self, name: &str) -> Result<Vec<f64>, Error> {
        let given = self.get(name);
        let copy = if given.is_instance_of::<Float64Array>() { copy_numbers(&given).ok() } else { None };
        copy.map(|numbers| numbers.to_vec()).ok_or_else(|| self.wrong(name, "a Float64Array"))
    }

    #[inline(never)]
    fn path(&self, name: &str) -> String {
        [self.field, ".", name].concat()
    }
}
