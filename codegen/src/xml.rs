//! Reading one XML document strictly: whatever the caller does not ask for is an error that names it.

use roxmltree::{Document, Node, ParsingOptions, TextPos};

use crate::diagnostic::{Diagnostic, Problem};
use crate::source::{FileId, Position, SourceFile, Sources};

/// The namespace of XML Schema.
pub(crate) const XSD: &str = "http://www.w3.org/2001/XMLSchema";
/// The namespace of WSDL 1.1.
pub(crate) const WSDL: &str = "http://schemas.xmlsoap.org/wsdl/";
/// The namespace of the SOAP binding of WSDL 1.1.
pub(crate) const SOAP: &str = "http://schemas.xmlsoap.org/wsdl/soap/";

/// A name with its namespace.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct QName {
    /// The namespace's URI.
    pub namespace: String,
    /// The name in it.
    pub local: String,
}

/// Parses a file's text.
///
/// # Errors
/// When the text is not well-formed XML, or has a document type definition.
pub(crate) fn parse(file: &SourceFile) -> Result<Document<'_>, Diagnostic> {
    let text = file.text();
    let start = text.trim_start_matches('\u{feff}').trim_start();
    let at = text.len() - start.len();
    let fail = |problem, offset| Err(Diagnostic::new(problem).located(file.locate(offset)));
    if start.is_empty() {
        return fail(Problem::EmptyFile, 0);
    }
    let options = ParsingOptions {
        allow_dtd: false,
        ..ParsingOptions::default()
    };
    match Document::parse_with_options(text, options) {
        Ok(document) => Ok(document),
        Err(_) if is_html(start) => fail(Problem::HtmlPage, at).map_err(|error| {
            error.help("a server may answer with a login or error page; fetch the document again, logged in")
        }),
        Err(_) if !start.starts_with('<') => fail(Problem::NotXml, at),
        Err(roxmltree::Error::DtdDetected) => fail(Problem::DocumentType, text.find("<!DOCTYPE").unwrap_or(at)),
        Err(roxmltree::Error::UnclosedRootNode | roxmltree::Error::UnexpectedEndOfStream) => {
            let end = text.trim_end().len();
            fail(Problem::BrokenXml("it ends before its root element is closed".into()), end)
                .map_err(|error| error.help("the file is probably truncated"))
        }
        Err(error) => fail(Problem::BrokenXml(without_place(&error)), offset_of(text, error.pos())),
    }
}

fn is_html(start: &str) -> bool {
    let head: String = start
        .chars()
        .take(200)
        .collect::<String>()
        .to_ascii_lowercase();
    head.starts_with("<!doctype html") || head.starts_with("<html") || head.contains("<html")
}

/// The parser's message ends with its own "at row:column", which the excerpt says better.
fn without_place(error: &roxmltree::Error) -> String {
    let message = error.to_string();
    message.split(" at ").next().unwrap_or(&message).to_owned()
}

fn offset_of(text: &str, place: TextPos) -> usize {
    let line_start: usize = text
        .split_inclusive('\n')
        .take(place.row.saturating_sub(1) as usize)
        .map(str::len)
        .sum();
    let line = &text[line_start..];
    let column = place.col.saturating_sub(1) as usize;
    line_start
        + line
            .char_indices()
            .nth(column)
            .map_or(line.len(), |(offset, _)| offset)
}

/// An element of a document, with the means to read it strictly.
#[derive(Clone, Copy)]
pub(crate) struct Element<'a, 'input> {
    node: Node<'a, 'input>,
    file: FileId,
    sources: &'a Sources,
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
        Position {
            file: self.file,
            offset: self.node.range().start,
        }
    }

    /// Whether it is the element `name` of `namespace`.
    pub(crate) fn is(&self, namespace: &str, name: &str) -> bool {
        self.node.tag_name().namespace() == Some(namespace) && self.node.tag_name().name() == name
    }

    /// Its name if it is of `namespace`, and nothing otherwise.
    pub(crate) fn name_in(&self, namespace: &str) -> &'input str {
        if self.node.tag_name().namespace() == Some(namespace) {
            self.node.tag_name().name()
        } else {
            ""
        }
    }

    /// The element for a message: its name and, where it has one, the value of its `name`.
    pub(crate) fn describe(&self) -> String {
        let tag = self.node.tag_name().name();
        match self.node.attribute("name") {
            Some(name) => format!("{tag} `{name}`"),
            None => format!("`{tag}`"),
        }
    }

    /// A diagnostic at this element.
    pub(crate) fn error(&self, problem: Problem) -> Diagnostic {
        Diagnostic::at(problem, self.sources, self.position())
    }

    /// The diagnostic for this element standing where the dialect has none of its kind.
    pub(crate) fn refuse(&self) -> Diagnostic {
        let within = match self.node.parent_element() {
            Some(parent) => Self {
                node: parent,
                ..*self
            }
            .describe(),
            None => "the document".to_owned(),
        };
        self.error(Problem::OutsideDialect {
            construct: format!("element `{}`", self.node.tag_name().name()),
            within,
        })
    }

    /// An attribute.
    pub(crate) fn attribute(&self, name: &str) -> Option<&'a str> {
        self.node.attribute(name)
    }

    /// An attribute that must be there.
    pub(crate) fn required(&self, name: &'static str) -> Result<&'a str, Diagnostic> {
        self.attribute(name).ok_or_else(|| {
            self.error(Problem::MissingAttribute {
                attribute: name,
                element: self.describe(),
            })
        })
    }

    /// An attribute that must be there and be a legal XML name without prefix.
    pub(crate) fn required_name(&self, name: &'static str) -> Result<String, Diagnostic> {
        let value = self.required(name)?;
        let mut characters = value.chars();
        let starts = characters
            .next()
            .is_some_and(|c| c.is_alphabetic() || c == '_');
        if starts && characters.all(|c| c.is_alphanumeric() || "_-.".contains(c)) {
            Ok(value.to_owned())
        } else {
            Err(self.refuse_value(name, value))
        }
    }

    /// The diagnostic for an attribute's value that the dialect does not have.
    pub(crate) fn refuse_value(&self, attribute: &str, value: &str) -> Diagnostic {
        let position = self
            .node
            .attribute_node(attribute)
            .map_or(self.position(), |attribute| Position {
                file: self.file,
                offset: attribute.range().start,
            });
        let construct = format!("{attribute}=\"{value}\"");
        Diagnostic::at(
            Problem::OutsideDialect {
                construct,
                within: self.describe(),
            },
            self.sources,
            position,
        )
    }

    /// Refuses every attribute that is not in `known`.
    pub(crate) fn only_attributes(&self, known: &[&str]) -> Result<(), Diagnostic> {
        for attribute in self.node.attributes() {
            if attribute.namespace().is_some() || !known.contains(&attribute.name()) {
                let position = Position {
                    file: self.file,
                    offset: attribute.range().start,
                };
                let construct = format!("attribute `{}`", attribute.name());
                let problem = Problem::OutsideDialect {
                    construct,
                    within: self.describe(),
                };
                return Err(Diagnostic::at(problem, self.sources, position));
            }
        }
        Ok(())
    }

    /// Refuses any value of an attribute but those given; the attribute may be absent.
    pub(crate) fn only_values(&self, attribute: &str, values: &[&str]) -> Result<(), Diagnostic> {
        match self.attribute(attribute) {
            Some(value) if !values.contains(&value) => Err(self.refuse_value(attribute, value)),
            _ => Ok(()),
        }
    }

    /// The child elements in order, without documentation.
    ///
    /// # Errors
    /// When there is text between them.
    pub(crate) fn children(&self) -> Result<Vec<Self>, Diagnostic> {
        let mut children = Vec::new();
        for node in self.node.children() {
            let child = Self { node, ..*self };
            if node.is_element() {
                if !(child.is(XSD, "annotation") || child.is(WSDL, "documentation")) {
                    children.push(child);
                }
            } else if node
                .text()
                .is_some_and(|text| node.is_text() && !text.trim().is_empty())
            {
                let text = node.text().unwrap_or_default();
                let offset = node.range().start + (text.len() - text.trim_start().len());
                let construct = format!(
                    "text `{}`",
                    text.trim().chars().take(40).collect::<String>()
                );
                let problem = Problem::OutsideDialect {
                    construct,
                    within: self.describe(),
                };
                let position = Position {
                    file: self.file,
                    offset,
                };
                return Err(Diagnostic::at(problem, self.sources, position));
            }
        }
        Ok(children)
    }

    /// The only child element; `None` when there is no child at all.
    pub(crate) fn only_child(&self) -> Result<Option<Self>, Diagnostic> {
        let children = self.children()?;
        match children.as_slice() {
            [] => Ok(None),
            [child] => Ok(Some(*child)),
            [_, second, ..] => Err(second.refuse()),
        }
    }

    /// Refuses any child.
    pub(crate) fn no_children(&self) -> Result<(), Diagnostic> {
        match self.children()?.first() {
            Some(child) => Err(child.refuse()),
            None => Ok(()),
        }
    }

    /// The qualified name that an attribute's value stands for.
    pub(crate) fn required_qname(&self, attribute: &'static str) -> Result<QName, Diagnostic> {
        let value = self.required(attribute)?;
        let (prefix, local) = match value.split_once(':') {
            Some((prefix, local)) => (Some(prefix), local),
            None => (None, value),
        };
        let namespace = match (self.node.lookup_namespace_uri(prefix), prefix) {
            (Some(namespace), _) => namespace,
            (None, None) => "",
            (None, Some(_)) => return Err(self.error(Problem::UnknownPrefix(value.to_owned()))),
        };
        Ok(QName {
            namespace: namespace.to_owned(),
            local: local.to_owned(),
        })
    }
}
