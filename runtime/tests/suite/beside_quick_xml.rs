//! The XML reader beside that of `quick-xml`, on generated and on damaged documents.

use proptest::prelude::*;

use crate::arbitrary;
use crate::oracle::{SCHEMA_INSTANCE, compare, oracle, ours};

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
        1 => prop::sample::select(vec!["&lt;", "&#65;", "&#x1F600;", "&#13;", "&apos;", "&#1;", "&#xD83D;", "&#56832;", "\r\n", "\u{1}"]).prop_map(str::to_owned),
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

proptest! {
    #![proptest_config(arbitrary::config())]

    #[test]
    fn a_proper_document_reads_the_same(document in document()) {
        prop_assert!(compare(&document), "{:?} and {:?} of {}", ours(&document), oracle(&document), document);
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
        compare(&String::from_iter(characters));
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
    let refused_by_it = [
        "<a b='1' b='2'/>",
        "<a xmlns:xml='urn:x'/>",
        "<a xmlns:b=''/>",
        "<a><?>?></a>",
    ];
    for document in refused_by_it {
        assert!(
            ours(document).is_ok() && oracle(document).is_err(),
            "{document}"
        );
    }
}
