//! From the model to the text of every file. Reads no XML and knows no wire but through the model.
//!
//! Each item of the model is emitted and formatted by itself, on all processors; `modules` then spreads the texts over
//! files by their true length, and `tree` makes the modules that lead to them.

mod arrays;
mod closure;
mod context;
mod data_objects;
mod docs;
mod enumerations;
mod format;
mod item;
mod managed_objects;
mod operations;
mod parallel;
mod scope;
mod service;
mod tree;
mod types;
mod usage;

use std::collections::BTreeMap;

use context::Context;
use item::Rendered;

use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::graph::Graph;
use crate::ledger::Ledger;
use crate::model::{Model, SetAside};
use crate::modules::{self, Item, Module};

/// How an implementation ends.
const END: &str = "}\n";

/// What the emitter makes of a model.
#[derive(Debug)]
pub(crate) struct Emission {
    /// The text of each file, without header, by its path below the output folder with `/` between the parts.
    pub(crate) files: BTreeMap<String, String>,
    /// What stands in them.
    pub(crate) ledger: Ledger,
    /// What has no counterpart in Rust, with the reason.
    pub(crate) set_aside: Vec<SetAside>,
}

/// Emits everything in a model.
///
/// # Errors
/// When what is emitted is not Rust, which is a defect of the emitter.
pub(crate) fn emit(model: &Model, graph: &Graph) -> Result<Emission, Diagnostics> {
    let context = Context::new(model, graph);
    let rendered = render(&context)?;
    let mut ledger = Ledger::of(model);
    for (item, rendered) in &rendered {
        rendered.enter(*item, &mut ledger);
    }
    let set_aside = arrays::account(model, &mut ledger);
    let lines = |item: Item| rendered.get(&item).map_or(0, |rendered| rendered.lines);
    let modules = modules::divide(model, lines);
    let mut files = tree::files(&context, &modules)?;
    for module in &modules {
        let (path, text) = file(module, &rendered)?;
        files.insert(path, text);
    }
    for namespace in context.namespaces() {
        let folder = context.module(namespace);
        let service = service::service(&context, namespace)?;
        files.insert(format!("{folder}/service.rs"), service);
        if let Some(versions) = service::versions(&context, namespace)? {
            files.insert(format!("{folder}/versions.rs"), versions);
        }
    }
    Ok(Emission {
        files,
        ledger,
        set_aside,
    })
}

/// Every item as text.
fn render(context: &Context<'_>) -> Result<BTreeMap<Item, Rendered>, Diagnostics> {
    let model = context.model;
    let stubs = (model.managed_object_ids()).filter(|id| model[*id].service_wide);
    let items: Vec<Item> = (model.data_object_ids().map(Item::DataObject))
        .chain(model.enumeration_ids().map(Item::Enumeration))
        .chain(model.managed_object_ids().map(Item::ManagedObject))
        .chain(stubs.flat_map(|id| model.operations_of(id).map(Item::Operation)))
        .collect();
    let texts = parallel::map(&items, |item| item::render(context, *item));
    let mut rendered = BTreeMap::new();
    for (item, text) in items.into_iter().zip(texts) {
        rendered.insert(item, text?);
    }
    Ok(rendered)
}

/// A file with items: its path and its text.
fn file(
    module: &Module,
    rendered: &BTreeMap<Item, Rendered>,
) -> Result<(String, String), Diagnostic> {
    let items = || module.items.iter().filter_map(|item| rendered.get(item));
    let imports = items().flat_map(|item| &item.imports);
    let mut text = scope::uses(scope::DEPTH_OF_TYPES, imports)?;
    let is_one_implementation = matches!(module.items.first(), Some(Item::Operation(_)));
    for item in items() {
        if is_one_implementation && text.ends_with(END) {
            text.truncate(text.len() - END.len());
            text.push('\n');
            text.extend(item.text.split_inclusive('\n').skip(1));
        } else {
            text.push('\n');
            text.push_str(&item.text);
        }
    }
    Ok((format!("{}.rs", module.path.join("/")), text))
}
