//! The small service with one of everything, and variants of it.

use std::fs;
use std::path::Path;

use vmomi_codegen::model::Model;

use crate::support::read;

/// The files of the service.
const FILES: [&str; 4] = ["catalog.json", "common.xsd", "small.wsdl", "small.xsd"];

/// The texts of the service's files, with replacements: a file, what stands in it once, and what shall stand there.
pub fn files(edits: &[(&str, &str, &str)]) -> Vec<(&'static str, String)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/emit/small");
    let mut files: Vec<(&'static str, String)> = FILES
        .iter()
        .map(|name| {
            let text = fs::read_to_string(folder.join(name)).expect("the fixture");
            (*name, text)
        })
        .collect();
    for (name, from, to) in edits {
        let (_, text) = files
            .iter_mut()
            .find(|file| file.0 == *name)
            .expect("a file");
        assert_eq!(text.matches(from).count(), 1, "{name} has {from} once");
        *text = text.replace(from, to);
    }
    files
}

/// The model of such files.
pub fn model(edits: &[(&str, &str, &str)]) -> Model {
    let files = files(edits);
    let files: Vec<(&str, &str)> = files
        .iter()
        .map(|(name, text)| (*name, text.as_str()))
        .collect();
    read(&files).unwrap_or_else(|error| panic!("{error}"))
}

/// The same without what the catalogue tells.
pub fn model_without_catalog(edits: &[(&str, &str, &str)]) -> Model {
    let files = files(edits);
    let files: Vec<(&str, &str)> = files[1..]
        .iter()
        .map(|(name, text)| (*name, text.as_str()))
        .collect();
    read(&files).unwrap_or_else(|error| panic!("{error}"))
}
