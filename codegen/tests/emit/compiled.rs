//! Whether what is emitted compiles, without a warning.

use std::fs;
use std::path::Path;

use vmomi_codegen::Builder;

use crate::crates::{cargo, crate_folder, generate, write_if_changed};
use crate::material::shared;
use crate::{beside, small};

/// The small descriptions with a setting of each kind.
fn settled() -> Builder {
    small()
        .replace("common:*", "crate::with_catalog::common::*")
        .replace("Event", "crate::settings::OwnEvent")
        .rename("PowerState", "Power")
        .rename("PowerState.poweredOn", "On")
        .rename("Disk.capacityInKB", "kilobytes")
        .rename("Machine.PowerOn_Task", "start")
        .rename("PowerOnRequestType.this", "entity")
        .derive("PowerState", "PartialOrd, Ord")
        .attribute("Disk", "#[must_use]")
        .attribute("Disk.*", "#[doc(alias = \"a part\")]")
        .attribute("Machine.*", "#[cold]")
}

#[test]
fn the_small_descriptions_make_a_program_that_works() {
    let folder = crate_folder("small");
    let sources = folder.join("src");
    generate(small(), sources.join("with_catalog"));
    generate(small().ignore_catalogs(), sources.join("without_catalog"));
    generate(settled(), sources.join("settled"));
    for (name, file) in [("program", "main"), ("settings", "settings")] {
        let text = fs::read_to_string(beside(&format!("small/{name}.rs"))).expect("the program");
        write_if_changed(&sources.join(format!("{file}.rs")), &text);
    }
    cargo("run", &folder);
}

/// Checks the whole API of a set of VMware's own, where that is at hand.
fn real_set(name: &str, set: &Path) {
    let folder = crate_folder(name);
    generate(Builder::new().wsdl(set), folder.join("src/api"));
    // As a build script's output is: included.
    let root =
        "//! Generated.\n\n/// Generated.\npub mod api {\n    include!(\"api/mod.rs\");\n}\n";
    write_if_changed(&folder.join("src/lib.rs"), root);
    cargo("check", &folder);
}

// Both sets, although each takes some 15 seconds when something has changed: names that are no good in Rust are
// different ones in each, and users generate from sets of their own.

#[test]
fn what_is_made_of_5_5_compiles() {
    if let Some(set) = shared("wsdl/vim25-5.5") {
        real_set("vim25_5_5", &set);
    }
}

#[test]
fn what_is_made_of_6_7_compiles() {
    if let Some(set) = shared("wsdl/vim25-6.7") {
        real_set("vim25_6_7", &set);
    }
}
