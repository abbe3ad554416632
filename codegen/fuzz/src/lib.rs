//! What the fuzz target and its seeds share: the descriptions and the properties of the tests of
//! `vmomi-codegen`, taken from there, and texts as descriptions.

#[path = "../../tests/suite/made/choices.rs"]
pub mod choices;
#[path = "../../tests/suite/made/properties.rs"]
pub mod properties;

/// What a line begins with that names the file whose text follows.
pub const FILE: &str = "=== ";

/// The files that a text holds, each after a line with its name; what is before the first is
/// `a.xsd`.
#[must_use]
pub fn files(text: &str) -> Vec<(&str, String)> {
    let mut files: Vec<(&str, String)> = Vec::new();
    for line in text.split_inclusive('\n') {
        match (line.strip_prefix(FILE), files.last_mut()) {
            (Some(name), _) => files.push((name.trim(), String::new())),
            (None, Some((_, text))) => text.push_str(line),
            (None, None) => files.push(("a.xsd", line.to_owned())),
        }
    }
    files
}

/// The text that holds these files.
#[must_use]
pub fn joined(files: &[(String, String)]) -> String {
    let texts = files.iter();
    let texts = texts.map(|(name, text)| format!("{FILE}{name}\n{}\n", text.trim_end()));
    texts.collect()
}
