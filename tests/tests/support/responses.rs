//! Responses of recorded conversations: what an operation returns, decoding, and what is in them.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::LazyLock;

use roxmltree::{Document, Node};
use vmomi::Any;
use vmomi::runtime::decode::{Answer, DecodeError, DecodeOptions, EnvelopeDecoder};
use vmomi::runtime::erased::{Arity, Kind, Returned, Shape, TypeLink};
use vmomi::runtime::{FaultDetail, TypeRegistry};
use vmomi::{pbm, vim25};

const XML_SCHEMA: &str = "http://www.w3.org/2001/XMLSchema";

/// A service with what the responses of its operations hold.
struct Described {
    types: &'static TypeRegistry,
    results: BTreeMap<String, Option<Shape>>,
}

impl Described {
    /// Reads the committed WSDL of a service.
    fn new(types: &'static TypeRegistry, wsdl: &str) -> Self {
        let path = Path::new(env!("CARGO_MANIFEST_DIR"))
            .join("../wsdl")
            .join(wsdl);
        let text = std::fs::read_to_string(path).expect("the WSDL is part of the project");
        let wsdl = Document::parse(&text).expect("the WSDL is XML");
        let elements = wsdl.descendants();
        let elements = elements.filter(|node| node.has_tag_name((XML_SCHEMA, "element")));
        let results = elements.filter_map(|element| {
            let operation = element.attribute("name")?.strip_suffix("Response")?;
            let mut within = element.descendants();
            let returned = within.find(|node| node.attribute("name") == Some("returnval"));
            let shape = returned.map(|returned| declared_shape(returned, types));
            Some((operation.to_owned(), shape))
        });
        Self {
            types,
            results: results.collect(),
        }
    }
}

/// The services that were recorded.
static SERVICES: LazyLock<[Described; 2]> = LazyLock::new(|| {
    [
        Described::new(&vim25::TYPES, "vim25/vim.wsdl"),
        Described::new(&pbm::TYPES, "pbm/pbm.wsdl"),
    ]
});

/// The types of the service that an operation belongs to: of vim25 for the property read that no WSDL has.
pub fn types_of(operation: &str) -> &'static TypeRegistry {
    let mut services = SERVICES.iter();
    let service = services.find(|service| service.results.contains_key(operation));
    service.map_or(&vim25::TYPES, |service| service.types)
}

/// What the response of an operation holds, by the committed WSDL; one value of any type for the property read that no
/// WSDL has.
pub fn result_of(operation: &str) -> Option<Shape> {
    let mut services = SERVICES.iter();
    match services.find_map(|service| service.results.get(operation)) {
        Some(result) => *result,
        None => {
            assert_eq!(operation, "Fetch", "no WSDL has it");
            <Any as Returned>::SHAPE
        }
    }
}

fn declared_shape(returnval: Node<'_, '_>, types: &'static TypeRegistry) -> Shape {
    let declared = returnval.attribute("type").unwrap_or_default();
    let local = declared
        .split_once(':')
        .map_or(declared, |(_, local)| local);
    let kind = if let Some(info) = types.data_object(local) {
        Kind::Dyn(TypeLink::to(info))
    } else if let Some(info) = types.enumeration(local) {
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

/// What the response of an operation holds, which arrives in pieces of this size.
pub fn in_pieces(
    operation: &str,
    response: &str,
    options: &DecodeOptions,
    piece: usize,
) -> Result<Answer, DecodeError> {
    let mut decoder = EnvelopeDecoder::new(result_of(operation), types_of(operation), options);
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
