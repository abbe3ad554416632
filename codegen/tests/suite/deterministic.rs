//! The same description gives the same bytes, whatever the run, the folder it is run in, how the input is named, and how
//! many processors there are.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::process::Command;

use crate::support::{complex, folder, schema};

/// The texts below a folder, by path.
fn texts(folder: &Path) -> BTreeMap<String, String> {
    let mut texts = BTreeMap::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(next) = folders.pop() {
        for entry in fs::read_dir(next).expect("a folder") {
            let path = entry.expect("an entry").path();
            if path.is_dir() {
                folders.push(path);
            } else {
                let name = path
                    .strip_prefix(folder)
                    .expect("below")
                    .display()
                    .to_string();
                texts.insert(name, fs::read_to_string(path).expect("a text"));
            }
        }
    }
    texts
}

/// More types than one thread takes at a time, in two files that include each other.
fn description() -> tempfile::TempDir {
    let types = |from: usize| -> String {
        let one = |index: usize| {
            let field = format!(
                "name=\"next{index}\" type=\"t:Thing{}Spec\" minOccurs=\"0\"",
                399 - index
            );
            let base =
                (!index.is_multiple_of(7)).then(|| format!("Thing{}Spec", index - index % 7));
            complex(&format!("Thing{index}Spec"), base.as_deref(), &[&field])
        };
        (from..from + 200).map(one).collect()
    };
    let include = |other: &str| format!("<include schemaLocation=\"{other}\"/>\n");
    folder(&[
        ("set/a.xsd", &schema(&(include("b.xsd") + &types(0)))),
        ("set/b.xsd", &schema(&(include("a.xsd") + &types(200)))),
        ("elsewhere/x", ""),
    ])
}

#[test]
fn nothing_but_the_description_changes_the_code() {
    let here = description();
    let program = env!("CARGO_BIN_EXE_vmomi-codegen");
    let run = |mut command: Command, within: &str, inputs: &[&str], out: &str| {
        let out = here.path().join(out);
        command
            .current_dir(here.path().join(within))
            .arg("generate");
        for input in inputs {
            command.args(["--wsdl", input]);
        }
        let output = command.arg("--out").arg(&out).output();
        let output = output.unwrap_or_else(|error| panic!("{command:?}: {error}"));
        assert!(
            output.status.success(),
            "{}",
            String::from_utf8_lossy(&output.stderr)
        );
        texts(&out)
    };
    let first = run(Command::new(program), ".", &["set"], "first");
    assert!(
        first
            .values()
            .map(|text| text.matches("pub struct").count())
            .sum::<usize>()
            == 400
    );
    for (within, inputs) in [
        (".", &["set"][..]),
        ("elsewhere", &["../set/b.xsd", "../set/a.xsd"]),
        ("set", &["a.xsd"]),
        ("set", &["./../set/b.xsd", "b.xsd"]),
    ] {
        assert!(
            run(Command::new(program), within, inputs, "again") == first,
            "{inputs:?}"
        );
    }
    let mut alone = Command::new("taskset");
    alone.args(["--cpu-list", &first_processor()]).arg(program);
    if Command::new("taskset").arg("--version").output().is_ok() {
        assert!(run(alone, ".", &["set"], "alone") == first, "one thread");
    }
}

/// A processor that this process may use.
fn first_processor() -> String {
    let status = fs::read_to_string("/proc/self/status").unwrap_or_default();
    let allowed = status
        .lines()
        .find_map(|line| line.strip_prefix("Cpus_allowed_list:"));
    let first = allowed.and_then(|list| list.trim().split([',', '-']).next());
    first.unwrap_or("0").to_owned()
}
