//! From the choices of a selection to what they are about.

use std::collections::BTreeSet;

use super::advice;
use super::node::Node;
use super::parse;
use super::selection::{Choice, ChoiceKind, Selection};
use crate::diagnostic::{Diagnostic, Problem};
use crate::model::{ManagedObjectId, Model};
use crate::pattern::Pattern;

/// Finds what each choice is about. A selection without any chooses everything.
///
/// Adds to the errors each text that is no pattern, and each pattern that nothing answers to.
pub(super) fn find(
    model: &Model,
    selection: &Selection,
    errors: &mut Vec<Diagnostic>,
) -> Vec<(Choice, BTreeSet<Node>)> {
    if selection.choices.is_empty() {
        let choice = Choice {
            kind: ChoiceKind::Names,
            pattern: "*".to_owned(),
        };
        return vec![(choice, everything(model))];
    }
    let mut choices = Vec::with_capacity(selection.choices.len());
    for choice in &selection.choices {
        match chosen(model, choice) {
            Ok(nodes) => choices.push((choice.clone(), nodes)),
            Err(error) => errors.push(error),
        }
    }
    choices
}

/// What one choice is about.
fn chosen(model: &Model, choice: &Choice) -> Result<BTreeSet<Node>, Diagnostic> {
    let pattern = parse(&choice.pattern)?;
    let mut nodes = BTreeSet::new();
    let kind = choice.kind;
    if matches!(kind, ChoiceKind::ManagedObjects | ChoiceKind::Names) {
        nodes.extend(managed_objects(model, &pattern));
    }
    if matches!(kind, ChoiceKind::Operations | ChoiceKind::Names) {
        nodes.extend(operations(model, &pattern));
    }
    if matches!(kind, ChoiceKind::Types | ChoiceKind::Names) {
        nodes.extend(types(model, &pattern));
    }
    if nodes.is_empty() {
        let problem = Problem::NothingMatches {
            what: kind.noun(),
            pattern: pattern.to_string(),
        };
        return Err(advice::on_choice(
            Diagnostic::new(problem),
            model,
            &pattern,
            kind,
        ));
    }
    Ok(nodes)
}

/// Whole managed objects, or the members that a pattern is about.
fn managed_objects(model: &Model, pattern: &Pattern) -> BTreeSet<Node> {
    let mut nodes = BTreeSet::new();
    for id in model.managed_object_ids() {
        let (namespace, name) = (Node::Stub(id).namespace(model), &model[id].name);
        if pattern.matches(namespace, name) {
            nodes.insert(Node::Whole(id));
        }
        let is_wanted = |member: &str| pattern.matches_member(namespace, name, member);
        let members = members(model, id).filter(|(_, member)| is_wanted(member));
        let members: Vec<Node> = members.map(|(node, _)| node).collect();
        if !members.is_empty() {
            nodes.insert(Node::Stub(id));
            nodes.extend(members);
        }
    }
    nodes
}

/// The members of a managed object by name, those that it inherits too.
pub(super) fn members(
    model: &Model,
    id: ManagedObjectId,
) -> impl Iterator<Item = (Node, &str)> + '_ {
    let line = std::iter::once(id).chain(model.managed_ancestors(id));
    line.flat_map(move |level| {
        let operations = model.operations_of(level);
        let operations = operations.map(|id| {
            (
                Node::Operation(id),
                model.operations[id.index()].name.as_str(),
            )
        });
        let properties = model[level].properties.iter().enumerate();
        let properties =
            properties.map(move |(place, of)| (Node::Property(level, place), of.name.as_str()));
        operations.chain(properties)
    })
}

fn operations(model: &Model, pattern: &Pattern) -> BTreeSet<Node> {
    let by_name = model.operation_ids().map(Node::Operation);
    let mut nodes: BTreeSet<Node> = by_name
        .filter(|node| pattern.matches(node.namespace(model), &node.name(model)))
        .collect();
    if pattern.is_about_members() {
        let members = managed_objects(model, pattern).into_iter();
        nodes.extend(members.filter(|node| matches!(node, Node::Operation(_))));
    }
    nodes
}

fn types(model: &Model, pattern: &Pattern) -> BTreeSet<Node> {
    let nodes = all_types(model);
    nodes
        .filter(|node| pattern.matches(node.namespace(model), &node.name(model)))
        .collect()
}

fn all_types(model: &Model) -> impl Iterator<Item = Node> + use<> {
    let data_objects = model.data_object_ids().map(Node::Held);
    data_objects.chain(model.enumeration_ids().map(Node::Enumeration))
}

fn everything(model: &Model) -> BTreeSet<Node> {
    let managed_objects = model.managed_object_ids().map(Node::Whole);
    managed_objects.chain(all_types(model)).collect()
}
