//! Differences, and what the program says of them.

use std::path::Path;

use super::{run, text};
use crate::small;
use crate::support::folder;

/// A folder with two versions of the small service that differ in an enumeration.
fn versions() -> tempfile::TempDir {
    let edit = ("small.xsd", r#"<enumeration value="64bit" />"#, "");
    let (old, new) = (small::files(&[]), small::files(&[edit]));
    let place = |name: &str, files: Vec<(&'static str, String)>| {
        let files = files.into_iter();
        let placed = files.map(|(file, text)| (format!("{name}/small/{file}"), text));
        placed.collect::<Vec<_>>()
    };
    let files = [place("old", old), place("new", new)].concat();
    let files: Vec<(&str, &str)> = files
        .iter()
        .map(|(name, text)| (name.as_str(), text.as_str()))
        .collect();
    folder(&files)
}

#[test]
fn tells_what_differs() {
    let folder = versions();
    let here = folder.path();
    let output = run(here, &["diff", "old", "new"]);
    assert_eq!(output.status.code(), Some(0), "{}", text(&output.stderr));
    assert_eq!(text(&output.stderr), "");
    let shown = text(&output.stdout);
    assert!(shown.contains("small 2.0\n"), "{shown}");
    assert!(
        shown.ends_with(
            "  enumerations\n    ~ PowerState  [breaks source, wire]\n        \
             - value 64bit  [breaks source, wire]\n"
        ),
        "{shown}"
    );
    let summary = text(&run(here, &["diff", "old", "new", "--summary"]).stdout);
    assert!(
        summary.contains("1 removed, 1 breaking") && !summary.contains("64bit"),
        "{summary}"
    );
    // Between two files, without catalogues.
    let files = run(
        here,
        &["diff", "old/small/small.wsdl", "new/small/small.wsdl"],
    );
    assert!(text(&files.stdout).contains("64bit"));
}

#[test]
fn in_other_forms() {
    let folder = versions();
    let here = folder.path();
    let json = run(here, &["diff", "old", "new", "--format", "json"]).stdout;
    assert_eq!(json, run(here, &["diff", "old", "new", "--json"]).stdout);
    let value: serde_json::Value = serde_json::from_slice(&json).expect("JSON");
    assert_eq!(
        value["services"][1]["items"][0]["members"][0]["name"],
        "64bit"
    );
    let markdown = [
        "diff",
        "old",
        "new",
        "--format",
        "markdown",
        "--heading-level",
        "4",
    ];
    let markdown = text(&run(here, &markdown).stdout);
    assert!(
        markdown.contains("\n#### small 2.0\n") && markdown.contains("\n##### Enumerations\n"),
        "{markdown}"
    );
}

#[test]
fn exit_codes_on_demand() {
    let folder = versions();
    let code = |arguments: &[&str]| {
        let output = run(folder.path(), &[&["diff"], arguments].concat());
        output.status.code().expect("a code")
    };
    assert_eq!(code(&["old", "new"]), 0);
    assert_eq!(code(&["old", "new", "--exit-code"]), 1);
    assert_eq!(code(&["old", "old", "--exit-code"]), 0);
    assert_eq!(code(&["new", "old", "--exit-code"]), 1);
    assert_eq!(
        code(&["new", "old", "--exit-code", "--breaking"]),
        0,
        "a value more"
    );
    assert_eq!(code(&["old", "new", "--exit-code", "--breaking"]), 1);
    assert_eq!(code(&["old", "gone/", "--exit-code"]), 2);
    assert_eq!(code(&["old", "gone/"]), 1);
}

#[test]
fn names_that_lead_nowhere() {
    let folder = versions();
    let said = |arguments: &[&str]| text(&run(folder.path(), arguments).stderr);
    assert_eq!(
        said(&["diff", "olt", "new"]),
        "error: `olt` is no service that is built in, no API version, and no file or folder\n  \
         help: name one of eam, pbm, sms, vim25, vsan, vslm, a version such as 8.0.3.0, or a folder with WSDL\n"
    );
    assert_eq!(
        said(&["diff", "8.0.3.0", "new"]),
        "error: deriving an API version takes the workspace of vmomi: neither this folder nor one above it has a \
         folder `wsdl` and a crate `generated`\n  help: run it in a checkout of vmomi\n"
    );
}

#[test]
fn services_that_are_built_in() {
    let elsewhere = folder(&[]);
    let output = run(elsewhere.path(), &["diff", "vim25", "vim25", "--exit-code"]);
    assert_eq!(output.status.code(), Some(0), "{}", text(&output.stderr));
    assert_eq!(text(&output.stdout), "vim25 9.1.1.0: no differences\n");
}

/// A workspace whose `wsdl/derive` is this program.
fn workspace_deriving(program: &str) -> tempfile::TempDir {
    folder(&[("wsdl/derive", program), ("generated/Cargo.toml", "")])
}

#[test]
fn versions_are_derived_in_the_workspace() {
    let set = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/emit/small");
    let workspace = workspace_deriving(&format!(
        "import pathlib, shutil, sys\n\
         out = pathlib.Path(sys.argv[sys.argv.index('--out') + 1]) / sys.argv[sys.argv.index('--service') + 1]\n\
         version = sys.argv[sys.argv.index('--version') + 1]\n\
         shutil.copytree({set:?}, out)\n\
         catalog = out / 'catalog.json'\n\
         catalog.write_text(catalog.read_text().replace('\"version\": \"2.0\"', f'\"version\": \"{{version}}\"'))\n"
    ));
    let arguments = ["diff", "--service", "small", "1.0", "1.0u1"];
    let output = run(workspace.path(), &arguments);
    assert!(output.status.success(), "{}", text(&output.stderr));
    assert_eq!(
        text(&output.stdout),
        "common: no differences\n\nsmall 1.0 -> 1.0u1: no differences\n"
    );
}

#[test]
fn a_version_that_cannot_be_derived() {
    let workspace =
        workspace_deriving("import sys\nsys.exit('derive: there is no version 99.0')\n");
    let output = run(workspace.path(), &["diff", "99.0", "99.1"]);
    assert_eq!(output.status.code(), Some(1));
    let message = text(&output.stderr);
    assert!(
        message.starts_with(
            "error: wsdl/derive failed (exit status: 1)\n  derive: there is no version 99.0"
        ),
        "{message}"
    );
}
