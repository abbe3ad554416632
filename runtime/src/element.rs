//! XML kept as a tree, for content that no generated type describes.

use std::sync::Arc;

use crate::children::Children;

/// A name with the namespace it belongs to.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct QualifiedName {
    /// The namespace URI, empty for none. Shared by the names that were decoded together.
    pub namespace: Arc<str>,
    /// The name without prefix.
    pub local: Box<str>,
}

/// An element with everything in it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Element {
    /// The element's name.
    pub name: QualifiedName,
    /// The `xsi:type`, resolved.
    pub type_name: Option<QualifiedName>,
    /// All other attributes but namespace declarations.
    pub attributes: Vec<(QualifiedName, Box<str>)>,
    /// What the element holds, in order.
    pub children: Children,
}

/// What an element may hold.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Node {
    /// A child element.
    Element(Element),
    /// Text, entities resolved.
    Text(Box<str>),
}

impl Element {
    /// An element with the same tag, and this in it.
    pub(crate) fn with_children(&self, children: Children) -> Self {
        Self {
            name: self.name.clone(),
            type_name: self.type_name.clone(),
            attributes: self.attributes.clone(),
            children,
        }
    }

    /// Whether all but what they hold is equal.
    pub(crate) fn has_same_tag(&self, other: &Self) -> bool {
        (&self.name, &self.type_name, &self.attributes)
            == (&other.name, &other.type_name, &other.attributes)
    }

    /// The text directly within the element.
    #[must_use]
    pub fn text(&self) -> String {
        self.children
            .iter()
            .filter_map(|child| match child {
                Node::Text(text) => Some(&**text),
                Node::Element(_) => None,
            })
            .collect()
    }

    /// The child elements.
    pub fn elements(&self) -> impl Iterator<Item = &Element> {
        self.children.iter().filter_map(|child| match child {
            Node::Element(element) => Some(element),
            Node::Text(_) => None,
        })
    }
}
