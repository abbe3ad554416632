//! Whether what is emitted compiles, without a warning.
//!
//! Each crate keeps its folder below that of the tests' own output, and files that have not changed are not written,
//! so a compilation is repeated only when the generator or the runtime has changed what it depends on.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use vmomi_codegen::Builder;

use crate::{beside, small};

/// As strict as this workspace is, and a warning is an error.
const MANIFEST: &str = r#"[package]
name = "NAME"
version = "0.0.0"
edition = "2024"

[dependencies]
vmomi-runtime = { path = 'RUNTIME', default-features = false }

[lints.rust]
warnings = "deny"
missing_docs = "warn"
unsafe_code = "deny"
unused_qualifications = "warn"

[workspace]
"#;

/// The folder of a crate with this name, set up but for its sources.
fn crate_folder(name: &str) -> PathBuf {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR"))
        .join("emitted")
        .join(name);
    fs::create_dir_all(folder.join("src")).expect("a folder");
    let runtime = root.join("runtime").canonicalize().expect("the runtime");
    let manifest = MANIFEST
        .replace("NAME", name)
        .replace("RUNTIME", &runtime.display().to_string());
    fs::write(folder.join("Cargo.toml"), manifest).expect("written");
    // The same versions of everything as in this workspace.
    fs::copy(root.join("Cargo.lock"), folder.join("Cargo.lock")).expect("a lock file");
    folder
}

fn write_if_changed(path: &Path, text: &str) {
    if fs::read_to_string(path).ok().as_deref() != Some(text) {
        fs::write(path, text).expect("written");
    }
}

fn generate(builder: Builder, folder: PathBuf) {
    if let Err(error) = builder.out_dir(folder).generate() {
        panic!("{error}");
    }
}

fn cargo(command: &str, folder: &Path) {
    let target = Path::new(env!("CARGO_TARGET_TMPDIR")).join("emitted/target");
    let output = Command::new(env!("CARGO"))
        .args([command, "--quiet"])
        .current_dir(folder)
        .env("CARGO_TARGET_DIR", target)
        .output()
        .expect("cargo");
    let message = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{}:\n{message}", folder.display());
}

#[test]
fn the_small_descriptions_make_a_program_that_works() {
    let folder = crate_folder("small");
    let sources = folder.join("src");
    generate(small(), sources.join("with_catalog"));
    generate(small().ignore_catalogs(), sources.join("without_catalog"));
    let program = fs::read_to_string(beside("small/program.rs")).expect("the program");
    write_if_changed(&sources.join("main.rs"), &program);
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

/// VMware's own set of a version, or nothing after saying why.
fn shared(version: &str) -> Option<PathBuf> {
    let root = match std::env::var_os("VMOMI_SHARED") {
        Some(root) => PathBuf::from(root),
        None => Path::new(env!("CARGO_MANIFEST_DIR")).join("../../shared"),
    };
    let folder = root.join("wsdl").join(version);
    if folder.is_dir() {
        return Some(folder);
    }
    skip(&format!(
        "VMware's own set {version} is not at {}; name its parent by VMOMI_SHARED",
        folder.display()
    ));
    None
}

#[expect(clippy::print_stderr, reason = "a test that is skipped says so")]
fn skip(reason: &str) {
    eprintln!("skipped: {reason}");
}

// Both sets, although each takes some 15 seconds when something has changed: names that are no good in Rust are
// different ones in each, and users generate from sets of their own.

#[test]
fn what_is_made_of_5_5_compiles() {
    if let Some(set) = shared("vim25-5.5") {
        real_set("vim25_5_5", &set);
    }
}

#[test]
fn what_is_made_of_6_7_compiles() {
    if let Some(set) = shared("vim25-6.7") {
        real_set("vim25_6_7", &set);
    }
}
