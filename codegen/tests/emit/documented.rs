//! Texts of the user's on what is generated: where they stand, and that rustdoc has nothing to say about them.

use std::fs;

use vmomi_codegen::{Builder, Generated};

use crate::crates::{crate_folder, document, generate, write_if_changed};
use crate::small;

/// Texts with everything that rustdoc warns of, on something of each kind.
const NASTY: &str = "Of [nothing] and [`Nobody`], <b>bold <i>both</b>, <Vec<T>>, `open\n\n    let x: u8 = 1000;\n\n\
    ```\nnot rust\n\n# Heading\n| a | b |\n|---|---|\nhttp://example.org/a_b?c=d. <!-- never closed\n\n[^1]: note\n- *Disk.key*\n\
    - \u{202e}x\u{0}\n\n  &lt;T&gt; \\_Task() ***Since:*** 8";

/// A description in the form of VMware's.
fn description() -> serde_json::Value {
    serde_json::json!({
        "openapi": "3.0.0",
        "tags": [{"name": "Machine", "description": NASTY}],
        "paths": {
            "/Machine/{moId}/PowerOn_Task": {"post": {"description": NASTY}},
            "/Nothing/{moId}/Run": {"post": {"description": "Of what there is not."}},
        },
        "components": {"schemas": {
            "Disk": {"description": format!("The disk. {NASTY}"), "allOf": [
                {"$ref": "#/components/schemas/Device"},
                {"properties": {"capacityInKB": {"description": NASTY}}},
            ]},
            "PowerOnRequestType": {"properties": {"this": {"description": NASTY}}},
            "PowerState_enum": {"description":
                "The state.\n\nPossible values:\n- `poweredOn`: It *runs*.\n- `poweredOff`\n- `a`: Of what there is not."},
        }},
    })
}

fn documented(text: &str, name: &str) -> (tempfile::TempDir, Builder) {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join(name);
    fs::write(&path, text).expect("written");
    (folder, small().docs(path))
}

fn text(generated: &Generated, file: &str) -> String {
    generated.files[file].clone()
}

#[test]
fn texts_stand_before_the_facts() {
    let (_folder, builder) = documented(&description().to_string(), "api.json");
    let generated = builder.render().unwrap_or_else(|error| panic!("{error}"));
    let enums = text(&generated, "small/enums/all.rs");
    for expected in [
        "/// The state.\n    ///\n    /// Enum `PowerState`.",
        "/// It `runs`.\n        ///\n        /// `poweredOn`\n",
        "        /// `poweredOff`\n",
    ] {
        assert!(enums.contains(expected), "{expected} in {enums}");
    }
    let objects = text(&generated, "small/data_objects/all.rs");
    assert!(
        objects.contains("/// The disk. Of \\[nothing\\] and \\[`Nobody`\\]"),
        "{objects}"
    );
    let machine = text(&generated, "small/managed_objects/machine.rs");
    assert!(
        machine.contains("/// - `this`: reference to [`Entity`], optional."),
        "{machine}"
    );
    assert!(machine.contains("    ///   Of \\[nothing\\]"), "{machine}");
    let coverage = generated.summary.documentation.expect("texts");
    assert_eq!((coverage.used, coverage.unused), (7, 2));
    let told = generated.summary.to_string();
    assert!(
        told.contains("7  texts on them, and 2 on other things"),
        "{told}"
    );
}

#[test]
fn a_file_of_another_kind_is_an_error() {
    let (_folder, builder) = documented("{\"openapi\": \"3.0.0\"}", "api.json");
    let error = builder.render().expect_err("no schemas").to_string();
    assert!(
        error.contains("api.json: it has no `components.schemas`"),
        "{error}"
    );
    let other = serde_json::json!({"openapi": "3", "components": {"schemas": {"Pet": {"description": "x"}}}});
    let (_folder, builder) = documented(&other.to_string(), "pets.json");
    let error = builder.render().expect_err("another API").to_string();
    assert!(
        error.contains("none of them is on anything that is generated"),
        "{error}"
    );
    let error = small()
        .docs("nowhere.yaml")
        .render()
        .expect_err("no file")
        .to_string();
    assert!(
        error.contains("no such file or folder: nowhere.yaml"),
        "{error}"
    );
}

#[test]
fn rustdoc_has_nothing_to_say() {
    let (_folder, builder) = documented(&description().to_string(), "api.json");
    let folder = crate_folder("documented");
    generate(builder, folder.join("src/api"));
    let root =
        "//! Generated.\n\n/// Generated.\npub mod api {\n    include!(\"api/mod.rs\");\n}\n";
    write_if_changed(&folder.join("src/lib.rs"), root);
    document(&folder);
}
