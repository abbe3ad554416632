//! Attributes that are kept can be sent again; those that a user adds are sent or refused by name.

use vmomi_runtime::decode::{DecodeErrorKind, from_xml};
use vmomi_runtime::{Any, Dyn, Element, EncodeErrorKind, QualifiedName, to_xml};

use crate::documents::{document, keeping_unknown, strict};
use crate::support::*;

const SCHEMA_INSTANCE: &str = "http://www.w3.org/2001/XMLSchema-instance";
const XMLNS: &str = "http://www.w3.org/2000/xmlns/";
const XML: &str = "http://www.w3.org/XML/1998/namespace";

/// Attributes of which only `unit` can be sent again.
const REFUSED: [&str; 6] = [
    "unit='cm' unit='mm'",
    "unit='cm' none:unit='mm'",
    "unit='cm' xmlns:p='urn:p' xmlns:q='urn:p' p:a='1' q:a='2'",
    "unit='cm' none:xmlns='urn:other'",
    "unit='cm' xmlns:p='http://www.w3.org/2000/xmlns/' p:q='urn:other'",
    "unit='cm' a\u{d7}='1'",
];

fn name(namespace: &str, local: &str) -> QualifiedName {
    QualifiedName {
        namespace: namespace.into(),
        local: local.into(),
    }
}

fn assert_well_formed(xml: &str) {
    if let Err(error) = roxmltree::Document::parse(xml) {
        panic!("{error} in {xml}");
    }
}

#[test]
fn what_is_kept_of_a_document_can_be_sent_again() {
    for attributes in REFUSED {
        let of_object = document(
            &format!("xsi:type='FutureDisk' {attributes}"),
            "<key>7</key>",
        );
        let device: Dyn<VirtualDevice> =
            from_xml(of_object.as_bytes(), &TYPES, &keeping_unknown()).expect("it is decoded");
        let kept = device.extra.attributes();
        assert_eq!(kept[0], (name("", "unit"), "cm".into()), "{attributes}");
        let xml = to_xml("value", &device, &SERVICE).expect("it can be encoded");
        assert_well_formed(&xml);
        let back: Dyn<VirtualDevice> =
            from_xml(xml.as_bytes(), &TYPES, &keeping_unknown()).expect("it is decoded");
        assert_eq!(back, device, "{xml}");

        let of_tree = document("", &format!("<a {attributes}/>"));
        let value: Any =
            from_xml(of_tree.as_bytes(), &TYPES, &keeping_unknown()).expect("it is decoded");
        let xml = to_xml("value", &value, &SERVICE).expect("it can be encoded");
        assert_well_formed(&xml);
        let back: Any =
            from_xml(xml.as_bytes(), &TYPES, &keeping_unknown()).expect("it is decoded");
        assert_eq!(back, value, "{xml}");

        let error = from_xml::<Any>(of_tree.as_bytes(), &TYPES, &strict()).expect_err("refused");
        // A prefix that nothing declares is refused before that.
        let is_attribute = matches!(error.kind(), DecodeErrorKind::UnknownAttribute(_));
        assert!(
            is_attribute || attributes.contains("none:"),
            "{attributes}: {error}"
        );
    }
}

#[test]
fn an_attribute_that_cannot_be_sent_is_refused_by_name() {
    let reserved = |name: &str| EncodeErrorKind::ReservedAttribute(name.to_owned());
    for (attributes, kind) in [
        (vec![name("", "xmlns")], reserved("xmlns")),
        (vec![name(XMLNS, "p")], reserved("p")),
        (vec![name(SCHEMA_INSTANCE, "type")], reserved("type")),
        (vec![name(SCHEMA_INSTANCE, "nil")], reserved("nil")),
        (
            vec![name("", "a"), name("urn:a", "a"), name("", "a")],
            EncodeErrorKind::RepeatedAttribute("a".to_owned()),
        ),
        (
            vec![name("", "a b")],
            EncodeErrorKind::Name("(3 bytes)".to_owned()),
        ),
        (
            vec![name("", "a\u{d7}")],
            EncodeErrorKind::Name("(3 bytes)".to_owned()),
        ),
    ] {
        let mut device = VirtualDisk::default();
        for name in &attributes {
            device.extra.push_attribute(name.clone(), "1");
        }
        let error = to_xml("value", &device, &SERVICE).expect_err("it is refused");
        assert_eq!(error.kind(), &kind);
        assert_eq!(error.path(), "value");

        // Within a tree an element may be nil, and a value is not by an attribute.
        let attributes: Vec<_> = attributes
            .into_iter()
            .map(|name| (name, "1".into()))
            .collect();
        let tree = Element {
            name: name("urn:vim25", "future"),
            attributes,
            ..Default::default()
        };
        let mut device = VirtualDisk::default();
        device.extra.push_element(tree.clone());
        let within = to_xml("value", &device, &SERVICE);
        if kind == reserved("nil") {
            assert_well_formed(&within.expect("it can be encoded"));
        } else {
            let error = within.expect_err("it is refused");
            assert_eq!(error.kind(), &kind);
            assert_eq!(error.path(), "value/future");
        }
        let value = Any::Unknown(Box::new(tree));
        let error = to_xml("value", &value, &SERVICE).expect_err("it is refused");
        assert_eq!(error.kind(), &kind);
    }
}

#[test]
fn a_name_in_a_namespace_of_xml_itself_is_refused() {
    for namespace in [XMLNS, XML] {
        let kind = EncodeErrorKind::ReservedNamespace(namespace.to_owned());
        let mut device = VirtualDisk::default();
        device.extra.push_element(Element {
            name: name(namespace, "future"),
            ..Default::default()
        });
        let error = to_xml("value", &device, &SERVICE).expect_err("it is refused");
        assert_eq!(error.kind(), &kind);

        let mut device = VirtualDisk::default();
        device.extra.set_type_name(name(namespace, "Future"));
        let error = to_xml("value", &device, &SERVICE).expect_err("it is refused");
        assert_eq!(error.kind(), &kind);
        assert!(
            error.to_string().contains("which XML keeps for itself"),
            "{error}"
        );
    }
    // The attributes of one of them have a prefix that needs no declaration.
    let mut device = VirtualDisk::default();
    device.extra.push_attribute(name(XML, "lang"), "en");
    let xml = to_xml("value", &device, &SERVICE).expect("it can be encoded");
    assert!(xml.contains(r#"xml:lang="en""#), "{xml}");
    assert_well_formed(&xml);
}
