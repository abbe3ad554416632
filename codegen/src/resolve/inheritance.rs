//! Circles of inheritance, and the families that it makes.

use crate::diagnostic::{Diagnostic, Diagnostics, Problem};
use crate::model::{DataObject, DataObjectId, Family};
use crate::source::Sources;

/// The data object that every fault descends from.
const FAULT_ROOT: &str = "MethodFault";
/// The data object that every event descends from.
const EVENT_ROOT: &str = "Event";

#[derive(Clone, Copy, PartialEq)]
enum Mark {
    New,
    /// On the path that is being walked.
    Open,
    Done(Family),
}

/// Sets the family of every data object.
///
/// # Errors
/// Data objects that extend themselves, directly or through others.
pub(super) fn classify(
    mut objects: Vec<DataObject>,
    sources: &Sources,
) -> Result<Vec<DataObject>, Diagnostics> {
    let mut errors = Vec::new();
    let mut marks = vec![Mark::New; objects.len()];
    for start in 0..objects.len() {
        // Upwards to something known or to a root, then the answer back down: no recursion, however deep the tree.
        let mut path: Vec<usize> = Vec::new();
        let mut next = Some(start);
        let mut family = Family::Data;
        while let Some(index) = next {
            match marks[index] {
                Mark::Done(known) => {
                    family = known;
                    break;
                }
                Mark::Open => {
                    errors.push(circle(&objects, &path, index, sources));
                    break;
                }
                Mark::New => {
                    marks[index] = Mark::Open;
                    path.push(index);
                    next = objects[index].base.map(DataObjectId::index);
                }
            }
        }
        for index in path.into_iter().rev() {
            family = match objects[index].name.as_str() {
                FAULT_ROOT => Family::Fault,
                EVENT_ROOT => Family::Event,
                _ => family,
            };
            marks[index] = Mark::Done(family);
            objects[index].family = family;
        }
    }
    Diagnostics::unless(errors, objects)
}

fn circle(objects: &[DataObject], path: &[usize], closing: usize, sources: &Sources) -> Diagnostic {
    let members = path
        .iter()
        .skip_while(|index| **index != closing)
        .chain([&closing]);
    let names = members.map(|index| objects[*index].name.clone()).collect();
    Diagnostic::at(
        Problem::CircularInheritance(names),
        sources,
        objects[closing].position,
    )
    .help("a value would hold itself; extend another type, or none")
}
