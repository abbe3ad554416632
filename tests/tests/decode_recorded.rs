//! Every recorded response decodes, nothing of it is lost, and it encodes to what it was.

#![expect(clippy::expect_used, reason = "a test says by a panic what went wrong")]

use std::sync::LazyLock;

use roxmltree::{Document, Node};
use vmomi::Any;
use vmomi::runtime::decode::{Answer, DecodeOptions, EnvelopeDecoder};
use vmomi::runtime::erased::{Arity, Kind, Returned, Shape, TypeLink};
use vmomi::runtime::json::from_json;
use vmomi::runtime::{FaultDetail, to_xml};
use vmomi::vim25::{SERVICE, TYPES, VirtualMachineConfigInfo};
use vmomi_tests::json::types_last;
use vmomi_tests::recorded::{self, Exchange};
use vmomi_tests::xml::Comparison;

const SCHEMA: &str = "http://www.w3.org/2001/XMLSchema";

/// What the response of an operation holds, by the committed WSDL; a list of anything for an
/// operation of another service, and one value of any type for the property read that no WSDL has.
fn result_of(operation: &str) -> Option<Shape> {
    static WSDL: LazyLock<String> = LazyLock::new(|| {
        let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../wsdl/vim25/vim.wsdl");
        std::fs::read_to_string(path).expect("the WSDL is part of the project")
    });
    static DOCUMENT: LazyLock<Document<'static>> =
        LazyLock::new(|| Document::parse(&WSDL).expect("the WSDL is XML"));
    let name = format!("{operation}Response");
    let element = DOCUMENT.descendants().find(|node| {
        node.has_tag_name((SCHEMA, "element")) && node.attribute("name") == Some(&name)
    });
    match (element, operation) {
        (Some(element), _) => element
            .descendants()
            .find(|node| node.attribute("name") == Some("returnval"))
            .map(declared_shape),
        (None, "Fetch") => <Any as Returned>::SHAPE,
        (None, _) => <Vec<Any> as Returned>::SHAPE,
    }
}

fn declared_shape(returnval: Node<'_, '_>) -> Shape {
    let declared = returnval.attribute("type").unwrap_or_default();
    let local = declared
        .split_once(':')
        .map_or(declared, |(_, local)| local);
    let kind = if let Some(info) = TYPES.data_object(local) {
        Kind::Dyn(TypeLink::to(info))
    } else if let Some(info) = TYPES.enumeration(local) {
        Kind::Enum(info)
    } else {
        match local {
            "ManagedObjectReference" => Kind::Reference,
            "boolean" => Kind::Bool,
            "int" => Kind::Int,
            "long" => Kind::Long,
            "short" => Kind::Short,
            "byte" => Kind::Byte,
            "dateTime" => Kind::DateTime,
            "base64Binary" => Kind::Binary,
            "string" => Kind::String,
            _ => Kind::Any,
        }
    };
    let arity = match returnval.attribute("maxOccurs") {
        Some("unbounded") => Arity::List,
        _ => Arity::One,
    };
    Shape { kind, arity }
}

/// Whether the operation belongs to vim25, so that no part of its response may be unknown.
fn is_vim25(exchange: &Exchange) -> bool {
    exchange.response.contains("urn:vim25") && !exchange.response.contains("urn:pbm")
}

fn decode(exchange: &Exchange, strict: bool, piece: usize) -> Answer {
    let mut options = DecodeOptions::default();
    options.keep_unknown = true;
    options.strict = strict;
    let mut decoder = EnvelopeDecoder::new(result_of(&exchange.operation), &TYPES, &options);
    for piece in exchange.response.as_bytes().chunks(piece) {
        decoder
            .feed(piece)
            .unwrap_or_else(|error| panic!("{exchange}: {error}"));
    }
    decoder
        .finish()
        .unwrap_or_else(|error| panic!("{exchange}: {error}"))
}

/// The elements of a response that hold values, or the detail of a fault.
fn values<'a, 'i>(document: &'a Document<'i>) -> Vec<Node<'a, 'i>> {
    let holds_values = |node: &Node<'_, '_>| {
        let name = node.tag_name().name();
        name == "detail" || (name.ends_with("Response") && node.tag_name().namespace().is_some())
    };
    let holder = document.descendants().find(holds_values);
    holder
        .into_iter()
        .flat_map(|holder| holder.children().filter(Node::is_element))
        .collect()
}

#[test]
fn every_response_decodes_and_encodes_to_the_same() {
    let Some(exchanges) = recorded::exchanges_or_skip() else {
        return;
    };
    let comparison = Comparison::default().tolerating_one_sided_types();
    let mut compared = 0;
    for exchange in &exchanges {
        let answer = decode(exchange, is_vim25(exchange), usize::MAX);
        let items = items_of(answer, &exchange.operation);
        let original = Document::parse(&exchange.response)
            .unwrap_or_else(|error| panic!("{exchange}: {error}"));
        let originals = values(&original);
        assert_eq!(originals.len(), items.len(), "{exchange}");
        for (original, item) in originals.iter().zip(&items) {
            let name = original.tag_name().name();
            let encoded =
                to_xml(name, item, &SERVICE).unwrap_or_else(|error| panic!("{exchange}: {error}"));
            // Content of another service keeps its namespace; the element that holds it is ours.
            let encoded = match item {
                Any::Unknown(_) => {
                    let namespace = original.tag_name().namespace().unwrap_or_default();
                    encoded.replacen(SERVICE.namespace, namespace, 1)
                }
                _ => encoded,
            };
            let again =
                Document::parse(&encoded).unwrap_or_else(|error| panic!("{exchange}: {error}"));
            comparison
                .elements(*original, again.root_element())
                .unwrap_or_else(|mismatch| panic!("{exchange}: {mismatch}\n{encoded}"));
            compared += 1;
        }
    }
    assert!(compared >= exchanges.len() / 2, "only {compared} compared");
}

/// The values that a response holds, or the detail of a fault.
fn items_of(answer: Answer, operation: &str) -> Vec<Any> {
    match answer {
        Answer::Value(Any::Nil) => Vec::new(),
        Answer::Value(Any::Array(array)) if is_list(operation) => array.into_items(),
        Answer::Value(value) => vec![value],
        Answer::Fault(fault) => match fault.detail {
            FaultDetail::Typed(fault) => vec![Any::Object(fault)],
            FaultDetail::Unknown(element) => vec![Any::Unknown(element)],
            FaultDetail::Missing => Vec::new(),
        },
    }
}

fn is_list(operation: &str) -> bool {
    result_of(operation)
        .is_some_and(|shape| matches!(shape.arity, Arity::List | Arity::ErasedList(_)))
}

/// Also what is unknown, of which there is plenty where another service answers.
#[test]
fn every_response_is_the_same_after_passing_through_json() {
    let Some(exchanges) = recorded::exchanges_or_skip() else {
        return;
    };
    let mut compared = 0;
    for exchange in &exchanges {
        let answer = decode(exchange, false, usize::MAX);
        for item in items_of(answer, &exchange.operation) {
            let xml = to_xml("returnval", &item, &SERVICE)
                .unwrap_or_else(|error| panic!("{exchange}: {error}"));
            let json = serde_json::to_string(&item).expect("values can be written");
            // With the types where they are written, and behind everything else.
            for json in [json.clone(), types_last(&json)] {
                let mut options = DecodeOptions::default();
                options.keep_unknown = true;
                let again: Any = from_json(json.as_bytes(), &TYPES, &options)
                    .unwrap_or_else(|error| panic!("{exchange}: {error}"));
                let again = to_xml("returnval", &again, &SERVICE)
                    .unwrap_or_else(|error| panic!("{exchange}: {error}"));
                assert_eq!(again, xml, "{exchange}");
            }
            compared += 1;
        }
    }
    assert!(compared >= exchanges.len() / 2, "only {compared} compared");
}

#[test]
fn the_size_of_the_pieces_makes_no_difference() {
    let Some(exchanges) = recorded::exchanges_or_skip() else {
        return;
    };
    for exchange in &exchanges {
        let whole = decode(exchange, false, usize::MAX);
        for piece in [1, 7, 1460] {
            assert_eq!(
                decode(exchange, false, piece),
                whole,
                "{exchange} by {piece}"
            );
        }
    }
}

#[test]
fn a_copy_is_equal_and_independent() {
    let Some(exchanges) = recorded::exchanges_or_skip() else {
        return;
    };
    for exchange in &exchanges {
        let answer = decode(exchange, false, usize::MAX);
        let copy = answer.clone();
        assert_eq!(copy, answer, "{exchange}");
        drop(answer);
        assert!(!format!("{copy:?}").is_empty());
    }
}

/// The response of a server of the future, which has another type wherever one extends another.
fn with_future_types(response: &str) -> String {
    let mut parts = response.split("xsi:type=\"");
    let mut newer = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let kept = [
            "xsd:",
            "ArrayOf",
            "ManagedObjectReference",
            "VirtualMachineConfigInfo",
        ];
        newer.push_str("xsi:type=\"");
        if !kept.iter().any(|kept| part.starts_with(kept)) {
            newer.push_str("Future");
        }
        newer.push_str(part);
    }
    newer
}

#[test]
fn types_of_the_future_fail_nothing_and_cost_nothing_that_is_known() {
    let Some(exchanges) = recorded::exchanges_or_skip() else {
        return;
    };
    let mut devices_seen = 0;
    for exchange in &exchanges {
        let newer = Exchange {
            response: with_future_types(&exchange.response),
            ..exchange.clone()
        };
        let Answer::Value(Any::Object(object)) = decode(&newer, false, usize::MAX) else {
            continue;
        };
        let Some(config) = object.downcast_ref::<VirtualMachineConfigInfo>() else {
            continue;
        };
        let Answer::Value(Any::Object(before)) = decode(exchange, false, usize::MAX) else {
            panic!("{exchange}: another type than before");
        };
        let before = before.downcast_ref::<VirtualMachineConfigInfo>();
        let before = &before.map_or(&[][..], |config| &config.hardware.device);
        for (device, before) in config.hardware.device.iter().zip(*before) {
            let name = device.extra.type_name().map(|name| name.local.to_string());
            let expected = format!("Future{}", before.type_info().name());
            assert_eq!(name, Some(expected), "{exchange}");
            assert_eq!(device.key, before.key, "{exchange}");
            devices_seen += 1;
        }
    }
    assert!(devices_seen > 5, "only {devices_seen} devices");
}
