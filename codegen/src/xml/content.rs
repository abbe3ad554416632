//! The children of an element, compared with those that the dialect has there.

use super::attribute::alternatives;
use super::lexical::{is_blank, shortened};
use super::{Element, label};
use crate::diagnostic::{Diagnostic, Diagnostics, Problem};

/// An element that the dialect has in some other one.
#[derive(Clone, Copy)]
pub(crate) struct Child {
    namespace: &'static str,
    name: &'static str,
    repeats: bool,
}

/// A child that there is at most one of.
pub(crate) const fn one(namespace: &'static str, name: &'static str) -> Child {
    Child {
        namespace,
        name,
        repeats: false,
    }
}

/// A child that there are any number of.
pub(crate) const fn many(namespace: &'static str, name: &'static str) -> Child {
    Child {
        namespace,
        name,
        repeats: true,
    }
}

impl Child {
    fn is(&self, element: &Element<'_, '_>) -> bool {
        element.is(self.namespace, self.name)
    }

    /// The child for a message about an element, with its namespace unless that is the element's
    /// own.
    fn describe_in(&self, element: &Element<'_, '_>) -> String {
        if element.namespace() == Some(self.namespace) {
            format!("`{}`", self.name)
        } else {
            format!("`{}` of {}", self.name, label(Some(self.namespace)))
        }
    }
}

impl Element<'_, '_> {
    /// The child elements in order, without documentation, and an error for each text between them.
    fn children(&self) -> (Vec<Self>, Vec<Diagnostic>) {
        let mut children = Vec::new();
        let mut errors = Vec::new();
        for node in self.node.children() {
            let child = Self { node, ..*self };
            if node.is_element() {
                if !child.is_documentation() {
                    children.push(child);
                }
            } else if let Some(text) = node.text().filter(|_| node.is_text())
                && !is_blank(text)
            {
                let blank = text.len() - text.trim_start().len();
                let problem = Problem::OutsideDialect {
                    construct: format!("text `{}`", shortened(text.trim())),
                    within: self.describe(),
                };
                let position = self.position_at(node.range().start + blank);
                let error = Diagnostic::at(problem, self.sources, position);
                errors.push(error.help("there may only be elements, and space between them"));
            }
        }
        (children, errors)
    }

    /// The child elements that the dialect has here, and an error for each of the others.
    fn sorted(&self, allowed: &[Child]) -> (Vec<Self>, Vec<Diagnostic>) {
        let mut firsts: Vec<Option<Self>> = vec![None; allowed.len()];
        let (mut known, mut unknown) = (Vec::new(), Vec::new());
        let (children, mut errors) = self.children();
        for child in children {
            let Some(index) = allowed.iter().position(|allowed| allowed.is(&child)) else {
                unknown.push(child);
                continue;
            };
            match firsts[index] {
                Some(first) if !allowed[index].repeats => {
                    errors.push(self.another(&child, &first));
                }
                _ => {
                    firsts[index] = Some(child);
                    known.push(child);
                }
            }
        }
        let possible = allowed.iter().zip(&firsts);
        let possible: Vec<Child> = possible
            .filter(|(allowed, first)| allowed.repeats || first.is_none())
            .map(|(allowed, _)| *allowed)
            .collect();
        let help = self.only(&possible);
        errors.extend(unknown.iter().map(|child| child.refuse(&*help)));
        (known, errors)
    }

    /// The child elements in order, without documentation, which are all among those that the
    /// dialect has here.
    ///
    /// # Errors
    /// Each child that is not, and each that is there again although there may be only one.
    pub(crate) fn content(&self, allowed: &[Child]) -> Result<Vec<Self>, Diagnostics> {
        let (known, errors) = self.sorted(allowed);
        Diagnostics::unless(errors, known)
    }

    /// The child elements that the dialect has here; the others are errors.
    pub(crate) fn content_or_errors(
        &self,
        allowed: &[Child],
        errors: &mut Vec<Diagnostic>,
    ) -> Vec<Self> {
        let (known, refused) = self.sorted(allowed);
        errors.extend(refused);
        known
    }

    /// The only child element but for documentation, one of those that the dialect has here; `None`
    /// when there is none.
    ///
    /// # Errors
    /// Each child that is not among them, and each after the one.
    pub(crate) fn one_of(&self, allowed: &[Child]) -> Result<Option<Self>, Diagnostics> {
        let (children, mut errors) = self.children();
        let is_allowed = |child: &Self| allowed.iter().any(|allowed| allowed.is(child));
        let first = children.iter().copied().find(is_allowed);
        let help = match first {
            Some(first) => format!(
                "{} may have nothing next to `{}`",
                self.describe(),
                first.node.tag_name().name()
            ),
            None => self.only(allowed),
        };
        for child in &children {
            match first {
                Some(first) if first.node == child.node => {}
                Some(first) if is_allowed(child) => errors.push(self.another(child, &first)),
                _ => errors.push(child.refuse(&*help)),
            }
        }
        Diagnostics::unless(errors, first)
    }

    /// The child that there must be, and no other.
    ///
    /// # Errors
    /// Those of [`one_of`](Self::one_of), or that it is missing.
    pub(crate) fn only_child(&self, child: Child) -> Result<Self, Diagnostics> {
        match self.one_of(&[child])? {
            Some(found) => Ok(found),
            None => Err(self.lacks(child).into()),
        }
    }

    /// Refuses any child.
    pub(crate) fn no_children(&self) -> Result<(), Diagnostics> {
        self.content(&[]).map(drop)
    }

    /// The diagnostic for this element, which lacks a child.
    pub(crate) fn lacks(&self, child: Child) -> Diagnostic {
        let child = child.describe_in(self);
        let message = format!("{} has no {child}", self.describe());
        self.error(Problem::Inconsistent(message))
    }

    /// The diagnostic for a child that cannot be next to another one.
    fn another(&self, child: &Self, first: &Self) -> Diagnostic {
        let (name, other) = (child.node.tag_name().name(), first.node.tag_name().name());
        let message = if name == other {
            format!("{} has more than one `{name}`", self.describe())
        } else {
            format!("{} has both `{other}` and `{name}`", self.describe())
        };
        let error = child.error(Problem::Inconsistent(message));
        error.related("the other", self.sources.locate(first.position()))
    }

    /// What the dialect has in this element that it does not have yet.
    fn only(&self, possible: &[Child]) -> String {
        let this = self.describe();
        if possible.is_empty() {
            return format!("{this} may have no such element in it");
        }
        let names: Vec<String> = possible
            .iter()
            .map(|child| child.describe_in(self))
            .collect();
        format!("{this} may have {}", alternatives(&names))
    }
}
