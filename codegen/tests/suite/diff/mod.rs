//! What is found between two descriptions, and what of it is said to break programs.

mod operations;
mod reports;
mod types;

use vmomi_codegen::diff::{self, Comparison, Text};

use crate::small::model;

type Edit<'a> = (&'a str, &'a str, &'a str);

/// The lines that tell changes, each with its indent made `> `.
fn changes(comparison: &Comparison) -> Vec<String> {
    let text = Text(comparison).to_string();
    let lines = text.lines().filter_map(|line| {
        let change = line.trim_start();
        let is_change = ["+ ", "- ", "~ "]
            .iter()
            .any(|mark| change.starts_with(mark));
        let indent = if line.starts_with("        ") {
            "> "
        } else {
            ""
        };
        is_change.then(|| format!("{indent}{change}"))
    });
    lines.collect()
}

/// Edits the small service and tells what differs then.
#[track_caller]
fn check(edits: &[Edit<'_>], expected: &[&str]) {
    let comparison = diff::compare(&model(&[]), &model(edits));
    assert_eq!(changes(&comparison), expected, "{edits:?}");
}
