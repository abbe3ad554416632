//! Values as deep as decoding makes them, by default and at the most.

use std::fmt::Write as _;

use vmomi_runtime::decode::{DecodeErrorKind, DecodeOptions, Limit, Limits, from_xml};
use vmomi_runtime::erased::{ObjectRef, Returned};
use vmomi_runtime::{Any, find_fault, to_xml};

use super::on_a_small_stack;
use crate::documents::{NAMESPACES, keeping_unknown};
use crate::support::*;

/// A document that nests elements so deep, the root counted. Encoded again it may be deeper, by the
/// elements for what is required and was not there.
fn nested(root_type: &str, element: &str, depth: usize) -> String {
    let name = element.split(' ').next().expect("a name");
    format!(
        "<value {NAMESPACES} xsi:type='{root_type}'>{}{}</value>",
        format!("<{element}>").repeat(depth - 1),
        format!("</{name}>").repeat(depth - 1),
    )
}

fn documents(depth: usize) -> Vec<String> {
    let required = nested("Everything", "any xsi:type='Everything'", depth - 2);
    let nested = |root_type, element| nested(root_type, element, depth);
    vec![
        nested("Chain", "next"),
        nested("Chain", "side"),
        nested("Tree", "content xsi:type='Tree'"),
        nested("Tree", "children xsi:type='Tree'"),
        nested("Tree", "value xsi:type='Tree'"),
        nested("Tree", "value xsi:type='ArrayOfAnyType'"),
        nested("ArrayOfAnyType", "anyType xsi:type='ArrayOfAnyType'"),
        nested("ArrayOfTree", "Tree xsi:type='ArrayOfTree'"),
        nested("Tree", "future a='b'"),
        nested("Future", "future xsi:type='Tree'"),
        nested("Tree", "content xsi:type='Future'"),
        required,
    ]
}

/// Unknown content is kept, and elements may be nested as deep as anyone can allow.
fn deepest() -> DecodeOptions {
    let mut options = keeping_unknown();
    options.limits.depth = usize::MAX;
    options
}

fn decode<R: Returned>(document: &str, options: &DecodeOptions) -> R {
    from_xml(document.as_bytes(), &TYPES, options).unwrap_or_else(|error| panic!("{error}"))
}

fn use_in_every_way(document: &str, options: &DecodeOptions) {
    let value: Any = decode(document, options);
    let copy = value.clone();
    assert_eq!(copy, value);
    let mut shown = String::new();
    write!(shown, "{value:?}{copy:#?}").expect("writing to a string cannot fail");
    assert!(!shown.is_empty());
    drop(value);
    let xml = to_xml("value", &copy, &SERVICE).expect("it can be encoded");
    assert!(xml.len() > 200);
    let again: Any = decode(&xml, options);
    assert!(again == copy);
    // JSON may be less deep.
    #[cfg(feature = "serde")]
    serde_json::to_string(&copy).expect_err("it is too deep");
}

#[test]
fn the_deepest_values_fit_a_small_stack() {
    on_a_small_stack(|| {
        for document in documents(Limits::default().depth - 1) {
            use_in_every_way(&document, &keeping_unknown());
        }
    });
}

#[test]
fn the_deepest_values_that_can_be_allowed_fit_a_small_stack() {
    on_a_small_stack(|| {
        for document in documents(Limits::MAX_DEPTH - 1) {
            use_in_every_way(&document, &deepest());
        }
    });
}

#[test]
fn no_one_can_allow_deeper_values() {
    for document in documents(Limits::MAX_DEPTH + 3) {
        let error = from_xml::<Any>(document.as_bytes(), &TYPES, &deepest()).expect_err("too deep");
        assert_eq!(error.kind(), &DecodeErrorKind::Limit(Limit::Depth));
    }
}

/// What a `Box` or a `Vec` of a program holds is dropped by code that the compiler makes, which
/// calls itself for every level. So much of it fits.
#[test]
fn what_the_compiler_drops_fits_a_small_stack() {
    on_a_small_stack(|| {
        for element in ["next", "side"] {
            let document = nested("Chain", element, Limits::MAX_DEPTH);
            let chain: Chain = decode(&document, &deepest());
            assert!(chain.next.is_some() || !chain.side.is_empty());
            let copy = chain.clone();
            assert!(copy == chain);
            drop(chain);
            drop(vec![Some(Box::new(copy))]);
        }
    });
}

/// Faults alternate between two types.
#[test]
fn the_deepest_faults_fit_a_small_stack() {
    on_a_small_stack(|| {
        let depth = (Limits::MAX_DEPTH - 1) / 2;
        let document = format!(
            "<value {NAMESPACES} xsi:type='LocalizedMethodFault'>{}{}</value>",
            "<fault xsi:type='InvalidState'><faultCause>".repeat(depth),
            "</faultCause></fault>".repeat(depth),
        );
        use_in_every_way(&document, &deepest());
        let fault: LocalizedMethodFault = decode(&document, &deepest());
        assert!(find_fault::<InvalidLogin>(ObjectRef::of(&fault)).is_none());
        assert!(find_fault::<InvalidState>(ObjectRef::of(&fault)).is_some());
    });
}
