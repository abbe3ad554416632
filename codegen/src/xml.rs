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
    let fail = |problem, offset| Diagnostic::new(problem).located(file.locate(offset));
    if start.is_empty() {
        return Err(fail(Problem::EmptyFile, 0).help("copy or fetch it again"));
    }
    if is_html(start) {
        return Err(fail(Problem::HtmlPage, at).help(
            "a server may answer with a login or error page; fetch the document again, logged in",
        ));
    }
    let options = ParsingOptions {
        allow_dtd: false,
        ..ParsingOptions::default()
    };
    Document::parse_with_options(text, options).map_err(|error| match error {
        _ if !start.starts_with('<') => {
            fail(Problem::NotXml, at).help("name the .wsdl and .xsd files of a description")
        }
        roxmltree::Error::DtdDetected => {
            let offset = text.find("<!DOCTYPE").unwrap_or(at);
            fail(Problem::DocumentType, offset)
                .help("take it out, and write in full what its entities stand for; no vSphere description has one")
        }
        roxmltree::Error::UnclosedRootNode | roxmltree::Error::UnexpectedEndOfStream => {
            let cause = "it ends before its root element is closed";
            fail(Problem::BrokenXml(cause.into()), text.trim_end().len())
                .help("the file is probably truncated; copy or fetch it again")
        }
        error => fail(Problem::BrokenXml(without_place(&error)), offset_of(text, error.pos())),
    })
}

fn is_html(start: &str) -> bool {
    let head: String = start.chars().take(400).collect();
    let head = head.to_ascii_lowercase();
    let tag = head.find("<html").map(|tag| &head[tag + "<html".len()..]);
    head.starts_with("<!doctype html")
        || tag.is_some_and(|rest| rest.starts_with(|c: char| c == '>' || c.is_whitespace()))
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

/// A sentence that names what may be, or that nothing may.
fn choice(choices: &[&str], none: &str, some: &str) -> String {
    let Some((last, others)) = choices.split_last() else {
        return none.to_owned();
    };
    let quoted: Vec<String> = others.iter().map(|choice| format!("`{choice}`")).collect();
    if quoted.is_empty() {
        format!("{some} `{last}`")
    } else {
        format!("{some} {} or `{last}`", quoted.join(", "))
    }
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

    /// The diagnostic for this element standing where the dialect has none of its kind, but may have others.
    pub(crate) fn refuse(&self, others: &[&str]) -> Diagnostic {
        let help = choice(others, "nothing may stand here", "what may stand here is");
        self.refuse_because(help)
    }

    /// The diagnostic for this element standing where the dialect has none of its kind, for a reason.
    pub(crate) fn refuse_because(&self, reason: impl Into<String>) -> Diagnostic {
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
        .help(reason)
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
            .help("the dialect requires it; see \"The dialect\" in the README of vmomi-codegen")
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
            let rule =
                "a name is letters, digits, `_`, `-` and `.`, and begins with a letter or `_`";
            Err(self.refuse_value(name, value).help(rule))
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
                let error = Diagnostic::at(problem, self.sources, position);
                return Err(error.help(choice(
                    known,
                    "it may have no attributes",
                    "it may have the attributes",
                )));
            }
        }
        Ok(())
    }

    /// Refuses any value of an attribute but those given; the attribute may be absent.
    pub(crate) fn only_values(&self, attribute: &str, values: &[&str]) -> Result<(), Diagnostic> {
        match self.attribute(attribute) {
            Some(value) if !values.contains(&value) => {
                let rule = choice(values, "it may have no value", "its value may be");
                Err(self.refuse_value(attribute, value).help(rule))
            }
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
            [first, second, ..] => {
                let only = format!("{} is the only one that may stand here", first.describe());
                Err(second.refuse_because(only))
            }
        }
    }

    /// Refuses any child.
    pub(crate) fn no_children(&self) -> Result<(), Diagnostic> {
        match self.children()?.first() {
            Some(child) => Err(child.refuse(&[])),
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
            (None, Some(prefix)) => {
                let help = format!("declare it on the root element: xmlns:{prefix}=\"...\"");
                let problem = Problem::UnknownPrefix(value.to_owned());
                return Err(self.error(problem).help(help));
            }
        };
        Ok(QName {
            namespace: namespace.to_owned(),
            local: local.to_owned(),
        })
    }
}
