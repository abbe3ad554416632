//! Keeps what no type describes as a tree.

use super::error::DecodeErrorKind;
use crate::element::{Element, Node};
use crate::xml::reader::{Reader, StartTag};

/// The open elements of a tree under construction, outermost first.
#[derive(Debug, Default)]
pub(super) struct RawTree {
    open: Vec<Element>,
}

impl RawTree {
    pub(super) fn start(
        &mut self,
        tag: &StartTag<'_>,
        reader: &Reader,
    ) -> Result<(), DecodeErrorKind> {
        self.open.push(Element {
            name: reader.element_name(tag),
            type_name: tag.type_name.map(|name| reader.qualified(name)),
            attributes: reader.kept_attributes(tag)?,
            children: Vec::new(),
        });
        Ok(())
    }

    pub(super) fn text(&mut self, text: &str) {
        if let Some(element) = self.open.last_mut() {
            match element.children.last_mut() {
                // A text that came in pieces, or with a comment or CDATA section in it.
                Some(Node::Text(before)) => *before = format!("{before}{text}").into(),
                _ => element.children.push(Node::Text(text.into())),
            }
        }
    }

    /// Closes the innermost element; returns the tree when it was the outermost.
    pub(super) fn end(&mut self) -> Option<Element> {
        let mut element = self.open.pop()?;
        if element.elements().next().is_some() {
            // White space between elements is layout.
            let is_layout =
                |node: &Node| matches!(node, Node::Text(text) if text.trim_ascii().is_empty());
            element.children.retain(|node| !is_layout(node));
        }
        match self.open.last_mut() {
            Some(parent) => {
                parent.children.push(Node::Element(element));
                None
            }
            None => Some(element),
        }
    }
}
