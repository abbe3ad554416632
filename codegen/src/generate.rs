//! From the model to the text of every file, and nothing else: no file is read or written.

use std::collections::BTreeMap;
use std::path::PathBuf;

use crate::collisions;
use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::emit;
use crate::graph::Graph;
use crate::model::Model;
use crate::output;
use crate::select::Reasons;
use crate::settings::{Decisions, Settings, declared_features};
use crate::summary::Summary;
use crate::warnings;

/// The generated code.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Generated {
    /// The text of each file by its path below the output folder, with `/` between the parts.
    pub files: BTreeMap<String, String>,
    /// What they hold.
    pub summary: Summary,
    /// What is worth saying about the descriptions, although code was made of them. It is for the caller to show or, by
    /// [`Diagnostics::deny`], to refuse.
    pub warnings: Vec<Diagnostic>,
    /// The files and folders on disk that they were made from, sorted. Only a builder knows: it is what has read them.
    pub inputs: Vec<PathBuf>,
    /// Why each thing is in them, where the builder was told to make only a part.
    pub reasons: Option<Reasons>,
}

/// Makes the code of a model, as settings say.
///
/// ```
/// # fn main() -> Result<(), Box<dyn std::error::Error>> {
/// # let folder = tempfile::tempdir()?;
/// # let path = folder.path().join("small.xsd");
/// # std::fs::write(&path, r#"<schema xmlns="http://www.w3.org/2001/XMLSchema" targetNamespace="urn:small"
/// #     elementFormDefault="qualified"><complexType name="Thing"><sequence/></complexType></schema>"#)?;
/// let model = vmomi_codegen::Builder::new().wsdl(path).model()?;
/// let generated = vmomi_codegen::generate(&model, &vmomi_codegen::Settings::default())?;
/// assert!(generated.files["small/data_objects/all.rs"].contains("pub struct Thing"));
/// # Ok(())
/// # }
/// ```
///
/// # Errors
/// Settings that cannot be followed, and two names that become one. When something of the model were not emitted, or what
/// is emitted is not Rust: those are defects of the generator.
pub fn generate(model: &Model, settings: &Settings) -> Result<Generated, Diagnostics> {
    let decisions = Decisions::of(model, settings)?;
    let secrets = warnings::secrets(model, &decisions);
    let model = &*decisions.secrets_in(model);
    collisions::check(model, &decisions.naming)?;
    let graph = Graph::of(model);
    let emission = emit::emit(model, &graph, &decisions)?;
    emission.ledger.check(model)?;
    let with_header = |(path, text)| (path, format!("{}\n{text}", output::HEADER));
    let files: BTreeMap<String, String> = emission.files.into_iter().map(with_header).collect();
    let mut summary = Summary::of(model, &files);
    summary.set_aside.extend(emission.set_aside);
    let overlay = decisions.overlay.as_ref();
    summary.documentation = overlay.map(|overlay| overlay.coverage(model));
    summary.features = declared_features(model, &decisions.features);
    let mut warnings = warnings::of(model, &graph);
    warnings.extend(secrets);
    Ok(Generated {
        files,
        summary,
        warnings,
        inputs: Vec::new(),
        reasons: None,
    })
}
