//! From what the user named to the files to read and the catalogues that go with them.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use crate::diagnostic::{Diagnostic, Diagnostics, Problem, Severity};
use crate::folders::Folders;
use crate::load::Documents;
use crate::origin::Origin;
use crate::unread;

/// The name under which a folder's catalogue is found.
const CATALOG: &str = "catalog.json";

/// Descriptions as the user named them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Input {
    /// A file or folder.
    Path(PathBuf),
    /// A built-in set.
    #[cfg(feature = "bundled")]
    Bundled(String),
}

/// The files that inputs stand for.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Inputs {
    /// WSDL and XSD documents.
    pub(crate) documents: Vec<Origin>,
    /// The catalogues beside them.
    pub(crate) catalogs: Vec<Origin>,
    /// The folders that were looked through: another file in one would be read too.
    pub(crate) folders: Vec<PathBuf>,
    /// The folders that files may be read from.
    pub(crate) allowed: Folders,
}

/// Finds the files of each input. A file stands for itself. A folder stands for every `.wsdl` and `.xsd` file directly
/// in it, so that none of them is left out by mistake, and for its `catalog.json`; a folder that has neither stands for
/// those of its folders that hold a `.wsdl`. A built-in set stands for all of its files, and for the sets that it
/// imports from. Of other folders, files are read only if they are among those to include.
///
/// # Errors
/// Paths that are not there, folders in which there is nothing to read, and sets that are not built in.
pub(crate) fn find(named: &[Input], include: &[PathBuf]) -> Result<Inputs, Diagnostics> {
    let mut inputs = Inputs::default();
    let mut errors = Vec::new();
    for folder in include {
        if let Err(cause) = inputs.allowed.allow(folder) {
            errors.push(Diagnostic::new(unread::failed(folder.clone(), &cause)));
        }
    }
    for input in named {
        let added = match input {
            Input::Path(path) if path.is_dir() => add_folder(path, &mut inputs),
            Input::Path(path) => {
                // A file that is not there is reported by whoever reads it.
                inputs.allowed.allow_file(path);
                inputs.documents.push(Origin::Disk(path.clone()));
                Ok(())
            }
            #[cfg(feature = "bundled")]
            Input::Bundled(name) => add_bundled(name, &mut inputs),
        };
        errors.extend(added.err());
    }
    Diagnostics::unless(errors, inputs)
}

impl Inputs {
    /// A warning for each schema that is read only because it lies in a folder, beside a WSDL that does not lead to it: it
    /// may be of another version, or be missed by whoever is given the WSDL alone.
    pub(crate) fn unlinked(&self, documents: &Documents) -> Vec<Diagnostic> {
        let services: BTreeSet<&Path> = (self.documents.iter())
            .filter_map(Origin::on_disk)
            .filter(|path| has_extension(path, &["wsdl"]))
            .filter_map(Path::parent)
            .collect();
        let is_unlinked = |path: &Path| {
            let looked_through = self.folders.iter().any(|folder| path.starts_with(folder));
            let identity = Origin::Disk(path.to_owned()).identity();
            has_extension(path, &["xsd"])
                && path
                    .parent()
                    .is_some_and(|folder| services.contains(folder))
                && looked_through
                && identity.is_ok_and(|identity| !documents.linked.contains(&identity))
        };
        let files = documents.sources.files().map(|(_, file)| file);
        files
            .filter(|file| is_unlinked(file.path()))
            .map(|file| {
                Diagnostic::new(Problem::Unlinked)
                    .with_severity(Severity::Warning)
                    .located(file.locate(0))
                    .help("its types are generated all the same; include it, take it out, or name the .wsdl alone")
            })
            .collect()
    }
}

#[cfg(feature = "bundled")]
fn add_bundled(name: &str, inputs: &mut Inputs) -> Result<(), Diagnostic> {
    let mut names = vec![name];
    let mut next = 0;
    while let Some(name) = names.get(next) {
        next += 1;
        let Some(set) = vmomi_wsdl::set(name) else {
            let known: Vec<String> = vmomi_wsdl::SETS
                .iter()
                .map(|set| format!("`{}`", set.name))
                .collect();
            return Err(Diagnostic::new(Problem::NotBundled((*name).to_owned()))
                .help(format!("there are {}", known.join(", "))));
        };
        for file in set.files {
            let origin = Origin::Bundled(file.path.to_owned());
            if file.path.ends_with(CATALOG) {
                inputs.catalogs.push(origin);
            } else {
                inputs.documents.push(origin);
            }
        }
        for import in set.imports {
            if !names.contains(import) {
                names.push(import);
            }
        }
    }
    Ok(())
}

fn add_folder(folder: &Path, inputs: &mut Inputs) -> Result<(), Diagnostic> {
    let entries = entries(folder)?;
    inputs.folders.push(folder.to_owned());
    let allowed = inputs.allowed.allow(folder);
    allowed.map_err(|cause| Diagnostic::new(unread::failed(folder.to_owned(), &cause)))?;
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
        Err(Diagnostic::new(Problem::NothingToRead(folder.to_owned()))
            .help("name the files, or a folder that holds some or has folders that hold a .wsdl"))
    }
}

/// Adds the documents among a folder's entries and its catalogue; whether there were documents.
fn add_set(entries: &BTreeSet<PathBuf>, inputs: &mut Inputs) -> bool {
    let documents: Vec<_> = entries
        .iter()
        .filter(|entry| has_extension(entry, &["wsdl", "xsd"]) && entry.is_file())
        .cloned()
        .map(Origin::Disk)
        .collect();
    let found = !documents.is_empty();
    inputs.documents.extend(documents);
    if found {
        inputs.catalogs.extend(
            entries
                .iter()
                .filter(|entry| entry.ends_with(CATALOG))
                .cloned()
                .map(Origin::Disk),
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
    paths().map_err(|cause| Diagnostic::new(unread::failed(folder.to_owned(), &cause)))
}

fn has_extension(path: &Path, extensions: &[&str]) -> bool {
    path.extension()
        .and_then(|extension| extension.to_str())
        .is_some_and(|extension| extensions.contains(&extension))
}
