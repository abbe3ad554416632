//! What to say of a pattern that nothing answers to.

use std::collections::BTreeMap;

use super::choices::members;
use super::node::Node;
use super::selection::ChoiceKind;
use crate::diagnostic::Diagnostic;
use crate::model::Model;
use crate::nearest::suggestion;
use crate::pattern::Pattern;

/// Adds how to choose what the pattern is about, or the nearest names.
pub(super) fn on_choice(
    error: Diagnostic,
    model: &Model,
    pattern: &Pattern,
    kind: ChoiceKind,
) -> Diagnostic {
    if kind == ChoiceKind::Types && pattern.is_about_members() {
        return error.help(
            "a type comes with all of its fields; choose the type, and cut the fields that are not wanted",
        );
    }
    match elsewhere(model, pattern) {
        Some(help) => error.help(help),
        None => on_names(error, model, pattern),
    }
}

/// Adds the nearest names of any kind, or of a type's members.
pub(super) fn on_names(error: Diagnostic, model: &Model, pattern: &Pattern) -> Diagnostic {
    let is_named = |node: Node| node.name(model) == pattern.name();
    let help = match pattern.member() {
        Some(member) if named(model).any(is_named) => of_members(model, pattern.name(), member),
        _ => {
            let names = named(model).map(|node| node.name(model));
            let names: Vec<String> = names.collect();
            suggestion(pattern.name(), names.iter().map(String::as_str))
        }
    };
    match help {
        Some(help) => error.help(help),
        None => error,
    }
}

/// Which things of other kinds have the name, and how they are chosen.
fn elsewhere(model: &Model, pattern: &Pattern) -> Option<String> {
    let mut found: BTreeMap<(&str, &str), usize> = BTreeMap::new();
    for node in named(model) {
        if pattern.matches(node.namespace(model), &node.name(model)) {
            let choice = match node {
                Node::Whole(_) => "as a managed object",
                Node::Operation(_) => "as an operation",
                _ => "as a type",
            };
            *found.entry((node.noun(), choice)).or_default() += 1;
        }
    }
    let found: Vec<String> = found
        .into_iter()
        .map(|((noun, choice), count)| match count {
            1 => format!("it is the name of a {noun}, chosen {choice}"),
            count => format!("it is about {count} {noun}s, each chosen {choice}"),
        })
        .collect();
    (!found.is_empty()).then(|| found.join("; "))
}

/// The nearest members of the types of a name; of inherited ones, where they are defined.
fn of_members(model: &Model, name: &str, member: &str) -> Option<String> {
    let mut known = Vec::new();
    for id in model
        .managed_object_ids()
        .filter(|id| model[*id].name == name)
    {
        for (node, found) in members(model, id) {
            let owner = match node {
                Node::Operation(id) => model[id].owner,
                Node::Property(owner, _) => owner,
                _ => id,
            };
            if found == member {
                let owner = &model[owner].name;
                return Some(format!("it is inherited: name `{owner}.{member}`"));
            }
            known.push(found);
        }
    }
    let objects = model
        .data_objects
        .iter()
        .filter(|object| object.name == name);
    let fields = objects.flat_map(|object| &object.fields);
    known.extend(fields.map(|field| field.name.as_str()));
    suggestion(member, known)
}

/// Everything that has a name of its own.
fn named(model: &Model) -> impl Iterator<Item = Node> + use<> {
    let managed_objects = model.managed_object_ids().map(Node::Whole);
    managed_objects
        .chain(model.operation_ids().map(Node::Operation))
        .chain(model.data_object_ids().map(Node::DataObject))
        .chain(model.enumeration_ids().map(Node::Enumeration))
}
