//! What a newer server sends of an object beyond what its type describes.

use std::fmt;

use crate::budget::{Budget, OverBudget, block};
use crate::element::{Element, QualifiedName};
use crate::erased::Owned;

/// Content of a data object that this version of the API does not describe.
///
/// Every data object begins with one; it is empty, and one pointer in size, unless a server sent
/// more than the type has. It is encoded again with the object, so that reading, changing and
/// writing back an object of a newer server loses nothing.
#[derive(Clone, Default, PartialEq)]
pub struct Extra(Option<Box<Content>>);

#[derive(Clone, Default, PartialEq)]
struct Content {
    type_name: Option<QualifiedName>,
    attributes: Vec<(QualifiedName, Box<str>)>,
    elements: Vec<Element>,
}

impl Extra {
    /// Whether the object holds nothing beyond its type.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_none()
    }

    /// The type that the server named, where it is not one that is known here.
    #[must_use]
    pub fn type_name(&self) -> Option<&QualifiedName> {
        self.0.as_ref()?.type_name.as_ref()
    }

    /// The attributes of the object's element, with their values, in the order sent. No type has any.
    #[must_use]
    pub fn attributes(&self) -> &[(QualifiedName, Box<str>)] {
        self.0.as_ref().map_or(&[], |content| &content.attributes)
    }

    /// The elements that the type does not have, in the order sent.
    #[must_use]
    pub fn elements(&self) -> &[Element] {
        self.0.as_ref().map_or(&[], |content| &content.elements)
    }

    /// Sets the type that is sent in place of the object's own.
    pub fn set_type_name(&mut self, name: QualifiedName) {
        self.content().type_name = Some(name);
    }

    /// Adds an attribute.
    pub fn push_attribute(&mut self, name: QualifiedName, value: impl Into<Box<str>>) {
        self.content().attributes.push((name, value.into()));
    }

    /// Adds an element, which is sent after the fields of the type.
    pub fn push_element(&mut self, element: Element) {
        self.content().elements.push(element);
    }

    /// As [`Self::set_type_name`], within a budget that the name was taken from.
    pub(crate) fn keep_type_name(
        &mut self,
        name: QualifiedName,
        budget: &mut Budget,
    ) -> Result<(), OverBudget> {
        self.content_within(budget)?.type_name = Some(name);
        Ok(())
    }

    /// As [`Self::push_attribute`], within a budget that name and value were taken from.
    pub(crate) fn keep_attribute(
        &mut self,
        name: QualifiedName,
        value: Box<str>,
        budget: &mut Budget,
    ) -> Result<(), OverBudget> {
        let content = self.content_within(budget)?;
        budget.push(&mut content.attributes, (name, value))
    }

    /// As [`Self::push_element`], within a budget that the element was taken from.
    pub(crate) fn keep_element(
        &mut self,
        element: Element,
        budget: &mut Budget,
    ) -> Result<(), OverBudget> {
        let content = self.content_within(budget)?;
        budget.push(&mut content.elements, element)
    }

    fn content_within(&mut self, budget: &mut Budget) -> Result<&mut Content, OverBudget> {
        if self.0.is_none() {
            budget.take(size_of::<Content>())?;
        }
        Ok(self.content())
    }

    /// What is kept takes besides the place of the `Extra` itself.
    pub(crate) fn owned(&self) -> u64 {
        let Some(content) = &self.0 else { return 0 };
        let attributes = content.attributes.iter();
        let attributes = attributes.map(|(name, value)| name.owned() + block(value.len()));
        block(size_of::<Content>())
            + content.type_name.as_ref().map_or(0, Owned::owned)
            + block(size_of_val(&*content.attributes))
            + attributes.sum::<u64>()
            + block(size_of_val(&*content.elements))
            + content.elements.iter().map(Owned::owned).sum::<u64>()
    }

    fn content(&mut self) -> &mut Content {
        self.0.get_or_insert_default()
    }
}

impl fmt::Debug for Extra {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut shown = f.debug_struct("Extra");
        if let Some(name) = self.type_name() {
            shown.field("type", name);
        }
        // Names only: what is unknown may be a secret as well as anything else.
        if !self.attributes().is_empty() {
            let names: Vec<_> = self.attributes().iter().map(|(name, _)| name).collect();
            shown.field("attributes", &names);
        }
        let names: Vec<_> = self.elements().iter().map(|e| &e.name).collect();
        shown.field("elements", &names).finish()
    }
}
