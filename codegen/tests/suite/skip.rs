//! What is skipped, and what goes with it.

use vmomi_codegen::model::Model;
use vmomi_codegen::select::{Selection, Slice, select};

use crate::support::{complex, model_of};

/// A type that extends one, fields of it in several ways, and an enumeration.
fn model() -> Model {
    let types = [
        complex("Device", None, &["name=\"key\" type=\"xsd:int\""]),
        complex("Disk", Some("Device"), &["name=\"size\" type=\"xsd:long\""]),
        complex(
            "Machine",
            None,
            &[
                "name=\"boot\" type=\"t:Device\" minOccurs=\"0\"",
                "name=\"disk\" type=\"t:Disk\" maxOccurs=\"unbounded\"",
                "name=\"state\" type=\"t:State\"",
            ],
        ),
        complex(
            "ArrayOfDisk",
            None,
            &["name=\"Disk\" type=\"t:Disk\" minOccurs=\"0\" maxOccurs=\"unbounded\""],
        ),
        "<simpleType name=\"State\"><restriction base=\"xsd:string\"><enumeration value=\"on\"/>\
         </restriction></simpleType>"
            .to_owned(),
    ];
    model_of(&types.concat())
}

fn skipped(patterns: &[&str]) -> Slice {
    let selection = Selection::new().skip(patterns.iter().copied());
    assert!(!selection.is_everything());
    select(&model(), &selection).unwrap_or_else(|error| panic!("{error}"))
}

fn names(slice: &Slice) -> Vec<&str> {
    let objects = slice.model.data_objects.iter();
    objects.map(|object| object.name.as_str()).collect()
}

fn told(slice: &Slice) -> Vec<&str> {
    let set_aside = slice.model.set_aside.iter();
    set_aside.map(|of| of.what.as_str()).collect()
}

fn fields(slice: &Slice, name: &str) -> Vec<String> {
    let id = slice.model.data_object(name).expect("there");
    let fields = slice.model[id].fields.iter();
    fields.map(|field| field.name.clone()).collect()
}

#[test]
fn a_type_goes_with_what_is_of_it_and_what_extends_it() {
    let slice = skipped(&["Device"]);
    assert_eq!(names(&slice), ["Machine"]);
    assert_eq!(fields(&slice, "Machine"), ["state"]);
    assert!(slice.model.arrays.is_empty());
    assert_eq!(
        told(&slice),
        ["field `Machine.boot`", "field `Machine.disk`"]
    );
}

#[test]
fn a_subtype_leaves_its_base() {
    let slice = skipped(&["Disk"]);
    assert_eq!(names(&slice), ["Device", "Machine"]);
    assert_eq!(fields(&slice, "Machine"), ["boot", "state"]);
}

#[test]
fn an_enumeration_and_a_field_go_too() {
    let slice = skipped(&["State", "Machine.boot"]);
    assert!(slice.model.enumerations.is_empty());
    assert_eq!(fields(&slice, "Machine"), ["disk"]);
    assert_eq!(
        told(&slice),
        ["field `Machine.state`"],
        "the other was named"
    );
}

#[test]
fn what_was_chosen_and_has_gone_is_told() {
    let selection = Selection::new().types(["Disk", "Machine"]).skip(["Device"]);
    let slice = select(&model(), &selection).unwrap_or_else(|error| panic!("{error}"));
    assert_eq!(names(&slice), ["Machine"]);
    assert!(
        told(&slice).contains(&"data object `Disk`"),
        "{:?}",
        told(&slice)
    );
}

#[test]
fn a_pattern_that_nothing_answers_to_is_an_error() {
    let selection = Selection::new().skip(["Dsik"]);
    let error = select(&model(), &selection)
        .expect_err("refused")
        .to_string();
    assert!(
        error.contains("Dsik") && error.contains("`Disk`"),
        "{error}"
    );
}
