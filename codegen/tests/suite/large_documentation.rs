//! A description of texts as large as VMware's: some ten megabytes, and what reading it takes is in proportion.

use std::fmt::Write;

use vmomi_codegen::overlay::Overlay;

/// As many schemas of ten properties, with texts of some length.
fn description(schemas: usize) -> String {
    let mut text = String::from("openapi: 3.0.0\ncomponents:\n  schemas:\n");
    for schema in 0..schemas {
        let _ = writeln!(
            text,
            "    Type{schema}:\n      type: object\n      description: |2\n        About *Type{schema}*.\n        \n        \
             And a second paragraph, which tells more of it than anyone asked for.\n      properties:"
        );
        for property in 0..10 {
            let _ = writeln!(
                text,
                "        property{property}:\n          description: |2\n            What `property{property}` holds, in a \
                 sentence or two.\n            \n            ***Required privileges:*** System.View\n          type: \
                 array\n          items:\n            $ref: '#/components/schemas/Type0'"
            );
        }
    }
    text
}

#[test]
fn ten_megabytes_are_read() {
    let text = description(3_800);
    assert!(text.len() > 10_000_000, "{}", text.len());
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("api.yaml");
    std::fs::write(&path, text).expect("written");
    let overlay = Overlay::read(&path).unwrap_or_else(|error| panic!("{error}"));
    let coverage = overlay.coverage(&vmomi_codegen::model::Model::default());
    assert_eq!((coverage.used, coverage.unused), (0, 3_800 * 11));
}
