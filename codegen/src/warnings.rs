//! What is worth saying of a model from which code can be made all the same.

use std::collections::{BTreeMap, BTreeSet};

use crate::diagnostic::{Diagnostic, Problem, Severity};
use crate::emit;
use crate::graph::Graph;
use crate::model::{ArrayType, Model, TypeRef};
use crate::secret_names;
use crate::settings::{Decisions, SecretNames, Subject};
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

/// What was taken for a secret by its name alone, and no rule decides of.
pub(crate) fn secrets(model: &Model, decisions: &Decisions) -> Option<Diagnostic> {
    if decisions.secret_names != SecretNames::Warn {
        return None;
    }
    let recognised = secret_names::recognised(model).into_iter();
    let undecided = recognised.filter(|subject| !decisions.decides_secret(*subject));
    let mut names: BTreeMap<String, usize> = BTreeMap::new();
    for subject in undecided {
        let name = match subject {
            Subject::Field(id, place) => &model[id].fields[place].name,
            Subject::Parameter(id, place) => &model[id].parameters[place].name,
            _ => continue,
        };
        *names.entry(name.clone()).or_default() += 1;
    }
    let first = names.keys().next()?.clone();
    let problem = Problem::SecretNames(names.into_iter().collect());
    Some(warning(model, problem, None).help(format!(
        "nothing shows them; to decide, say `secret(\"*.{first}\", true)` or `false`, and for all of them \
         `secret_names(SecretNames::Accept)` or `Ignore` (--secret-names accept, ignore)"
    )))
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
