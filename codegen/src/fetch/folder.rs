//! Writing a set to a folder in one step.

use std::collections::BTreeMap;
use std::fs;
use std::io;
use std::path::Path;

use super::error::FetchError;
use super::origin;

/// Whether a set may be written to a folder.
///
/// # Errors
/// What is in the way.
pub(super) fn check(folder: &Path, force: bool) -> Result<(), FetchError> {
    let unreadable = |cause| FetchError::File {
        path: folder.to_owned(),
        cause,
    };
    let entries = match fs::read_dir(folder) {
        Ok(entries) => entries,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(()),
        Err(error) => return Err(unreadable(error)),
    };
    let mut is_description = true;
    let mut was_fetched = true;
    let mut is_empty = true;
    for entry in entries {
        let entry = entry.map_err(unreadable)?;
        let path = entry.path();
        let extension = path
            .extension()
            .and_then(|of| of.to_str())
            .unwrap_or_default();
        let is_file = entry.file_type().map_err(unreadable)?.is_file();
        let is_note = entry.file_name() == origin::FILE;
        is_empty = false;
        was_fetched &= is_file && (is_note || ["wsdl", "xsd"].contains(&extension));
        is_description &= is_file && ["wsdl", "xsd", "json", "md"].contains(&extension);
    }
    let has_mark = || {
        let note = fs::read_to_string(folder.join(origin::FILE));
        note.is_ok_and(|note| note.starts_with(origin::MARK))
    };
    if is_empty || (was_fetched && has_mark()) || (force && is_description) {
        return Ok(());
    }
    Err(FetchError::InTheWay {
        folder: folder.to_owned(),
        forced: force,
    })
}

/// Writes files beside a folder, and puts them in its place when all are there.
///
/// # Errors
/// What is in the way, and what cannot be written; then the folder is as it was.
pub(super) fn write(
    files: &BTreeMap<String, String>,
    folder: &Path,
    force: bool,
) -> Result<(), FetchError> {
    check(folder, force)?;
    let failed = |path: &Path| {
        let path = path.to_owned();
        move |cause| FetchError::File { path, cause }
    };
    let parent = match folder.parent() {
        Some(parent) if !parent.as_os_str().is_empty() => parent,
        _ => Path::new("."),
    };
    fs::create_dir_all(parent).map_err(failed(parent))?;
    // What is left in it is removed with it, however this ends.
    let beside = tempfile::Builder::new()
        .prefix(".vmomi-fetch-")
        .tempdir_in(parent)
        .map_err(failed(parent))?;
    let (new, old) = (beside.path().join("new"), beside.path().join("old"));
    fs::create_dir(&new).map_err(failed(&new))?;
    for (name, text) in files {
        let path = new.join(name);
        fs::write(&path, text).map_err(failed(&path))?;
    }
    let had_old = match fs::rename(folder, &old) {
        Ok(()) => true,
        Err(error) if error.kind() == io::ErrorKind::NotFound => false,
        Err(error) => return Err(failed(folder)(error)),
    };
    if let Err(error) = fs::rename(&new, folder) {
        if had_old {
            // The first error is the one to report.
            drop(fs::rename(&old, folder));
        }
        return Err(failed(folder)(error));
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn files(names: &[&str]) -> BTreeMap<String, String> {
        let note = (origin::FILE.to_owned(), origin::MARK.to_owned());
        let names = names
            .iter()
            .map(|name| ((*name).to_owned(), "x".to_owned()));
        names.chain([note]).collect()
    }

    fn names(folder: &Path) -> Vec<String> {
        let entries = fs::read_dir(folder).expect("a folder");
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

    #[test]
    fn replaces_what_was_fetched_before_and_leaves_nothing_beside_it() {
        let root = tempfile::tempdir().expect("a folder");
        let out = root.path().join("deep").join("out");
        write(&files(&["a.wsdl", "b.xsd"]), &out, false).expect("a new folder");
        write(&files(&["a.wsdl", "c.xsd"]), &out, false).expect("one that was fetched");
        assert_eq!(names(&out), ["ORIGIN.md", "a.wsdl", "c.xsd"]);
        assert_eq!(names(out.parent().expect("a parent")), ["out"]);
    }

    #[test]
    fn replaces_nothing_else() {
        let root = tempfile::tempdir().expect("a folder");
        let out = root.path().join("out");
        fs::create_dir(&out).expect("a folder");
        check(&out, false).expect("an empty folder");
        fs::write(out.join("own.wsdl"), "mine").expect("written");
        let error = write(&files(&["a.wsdl"]), &out, false).expect_err("something is there");
        assert!(
            matches!(error, FetchError::InTheWay { forced: false, .. }),
            "{error}"
        );
        assert_eq!(names(&out), ["own.wsdl"]);
        write(&files(&["a.wsdl"]), &out, true).expect("forced");
        assert_eq!(names(&out), ["ORIGIN.md", "a.wsdl"]);
        // A catalogue was put there by someone.
        fs::write(out.join("catalog.json"), "{}").expect("written");
        write(&files(&["a.wsdl"]), &out, false).expect_err("more than was fetched");
        // Whatever else is there is nothing to replace.
        fs::write(out.join("thesis.tex"), "years").expect("written");
        let error = write(&files(&["a.wsdl"]), &out, true).expect_err("other files");
        assert!(
            matches!(error, FetchError::InTheWay { forced: true, .. }),
            "{error}"
        );
        assert!(out.join("thesis.tex").exists());
        let file = out.join("thesis.tex");
        write(&files(&["a.wsdl"]), &file, true).expect_err("a file");
    }
}
