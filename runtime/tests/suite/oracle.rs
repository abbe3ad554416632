//! The XML reader beside that of `quick-xml`: where both read a document they read the same, and
//! where only one does it is for a reason listed here. Used with generated and damaged documents
//! in `beside_quick_xml`, and with any bytes by the fuzz target `tokenizer`.
//!
//! What this crate refuses, and `quick-xml` by itself does not:
//! - names that XML does not have, such as `<1a>`, and attributes without proper quotes
//! - `<` within an attribute
//! - text outside the root, a second root
//! - references to undefined entities, and document types
//!
//! What this crate takes, and `quick-xml` refuses:
//! - an attribute twice: the first counts, of `xsi:type` the last. By two prefixes for one namespace,
//!   or for none, both take it, but only the first is kept. So are attributes that could not be sent
//!   again dropped
//! - prefixes bound to what they may not be, such as `xmlns:xml`, to nothing, or with characters
//!   that XML does not have
//! - instructions without a name, `<?>?>`
//!
//! What is read otherwise: line ends within attributes stay line ends; characters that XML does not
//! have become U+FFFD, but for two references to the halves of one; references within the names of
//! namespaces are resolved; the prefix `xmlns` stands for nothing.

use std::num::IntErrorKind;

use quick_xml::XmlVersion;
use quick_xml::errors::SyntaxError;
use quick_xml::escape::{EscapeError, ParseCharRefError};
use quick_xml::events::attributes::Attribute;
use quick_xml::events::{BytesStart, Event};
use quick_xml::name::{PrefixDeclaration, QName, ResolveResult};
use quick_xml::reader::NsReader;
use vmomi_runtime::decode::{DecodeErrorKind, from_xml};
use vmomi_runtime::{Any, Element, Node, QualifiedName, XmlError, to_xml};

use crate::documents::lenient;
use crate::support::*;

pub const SCHEMA_INSTANCE: &str = "http://www.w3.org/2001/XMLSchema-instance";

/// Why `quick-xml`, or what is added here to it, does not read a document.
#[derive(Debug)]
pub enum Refusal {
    /// What the list above says that this crate takes.
    Attributes,
    Namespaces,
    Instructions,
    /// Anything else.
    Other(String),
}

fn other(reason: impl std::fmt::Debug) -> Refusal {
    Refusal::Other(format!("{reason:?}"))
}

/// What the document holds, as `quick-xml` reads it.
pub fn oracle(document: &str) -> Result<Element, Refusal> {
    let mut reader = NsReader::from_str(document);
    let mut open: Vec<Element> = Vec::new();
    let mut root = None;
    // The first half of a character, where the last event was a reference to it.
    let mut first_half = None;
    loop {
        let event = reader.read_event().map_err(|error| match error {
            quick_xml::Error::Namespace(_) => Refusal::Namespaces,
            quick_xml::Error::InvalidAttr(_) => Refusal::Attributes,
            quick_xml::Error::Syntax(SyntaxError::UnclosedPI) => Refusal::Instructions,
            error => other(error),
        })?;
        let before = first_half.take();
        match event {
            Event::Start(tag) => open.push(element(&reader, &tag)?),
            Event::Empty(tag) => {
                let element = element(&reader, &tag)?;
                close(&mut open, &mut root, element)?;
            }
            Event::End(_) => {
                let element = open.pop().ok_or_else(|| other("an end without a start"))?;
                close(&mut open, &mut root, without_layout(element))?;
            }
            Event::Text(text) => add_text(&mut open, &marked(&text.xml10_content()))?,
            Event::CData(text) if open.is_empty() => return Err(other(text)),
            Event::CData(text) => add_text(&mut open, &marked(&text.xml10_content()))?,
            Event::GeneralRef(reference) if !open.is_empty() => {
                let character = match reference.resolve_char_ref() {
                    Ok(Some(character)) => marked(&character.to_string()),
                    Ok(None) => quick_xml::escape::resolve_predefined_entity(&reference)
                        .ok_or_else(|| other(&reference))?
                        .to_owned(),
                    Err(quick_xml::Error::Escape(error))
                        if is_of_no_character(&error) && is_number(&reference) =>
                    {
                        let half = half_of_character(&reference);
                        let both: Vec<u16> = before.into_iter().chain(half).collect();
                        match String::from_utf16(&both) {
                            Ok(character) if !character.is_empty() => {
                                take_mark(&mut open);
                                character
                            }
                            _ => {
                                first_half = half;
                                "\u{FFFD}".to_owned()
                            }
                        }
                    }
                    Err(error) => return Err(other(error)),
                };
                add_text(&mut open, &character)?;
            }
            Event::Comment(_) | Event::PI(_) | Event::Decl(_) => {}
            Event::GeneralRef(_) | Event::DocType(_) => return Err(other("refused")),
            Event::Eof => {
                return root
                    .filter(|_| open.is_empty())
                    .ok_or_else(|| other("no end"));
            }
        }
    }
}

fn element(reader: &NsReader<&[u8]>, tag: &BytesStart<'_>) -> Result<Element, Refusal> {
    let resolver = reader.resolver();
    let (resolved, local) = resolver.resolve_element(tag.name());
    let mut element = Element {
        name: QualifiedName {
            namespace: namespace(resolved).into(),
            local: local.as_ref().into(),
        },
        ..Element::default()
    };
    for attribute in tag.attributes() {
        let attribute = attribute.map_err(|_| Refusal::Attributes)?;
        if let Some(declaration) = attribute.key.as_namespace_binding() {
            check_references(&attribute.value)?;
            let is_of_prefix = matches!(declaration, PrefixDeclaration::Named(_));
            if is_of_prefix && attribute.value.is_empty() {
                return Err(Refusal::Namespaces);
            }
            continue;
        }
        let (resolved, local) = resolver.resolve_attribute(attribute.key);
        let namespace = namespace(resolved);
        let value = normalized_value(&attribute.value)?;
        if namespace == SCHEMA_INSTANCE && local.as_ref() == "type" {
            element.type_name = Some(type_name(reader, &attribute.value)?);
            continue;
        }
        let name = QualifiedName {
            namespace: namespace.into(),
            local: local.as_ref().into(),
        };
        // By a prefix that no one declared. Sent again, it would declare a namespace.
        let is_declaration = name.namespace.is_empty() && &*name.local == "xmlns";
        let can_be_sent = !is_declaration && to_xml(&name.local, &1, &SERVICE).is_ok();
        if can_be_sent && element.attributes.iter().all(|(other, _)| *other != name) {
            element.attributes.push((name, marked(&value).into()));
        }
    }
    Ok(element)
}

/// By hand, because it need not be a name. A prefix that no one declared is part of it.
fn type_name(reader: &NsReader<&[u8]>, raw: &str) -> Result<QualifiedName, Refusal> {
    let raw = raw.trim_matches([' ', '\t', '\r', '\n']);
    let (prefix, local) = raw.split_once(':').unwrap_or(("", raw));
    let name = match prefix {
        "" => "x".to_owned(),
        prefix => format!("{prefix}:x"),
    };
    let (resolved, _) = reader.resolver().resolve_element(QName(&name));
    let is_bound =
        matches!(resolved, ResolveResult::Bound(namespace) if namespace.0 != DECLARATIONS);
    let text = normalized_value(if is_bound { local } else { raw })?;
    Ok(QualifiedName {
        namespace: namespace(resolved).into(),
        local: marked(&text).into(),
    })
}

fn normalized_value(raw: &str) -> Result<String, Refusal> {
    let attribute = Attribute {
        key: QName("name"),
        value: raw.into(),
    };
    let normalized = attribute.normalized_value(XmlVersion::Implicit1_0);
    normalized.map(Into::into).map_err(|_| Refusal::Attributes)
}

/// Refuses references to what is not defined.
fn check_references(text: &str) -> Result<(), Refusal> {
    match quick_xml::escape::unescape(text) {
        Ok(_) => Ok(()),
        Err(error) if is_of_no_character(&error) => Err(Refusal::Namespaces),
        Err(error) => Err(other(error)),
    }
}

/// Whether a reference is one by number. Of one that is too large the rest is not looked at.
fn is_number(reference: &str) -> bool {
    match reference.strip_prefix("#x") {
        Some(digits) => digits.bytes().all(|byte| byte.is_ascii_hexdigit()),
        None => {
            let digits = reference.strip_prefix('#');
            digits.is_some_and(|digits| digits.bytes().all(|byte| byte.is_ascii_digit()))
        }
    }
}

/// The half of a character that a reference is to, if it is to one.
fn half_of_character(reference: &str) -> Option<u16> {
    let number = reference.strip_prefix('#')?;
    match number.strip_prefix('x') {
        Some(digits) => u16::from_str_radix(digits, 16).ok(),
        None => number.parse().ok(),
    }
    .filter(|half| (0xD800..0xE000).contains(half))
}

/// Takes back what stands for the first half of a character.
fn take_mark(open: &mut [Element]) {
    let Some(Node::Text(text)) = open.last_mut().and_then(|open| open.children.last_mut()) else {
        return;
    };
    *text = text.strip_suffix('\u{FFFD}').unwrap_or(text).into();
}

/// Whether a reference is one by number, and only the character is not one that XML has.
fn is_of_no_character(error: &EscapeError) -> bool {
    matches!(
        error,
        EscapeError::InvalidCharRef(
            ParseCharRefError::InvalidCodepoint(_) | ParseCharRefError::IllegalCharacter(_)
        )
    ) || matches!(
        error,
        EscapeError::InvalidCharRef(ParseCharRefError::InvalidNumber(error))
            if *error.kind() == IntErrorKind::PosOverflow
    )
}

/// The namespace that only declarations are in. It cannot be declared for anything else.
const DECLARATIONS: &str = "http://www.w3.org/2000/xmlns/";

fn namespace(resolved: ResolveResult<'_>) -> String {
    match resolved {
        ResolveResult::Bound(namespace) if namespace.0 == DECLARATIONS => String::new(),
        // Given as it stands in the document.
        ResolveResult::Bound(namespace) => {
            let lines = namespace.0.replace("\r\n", "\n").replace('\r', "\n");
            let resolved = quick_xml::escape::unescape(&lines).map(Into::into);
            marked(&resolved.unwrap_or(lines))
        }
        ResolveResult::Unbound | ResolveResult::Unknown(_) => String::new(),
    }
}

fn close(
    open: &mut [Element],
    root: &mut Option<Element>,
    element: Element,
) -> Result<(), Refusal> {
    match open.last_mut() {
        Some(parent) => parent.children.push(Node::Element(element)),
        None if root.is_some() => return Err(other("a second root")),
        None => *root = Some(element),
    }
    Ok(())
}

fn add_text(open: &mut [Element], text: &str) -> Result<(), Refusal> {
    let Some(element) = open.last_mut() else {
        return if text.trim_ascii().is_empty() {
            Ok(())
        } else {
            Err(other("text outside"))
        };
    };
    if text.is_empty() {
        return Ok(());
    }
    match element.children.last_mut() {
        Some(Node::Text(before)) => *before = format!("{before}{text}").into(),
        _ => element.children.push(Node::Text(text.into())),
    }
    Ok(())
}

/// White space between elements is not kept.
fn without_layout(mut element: Element) -> Element {
    if element.elements().next().is_some() {
        element
            .children
            .retain(|node| !matches!(node, Node::Text(text) if text.trim_ascii().is_empty()));
    }
    element
}

/// What XML does not have, marked.
fn marked(text: &str) -> String {
    let is_allowed = |character: char| matches!(character, '\t' | '\n' | '\r' | ' '..='\u{D7FF}' | '\u{E000}'..='\u{FFFD}' | '\u{10000}'..);
    text.chars()
        .map(|character| {
            if is_allowed(character) {
                character
            } else {
                '\u{FFFD}'
            }
        })
        .collect()
}

/// The same, with attributes read alike.
fn normalized(mut element: Element) -> Element {
    let in_one_line = |text: &str| text.replace(['\r', '\n', '\t'], " ").into();
    if let Some(name) = &mut element.type_name {
        name.local = in_one_line(&name.local);
    }
    for (_, value) in &mut element.attributes {
        *value = in_one_line(value);
    }
    for child in &mut element.children {
        if let Node::Element(child) = child {
            *child = normalized(std::mem::take(child));
        }
    }
    element
}

/// What the document holds, as this crate reads it.
pub fn ours(document: &str) -> Result<Element, DecodeErrorKind> {
    match from_xml::<Any>(document.as_bytes(), &TYPES, &lenient()) {
        Ok(Any::Unknown(element)) => Ok(*element),
        // The type of the root is one that is known, or it is nil.
        Ok(_) => Err(DecodeErrorKind::NoResponse),
        Err(error) => Err(error.kind().clone()),
    }
}

/// Reads the document both ways; tells whether both could.
///
/// # Panics
/// When they differ in another way than those listed.
pub fn compare(document: &str) -> bool {
    match (ours(document), oracle(document)) {
        (Ok(ours), Ok(oracle)) => {
            assert_eq!(normalized(ours), normalized(oracle), "{document}");
            true
        }
        (Ok(_), Err(Refusal::Attributes | Refusal::Namespaces | Refusal::Instructions)) => false,
        (Ok(ours), Err(Refusal::Other(reason))) => {
            panic!("{document} reads as {ours:?}, but: {reason}")
        }
        (Err(kind), Ok(oracle)) => {
            let is_listed = matches!(
                &kind,
                DecodeErrorKind::NoResponse
                    | DecodeErrorKind::Limit(_)
                    | DecodeErrorKind::Value { .. }
                    | DecodeErrorKind::Xml(
                        XmlError::BadName
                            | XmlError::BadAttribute
                            | XmlError::OutsideRoot
                            | XmlError::Encoding(_)
                    )
            );
            assert!(is_listed, "{document} reads as {oracle:?}, but: {kind:?}");
            false
        }
        (Err(_), Err(_)) => false,
    }
}
