//! Which types a value in a service may have.

use std::collections::{BTreeMap, BTreeSet};

use super::context::Context;
use crate::model::{DataObjectId, EnumerationId, NamespaceId, TypeRef};

/// The types of a namespace, and those of others that they extend or hold. Both sorted by wire name.
#[derive(Default)]
pub(super) struct Closure {
    pub(super) data_objects: Vec<DataObjectId>,
    pub(super) enumerations: Vec<EnumerationId>,
}

impl Closure {
    pub(super) fn of(context: &Context<'_>, namespace: NamespaceId) -> Self {
        let model = context.model;
        let mut found = BTreeSet::new();
        let mut next: Vec<TypeRef> = Vec::new();
        let objects = model
            .data_object_ids()
            .filter(|id| model[*id].namespace == namespace);
        let enumerations = model
            .enumeration_ids()
            .filter(|id| model[*id].namespace == namespace);
        next.extend(objects.map(TypeRef::DataObject));
        next.extend(enumerations.map(TypeRef::Enumeration));
        for operation in &model.operations {
            if model[operation.service].namespace == namespace {
                let task = operation.task.and_then(|task| task.result);
                next.extend(
                    operation
                        .parameters
                        .iter()
                        .map(|parameter| parameter.shape.of),
                );
                next.extend(
                    operation
                        .result
                        .into_iter()
                        .chain(task)
                        .map(|shape| shape.of),
                );
                next.extend(operation.faults.iter().copied().map(TypeRef::DataObject));
            }
        }
        while let Some(of) = next.pop() {
            match of {
                TypeRef::DataObject(id) if found.insert(of) => {
                    let object = &model[id];
                    next.extend(object.base.map(TypeRef::DataObject));
                    next.extend(object.fields.iter().map(|field| field.shape.of));
                    let children = context.graph.children(id).iter();
                    next.extend(children.copied().map(TypeRef::DataObject));
                }
                TypeRef::Array(id) if found.insert(of) => next.push(model[id].of),
                of => drop(found.insert(of)),
            }
        }
        Self::sorted(context, namespace, found)
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
