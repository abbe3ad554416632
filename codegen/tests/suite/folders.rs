//! Which files are read, and which are not: a description may name any.

use std::fs;
use std::path::Path;

use vmomi_codegen::Builder;
use vmomi_codegen::diagnostic::{Diagnostics, Problem};

use crate::support::{complex, folder, schema};

/// What no message may tell.
const CANARY: &str = "S3CR3T of another folder";

/// A schema that includes a file and has a type.
fn including(location: &str) -> String {
    schema(&format!(
        "<include schemaLocation=\"{location}\"/>{}",
        complex("A", None, &[])
    ))
}

fn assert_outside(result: Result<vmomi_codegen::model::Model, Diagnostics>) {
    let error = result.expect_err("outside");
    let kinds: Vec<bool> = (error.iter())
        .map(|error| matches!(error.problem(), Problem::OutsideFolders(_)))
        .collect();
    let text = error.to_string();
    assert_eq!(kinds, [true], "{text}");
    assert!(
        text.contains("is in none of the folders that were given, and was not read"),
        "{text}"
    );
    assert!(
        text.contains("--include-folder DIR, `Builder::include_folder`"),
        "{text}"
    );
    assert!(!format!("{text}{error:?}").contains(CANARY), "{text}");
}

#[test]
fn a_file_elsewhere_is_not_read() {
    let here = folder(&[("other/secret.xsd", CANARY), ("set/deep/down/x.xsd", "")]);
    let absolute = here.path().join("other/secret.xsd");
    for location in [
        "../other/secret.xsd",
        "deep/../../other/secret.xsd",
        " ../other/./secret.xsd ",
        absolute.to_str().expect("text"),
        // Whether there is such a file is not told either.
        "../other/gone.xsd",
        "/etc/passwd",
        "/dev/zero",
    ] {
        let main = here.path().join("set/a.xsd");
        fs::write(&main, including(location)).expect("written");
        assert_outside(Builder::new().wsdl(&main).model());
        fs::remove_file(here.path().join("set/deep/down/x.xsd")).ok();
        assert_outside(Builder::new().wsdl(here.path().join("set")).model());
    }
}

/// From within a file in a folder below, as well.
#[test]
fn a_file_below_may_go_up_to_the_folder_that_was_given_and_no_further() {
    let here = folder(&[
        ("set/a.xsd", &including("parts/b.xsd")),
        (
            "set/parts/b.xsd",
            &schema("<include schemaLocation=\"../c.xsd\"/>"),
        ),
        ("set/c.xsd", &schema(&complex("C", None, &[]))),
        ("d.xsd", &schema("")),
    ]);
    let set = here.path().join("set");
    assert!(Builder::new().wsdl(set.join("a.xsd")).model().is_ok());
    fs::write(set.join("c.xsd"), including("parts/../../d.xsd")).expect("written");
    assert_outside(Builder::new().wsdl(set.join("a.xsd")).model());
}

#[test]
fn a_folder_can_be_included() {
    let here = folder(&[
        ("set/a.xsd", &including("../other/b.xsd")),
        ("other/b.xsd", &schema(&complex("B", None, &[]))),
        ("other/unasked.xsd", CANARY),
    ]);
    let other = here.path().join("other");
    let set = here.path().join("set");
    let model = Builder::new().wsdl(&set).include_folder(&other).model();
    let model = model.unwrap_or_else(|error| panic!("{error}"));
    assert_eq!(
        model.data_objects.len(),
        2,
        "what nothing names is not read"
    );
    let both = Builder::new().wsdl(&set).wsdl(other.join("b.xsd")).model();
    assert!(both.is_ok(), "what is named is given");
    let gone = Builder::new()
        .wsdl(&set)
        .include_folder(here.path().join("gone"))
        .model();
    assert!(
        gone.expect_err("gone")
            .to_string()
            .starts_with("error: no such file or folder: ")
    );
}

#[test]
fn a_url_is_no_path() {
    for location in ["file:///etc/passwd", "http://a/b.xsd", "FTP:x", "x-y+z.1:a"] {
        let here = folder(&[("a.xsd", &including(location))]);
        let error = Builder::new()
            .wsdl(here.path())
            .model()
            .expect_err(location);
        assert!(
            error.to_string().contains("is a URL and no path"),
            "{error}"
        );
    }
}

#[cfg(unix)]
mod unix {
    use std::os::unix::fs::symlink;
    use std::process::Command;

    use super::*;

    fn link(to: impl AsRef<Path>, at: &Path) {
        symlink(to, at).expect("a link");
    }

    #[test]
    fn a_symbolic_link_leads_no_further() {
        let here = folder(&[
            ("other/secret.xsd", CANARY),
            ("set/a.xsd", &including("b.xsd")),
        ]);
        let set = here.path().join("set");
        link("../other/secret.xsd", &set.join("b.xsd"));
        assert_outside(Builder::new().wsdl(set.join("a.xsd")).model());
        // Also where nothing names it, but all of the folder is read.
        fs::write(set.join("a.xsd"), schema("")).expect("written");
        assert_outside(Builder::new().wsdl(&set).model());
        fs::remove_file(set.join("b.xsd")).expect("removed");
        link("../other/secret.xsd", &set.join("catalog.json"));
        assert_outside(Builder::new().wsdl(&set).model());
        assert!(Builder::new().wsdl(&set).ignore_catalogs().model().is_ok());
        fs::remove_file(set.join("catalog.json")).expect("removed");
        // Nor is a folder that is a link.
        link("../other", &set.join("parts"));
        fs::write(set.join("a.xsd"), including("parts/secret.xsd")).expect("written");
        assert_outside(Builder::new().wsdl(&set).model());
    }

    #[test]
    fn links_within_and_those_that_are_named_are_followed() {
        let here = folder(&[
            ("real/a.xsd", &including("b.xsd")),
            ("real/b.xsd", &schema("")),
            ("x/y", ""),
        ]);
        link("real", &here.path().join("folder"));
        let builder = || Builder::new();
        assert!(builder().wsdl(here.path().join("folder")).model().is_ok());
        assert!(
            builder()
                .wsdl(here.path().join("folder/a.xsd"))
                .model()
                .is_ok()
        );
        link("b.xsd", &here.path().join("real/c.xsd"));
        fs::write(here.path().join("real/a.xsd"), including("c.xsd")).expect("written");
        assert!(builder().wsdl(here.path().join("folder")).model().is_ok());
        // A file that is named is read, wherever it is; what it names is looked for where it was
        // named.
        link("../real/b.xsd", &here.path().join("x/b.xsd"));
        assert!(builder().wsdl(here.path().join("x/b.xsd")).model().is_ok());
        // A circle of links leads nowhere.
        link("round.xsd", &here.path().join("real/round.xsd"));
        fs::write(here.path().join("real/a.xsd"), including("round.xsd")).expect("written");
        assert!(
            builder()
                .wsdl(here.path().join("real/a.xsd"))
                .model()
                .is_err()
        );
    }

    /// A pipe that nobody writes to would be waited for, and a device may have no end.
    #[test]
    fn only_regular_files_are_read() {
        let here = folder(&[("a.xsd", &including("pipe.xsd"))]);
        let pipe = here.path().join("pipe.xsd");
        let made = Command::new("mkfifo")
            .arg(&pipe)
            .status()
            .expect("mkfifo runs");
        assert!(made.success());
        let error = Builder::new()
            .wsdl(here.path().join("a.xsd"))
            .model()
            .expect_err("a pipe");
        assert!(
            error.to_string().contains("it is no regular file"),
            "{error}"
        );
        for device in ["/dev/zero", "/dev/null"] {
            let error = Builder::new().wsdl(device).model().expect_err("a device");
            assert!(
                error.to_string().contains("it is no regular file"),
                "{error}"
            );
            let error = Builder::new()
                .wsdl("tests/emit/small")
                .catalog(device)
                .model();
            assert!(
                error
                    .expect_err("a device")
                    .to_string()
                    .contains("it is no regular file")
            );
            #[cfg(feature = "docs")]
            {
                let error = vmomi_codegen::overlay::Overlay::read(device).expect_err("a device");
                assert!(
                    error.to_string().contains("it is no regular file"),
                    "{error}"
                );
            }
        }
    }
}

/// A hole, which takes no room on disk.
#[test]
fn a_file_has_a_size_that_is_read_at_most() {
    let here = folder(&[("a.xsd", "")]);
    let path = here.path().join("a.xsd");
    let file = fs::File::create(&path).expect("a file");
    file.set_len((64 << 20) + 1).expect("its size");
    let error = Builder::new().wsdl(&path).model().expect_err("too large");
    assert!(
        error.to_string().contains("it has more than 64 MiB"),
        "{error}"
    );
    fs::create_dir(here.path().join("b.xsd")).expect("a folder");
    fs::write(&path, including("b.xsd")).expect("written");
    let error = Builder::new().wsdl(&path).model().expect_err("a folder");
    assert!(error.to_string().contains("cannot read"), "{error}");
}
