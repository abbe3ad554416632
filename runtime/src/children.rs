//! What an element holds, which may hold elements again.

use std::fmt;
use std::ops::{Deref, DerefMut};

use crate::element::{Element, Node};
use crate::level::{Level, TOO_DEEP};

/// The content of an [`Element`]: a `Vec<Node>` that may be nested as deep as memory allows.
///
/// Cloning, comparing and dropping it takes no more stack for a million elements within each other
/// than for a few, which a `Vec` that holds itself cannot do.
///
/// ```
/// use vmomi_runtime::{Element, Node};
///
/// let mut element = Element {
///     children: vec![Node::Text("text".into())].into(),
///     ..Element::default()
/// };
/// element.children.push(Node::Element(Element::default()));
/// ```
#[derive(Default)]
pub struct Children(Vec<Node>);

impl Children {
    /// No content.
    #[must_use]
    pub const fn new() -> Self {
        Self(Vec::new())
    }

    /// Returns the nodes.
    #[must_use]
    pub fn into_vec(mut self) -> Vec<Node> {
        std::mem::take(&mut self.0)
    }
}

/// How many levels are dropped by recursion. Responses have fewer, so that of them nothing is put
/// off.
const LEVELS: u32 = 32;

impl Drop for Children {
    fn drop(&mut self) {
        if self.0.is_empty() {
            return;
        }
        let mut later = Vec::new();
        drop_within(&mut self.0, LEVELS, &mut later);
        while let Some(mut nodes) = later.pop() {
            drop_within(&mut nodes, LEVELS, &mut later);
        }
    }
}

/// Drops what the elements hold, or keeps for later what lies further in than these levels.
fn drop_within(nodes: &mut [Node], levels_left: u32, later: &mut Vec<Vec<Node>>) {
    for node in nodes {
        let Node::Element(element) = node else {
            continue;
        };
        let mut children = std::mem::take(&mut element.children.0);
        match levels_left.checked_sub(1) {
            Some(levels_left) => drop_within(&mut children, levels_left, later),
            None if children.is_empty() => {}
            None => later.push(children),
        }
    }
}

impl Clone for Children {
    fn clone(&self) -> Self {
        /// An element of which the content is being copied.
        struct Open<'a> {
            element: &'a Element,
            rest: std::slice::Iter<'a, Node>,
            copies: Vec<Node>,
        }
        let mut open: Vec<Open<'_>> = Vec::new();
        let mut rest = self.0.iter();
        let mut copies = Vec::with_capacity(self.0.len());
        loop {
            match rest.next() {
                Some(Node::Text(text)) => copies.push(Node::Text(text.clone())),
                Some(Node::Element(element)) => {
                    let inner = &element.children.0;
                    let room = Vec::with_capacity(inner.len());
                    open.push(Open {
                        element,
                        rest: std::mem::replace(&mut rest, inner.iter()),
                        copies: std::mem::replace(&mut copies, room),
                    });
                }
                None => {
                    let Some(outer) = open.pop() else {
                        return Self(copies);
                    };
                    let copy = outer.element.with_children(Self(copies));
                    (rest, copies) = (outer.rest, outer.copies);
                    copies.push(Node::Element(copy));
                }
            }
        }
    }
}

impl PartialEq for Children {
    fn eq(&self, other: &Self) -> bool {
        let mut later = vec![(&self.0, &other.0)];
        while let Some((one, other)) = later.pop() {
            if one.len() != other.len() {
                return false;
            }
            for pair in one.iter().zip(other) {
                match pair {
                    (Node::Text(one), Node::Text(other)) if one == other => {}
                    (Node::Element(one), Node::Element(other)) if one.has_same_tag(other) => {
                        later.push((&one.children.0, &other.children.0));
                    }
                    _ => return false,
                }
            }
        }
        true
    }
}

impl Eq for Children {}

impl Deref for Children {
    type Target = Vec<Node>;

    fn deref(&self) -> &Vec<Node> {
        &self.0
    }
}

impl DerefMut for Children {
    fn deref_mut(&mut self) -> &mut Vec<Node> {
        &mut self.0
    }
}

impl fmt::Debug for Children {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match Level::enter() {
            Some(_level) => self.0.fmt(f),
            None => f.write_str(TOO_DEEP),
        }
    }
}

impl From<Vec<Node>> for Children {
    fn from(nodes: Vec<Node>) -> Self {
        Self(nodes)
    }
}

impl FromIterator<Node> for Children {
    fn from_iter<I: IntoIterator<Item = Node>>(nodes: I) -> Self {
        Self(nodes.into_iter().collect())
    }
}

impl IntoIterator for Children {
    type Item = Node;
    type IntoIter = std::vec::IntoIter<Node>;

    fn into_iter(self) -> Self::IntoIter {
        self.into_vec().into_iter()
    }
}

impl<'a> IntoIterator for &'a Children {
    type Item = &'a Node;
    type IntoIter = std::slice::Iter<'a, Node>;

    fn into_iter(self) -> Self::IntoIter {
        self.0.iter()
    }
}

impl<'a> IntoIterator for &'a mut Children {
    type Item = &'a mut Node;
    type IntoIter = std::slice::IterMut<'a, Node>;

    fn into_iter(self) -> Self::IntoIter {
        self.0.iter_mut()
    }
}
