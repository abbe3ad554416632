//! Whole comparisons: services, counts, filters, forms, and real descriptions.

use std::path::Path;

use vmomi_codegen::diff::{self, Change, Counted, Markdown, Text};

use super::changes;
use crate::material::shared;
use crate::small::{model, model_without_catalog};
use crate::support::{complex, model_of};

#[test]
fn equal_descriptions_do_not_differ() {
    for (old, new) in [
        (model(&[]), model(&[])),
        (model_without_catalog(&[]), model_without_catalog(&[])),
    ] {
        let comparison = diff::compare(&old, &new);
        assert!(comparison.is_empty() && !comparison.breaks().any());
        assert_eq!(
            Text(&comparison).to_string(),
            "common: no differences\n\nsmall 2.0: no differences"
        );
    }
}

#[test]
fn services() {
    let endpoint = diff::compare(
        &model(&[]),
        &model(&[(
            "catalog.json",
            r#""endpoint": "/small""#,
            r#""endpoint": "/smaller""#,
        )]),
    );
    assert_eq!(
        changes(&endpoint),
        ["~ endpoint: /small -> /smaller  [breaks wire]"]
    );
    assert!(endpoint.breaks().wire && !endpoint.breaks().source);

    let types = model_of(&complex("Alone", None, &[]));
    let replaced = diff::compare(&model(&[]), &types);
    let became: Vec<_> = (replaced.services.iter())
        .map(|service| (service.name.as_str(), service.change, service.breaks.any()))
        .collect();
    assert_eq!(
        became,
        [
            ("common", Some(Change::Removed), true),
            ("small", Some(Change::Removed), true),
            ("test", Some(Change::Added), false),
        ]
    );
    let text = Text(&replaced).to_string();
    assert!(text.contains("small 2.0: removed\n"), "{text}");
    assert!(text.contains("test: added\n  data objects    1"), "{text}");
}

#[test]
fn a_catalogue_on_one_side_only() {
    let comparison = diff::compare(&model_without_catalog(&[]), &model(&[]));
    let small = &comparison.services[1];
    assert!(
        small.without_catalog && small.is_empty(),
        "{}",
        Text(&comparison)
    );
    // What it does tell is compared.
    let comparison = diff::compare(
        &model_without_catalog(&[(
            "small.xsd",
            r#"<element name="limit" type="xsd:int" />"#,
            "",
        )]),
        &model(&[]),
    );
    assert_eq!(
        changes(&comparison),
        [
            "~ Count  [breaks source, wire]",
            "> + parameter limit: xsd:int  [breaks source, wire]",
        ]
    );
    let text = Text(&comparison).to_string();
    assert!(text.contains("compared without catalogues"), "{text}");
}

#[test]
fn counts_and_filters() {
    let edits = [
        ("small.xsd", r#"<enumeration value="64bit" />"#, ""),
        (
            "small.xsd",
            r#"<enumeration value="poweredOff" />"#,
            r#"<enumeration value="off" />"#,
        ),
        ("catalog.json", r#""Machine.PowerOn""#, r#""Machine.Start""#),
    ];
    let comparison = diff::compare(&model(&[]), &model(&edits));
    let counts = &comparison.services[1].counts;
    let values = counts[&Counted::Values];
    assert_eq!(
        (
            values.old,
            values.new,
            values.added,
            values.removed,
            values.breaking
        ),
        (5, 4, 1, 2, 2)
    );
    assert_eq!(counts[&Counted::Enumerations].changed, 1);
    assert_eq!(counts[&Counted::Operations].changed, 1);
    assert_eq!(counts[&Counted::Operations].breaking, 0);

    let breaking = comparison.clone().breaking();
    assert_eq!(
        changes(&breaking),
        [
            "~ PowerState  [breaks source, wire]",
            "> - value 64bit  [breaks source, wire]",
            "> - value poweredOff  [breaks source, wire]",
        ]
    );
    assert_eq!(
        breaking.services.len(),
        1,
        "the other service has nothing that breaks"
    );
    let summary = comparison.summary();
    assert!(changes(&summary).is_empty() && !summary.is_empty());
}

#[test]
fn as_json() {
    let edits = [(
        "catalog.json",
        r#""owner": {"since": "1.0", "target": "Machine"}"#,
        r#""owner": {"since": "1.0", "target": "Entity"}"#,
    )];
    let comparison = diff::compare(&model(&[]), &model(&edits));
    let json = serde_json::to_value(&comparison).expect("JSON");
    let small = &json["services"][1];
    assert_eq!(small["name"], "small");
    assert_eq!(small["counts"]["fields"]["changed"], 1);
    assert_eq!(
        small["items"],
        serde_json::json!([{
            "kind": "data-object", "name": "Hardware", "change": "changed", "breaks": ["source"],
            "members": [{
                "kind": "field", "name": "owner", "change": "changed",
                "old": "reference to Machine", "new": "reference to Entity", "breaks": ["source"],
            }],
        }])
    );
}

#[test]
fn as_markdown() {
    let edits = [
        ("small.xsd", r#"<enumeration value="a`b" />"#, ""),
        (
            "catalog.json",
            r#""version": "2.0""#,
            r#""version": "1.0u1""#,
        ),
    ];
    let comparison = diff::compare(&model(&edits), &model(&[])).breaking();
    assert_eq!(Markdown::new(&comparison).to_string(), "");
    let comparison = diff::compare(&model(&edits), &model(&[]));
    let markdown = Markdown::new(&comparison).heading_level(3).to_string();
    assert_eq!(
        markdown,
        "### common\n\nNo differences.\n\n\
         ### small: 1.0u1 to 2.0\n\n\
         | | before | after | added | removed | changed | breaking |\n\
         |---|--:|--:|--:|--:|--:|--:|\n\
         | data objects | 7 | 7 | 0 | 0 | 0 | 0 |\n\
         | faults | 1 | 1 | 0 | 0 | 0 | 0 |\n\
         | events | 2 | 2 | 0 | 0 | 0 | 0 |\n\
         | fields | 37 | 37 | 0 | 0 | 0 | 0 |\n\
         | enumerations | 2 | 2 | 0 | 0 | 1 | 0 |\n\
         | values | 4 | 5 | 1 | 0 | 0 | 0 |\n\
         | managed objects | 2 | 2 | 0 | 0 | 0 | 0 |\n\
         | properties | 4 | 4 | 0 | 0 | 0 | 0 |\n\
         | operations | 5 | 5 | 0 | 0 | 0 | 0 |\n\
         | parameters | 13 | 13 | 0 | 0 | 0 | 0 |\n\n\
         #### Enumerations\n\n\
         - changed `PowerState`\n  - added value ``a`b``"
    );
}

#[test]
fn what_is_there_does_not_differ_from_itself() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../wsdl");
    let model = vmomi_codegen::Builder::new()
        .wsdl(folder)
        .model()
        .expect("a model");
    assert!(diff::compare(&model, &model).is_empty());
}

#[test]
fn between_two_releases() {
    let (Some(old), Some(new)) = (shared("wsdl/vim25-5.5"), shared("wsdl/vim25-6.7")) else {
        return;
    };
    let read = |path| {
        let builder = vmomi_codegen::Builder::new().wsdl(path);
        builder.model().unwrap_or_else(|error| panic!("{error}"))
    };
    let (old, new) = (read(old), read(new));
    let comparison = diff::compare(&old, &new);
    let vim = comparison
        .services
        .iter()
        .find(|service| service.name == "vim25");
    let counts = &vim.expect("vim25").counts;
    let of = |what| {
        let count = counts[&what];
        (count.old, count.new, count.added, count.removed)
    };
    assert_eq!(of(Counted::Operations), (615, 864, 249, 0));
    assert_eq!(of(Counted::Enumerations), (261, 352, 91, 0));
    assert_eq!(of(Counted::DataObjects), (1_313, 1_607, 294, 0));
    let breaking = changes(&comparison.clone().breaking());
    for line in [
        // Old clients could send them; the type that all others extend has lost them.
        "> - field dynamicType: xsd:string, optional  [breaks source, wire]",
        "~ CreateTask  [breaks source]",
        "> + parameter activationId: xsd:string, optional  [breaks source]",
        "> + subtypes: PerfCounterInfoInt  [breaks source]",
    ] {
        assert!(
            breaking.iter().any(|found| found == line),
            "{line}: {breaking:#?}"
        );
    }
    let back = diff::compare(&new, &old);
    let back = back
        .services
        .iter()
        .find(|service| service.name == "vim25")
        .expect("vim25");
    assert_eq!(back.counts[&Counted::Operations].removed, 249);
}

/// The sample in the documentation has the form of what is really written.
#[test]
fn the_documented_json() {
    let page = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/diff.md");
    let page = std::fs::read_to_string(page).expect("the page");
    let sample = page
        .split("```json")
        .nth(1)
        .and_then(|rest| rest.split("```").next());
    let sample: serde_json::Value = serde_json::from_str(sample.expect("a sample")).expect("JSON");
    let known = (
        "catalog.json",
        r#""limit": {"since": "2.0"}"#,
        r#""limit": {"since": "2.0"}, "more": {"since": "2.0"}"#,
    );
    let limit = r#"<element name="limit" type="xsd:int" />"#;
    let more = r#"<element name="limit" type="xsd:int" /><element name="more" type="xsd:int" minOccurs="0" />"#;
    let comparison = diff::compare(&model(&[]), &model(&[("small.xsd", limit, more), known]));
    let written = serde_json::to_value(&comparison).expect("JSON");
    let (sample, written) = (&sample["services"][0], &written["services"][1]);
    let keys = |value: &serde_json::Value| -> Vec<String> {
        value
            .as_object()
            .expect("an object")
            .keys()
            .cloned()
            .collect()
    };
    assert_eq!(keys(sample), keys(written));
    assert_eq!(
        keys(&sample["counts"]["operations"]),
        keys(&written["counts"]["operations"])
    );
    let (sample, written) = (&sample["items"][0], &written["items"][0]);
    assert_eq!(keys(sample), keys(written));
    assert_eq!(keys(&sample["members"][0]), keys(&written["members"][0]));
}
