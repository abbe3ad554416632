//! Sets that are there, in the ways in which servers have them.

use std::fs;
use std::path::Path;

use crate::program::run;
use crate::served::Site;
use crate::transport_support::certificates::Identity;

const LOOPBACK: &str = "127.0.0.1";

fn names(folder: &Path) -> Vec<String> {
    let entries = fs::read_dir(folder).expect("the folder");
    let mut names: Vec<String> = entries
        .map(|entry| {
            entry
                .expect("an entry")
                .file_name()
                .to_string_lossy()
                .into_owned()
        })
        .collect();
    names.sort();
    names
}

fn read(folder: &Path, name: &str) -> String {
    fs::read_to_string(folder.join(name)).expect("the file")
}

#[tokio::test(flavor = "multi_thread")]
async fn all_of_vim25_is_fetched_and_generated_from() {
    let identity = Identity::self_signed(LOOPBACK, false);
    let site = Site::vim25();
    let (server, asked) = site.clone().serve(&identity).await;
    let here = tempfile::tempdir().expect("a folder");
    let from = format!("https://root:s3cr3t@{}/sdk", server.address);
    let pin = identity.sha256().to_string();
    let arguments = [
        "fetch",
        "--from",
        &from,
        "--out",
        "wsdl",
        "--fingerprint",
        &pin,
    ];
    let done = run(here.path(), &arguments).await;
    assert_eq!(done.code, Some(0), "{}", done.error);
    assert!(done.out.starts_with("10 files with "), "{}", done.out);
    assert!(
        done.out
            .ends_with("to wsdl\n  the server speaks urn:vim25 9.1.1.0\n"),
        "{}",
        done.out
    );
    assert!(
        done.error.contains("credentials in the URL are not used"),
        "{}",
        done.error
    );
    assert!(
        !asked
            .heads()
            .iter()
            .any(|head| head.to_lowercase().contains("authorization"))
    );

    // The files are those of the server, byte for byte.
    let folder = here.path().join("wsdl");
    let fetched = names(&folder);
    assert_eq!(fetched.len(), 10);
    for name in fetched.iter().filter(|name| *name != "ORIGIN.md") {
        let served = site.document(&format!("/sdk/{name}"));
        assert!(
            fs::read(folder.join(name)).expect("the file") == served,
            "{name}"
        );
    }
    let note = read(&folder, "ORIGIN.md");
    assert!(
        note.contains(&format!("Fetched from <https://{}/sdk>.", server.address)),
        "{note}"
    );
    assert!(
        note.contains("- `urn:vim25` 9.1.1.0\n") && note.contains("| vim.wsdl | "),
        "{note}"
    );
    for text in [&note, &done.out, &done.error] {
        assert!(!text.contains("s3cr3t") && !text.contains("root"), "{text}");
    }

    let again = run(here.path(), &arguments).await;
    assert_eq!(again.code, Some(0), "{}", again.error);
    assert_eq!(
        read(&folder, "ORIGIN.md"),
        note,
        "the same set is the same files"
    );

    let listed = run(
        here.path(),
        &["list", "--from", "wsdl", "--kind", "operation"],
    )
    .await;
    assert_eq!(listed.out.lines().count(), 975);
    let generate = [
        "generate",
        "--wsdl",
        "wsdl",
        "--out",
        "api",
        "--type",
        "AboutInfo",
    ];
    let generated = run(here.path(), &generate).await;
    assert_eq!(generated.code, Some(0), "{}", generated.error);
    assert_eq!(names(here.path()), ["api", "wsdl"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn files_name_each_other_whatever_the_server_calls_them() {
    let identity = Identity::self_signed(LOOPBACK, false);
    // A server that serves documents by query, and by absolute paths; and a circle.
    let site = Site::small()
        .moved(
            "/small/sdk/smallService.wsdl",
            "/small/sdk/smallService?wsdl",
            &[
                (
                    "schemaLocation=\"small.xsd\"",
                    "schemaLocation=\"smallService?xsd=1\"",
                ),
                (
                    "schemaLocation=\"common.xsd\"",
                    "schemaLocation=\"/types/common.xsd\"",
                ),
            ],
        )
        .moved(
            "/small/sdk/small.xsd",
            "/small/sdk/smallService?xsd=1",
            &[(
                "schemaLocation=\"common.xsd\"",
                "schemaLocation=\"../../types/common.xsd\"",
            )],
        )
        .moved(
            "/small/sdk/common.xsd",
            "/types/common.xsd",
            &[(
                "<complexType name=\"DynamicData\">",
                "<include schemaLocation=\"common.xsd\"/><complexType name=\"DynamicData\">",
            )],
        );
    let (server, asked) = site.serve(&identity).await;
    let here = tempfile::tempdir().expect("a folder");
    let from = format!("https://{}/small/sdk", server.address);
    let arguments = [
        "fetch",
        "--from",
        &from,
        "--out",
        "deep/wsdl",
        "--insecure",
        "--json",
    ];
    let done = run(here.path(), &arguments).await;
    assert_eq!(done.code, Some(0), "{}", done.error);
    let shown: serde_json::Value = serde_json::from_str(&done.out).expect("JSON");
    assert_eq!(
        shown["files"],
        serde_json::json!([
            "ORIGIN.md",
            "common.xsd",
            "smallService-wsdl.wsdl",
            "smallService-xsd-1.xsd"
        ])
    );
    assert_eq!(
        asked.paths(),
        [
            "/small/sdk/smallService.wsdl",
            "/small/sdk/smallService?wsdl",
            "/small/sdk/smallService?xsd=1",
            "/types/common.xsd",
            "/small/sdk/smallServiceVersions.xml",
        ],
        "each document once"
    );
    let generate = [
        "generate",
        "--wsdl",
        "deep/wsdl/smallService-wsdl.wsdl",
        "--out",
        "api",
    ];
    let generated = run(here.path(), &generate).await;
    assert_eq!(generated.code, Some(0), "{}", generated.error);
    assert!(generated.out.contains("5  operations"), "{}", generated.out);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_document_can_be_named_itself() {
    let identity = Identity::self_signed(LOOPBACK, false);
    let (server, asked) = Site::small().serve(&identity).await;
    let here = tempfile::tempdir().expect("a folder");
    let from = format!("https://{}/small/sdk/smallService.wsdl", server.address);
    let arguments = [
        "fetch",
        "--from",
        &from,
        "--out",
        "wsdl",
        "--insecure",
        "--quiet",
    ];
    let done = run(here.path(), &arguments).await;
    assert_eq!((done.code, &*done.out, &*done.error), (Some(0), "", ""));
    assert_eq!(asked.paths()[0], "/small/sdk/smallService.wsdl");
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_in_the_folder_is_not_replaced_unasked() {
    let identity = Identity::self_signed(LOOPBACK, false);
    let (server, asked) = Site::small().serve(&identity).await;
    let here = tempfile::tempdir().expect("a folder");
    fs::create_dir(here.path().join("wsdl")).expect("a folder");
    fs::write(here.path().join("wsdl/own.xsd"), "mine").expect("written");
    let from = format!("https://{}/small/sdk", server.address);
    let arguments = ["fetch", "--from", &from, "--out", "wsdl", "--insecure"];
    let done = run(here.path(), &arguments).await;
    assert_eq!(done.code, Some(1));
    assert_eq!(
        done.error,
        "error: wsdl is not empty, and was not fetched\n  \
         help: name another folder, or replace the descriptions in it with --force\n"
    );
    assert!(
        asked.paths().is_empty(),
        "nothing is fetched that cannot be written"
    );
    let forced = run(here.path(), &[&arguments[..], &["--force"]].concat()).await;
    assert_eq!(forced.code, Some(0), "{}", forced.error);
    assert!(!here.path().join("wsdl/own.xsd").exists());
}
