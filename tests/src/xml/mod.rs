//! Whether two XML documents say the same, and if not, where they first differ.
//!
//! Not told apart: prefixes, the order of attributes, comments, whitespace between elements,
//! CDATA, `xsi:schemaLocation`, and different spellings of one boolean, number or date-time.
//! Everything else counts: the order of elements, namespaces, the type that `xsi:type` names, and
//! whitespace in an element that has no children.

mod value;

use std::collections::BTreeMap;
use std::fmt;

use roxmltree::{Document, Node};

const XML_SCHEMA: &str = "http://www.w3.org/2001/XMLSchema";
const XML_SCHEMA_INSTANCE: &str = "http://www.w3.org/2001/XMLSchema-instance";

/// Why two documents are not equivalent.
#[derive(Debug, thiserror::Error)]
pub enum Mismatch {
    /// The expected document is not XML: the test's mistake.
    #[error("the expected document is not XML: {0}")]
    ExpectedIsNotXml(#[source] roxmltree::Error),
    /// The actual document is not XML.
    #[error("the actual document is not XML: {0}")]
    ActualIsNotXml(#[source] roxmltree::Error),
    /// The first place where the documents differ, in document order.
    #[error("{path}: expected {expected}, found {actual}")]
    Differs {
        /// The way to the place by local names, such as `returnval/objects[2]/obj/@type`. Where
        /// siblings share a name, an index from 0 says which of them; it counts those of the
        /// expected document.
        path: String,
        /// What the expected document holds there.
        expected: String,
        /// What the actual document holds there.
        actual: String,
    },
}

/// Whether two whole documents are equivalent, as by [`Comparison::default`].
///
/// # Errors
///
/// The first difference, or which of the two is not XML.
pub fn equivalent(expected: &str, actual: &str) -> Result<(), Mismatch> {
    Comparison::default().documents(expected, actual)
}

/// How to compare; the default tolerates nothing beyond what the module says.
#[derive(Clone, Copy, Debug, Default)]
pub struct Comparison {
    one_sided_types: bool,
}

impl Comparison {
    /// Tolerates an `xsi:type` that only one of the documents has.
    ///
    /// A server may name the type where it is the declared one anyway, and an encoder leave it
    /// out. Types that both name still have to agree.
    #[must_use]
    pub fn tolerating_one_sided_types(self) -> Self {
        Self {
            one_sided_types: true,
        }
    }

    /// Compares two whole documents.
    ///
    /// # Errors
    ///
    /// The first difference, or which of the two is not XML.
    pub fn documents(self, expected: &str, actual: &str) -> Result<(), Mismatch> {
        let expected = Document::parse(expected).map_err(Mismatch::ExpectedIsNotXml)?;
        let actual = Document::parse(actual).map_err(Mismatch::ActualIsNotXml)?;
        self.elements(expected.root_element(), actual.root_element())
    }

    /// Compares two elements of parsed documents with all that they hold.
    ///
    /// # Errors
    ///
    /// The first difference.
    pub fn elements(self, expected: Node<'_, '_>, actual: Node<'_, '_>) -> Result<(), Mismatch> {
        self.compare(expected, actual).map_err(|difference| {
            let mut path = difference.path;
            path.push(expected.tag_name().name().to_owned());
            path.reverse();
            Mismatch::Differs {
                path: path.join("/"),
                expected: difference.expected,
                actual: difference.actual,
            }
        })
    }

    fn compare(self, expected: Node<'_, '_>, actual: Node<'_, '_>) -> Result<(), Difference> {
        let (expected_name, actual_name) = (Name::of(expected), Name::of(actual));
        if expected_name != actual_name {
            return Err(Difference::of(
                element(&expected_name),
                element(&actual_name),
            ));
        }
        self.compare_attributes(expected, actual)?;
        if expected
            .children()
            .chain(actual.children())
            .any(|child| child.is_element())
        {
            compare_text(text(expected).trim(), text(actual).trim(), None)?;
            self.compare_children(expected, actual)
        } else {
            let declared = xsi_type(expected).or_else(|| xsi_type(actual));
            compare_text(&text(expected), &text(actual), declared)
        }
    }

    fn compare_attributes(
        self,
        expected: Node<'_, '_>,
        actual: Node<'_, '_>,
    ) -> Result<(), Difference> {
        let (mut expected, mut actual) = (attributes(expected), attributes(actual));
        if self.one_sided_types {
            let type_name = Name::new(Some(XML_SCHEMA_INSTANCE), "type");
            if !expected.contains_key(&type_name) || !actual.contains_key(&type_name) {
                expected.remove(&type_name);
                actual.remove(&type_name);
            }
        }
        for name in expected.keys().chain(actual.keys()) {
            let (expected, actual) = (expected.get(name), actual.get(name));
            if expected != actual {
                let describe = |value: Option<&String>| match value {
                    Some(value) => format!("{value:?}"),
                    None => "no such attribute".to_owned(),
                };
                let difference = Difference::of(describe(expected), describe(actual));
                return Err(difference.within(format!("@{}", name.local)));
            }
        }
        Ok(())
    }

    fn compare_children(
        self,
        expected: Node<'_, '_>,
        actual: Node<'_, '_>,
    ) -> Result<(), Difference> {
        let mut actual_children = actual.children().filter(Node::is_element);
        for expected_child in expected.children().filter(Node::is_element) {
            match actual_children.next() {
                Some(actual_child) => self.compare(expected_child, actual_child),
                None => Err(Difference::of(
                    element(&Name::of(expected_child)),
                    "the end of its parent".to_owned(),
                )),
            }
            .map_err(|difference| difference.within(segment(expected_child)))?;
        }
        match actual_children.next() {
            Some(extra) => Err(Difference::of(
                "no more elements".to_owned(),
                element(&Name::of(extra)),
            )),
            None => Ok(()),
        }
    }
}

/// A difference on its way up; the path grows from its end.
struct Difference {
    path: Vec<String>,
    expected: String,
    actual: String,
}

impl Difference {
    fn of(expected: String, actual: String) -> Self {
        Self {
            path: Vec::new(),
            expected,
            actual,
        }
    }

    fn within(mut self, segment: String) -> Self {
        self.path.push(segment);
        self
    }
}

fn compare_text(
    expected: &str,
    actual: &str,
    declared: Option<Name<'_>>,
) -> Result<(), Difference> {
    let is_text = declared == Some(Name::new(Some(XML_SCHEMA), "string"));
    if expected == actual || (!is_text && value::same(expected, actual)) {
        return Ok(());
    }
    let difference = Difference::of(format!("{expected:?}"), format!("{actual:?}"));
    Err(difference.within("text()".to_owned()))
}

/// A name with its prefix resolved.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Name<'a> {
    namespace: Option<&'a str>,
    local: &'a str,
}

impl<'a> Name<'a> {
    fn new(namespace: Option<&'a str>, local: &'a str) -> Self {
        Self {
            // `xmlns=""` puts a name in no namespace, and the parser calls that namespace "".
            namespace: namespace.filter(|namespace| !namespace.is_empty()),
            local,
        }
    }

    fn of(node: Node<'a, '_>) -> Self {
        let name = node.tag_name();
        Self::new(name.namespace(), name.name())
    }

    /// Resolves a name that stands in a value, where the default namespace applies.
    fn resolve(node: Node<'a, '_>, written: &'a str) -> Self {
        let written = written.trim();
        let (prefix, local) = match written.split_once(':') {
            Some((prefix, local)) => (Some(prefix), local),
            None => (None, written),
        };
        match (prefix, node.lookup_namespace_uri(prefix)) {
            (_, Some(namespace)) => Self::new(Some(namespace), local),
            (None, None) => Self::new(None, local),
            // Not declared, so there is nothing to resolve: it stays as it was written.
            (Some(_), None) => Self::new(None, written),
        }
    }
}

impl fmt::Display for Name<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.namespace {
            Some(namespace) => write!(f, "{{{namespace}}}{}", self.local),
            None => f.write_str(self.local),
        }
    }
}

fn element(name: &Name<'_>) -> String {
    format!("element {name}")
}

fn xsi_type<'a>(node: Node<'a, '_>) -> Option<Name<'a>> {
    let written = node.attribute((XML_SCHEMA_INSTANCE, "type"))?;
    Some(Name::resolve(node, written))
}

/// The attributes with their values in one form for each meaning.
fn attributes<'a>(node: Node<'a, '_>) -> BTreeMap<Name<'a>, String> {
    let mut attributes = BTreeMap::new();
    for attribute in node.attributes() {
        let name = Name::new(attribute.namespace(), attribute.name());
        let value = match (name.namespace, name.local) {
            (Some(XML_SCHEMA_INSTANCE), "schemaLocation" | "noNamespaceSchemaLocation") => continue,
            (Some(XML_SCHEMA_INSTANCE), "type") => {
                Name::resolve(node, attribute.value()).to_string()
            }
            (Some(XML_SCHEMA_INSTANCE), "nil") => match attribute.value().trim() {
                "1" => "true".to_owned(),
                "0" => "false".to_owned(),
                other => other.to_owned(),
            },
            _ => attribute.value().to_owned(),
        };
        attributes.insert(name, value);
    }
    attributes
}

/// The text directly within an element, whatever comments and elements stand between its parts.
fn text(node: Node<'_, '_>) -> String {
    node.children()
        .filter(Node::is_text)
        .filter_map(|child| child.text())
        .collect()
}

/// An element's step in a path: its name, and which one it is where siblings share the name.
fn segment(node: Node<'_, '_>) -> String {
    let name = node.tag_name();
    let namesakes = || {
        let siblings = node
            .parent()
            .into_iter()
            .flat_map(|parent| parent.children());
        siblings.filter(|sibling| sibling.is_element() && sibling.tag_name() == name)
    };
    if namesakes().nth(1).is_none() {
        return name.name().to_owned();
    }
    let index = namesakes().take_while(|sibling| *sibling != node).count();
    format!("{}[{index}]", name.name())
}

#[cfg(test)]
mod tests;
