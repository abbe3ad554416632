//! From the model to the text of every file. Reads no XML and knows no wire but through the model.

use std::collections::BTreeMap;

use quote::quote;

use crate::diagnostic::{Diagnostic, Diagnostics, Problem};
use crate::graph::Graph;
use crate::ledger::Ledger;
use crate::model::Model;
use crate::modules::{self, Item};
use crate::names;

/// What the emitter makes of a model.
#[derive(Debug)]
pub(crate) struct Emission {
    /// The text of each file, without header, by its path below the output folder with `/` between the parts.
    pub(crate) files: BTreeMap<String, String>,
    /// What stands in them.
    pub(crate) ledger: Ledger,
}

/// Emits everything in a model.
///
/// # Errors
/// When what is emitted is not Rust, which is a defect of the emitter.
pub(crate) fn emit(model: &Model, _graph: &Graph) -> Result<Emission, Diagnostics> {
    let mut ledger = Ledger::of(model);
    let mut files = BTreeMap::new();
    for module in modules::divide(model, |_| 20) {
        let mut items = Vec::new();
        for item in &module.items {
            let wire = match *item {
                Item::DataObject(id) => {
                    ledger.data_object(id, model[id].fields.len());
                    &model[id].name
                }
                Item::Enumeration(id) => {
                    ledger.enumeration(id, model[id].values.len());
                    &model[id].name
                }
                Item::ManagedObject(id) => {
                    ledger.managed_object(id, model[id].properties.len());
                    for operation in model.operations_of(id) {
                        ledger.operation(operation, model[operation].parameters.len());
                    }
                    &model[id].name
                }
            };
            let name = names::ident(&names::type_name(wire));
            items.push(quote! { #[doc = #wire] pub struct #name; });
        }
        let file = syn::parse2::<syn::File>(quote! { #(#items)* })
            .map_err(|error| Diagnostic::new(Problem::InvalidRust(error.to_string())))?;
        files.insert(
            format!("{}.rs", module.path.join("/")),
            prettyplease::unparse(&file),
        );
    }
    model.array_ids().for_each(|id| ledger.array(id));
    Ok(Emission { files, ledger })
}
