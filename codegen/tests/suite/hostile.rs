//! Input that is damaged or made to harm: an answer always comes, never a panic.

use std::fs;
use std::path::Path;

use vmomi_codegen::diagnostic::{Diagnostics, Problem};

use crate::support::{complex, read, schema};

fn core_types() -> Vec<u8> {
    fs::read(Path::new(env!("CARGO_MANIFEST_DIR")).join("../wsdl/vim25/core-types.xsd"))
        .expect("the set of this workspace")
}

fn read_bytes(bytes: &[u8]) -> Result<vmomi_codegen::model::Model, Diagnostics> {
    let folder = tempfile::tempdir().expect("a folder");
    fs::write(folder.path().join("core-types.xsd"), bytes).expect("written");
    vmomi_codegen::Builder::new().wsdl(folder.path()).model()
}

#[test]
fn truncation_is_always_an_error() {
    let whole = core_types();
    assert!(read_bytes(&whole).is_ok());
    let end = whole.trim_ascii_end().len();
    for length in (0..end).step_by(end / 150) {
        let error = read_bytes(&whole[..length]).expect_err("a part of a document");
        assert!(
            error.iter().all(|error| error.location().is_some()),
            "{error}"
        );
    }
}

#[test]
fn damage_never_panics() {
    let whole = core_types();
    // A small linear congruential generator: the same damage in every run.
    let mut state = 1_u32;
    let mut next = |below: usize| {
        state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        (state >> 8) as usize % below
    };
    for _ in 0..300 {
        let mut damaged = whole.clone();
        for _ in 0..=next(4) {
            let at = next(damaged.len());
            let end = (at + next(80)).min(damaged.len());
            let odd = b"<>\"&'/ \n\xff\x00a:"[next(12)];
            match next(4) {
                0 => damaged[at] = odd,
                1 => damaged.insert(at, odd),
                2 => drop(damaged.drain(at..end)),
                _ => {
                    let part = damaged[at..end].to_vec();
                    drop(damaged.splice(at..at, part));
                }
            }
        }
        if let Err(error) = read_bytes(&damaged) {
            assert!(error.to_string().starts_with("error: "));
        }
    }
}

#[test]
fn a_type_may_have_a_hundred_thousand_fields() {
    let fields: Vec<String> = (0..100_000)
        .map(|n| format!("name=\"field{n}x\" type=\"xsd:int\""))
        .collect();
    let fields: Vec<&str> = fields.iter().map(String::as_str).collect();
    let model = read(&[("a.xsd", &schema(&complex("Thing", None, &fields)))])
        .unwrap_or_else(|error| panic!("{error}"));
    assert_eq!(model.data_objects[0].fields.len(), 100_000);
}

#[test]
fn inheritance_may_be_deep() {
    let mut types = complex("T0", None, &[]);
    for depth in 1..20_000 {
        types += &complex(
            &format!("T{depth}"),
            Some(&format!("T{}", depth - 1)),
            &[&format!("name=\"a{depth}\" type=\"t:T0\"")],
        );
    }
    let model = read(&[("a.xsd", &schema(&types))]).unwrap_or_else(|error| panic!("{error}"));
    let graph = vmomi_codegen::graph::Graph::of(&model);
    let deepest = model.data_object("T19999").expect("there");
    assert_eq!(graph.depth(deepest), 19_999);
}

#[test]
fn elements_nested_without_end_are_refused() {
    let nested = "<a>".repeat(200_000) + &"</a>".repeat(200_000);
    assert!(read(&[("a.xsd", &schema(&nested))]).is_err());
    assert!(read(&[("a.xsd", &"<a>".repeat(200_000))]).is_err());
}

#[test]
fn entities_are_not_expanded() {
    let bomb = "<!DOCTYPE schema [<!ENTITY a \"aaaaaaaaaa\"><!ENTITY b \"&a;&a;&a;&a;&a;&a;&a;&a;\">]><schema>&b;</schema>";
    let error = read(&[("a.xsd", bomb)]).expect_err("a document type");
    assert!(
        error
            .iter()
            .all(|error| *error.problem() == Problem::DocumentType),
        "{error}"
    );
}
