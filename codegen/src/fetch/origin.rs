//! The note on where a set comes from.

use std::collections::BTreeMap;

use roxmltree::{Document, Node};
use vmomi_runtime::transport::ServerUrl;

/// The file of the note.
pub(super) const FILE: &str = "ORIGIN.md";

/// What the note begins with: a folder with it was fetched.
pub(super) const MARK: &str = "<!-- Written by `vmomi-codegen fetch`. -->\n";

/// An API version that a server says it speaks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ServedVersion {
    /// The namespace, such as `urn:vim25`.
    pub namespace: String,
    /// The newest version, such as `8.0.3.0`.
    pub version: String,
}

/// The note of a set. It has no date: the same set gives the same note.
pub(super) fn note(
    server: &ServerUrl,
    versions: &[ServedVersion],
    files: &BTreeMap<String, String>,
) -> String {
    let mut note = format!("{MARK}# Origin\n\nFetched from <{server}>.\n");
    if !versions.is_empty() {
        note.push_str("\nThe server speaks:\n\n");
    }
    for ServedVersion { namespace, version } in versions {
        note.push_str(&format!("- `{namespace}` {version}\n"));
    }
    note.push_str("\n| file | bytes |\n|---|--:|\n");
    for (name, text) in files {
        note.push_str(&format!("| {name} | {} |\n", text.len()));
    }
    note
}

/// The versions in a `*ServiceVersions.xml`; none of one that is not like that.
pub(super) fn versions(body: &[u8]) -> Vec<ServedVersion> {
    let Some(document) = std::str::from_utf8(body)
        .ok()
        .and_then(|text| Document::parse(text).ok())
    else {
        return Vec::new();
    };
    let text = |node: Node<'_, '_>, name| {
        let mut children = node.children().filter(Node::is_element);
        let child = children.find(|child| child.tag_name().name() == name)?;
        // Into Markdown goes nothing but what a version has.
        let is_plain = |c: char| c.is_ascii_alphanumeric() || "._:-".contains(c);
        let text = child.text()?.trim();
        text.chars().all(is_plain).then(|| text.to_owned())
    };
    let namespaces = document
        .descendants()
        .filter(|node| node.tag_name().name() == "namespace");
    namespaces
        .filter_map(|node| {
            Some(ServedVersion {
                namespace: text(node, "name")?,
                version: text(node, "version")?,
            })
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn versions_are_read_where_there_are_any() {
        let document = b"<?xml version=\"1.0\"?><namespaces version=\"1.0\"><namespace><name>urn:vim25</name>\
            <version>8.0.3.0</version><priorVersions><version>7.0</version></priorVersions></namespace>\
            <namespace><name>[x](y)</name><version>1</version></namespace></namespaces>";
        let found = versions(document);
        assert_eq!(found.len(), 1);
        assert_eq!(
            (&*found[0].namespace, &*found[0].version),
            ("urn:vim25", "8.0.3.0")
        );
        assert!(versions(b"<html>").is_empty() && versions(b"\xff").is_empty());
    }
}
