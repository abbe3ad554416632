//! Keeps what no type describes as a tree.

use super::error::DecodeErrorKind;
use crate::budget::{Budget, OverBudget, block};
use crate::children::Children;
use crate::element::{Element, Node, QualifiedName};
use crate::erased::Owned;
use crate::kept::{self, Owner};
use crate::xml::reader::Reader;
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
        reader: &mut Reader,
        budget: &mut Budget,
    ) -> Result<(), DecodeErrorKind> {
        self.close_text(budget)?;
        let name = reader.element_name(tag)?;
        let type_name = tag
            .type_name
            .map(|name| reader.type_name(name))
            .transpose()?;
        let type_owned = type_name.as_ref().map_or(0, Owned::owned);
        budget.take_exactly(name.owned() + type_owned + reader.take_shared())?;
        let element = Element {
            name,
            type_name,
            attributes: attributes(tag, reader, budget)?,
            children: Children::new(),
        };
        budget.push(&mut self.open, element)?;
        Ok(())
    }

    pub(super) fn text(&mut self, text: &str, budget: &mut Budget) -> Result<(), OverBudget> {
        budget.push_scratch(&mut self.text, text)
    }

    /// Closes the innermost element; returns the tree when it was the outermost.
    pub(super) fn end(&mut self, budget: &mut Budget) -> Result<Option<Element>, OverBudget> {
        self.close_text(budget)?;
        let Some(mut element) = self.open.pop() else {
            return Ok(None);
        };
        if element.elements().next().is_some() {
            // White space between elements is layout.
            element.children.retain(|node| match node {
                Node::Text(text) if text.trim_ascii().is_empty() => {
                    budget.give_back(text.len());
                    false
                }
                _ => true,
            });
        }
        budget.shrink(&mut element.children);
        match self.open.last_mut() {
            Some(parent) => {
                budget.push(&mut parent.children, Node::Element(element))?;
                Ok(None)
            }
            None => Ok(Some(element)),
        }
    }

    /// Closes every element that is open; returns the tree, if there is one, without what there is
    /// no room for.
    pub(super) fn close(&mut self, budget: &mut Budget) -> Option<Element> {
        while !self.open.is_empty() {
            match self.end(budget) {
                Ok(Some(tree)) => return Some(tree),
                Ok(None) => {}
                Err(OverBudget) => self.text.clear(),
            }
        }
        None
    }

    fn close_text(&mut self, budget: &mut Budget) -> Result<(), OverBudget> {
        if let Some(element) = self.open.last_mut()
            && !self.text.is_empty()
        {
            budget.take(self.text.len())?;
            budget.push(&mut element.children, Node::Text(self.text.as_str().into()))?;
        }
        self.text.clear();
        Ok(())
    }
}

/// The attributes of a tag but those that are declarations or name a type.
pub(super) fn attributes(
    tag: &StartTag<'_>,
    reader: &mut Reader,
    budget: &mut Budget,
) -> Result<Vec<(QualifiedName, Box<str>)>, DecodeErrorKind> {
    // One tag at a time is within `tag_bytes`, so this is taken after it was allocated.
    let mut attributes = reader.kept_attributes(tag)?;
    // What cannot be sent again. Whether a value is nil was looked at before it is kept.
    let refused = kept::drop_refused(&mut attributes, Owner::Element);
    if let Some(name) = refused.filter(|_| reader.is_strict()) {
        return Err(DecodeErrorKind::UnknownAttribute(name));
    }
    attributes.shrink_to_fit();
    let owned = attributes.iter();
    let owned = owned.map(|(name, value)| name.owned() + block(value.len()));
    let places = block(size_of_val(&*attributes));
    budget.take_exactly(owned.sum::<u64>() + places + reader.take_shared())?;
    Ok(attributes)
}
