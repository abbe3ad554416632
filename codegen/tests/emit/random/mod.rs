//! Descriptions made up at random: what is made of each compiles, says what the description says, and sends every value.
//!
//! All are modules of one program. The same ones every time; for others:
//!
//! ```sh
//! VMOMI_SCHEMAS=500 cargo test -p vmomi-codegen --test emit random                    # the first 500
//! VMOMI_SCHEMAS=500 VMOMI_FIRST_SCHEMA=500 cargo test -p vmomi-codegen --test emit random
//! VMOMI_FIRST_SCHEMA=17 VMOMI_SHRINK=1 cargo test -p vmomi-codegen --test emit random # the least of 17 that fails
//! ```

pub mod description;
mod strategy;

use std::fs;
use std::path::Path;

use proptest::strategy::{Strategy, ValueTree};
use proptest::test_runner::{Config, RngAlgorithm, TestRng, TestRunner};
use vmomi_codegen::Builder;

use crate::beside;
use crate::crates::{crate_folder, namespaces, try_cargo, write_if_changed};
use description::{Description, NAMESPACES};

/// How many there are if nobody says how many.
const SCHEMAS: u64 = 24;

#[test]
fn random_descriptions_make_code_that_works() {
    let first = number("VMOMI_FIRST_SCHEMA").unwrap_or(0);
    if number("VMOMI_SHRINK").is_some() {
        return shrink(first);
    }
    let count = number("VMOMI_SCHEMAS").unwrap_or(SCHEMAS);
    let descriptions: Vec<_> = (first..first + count)
        .map(|seed| (seed, tree(seed).current()))
        .collect();
    if let Err(message) = attempt("random", &descriptions) {
        panic!("{message}\nshrink it by VMOMI_SHRINK=1 VMOMI_FIRST_SCHEMA=<its number>");
    }
}

fn number(variable: &str) -> Option<u64> {
    let text = std::env::var(variable).ok()?;
    Some(
        text.parse()
            .unwrap_or_else(|_| panic!("{variable} is no number: {text}")),
    )
}

/// The description of a number, with the simpler ones like it.
fn tree(seed: u64) -> impl ValueTree<Value = Description> {
    let mut bytes = [0; 32];
    bytes[..8].copy_from_slice(&seed.to_le_bytes());
    let random = TestRng::from_seed(RngAlgorithm::ChaCha, &bytes);
    let mut runner = TestRunner::new_with_rng(Config::default(), random);
    strategy::description()
        .new_tree(&mut runner)
        .expect("a description")
}

/// Looks for the simplest description like one that fails, which takes a compilation for each that is tried.
fn shrink(seed: u64) {
    let mut tree = tree(seed);
    let attempt = |of: Description| attempt("shrunk", &[(seed, of)]);
    let mut failure = attempt(tree.current()).err();
    assert!(failure.is_some(), "schema {seed} does not fail");
    let mut least = tree.current();
    while tree.simplify() {
        loop {
            match attempt(tree.current()) {
                Err(message) => {
                    failure = Some(message);
                    least = tree.current();
                    break;
                }
                Ok(()) if tree.complicate() => {}
                Ok(()) => break,
            }
        }
    }
    panic!("{}\n{least:#?}", failure.unwrap_or_default());
}

/// Generates, compiles and runs.
fn attempt(name: &str, descriptions: &[(u64, Description)]) -> Result<(), String> {
    let folder = crate_folder(name);
    let sources = folder.join("src");
    drop(fs::remove_dir_all(&sources));
    let round_trip = fs::read_to_string(beside("round_trip.rs")).expect("a part of the program");
    fs::create_dir_all(&sources).expect("a folder");
    write_if_changed(&sources.join("round_trip.rs"), &round_trip);
    let (mut modules, mut calls) = (String::new(), String::new());
    for (seed, description) in descriptions {
        let module = sources.join(format!("schema_{seed}"));
        let described = folder.join(format!("described/{seed}"));
        fs::create_dir_all(&described).expect("a folder");
        for (file, text) in description.files() {
            fs::write(described.join(file), text).expect("written");
        }
        let generated = Builder::new().wsdl(&described).out_dir(&module).generate();
        if let Err(error) = generated {
            return Err(format!("schema {seed}: {error}"));
        }
        modules += &format!("mod schema_{seed};\n");
        calls += &format!("    eprintln!(\"schema {seed}\");\n");
        calls += &expectations(*seed, description, &module);
    }
    let program =
        format!("//! Generated.\n\n{modules}mod round_trip;\n\nfn main() {{\n{calls}}}\n");
    write_if_changed(&sources.join("main.rs"), &program);
    try_cargo("run", &folder)
}

/// Calls that compare the tables of the generated code with what the description says, and send every value.
fn expectations(seed: u64, description: &Description, module: &Path) -> String {
    let mut calls = String::new();
    for namespace in namespaces(module) {
        let types = format!("&schema_{seed}::{namespace}::TYPES");
        calls += &format!("    round_trip::all({types});\n");
        let index = NAMESPACES.iter().position(|name| *name == namespace);
        for object in description
            .objects
            .iter()
            .filter(|of| Some(of.namespace) == index)
        {
            let base = object
                .base
                .map(|base| description.objects[base].name.as_str());
            let fields = object.fields.iter();
            let fields: Vec<_> = fields.map(|of| (of.name.as_str(), of.list)).collect();
            let name = &object.name;
            calls +=
                &format!("    round_trip::described({types}, {name:?}, {base:?}, &{fields:?});\n");
        }
        for of in description
            .enums
            .iter()
            .filter(|of| Some(of.namespace) == index)
        {
            let (name, values) = (&of.name, &of.values);
            calls += &format!("    round_trip::listed({types}, {name:?}, &{values:?});\n");
        }
    }
    calls
}
