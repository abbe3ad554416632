//! Why each thing is in a slice, and what each choice costs.

use std::collections::BTreeSet;
use std::fmt;

use serde::Serialize;

use super::costs::{ChoiceCost, Counts, costs, table};
use super::node::{Link, Node};
use super::reach::{Needs, Reached, Why};
use super::selection::Choice;
use crate::model::Model;
use crate::pattern::Pattern;
use crate::summary::grouped;

/// Why each thing is in a slice, and what each choice costs.
///
/// Shown, it is a table of the choices with what they bring. Serialized, it has that and the chain of every thing.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Reasons {
    /// What the whole API has.
    pub whole: Counts,
    /// What the slice has of it.
    pub slice: Counts,
    /// What was chosen, with what it brings.
    pub choices: Vec<ChoiceCost>,
    /// Everything in the slice, by name.
    pub things: Vec<Thing>,
}

/// Something in a slice.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Thing {
    /// What it is, such as `data object`.
    pub kind: &'static str,
    /// The short name of its namespace.
    pub namespace: String,
    /// Its wire name; that of a property with its managed object's, as in `VirtualMachine.config`.
    pub name: String,
    /// The shortest way from something chosen.
    pub chain: Chain,
}

/// The steps from something chosen to something that it needs.
///
/// ```text
/// VirtualMachine (chosen) -> property config -> VirtualMachineConfigInfo -> field hardware -> VirtualHardware
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Chain(Vec<String>);

impl Chain {
    /// The steps as texts, the chosen thing first.
    pub fn steps(&self) -> impl Iterator<Item = &str> {
        self.0.iter().map(String::as_str)
    }
}

impl fmt::Display for Chain {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0.join(" -> "))
    }
}

impl fmt::Display for Reasons {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (slice, whole) = (&self.slice, &self.whole);
        let rows = [
            ("data objects", slice.data_objects, whole.data_objects),
            ("fields", slice.fields, whole.fields),
            ("enums", slice.enumerations, whole.enumerations),
            (
                "managed objects",
                slice.managed_objects,
                whole.managed_objects,
            ),
            ("properties", slice.properties, whole.properties),
            ("operations", slice.operations, whole.operations),
        ];
        for (what, slice, whole) in rows {
            writeln!(f, "{:>9} of {:>6} {what}", grouped(slice), grouped(whole))?;
        }
        writeln!(f)?;
        table(f, &self.choices)
    }
}

impl Reasons {
    /// The chains that lead to what a pattern is about: types, managed objects, properties and operations.
    #[must_use]
    pub fn chains(&self, pattern: &Pattern) -> Vec<&Chain> {
        let is_about = |thing: &&Thing| match thing.name.split_once('.') {
            Some((owner, member)) => pattern.matches_member(&thing.namespace, owner, member),
            None => pattern.matches(&thing.namespace, &thing.name),
        };
        let things = self.things.iter().filter(is_about);
        things.map(|thing| &thing.chain).collect()
    }

    pub(super) fn of(
        needs: &Needs<'_>,
        choices: &[(Choice, BTreeSet<Node>)],
        reached: &Reached,
    ) -> Self {
        let model = needs.model;
        let mut things: Vec<Thing> = reached
            .keys()
            .filter(|node| is_thing(**node))
            .map(|node| Thing {
                kind: node.noun(),
                namespace: node.namespace(model).to_owned(),
                name: node.name(model),
                chain: Self::chain_to(model, reached, *node),
            })
            .collect();
        things
            .sort_by(|a, b| (&a.name, a.kind, &a.namespace).cmp(&(&b.name, b.kind, &b.namespace)));
        Self {
            whole: Counts::whole(model),
            slice: Counts::of(needs, reached.keys()),
            choices: costs(needs, choices),
            things,
        }
    }

    /// The way to something that was reached.
    pub(super) fn chain_to(model: &Model, reached: &Reached, node: Node) -> Chain {
        let mut steps = Vec::new();
        let mut at = node;
        while let Some(Why::From(parent, link)) = reached.get(&at) {
            let (member, name) = told(model, *parent, *link, at);
            steps.push(name);
            steps.extend(member);
            at = *parent;
        }
        steps.push(format!("{} (chosen)", at.name(model)));
        steps.reverse();
        Chain(steps)
    }
}

/// How a step is told: the member that it goes by, where there is one, and what it leads to.
fn told(model: &Model, parent: Node, link: Link, node: Node) -> (Option<String>, String) {
    let name = node.name(model);
    match (parent, link) {
        (Node::DataObject(id), Link::Field(place)) => (
            Some(format!("field {}", model[id].fields[place].name)),
            name,
        ),
        (Node::Operation(id), Link::Parameter(place)) => {
            let parameter = &model[id].parameters[place].name;
            (Some(format!("parameter {parameter}")), name)
        }
        (_, Link::Result) => (Some("result".to_owned()), name),
        (_, Link::TaskResult) => (Some("result of the task".to_owned()), name),
        (_, Link::Member) => {
            let member = name.rsplit('.').next().unwrap_or(&name);
            (None, format!("{} {member}", node.noun()))
        }
        (_, Link::Base) => (None, format!("base {name}")),
        (_, Link::Subtype) => (None, format!("subtype {name}")),
        (_, Link::Fault) => (None, format!("fault {name}")),
        (_, Link::Owner) => (None, format!("owner {name}")),
        (_, Link::Item) => (None, format!("item {name}")),
        (_, Link::Type | Link::Field(_) | Link::Parameter(_)) => (None, name),
    }
}

/// Whether this is not but another aspect of a thing.
fn is_thing(node: Node) -> bool {
    match node {
        Node::Stub(_)
        | Node::Property(..)
        | Node::Operation(_)
        | Node::DataObject(_)
        | Node::Enumeration(_) => true,
        Node::Whole(_) | Node::Held(_) | Node::Array(_) => false,
    }
}
