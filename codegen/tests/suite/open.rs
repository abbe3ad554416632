//! Types that the catalogue says are open: other services extend them, whether those are there or not.

use vmomi_codegen::diff;
use vmomi_codegen::graph::Graph;
use vmomi_codegen::model::Model;
use vmomi_codegen::select::{Selection, select};
use vmomi_codegen::{Settings, generate};

use crate::small::{model, model_without_catalog};

const FILE: &str = "catalog.json";
const CHAIN: &str = r#""Chain": {"since""#;
const OPEN_CHAIN: &str = r#""Chain": {"open": true, "since""#;
const SCALARS: &str = r#""Scalars": {"since""#;
const OPEN_SCALARS: &str = r#""Scalars": {"open": true, "since""#;
const STUB: &str = r#""Stub": {"since""#;
const OPEN_STUB: &str = r#""Stub": {"open": true, "since""#;
const DEVICE: &str = r#""Device": {"since""#;
const OPEN_DEVICE: &str = r#""Device": {"open": true, "since""#;

/// Nothing extends `Scalars`, or `Chain`, which holds itself; `Device` has a subtype besides; `Stub` is held by nothing.
fn open() -> Model {
    model(&[
        (FILE, CHAIN, OPEN_CHAIN),
        (FILE, SCALARS, OPEN_SCALARS),
        (FILE, STUB, OPEN_STUB),
        (FILE, DEVICE, OPEN_DEVICE),
    ])
}

fn is_polymorphic(model: &Model, name: &str) -> bool {
    let id = model.data_object(name).expect("there");
    model.is_polymorphic(id, model[id].namespace)
}

/// All text that is generated of a model.
fn code(model: &Model) -> String {
    let generated = generate(model, &Settings::default()).unwrap_or_else(|error| panic!("{error}"));
    generated.files.into_values().collect()
}

#[test]
fn fields_of_an_open_type_may_hold_more_without_a_subtype_in_sight() {
    assert!(!is_polymorphic(&model(&[]), "Chain"));
    assert!(!is_polymorphic(&model_without_catalog(&[]), "Chain"));
    let open = open();
    assert!(is_polymorphic(&open, "Chain"));
    let id = open.data_object("Chain").expect("there");
    let [_, next] = &open[id].fields[..] else {
        panic!("two fields")
    };
    assert!(Graph::of(&open).is_recursive(id, next));
    assert!(code(&model(&[])).contains("pub scalars: Scalars,"));
    assert!(code(&open).contains("pub scalars: Dyn<Scalars>,"));
}

#[test]
fn documentation_says_so_and_links_nothing() {
    let said = "    /// Types of other services extend it.\n";
    assert!(!code(&model(&[])).contains(said));
    let code = code(&open());
    assert_eq!(code.matches(said).count(), 4);
    assert!(code.contains(&format!("    /// Extended by [`Disk`].\n{said}")));
}

#[test]
fn a_slice_keeps_it_open() {
    let selection = Selection::new().types(["Chain", "Device"]);
    let slice = select(&open(), &selection).unwrap_or_else(|error| panic!("{error}"));
    assert!(is_polymorphic(&slice.model, "Chain"));
    let device = slice.model.data_object("Device").expect("there");
    assert!(slice.model[device].open);
}

/// Recursive types are `Dyn` too.
#[test]
fn a_type_that_becomes_recursive_is_reported_as_dyn() {
    let flat = model(&[(
        "small.xsd",
        r#"name="next" type="small:Chain""#,
        r#"name="next" type="xsd:string""#,
    )]);
    assert!(code(&flat).contains("pub chain: Option<Box<Chain>>"));
    assert!(code(&model(&[])).contains("pub chain: Option<Dyn<Chain>>"));
    let text = diff::Text(&diff::compare(&flat, &model(&[]))).to_string();
    assert!(
        text.contains("+ subtypes: recursive  [breaks source]"),
        "{text}"
    );
}

/// `Device` and `Chain` are `Dyn` before and after, and `Stub` is used by nothing.
#[test]
fn a_difference_tells_it_as_a_first_subtype() {
    let (closed, open) = (model(&[]), open());
    let lines = |comparison: &diff::Comparison| {
        let text = diff::Text(comparison).to_string();
        let lines = text.lines().map(|line| line.trim().to_owned());
        let told = lines.filter(|line| line.contains("subtypes:"));
        told.collect::<Vec<_>>()
    };
    assert_eq!(
        lines(&diff::compare(&closed, &open)),
        [
            "+ subtypes: types of other services  [breaks source]",
            "+ subtypes: types of other services",
        ]
    );
    assert_eq!(
        lines(&diff::compare(&open, &closed)),
        [
            "- subtypes: types of other services  [breaks source]",
            "- subtypes: types of other services",
        ]
    );
}
