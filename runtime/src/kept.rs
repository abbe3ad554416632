//! Which attributes an element can be kept with, so that it can be sent again.
//!
//! Attributes that no type describes come from servers, in XML or in the JSON form of it, and from
//! users. Written as they are, some of them would make the document malformed, or change what the
//! element is.

use std::cmp::Ordering;
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
pub(crate) fn refusals(attributes: &[Attribute], owner: Owner) -> Vec<Option<Refusal>> {
    let refusal = |(name, value): &Attribute| {
        if is_reserved(name, value, owner) {
            Some(Refusal::Reserved)
        } else if XmlWriter::check_name(&name.local).is_err() {
            Some(Refusal::Name)
        } else {
            None
        }
    };
    let mut refusals: Vec<_> = attributes.iter().map(refusal).collect();
    if attributes.len() > 1 {
        refuse_repeated(attributes, &mut refusals);
    }
    refusals
}

/// Marks each attribute that has the same name as an accepted one before it.
///
/// Sorting is cheaper than hashing: a comparison usually stops early, while a hash would read all
/// of a long namespace.
fn refuse_repeated(attributes: &[Attribute], refusals: &mut [Option<Refusal>]) {
    let mut order: Vec<usize> = (0..attributes.len())
        .filter(|&place| refusals[place].is_none())
        .collect();
    let compare =
        |one: usize, other: usize| compare_names(&attributes[one].0, &attributes[other].0);
    order.sort_unstable_by(|&one, &other| compare(one, other).then(one.cmp(&other)));
    for pair in order.windows(2) {
        if let &[before, place] = pair
            && compare(before, place).is_eq()
        {
            refusals[place] = Some(Refusal::Repeated);
        }
    }
}

/// A total order of names, by length first.
fn compare_names(one: &QualifiedName, other: &QualifiedName) -> Ordering {
    let lengths = |name: &QualifiedName| (name.local.len(), name.namespace.len());
    lengths(one)
        .cmp(&lengths(other))
        .then_with(|| one.local.cmp(&other.local))
        .then_with(|| match Arc::ptr_eq(&one.namespace, &other.namespace) {
            true => Ordering::Equal,
            false => one.namespace.cmp(&other.namespace),
        })
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
    let refusals = refusals(attributes, owner);
    let first = refusals.iter().position(Option::is_some)?;
    let name = attributes.get(first)?.0.local.to_string();
    let mut refusals = refusals.iter();
    attributes.retain(|_| matches!(refusals.next(), Some(None)));
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
