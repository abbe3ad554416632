//! Slices by the program.

use std::path::Path;
use std::process::{Command, Output};

use tempfile::TempDir;

/// Generates from the small descriptions into a folder.
fn generate(out: &TempDir, arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_vmomi-codegen"))
        .args(["generate", "--wsdl"])
        .arg(Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/emit/small"))
        .arg("--out")
        .arg(out.path())
        .args(arguments)
        .output()
        .expect("it runs")
}

fn folder() -> TempDir {
    tempfile::tempdir().expect("a folder")
}

fn text(bytes: &[u8]) -> &str {
    std::str::from_utf8(bytes).expect("text")
}

#[test]
fn a_part_is_generated_and_explained() {
    let out = folder();
    let arguments = [
        ["--managed-object", "Machine.device"],
        ["--operation", "Count"],
        ["--type", "Event"],
        ["--name", "Nothing"],
        ["--subtypes", "Device=all"],
        ["--subtypes", "Event=DiskEvent"],
        ["--subtypes", "none"],
        ["--without", "Disk.base"],
        ["--explain", "Disk*"],
    ];
    let output = generate(&out, &[&arguments.concat()[..], &["--report"]].concat());
    let (stdout, stderr) = (text(&output.stdout), text(&output.stderr));
    assert!(output.status.success(), "{stderr}");
    for line in [
        "Event (chosen) -> subtype DiskEvent",
        "Machine.device (chosen) -> Device -> subtype Disk",
    ] {
        assert!(stdout.contains(&format!("\n{line}\n")), "{stdout}");
    }
    assert!(
        stdout.contains("managed objects `Machine.device`"),
        "{stdout}"
    );
    let small = out.path().join("small");
    let read = |path: &str| std::fs::read_to_string(small.join(path)).expect("generated");
    let machine = read("managed_objects/machine.rs");
    assert!(
        machine.contains("Vec<Dyn<Device>>") && !machine.contains("pub fn"),
        "{machine}"
    );
    assert!(read("managed_objects/entity.rs").contains("pub fn count"));
    assert!(!read("data_objects/all.rs").contains("base_"), "it is cut");
}

#[test]
fn the_report_can_be_parsed() {
    let arguments = [
        "--json",
        "--type",
        "Event",
        "--report",
        "--explain",
        "Event",
    ];
    let output = generate(&folder(), &arguments);
    let report: serde_json::Value = serde_json::from_slice(&output.stdout).expect("JSON");
    assert_eq!(report["data_objects"], 2);
    assert_eq!(report["slice"]["whole"]["data_objects"], 15);
    assert_eq!(report["slice"]["things"][1]["chain"][0], "Event (chosen)");
    assert_eq!(report["explained"][0][0], "Event (chosen)");
}

#[test]
fn what_is_not_there_cannot_be_explained() {
    let out = folder();
    let output = generate(&out, &["--type", "Event", "--explain", "Disk"]);
    assert_eq!(output.status.code(), Some(1));
    let message = "error: nothing in the slice has a name like `Disk`\n";
    assert_eq!(
        text(&output.stderr)
            .rsplit_once("error")
            .map(|(_, end)| format!("error{end}"))
            .as_deref(),
        Some(message)
    );
    let output = generate(&out, &["--explain", "Disk"]);
    assert_eq!(output.status.code(), Some(1));
    assert!(text(&output.stderr).contains("nothing was chosen"));
}

#[test]
fn a_selection_never_replaces_the_workspace_unasked() {
    let output = Command::new(env!("CARGO_BIN_EXE_vmomi-codegen"))
        .args(["generate", "--type", "Event"])
        .output()
        .expect("it runs");
    assert_eq!(output.status.code(), Some(2));
    assert!(text(&output.stderr).contains("--out <DIR>"));
}

/// Those are the workspace's crate's, which has features by the names of services.
#[test]
fn a_slice_of_the_workspace_is_behind_no_feature() {
    let workspace = folder();
    let set = workspace.path().join("wsdl/small");
    std::fs::create_dir_all(&set).expect("a folder");
    std::fs::create_dir(workspace.path().join("generated")).expect("a folder");
    std::fs::write(workspace.path().join("generated/Cargo.toml"), "").expect("written");
    let small = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/emit/small");
    for name in ["catalog.json", "common.xsd", "small.wsdl", "small.xsd"] {
        std::fs::copy(small.join(name), set.join(name)).expect("copied");
    }
    let root = |arguments: &[&str]| {
        let output = Command::new(env!("CARGO_BIN_EXE_vmomi-codegen"))
            .current_dir(workspace.path())
            .args(["generate", "--out", "out"])
            .args(arguments)
            .output()
            .expect("it runs");
        assert!(output.status.success(), "{}", text(&output.stderr));
        std::fs::read_to_string(workspace.path().join("out/mod.rs")).expect("generated")
    };
    assert!(root(&[]).contains("cfg(feature"));
    let slice = root(&["--managed-object", "Machine"]);
    assert!(
        slice.contains("pub mod small;") && !slice.contains("cfg(feature"),
        "{slice}"
    );
}
