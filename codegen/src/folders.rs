//! The folders that a description is read from. A document in them may name any file of the
//! machine; those elsewhere are not read, and nothing is told of them.

use std::fs;
use std::io;
use std::path::{Component, Path, PathBuf};

/// Folders, and single files that the user named.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub(crate) struct Folders {
    /// Without symbolic links.
    real: Vec<PathBuf>,
    /// As they were named, from the root.
    named: Vec<PathBuf>,
}

impl Folders {
    /// Allows everything in a folder.
    ///
    /// # Errors
    /// When there is no such folder.
    pub(crate) fn allow(&mut self, folder: &Path) -> io::Result<()> {
        let folder = non_empty(folder);
        self.real.push(fs::canonicalize(folder)?);
        self.named.extend(std::path::absolute(folder));
        Ok(())
    }

    /// Allows a file that was named, wherever a symbolic link of that name leads, and everything in
    /// the folder in which it was named.
    pub(crate) fn allow_file(&mut self, path: &Path) {
        // What is not there is reported by whoever reads it.
        self.real.extend(fs::canonicalize(path));
        if let Some(folder) = path.parent() {
            drop(self.allow(folder));
        }
    }

    /// Whether a path without symbolic links is in one of them.
    pub(crate) fn hold(&self, real: &Path) -> bool {
        self.real.iter().any(|folder| real.starts_with(folder))
    }

    /// Whether the file that another one names by a path relative to itself may be in one of them,
    /// without looking for it.
    pub(crate) fn may_hold(&self, by: &Path, location: &str) -> bool {
        let folder = non_empty(by.parent().unwrap_or(Path::new("")));
        let Ok(folder) = fs::canonicalize(folder) else {
            return false;
        };
        let path = joined(folder, Path::new(location));
        let mut folders = self.real.iter().chain(&self.named);
        folders.any(|folder| path.starts_with(folder))
    }
}

fn non_empty(folder: &Path) -> &Path {
    match folder.as_os_str().is_empty() {
        true => Path::new("."),
        false => folder,
    }
}

/// A folder and a path relative to it, or another one from the root, with `..` taken by the letter.
fn joined(mut folder: PathBuf, location: &Path) -> PathBuf {
    for component in location.components() {
        match component {
            Component::CurDir => {}
            Component::ParentDir => drop(folder.pop()),
            other => folder.push(other),
        }
    }
    folder
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_are_joined_without_looking_for_them() {
        let folder = PathBuf::from("/a/b");
        for (location, path) in [
            ("c.xsd", "/a/b/c.xsd"),
            ("./c/../d.xsd", "/a/b/d.xsd"),
            ("../c.xsd", "/a/c.xsd"),
            ("../../../../c", "/c"),
            ("/etc/passwd", "/etc/passwd"),
            ("/a/b/../c", "/a/c"),
        ] {
            assert_eq!(joined(folder.clone(), Path::new(location)), Path::new(path));
        }
    }

    #[test]
    fn a_name_that_only_begins_alike_is_another_folder() {
        let root = tempfile::tempdir().expect("a folder");
        let (inner, other) = (root.path().join("set"), root.path().join("settings"));
        for folder in [&inner, &other] {
            fs::create_dir(folder).expect("a folder");
        }
        let mut folders = Folders::default();
        folders.allow(&inner).expect("it is there");
        let real = |path: &Path| fs::canonicalize(path).expect("it is there");
        assert!(folders.hold(&real(&inner).join("x")) && !folders.hold(&real(&other).join("x")));
        let by = inner.join("a.wsdl");
        assert!(folders.may_hold(&by, "b.xsd") && folders.may_hold(&by, "../set/b.xsd"));
        assert!(!folders.may_hold(&by, "../settings/b.xsd") && !folders.may_hold(&by, "/x.xsd"));
        assert!(folders.allow(&root.path().join("gone")).is_err());
    }
}
