//! Fields that a base has already.

use std::collections::BTreeMap;

use crate::diagnostic::{Diagnostic, Diagnostics, Problem};
use crate::model::{DataObject, DataObjectId};
use crate::source::{Position, Sources};

/// A step on the way through the tree of data objects.
enum Step {
    Enter(usize),
    Leave(usize),
}

/// Checks that no data object declares a field that it inherits: on the wire there would be two of one name, of which
/// nobody could tell which is whose.
///
/// # Errors
/// Each such field.
pub(super) fn check(objects: &[DataObject], sources: &Sources) -> Result<(), Diagnostics> {
    let mut children = vec![Vec::new(); objects.len()];
    let mut steps = Vec::new();
    for (index, object) in objects.iter().enumerate() {
        match object.base.map(DataObjectId::index) {
            Some(base) => children[base].push(index),
            None => steps.push(Step::Enter(index)),
        }
    }
    // From the roots down, with the fields of the path: what a field costs does not grow with its depth.
    let mut inherited: BTreeMap<&str, (usize, Option<Position>)> = BTreeMap::new();
    let mut errors = Vec::new();
    while let Some(step) = steps.pop() {
        match step {
            Step::Enter(index) => {
                for field in &objects[index].fields {
                    match inherited.get(field.name.as_str()) {
                        Some((owner, first)) if *owner != index => {
                            let (base, object) = (&objects[*owner].name, &objects[index].name);
                            let name = &field.name;
                            let problem = Problem::Inconsistent(format!(
                                "`{object}.{name}` is a field of `{base}` already, which `{object}` extends"
                            ));
                            let error = Diagnostic::new(problem).help("take one of them out");
                            let place = |position| sources.locate(position);
                            let error = match field.position.map(place) {
                                Some(place) => error.located(place),
                                None => error,
                            };
                            errors.push(match first.map(place) {
                                Some(first) => error.related("first defined here", first),
                                None => error,
                            });
                        }
                        _ => drop(inherited.insert(&field.name, (index, field.position))),
                    }
                }
                steps.push(Step::Leave(index));
                steps.extend(children[index].iter().copied().map(Step::Enter));
            }
            Step::Leave(index) => {
                for field in &objects[index].fields {
                    if inherited
                        .get(field.name.as_str())
                        .is_some_and(|(owner, _)| *owner == index)
                    {
                        inherited.remove(field.name.as_str());
                    }
                }
            }
        }
    }
    Diagnostics::unless(errors, ())
}
