//! What something leads to, directly and at last.

use std::collections::{BTreeMap, VecDeque};

use super::cut::Cut;
use super::node::{Link, Node};
use super::rules::{Rules, Taken, is_about};
use crate::graph::Graph;
use crate::model::{DataObjectId, Field, ManagedObjectId, Model, OperationId};

/// The model as a graph of things that need each other, as one selection sees it.
pub(super) struct Needs<'s> {
    pub(super) model: &'s Model,
    pub(super) graph: &'s Graph,
    pub(super) cut: &'s Cut,
    pub(super) rules: &'s Rules,
}

/// Why a thing is there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Why {
    /// It was chosen, by the choice of this number.
    Chosen(usize),
    /// Something else leads to it.
    From(Node, Link),
}

/// Everything that was reached, each with the first step of a shortest way back to a choice.
pub(super) type Reached = BTreeMap<Node, Why>;

impl Needs<'_> {
    /// Follows everything from some things on, breadth first, so that each is reached by a shortest way.
    pub(super) fn reach(&self, roots: impl IntoIterator<Item = (Node, usize)>) -> Reached {
        let mut reached = Reached::new();
        let mut next = VecDeque::new();
        let mut enter = |node: Node, why: Why, next: &mut VecDeque<Node>| {
            for node in [Some(node), node.implied()].into_iter().flatten() {
                reached.entry(node).or_insert_with(|| {
                    next.push_back(node);
                    why
                });
            }
        };
        for (node, choice) in roots {
            enter(node, Why::Chosen(choice), &mut next);
        }
        while let Some(node) = next.pop_front() {
            for (link, other) in self.of(node) {
                enter(other, Why::From(node, link), &mut next);
            }
        }
        reached
    }

    /// What a thing leads to, in the order of the model. It leads to nothing that is cut, unless it needs that.
    pub(super) fn of(&self, node: Node) -> Vec<(Link, Node)> {
        match node {
            Node::Whole(id) => self.of_whole(id),
            Node::Stub(id) => {
                let base = self.model[id].base.map(Node::Stub);
                base.map(|base| (Link::Base, base)).into_iter().collect()
            }
            Node::Property(owner, place) => {
                let of = Node::of_value(self.model[owner].properties[place].shape.of);
                let of = of.map(|of| (Link::Type, of));
                of.into_iter()
                    .chain([(Link::Owner, Node::Stub(owner))])
                    .collect()
            }
            Node::Operation(id) => self.of_operation(id),
            Node::Held(id) => self.subtypes(id),
            Node::DataObject(id) => self.of_data_object(id),
            Node::Enumeration(_) => Vec::new(),
            Node::Array(id) => {
                let of = Node::of_value(self.model[id].of);
                of.map(|of| (Link::Item, of)).into_iter().collect()
            }
        }
    }

    fn of_whole(&self, id: ManagedObjectId) -> Vec<(Link, Node)> {
        let object = &self.model[id];
        let operations = object.operations.iter().copied().map(Node::Operation);
        let places = 0..object.properties.len();
        let properties = places.map(|place| Node::Property(id, place));
        // Of two ways of one length the first is told, and a property tells more than a parameter.
        let members = properties.chain(operations);
        let members = members.map(|member| (Link::Member, member));
        let base = object.base.map(|base| (Link::Base, Node::Whole(base)));
        base.into_iter()
            .chain(members)
            .filter(|(_, node)| !self.cut.holds(*node))
            .collect()
    }

    fn of_operation(&self, id: OperationId) -> Vec<(Link, Node)> {
        let operation = &self.model[id];
        let mut needs = values(&operation.parameters, Link::Parameter);
        let task = operation.task.and_then(|task| task.result);
        let results = [(Link::Result, operation.result), (Link::TaskResult, task)];
        needs.extend(
            results
                .into_iter()
                .filter_map(|(link, shape)| Some((link, Node::of_value(shape?.of)?))),
        );
        let faults = operation.faults.iter().copied().map(Node::Held);
        let faults = faults.filter(|fault| !self.cut.holds(*fault));
        needs.extend(faults.map(|fault| (Link::Fault, fault)));
        needs.push((Link::Owner, Node::Stub(operation.owner)));
        needs
    }

    fn of_data_object(&self, id: DataObjectId) -> Vec<(Link, Node)> {
        let object = &self.model[id];
        let base = object.base.map(|base| (Link::Base, Node::DataObject(base)));
        let fields = values(&object.fields, Link::Field);
        let is_cut =
            |link: &Link| matches!(link, Link::Field(place) if self.cut.holds_field(id, *place));
        let fields = fields.into_iter().filter(|(link, _)| !is_cut(link));
        base.into_iter().chain(fields).collect()
    }

    /// The subtypes that come with a data object of which there are values.
    fn subtypes(&self, id: DataObjectId) -> Vec<(Link, Node)> {
        let subtypes = match self.rules.taken(id) {
            Taken::None => Vec::new(),
            Taken::All => self.graph.children(id).to_vec(),
            Taken::Only(patterns) => {
                let mut subtypes = self.graph.descendants(id);
                subtypes.retain(|id| {
                    let mut patterns = patterns.iter();
                    patterns.any(|pattern| is_about(self.model, pattern, *id))
                });
                subtypes
            }
        };
        let subtypes = subtypes.into_iter().map(Node::Held);
        let subtypes = subtypes.filter(|node| !self.cut.holds(*node));
        subtypes.map(|node| (Link::Subtype, node)).collect()
    }
}

/// What the values of fields or parameters need.
fn values(fields: &[Field], link: impl Fn(usize) -> Link) -> Vec<(Link, Node)> {
    let of_value = |(place, field): (usize, &Field)| {
        let node = Node::of_value(field.shape.of)?;
        Some((link(place), node))
    };
    fields.iter().enumerate().filter_map(of_value).collect()
}
