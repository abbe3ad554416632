//! Kept trees back to XML.

use super::error::EncodeError;
use super::value::illegal;
use crate::element::{Element, Node, QualifiedName};
use crate::xml::writer::XmlWriter;
use crate::xml::{SCHEMA, SCHEMA_INSTANCE};

/// Writes a tree as it was read: same names, types, attributes and text, every namespace declared
/// where it is needed.
pub(super) fn element(xml: &mut XmlWriter, element: &Element) -> Result<(), EncodeError> {
    named_element(xml, element, &element.name)
}

/// Writes a tree under another name.
pub(super) fn named_element(
    xml: &mut XmlWriter,
    element: &Element,
    name: &QualifiedName,
) -> Result<(), EncodeError> {
    let local = &*name.local;
    let fail = |error| illegal(error).within(local, None);
    xml.open_tag(local);
    xml.attribute("xmlns", &name.namespace).map_err(fail)?;
    if let Some(type_name) = &element.type_name {
        xml.attribute("xmlns:xsi", SCHEMA_INSTANCE).map_err(fail)?;
        type_attribute(xml, type_name, &name.namespace).map_err(fail)?;
    }
    for (index, (name, value)) in element.attributes.iter().enumerate() {
        if name.namespace.is_empty() {
            xml.attribute(&name.local, value).map_err(fail)?;
        } else {
            let prefix = format!("a{index}");
            xml.attribute(&format!("xmlns:{prefix}"), &name.namespace)
                .map_err(fail)?;
            xml.attribute(&format!("{prefix}:{}", name.local), value)
                .map_err(fail)?;
        }
    }
    xml.close_tag();
    for child in &element.children {
        match child {
            Node::Element(child) => {
                self::element(xml, child).map_err(|error| error.within(local, None))?
            }
            Node::Text(text) => xml.text(text).map_err(fail)?,
        }
    }
    xml.end(local);
    Ok(())
}

/// `xsi:type` for a name in any namespace.
pub(super) fn type_attribute(
    xml: &mut XmlWriter,
    name: &QualifiedName,
    default_namespace: &str,
) -> Result<(), crate::xml::writer::IllegalCharacter> {
    if *name.namespace == *default_namespace {
        xml.attribute("xsi:type", &name.local)
    } else if *name.namespace == *SCHEMA {
        xml.attribute("xmlns:xsd", SCHEMA)?;
        xml.attribute("xsi:type", &format!("xsd:{}", name.local))
    } else {
        xml.attribute("xmlns:t", &name.namespace)?;
        xml.attribute("xsi:type", &format!("t:{}", name.local))
    }
}
