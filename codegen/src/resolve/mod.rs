//! From the syntax of every document, and the catalogues, to the model.

mod catalogued;
mod inheritance;
mod operations;
mod relations;
mod scope;
mod services;
mod shadowing;
mod targets;
mod types;

use crate::catalog::Catalog;
use crate::diagnostic::Diagnostics;
use crate::load::Documents;
use crate::model::Model;
use crate::secret_names;

/// Resolves every name.
///
/// # Errors
/// Everything that refers to nothing, is defined twice, extends itself, or breaks a rule of the dialect that only
/// shows between definitions; and everything in which a catalogue and its WSDL do not agree. Each stage reports all
/// of its errors; a later stage runs only on the result of a good one.
pub(crate) fn resolve(documents: Documents, catalogs: &[Catalog]) -> Result<Model, Diagnostics> {
    let scope = scope::Scope::of(&documents)?;
    let types = types::resolve(&scope)?;
    let data_objects = inheritance::classify(types.data_objects, scope.sources)?;
    shadowing::check(&data_objects, scope.sources)?;
    let services = services::resolve(&scope, catalogs)?;
    let operations = operations::resolve(&scope, &services, &data_objects)?;
    let mut warnings = services.warnings.clone();
    warnings.extend(operations.warnings);
    let model = Model {
        namespaces: scope.namespaces,
        data_objects,
        enumerations: types.enumerations,
        arrays: types.arrays,
        managed_objects: services.stubs(),
        operations: operations.operations,
        set_aside: operations.set_aside,
        services: services.services,
        warnings,
        sources: documents.sources,
    };
    let mut model = catalogued::apply(model, catalogs)?;
    secret_names::mark(&mut model);
    Ok(relations::relate(model))
}
