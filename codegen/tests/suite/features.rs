//! Services behind Cargo features.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use vmomi_codegen::Builder;
use vmomi_codegen::settings::Feature;

fn workspace(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..").join(path)
}

/// The two namespaces of the emitter's tests, of which `small` uses `common`.
fn small() -> Builder {
    Builder::new().wsdl(workspace("codegen/tests/emit/small"))
}

fn root_of(builder: &Builder) -> String {
    let mut generated = builder.render().unwrap_or_else(|error| panic!("{error}"));
    generated.files.remove("mod.rs").expect("the root")
}

fn message_of(builder: &Builder) -> String {
    builder.render().expect_err("refused").to_string()
}

/// The features that a manifest declares, with what each implies.
fn declared(manifest: &str) -> BTreeMap<String, BTreeSet<String>> {
    let text = fs::read_to_string(workspace(manifest)).expect("a manifest");
    let features = text.split("\n[features]\n").nth(1).expect("features");
    let features = features.split("\n[").next().unwrap_or_default();
    let lines = features.lines().filter_map(|line| line.split_once(" = ["));
    lines
        .map(|(name, implied)| {
            let implied = implied.trim_end_matches(']').split(',');
            let implied = implied.map(|name| name.trim().trim_matches('"').to_owned());
            let implied = implied.filter(|name| !name.is_empty());
            (name.to_owned(), implied.collect())
        })
        .collect()
}

#[test]
fn the_module_of_a_namespace_is_compiled_with_its_feature() {
    let root = root_of(&small().feature("small", "with-small"));
    let (common, small) = root.split_once("pub mod common;").expect("both modules");
    assert!(!common.contains("cfg"), "{common}");
    assert!(
        small.contains("#[cfg(feature = \"with-small\")]"),
        "{small}"
    );
    assert!(small.contains("With the feature `with-small`."), "{small}");
}

#[test]
fn a_namespace_can_be_named_by_its_uri_and_all_at_once() {
    let one = root_of(&small().feature("urn:small", "small"));
    assert_eq!(one, root_of(&small().feature("small", "small")));
    // `common` has types alone, and is no service.
    assert_eq!(one, root_of(&small().features_but(Vec::<String>::new())));
    let none = root_of(&small().features_but(["small"]));
    assert_eq!(none, root_of(&small()));
}

#[test]
fn a_feature_implies_those_of_what_it_uses() {
    let builder = small().feature("small", "b").feature("common", "a");
    let generated = builder.render().unwrap_or_else(|error| panic!("{error}"));
    let set = |names: &[&str]| names.iter().map(|name| (*name).to_owned()).collect();
    let feature = |name: &str, namespaces: &[&str], implies: &[&str]| Feature {
        name: name.to_owned(),
        namespaces: set(namespaces),
        implies: set(implies),
    };
    assert_eq!(
        generated.summary.features,
        [
            feature("a", &["common"], &[]),
            feature("b", &["small"], &["a"])
        ]
    );
    let summary = generated.summary.to_string();
    assert!(
        summary.contains("feature b: small; must imply a"),
        "{summary}"
    );
}

#[test]
fn what_is_always_compiled_needs_nothing_that_is_not() {
    let message = message_of(&small().feature("common", "a"));
    let expected = "`small` uses `common`, which is behind the feature `a`";
    assert!(message.contains(expected), "{message}");
    assert!(message.contains("put `small` behind"), "{message}");
}

#[test]
fn names_that_are_none_are_refused_together() {
    let builder = small().feature("smal", "a").feature("small", "a b");
    let message = message_of(&builder);
    for expected in [
        "no namespace `smal`",
        "there are: common, small",
        "\"a b\" is no name of a Cargo feature",
    ] {
        assert!(message.contains(expected), "{message}");
    }
}

/// The generated crate and the client declare what the descriptions ask for, and vim25 is the same with the others as
/// without.
#[test]
fn the_features_of_this_workspace() {
    let render = |builder: Builder| builder.render().unwrap_or_else(|error| panic!("{error}"));
    let all = render(
        Builder::new()
            .wsdl(workspace("wsdl"))
            .features_but(["vim25"]),
    );
    let (api, client) = (
        declared("generated/Cargo.toml"),
        declared("client/Cargo.toml"),
    );
    for feature in &all.summary.features {
        assert_eq!(
            api.get(&feature.name),
            Some(&feature.implies),
            "{feature:?}"
        );
        let forwarded = BTreeSet::from([format!("vmomi-api/{}", feature.name)]);
        assert_eq!(client.get(&feature.name), Some(&forwarded), "{feature:?}");
    }
    let names = all.summary.features.iter().map(|feature| &*feature.name);
    assert_eq!(Vec::from_iter(names), ["eam", "pbm", "sms", "vsan", "vslm"]);

    let alone = render(Builder::new().wsdl(workspace("wsdl/vim25"))).files;
    let of_vim25 = alone.iter().filter(|(path, _)| path.starts_with("vim25/"));
    for (path, text) in of_vim25 {
        assert!(all.files.get(path) == Some(text), "{path} differs");
    }
}
