//! The lexical rules of XML Schema: what is parsed and written, compared with an implementation
//! written from the specification alone.

mod exact;
mod forms;
mod parsing;
mod spec;
mod writing;

use vmomi_runtime::Any;
use vmomi_runtime::decode::{DecodeError, DecodeOptions};

use crate::documents::{decode_with, lenient, strict};

/// The options of one of the two modes.
fn options(is_strict: bool) -> DecodeOptions {
    if is_strict { strict() } else { lenient() }
}

/// What an element of this type of XML Schema with this text is decoded to.
fn from_xml(type_name: &str, text: &str, is_strict: bool) -> Result<Any, DecodeError> {
    let mut escaped = String::new();
    for character in text.chars() {
        match character {
            '&' | '<' | '>' | '\r' => escaped.push_str(&format!("&#{};", u32::from(character))),
            character => escaped.push(character),
        }
    }
    let attributes = format!("xsi:type='xsd:{type_name}'");
    decode_with(&attributes, &escaped, &options(is_strict))
}

/// What a JSON text is decoded to in place of a value of this type.
#[cfg(all(feature = "json", feature = "serde"))]
fn from_json(type_name: &str, text: &str, is_strict: bool) -> Result<Any, DecodeError> {
    let text = serde_json::to_string(text).expect("a text");
    from_json_value(type_name, &text, is_strict)
}

/// What a value of JSON is decoded to as one of this type.
#[cfg(all(feature = "json", feature = "serde"))]
fn from_json_value(type_name: &str, json: &str, is_strict: bool) -> Result<Any, DecodeError> {
    let document = format!(r#"{{"_typeName":"{type_name}","_value":{json}}}"#);
    vmomi_runtime::json::from_json(
        document.as_bytes(),
        &crate::support::TYPES,
        &options(is_strict),
    )
}
