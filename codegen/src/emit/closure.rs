//! Which types a value in a service may have.

use std::collections::{BTreeMap, BTreeSet};

use super::context::Context;
use crate::model::{DataObjectId, EnumerationId, NamespaceId, TypeRef};

/// The types of a namespace, and those of others that its values may have. Both sorted by wire name.
#[derive(Default)]
pub(super) struct Closure {
    pub(super) data_objects: Vec<DataObjectId>,
    pub(super) enumerations: Vec<EnumerationId>,
}

impl Closure {
    pub(super) fn of(context: &Context<'_>, namespace: NamespaceId) -> Self {
        let mut search = Search {
            context,
            namespace,
            values: BTreeSet::new(),
            bases: BTreeSet::new(),
            next: starts(context, namespace),
        };
        search.run();
        let bases = search.bases.into_iter().map(TypeRef::DataObject);
        Self::sorted(
            context,
            namespace,
            search.values.into_iter().chain(bases).collect(),
        )
    }

    /// One type for each wire name: of two namespaces' types the one of the service's own.
    fn sorted(context: &Context<'_>, own: NamespaceId, found: BTreeSet<TypeRef>) -> Self {
        let model = context.model;
        let (mut data_objects, mut enumerations) = (BTreeMap::new(), BTreeMap::new());
        for of in found {
            match of {
                TypeRef::DataObject(id) => {
                    let object = &model[id];
                    let is_own = object.namespace == own;
                    if is_own || !data_objects.contains_key(&object.name) {
                        data_objects.insert(&object.name, id);
                    }
                }
                TypeRef::Enumeration(id) => {
                    let enumeration = &model[id];
                    let is_own = enumeration.namespace == own;
                    if is_own || !enumerations.contains_key(&enumeration.name) {
                        enumerations.insert(&enumeration.name, id);
                    }
                }
                TypeRef::Scalar(_) | TypeRef::Any | TypeRef::Reference(_) | TypeRef::Array(_) => {}
            }
        }
        Self {
            data_objects: data_objects.into_values().collect(),
            enumerations: enumerations.into_values().collect(),
        }
    }
}

/// What a namespace defines, and what its operations take and give.
fn starts(context: &Context<'_>, namespace: NamespaceId) -> Vec<TypeRef> {
    let model = context.model;
    let objects = model.data_object_ids().map(TypeRef::DataObject);
    let enumerations = model.enumeration_ids().map(TypeRef::Enumeration);
    let mut starts: Vec<TypeRef> = objects
        .chain(enumerations)
        .filter(|of| model.namespace_of(*of) == Some(namespace))
        .collect();
    for operation in &model.operations {
        if model[operation.service].namespace == namespace {
            let parameters = operation.parameters.iter();
            starts.extend(parameters.map(|parameter| parameter.shape.of));
            let task = operation.task.and_then(|task| task.result);
            let results = operation.result.into_iter().chain(task);
            starts.extend(results.map(|shape| shape.of));
            starts.extend(operation.faults.iter().copied().map(TypeRef::DataObject));
        }
    }
    starts
}

/// Follows types to what they hold.
struct Search<'c> {
    context: &'c Context<'c>,
    namespace: NamespaceId,
    /// What values are declared as. What extends it may come in its place.
    values: BTreeSet<TypeRef>,
    /// What these extend. No value is declared as such: everything extends `DynamicData`, and all of vim25 would come
    /// with it.
    bases: BTreeSet<DataObjectId>,
    next: Vec<TypeRef>,
}

impl Search<'_> {
    fn run(&mut self) {
        while let Some(of) = self.next.pop() {
            if !self.values.insert(of) {
                continue;
            }
            match of {
                TypeRef::DataObject(id) => self.follow(id),
                TypeRef::Array(id) => self.next.push(self.context.model[id].of),
                TypeRef::Scalar(_)
                | TypeRef::Any
                | TypeRef::Reference(_)
                | TypeRef::Enumeration(_) => {}
            }
        }
    }

    fn follow(&mut self, id: DataObjectId) {
        let model = self.context.model;
        let held = |id: DataObjectId| model[id].fields.iter().map(|field| field.shape.of);
        self.next.extend(held(id));
        for ancestor in model.ancestors(id) {
            if !self.bases.insert(ancestor) {
                break; // so has everything above it
            }
            self.next.extend(held(ancestor));
        }
        let children = self.context.graph.children(id).iter().copied();
        let visible = children.filter(|id| model.sees(self.namespace, model[*id].namespace));
        self.next.extend(visible.map(TypeRef::DataObject));
    }
}
