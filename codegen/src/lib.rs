//! Generates Rust from the vSphere WSDL and XSD.

mod catalog;
mod collisions;
pub mod diagnostic;
mod emit;
pub mod graph;
pub mod ledger;
mod load;
pub mod model;
pub mod modules;
pub mod names;
mod resolve;
pub mod source;
mod wsdl;
mod xml;
mod xsd;

use std::path::PathBuf;

/// Temporary entry.
pub fn read(
    files: &[PathBuf],
    catalogs: &[PathBuf],
) -> Result<model::Model, diagnostic::Diagnostics> {
    let documents = load::load(files)?;
    let catalogs = catalogs
        .iter()
        .map(|path| catalog::Catalog::read(path))
        .collect::<Result<Vec<_>, _>>()?;
    let model = resolve::resolve(documents, &catalogs)?;
    collisions::check(&model)?;
    Ok(model)
}
