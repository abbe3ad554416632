//! The XML reader beside that of `quick-xml`, on generated and on damaged documents: where both
//! read a document they read the same, and where only one does it is for a reason listed here.
//!
//! What this crate refuses, and `quick-xml` by itself does not:
//! - names that XML does not have, such as `<1a>`, and attributes without proper quotes
//! - `<` within an attribute
//! - text outside the root, a second root
//! - references to undefined entities, and document types
//!
//! What this crate takes, and `quick-xml` refuses:
//! - an attribute twice: the first counts, of `xsi:type` the last
//! - prefixes bound to what they may not be, such as `xmlns:xml`
//! - instructions without a name, `<?>?>`
//!
//! What is read otherwise: line ends within attributes stay line ends; characters that XML does not
//! have become U+FFFD; references within the names of namespaces are resolved.

use proptest::prelude::*;
use quick_xml::XmlVersion;
use quick_xml::errors::SyntaxError;
use quick_xml::events::{BytesStart, Event};
use quick_xml::name::{QName, ResolveResult};
use quick_xml::reader::NsReader;
use vmomi_runtime::decode::{DecodeErrorKind, from_xml};
use vmomi_runtime::{Any, Element, Node, QualifiedName, XmlError};

use crate::arbitrary;
use crate::documents::lenient;
use crate::support::*;

const SCHEMA_INSTANCE: &str = "http://www.w3.org/2001/XMLSchema-instance";

/// Why `quick-xml`, or what is added here to it, does not read a document.
#[derive(Debug)]
enum Refusal {
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
fn oracle(document: &str) -> Result<Element, Refusal> {
    let mut reader = NsReader::from_str(document);
    let mut open: Vec<Element> = Vec::new();
    let mut root = None;
    loop {
        let event = reader.read_event().map_err(|error| match error {
            quick_xml::Error::Namespace(_) => Refusal::Namespaces,
            quick_xml::Error::InvalidAttr(_) => Refusal::Attributes,
            quick_xml::Error::Syntax(SyntaxError::UnclosedPI) => Refusal::Instructions,
            error => other(error),
        })?;
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
                    // No such character, or no number.
                    Err(error) => {
                        let number = reference.strip_prefix('#').unwrap_or_default();
                        let number = match number.strip_prefix('x') {
                            Some(digits) => u32::from_str_radix(digits, 16),
                            None => number.parse(),
                        };
                        number.map_err(|_| other(error))?;
                        "\u{FFFD}".to_owned()
                    }
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
        if attribute.key.as_namespace_binding().is_some() {
            quick_xml::escape::unescape(&attribute.value).map_err(other)?;
            continue;
        }
        let (resolved, local) = resolver.resolve_attribute(attribute.key);
        let namespace = namespace(resolved);
        let value = attribute
            .normalized_value(XmlVersion::Implicit1_0)
            .map_err(|_| Refusal::Attributes)?;
        if namespace == SCHEMA_INSTANCE && local.as_ref() == "type" {
            let value = value.trim_ascii();
            // By hand, because it need not be a name.
            let (prefix, local) = value.split_once(':').unwrap_or(("", value));
            let name = if prefix.is_empty() {
                "x".to_owned()
            } else {
                format!("{prefix}:x")
            };
            element.type_name = Some(QualifiedName {
                namespace: self::namespace(resolver.resolve_element(QName(&name)).0).into(),
                local: marked(local).into(),
            });
            continue;
        }
        let name = QualifiedName {
            namespace: namespace.into(),
            local: local.as_ref().into(),
        };
        element.attributes.push((name, marked(&value).into()));
    }
    Ok(element)
}

fn namespace(resolved: ResolveResult<'_>) -> String {
    match resolved {
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
fn ours(document: &str) -> Result<Element, DecodeErrorKind> {
    match from_xml::<Any>(document.as_bytes(), &TYPES, &lenient()) {
        Ok(Any::Unknown(element)) => Ok(*element),
        // The type of the root is one that is known, or it is nil.
        Ok(_) => Err(DecodeErrorKind::NoResponse),
        Err(error) => Err(error.kind().clone()),
    }
}

/// Reads the document both ways; tells whether both could.
fn compare(document: &str) -> Result<bool, TestCaseError> {
    match (ours(document), oracle(document)) {
        (Ok(ours), Ok(oracle)) => {
            prop_assert_eq!(normalized(ours), normalized(oracle), "{}", document);
            return Ok(true);
        }
        (Ok(_), Err(Refusal::Attributes | Refusal::Namespaces | Refusal::Instructions)) => {}
        (Ok(ours), Err(Refusal::Other(reason))) => {
            prop_assert!(false, "{} reads as {:?}, but: {}", document, ours, reason);
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
            prop_assert!(
                is_listed,
                "{} reads as {:?}, but: {:?}",
                document,
                oracle,
                kind
            );
        }
        (Err(_), Err(_)) => {}
    }
    Ok(false)
}

fn name() -> impl Strategy<Value = String> {
    "(p:|q:|)[a-cü_][a-c0-9.-]{0,3}"
}

fn space() -> impl Strategy<Value = String> {
    "[ \t\r\n]{0,2}"
}

/// Something within an element that is no element.
fn piece() -> impl Strategy<Value = String> {
    prop_oneof![
        6 => arbitrary::text().prop_map(|text| text.replace('&', "&amp;").replace('<', "&lt;")),
        2 => space(),
        1 => prop::sample::select(vec!["&lt;", "&#65;", "&#x1F600;", "&#13;", "&apos;", "&#1;", "\r\n", "\u{1}"]).prop_map(str::to_owned),
        1 => arbitrary::text().prop_map(|text| format!("<![CDATA[{}]]>", text.replace("]]>", ""))),
        1 => "[ -,./a-z<>&'\"]{0,8}".prop_map(|text| format!("<!--{text}-->")),
        1 => "[a-z]{1,3}[ -;=@-~]{0,8}".prop_map(|text| format!("<?{}?>", text.replace("xml", "x"))),
    ]
}

fn attribute() -> impl Strategy<Value = (String, String)> {
    let name = prop_oneof![
        6 => name(),
        2 => Just("xsi:type".to_owned()),
        1 => Just("xmlns".to_owned()),
        1 => Just("xmlns:p".to_owned()),
        1 => Just("xsi:nilled".to_owned()),
        1 => Just("xml:lang".to_owned()),
    ];
    let value = prop_oneof![
        arbitrary::text().prop_map(|text| text
            .replace('&', "&amp;")
            .replace('<', "&lt;")
            .replace('"', "&quot;")),
        "(p:|q:|)[A-C]X",
        "urn:[a-c]",
    ];
    (name, value)
}

/// Name, attributes and white space of a start tag.
fn start_tag() -> impl Strategy<Value = (String, String, String)> {
    let tag = (
        name(),
        prop::collection::btree_map(
            attribute().prop_map(|(name, _)| name),
            attribute().prop_map(|(_, value)| value),
            0..3,
        ),
        space(),
    );
    tag.prop_map(|(name, attributes, space)| {
        let attributes: String = attributes
            .into_iter()
            .map(|(name, value)| {
                // An empty binding of a prefix is no XML.
                let value = if name.starts_with("xmlns:") && value.trim().is_empty() {
                    "urn:x".into()
                } else {
                    value
                };
                format!(" {space}{name}{space}={space}\"{value}\"")
            })
            .collect();
        (name, attributes, space)
    })
}

fn document() -> impl Strategy<Value = String> {
    let leaf =
        start_tag().prop_map(|(name, attributes, space)| format!("<{name}{attributes}{space}/>"));
    let element = leaf.prop_recursive(4, 24, 4, |inner| {
        let content = prop::collection::vec(prop_oneof![piece(), inner], 0..5);
        (start_tag(), content).prop_map(|((name, attributes, space), content)| {
            format!(
                "<{name}{attributes}{space}>{}</{name}{space}>",
                content.concat()
            )
        })
    });
    (
        prop::option::of(Just("<?xml version=\"1.0\" encoding=\"UTF-8\"?>")),
        space(),
        element,
        space(),
    )
        .prop_map(|(declaration, before, element, after)| {
            let declaration = declaration.unwrap_or_default();
            let bindings = format!("xmlns:p='urn:p' xmlns:q='urn:q' xmlns:xsi='{SCHEMA_INSTANCE}'");
            format!("{declaration}{before}<root {bindings}>{element}</root>{after}")
        })
}

fn config() -> ProptestConfig {
    ProptestConfig {
        failure_persistence: None,
        ..ProptestConfig::default()
    }
}

proptest! {
    #![proptest_config(config())]

    #[test]
    fn a_proper_document_reads_the_same(document in document()) {
        prop_assert!(compare(&document)?, "{:?} and {:?} of {}", ours(&document), oracle(&document), document);
    }

    #[test]
    fn a_damaged_document_reads_the_same_or_not_at_all(
        document in document(),
        damage in prop::collection::vec((any::<prop::sample::Index>(), 0..3_u8, any::<prop::sample::Index>()), 1..4),
    ) {
        const MARKUP: [char; 22] = [
            '<', '>', '/', '&', ';', '\'', '"', '=', '!', '[', ']', '-', '?', ' ', ':', '\0', '\n', '\r', '#', 'x', '1', 'ü',
        ];
        let mut characters: Vec<char> = document.chars().collect();
        for (at, kind, with) in damage {
            let at = at.index(characters.len());
            match kind {
                0 => characters[at] = MARKUP[with.index(MARKUP.len())],
                1 => characters.insert(at, MARKUP[with.index(MARKUP.len())]),
                _ => drop(characters.drain(at..(at + with.index(8)).min(characters.len()))),
            }
            if characters.is_empty() {
                characters.push('<');
            }
        }
        compare(&String::from_iter(characters))?;
    }
}

#[test]
fn the_listed_differences_are_so() {
    let refused_by_us = [
        "<1a/>",
        "<a b='<'/>",
        "<a/>x",
        "<a/><b/>",
        "<a>&x;</a>",
        "<!DOCTYPE a><a/>",
        "<a b=1/>",
    ];
    for document in refused_by_us {
        assert!(ours(document).is_err(), "{document}");
    }
    for document in ["<a b='1' b='2'/>", "<a xmlns:xml='urn:x'/>", "<a><?>?></a>"] {
        assert!(
            ours(document).is_ok() && oracle(document).is_err(),
            "{document}"
        );
    }
}
