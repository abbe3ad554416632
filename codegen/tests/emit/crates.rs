//! Crates made of generated code.
//!
//! Each crate keeps its folder below that of the tests' own output, and files that have not changed are not written,
//! so a compilation is repeated only when the generator or the runtime has changed what it depends on.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use vmomi_codegen::Builder;

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
pub fn crate_folder(name: &str) -> PathBuf {
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

/// Writes a file, and leaves it alone when it is as it should be.
pub fn write_if_changed(path: &Path, text: &str) {
    if fs::read_to_string(path).ok().as_deref() != Some(text) {
        fs::write(path, text).expect("written");
    }
}

/// Writes generated code into a folder.
pub fn generate(builder: Builder, folder: PathBuf) {
    if let Err(error) = builder.out_dir(folder).generate() {
        panic!("{error}");
    }
}

/// Runs a command of cargo in the folder of a crate.
///
/// # Panics
/// When it fails, with what it says.
pub fn cargo(command: &str, folder: &Path) {
    if let Err(message) = try_cargo(command, folder) {
        panic!("{message}");
    }
}

/// Runs a command of cargo in the folder of a crate.
///
/// # Errors
/// When it fails: what it says.
pub fn try_cargo(command: &str, folder: &Path) -> Result<(), String> {
    attempt(
        Command::new(env!("CARGO")).args([command, "--quiet"]),
        folder,
    )
}

/// Builds the program of a crate and runs it with arguments.
///
/// # Panics
/// When either fails, with what it says.
pub fn run(folder: &Path, arguments: &[PathBuf]) {
    let mut command = Command::new(env!("CARGO"));
    let command = command.args(["run", "--quiet", "--"]).args(arguments);
    if let Err(message) = attempt(command, folder) {
        panic!("{message}");
    }
}

/// Makes the documentation of a crate, in which a link that leads nowhere is an error, as is whatever else rustdoc warns
/// of.
///
/// # Panics
/// When it fails, with what it says.
pub fn document(folder: &Path) {
    let mut command = Command::new(env!("CARGO"));
    let command = command.args(["doc", "--quiet", "--no-deps"]).env(
        "RUSTDOCFLAGS",
        "-D warnings -D rustdoc::unescaped_backticks",
    );
    if let Err(message) = attempt(command, folder) {
        panic!("{message}");
    }
}

fn attempt(command: &mut Command, folder: &Path) -> Result<(), String> {
    let target = Path::new(env!("CARGO_TARGET_TMPDIR")).join("emitted/target");
    let command = command.current_dir(folder).env("CARGO_TARGET_DIR", target);
    let output = command.output().expect("cargo");
    if output.status.success() {
        return Ok(());
    }
    let message = String::from_utf8_lossy(&output.stderr);
    Err(format!("{}:\n{message}", folder.display()))
}

/// The modules of the namespaces in a folder of generated code.
pub fn namespaces(api: &Path) -> Vec<String> {
    let entries = fs::read_dir(api).expect("generated code");
    let paths = entries.map(|entry| entry.expect("an entry").path());
    let mut names: Vec<String> = paths
        .filter(|path| path.is_dir())
        .filter_map(|path| Some(path.file_name()?.to_str()?.to_owned()))
        .collect();
    names.sort();
    names
}
