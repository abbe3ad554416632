//! Material that tests read but the project does not hold: recorded conversations, VMware's WSDL.
//!
//! It lies beside the workspace, in `../shared`, or where `VMOMI_SHARED` says. Most checkouts do
//! not have it, so a test that needs some skips when it is absent, and says so.

use std::ffi::OsString;
use std::io::Write;
use std::path::{Path, PathBuf};

/// The variable that names the folder.
const VARIABLE: &str = "VMOMI_SHARED";

/// The folder is not there.
#[derive(Debug, thiserror::Error)]
#[error("{} is not a folder; set {VARIABLE} to the folder that holds `{name}`", path.display())]
pub struct Absent {
    path: PathBuf,
    name: String,
    /// Whether [`VARIABLE`] asked for it, which makes its absence a mistake.
    asked_for: bool,
}

/// The folder `name` within the shared material.
///
/// # Errors
///
/// When there is no such folder.
pub fn folder(name: &str) -> Result<PathBuf, Absent> {
    folder_within(std::env::var_os(VARIABLE), name)
}

fn folder_within(variable: Option<OsString>, name: &str) -> Result<PathBuf, Absent> {
    let variable = variable.filter(|value| !value.is_empty());
    let asked_for = variable.is_some();
    let root = variable.map_or_else(beside_workspace, PathBuf::from);
    let path = root.join(name);
    if path.is_dir() {
        return Ok(path);
    }
    Err(Absent {
        path,
        name: name.to_owned(),
        asked_for,
    })
}

fn beside_workspace() -> PathBuf {
    let this_crate = Path::new(env!("CARGO_MANIFEST_DIR"));
    let parent_of_workspace = this_crate.ancestors().nth(2);
    parent_of_workspace.unwrap_or(this_crate).join("shared")
}

/// The folder `name`, or `None` after saying on standard error that the calling test skips.
///
/// # Panics
///
/// When `VMOMI_SHARED` is set and does not hold the folder: whoever set it wants the test to run.
#[must_use]
pub fn folder_or_skip(name: &str) -> Option<PathBuf> {
    match folder(name) {
        Ok(path) => Some(path),
        Err(absent) if absent.asked_for => panic!("{absent}"),
        Err(absent) => {
            skip(&absent.to_string());
            None
        }
    }
}

/// Says that the calling test skips, and why.
///
/// The test harness swallows what passing tests print; a skipped test that leaves no trace would
/// look like one that ran, so this writes past it.
pub fn skip(reason: &str) {
    let thread = std::thread::current();
    let test = thread.name().unwrap_or("a test");
    // A closed standard error is no reason to fail a test that was going to skip.
    let _ = writeln!(std::io::stderr(), "skipped {test}: {reason}");
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_absent_folder_names_the_variable_to_set() {
        let error = folder_within(Some("/nonexistent".into()), "recorded").unwrap_err();
        assert_eq!(
            error.to_string(),
            "/nonexistent/recorded is not a folder; \
             set VMOMI_SHARED to the folder that holds `recorded`"
        );
        assert!(error.asked_for);
    }

    #[test]
    fn an_empty_variable_counts_as_unset() {
        let found = folder_within(Some(OsString::new()), "nonexistent").unwrap_err();
        assert!(!found.asked_for);
    }

    #[test]
    fn a_folder_is_found_where_the_variable_says() {
        let root = tempfile::tempdir().unwrap();
        std::fs::create_dir(root.path().join("recorded")).unwrap();
        let found = folder_within(Some(root.path().into()), "recorded").unwrap();
        assert_eq!(found, root.path().join("recorded"));
    }
}
