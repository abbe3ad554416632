//! An element of a document, with the means to read it strictly.

use roxmltree::{Document, Node};

use super::lexical::{collapse, shortened};
use super::{XSD, label};
use crate::diagnostic::{Diagnostic, Problem};
use crate::source::{FileId, Position, Sources};

/// An element.
#[derive(Clone, Copy)]
pub(crate) struct Element<'a, 'input> {
    pub(super) node: Node<'a, 'input>,
    pub(super) file: FileId,
    pub(super) sources: &'a Sources,
}

impl<'a, 'input> Element<'a, 'input> {
    /// The root element of a document.
    pub(crate) fn root(document: &'a Document<'input>, file: FileId, sources: &'a Sources) -> Self {
        Self {
            node: document.root_element(),
            file,
            sources,
        }
    }

    /// Where the element starts.
    pub(crate) fn position(&self) -> Position {
        self.position_at(self.node.range().start)
    }

    /// A place in the element's file.
    pub(super) fn position_at(&self, offset: usize) -> Position {
        Position {
            file: self.file,
            offset,
        }
    }

    /// Its namespace, if it has one.
    pub(super) fn namespace(&self) -> Option<&'a str> {
        let namespace = self.node.tag_name().namespace();
        namespace.filter(|namespace| !namespace.is_empty())
    }

    /// Whether it is the element `name` of `namespace`.
    pub(crate) fn is(&self, namespace: &str, name: &str) -> bool {
        self.namespace() == Some(namespace) && self.node.tag_name().name() == name
    }

    /// Its name if it is of `namespace`, and nothing otherwise.
    pub(crate) fn name_in(&self, namespace: &str) -> &'input str {
        if self.namespace() == Some(namespace) {
            self.node.tag_name().name()
        } else {
            ""
        }
    }

    /// The element for a message: its name and, where it has one, the value of its `name`.
    pub(crate) fn describe(&self) -> String {
        let tag = shortened(self.node.tag_name().name());
        match self.raw("name") {
            Some(name) => format!("{tag} `{}`", shortened(&collapse(name))),
            None => format!("`{tag}`"),
        }
    }

    /// The element for a message that says what it is in the words of XML: `` element `address` of
    /// SOAP 1.1 ``.
    pub(crate) fn describe_in_full(&self) -> String {
        let tag = shortened(self.node.tag_name().name());
        let name = match self.raw("name") {
            Some(name) => format!(" (name `{}`)", shortened(&collapse(name))),
            None => String::new(),
        };
        let namespace = label(self.namespace());
        format!("element `{tag}`{name} of {namespace}")
    }

    /// What the element is in, for a message.
    fn describe_parent(&self) -> String {
        let parent = self.node.parent_element();
        let parent = parent.map(|node| Self { node, ..*self }.describe());
        parent.unwrap_or_else(|| "the document".to_owned())
    }

    /// A diagnostic at this element.
    pub(crate) fn error(&self, problem: Problem) -> Diagnostic {
        Diagnostic::at(problem, self.sources, self.position())
    }

    /// The diagnostic for this element, which the dialect does not have where it is, with what
    /// there is to say to that.
    pub(crate) fn refuse(&self, help: impl Into<String>) -> Diagnostic {
        let problem = Problem::OutsideDialect {
            construct: self.describe_in_full(),
            within: self.describe_parent(),
        };
        self.error(problem).help(help)
    }

    /// Whether it is `annotation` or `documentation`, of which nothing is read.
    pub(super) fn is_documentation(&self) -> bool {
        self.is(XSD, "annotation") || self.is(super::WSDL, "documentation")
    }
}
