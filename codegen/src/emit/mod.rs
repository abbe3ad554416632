//! From the model to the text of every file. Reads no XML and knows no wire but through the model.
//!
//! Each item of the model is emitted and formatted by itself, on all processors; `parts` then spreads the texts over
//! files by their true length, and `tree` makes the modules that hold them.

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
mod replaced;
mod rust_types;
mod scope;
mod service;
mod tree;
mod types;
mod usage;

use std::collections::BTreeMap;

pub(crate) use arrays::is_known_by_name;
use context::Context;
pub(crate) use context::MOST_VERSIONS;
use item::Rendered;
pub(crate) use rust_types::RustTypes;

use crate::diagnostic::Diagnostics;
use crate::graph::Graph;
use crate::ledger::Ledger;
use crate::model::{Model, SetAside};
use crate::parts::{self, Item, Part};
use crate::settings::Decisions;

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

/// Emits everything in a model, as the user decided.
///
/// # Errors
/// When what is emitted is not Rust, which is a defect of the emitter.
pub(crate) fn emit(
    model: &Model,
    graph: &Graph,
    decisions: &Decisions,
) -> Result<Emission, Diagnostics> {
    let context = Context::new(model, graph, decisions);
    let rendered = render(&context)?;
    let mut ledger = Ledger::of(model);
    for (item, rendered) in &rendered {
        rendered.enter(*item, &mut ledger);
    }
    let mut set_aside = arrays::account(model, &mut ledger);
    set_aside.extend(replaced::account(model, decisions, &mut ledger));
    let lines = |item: Item| rendered.get(&item).map_or(0, |rendered| rendered.lines);
    let parts = parts::divide(model, lines);
    let mut files = BTreeMap::from([("mod.rs".into(), tree::root(&context)?)]);
    for part in &parts {
        files.insert(format!("{}.rs", part.path.join("/")), text(part, &rendered));
    }
    for namespace in context.namespaces() {
        let folder = context.module(namespace);
        let own = |part: &&Part| part.path.first() == Some(&folder);
        let (service, mut imports) = service::service(&context, namespace)?;
        for item in parts.iter().filter(own).flat_map(|part| &part.items) {
            let rendered = rendered.get(item);
            imports.extend(rendered.into_iter().flat_map(|item| item.imports.clone()));
        }
        let versions = service::versions(&context, namespace)?;
        let (replaced, further) = replaced::uses(&context, namespace);
        imports.extend(further);
        let module = tree::namespace(
            parts.iter().filter(own),
            &imports,
            replaced,
            versions.is_some(),
        )?;
        files.insert(format!("{folder}/mod.rs"), module);
        files.insert(format!("{folder}/service.rs"), service);
        files.extend(versions.map(|versions| (format!("{folder}/versions.rs"), versions)));
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
        .filter(|item| !replaced::is_replaced(context, *item))
        .collect();
    let texts = parallel::map(&items, |item| item::render(context, *item));
    let mut rendered = BTreeMap::new();
    for (item, text) in items.into_iter().zip(texts) {
        rendered.insert(item, text?);
    }
    Ok(rendered)
}

/// The text of a file with items.
fn text(part: &Part, rendered: &BTreeMap<Item, Rendered>) -> String {
    let mut text = String::new();
    let is_one_implementation = matches!(part.items.first(), Some(Item::Operation(_)));
    for item in part.items.iter().filter_map(|item| rendered.get(item)) {
        if is_one_implementation && text.ends_with(END) {
            text.truncate(text.len() - END.len());
            text.push('\n');
            text.extend(item.text.split_inclusive('\n').skip(1));
        } else {
            if !text.is_empty() {
                text.push('\n');
            }
            text.push_str(&item.text);
        }
    }
    text
}
