//! Kept trees back to XML.

use super::error::{EncodeError, EncodeErrorKind};
use crate::decode::is_schema_type;
use crate::element::{Element, Node, QualifiedName};
use crate::kept::{Attribute, Owner, Refusal, refusals};
use crate::xml::writer::{WriteError, XmlWriter};
use crate::xml::{SCHEMA, SCHEMA_INSTANCE, XML, XMLNS};

/// Writes a tree as it was read: same names, types, attributes and text, within an element with
/// this default namespace. Where that does not hold, every namespace is declared where it is needed.
pub(super) fn element(
    xml: &mut XmlWriter,
    element: &Element,
    default_namespace: &str,
) -> Result<(), EncodeError> {
    let name = &*element.name.local;
    let within = |error: EncodeError| error.within(name, None);
    xml.open_tag_checked(name)
        .map_err(|error| within(error.into()))?;
    content(
        xml,
        element,
        &element.name,
        default_namespace,
        Owner::Element,
    )
    .map_err(within)?;
    xml.end(name);
    Ok(())
}

/// The rest of an element whose tag is open, but for its end tag: what the tree holds, under
/// another name.
pub(super) fn content(
    xml: &mut XmlWriter,
    element: &Element,
    name: &QualifiedName,
    default_namespace: &str,
    owner: Owner,
) -> Result<(), EncodeError> {
    let namespace = &*name.namespace;
    if namespace != default_namespace {
        declare(xml, "xmlns", namespace)?;
    }
    if let Some(type_name) = &element.type_name {
        type_attribute(xml, type_name, namespace)?;
    }
    attributes(xml, &element.attributes, owner)?;
    xml.close_tag();
    for child in &element.children {
        match child {
            Node::Element(child) => self::element(xml, child, namespace)?,
            Node::Text(text) => xml.text(text)?,
        }
    }
    Ok(())
}

/// The attributes of an element whose tag is open.
pub(super) fn attributes(
    xml: &mut XmlWriter,
    attributes: &[Attribute],
    owner: Owner,
) -> Result<(), EncodeError> {
    let refusals = refusals(attributes, owner);
    for (index, ((name, value), refusal)) in attributes.iter().zip(refusals).enumerate() {
        if let Some(refusal) = refusal {
            let name = name.local.to_string();
            return Err(EncodeError::new(match refusal {
                Refusal::Name => EncodeErrorKind::Name(name),
                Refusal::Reserved => EncodeErrorKind::ReservedAttribute(name),
                Refusal::Repeated => EncodeErrorKind::RepeatedAttribute(name),
            }));
        }
        attribute(xml, index, name, value)?;
    }
    Ok(())
}

fn attribute(
    xml: &mut XmlWriter,
    index: usize,
    name: &QualifiedName,
    value: &str,
) -> Result<(), WriteError> {
    let local = &name.local;
    match &*name.namespace {
        "" => xml.attribute(local, value),
        XML => xml.attribute(&format!("xml:{local}"), value),
        SCHEMA_INSTANCE => xml.attribute(&format!("xsi:{local}"), value),
        namespace => {
            xml.attribute(&format!("xmlns:a{index}"), namespace)?;
            xml.attribute(&format!("a{index}:{local}"), value)
        }
    }
}

/// Declares a namespace, by an attribute with this name.
fn declare(xml: &mut XmlWriter, name: &str, namespace: &str) -> Result<(), EncodeError> {
    // These two have prefixes that no document may declare.
    if matches!(namespace, XML | XMLNS) {
        let kind = EncodeErrorKind::ReservedNamespace(namespace.to_owned());
        return Err(EncodeError::new(kind));
    }
    Ok(xml.attribute(name, namespace)?)
}

/// `xsi:type` for a name in any namespace.
pub(super) fn type_attribute(
    xml: &mut XmlWriter,
    name: &QualifiedName,
    default_namespace: &str,
) -> Result<(), EncodeError> {
    let local = &name.local;
    let written = match &*name.namespace {
        // A prefix that nothing declared is part of the name.
        "" => xml.attribute("xsi:type", local),
        namespace if namespace == default_namespace && is_plain(local) => {
            xml.attribute("xsi:type", local)
        }
        SCHEMA => xml.attribute("xsi:type", &format!("xsd:{local}")),
        namespace => {
            declare(xml, "xmlns:t", namespace)?;
            xml.attribute("xsi:type", &format!("t:{local}"))
        }
    };
    Ok(written?)
}

/// Whether the name of a type is taken for one of the default namespace where it stands by itself.
fn is_plain(local: &str) -> bool {
    !local.contains(':') && !is_schema_type(local)
}
