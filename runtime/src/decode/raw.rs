//! Keeps what no type describes as a tree.

use super::error::DecodeErrorKind;
use super::limits::Budget;
use crate::element::{Element, Node, QualifiedName};
use crate::xml::XmlError;
use crate::xml::reader::{ReadError, Reader};
use crate::xml::start_tag::StartTag;

/// The open elements of a tree under construction, outermost first.
#[derive(Debug, Default)]
pub(super) struct RawTree {
    open: Vec<Element>,
    /// The text read since the last tag, which may have come in pieces.
    text: String,
}

impl RawTree {
    pub(super) fn start(
        &mut self,
        tag: &StartTag<'_>,
        reader: &Reader,
        budget: &mut Budget,
    ) -> Result<(), DecodeErrorKind> {
        self.close_text();
        let element = Element {
            name: reader.element_name(tag)?,
            type_name: tag
                .type_name
                .map(|name| reader.type_name(name))
                .transpose()
                .map_err(without_text)?,
            attributes: attributes(tag, reader, budget)?,
            children: Vec::new(),
        };
        budget.take(size_of::<Node>() + bytes_of(&element))?;
        self.open.push(element);
        Ok(())
    }

    pub(super) fn text(&mut self, text: &str, budget: &mut Budget) -> Result<(), DecodeErrorKind> {
        if self.text.is_empty() {
            budget.take(size_of::<Node>())?;
        }
        budget.take(text.len())?;
        self.text.push_str(text);
        Ok(())
    }

    /// Closes the innermost element; returns the tree when it was the outermost.
    pub(super) fn end(&mut self) -> Option<Element> {
        self.close_text();
        let mut element = self.open.pop()?;
        if element.elements().next().is_some() {
            // White space between elements is layout.
            let is_layout =
                |node: &Node| matches!(node, Node::Text(text) if text.trim_ascii().is_empty());
            element.children.retain(|node| !is_layout(node));
        }
        // A list has room for four as soon as it has one, for which the budget does not allow.
        element.children.shrink_to_fit();
        match self.open.last_mut() {
            Some(parent) => {
                parent.children.push(Node::Element(element));
                None
            }
            None => Some(element),
        }
    }

    fn close_text(&mut self) {
        if let Some(element) = self.open.last_mut()
            && !self.text.is_empty()
        {
            element.children.push(Node::Text(self.text.as_str().into()));
        }
        self.text.clear();
    }
}

/// The error without the text of an attribute, which may be a secret for all that is known here.
fn without_text(error: ReadError) -> ReadError {
    match error {
        ReadError::Xml(XmlError::BadEntity(_)) => XmlError::BadEntity("(secret)".into()).into(),
        error => error,
    }
}

/// The attributes of a tag but those that are declarations or name a type.
pub(super) fn attributes(
    tag: &StartTag<'_>,
    reader: &Reader,
    budget: &mut Budget,
) -> Result<Vec<(QualifiedName, Box<str>)>, DecodeErrorKind> {
    let mut attributes = reader.kept_attributes(tag).map_err(without_text)?;
    attributes.shrink_to_fit();
    for (name, value) in &attributes {
        let text = bytes_of_name(name) + value.len();
        budget.take(size_of::<(QualifiedName, Box<str>)>() + text)?;
    }
    Ok(attributes)
}

/// What the names of an element take. The server need not send a namespace again for every name in
/// it.
fn bytes_of(element: &Element) -> usize {
    bytes_of_name(&element.name) + element.type_name.as_ref().map_or(0, bytes_of_name)
}

fn bytes_of_name(name: &QualifiedName) -> usize {
    name.namespace.len() + name.local.len()
}
