//! Kept trees back to XML.

use super::error::{EncodeError, EncodeErrorKind};
use crate::decode::{Limits, is_schema_type};
use crate::element::{Element, Node, QualifiedName};
use crate::kept::{Attribute, Owner, Refusal, refusals};
use crate::shown::{Hidden, Name};
use crate::xml::writer::{WriteError, XmlWriter};
use crate::xml::{SCHEMA, SCHEMA_INSTANCE, XML, XMLNS};

/// Writes a tree as it was read: same names, types, attributes and text, within an element with
/// this default namespace, of so many that are open. Where that does not hold, every namespace is
/// declared where it is needed.
pub(super) fn element(
    xml: &mut XmlWriter,
    element: &Element,
    default_namespace: &str,
    depth: usize,
) -> Result<(), EncodeError> {
    let begun = Begun::new(element, default_namespace);
    rest(xml, vec![begun], depth).map_err(|error| error.within(&element.name.local, None))
}

/// The rest of an element whose tag is open, but for its end tag: what the tree holds, under
/// another name. So many elements are open, with this one.
pub(super) fn content(
    xml: &mut XmlWriter,
    element: &Element,
    name: &QualifiedName,
    default_namespace: &str,
    owner: Owner,
    depth: usize,
) -> Result<(), EncodeError> {
    tag(xml, element, &name.namespace, default_namespace, owner)?;
    for child in &element.children {
        match child {
            Node::Element(child) => self::element(xml, child, &name.namespace, depth)?,
            Node::Text(text) => xml.text(text)?,
        }
    }
    Ok(())
}

/// An element that is being written.
struct Begun<'e> {
    element: &'e Element,
    /// The default namespace around it.
    outer: &'e str,
    /// What is still to be written within; `None` where not even the tag is.
    children: Option<std::slice::Iter<'e, Node>>,
}

impl<'e> Begun<'e> {
    fn new(element: &'e Element, outer: &'e str) -> Self {
        Self {
            element,
            outer,
            children: None,
        }
    }
}

/// Writes elements to their ends. They are kept in a list, outermost first, so that the stack that
/// is needed does not depend on the tree. The path of an error begins within the first of them.
fn rest(xml: &mut XmlWriter, mut open: Vec<Begun<'_>>, depth: usize) -> Result<(), EncodeError> {
    let written = steps(xml, &mut open, depth);
    written.map_err(|error| {
        let within = open.iter().skip(1).rev();
        within.fold(error, |error, begun| {
            error.within(&begun.element.name.local, None)
        })
    })
}

fn steps<'e>(
    xml: &mut XmlWriter,
    open: &mut Vec<Begun<'e>>,
    depth: usize,
) -> Result<(), EncodeError> {
    while !open.is_empty() {
        let is_too_deep = depth + open.len() > Limits::MAX_DEPTH;
        let Some(innermost) = open.last_mut() else {
            break;
        };
        match &mut innermost.children {
            None if is_too_deep => return Err(EncodeError::too_deep()),
            None => begin(xml, innermost)?,
            Some(children) => match children.next() {
                Some(Node::Element(child)) => {
                    let outer = &*innermost.element.name.namespace;
                    open.push(Begun::new(child, outer));
                }
                Some(Node::Text(text)) => xml.text(text)?,
                None => {
                    xml.end(&innermost.element.name.local);
                    open.pop();
                }
            },
        }
    }
    Ok(())
}

fn begin(xml: &mut XmlWriter, begun: &mut Begun<'_>) -> Result<(), EncodeError> {
    let element = begun.element;
    xml.open_tag_checked(&element.name.local)?;
    tag(
        xml,
        element,
        &element.name.namespace,
        begun.outer,
        Owner::Element,
    )?;
    begun.children = Some(element.children.iter());
    Ok(())
}

/// The rest of the tag of an element in a namespace.
fn tag(
    xml: &mut XmlWriter,
    element: &Element,
    namespace: &str,
    default_namespace: &str,
    owner: Owner,
) -> Result<(), EncodeError> {
    if namespace != default_namespace {
        declare(xml, "xmlns", namespace)?;
    }
    if let Some(type_name) = &element.type_name {
        type_attribute(xml, type_name, namespace)?;
    }
    attributes(xml, &element.attributes, owner)?;
    xml.close_tag();
    Ok(())
}

/// The attributes of an element whose tag is open.
pub(super) fn attributes(
    xml: &mut XmlWriter,
    attributes: &[Attribute],
    owner: Owner,
) -> Result<(), EncodeError> {
    let refusals = refusals(attributes, owner);
    let mut declared = Vec::new();
    for ((name, value), refusal) in attributes.iter().zip(refusals) {
        if let Some(refusal) = refusal {
            let shown = Name(&name.local).to_string();
            return Err(EncodeError::new(match refusal {
                Refusal::Name => EncodeErrorKind::Name(Hidden(&name.local).to_string()),
                Refusal::Reserved => EncodeErrorKind::ReservedAttribute(shown),
                Refusal::Repeated => EncodeErrorKind::RepeatedAttribute(shown),
            }));
        }
        attribute(xml, &mut declared, name, value)?;
    }
    Ok(())
}

/// Writes an attribute. `declared` holds the namespaces that have a prefix on this element so far.
fn attribute<'a>(
    xml: &mut XmlWriter,
    declared: &mut Vec<&'a str>,
    name: &'a QualifiedName,
    value: &str,
) -> Result<(), WriteError> {
    let local = &name.local;
    match &*name.namespace {
        "" => xml.attribute(local, value),
        XML => xml.attribute(&format!("xml:{local}"), value),
        SCHEMA_INSTANCE => xml.attribute(&format!("xsi:{local}"), value),
        namespace => {
            let place = declared.iter().position(|it| *it == namespace);
            let prefix = format!("a{}", place.unwrap_or(declared.len()));
            if place.is_none() {
                xml.attribute(&format!("xmlns:{prefix}"), namespace)?;
                declared.push(namespace);
            }
            xml.attribute(&format!("{prefix}:{local}"), value)
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
