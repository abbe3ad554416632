//! What the documentation says one may type, typed; and the help of each command.

use std::fs;
use std::path::Path;

use super::{run, text};
use crate::small;
use crate::support::folder;

/// The commands in the fences of a page, as words, with the quotes undone.
fn commands(page: &str) -> Vec<Vec<String>> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(page);
    let text = fs::read_to_string(path).expect("the page");
    let fences = text.split("```").skip(1).step_by(2);
    let lines = fences
        .filter_map(|fence| fence.strip_prefix("sh\n"))
        .flat_map(str::lines);
    let commands = lines.filter_map(|line| line.strip_prefix("vmomi-codegen "));
    commands.map(words).collect()
}

/// The words of a line as a shell takes them: what is quoted is one, and a comment is none.
fn words(line: &str) -> Vec<String> {
    let line = line.split(" #").next().unwrap_or_default();
    let words = line.split_whitespace();
    words
        .map(|word| word.trim_matches('\'').to_owned())
        .collect()
}

/// A place where everything that the pages name is there: a workspace, two sets, and a tool that derives.
fn place() -> tempfile::TempDir {
    let small = small::files(&[]);
    let derive = "import pathlib, shutil, sys\n\
        wanted = dict(zip(sys.argv[1::1], sys.argv[2::1]))\n\
        out = pathlib.Path(wanted['--out'])\n\
        shutil.copytree(pathlib.Path(__file__).parent / 'small', out / 'vim25', dirs_exist_ok=True)\n";
    let mut files = vec![
        ("wsdl/derive".to_owned(), derive.to_owned()),
        ("generated/Cargo.toml".to_owned(), String::new()),
    ];
    for name in ["wsdl/small", "FOLDER", "OLD", "NEW"] {
        let set = small
            .iter()
            .map(|(file, text)| (format!("{name}/{file}"), text.clone()));
        files.extend(set);
    }
    for (file, name) in [
        ("small.wsdl", "vimService.wsdl"),
        ("small.xsd", "small.xsd"),
        ("common.xsd", "common.xsd"),
        ("catalog.json", "catalog.json"),
    ] {
        let text = small
            .iter()
            .find(|(known, _)| *known == file)
            .expect("a file")
            .1
            .clone();
        files.push((name.to_owned(), text));
    }
    let files: Vec<(&str, &str)> = files
        .iter()
        .map(|(name, text)| (name.as_str(), text.as_str()))
        .collect();
    folder(&files)
}

#[test]
fn everything_that_the_pages_show_can_be_typed() {
    let elsewhere = folder(&[]);
    let all = [commands("README.md"), commands("docs/command-line.md")].concat();
    assert!(all.len() > 20, "the pages have examples");
    let place = place();
    for command in all {
        let words: Vec<&str> = command.iter().map(String::as_str).collect();
        let looks_up = ["list", "explain"].contains(&words[0]);
        let here = if looks_up {
            elsewhere.path()
        } else {
            place.path()
        };
        let (expected, words): (i32, Vec<&str>) = match words[0] {
            // There is no such server, and none is asked for: this address refuses at once.
            "fetch" => {
                let local = words
                    .iter()
                    .filter(|word| **word != "--ca" && **word != "vc.pem");
                let local = local.map(|word| {
                    if word.starts_with("https://") {
                        "https://127.0.0.1:1/sdk"
                    } else {
                        word
                    }
                });
                (1, local.collect())
            }
            _ => (0, words),
        };
        // All of a large slice takes too long here: that its arguments are understood is enough.
        let is_large = !looks_up && words.contains(&"VirtualMachine");
        let words = [&words[..], if is_large { &["--help"] } else { &[] }].concat();
        let output = run(here, &words);
        assert_eq!(
            output.status.code(),
            Some(expected),
            "{words:?}: {}",
            text(&output.stderr)
        );
        if words[0] == "fetch" {
            let error = text(&output.stderr);
            assert!(
                error.contains("cannot connect to 127.0.0.1:1"),
                "{words:?}: {error}"
            );
        }
    }
}

/// `UPDATE_FIXTURES=1` writes what is expected anew, for review.
#[test]
fn help() {
    let fixtures = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/help");
    let here = folder(&[]);
    for command in [
        "",
        "generate",
        "check",
        "list",
        "explain",
        "diff",
        "fetch",
        "derive",
        "completions",
    ] {
        let arguments: Vec<&str> = [command, "--help"]
            .into_iter()
            .filter(|word| !word.is_empty())
            .collect();
        let output = run(here.path(), &arguments);
        assert!(output.status.success());
        let help = text(&output.stdout);
        let name = if command.is_empty() {
            "vmomi-codegen"
        } else {
            command
        };
        let file = fixtures.join(format!("{name}.txt"));
        if std::env::var_os("UPDATE_FIXTURES").is_some() {
            fs::create_dir_all(&fixtures).expect("a folder");
            fs::write(&file, &help).expect("written");
        }
        let expected = fs::read_to_string(&file).unwrap_or_default();
        assert_eq!(
            help,
            expected,
            "{} differs; if it should, run this again with UPDATE_FIXTURES=1",
            file.display()
        );
    }
}
