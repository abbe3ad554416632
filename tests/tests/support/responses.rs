//! Responses of recorded conversations: what an operation returns, decoding, and what is in them.

use std::sync::LazyLock;

use roxmltree::{Document, Node};
use vmomi::Any;
use vmomi::runtime::FaultDetail;
use vmomi::runtime::decode::{Answer, DecodeError, DecodeOptions, EnvelopeDecoder};
use vmomi::runtime::erased::{Arity, Kind, Returned, Shape, TypeLink};
use vmomi::vim25::TYPES;

const XML_SCHEMA: &str = "http://www.w3.org/2001/XMLSchema";

/// What the response of an operation holds, by the committed WSDL; a list of anything for an
/// operation of another service, and one value of any type for the property read that no WSDL has.
pub fn result_of(operation: &str) -> Option<Shape> {
    static WSDL: LazyLock<String> = LazyLock::new(|| {
        let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../wsdl/vim25/vim.wsdl");
        std::fs::read_to_string(path).expect("the WSDL is part of the project")
    });
    static DOCUMENT: LazyLock<Document<'static>> =
        LazyLock::new(|| Document::parse(&WSDL).expect("the WSDL is XML"));
    let name = format!("{operation}Response");
    let element = DOCUMENT.descendants().find(|node| {
        node.has_tag_name((XML_SCHEMA, "element")) && node.attribute("name") == Some(&name)
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

fn is_list(operation: &str) -> bool {
    result_of(operation)
        .is_some_and(|shape| matches!(shape.arity, Arity::List | Arity::ErasedList(_)))
}

/// Whether the response is one of vim25, so that no part of it may be unknown.
pub fn is_vim25(response: &str) -> bool {
    response.contains("urn:vim25") && !response.contains("urn:pbm")
}

/// What the response of an operation holds, which arrives in pieces of this size.
pub fn in_pieces(
    operation: &str,
    response: &str,
    options: &DecodeOptions,
    piece: usize,
) -> Result<Answer, DecodeError> {
    let mut decoder = EnvelopeDecoder::new(result_of(operation), &TYPES, options);
    for piece in response.as_bytes().chunks(piece) {
        decoder.feed(piece)?;
    }
    decoder.finish()
}

/// The values of a response one by one, or that of a fault.
pub fn values_of(operation: &str, answer: Answer) -> Vec<Any> {
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

/// The elements of a response that hold values, or that in the detail of a fault.
pub fn values_in<'a, 'i>(document: &'a Document<'i>) -> Vec<Node<'a, 'i>> {
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
