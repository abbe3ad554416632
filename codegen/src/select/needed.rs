//! What was cut although it is needed.

use std::collections::{BTreeMap, BTreeSet};

use super::node::{Link, Node};
use super::reach::{Needs, Reached};
use super::reasons::Reasons;
use crate::diagnostic::{Diagnostic, Diagnostics, Problem};

/// How many of what would have to be cut too are named.
const NAMED: usize = 8;

/// Refuses what cannot be cut.
///
/// # Errors
/// Each thing that was cut and that something needs which was not, with the way to it and what else to cut.
pub(super) fn check(needs: &Needs<'_>, reached: &Reached) -> Result<(), Diagnostics> {
    let mut users: BTreeMap<Node, BTreeSet<String>> = BTreeMap::new();
    for node in reached.keys().filter(|node| !needs.cut.holds(**node)) {
        for (link, other) in needs.of(*node) {
            if needs.cut.holds(other) {
                let other = other.implied().unwrap_or(other);
                users
                    .entry(other)
                    .or_default()
                    .insert(user(needs, *node, link));
            }
        }
    }
    let errors = users.into_iter().map(|(node, users)| {
        let problem = Problem::CutButNeeded {
            name: node.name(needs.model),
            chain: Reasons::chain_to(needs.model, reached, node).to_string(),
        };
        let named: Vec<String> = users
            .iter()
            .take(NAMED)
            .map(|name| format!("`{name}`"))
            .collect();
        let more = match users.len().checked_sub(NAMED) {
            None | Some(0) => String::new(),
            Some(more) => format!(" and {more} more"),
        };
        Diagnostic::new(problem).help(format!("cut {}{more} too", named.join(", ")))
    });
    Diagnostics::unless(errors.collect(), ())
}

/// What has to be cut so that a thing needs another no longer.
fn user(needs: &Needs<'_>, node: Node, link: Link) -> String {
    match (node, link) {
        (Node::DataObject(id), Link::Field(place)) => {
            let holder = &needs.model[id];
            format!("{}.{}", holder.name, holder.fields[place].name)
        }
        _ => node.name(needs.model),
    }
}
