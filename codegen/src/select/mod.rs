//! Slices: the part of an API that a user chooses, with all that it needs.
//!
//! [`select`] stands between the model and its code. It is a function from a [`Selection`] and a model to a smaller
//! model, of which code is made like of any other, and the [`Reasons`] for all that is in it. `docs/slices.md` tells
//! what comes into a slice, what stays out, and what that means for a program.

mod advice;
mod choices;
mod costs;
mod cut;
mod needed;
mod node;
mod reach;
mod reasons;
mod rules;
mod selection;
mod shrink;
mod skip;

pub use costs::{ChoiceCost, Counts};
pub use reasons::{Chain, Reasons, Thing};
pub use selection::{Choice, ChoiceKind, Selection, Subtypes};

use std::collections::BTreeSet;

use crate::diagnostic::{Diagnostic, Diagnostics, Problem};
use crate::graph::Graph;
use crate::model::Model;
use crate::pattern::Pattern;
use cut::Cut;
use node::Node;
use reach::Needs;
use rules::Rules;

/// A part of an API.
#[derive(Debug, Clone)]
pub struct Slice {
    /// What is in it, as a model that is complete in itself.
    pub model: Model,
    /// Why.
    pub reasons: Reasons,
}

/// Makes the part of a model that a selection is about; of a selection that chooses nothing, all of it.
///
/// ```
/// # fn main() -> Result<(), Box<dyn std::error::Error>> {
/// # let folder = tempfile::tempdir()?;
/// # let path = folder.path().join("small.xsd");
/// # std::fs::write(&path, r#"<schema xmlns="http://www.w3.org/2001/XMLSchema" targetNamespace="urn:small"
/// #     xmlns:s="urn:small" elementFormDefault="qualified">
/// #     <complexType name="Thing"><sequence><element name="part" type="s:Part"/></sequence></complexType>
/// #     <complexType name="Part"><sequence/></complexType><complexType name="Other"><sequence/></complexType>
/// #     </schema>"#)?;
/// use vmomi_codegen::select::{Selection, select};
///
/// let model = vmomi_codegen::Builder::new().wsdl(path).model()?;
/// let slice = select(&model, &Selection::new().types(["Thing"]))?;
/// assert_eq!(slice.model.data_objects.len(), 2);
/// let chains = slice.reasons.chains(&"Part".parse()?);
/// assert_eq!(chains[0].to_string(), "Thing (chosen) -> field part -> Part");
/// # Ok(())
/// # }
/// ```
///
/// # Errors
/// Texts that are no patterns, patterns that nothing answers to, and what was cut although something in the slice needs
/// it.
pub fn select(model: &Model, selection: &Selection) -> Result<Slice, Diagnostics> {
    let graph = Graph::of(model);
    let mut errors = Vec::new();
    let mut choices = choices::find(model, selection, &mut errors);
    let mut cut = Cut::of(model, selection, &mut errors);
    let mut skipped = Cut::skipped(model, selection, &mut errors);
    let rules = Rules::of(model, &graph, selection, &mut errors);
    Diagnostics::unless(errors, ())?;
    let spread = skip::spread(model, &mut skipped);
    cut.extend(&skipped);
    let chosen = choices.iter().filter(|_| !selection.choices.is_empty());
    let chosen: BTreeSet<Node> = chosen.flat_map(|(_, nodes)| nodes.clone()).collect();
    for (_, nodes) in &mut choices {
        nodes.retain(|node| !cut.holds(*node));
    }
    let needs = Needs {
        model,
        graph: &graph,
        cut: &cut,
        rules: &rules,
    };
    let roots = choices.iter().enumerate();
    let roots =
        roots.flat_map(|(choice, (_, nodes))| nodes.iter().map(move |node| (*node, choice)));
    let reached = needs.reach(roots);
    needed::check(&needs, &reached)?;
    let mut slice = shrink::shrink(model, &reached, &cut);
    let gone = skip::told(model, &spread, &reached, &chosen);
    slice.set_aside.extend(gone);
    Ok(Slice {
        model: slice,
        reasons: Reasons::of(&needs, &choices, &reached),
    })
}

fn parse(text: &str) -> Result<Pattern, Diagnostic> {
    text.parse()
        .map_err(|error| Diagnostic::new(Problem::InvalidPattern(error)))
}
