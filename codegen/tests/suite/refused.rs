//! Descriptions that are refused or warned of, each a folder of its own under `fixtures`, with the message expected.
//!
//! `UPDATE_FIXTURES=1 cargo test -p vmomi-codegen --test suite refused` writes the messages anew, for review.

use std::fs;
use std::path::{Path, PathBuf};

use vmomi_codegen::Builder;

const MESSAGE: &str = "expected.txt";

#[test]
fn each_is_refused_with_its_message() {
    let refused = |case: &Path| match Builder::new().wsdl(case).render() {
        Ok(_) => "accepted".to_owned(),
        Err(error) => error.to_string(),
    };
    assert!(compare("tests/fixtures/refused", refused) > 90);
}

#[test]
fn each_is_generated_with_its_warnings() {
    let warned = |case: &Path| {
        let generated = Builder::new().wsdl(case).render();
        let warnings = generated.map(|generated| generated.warnings);
        let warnings = warnings.unwrap_or_else(|error| panic!("{error}"));
        let all = Builder::new().wsdl(case).deny_warnings().render();
        assert_eq!(all.is_err(), !warnings.is_empty());
        let warnings: Vec<String> = warnings.iter().map(ToString::to_string).collect();
        warnings.join("\n\n")
    };
    assert!(compare("tests/fixtures/warned", warned) > 5);
}

/// Compares the message about each folder in a folder with what is expected; how many there are.
fn compare(root: &str, message: impl Fn(&Path) -> String) -> usize {
    // Relative to the crate, where cargo runs tests, so that messages are the same everywhere.
    let root = Path::new(root);
    let mut cases: Vec<PathBuf> = fs::read_dir(root)
        .expect("the fixtures")
        .map(|entry| entry.expect("an entry").path())
        .collect();
    cases.sort();
    let update = std::env::var_os("UPDATE_FIXTURES").is_some();
    let mut failures = Vec::new();
    for case in &cases {
        let message = message(case).replace('\\', "/");
        let expected = case.join(MESSAGE);
        if update {
            fs::write(&expected, format!("{message}\n")).expect("written");
        }
        let expected = fs::read_to_string(&expected).unwrap_or_default();
        if expected.trim_end() != message || ["", "accepted"].contains(&message.as_str()) {
            failures.push(format!(
                "== {}\n{message}\n-- expected\n{expected}",
                case.display()
            ));
        }
    }
    assert!(failures.is_empty(), "{}", failures.join("\n"));
    cases.len()
}

#[test]
fn a_path_that_is_not_there_is_named() {
    let error = Builder::new()
        .wsdl("tests/nowhere")
        .render()
        .expect_err("nothing there");
    assert_eq!(
        error.to_string(),
        "error: no such file or folder: tests/nowhere"
    );
    let error = Builder::new()
        .wsdl("tests/fixtures/accepted/service")
        .catalog("tests/gone.json")
        .render();
    assert_eq!(
        error.expect_err("nothing there").to_string(),
        "error: no such file or folder: tests/gone.json"
    );
}
