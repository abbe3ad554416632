//! The entry for programs and build scripts.

mod build_script;
mod features;
mod selection;
mod settings;

use std::borrow::Cow;
use std::collections::BTreeSet;
use std::fmt;
use std::path::{Path, PathBuf};

use crate::catalog::Catalog;
use crate::diagnostic::{Diagnostic, Diagnostics, Problem};
use crate::generate::{Generated, generate};
use crate::input::{self, Input, Inputs};
use crate::load;
use crate::model::Model;
use crate::origin::Origin;
use crate::output::{self, Differences};
#[cfg(feature = "docs")]
use crate::overlay::Overlay;
use crate::resolve;
use crate::select::{Selection, select};
use crate::settings::Settings;

/// A part of the work, for whoever shows progress.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stage {
    /// Documents and catalogues are read and parsed.
    Read,
    /// Names are resolved.
    Resolve,
    /// Code is emitted and formatted.
    Emit,
    /// The output folder is compared and written.
    Write,
}

/// What to generate from, and where to.
///
/// In a build script, [`Builder::build`] ends it; anywhere else [`Builder::generate`], [`Builder::check`] or, to touch no
/// file, [`Builder::render`].
///
/// ```no_run
/// # fn main() -> Result<(), Box<dyn std::error::Error>> {
/// let generated = vmomi_codegen::Builder::new().wsdl("wsdl/vim25").out_dir("src/api").generate()?;
/// assert!(generated.summary.operations > 0);
/// # Ok(())
/// # }
/// ```
#[derive(Default)]
pub struct Builder {
    inputs: Vec<Input>,
    include_folders: Vec<PathBuf>,
    catalogs: Vec<PathBuf>,
    ignore_catalogs: bool,
    selection: Selection,
    settings: Settings,
    docs: Option<PathBuf>,
    deny_warnings: bool,
    out_dir: Option<PathBuf>,
    name: Option<String>,
    observer: Option<Box<dyn Fn(Stage)>>,
}

impl Builder {
    /// A builder that knows no input yet.
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds a WSDL or XSD document with all that it includes and imports, or a folder: every document in it and its
    /// `catalog.json`, or, if it has none, every folder in it that holds a `.wsdl`.
    ///
    /// A document that names a file outside of its folder, or the folder that was given, is
    /// refused, also where a symbolic link leads there; see [`Builder::include_folder`].
    #[must_use]
    pub fn wsdl(mut self, path: impl Into<PathBuf>) -> Self {
        self.inputs.push(Input::Path(path.into()));
        self
    }

    /// Lets documents include and import files of a folder, and of those in it, that is not one of
    /// an input. A description that came from elsewhere can name any file of the machine, so those
    /// of other folders are not read.
    #[must_use]
    pub fn include_folder(mut self, path: impl Into<PathBuf>) -> Self {
        self.include_folders.push(path.into());
        self
    }

    /// Adds a description that comes with this crate, by the short name of its service, such as `vim25`. Those whose
    /// types it uses come with it; nothing on disk is read.
    #[cfg(feature = "bundled")]
    #[must_use]
    pub fn bundled(mut self, service: impl Into<String>) -> Self {
        self.inputs.push(Input::Bundled(service.into()));
        self
    }

    /// Adds a catalogue. It comes before one of the same service that is found beside the documents.
    #[must_use]
    pub fn catalog(mut self, path: impl Into<PathBuf>) -> Self {
        self.catalogs.push(path.into());
        self
    }

    /// Leaves out the catalogues that are found beside the documents.
    #[must_use]
    pub fn ignore_catalogs(mut self) -> Self {
        self.ignore_catalogs = true;
        self
    }

    /// Takes what would be a warning for an error.
    #[must_use]
    pub fn deny_warnings(mut self) -> Self {
        self.deny_warnings = true;
        self
    }

    /// Sets the folder to write to. All generated files in it are the builder's: those that it did not make this time are
    /// removed.
    #[must_use]
    pub fn out_dir(mut self, path: impl Into<PathBuf>) -> Self {
        self.out_dir = Some(path.into());
        self
    }

    /// Calls a function at the start of each stage.
    #[must_use]
    pub fn observe(mut self, observer: impl Fn(Stage) + 'static) -> Self {
        self.observer = Some(Box::new(observer));
        self
    }

    /// Reads and resolves the descriptions.
    ///
    /// # Errors
    /// Whatever is wrong with them, with its place; see [`Problem`].
    pub fn model(&self) -> Result<Model, Diagnostics> {
        Ok(self.read()?.0)
    }

    /// The model, and the files and folders on disk that it was read from.
    fn read(&self) -> Result<(Model, Vec<PathBuf>), Diagnostics> {
        self.enter(Stage::Read);
        let inputs = input::find(&self.inputs, &self.include_folders)?;
        let documents = load::load(&inputs.documents, &inputs.allowed)?;
        let catalogs = self.read_catalogs(&inputs)?;
        self.enter(Stage::Resolve);
        let unlinked = inputs.unlinked(&documents);
        let mut model = resolve::resolve(documents, &catalogs)?;
        model.warnings.extend(unlinked);
        let watched = self.watched(inputs, &model);
        Ok((model, watched))
    }

    /// Everything on disk that another run would read.
    fn watched(&self, inputs: Inputs, model: &Model) -> Vec<PathBuf> {
        let documents = model.sources.files().map(|(_, file)| file);
        let documents = documents.filter(|file| file.is_on_disk());
        let mut watched: BTreeSet<PathBuf> = documents.map(|file| file.path().into()).collect();
        watched.extend(inputs.folders);
        watched.extend(self.catalogs.iter().chain(&self.docs).cloned());
        if !self.ignore_catalogs {
            let found = inputs.catalogs.iter().filter_map(Origin::on_disk);
            watched.extend(found.map(Path::to_owned));
        }
        watched.into_iter().collect()
    }

    /// Makes the code and writes nothing.
    ///
    /// # Errors
    /// Whatever is wrong with the descriptions, or with what was chosen of them; also when something were not emitted.
    pub fn render(&self) -> Result<Generated, Diagnostics> {
        let (model, inputs) = self.read()?;
        let (model, reasons) = if self.selection.is_everything() {
            (model, None)
        } else {
            let slice = select(&model, &self.selection)?;
            (slice.model, Some(slice.reasons))
        };
        self.enter(Stage::Emit);
        let mut generated = generate(&model, self.settings_with_docs(&model)?.as_ref())?;
        generated.reasons = reasons;
        generated.inputs = inputs;
        if self.deny_warnings {
            Diagnostics::deny(&generated.warnings)?;
        }
        Ok(generated)
    }

    /// The settings, with the texts for the documentation.
    #[cfg(feature = "docs")]
    fn settings_with_docs(&self, model: &Model) -> Result<Cow<'_, Settings>, Diagnostics> {
        let Some(path) = &self.docs else {
            return Ok(Cow::Borrowed(&self.settings));
        };
        let overlay = Overlay::read(path)?;
        if overlay.coverage(model).used == 0 {
            let path = path.clone();
            let cause = "none of them is on anything that is generated".to_owned();
            return Err(Diagnostic::new(Problem::NoDocumentation { path, cause }).into());
        }
        let mut settings = self.settings.clone();
        settings.docs(overlay);
        Ok(Cow::Owned(settings))
    }

    /// The settings: without the feature there are no texts to put with them.
    #[cfg(not(feature = "docs"))]
    fn settings_with_docs(&self, _: &Model) -> Result<Cow<'_, Settings>, Diagnostics> {
        Ok(Cow::Borrowed(&self.settings))
    }

    /// Makes the code and brings the output folder up to date. Files that have not changed are not touched, and
    /// generated files that are no longer wanted are removed.
    ///
    /// # Errors
    /// Those of [`Builder::render`]; then nothing is written. Files that cannot be written, or that the generator
    /// would replace and has not made.
    pub fn generate(&self) -> Result<Generated, Diagnostics> {
        let folder = self.folder()?;
        let generated = self.render()?;
        self.enter(Stage::Write);
        let differences = output::compare(folder, &generated.files)?;
        output::write(folder, &generated.files, &differences)?;
        Ok(generated)
    }

    /// Makes the code and compares the output folder with it, writing nothing.
    ///
    /// # Errors
    /// Those of [`Builder::render`]; a folder that cannot be read.
    pub fn check(&self) -> Result<(Generated, Differences), Diagnostics> {
        let folder = self.folder()?;
        let generated = self.render()?;
        self.enter(Stage::Write);
        let differences = output::compare(folder, &generated.files)?;
        Ok((generated, differences))
    }

    /// The catalogues that were named, and those found for services that none of them is about.
    fn read_catalogs(&self, inputs: &Inputs) -> Result<Vec<Catalog>, Diagnostics> {
        let mut errors = Vec::new();
        let mut catalogs: Vec<Catalog> = Vec::new();
        let found = inputs.catalogs.iter().filter(|_| !self.ignore_catalogs);
        let named = self.catalogs.iter().cloned().map(Origin::Disk);
        for (origin, named) in named
            .map(|origin| (origin, true))
            .chain(found.cloned().map(|origin| (origin, false)))
        {
            if !named && is_outside(&origin, inputs) {
                errors.push(load::outside(&origin));
                continue;
            }
            match Catalog::read(&origin) {
                Ok(catalog) => {
                    let namespace = &catalog.facts.service.namespace;
                    let known = catalogs
                        .iter()
                        .any(|other| other.facts.service.namespace == *namespace);
                    if named || !known {
                        catalogs.push(catalog);
                    }
                }
                Err(error) => errors.push(error),
            }
        }
        Diagnostics::unless(errors, catalogs)
    }

    fn folder(&self) -> Result<&Path, Diagnostic> {
        self.out_dir
            .as_deref()
            .ok_or_else(|| Diagnostic::new(Problem::NoOutputFolder))
    }

    fn enter(&self, stage: Stage) {
        if let Some(observer) = &self.observer {
            observer(stage);
        }
    }
}

/// Whether a file on disk is there by a symbolic link that leads out of the folders that were
/// given.
fn is_outside(origin: &Origin, inputs: &Inputs) -> bool {
    let identity = origin.identity();
    let real = identity.as_ref().ok().and_then(Origin::on_disk);
    real.is_some_and(|real| !inputs.allowed.hold(real))
}

impl fmt::Debug for Builder {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Builder")
            .field("inputs", &self.inputs)
            .field("include_folders", &self.include_folders)
            .field("catalogs", &self.catalogs)
            .field("ignore_catalogs", &self.ignore_catalogs)
            .field("selection", &self.selection)
            .field("settings", &self.settings)
            .field("docs", &self.docs)
            .field("deny_warnings", &self.deny_warnings)
            .field("out_dir", &self.out_dir)
            .field("name", &self.name)
            .finish_non_exhaustive()
    }
}
