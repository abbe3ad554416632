//! Which attributes an element can be kept with, so that it can be sent again.
//!
//! Attributes that no type describes come from servers, in XML or in the JSON form of it, and from
//! users. Written as they are, some of them would make the document malformed, or change what the
//! element is.

use std::collections::HashMap;
use std::sync::Arc;

use crate::element::QualifiedName;
#[cfg(any(feature = "json", feature = "serde"))]
use crate::element::{Element, Node};
use crate::xml::writer::XmlWriter;
use crate::xml::{SCHEMA_INSTANCE, XMLNS};

/// An attribute with its value.
pub(crate) type Attribute = (QualifiedName, Box<str>);

/// What the element is that has the attributes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Owner {
    /// A value, or the element of a data object: whether it is nil is not for an attribute to say.
    Value,
    /// An element within a tree.
    Element,
}

/// Why an attribute cannot be written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Refusal {
    /// Its name is not one that XML allows.
    Name,
    /// It declares a namespace, or says what the element itself says: `xsi:type`, `xsi:nil`.
    Reserved,
    /// The element has it twice.
    Repeated,
}

/// For each attribute in turn, why it cannot be written after those before it.
pub(crate) fn refusals(
    attributes: &[Attribute],
    owner: Owner,
) -> impl Iterator<Item = Option<Refusal>> {
    // By the name without its namespace, which may be long, and is mostly the same one.
    let mut seen: HashMap<&str, Vec<&Arc<str>>> = HashMap::new();
    let is_single = attributes.len() == 1;
    attributes.iter().map(move |(name, value)| {
        if is_reserved(name, value, owner) {
            Some(Refusal::Reserved)
        } else if XmlWriter::check_name(&name.local).is_err() {
            Some(Refusal::Name)
        } else if !is_single && is_repeated(seen.entry(&name.local).or_default(), name) {
            Some(Refusal::Repeated)
        } else {
            None
        }
    })
}

/// Whether the namespace of the name is among those seen, to which it is added.
fn is_repeated<'a>(seen: &mut Vec<&'a Arc<str>>, name: &'a QualifiedName) -> bool {
    let namespace = &name.namespace;
    if seen
        .iter()
        .any(|it| Arc::ptr_eq(it, namespace) || *it == namespace)
    {
        return true;
    }
    seen.push(namespace);
    false
}

fn is_reserved(name: &QualifiedName, value: &str, owner: Owner) -> bool {
    match (&*name.namespace, &*name.local) {
        ("", "xmlns") | (XMLNS, _) | (SCHEMA_INSTANCE, "type") => true,
        (SCHEMA_INSTANCE, "nil") => {
            owner == Owner::Value && matches!(value.trim_ascii(), "true" | "1")
        }
        _ => false,
    }
}

/// Removes the attributes that cannot be written; returns the name of the first.
pub(crate) fn drop_refused(attributes: &mut Vec<Attribute>, owner: Owner) -> Option<String> {
    let first = refusals(attributes, owner).position(|refusal| refusal.is_some())?;
    let name = attributes.get(first)?.0.local.to_string();
    let refused: Vec<_> = refusals(attributes, owner).collect();
    let mut refused = refused.iter();
    attributes.retain(|_| matches!(refused.next(), Some(None)));
    attributes.shrink_to_fit();
    Some(name)
}

/// Removes from a tree the attributes that cannot be written; returns the name of one of them.
#[cfg(any(feature = "json", feature = "serde"))]
pub(crate) fn drop_refused_in(tree: &mut Element, owner: Owner) -> Option<String> {
    let mut dropped = drop_refused(&mut tree.attributes, owner);
    let mut open = vec![tree];
    while let Some(element) = open.pop() {
        for child in &mut element.children {
            if let Node::Element(child) = child {
                let of_child = drop_refused(&mut child.attributes, Owner::Element);
                dropped = dropped.or(of_child);
                open.push(child);
            }
        }
    }
    dropped
}
