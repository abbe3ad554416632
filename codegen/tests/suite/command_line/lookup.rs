//! `list` and `explain`, and what all commands share.

use std::fs;
use std::io::Read;
use std::path::Path;
use std::process::{Command, Stdio};

use super::{run, text};
use crate::support::{complex, folder, schema};

const SMALL: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/emit/small");

fn here() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

#[test]
fn lists_one_name_per_line() {
    let output = run(here(), &["list", "--from", SMALL, "D*", "Login"]);
    assert!(output.status.success(), "{}", text(&output.stderr));
    assert_eq!(
        text(&output.stdout),
        "Device\nDisk\nDiskEvent\nDynamicData\nMachine.Login\n"
    );
    let kinds = [
        "list",
        "--from",
        SMALL,
        "--kind",
        "managed-object",
        "--kind",
        "enum",
    ];
    assert_eq!(
        text(&run(here(), &kinds).stdout),
        "Entity\nMachine\nNothing\nPowerState\n"
    );
    let new = ["list", "--from", SMALL, "--since", "2.0"];
    assert_eq!(
        text(&run(here(), &new).stdout),
        "DiskEvent\nMachine.Reconfigure\n"
    );
}

#[test]
fn lists_as_json() {
    let output = run(here(), &["list", "--from", SMALL, "PowerState", "--json"]);
    let value: serde_json::Value = serde_json::from_slice(&output.stdout).expect("JSON");
    assert_eq!(
        value,
        serde_json::json!([{
            "name": "PowerState", "kind": "enumeration", "namespace": "small", "since": "1.0",
            "vmodl": "small.PowerState",
        }])
    );
}

#[test]
fn nothing_found_is_no_success() {
    let output = run(here(), &["list", "--from", SMALL, "Diks"]);
    assert_eq!(output.status.code(), Some(1));
    assert_eq!(text(&output.stdout), "");
    assert_eq!(
        text(&output.stderr),
        "nothing in the description is like that\n  help: did you mean `Disk`?\n"
    );
    let quiet = run(here(), &["list", "--from", SMALL, "Diks", "--quiet"]);
    assert_eq!(
        (quiet.status.code(), text(&quiet.stderr)),
        (Some(1), String::new())
    );
    let unknown = run(here(), &["explain", "--from", SMALL, "Diks"]);
    assert_eq!(unknown.status.code(), Some(1));
    assert!(
        text(&unknown.stderr).starts_with("error: nothing in the description is called `Diks`\n")
    );
}

#[test]
fn explains() {
    let output = run(
        here(),
        &["explain", "--from", SMALL, "small::Machine::login"],
    );
    assert!(output.status.success(), "{}", text(&output.stderr));
    let shown = text(&output.stdout);
    assert!(
        shown.starts_with("operation Machine.Login, since 1.0\n"),
        "{shown}"
    );
    assert!(
        shown.contains("  password  xsd:string, optional, secret  password: Option<&'a str>"),
        "{shown}"
    );
    let json = run(here(), &["explain", "--from", SMALL, "Disk", "--json"]).stdout;
    let value: serde_json::Value = serde_json::from_slice(&json).expect("JSON");
    assert_eq!(value[0]["members"][0]["rust"], "i64");
    assert_eq!(value[0]["properties"][0]["path"], "device[]");
}

#[test]
fn tells_where_the_workspace_generated_it() {
    let workspace = folder(&[
        (
            "wsdl/test/test.wsdl",
            &fs::read_to_string("tests/fixtures/accepted/empty_service/test.wsdl")
                .expect("the fixture"),
        ),
        ("wsdl/test/types.xsd", &schema(&complex("Thing", None, &[]))),
        ("generated/Cargo.toml", ""),
    ]);
    let root = workspace.path();
    assert!(run(root, &["generate", "--quiet"]).status.success());
    let shown = text(&run(root, &["explain", "Thing"]).stdout);
    let file = "generated/src/api/test/data_objects/all.rs";
    let code = fs::read_to_string(root.join(file)).expect("the file");
    let line = code
        .lines()
        .position(|line| line.contains("pub struct Thing {"));
    let line = line.expect("the line") + 1;
    assert!(
        shown.ends_with(&format!("  generated at {file}:{line}\n")),
        "{shown}"
    );
}

#[test]
fn looks_into_what_is_built_in() {
    let elsewhere = folder(&[]);
    let names = ["VirtualDisk", "PbmProfile"];
    let output = run(elsewhere.path(), &[&["list"], &names[..]].concat());
    assert_eq!(text(&output.stdout), "PbmProfile\nVirtualDisk\n");
    let one = run(elsewhere.path(), &["list", "--from", "vim25", "PbmProfile"]);
    assert_eq!(one.status.code(), Some(1));
}

/// What a name stands for does not depend on what is in the current folder; where there is both,
/// the user is told.
#[test]
fn a_built_in_name_is_not_a_folder() {
    let types = schema(&complex("Mine", None, &[]));
    let here = folder(&[
        ("vim25/a.xsd", &types),
        ("pbm", "a file"),
        ("mine/a.xsd", &types),
    ]);
    let warning = "warning: `vim25` is taken for the description that is built in, and there is a file or folder of \
        that name too\n  help: for that one write ./vim25\n";
    for arguments in [
        &["list", "--from", "vim25", "VirtualDisk"][..],
        &["explain", "--from", "vim25", "VirtualDisk"],
        &["diff", "vim25", "vim25"],
    ] {
        let built_in = run(here.path(), arguments);
        assert!(built_in.status.success(), "{}", text(&built_in.stderr));
        let times = arguments.iter().filter(|word| **word == "vim25").count();
        assert_eq!(
            text(&built_in.stderr),
            warning.repeat(times),
            "{arguments:?}"
        );
    }
    for path in ["./vim25", "vim25/", "mine"] {
        let listed = run(here.path(), &["list", "--from", path]);
        assert_eq!(
            text(&listed.stdout),
            "Mine\n",
            "{path}: {}",
            text(&listed.stderr)
        );
        assert_eq!(text(&listed.stderr), "");
    }
    let compared = run(here.path(), &["diff", "./vim25", "mine"]);
    assert_eq!(text(&compared.stdout), "test: no differences\n");
    let quiet = run(
        here.path(),
        &["list", "--quiet", "--from", "vim25", "VirtualDisk"],
    );
    assert_eq!(text(&quiet.stderr), "");
    let elsewhere = folder(&[]);
    let gone = run(elsewhere.path(), &["list", "--from", "./vim25"]);
    assert_eq!(gone.status.code(), Some(1));
    assert!(
        text(&gone.stderr).starts_with("error: `./vim25` is no service"),
        "{}",
        text(&gone.stderr)
    );
}

#[test]
fn a_version_is_not_a_folder() {
    let types = schema(&complex("Mine", None, &[]));
    let here = folder(&[("8.0/a.xsd", &types), ("9.1.wsdl", "x")]);
    let version = run(here.path(), &["list", "--from", "8.0"]);
    let message = text(&version.stderr);
    assert_eq!(
        version.status.code(),
        Some(1),
        "there is no workspace to derive it in"
    );
    assert!(
        message.starts_with("warning: `8.0` is taken for the API version"),
        "{message}"
    );
    let path = run(here.path(), &["list", "--from", "./8.0"]);
    assert_eq!(text(&path.stdout), "Mine\n");
    let file = text(&run(here.path(), &["list", "--from", "9.1.wsdl"]).stderr);
    assert!(file.starts_with("error: the file is not XML"), "{file}");
}

/// Where only paths are taken, the name of something that is built in helps on.
#[test]
fn a_path_that_is_not_there_may_be_a_built_in_name() {
    let here = folder(&[]);
    let output = run(
        here.path(),
        &["generate", "--wsdl", "vim25", "--out", "api"],
    );
    assert_eq!(
        text(&output.stderr),
        "error: no such file or folder: vim25\n  help: the description of that name that is built in is --bundled \
         vim25, `Builder::bundled(\"vim25\")`\n"
    );
}

/// Names and texts of a description are shown, never obeyed by the terminal.
#[test]
fn no_control_character_reaches_the_terminal() {
    let value = "a\u{9b}31mb&#10;\u{7f}\u{202e}c";
    let types = format!(
        "<simpleType name=\"State\"><restriction base=\"xsd:string\"><enumeration value=\"{value}\"/>\
         </restriction></simpleType>"
    );
    let refused = format!("{types}<complexType name=\"T\" colour=\"\u{9b}1m\" {value}=\"\"/>");
    let odd = "<complexType name=\"A\u{9b}\"/>";
    let twice = types.replace(
        "</restriction>",
        &format!("<enumeration value=\"{value}\"/></restriction>"),
    );
    let here = folder(&[
        ("good/a.xsd", &schema(&types)),
        ("broken/a.xsd", &schema(&refused)),
        ("odd/a.xsd", &schema(odd)),
        ("twice/a.xsd", &schema(&twice)),
        ("none/a.xsd", &schema("")),
    ]);
    for (arguments, code) in [
        (&["list", "--from", "good", "State.*"][..], 0),
        (&["list", "--from", "good", "State.*", "--json"], 0),
        (&["explain", "--from", "good", "State"], 0),
        (&["explain", "--from", "good", "State", "--json"], 0),
        (&["diff", "none", "good"], 0),
        (&["diff", "none", "good", "--json"], 0),
        (&["diff", "none", "good", "--format", "markdown"], 0),
        (&["generate", "--wsdl", "good", "--out", "api"], 0),
        (&["list", "--from", "broken"], 1),
        (&["list", "--from", "odd"], 1),
        (&["list", "--from", "twice"], 1),
        (&["list", "--from", "\u{9b}gone\n"], 1),
        (&["generate", "--wsdl", "\u{9b}gone\n", "--out", "api"], 1),
    ] {
        let output = run(here.path(), arguments);
        assert_eq!(
            output.status.code(),
            Some(code),
            "{arguments:?}: {}",
            text(&output.stderr)
        );
        let all = format!("{}{}", text(&output.stdout), text(&output.stderr));
        let hidden = |c: char| vmomi_codegen::visible::is_hidden(c) && c != '\n';
        assert!(!all.contains(hidden), "{arguments:?}: {all:?}");
        assert!(all.trim_ascii().len() > 4, "{arguments:?}: {all:?}");
    }
    let listed = run(here.path(), &["list", "--from", "good", "State.*"]);
    assert_eq!(
        text(&listed.stdout),
        "State.a\\u{9b}31mb\\n\\u{7f}\\u{202e}c\n"
    );
}

#[test]
fn a_reader_that_goes_away_is_no_error() {
    let elsewhere = folder(&[]);
    let mut child = Command::new(env!("CARGO_BIN_EXE_vmomi-codegen"))
        .args(["explain", "--from", "vim25", "DynamicData", "--all"])
        .current_dir(elsewhere.path())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("it runs");
    let mut start = [0; 16];
    let mut out = child.stdout.take().expect("a pipe");
    out.read_exact(&mut start).expect("some text");
    drop(out);
    let ended = child.wait_with_output().expect("it ends");
    assert!(ended.status.success(), "{}", text(&ended.stderr));
    assert_eq!(text(&ended.stderr), "");
}

#[cfg(target_os = "linux")]
#[test]
fn a_result_that_cannot_be_written_is_an_error() {
    let full = fs::File::options()
        .write(true)
        .open("/dev/full")
        .expect("the device");
    let output = Command::new(env!("CARGO_BIN_EXE_vmomi-codegen"))
        .args(["list", "--from", SMALL])
        .stdout(full)
        .output()
        .expect("it runs");
    assert_eq!(output.status.code(), Some(1));
    assert!(
        text(&output.stderr).starts_with("error: "),
        "{}",
        text(&output.stderr)
    );
}

#[test]
fn completions_name_the_commands() {
    for shell in ["bash", "zsh", "fish", "powershell", "elvish"] {
        let output = run(here(), &["completions", shell]);
        assert!(output.status.success());
        let script = text(&output.stdout);
        assert!(
            script.contains("explain") && script.contains("heading-level"),
            "{shell}"
        );
    }
}

#[test]
fn deriving_takes_a_workspace() {
    let elsewhere = folder(&[]);
    let output = run(elsewhere.path(), &["derive", "--version", "6.7"]);
    assert_eq!(output.status.code(), Some(1));
    assert!(text(&output.stderr).contains("run it in a checkout of vmomi"));
}

#[test]
fn deriving_hands_its_arguments_over() {
    let workspace = folder(&[
        (
            "wsdl/derive",
            "import sys\nprint(sys.argv[1:], file=sys.stderr)\n",
        ),
        ("generated/Cargo.toml", ""),
    ]);
    let arguments = [
        "derive",
        "--version",
        "6.7",
        "--service",
        "pbm",
        "--out",
        "there",
    ];
    let output = run(workspace.path(), &arguments);
    assert!(output.status.success());
    assert_eq!(
        text(&output.stderr),
        "['--version', '6.7', '--service', 'pbm', '--out', 'there']\n"
    );
    let quiet = run(workspace.path(), &[&arguments[..], &["--quiet"]].concat());
    assert_eq!(text(&quiet.stderr), "");
}

#[test]
fn deriving_takes_python() {
    let workspace = folder(&[("wsdl/derive", ""), ("generated/Cargo.toml", "")]);
    let output = Command::new(env!("CARGO_BIN_EXE_vmomi-codegen"))
        .current_dir(workspace.path())
        .env("PATH", workspace.path())
        .args(["derive"])
        .output()
        .expect("it runs");
    assert_eq!(output.status.code(), Some(1));
    let message = text(&output.stderr);
    assert!(
        message.starts_with("error: cannot run python3: "),
        "{message}"
    );
    assert!(message.contains("Python 3.9"), "{message}");
}
