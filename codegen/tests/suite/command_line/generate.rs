//! Code, written and checked.

use std::fs;
use std::path::Path;

use super::{run, text};
use crate::support::{complex, folder, schema};

/// A workspace with one type and a folder within.
fn workspace() -> tempfile::TempDir {
    let types = schema(&complex("Thing", None, &[]));
    folder(&[
        ("wsdl/test/types.xsd", &types),
        ("wsdl/test/test.wsdl", &wsdl()),
        ("generated/Cargo.toml", ""),
        ("some/where/x", ""),
    ])
}

/// A service without operations.
fn wsdl() -> String {
    fs::read_to_string("tests/fixtures/accepted/empty_service/test.wsdl").expect("the fixture")
}

#[test]
fn without_arguments_it_brings_the_workspace_up_to_date() {
    let workspace = workspace();
    let root = workspace.path();
    let missing = run(root, &["generate", "--check"]);
    assert_eq!(missing.status.code(), Some(1));
    assert!(
        text(&missing.stderr).contains("missing: generated/src/api"),
        "{}",
        text(&missing.stderr)
    );
    assert!(
        !root.join("generated/src/api").exists(),
        "--check writes nothing"
    );

    let generated = run(&root.join("some/where"), &["generate"]);
    assert!(generated.status.success(), "{}", text(&generated.stderr));
    let summary = text(&generated.stdout);
    assert!(
        summary.contains("1  data objects (0 faults, 0 events)"),
        "{summary}"
    );
    assert!(summary.contains("seconds"), "{summary}");
    assert_eq!(
        text(&generated.stderr),
        "",
        "no progress when nobody watches"
    );

    let current = run(root, &["generate", "--check"]);
    assert!(current.status.success(), "{}", text(&current.stderr));
}

#[test]
fn the_check_names_each_file_that_is_not_current() {
    let workspace = workspace();
    let root = workspace.path();
    assert!(run(root, &["generate"]).status.success());
    let mut files = Vec::new();
    let mut folders = vec![root.join("generated/src/api")];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).expect("a folder") {
            let path = entry.expect("an entry").path();
            if path.is_dir() {
                folders.push(path)
            } else {
                files.push(path)
            }
        }
    }
    let first = &files[0];
    let stale = root.join("generated/src/api/old_family.rs");
    fs::copy(first, &stale).expect("copied");
    let changed = fs::read_to_string(first).expect("read") + "// edited\n";
    fs::write(first, changed).expect("written");
    let check = run(root, &["generate", "--check"]);
    assert_eq!(check.status.code(), Some(1));
    let message = text(&check.stderr);
    assert!(
        message.contains("stale: generated/src/api/old_family.rs"),
        "{message}"
    );
    let name = first
        .strip_prefix(root)
        .expect("within")
        .display()
        .to_string();
    assert!(message.contains(&format!("changed: {name}")), "{message}");
    assert!(
        message.contains("2 files in generated/src/api are not up to date"),
        "{message}"
    );

    assert!(run(root, &["generate"]).status.success());
    assert!(!stale.exists());
    assert!(run(root, &["generate", "--check"]).status.success());
}

#[test]
fn the_check_is_a_command_too() {
    let workspace = workspace();
    let root = workspace.path();
    let json = run(root, &["check", "--json"]);
    assert_eq!(json.status.code(), Some(1));
    let files: serde_json::Value = serde_json::from_slice(&json.stdout).expect("JSON");
    assert_eq!(
        files[0],
        serde_json::json!({"path": "generated/src/api/mod.rs", "difference": "missing"})
    );
    let generated = run(root, &["generate", "--json"]);
    let summary: serde_json::Value = serde_json::from_slice(&generated.stdout).expect("JSON");
    assert_eq!(summary["data_objects"], 1);
    let current = run(root, &["check"]);
    assert!(current.status.success());
    assert_eq!(text(&current.stdout), "generated/src/api is up to date\n");
    let quiet = run(root, &["check", "--quiet"]);
    assert!(quiet.status.success() && quiet.stdout.is_empty());
}

#[test]
fn errors_leave_everything_as_it_was() {
    let workspace = workspace();
    let root = workspace.path();
    assert!(run(root, &["generate"]).status.success());
    fs::write(
        root.join("wsdl/test/types.xsd"),
        schema(&complex("Other", Some("Gone"), &[])),
    )
    .expect("written");
    let failed = run(root, &["generate"]);
    assert_eq!(failed.status.code(), Some(1));
    let message = text(&failed.stderr);
    assert!(
        message.contains("error: unknown type `Gone` in the extension of `Other`"),
        "{message}"
    );
    assert!(message.contains("--> wsdl/test/types.xsd:2:1"), "{message}");
    assert!(!message.contains('\u{1b}'), "no colour when piped");
    assert_eq!(text(&failed.stdout), "");
    fs::write(
        root.join("wsdl/test/types.xsd"),
        schema(&complex("Thing", None, &[])),
    )
    .expect("written");
    assert!(
        run(root, &["generate", "--check"]).status.success(),
        "nothing was written"
    );
}

#[test]
fn input_and_output_can_be_named() {
    let here = folder(&[
        ("a.xsd", &schema(&complex("A", None, &[]))),
        ("sub/b.xsd", &schema(&complex("B", None, &[]))),
    ]);
    let generated = run(
        here.path(),
        &[
            "generate", "--wsdl", "a.xsd", "--wsdl", "sub", "--out", "deep/out",
        ],
    );
    assert!(generated.status.success(), "{}", text(&generated.stderr));
    assert!(text(&generated.stdout).contains("2  data objects"));
    assert!(here.path().join("deep/out").is_dir());

    let missing = run(
        here.path(),
        &["generate", "--wsdl", "gone.wsdl", "--out", "out"],
    );
    assert_eq!(missing.status.code(), Some(1));
    assert_eq!(
        text(&missing.stderr),
        "error: no such file or folder: gone.wsdl\n"
    );
    assert!(!here.path().join("out").exists());

    let nowhere = run(here.path(), &["generate", "--wsdl", "a.xsd"]);
    assert!(!nowhere.status.success());
    assert!(
        text(&nowhere.stderr).contains("--out"),
        "{}",
        text(&nowhere.stderr)
    );
}

#[test]
fn outside_a_workspace_it_says_so() {
    let here = folder(&[]);
    let lost = run(here.path(), &["generate"]);
    assert_eq!(lost.status.code(), Some(1));
    assert!(
        text(&lost.stderr).contains("--wsdl PATH --out DIR"),
        "{}",
        text(&lost.stderr)
    );
}

#[test]
fn catalogues_can_be_named_or_ignored() {
    let service = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/accepted/service");
    let service = service.to_str().expect("text");
    let out = folder(&[]);
    let summary = |arguments: &[&str]| {
        let all = [&["generate", "--wsdl", service, "--out", "out"], arguments].concat();
        let output = run(out.path(), &all);
        assert!(output.status.success(), "{}", text(&output.stderr));
        text(&output.stdout)
    };
    assert!(summary(&[]).contains("1  managed objects with 1 properties"));
    assert!(summary(&["--no-catalog"]).contains("1  managed objects with 0 properties"));
    let catalog = format!("{service}/catalog.json");
    assert!(
        summary(&["--no-catalog", "--catalog", &catalog])
            .contains("1  managed objects with 1 properties")
    );
}
