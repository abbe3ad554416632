//! How namespaces relate: which of them name what is defined in others, and which extend it.

use std::collections::BTreeSet;

use crate::model::{Field, Model, NamespaceId, TypeRef};

/// Sets [`Namespace::sees`](crate::model::Namespace::sees) and
/// [`DataObject::extended_in`](crate::model::DataObject::extended_in) throughout the model.
pub(super) fn relate(mut model: Model) -> Model {
    for id in model.data_object_ids() {
        if let Some(base) = model[id].base {
            let namespace = model[id].namespace;
            model.data_objects[base.index()]
                .extended_in
                .insert(namespace);
        }
    }
    let named = named(&model);
    let ids: Vec<NamespaceId> = (0..named.len()).map(NamespaceId::from).collect();
    for (namespace, id) in model.namespaces.iter_mut().zip(ids) {
        namespace.sees = reached(&named, id);
    }
    model
}

/// For each namespace those that its definitions name.
fn named(model: &Model) -> Vec<BTreeSet<NamespaceId>> {
    let mut named = Named {
        model,
        by: vec![BTreeSet::new(); model.namespaces.len()],
    };
    for object in &model.data_objects {
        named.types(object.namespace, object.base.map(TypeRef::DataObject));
        named.fields(object.namespace, &object.fields);
    }
    for array in &model.arrays {
        named.types(array.namespace, [array.of]);
    }
    for object in &model.managed_objects {
        let namespace = model[object.service].namespace;
        let base = object.base.map(|base| TypeRef::Reference(Some(base)));
        named.types(namespace, base);
        named.fields(namespace, &object.properties);
    }
    for operation in &model.operations {
        let namespace = model[operation.service].namespace;
        named.fields(namespace, &operation.parameters);
        let task = operation.task.and_then(|task| task.result);
        let results = operation.result.into_iter().chain(task);
        named.types(namespace, results.map(|shape| shape.of));
        named.types(
            namespace,
            operation.faults.iter().copied().map(TypeRef::DataObject),
        );
    }
    named.by
}

/// Collects by which namespace which others are named.
struct Named<'m> {
    model: &'m Model,
    by: Vec<BTreeSet<NamespaceId>>,
}

impl Named<'_> {
    fn fields(&mut self, namespace: NamespaceId, fields: &[Field]) {
        self.types(namespace, fields.iter().map(|field| field.shape.of));
    }

    fn types(&mut self, namespace: NamespaceId, types: impl IntoIterator<Item = TypeRef>) {
        let types = types.into_iter();
        let others = types.filter_map(|of| self.model.namespace_of(of));
        self.by[namespace.index()].extend(others);
    }
}

/// A namespace, those that it names, and those that are reached through them.
fn reached(named: &[BTreeSet<NamespaceId>], start: NamespaceId) -> BTreeSet<NamespaceId> {
    let mut reached = BTreeSet::from([start]);
    let mut next = vec![start];
    while let Some(namespace) = next.pop() {
        let further = named[namespace.index()].iter();
        next.extend(further.copied().filter(|other| reached.insert(*other)));
    }
    reached
}
