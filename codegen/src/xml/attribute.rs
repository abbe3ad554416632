//! Attributes, each read as its type: the one place where their values are normalised.
//!
//! XML Schema keeps the whitespace in values of strings and collapses it in those of all other
//! types, names, qualified names, URIs and numbers among them.

use std::borrow::Cow;

use roxmltree::Attribute;

use super::lexical::{check_name, collapse, shortened};
use super::{Element, QName, XML, XSI, label};
use crate::diagnostic::{Diagnostic, Diagnostics, Problem};

/// How often something may occur.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Occurs {
    /// Not at all.
    Never,
    /// One time.
    Once,
    /// Any number of times.
    Unbounded,
}

/// Whether an attribute says nothing of what is read: those that XML Schema allows on every element
/// of any document, and those of XML itself but for `xml:base`, on which locations would depend.
fn is_of_no_concern(attribute: &Attribute<'_, '_>) -> bool {
    match attribute.namespace() {
        Some(XSI) => true,
        Some(XML) => attribute.name() != "base",
        _ => false,
    }
}

/// Several texts as a choice: `a`, `b` or `c`.
pub(super) fn alternatives(texts: &[String]) -> String {
    match texts {
        [] => String::new(),
        [only] => only.clone(),
        [others @ .., last] => format!("{} or {last}", others.join(", ")),
    }
}

/// The number that is 0 or 1. It may have a sign and any zeros in front; a minus only if it is 0.
fn small_number(text: &str) -> Option<Occurs> {
    let digits = text.strip_prefix(['+', '-']).unwrap_or(text);
    let is_number = !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit());
    match digits.trim_start_matches('0') {
        _ if !is_number => None,
        "" => Some(Occurs::Never),
        "1" if !text.starts_with('-') => Some(Occurs::Once),
        _ => None,
    }
}

fn quoted(values: &[&str]) -> String {
    let quoted: Vec<String> = values.iter().map(|value| format!("`{value}`")).collect();
    alternatives(&quoted)
}

impl<'a, 'input> Element<'a, 'input> {
    /// An attribute without namespace.
    fn attribute(&self, name: &str) -> Option<Attribute<'a, 'input>> {
        // roxmltree's own look-up by a name alone would take `xsi:type` for `type`.
        let mut attributes = self.node.attributes();
        attributes.find(|attribute| attribute.namespace().is_none() && attribute.name() == name)
    }

    /// The value of an attribute as XML has it.
    pub(super) fn raw(&self, name: &str) -> Option<&'a str> {
        self.attribute(name).map(|attribute| attribute.value())
    }

    /// The value of an attribute whose type is not a string.
    fn collapsed(&self, name: &str) -> Option<Cow<'a, str>> {
        self.raw(name).map(collapse)
    }

    fn missing(&self, attribute: &'static str) -> Diagnostic {
        self.error(Problem::MissingAttribute {
            attribute,
            element: self.describe(),
        })
        .help("the dialect requires it; see \"The dialect\" in the README of vmomi-codegen")
    }

    /// Whether the attribute is there.
    pub(crate) fn has(&self, name: &str) -> bool {
        self.attribute(name).is_some()
    }

    /// A string, as it is written.
    pub(crate) fn required_string(&self, name: &'static str) -> Result<&'a str, Diagnostic> {
        self.raw(name).ok_or_else(|| self.missing(name))
    }

    /// A URI, which is not empty.
    pub(crate) fn required_uri(&self, name: &'static str) -> Result<String, Diagnostic> {
        let uri = self.required_uri_or_empty(name)?;
        if uri.is_empty() {
            return Err(self.refuse_value(name).help("it may not be empty"));
        }
        Ok(uri)
    }

    /// A URI, or nothing between the quotes.
    pub(crate) fn required_uri_or_empty(&self, name: &'static str) -> Result<String, Diagnostic> {
        let uri = self.collapsed(name).ok_or_else(|| self.missing(name))?;
        Ok(uri.into_owned())
    }

    /// A name without prefix.
    pub(crate) fn required_name(&self, name: &'static str) -> Result<String, Diagnostic> {
        let value = self.collapsed(name).ok_or_else(|| self.missing(name))?;
        match check_name(&value) {
            Ok(()) => Ok(value.into_owned()),
            Err(rule) => Err(self.refuse_value(name).help(rule)),
        }
    }

    /// The qualified name that a value is.
    pub(crate) fn required_qname(&self, name: &'static str) -> Result<QName, Diagnostic> {
        let value = self.collapsed(name).ok_or_else(|| self.missing(name))?;
        let (prefix, local) = match value.split_once(':') {
            Some((prefix, local)) => (Some(prefix), local),
            None => (None, &*value),
        };
        for part in prefix.into_iter().chain([local]) {
            if let Err(rule) = check_name(part) {
                let form = "a qualified name is a name, or a prefix, a colon and a name";
                return Err(self.refuse_value(name).help(form).help(rule));
            }
        }
        let namespace = match (self.node.lookup_namespace_uri(prefix), prefix) {
            (Some(namespace), _) => namespace,
            (None, None) => "",
            (None, Some(prefix)) => {
                let help = format!("declare it on the root element: xmlns:{prefix}=\"...\"");
                let problem = Problem::UnknownPrefix(value.into_owned());
                return Err(self.at_attribute(name, problem).help(help));
            }
        };
        Ok(QName {
            namespace: namespace.to_owned(),
            local: local.to_owned(),
        })
    }

    /// Refuses any value but those given, where whitespace around it does not matter; the attribute
    /// may be absent.
    pub(crate) fn only_tokens(&self, name: &str, values: &[&str]) -> Result<(), Diagnostic> {
        match self.collapsed(name) {
            Some(value) if !values.contains(&&*value) => {
                let rule = format!("its value may be {}", quoted(values));
                Err(self.refuse_value(name).help(rule))
            }
            _ => Ok(()),
        }
    }

    /// Refuses any value but this string, to the letter; the attribute may be absent.
    pub(crate) fn only_string(&self, name: &str, only: &str) -> Result<(), Diagnostic> {
        match self.raw(name) {
            Some(value) if value != only => {
                let rule = format!("its value may be `{only}`");
                Err(self.refuse_value(name).help(rule))
            }
            _ => Ok(()),
        }
    }

    /// Refuses a boolean that is not false; the attribute may be absent.
    pub(crate) fn never_true(&self, name: &str) -> Result<(), Diagnostic> {
        self.only_tokens(name, &["false", "0"])
    }

    /// How often something occurs; once, if the attribute is absent. Other numbers than 0 and 1 are
    /// outside the dialect, and of those only the ones given are in it.
    pub(crate) fn occurs(&self, name: &str, allowed: &[Occurs]) -> Result<Occurs, Diagnostic> {
        let Some(value) = self.collapsed(name) else {
            return Ok(Occurs::Once);
        };
        let occurs = match &*value {
            "unbounded" => Some(Occurs::Unbounded),
            number => small_number(number),
        };
        if let Some(occurs) = occurs.filter(|occurs| allowed.contains(occurs)) {
            return Ok(occurs);
        }
        let name_of = |occurs: &Occurs| match occurs {
            Occurs::Never => "0",
            Occurs::Once => "1",
            Occurs::Unbounded => "unbounded",
        };
        let allowed: Vec<&str> = allowed.iter().map(name_of).collect();
        let rule = format!("its value may be {}", quoted(&allowed));
        Err(self.refuse_value(name).help(rule))
    }

    /// The diagnostic for an attribute's value that the dialect does not have.
    pub(crate) fn refuse_value(&self, attribute: &str) -> Diagnostic {
        let value = self.raw(attribute).unwrap_or_default();
        let problem = Problem::OutsideDialect {
            construct: format!("{attribute}=\"{}\"", shortened(value)),
            within: self.describe(),
        };
        self.at_attribute(attribute, problem)
    }

    fn at_attribute(&self, attribute: &str, problem: Problem) -> Diagnostic {
        let position = match self.attribute(attribute) {
            Some(attribute) => self.position_at(attribute.range().start),
            None => self.position(),
        };
        Diagnostic::at(problem, self.sources, position)
    }

    /// Refuses every attribute that is not among those known, but for those that say nothing of
    /// what is read.
    ///
    /// # Errors
    /// Each attribute that is refused.
    pub(crate) fn only_attributes(&self, known: &[&str]) -> Result<(), Diagnostics> {
        let is_known = |attribute: &Attribute<'_, '_>| {
            attribute.namespace().is_none() && known.contains(&attribute.name())
        };
        let refused = self
            .node
            .attributes()
            .filter(|attribute| !is_known(attribute) && !is_of_no_concern(attribute));
        let help = if known.is_empty() {
            "it may have no attributes".to_owned()
        } else {
            format!("its attributes may be {}", quoted(known))
        };
        let refused = refused.map(|attribute| {
            let namespace = attribute.namespace();
            let namespace = namespace.map(|namespace| format!(" of {}", label(Some(namespace))));
            let problem = Problem::OutsideDialect {
                construct: format!(
                    "attribute `{}`{}",
                    shortened(attribute.name()),
                    namespace.unwrap_or_default()
                ),
                within: self.describe(),
            };
            let position = self.position_at(attribute.range().start);
            Diagnostic::at(problem, self.sources, position).help(&*help)
        });
        Diagnostics::unless(refused.collect(), ())
    }
}
