//! What each choice brings into a slice.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

use serde::Serialize;

use super::node::Node;
use super::reach::Needs;
use super::selection::Choice;
use crate::model::Model;
use crate::summary::grouped;

/// How many things of each kind there are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize)]
pub struct Counts {
    /// Data objects, faults and events among them.
    pub data_objects: usize,
    /// The fields of the data objects, each counted where it is declared.
    pub fields: usize,
    /// Enumerations.
    pub enumerations: usize,
    /// Managed objects, bare stubs among them.
    pub managed_objects: usize,
    /// The properties of the managed objects, each counted where it is declared.
    pub properties: usize,
    /// Operations.
    pub operations: usize,
}

/// What a choice brings.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ChoiceCost {
    /// The choice.
    pub choice: Choice,
    /// What a slice would have that was made by it alone.
    pub brings: Counts,
    /// What the slice would not have without it.
    pub alone: Counts,
}

impl Counts {
    /// What a model has.
    pub(super) fn whole(model: &Model) -> Self {
        let objects = model.data_objects.iter();
        let managed = model.managed_objects.iter();
        Self {
            data_objects: model.data_objects.len(),
            fields: objects.map(|object| object.fields.len()).sum(),
            enumerations: model.enumerations.len(),
            managed_objects: model.managed_objects.len(),
            properties: managed.map(|object| object.properties.len()).sum(),
            operations: model.operations.len(),
        }
    }

    /// What of it was reached.
    pub(super) fn of<'n>(needs: &Needs<'_>, nodes: impl IntoIterator<Item = &'n Node>) -> Self {
        let mut counts = Self::default();
        for node in nodes {
            match *node {
                Node::Stub(_) => counts.managed_objects += 1,
                Node::Property(..) => counts.properties += 1,
                Node::Operation(_) => counts.operations += 1,
                Node::Enumeration(_) => counts.enumerations += 1,
                Node::DataObject(id) => {
                    counts.data_objects += 1;
                    let places = 0..needs.model[id].fields.len();
                    let places = places.filter(|place| !needs.cut.holds_field(id, *place));
                    counts.fields += places.count();
                }
                Node::Whole(_) | Node::Held(_) | Node::Array(_) => {}
            }
        }
        counts
    }
}

/// What each choice brings, by itself and beside the others.
pub(super) fn costs(needs: &Needs<'_>, choices: &[(Choice, BTreeSet<Node>)]) -> Vec<ChoiceCost> {
    let reached: Vec<BTreeSet<Node>> = choices
        .iter()
        .map(|(_, nodes)| {
            let roots = nodes.iter().map(|node| (*node, 0));
            needs.reach(roots).into_keys().collect()
        })
        .collect();
    let mut by_how_many: BTreeMap<Node, usize> = BTreeMap::new();
    for node in reached.iter().flatten() {
        *by_how_many.entry(*node).or_default() += 1;
    }
    let costs = choices.iter().zip(&reached);
    let costs = costs.map(|((choice, _), reached)| {
        let alone = reached.iter().filter(|node| by_how_many[node] == 1);
        ChoiceCost {
            choice: choice.clone(),
            brings: Counts::of(needs, reached),
            alone: Counts::of(needs, alone),
        }
    });
    costs.collect()
}

/// The choices as a table.
///
/// ```text
/// choice                             data objects  fields  operations    alone
/// managed objects `VirtualMachine`            268   1,023          69      180
/// ```
pub(super) fn table(f: &mut fmt::Formatter<'_>, choices: &[ChoiceCost]) -> fmt::Result {
    let names: Vec<String> = choices.iter().map(|cost| cost.choice.to_string()).collect();
    let width = names.iter().map(|name| name.chars().count()).max();
    let width = width.unwrap_or_default().max("brings, alone".len());
    write!(
        f,
        "{:width$}  {:>15} {:>15} {:>15}",
        "brings, alone", "data objects", "fields", "operations"
    )?;
    for (name, cost) in names.iter().zip(choices) {
        let both = |of: fn(&Counts) -> usize| {
            format!(
                "{}, {}",
                grouped(of(&cost.brings)),
                grouped(of(&cost.alone))
            )
        };
        write!(
            f,
            "\n{name:width$}  {:>15} {:>15} {:>15}",
            both(|counts| counts.data_objects),
            both(|counts| counts.fields),
            both(|counts| counts.operations)
        )?;
    }
    Ok(())
}
