//! From the paths that the user named to the files to read and the catalogues that go with them.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use crate::diagnostic::{Diagnostic, Diagnostics, Problem};

/// The name under which a folder's catalogue is found.
const CATALOG: &str = "catalog.json";

/// The files that paths stand for.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Inputs {
    /// WSDL and XSD documents.
    pub(crate) documents: Vec<PathBuf>,
    /// The catalogues beside them.
    pub(crate) catalogs: Vec<PathBuf>,
}

/// Finds the files of each path. A file stands for itself. A folder stands for every `.wsdl` and `.xsd` file directly
/// in it, so that none of them is left out by mistake, and for its `catalog.json`; a folder that has neither stands for
/// those of its folders that hold a `.wsdl`.
///
/// # Errors
/// Paths that are not there, and folders in which there is nothing to read.
pub(crate) fn find(paths: &[PathBuf]) -> Result<Inputs, Diagnostics> {
    let mut inputs = Inputs::default();
    let mut errors = Vec::new();
    for path in paths {
        if path.is_dir() {
            if let Err(error) = add_folder(path, &mut inputs) {
                errors.push(error);
            }
        } else {
            // A file that is not there is reported by whoever reads it.
            inputs.documents.push(path.clone());
        }
    }
    Diagnostics::unless(errors, inputs)
}

fn add_folder(folder: &Path, inputs: &mut Inputs) -> Result<(), Diagnostic> {
    let entries = entries(folder)?;
    if add_set(&entries, inputs) {
        return Ok(());
    }
    let mut found = false;
    for inner in entries.iter().filter(|entry| entry.is_dir()) {
        let entries = self::entries(inner)?;
        if entries.iter().any(|entry| has_extension(entry, &["wsdl"])) {
            found |= add_set(&entries, inputs);
        }
    }
    if found {
        Ok(())
    } else {
        Err(Diagnostic::new(Problem::NothingToRead(folder.to_owned())))
    }
}

/// Adds the documents among a folder's entries and its catalogue; whether there were documents.
fn add_set(entries: &BTreeSet<PathBuf>, inputs: &mut Inputs) -> bool {
    let documents: Vec<_> = entries
        .iter()
        .filter(|entry| has_extension(entry, &["wsdl", "xsd"]) && entry.is_file())
        .cloned()
        .collect();
    let found = !documents.is_empty();
    inputs.documents.extend(documents);
    if found {
        inputs.catalogs.extend(
            entries
                .iter()
                .filter(|entry| entry.ends_with(CATALOG))
                .cloned(),
        );
    }
    found
}

fn entries(folder: &Path) -> Result<BTreeSet<PathBuf>, Diagnostic> {
    let paths = || -> std::io::Result<_> {
        fs::read_dir(folder)?
            .map(|entry| Ok(entry?.path()))
            .collect()
    };
    paths().map_err(|cause| {
        Diagnostic::new(Problem::Unreadable {
            path: folder.to_owned(),
            cause: cause.to_string(),
        })
    })
}

fn has_extension(path: &Path, extensions: &[&str]) -> bool {
    path.extension()
        .and_then(|extension| extension.to_str())
        .is_some_and(|extension| extensions.contains(&extension))
}
