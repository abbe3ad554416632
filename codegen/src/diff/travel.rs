//! Which types a program sends, and which it receives.

use std::collections::BTreeSet;

use crate::graph::Graph;
use crate::model::{DataObjectId, EnumerationId, Model, Shape, TypeRef};

/// The ways that values of a type go.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Ways {
    /// From the program to the server.
    pub(super) sent: bool,
    /// From the server to the program.
    pub(super) received: bool,
}

impl Ways {
    pub(super) const SENT: Self = Self {
        sent: true,
        received: false,
    };
    pub(super) const RECEIVED: Self = Self {
        sent: false,
        received: true,
    };
}

/// The ways of all types of a model.
#[derive(Debug)]
pub(super) struct Travel {
    sent: Reached,
    received: Reached,
    /// Set when not all that is received is known: properties and results of tasks are in catalogues only.
    anything_received: bool,
}

impl Travel {
    pub(super) fn of(model: &Model, graph: &Graph) -> Self {
        let operations = || model.operations.iter();
        let parameters = operations().flat_map(|of| of.parameters.iter().map(|of| of.shape));
        let results = operations()
            .flat_map(|of| [of.result, of.task.and_then(|task| task.result)])
            .flatten();
        let properties = (model.managed_objects.iter())
            .flat_map(|object| object.properties.iter().map(|of| of.shape));
        let faults = operations().flat_map(|of| of.faults.iter().copied().map(TypeRef::DataObject));
        let given = results.chain(properties).map(|shape: Shape| shape.of);
        Self {
            sent: Reached::from(model, graph, parameters.map(|shape| shape.of)),
            received: Reached::from(model, graph, given.chain(faults)),
            anything_received: model.services.iter().any(|service| !service.catalogued),
        }
    }

    /// The ways of a data object's fields. What no operation leads to is in an `anyType`, and may go both.
    pub(super) fn of_data_object(&self, id: DataObjectId) -> Ways {
        let has = |reached: &Reached| {
            reached.data_objects.contains(&(id, true))
                || reached.data_objects.contains(&(id, false))
        };
        self.ways(has(&self.sent), has(&self.received))
    }

    /// The ways of an enumeration's values.
    pub(super) fn of_enumeration(&self, id: EnumerationId) -> Ways {
        let has = |reached: &Reached| reached.enumerations.contains(&id);
        self.ways(has(&self.sent), has(&self.received))
    }

    fn ways(&self, sent: bool, received: bool) -> Ways {
        let nowhere = !sent && !received;
        Ways {
            sent: sent || nowhere,
            received: received || nowhere || self.anything_received,
        }
    }
}

/// The types that members lead to.
#[derive(Debug, Default)]
struct Reached {
    /// Each with whether values of it and its subtypes are, or only its fields as those of a base.
    data_objects: BTreeSet<(DataObjectId, bool)>,
    enumerations: BTreeSet<EnumerationId>,
}

impl Reached {
    fn from(model: &Model, graph: &Graph, roots: impl Iterator<Item = TypeRef>) -> Self {
        let mut reached = Self::default();
        let mut next: Vec<(TypeRef, bool)> = roots.map(|of| (of, true)).collect();
        while let Some((of, whole)) = next.pop() {
            match of {
                TypeRef::DataObject(id) if reached.data_objects.insert((id, whole)) => {
                    let object = &model[id];
                    next.extend(object.base.map(|base| (TypeRef::DataObject(base), false)));
                    next.extend(object.fields.iter().map(|field| (field.shape.of, true)));
                    if whole {
                        let children = graph.children(id).iter().copied();
                        next.extend(children.map(|child| (TypeRef::DataObject(child), true)));
                    }
                }
                TypeRef::Enumeration(id) => drop(reached.enumerations.insert(id)),
                TypeRef::Array(id) => next.push((model[id].of, true)),
                TypeRef::DataObject(_)
                | TypeRef::Scalar(_)
                | TypeRef::Any
                | TypeRef::Reference(_) => {}
            }
        }
        reached
    }
}
