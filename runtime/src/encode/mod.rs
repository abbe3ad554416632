//! Values to XML, in the order and with the types that servers insist on.

mod envelope;
mod error;
mod raw;
mod value;

use crate::element::Element;
use crate::erased::{Field, ValueRef};
use crate::kept::Owner;
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
    open_root(&mut xml, name, service.namespace)?;
    ValueEncoder::new(&mut xml, service.namespace)
        .root(name, ValueRef::of(value), F::SHAPE.kind)
        .map_err(|error| error.within(name, None))?;
    Ok(xml.into_string())
}

/// Encodes a tree as a document of its own.
pub(crate) fn tree_to_xml(tree: &Element) -> Result<String, EncodeError> {
    let mut xml = XmlWriter::new();
    let (name, namespace) = (&*tree.name.local, &*tree.name.namespace);
    open_root(&mut xml, name, namespace)?;
    raw::content(&mut xml, tree, &tree.name, namespace, Owner::Element, 1)?;
    xml.end(name);
    Ok(xml.into_string())
}

/// Opens the tag of a root element, with the namespaces that values need.
fn open_root(xml: &mut XmlWriter, name: &str, namespace: &str) -> Result<(), EncodeError> {
    xml.open_tag_checked(name)?;
    for (prefix, uri) in [
        ("xmlns", namespace),
        ("xmlns:xsd", SCHEMA),
        ("xmlns:xsi", SCHEMA_INSTANCE),
    ] {
        xml.attribute(prefix, uri)?;
    }
    Ok(())
}
