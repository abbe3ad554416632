//! Values to XML, in the order and with the types that servers insist on.

mod envelope;
mod error;
mod raw;
mod scalar;
mod value;

use crate::erased::{Field, ValueRef};
use crate::service::Service;
use crate::xml::writer::XmlWriter;
use crate::xml::{SCHEMA, SCHEMA_INSTANCE};

pub(crate) use envelope::encode_request;
pub use error::EncodeError;

use value::ValueEncoder;

/// Encodes a value as a document of its own, such as one to be saved.
///
/// The root element has the name given; a list gives several elements side by side, so it is
/// wrapped in one more.
///
/// # Errors
/// When a text holds a character that XML cannot carry.
pub fn to_xml<F: Field>(
    name: &str,
    value: &F,
    service: &'static Service,
) -> Result<String, EncodeError> {
    let mut xml = XmlWriter::new();
    let value = ValueRef::of(value);
    let namespaces = [
        ("xmlns", service.namespace),
        ("xmlns:xsd", SCHEMA),
        ("xmlns:xsi", SCHEMA_INSTANCE),
    ];
    let mut encoder = ValueEncoder::new(&mut xml, service);
    encoder.root(name, value, F::SHAPE.kind, &namespaces)?;
    Ok(xml.into_string())
}
