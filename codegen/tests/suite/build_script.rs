//! What a build script makes and says.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use vmomi_codegen::{Builder, Generated};

use crate::support::{complex, folder, schema};

fn generate(builder: &Builder) -> Generated {
    builder.generate().unwrap_or_else(|error| panic!("{error}"))
}

/// Every file and folder with the time of its last change.
fn times(folder: &Path) -> BTreeMap<PathBuf, SystemTime> {
    let mut times = BTreeMap::new();
    for entry in fs::read_dir(folder).expect("a folder") {
        let path = entry.expect("an entry").path();
        let changed = fs::metadata(&path).and_then(|data| data.modified());
        times.insert(path.clone(), changed.expect("a time"));
        if path.is_dir() {
            times.extend(self::times(&path));
        }
    }
    times
}

#[test]
fn a_run_that_changes_nothing_touches_nothing() {
    let text = schema(&complex("Thing", None, &[]));
    let input = folder(&[("types.xsd", &text)]);
    let out = tempfile::tempdir().expect("a folder");
    let builder = Builder::new().wsdl(input.path()).out_dir(out.path());
    generate(&builder);
    let before = times(out.path());
    assert!(!before.is_empty());
    generate(&builder);
    assert_eq!(times(out.path()), before);
}

#[test]
fn cargo_is_told_every_file_and_folder() {
    let common = schema("");
    let text = schema("<include schemaLocation=\"more/common.xsd\"/>");
    let input = folder(&[("set/types.xsd", &text), ("set/more/common.xsd", &common)]);
    let out = tempfile::tempdir().expect("a folder");
    let set = input.path().join("set");
    let generated = generate(&Builder::new().wsdl(&set).out_dir(out.path()));
    let inputs = [
        set.clone(),
        set.join("more/common.xsd"),
        set.join("types.xsd"),
    ];
    assert_eq!(generated.inputs, inputs);
    let lines = generated.cargo_lines();
    for path in inputs {
        let line = format!("cargo::rerun-if-changed={}\n", path.display());
        assert!(lines.contains(&line), "{lines}");
    }
}

#[cfg(feature = "bundled")]
#[test]
fn nothing_on_disk_is_watched_for_what_is_built_in() {
    let out = tempfile::tempdir().expect("a folder");
    let generated = generate(
        &Builder::new()
            .bundled("vim25")
            .types(["AboutInfo"])
            .out_dir(out.path()),
    );
    assert!(generated.inputs.is_empty(), "{:?}", generated.inputs);
    let lines = generated.cargo_lines();
    assert!(
        lines.starts_with("cargo::rerun-if-changed=build.rs\n"),
        "{lines}"
    );
    assert!(
        lines.lines().all(|line| line.starts_with("cargo::")),
        "{lines}"
    );
}

#[test]
fn warnings_are_passed_on_in_a_line_each() {
    let text = schema(&complex(
        "ArrayOfOdd",
        None,
        &["name=\"odd\" type=\"xsd:int\" minOccurs=\"0\" maxOccurs=\"unbounded\""],
    ));
    let input = folder(&[("types.xsd", &text)]);
    let out = tempfile::tempdir().expect("a folder");
    let generated = generate(&Builder::new().wsdl(input.path()).out_dir(out.path()));
    let lines = generated.cargo_lines();
    let warnings = lines
        .lines()
        .filter(|line| line.starts_with("cargo::warning="));
    assert_eq!(warnings.count(), generated.warnings.len());
    assert!(
        lines.lines().all(|line| line.starts_with("cargo::")),
        "{lines}"
    );
}
