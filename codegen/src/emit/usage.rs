//! Where each type is used: the descriptions read backwards.

use std::collections::BTreeSet;

use crate::model::{
    DataObjectId, EnumerationId, Field, ManagedObjectId, Model, OperationId, TypeRef,
};

/// Something whose members are of some type.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum User {
    /// A data object, in a field.
    DataObject(DataObjectId),
    /// A managed object, in a property.
    ManagedObject(ManagedObjectId),
    /// An operation, in a parameter, its result, or the result of its task.
    Operation(OperationId),
}

/// The users of every type, each in order and once.
#[derive(Debug)]
pub(super) struct Usage {
    data_objects: Vec<BTreeSet<User>>,
    enumerations: Vec<BTreeSet<User>>,
    managed_objects: Vec<BTreeSet<User>>,
    declarers: Vec<Vec<OperationId>>,
}

impl Usage {
    /// Reads a model.
    pub(super) fn of(model: &Model) -> Self {
        let mut usage = Self {
            data_objects: vec![BTreeSet::new(); model.data_objects.len()],
            enumerations: vec![BTreeSet::new(); model.enumerations.len()],
            managed_objects: vec![BTreeSet::new(); model.managed_objects.len()],
            declarers: vec![Vec::new(); model.data_objects.len()],
        };
        for id in model.data_object_ids() {
            usage.add_fields(User::DataObject(id), &model[id].fields);
        }
        for id in model.managed_object_ids() {
            usage.add_fields(User::ManagedObject(id), &model[id].properties);
        }
        for id in model.operation_ids() {
            let operation = &model[id];
            usage.add_fields(User::Operation(id), &operation.parameters);
            let task = operation.task.and_then(|task| task.result);
            for shape in operation.result.into_iter().chain(task) {
                usage.add(User::Operation(id), shape.of);
            }
            for fault in &operation.faults {
                usage.declarers[fault.index()].push(id);
            }
        }
        usage
    }

    /// What holds, takes or gives a data object.
    pub(super) fn of_data_object(&self, id: DataObjectId) -> &BTreeSet<User> {
        &self.data_objects[id.index()]
    }

    /// What holds, takes or gives a value of an enumeration.
    pub(super) fn of_enumeration(&self, id: EnumerationId) -> &BTreeSet<User> {
        &self.enumerations[id.index()]
    }

    /// What refers to a managed object.
    pub(super) fn of_managed_object(&self, id: ManagedObjectId) -> &BTreeSet<User> {
        &self.managed_objects[id.index()]
    }

    /// The operations that declare a data object as a fault of theirs.
    pub(super) fn declarers(&self, fault: DataObjectId) -> &[OperationId] {
        &self.declarers[fault.index()]
    }

    fn add_fields(&mut self, user: User, fields: &[Field]) {
        for field in fields {
            self.add(user, field.shape.of);
        }
    }

    fn add(&mut self, user: User, of: TypeRef) {
        let users = match of {
            TypeRef::DataObject(id) => &mut self.data_objects[id.index()],
            TypeRef::Enumeration(id) => &mut self.enumerations[id.index()],
            TypeRef::Reference(Some(id)) => &mut self.managed_objects[id.index()],
            TypeRef::Scalar(_) | TypeRef::Any | TypeRef::Reference(None) | TypeRef::Array(_) => {
                return;
            }
        };
        users.insert(user);
    }
}
