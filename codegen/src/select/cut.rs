//! What a user does not want, whatever leads to it.

use std::collections::BTreeSet;

use super::advice;
use super::node::Node;
use super::parse;
use super::selection::Selection;
use crate::diagnostic::{Diagnostic, Problem};
use crate::model::{DataObjectId, Model};
use crate::pattern::Pattern;

/// The things that are cut.
#[derive(Debug, Default)]
pub(super) struct Cut {
    nodes: BTreeSet<Node>,
    /// Fields of data objects, by their place among the data object's own.
    fields: BTreeSet<(DataObjectId, usize)>,
}

impl Cut {
    /// Finds what a selection cuts.
    ///
    /// Adds to the errors each text that is no pattern, and each pattern that nothing answers to.
    pub(super) fn of(model: &Model, selection: &Selection, errors: &mut Vec<Diagnostic>) -> Self {
        Self::named(model, &selection.without, errors)
    }

    /// Finds what a selection skips, as [`Cut::of`].
    pub(super) fn skipped(
        model: &Model,
        selection: &Selection,
        errors: &mut Vec<Diagnostic>,
    ) -> Self {
        Self::named(model, &selection.skipped, errors)
    }

    fn named(model: &Model, patterns: &BTreeSet<String>, errors: &mut Vec<Diagnostic>) -> Self {
        let mut cut = Self::default();
        for text in patterns {
            let found = parse(text).and_then(|pattern| {
                if cut.add(model, &pattern) {
                    return Ok(());
                }
                let problem = Problem::NothingMatches {
                    what: "type, managed object, operation, property or field",
                    pattern: text.clone(),
                };
                Err(advice::on_names(Diagnostic::new(problem), model, &pattern))
            });
            errors.extend(found.err());
        }
        cut
    }

    /// Adds whatever a pattern is about, and says whether there is anything.
    fn add(&mut self, model: &Model, pattern: &Pattern) -> bool {
        let (mut nodes, mut fields) = (BTreeSet::new(), BTreeSet::new());
        for id in model.managed_object_ids() {
            let object = &model[id];
            let namespace = Node::Stub(id).namespace(model);
            if pattern.matches(namespace, &object.name) {
                nodes.insert(Node::Whole(id));
            }
            let is_cut = |member: &str| pattern.matches_member(namespace, &object.name, member);
            for operation in model.operations_of(id) {
                let name = &model[operation].name;
                if pattern.matches(namespace, name) || is_cut(name) {
                    nodes.insert(Node::Operation(operation));
                }
            }
            let properties = object.properties.iter().enumerate();
            let properties = properties.filter(|(_, property)| is_cut(&property.name));
            nodes.extend(properties.map(|(place, _)| Node::Property(id, place)));
        }
        for id in model.enumeration_ids() {
            let node = Node::Enumeration(id);
            if pattern.matches(node.namespace(model), &model[id].name) {
                nodes.insert(node);
            }
        }
        for id in model.data_object_ids() {
            let object = &model[id];
            let namespace = Node::DataObject(id).namespace(model);
            if pattern.matches(namespace, &object.name) {
                nodes.extend([Node::Held(id), Node::DataObject(id)]);
            }
            let is_cut = |field: &str| pattern.matches_member(namespace, &object.name, field);
            let places = object.fields.iter().enumerate();
            let places = places.filter(|(_, field)| is_cut(&field.name));
            fields.extend(places.map(|(place, _)| (id, place)));
        }
        let found = !nodes.is_empty() || !fields.is_empty();
        self.nodes.append(&mut nodes);
        self.fields.append(&mut fields);
        found
    }

    /// Cuts a thing.
    pub(super) fn insert(&mut self, node: Node) {
        self.nodes.insert(node);
    }

    /// Cuts a field.
    pub(super) fn insert_field(&mut self, holder: DataObjectId, place: usize) {
        self.fields.insert((holder, place));
    }

    /// Cuts what another cuts.
    pub(super) fn extend(&mut self, other: &Self) {
        self.nodes.extend(&other.nodes);
        self.fields.extend(&other.fields);
    }

    /// Whether nothing is cut.
    pub(super) fn is_empty(&self) -> bool {
        self.nodes.is_empty() && self.fields.is_empty()
    }

    /// The things that are cut, but for fields.
    pub(super) fn nodes(&self) -> impl Iterator<Item = Node> {
        self.nodes.iter().copied()
    }

    /// The fields that are cut.
    pub(super) fn fields(&self) -> impl Iterator<Item = (DataObjectId, usize)> {
        self.fields.iter().copied()
    }

    /// Whether a thing is cut.
    pub(super) fn holds(&self, node: Node) -> bool {
        self.nodes.contains(&node)
    }

    /// Whether a field is cut.
    pub(super) fn holds_field(&self, holder: DataObjectId, place: usize) -> bool {
        self.fields.contains(&(holder, place))
    }
}
