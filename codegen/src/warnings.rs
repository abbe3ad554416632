//! What is worth saying of a model from which code can be made all the same.

use std::collections::BTreeSet;

use crate::diagnostic::{Diagnostic, Problem, Severity};
use crate::emit;
use crate::graph::Graph;
use crate::model::{ArrayType, Model, TypeRef};
use crate::source::Position;

/// Everything that was found odd when the model was read, and what is odd about it in itself.
pub(crate) fn of(model: &Model, graph: &Graph) -> Vec<Diagnostic> {
    let mut warnings = model.warnings.clone();
    warnings.extend(arrays(model));
    warnings.extend(endless(model, graph));
    warnings
}

fn warning(model: &Model, problem: Problem, position: Option<Position>) -> Diagnostic {
    let warning = Diagnostic::new(problem).with_severity(Severity::Warning);
    match position {
        Some(position) => warning.located(model.sources.locate(position)),
        None => warning,
    }
}

/// Array types that nothing is made of, unless another says the same by its name: then no list is without a type.
fn arrays(model: &Model) -> impl Iterator<Item = Diagnostic> {
    let is_known = |array: &ArrayType| emit::is_known_by_name(model, array);
    let known: BTreeSet<TypeRef> = (model.arrays.iter())
        .filter(|array| is_known(array))
        .map(|array| array.of)
        .collect();
    let untold = model.arrays.iter();
    let untold = untold.filter(move |array| !is_known(array) && !known.contains(&array.of));
    untold.map(|array| {
        let problem = Problem::UntoldArray(array.name.clone());
        warning(model, problem, Some(array.position)).help(
            "a value of it stays the XML that was sent; to have a list, name it `ArrayOf` and the name of its items' type, \
             and its element as that type",
        )
    })
}

/// Required fields that no finite value could fill.
fn endless(model: &Model, graph: &Graph) -> impl Iterator<Item = Diagnostic> {
    model.data_object_ids().flat_map(move |id| {
        let object = &model[id];
        let endless = object
            .fields
            .iter()
            .filter(move |field| graph.is_recursive(id, field));
        endless.map(|field| {
            let problem = Problem::Endless {
                object: object.name.clone(),
                field: field.name.clone(),
            };
            warning(model, problem, field.position)
                .help("it is taken for optional; write minOccurs=\"0\" to say so")
        })
    })
}
