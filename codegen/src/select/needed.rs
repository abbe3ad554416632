//! What was cut although it is needed.

use super::node::{Link, Node};
use super::reach::{Needs, Reached, Why};
use super::reasons::Reasons;
use crate::diagnostic::{Diagnostic, Diagnostics, Problem};

/// Refuses what cannot be cut.
///
/// # Errors
/// Each thing that was cut and that something needs which was not, with the way to it and what could be cut there.
pub(super) fn check(needs: &Needs<'_>, reached: &Reached) -> Result<(), Diagnostics> {
    let mut errors = Vec::new();
    for (node, why) in reached {
        let (Node::DataObject(_) | Node::Enumeration(_)) = node else {
            continue;
        };
        let Why::From(parent, link) = *why else {
            continue;
        };
        if needs.cut.holds(*node) && !needs.cut.holds(parent) {
            let problem = Problem::CutButNeeded {
                name: node.name(needs.model),
                chain: Reasons::chain_to(needs.model, reached, *node).to_string(),
            };
            let error = Diagnostic::new(problem);
            errors.push(match remedy(needs, parent, link) {
                Some(remedy) => error.help(format!("cut `{remedy}` too")),
                None => error,
            });
        }
    }
    Diagnostics::unless(errors, ())
}

/// What has to be cut so that a thing needs another no longer.
fn remedy(needs: &Needs<'_>, parent: Node, link: Link) -> Option<String> {
    match (parent, link) {
        (Node::DataObject(id), Link::Field(place)) => {
            let holder = &needs.model[id];
            Some(format!("{}.{}", holder.name, holder.fields[place].name))
        }
        (Node::Array(_), _) => None,
        _ => Some(parent.name(needs.model)),
    }
}
