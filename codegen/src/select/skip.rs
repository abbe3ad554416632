//! What goes with the things that a user skips, because it could not be without them.

use std::collections::BTreeSet;

use super::cut::Cut;
use super::node::Node;
use super::reach::Reached;
use crate::model::{Field, Model, SetAside, TypeRef};

const REASON: &str = "what it is of, or what it extends, is skipped";

/// Cuts everything that is of a type that is cut, or extends one, until nothing is left that does. What has gone this way
/// and not by the user's word is returned.
pub(super) fn spread(model: &Model, cut: &mut Cut) -> Cut {
    let mut spread = Cut::default();
    loop {
        let found = needing(model, cut);
        if found.is_empty() {
            return spread;
        }
        spread.extend(&found);
        cut.extend(&found);
    }
}

/// What needs something that is cut, and is not.
fn needing(model: &Model, cut: &Cut) -> Cut {
    let is_cut = |of: TypeRef| Node::of_value(of).is_some_and(|node| cut.holds(node));
    let has_cut = |fields: &[Field]| fields.iter().any(|field| is_cut(field.shape.of));
    let mut found = Cut::default();
    for id in model.data_object_ids() {
        if cut.holds(Node::DataObject(id)) {
            continue;
        }
        let object = &model[id];
        let base = object.base.map(Node::DataObject);
        if base.is_some_and(|base| cut.holds(base)) {
            found.insert(Node::Held(id));
            found.insert(Node::DataObject(id));
            continue;
        }
        for (place, field) in object.fields.iter().enumerate() {
            if is_cut(field.shape.of) && !cut.holds_field(id, place) {
                found.insert_field(id, place);
            }
        }
    }
    let arrays = model.array_ids().filter(|id| is_cut(model[*id].of));
    let mut nodes: Vec<Node> = arrays.map(Node::Array).collect();
    for id in model.managed_object_ids() {
        let properties = model[id].properties.iter().enumerate();
        let properties = properties.filter(|(_, property)| is_cut(property.shape.of));
        nodes.extend(properties.map(|(place, _)| Node::Property(id, place)));
    }
    for id in model.operation_ids() {
        let operation = &model[id];
        let task = operation.task.and_then(|task| task.result);
        let mut results = operation.result.into_iter().chain(task);
        if has_cut(&operation.parameters) || results.any(|shape| is_cut(shape.of)) {
            nodes.push(Node::Operation(id));
        }
    }
    for node in nodes.into_iter().filter(|node| !cut.holds(*node)) {
        found.insert(node);
    }
    found
}

/// What has gone from things that are in a slice, and what was chosen and has gone.
pub(super) fn told(
    model: &Model,
    spread: &Cut,
    reached: &Reached,
    chosen: &BTreeSet<Node>,
) -> Vec<SetAside> {
    let has = |node: Node| reached.contains_key(&node);
    let fields = spread.fields().filter(|(id, _)| has(Node::DataObject(*id)));
    let fields = fields.map(|(id, place)| {
        let object = &model[id];
        format!("field `{}.{}`", object.name, object.fields[place].name)
    });
    let nodes = spread.nodes().filter(|node| match *node {
        Node::Property(owner, _) => has(Node::Whole(owner)) || chosen.contains(node),
        Node::Operation(id) => has(Node::Whole(model[id].owner)) || chosen.contains(node),
        Node::Held(id) => chosen.contains(node) || chosen.contains(&Node::DataObject(id)),
        _ => false,
    });
    let nodes = nodes.map(|node| format!("{} `{}`", node.noun(), node.name(model)));
    fields
        .chain(nodes)
        .map(|what| SetAside {
            what,
            reason: REASON,
        })
        .collect()
}
