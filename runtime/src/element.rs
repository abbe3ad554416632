//! XML kept as a tree, for content that no generated type describes.

use std::fmt;
use std::sync::Arc;

use crate::children::Children;
use crate::shown::{Hidden, Name};

/// A name with the namespace it belongs to.
///
/// `Debug` shows it without the namespace.
#[derive(Clone, Default, PartialEq, Eq, Hash)]
pub struct QualifiedName {
    /// The namespace URI, empty for none. Shared by the names that were decoded together.
    pub namespace: Arc<str>,
    /// The name without prefix.
    pub local: Box<str>,
}

/// An element with everything in it.
///
/// What no type describes may be a secret as well as anything else, so `Debug` shows the names of
/// the element, of its attributes and of the elements directly within it, and of texts the length.
#[derive(Clone, Default, PartialEq, Eq)]
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
///
/// `Debug` shows the name of an element, and the length of a text.
#[derive(Clone, PartialEq, Eq)]
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

impl fmt::Debug for QualifiedName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(&Name(&self.local), f)
    }
}

impl fmt::Debug for Element {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut shown = f.debug_struct("Element");
        shown.field("name", &self.name);
        if let Some(name) = &self.type_name {
            shown.field("type", name);
        }
        if !self.attributes.is_empty() {
            let names: Vec<_> = self.attributes.iter().map(|(name, _)| name).collect();
            shown.field("attributes", &names);
        }
        shown.field("children", &self.children).finish()
    }
}

impl fmt::Debug for Node {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Element(element) => element.name.fmt(f),
            Self::Text(text) => fmt::Debug::fmt(&Hidden(text), f),
        }
    }
}
