//! Values to XML, in the order and with the types that servers insist on.

mod envelope;
mod error;
mod raw;
mod value;

use crate::erased::{Field, ValueRef};
use crate::service::Service;
use crate::xml::writer::XmlWriter;
use crate::xml::{SCHEMA, SCHEMA_INSTANCE};

pub(crate) use envelope::encode_request;
pub use error::{EncodeError, EncodeErrorKind};

use value::ValueEncoder;
#[cfg(any(feature = "json", feature = "serde"))]
pub(crate) use value::was_never_set;

/// Encodes a value as a document of its own, such as one to be saved.
///
/// The root element has the name given. For a list it holds an element of that name for each item;
/// for no value it has `xsi:nil`. [`from_xml`](crate::decode::from_xml) reads such documents.
///
/// # Errors
/// When a text holds a character that XML cannot carry, or the name given is no name in XML.
pub fn to_xml<F: Field>(
    name: &str,
    value: &F,
    service: &'static Service,
) -> Result<String, EncodeError> {
    let mut xml = XmlWriter::new();
    let declarations = [
        ("xmlns", service.namespace),
        ("xmlns:xsd", SCHEMA),
        ("xmlns:xsi", SCHEMA_INSTANCE),
    ];
    xml.open_tag_checked(name)?;
    for (prefix, uri) in declarations {
        xml.attribute(prefix, uri)?;
    }
    ValueEncoder::new(&mut xml, service.namespace)
        .root(name, ValueRef::of(value), F::SHAPE.kind)
        .map_err(|error| error.within(name, None))?;
    Ok(xml.into_string())
}
