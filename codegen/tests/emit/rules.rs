//! One description for each rule of the mapping, below `rules`, with code that uses what is made of it. They are compiled
//! into one program, which also sends a value of every type.

use std::fs;
use std::path::PathBuf;

use vmomi_codegen::Builder;

use crate::beside;
use crate::crates::{cargo, crate_folder, generate, namespaces, write_if_changed};

/// The folders of the rules, by name.
fn rules() -> Vec<(String, PathBuf)> {
    let entries = fs::read_dir(beside("rules")).expect("the rules");
    let paths = entries.map(|entry| entry.expect("an entry").path());
    let mut rules: Vec<_> = paths
        .filter_map(|path| Some((path.file_name()?.to_str()?.to_owned(), path)))
        .collect();
    rules.sort();
    rules
}

#[test]
fn each_rule_makes_code_that_works() {
    let rules = rules();
    assert!(rules.len() > 12, "the rules are there");
    let folder = crate_folder("rules");
    let sources = folder.join("src");
    let round_trip = fs::read_to_string(beside("round_trip.rs")).expect("a part of the program");
    write_if_changed(&sources.join("round_trip.rs"), &round_trip);
    let (mut modules, mut calls) = (String::new(), String::new());
    for (name, path) in &rules {
        let module = sources.join(name);
        generate(Builder::new().wsdl(path), module.join("api"));
        let check = fs::read_to_string(path.join("check.rs")).expect("code that uses it");
        write_if_changed(&module.join("check.rs"), &check);
        write_if_changed(&module.join("mod.rs"), "pub mod api;\npub mod check;\n");
        modules += &format!("mod {name};\n");
        calls += &format!("    {name}::check::check();\n");
        for namespace in namespaces(&module.join("api")) {
            calls += &format!("    round_trip::all(&{name}::api::{namespace}::TYPES);\n");
        }
    }
    let program = format!(
        "//! Generated.\n#![allow(dead_code, reason = \"some of it has but to compile\")]\n\n{modules}mod round_trip;\n\nfn main() {{\n{calls}}}\n"
    );
    write_if_changed(&sources.join("main.rs"), &program);
    cargo("run", &folder);
}
