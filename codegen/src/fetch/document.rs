//! One document that a server gave: whether it is one, and which others it names.

use std::ops::Range;

use roxmltree::Document as Xml;

use super::error::Unusable;

const WSDL: &str = "http://schemas.xmlsoap.org/wsdl/";
const XSD: &str = "http://www.w3.org/2001/XMLSchema";

/// A WSDL or XSD document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Document {
    pub(super) text: String,
    /// The end of the name that a file of it has.
    pub(super) extension: &'static str,
    pub(super) references: Vec<Reference>,
}

/// A place where a document names another.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Reference {
    pub(super) location: String,
    /// Where in the text that stands.
    range: Range<usize>,
}

/// Reads the body of an answer.
///
/// # Errors
/// When it is no WSDL or XSD document, or none that is complete.
pub(super) fn read(body: &[u8]) -> Result<Document, Unusable> {
    let text = std::str::from_utf8(body).map_err(|_| Unusable::NotUtf8)?;
    let text = text.trim_start_matches('\u{feff}');
    let start = text.trim_start();
    if start.is_empty() {
        return Err(Unusable::Empty);
    }
    if is_html(start) {
        return Err(Unusable::HtmlPage);
    }
    if !start.starts_with('<') {
        return Err(Unusable::NotXml);
    }
    let xml = Xml::parse(text).map_err(|error| Unusable::BrokenXml(error.to_string()))?;
    let root = xml.root_element();
    let extension = match (root.tag_name().namespace(), root.tag_name().name()) {
        (Some(WSDL), "definitions") => "wsdl",
        (Some(XSD), "schema") => "xsd",
        (_, name) => return Err(Unusable::OtherXml(name.to_owned())),
    };
    let references = xml.descendants().filter_map(|node| {
        let attribute = match (node.tag_name().namespace(), node.tag_name().name()) {
            (Some(WSDL), "import") => "location",
            (Some(XSD), "include" | "import") => "schemaLocation",
            _ => return None,
        };
        let attribute = node.attribute_node(attribute)?;
        Some(Reference {
            location: attribute.value().to_owned(),
            range: attribute.range_value(),
        })
    });
    Ok(Document {
        references: references.collect(),
        extension,
        text: text.to_owned(),
    })
}

impl Document {
    /// The text with the locations replaced by the names that files have. What is the same already stays as it is.
    pub(super) fn with_names(&self, name: impl Fn(&str) -> Option<String>) -> String {
        let mut text = self.text.clone();
        for reference in self.references.iter().rev() {
            if let Some(name) = name(&reference.location)
                && name != reference.location
            {
                text.replace_range(reference.range.clone(), &name);
            }
        }
        text
    }
}

fn is_html(text: &str) -> bool {
    let start: String = text.chars().take(14).collect();
    let start = start.to_ascii_lowercase();
    start.starts_with("<!doctype html") || start.starts_with("<html")
}
