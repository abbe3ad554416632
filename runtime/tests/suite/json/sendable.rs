//! What comes in JSON can be sent in XML, or is refused by name: it never makes another document.

use proptest::prelude::*;
use vmomi_runtime::decode::{DecodeOptions, from_xml};
use vmomi_runtime::erased::{Field, Returned};
use vmomi_runtime::{Any, Dyn, Element, Node, to_xml};

use super::{any, read, read_with, write};
use crate::arbitrary;
use crate::documents::{keeping_unknown, strict};
use crate::support::*;

const SCHEMA_INSTANCE: &str = "{http://www.w3.org/2001/XMLSchema-instance}";

/// A value of any type is refused by the encoder, or encoded to a document that an independent
/// parser takes and from which it comes back.
fn comes_back(value: &Any) {
    let Some(back) = through_xml(value) else {
        return;
    };
    match (value, &back) {
        (Any::Unknown(tree), Any::Unknown(back)) => {
            // A value is called what the field is called.
            let name = back.name.clone();
            let tree = Element {
                name,
                ..(**tree).clone()
            };
            assert_eq!(in_xml(&tree), in_xml(back));
        }
        // What holds trees in other places is the same from the first encoding on.
        _ => assert_eq!(through_xml(&back).as_ref(), Some(&back)),
    }
}

fn device_comes_back(device: &Dyn<VirtualDevice>) {
    let Some(back) = through_xml(device) else {
        return;
    };
    let trees = device.extra.elements().iter().map(in_xml);
    assert!(trees.eq(back.extra.elements().iter().map(in_xml)));
    assert_eq!(back.extra.attributes(), device.extra.attributes());
    let type_name = |device: &Dyn<VirtualDevice>| {
        let name = device.extra.type_name()?;
        Some((name.namespace.clone(), name.local.trim().to_owned()))
    };
    assert_eq!(type_name(&back), type_name(device));
    assert_eq!(back.key, device.key);
}

fn through_xml<T: Field + Returned>(value: &T) -> Option<T> {
    let xml = to_xml("value", value, &SERVICE).ok()?;
    if let Err(error) = roxmltree::Document::parse(&xml) {
        panic!("{error} in {xml}");
    }
    let back = from_xml(xml.as_bytes(), &TYPES, &keeping_unknown());
    Some(back.unwrap_or_else(|error| panic!("{error} in {xml}")))
}

/// What XML can say of a tree: text that follows text is one, white space between elements is
/// layout, so is that around the name of a type, and one without a namespace has the element's.
fn in_xml(tree: &Element) -> Element {
    let mut children: Vec<Node> = Vec::new();
    for child in &tree.children {
        match (child, children.last_mut()) {
            (Node::Element(child), _) => children.push(Node::Element(in_xml(child))),
            (Node::Text(text), Some(Node::Text(before))) => {
                *before = format!("{before}{text}").into();
            }
            (Node::Text(text), _) if text.is_empty() => {}
            (Node::Text(text), _) => children.push(Node::Text(text.clone())),
        }
    }
    let is_layout =
        |child: &Node| matches!(child, Node::Text(text) if text.trim_ascii().is_empty());
    if tree.elements().next().is_some() {
        children.retain(|child| !is_layout(child));
    }
    let mut type_name = tree.type_name.clone();
    if let Some(name) = &mut type_name {
        name.local = name.local.trim().into();
        if name.namespace.is_empty() && !name.local.contains(':') {
            name.namespace = tree.name.namespace.clone();
        }
    }
    Element {
        type_name,
        children: children.into(),
        ..tree.clone()
    }
}

/// An attribute that is not kept, as JSON names it.
const REFUSED: [&str; 7] = [
    "xmlns",
    "{}xmlns",
    "{http://www.w3.org/2000/xmlns/}p",
    "{http://www.w3.org/2001/XMLSchema-instance}type",
    "no name",
    "",
    "a\u{d7}",
];

#[test]
fn attributes_of_an_object_that_xml_cannot_have_are_dropped() {
    let nil = format!("{SCHEMA_INSTANCE}nil");
    for name in REFUSED.iter().copied().chain([&*nil]) {
        let text = format!(
            r#"{{"_typeName":"FutureDisk","key":7,"_attributes":{{"{name}":"true","unit":"cm"}}}}"#
        );
        let device: Dyn<VirtualDevice> = read(&text);
        let kept: Vec<_> = device.extra.attributes().iter().collect();
        assert_eq!(kept.len(), 1, "{name:?}: {kept:?}");
        assert_eq!(&*kept[0].0.local, "unit");
        device_comes_back(&device);
    }
}

#[test]
fn attributes_of_a_tree_that_xml_cannot_have_are_dropped() {
    for name in REFUSED {
        let text = format!(
            r#"{{"_xml":{{"name":"{{urn:vim25}}value","content":[{{"name":"{{urn:vim25}}a",
               "attributes":{{"{name}":"true","unit":"cm"}}}}]}}}}"#
        );
        let value = any(&text);
        let written = write(&value);
        assert!(
            written.contains(r#""attributes":{"unit":"cm"}"#),
            "{written}"
        );
        comes_back(&value);
        let error = read_with::<Any>(&text, &strict()).expect_err("it is refused");
        assert!(
            error.to_string().contains("unknown attribute"),
            "{name:?}: {error}"
        );
    }
}

#[test]
fn an_attribute_that_comes_twice_is_kept_once() {
    let text = r#"{"_typeName":"FutureDisk","key":7,"_attributes":{"a":"1","{}a":"2"},"_attributes":{"a":"3"}}"#;
    let device: Dyn<VirtualDevice> = read(text);
    let kept = device.extra.attributes();
    assert_eq!(kept.len(), 1);
    assert_eq!(&*kept[0].1, "1");
    device_comes_back(&device);

    let tree = r#"{"_xml":{"name":"{urn:vim25}value","attributes":{"a":"1","a":"2"}}}"#;
    comes_back(&any(tree));
    let error = read_with::<Any>(tree, &strict()).expect_err("it is refused");
    assert!(error.to_string().contains("unknown attribute a"), "{error}");
}

/// Sent in XML, it would be the field.
#[test]
fn a_tree_that_is_called_as_a_field_is_not_kept() {
    let tree = r#"{"name":"{urn:vim25}key","content":["8"]}"#;
    for member in [
        format!(r#""_xml":[{tree}]"#),
        format!(r#""future":{{"_xml":{tree}}}"#),
        format!(r#""future":[{{"_xml":{tree}}},1]"#),
    ] {
        let text = format!(r#"{{"_typeName":"FutureDisk","key":7,{member}}}"#);
        let device: Dyn<VirtualDevice> = read(&text);
        let kept = device.extra.elements().iter();
        assert!(kept.clone().all(|element| &*element.name.local != "key"));
        assert!(kept.count() <= 1, "{member}");
        device_comes_back(&device);
    }
}

/// A value is not nil because of an attribute; an element within one may be.
#[test]
fn a_tree_says_nil_only_within() {
    for (text, is_kept) in [
        (
            r#"{"_xml":{"name":"{urn:vim25}value","attributes":{"NIL":"true"}}}"#,
            false,
        ),
        (
            r#"{"_xml":{"name":"{urn:vim25}value","attributes":{"NIL":" 1 "}}}"#,
            false,
        ),
        (
            r#"{"_xml":{"name":"{urn:vim25}value","attributes":{"NIL":"false"}}}"#,
            true,
        ),
        (
            r#"{"_xml":{"name":"{urn:vim25}value","content":[{"name":"{urn:vim25}a","attributes":{"NIL":"true"}}]}}"#,
            true,
        ),
    ] {
        let value = any(&text.replace("NIL", &format!("{SCHEMA_INSTANCE}nil")));
        assert_eq!(write(&value).contains("nil"), is_kept, "{text}");
        comes_back(&value);
    }
}

/// Names that matter to XML, to JSON's form of it, or to the reader.
fn name() -> impl Strategy<Value = String> {
    let local = prop_oneof![
        prop::sample::select(vec![
            "a",
            "b",
            "xmlns",
            "type",
            "nil",
            "key",
            "_typeName",
            "_value",
            "_xml",
            "_attributes",
            "name",
            "attributes",
            "content",
            "item",
            "serverGuid",
            "value",
            "xml",
            "x:y",
            "",
            " a",
            "a b",
            "1",
            "a\u{d7}",
            "\u{fc}",
            "\u{b7}",
            "int",
            "ArrayOfInt",
            "Future",
            "SharesInfo",
        ])
        .prop_map(str::to_owned),
        "[a-z<&\"' ]{1,3}",
    ];
    let namespace = prop::sample::select(vec![
        "",
        "",
        "",
        "{urn:vim25}",
        "{urn:other}",
        "{urn:vmomi:json}",
        "{http://www.w3.org/2000/xmlns/}",
        "{http://www.w3.org/XML/1998/namespace}",
        SCHEMA_INSTANCE,
        "{http://www.w3.org/2001/XMLSchema}",
        "{http://schemas.xmlsoap.org/soap/envelope/}",
        "{<&\">}",
    ]);
    (namespace, local).prop_map(|(namespace, local)| {
        // The reader takes no type with a namespace for one that it knows, which XML does.
        let is_known = matches!(&*local, "int" | "ArrayOfInt" | "SharesInfo");
        let local = if is_known && !namespace.is_empty() {
            "Other"
        } else {
            &*local
        };
        format!("{namespace}{local}")
    })
}

fn json() -> impl Strategy<Value = serde_json::Value> {
    use serde_json::Value;
    let text = prop_oneof![
        name(),
        arbitrary::text(),
        prop::sample::select(vec!["true", "1", "0", "array", "null", "number"])
            .prop_map(str::to_owned),
    ];
    let leaf = prop_oneof![
        Just(Value::Null),
        prop::bool::ANY.prop_map(Value::from),
        prop::num::i16::ANY.prop_map(Value::from),
        (-1e9..1e9_f64).prop_map(Value::from),
        text.prop_map(Value::from),
    ];
    leaf.prop_recursive(4, 24, 4, |inner| {
        let pairs = (name(), inner.clone());
        let attributes = prop::collection::vec((name(), name().prop_map(Value::from)), 0..4);
        // One that is known would be that of another value.
        let of_type = name().prop_map(|name| format!("{name}X"));
        let spelled = (
            name(),
            of_type,
            attributes,
            prop::collection::vec(inner.clone(), 0..3),
        )
            .prop_map(|(name, of_type, attributes, content)| {
                let attributes: serde_json::Map<_, _> = attributes.into_iter().collect();
                serde_json::json!({
                    "name": name, "type": of_type, "attributes": attributes, "content": content,
                })
            })
            .boxed();
        let attributes = prop::collection::vec((name(), name().prop_map(Value::from)), 0..4)
            .prop_map(|attributes| Value::Object(attributes.into_iter().collect()));
        prop_oneof![
            2 => prop::collection::vec(inner.clone(), 0..4).prop_map(Value::from),
            4 => prop::collection::vec(pairs, 0..5)
                .prop_map(|members| Value::Object(members.into_iter().collect())),
            2 => spelled.clone(),
            2 => spelled.prop_map(|tree| serde_json::json!({"_xml": tree})),
            2 => prop::collection::vec(inner, 0..3)
                .prop_map(|trees| serde_json::json!({"_xml": trees})),
            2 => (name(), attributes).prop_map(|(name, attributes)| {
                serde_json::json!({"_typeName": name, "key": 1, "_attributes": attributes})
            }),
        ]
    })
}

proptest! {
    #![proptest_config(arbitrary::config())]

    /// Whatever is accepted is refused by the encoder, or gives a document that is well-formed and
    /// from which it comes back.
    #[test]
    fn what_is_accepted_is_well_formed_or_refused(value in json()) {
        let text = value.to_string();
        let options: [DecodeOptions; 2] = [keeping_unknown(), strict()];
        for options in &options {
            if let Ok(value) = read_with::<Any>(&text, options) {
                comes_back(&value);
            }
            if let Ok(device) = read_with::<Dyn<VirtualDevice>>(&text, options) {
                device_comes_back(&device);
            }
        }
    }
}
