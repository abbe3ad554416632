//! The crate that the programs are checked in.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::process::Command;

const MANIFEST: &str = r#"[package]
name = "refused"
version = "0.0.0"
edition = "2024"

[dependencies]
vmomi-runtime = { path = 'RUNTIME', default-features = false }
vmomi-hostile-macros = { path = 'MACROS' }

[workspace]
"#;

/// What is before each program: nothing in it may be unsafe, and lints that would refuse it by
/// themselves are off.
const PRELUDE: &str = r#"#![forbid(unsafe_code)]
#![allow(conflicting_repr_hints, dead_code, missing_docs, unused_imports)]
use vmomi_runtime::generated::*;
static SERVICE: Service = Service {
    name: "s", namespace: "urn:s", version: "1", endpoint: "/", versions: &["1"],
};
static TYPES: TypeRegistry = TypeRegistry { service: &SERVICE, data_objects: &[], enums: &[] };
const V1: Since = Since(0);
fn main() {}
"#;

/// The errors of each program.
pub struct Checked(BTreeMap<String, Vec<String>>);

impl Checked {
    /// Checks programs, each with its name.
    ///
    /// # Panics
    /// When cargo says something that concerns none of them.
    pub fn of<'a>(programs: impl Iterator<Item = (&'a str, &'a str)>) -> Self {
        let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("refused");
        let sources = folder.join("src/bin");
        // Programs of the last time may have had other names.
        if sources.exists() {
            fs::remove_dir_all(&sources).expect("removed");
        }
        fs::create_dir_all(&sources).expect("a folder");
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
        let root = root.canonicalize().expect("the workspace");
        let path = |name: &str| root.join(name).display().to_string();
        let manifest = MANIFEST
            .replace("RUNTIME", &path("runtime"))
            .replace("MACROS", &path("tests/hostile-macros"));
        fs::write(folder.join("Cargo.toml"), manifest).expect("written");
        // The same versions of everything as in this workspace.
        fs::copy(root.join("Cargo.lock"), folder.join("Cargo.lock")).expect("a lock file");
        let mut errors = BTreeMap::new();
        for (name, text) in programs {
            let text = format!("{PRELUDE}{text}");
            fs::write(sources.join(format!("{name}.rs")), text).expect("written");
            errors.insert(name.to_owned(), Vec::new());
        }
        let output = Command::new(env!("CARGO"))
            .args(["check", "--quiet", "--bins", "--keep-going"])
            .arg("--message-format=json")
            .current_dir(&folder)
            .env("CARGO_TARGET_DIR", folder.join("target"))
            .output()
            .expect("cargo");
        for line in String::from_utf8_lossy(&output.stdout).lines() {
            let message: serde_json::Value = serde_json::from_str(line).expect("JSON");
            if message["message"]["level"] == "error" {
                let text = message["message"]["message"].as_str().unwrap_or_default();
                let name = message["target"]["name"].as_str().unwrap_or_default();
                let of_program = errors.get_mut(name);
                of_program
                    .expect("an error of a program")
                    .push(text.to_owned());
            }
        }
        let said = String::from_utf8_lossy(&output.stderr);
        let all_compiled = errors.values().all(Vec::is_empty);
        assert_eq!(output.status.success(), all_compiled, "{said}");
        Self(errors)
    }

    /// The errors of a program with this name.
    pub fn errors(&self, name: &str) -> &[String] {
        &self.0[name]
    }
}
