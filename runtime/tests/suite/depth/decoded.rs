//! Values as deep as decoding makes them can be used on the smallest stack that threads usually
//! have.

use std::fmt::Write as _;

use vmomi_runtime::decode::{Limits, from_xml};
use vmomi_runtime::erased::ObjectRef;
use vmomi_runtime::{Any, find_fault, to_xml};

use crate::documents::{NAMESPACES, keeping_unknown};
use crate::support::*;

/// What the main thread has on Windows; threads of Rust have twice as much. Without optimisation
/// two thirds of it are needed.
const STACK_BYTES: usize = 1 << 20;

/// A document that nests elements as deep as the limit allows.
fn nested(root_type: &str, element: &str) -> String {
    let name = element.split(' ').next().expect("a name");
    let depth = Limits::default().depth - 1;
    format!(
        "<value {NAMESPACES} xsi:type='{root_type}'>{}{}</value>",
        format!("<{element}>").repeat(depth),
        format!("</{name}>").repeat(depth),
    )
}

fn documents() -> Vec<String> {
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
    ]
}

fn use_in_every_way(document: &str) {
    let value: Any = from_xml(document.as_bytes(), &TYPES, &keeping_unknown())
        .unwrap_or_else(|error| panic!("{error}"));
    let copy = value.clone();
    assert_eq!(copy, value);
    let mut shown = String::new();
    write!(shown, "{value:?}{copy:#?}").expect("writing to a string cannot fail");
    assert!(!shown.is_empty());
    drop(value);
    let xml = to_xml("value", &copy, &SERVICE).expect("it can be encoded");
    assert!(xml.len() > 200);
    // JSON may be less deep.
    #[cfg(feature = "serde")]
    serde_json::to_string(&copy).expect_err("it is too deep");
}

#[test]
fn the_deepest_values_fit_a_small_stack() {
    for document in documents() {
        let user = std::thread::Builder::new().stack_size(STACK_BYTES);
        let user = user
            .spawn(move || use_in_every_way(&document))
            .expect("a thread");
        user.join().expect("no panic");
    }
}

/// Faults alternate between two types.
#[test]
fn the_deepest_faults_fit_a_small_stack() {
    let depth = (Limits::default().depth - 1) / 2;
    let document = format!(
        "<value {NAMESPACES} xsi:type='LocalizedMethodFault'>{}{}</value>",
        "<fault xsi:type='InvalidState'><faultCause>".repeat(depth),
        "</faultCause></fault>".repeat(depth),
    );
    let user = std::thread::Builder::new().stack_size(STACK_BYTES);
    let user = user.spawn(move || {
        use_in_every_way(&document);
        let fault: LocalizedMethodFault =
            from_xml(document.as_bytes(), &TYPES, &keeping_unknown()).expect("XML");
        assert!(find_fault::<InvalidLogin>(ObjectRef::of(&fault)).is_none());
        assert!(find_fault::<InvalidState>(ObjectRef::of(&fault)).is_some());
    });
    user.expect("a thread").join().expect("no panic");
}
