//! The modules that lead to the files with types.

use std::collections::{BTreeMap, BTreeSet};

use super::context::Context;
use crate::modules::Module;

/// The file of each module that holds modules, by its path.
///
/// The types are reached by the name of their service alone: what lies between is private and re-exported.
pub(super) fn files(context: &Context<'_>, modules: &[Module]) -> BTreeMap<String, String> {
    let mut children: BTreeMap<&[String], BTreeSet<&str>> = BTreeMap::new();
    for module in modules {
        for depth in 1..module.path.len() {
            let (parent, child) = (&module.path[..depth], &module.path[depth]);
            children.entry(parent).or_default().insert(child);
        }
    }
    let versioned: BTreeSet<String> = context
        .namespaces()
        .into_iter()
        .filter(|namespace| !context.versions(*namespace).is_empty())
        .map(|namespace| context.module(namespace))
        .collect();
    let mut files: BTreeMap<String, String> = children
        .into_iter()
        .map(|(path, children)| {
            let text = match path {
                [name] => namespace(&children, versioned.contains(name)),
                _ => kind(&children),
            };
            (format!("{}/mod.rs", path.join("/")), text)
        })
        .collect();
    files.insert("mod.rs".into(), root(context));
    files
}

/// The root, with a module for each namespace.
///
/// It has no inner attributes, so that it can be a module's file as well as be included in one. Formatting and lints
/// are settled here, on the outside, for whoever does.
fn root(context: &Context<'_>) -> String {
    let mut text = String::new();
    for id in context.namespaces() {
        let uri = &context.model[id].uri;
        let about = match context.service(id) {
            Some(service) => format!("The service `{}`, API {}", service.name, service.version),
            None => "Types".into(),
        };
        let module = context.module(id);
        text.push_str(&format!(
            "/// {about}: `{uri}`.\n#[rustfmt::skip]\n#[allow(\n    clippy::too_many_arguments,\n    \
             reason = \"an operation takes what the API says it does\"\n)]\npub mod {module};\n"
        ));
    }
    text
}

/// A namespace: its kinds of types, and what describes them.
fn namespace(kinds: &BTreeSet<&str>, has_versions: bool) -> String {
    let mut text = modules(kinds);
    text.push_str("mod service;\n");
    if has_versions {
        text.push_str("/// The API versions that introduced something.\npub mod versions;\n");
    }
    text.push('\n');
    text.push_str(&re_exports(kinds));
    text.push_str("pub use service::*;\n");
    if has_versions {
        text.push_str("use versions::*;\n");
    }
    text
}

/// A kind of types: the families.
fn kind(families: &BTreeSet<&str>) -> String {
    format!("{}\n{}", modules(families), re_exports(families))
}

fn modules(names: &BTreeSet<&str>) -> String {
    names.iter().map(|name| format!("mod {name};\n")).collect()
}

fn re_exports(names: &BTreeSet<&str>) -> String {
    names
        .iter()
        .map(|name| format!("pub use {name}::*;\n"))
        .collect()
}
