//! What the descriptions say, resolved: every reference is an index that leads somewhere.
//!
//! All lists are sorted by namespace and wire name, so equal input gives an equal model whatever the order of the
//! files. Names are those of the wire; [`crate::names`] turns them into Rust's. What a list element refers to is
//! named by a typed id, and the model is indexed by it: `model[field_type_id].name`.

mod ids;
mod operations;
mod types;

pub use ids::{
    ArrayId, DataObjectId, EnumerationId, ManagedObjectId, NamespaceId, OperationId, ServiceId,
};
pub use operations::{ManagedObject, Operation, Service, Task};
pub use types::{
    ArrayType, DataObject, Enumeration, EnumerationValue, Family, Field, Namespace, Scalar,
    SetAside, Shape, TypeRef,
};

use crate::diagnostic::Diagnostic;
use crate::source::Sources;

/// One or more services with all of their types.
#[derive(Debug, Clone, Default)]
pub struct Model {
    /// The texts that it was read from; positions in the model point into them.
    pub sources: Sources,
    /// The namespaces of types and services, sorted by URI.
    pub namespaces: Vec<Namespace>,
    /// The services, sorted by namespace. Empty when only types were read.
    pub services: Vec<Service>,
    /// The data objects, faults and events among them.
    pub data_objects: Vec<DataObject>,
    /// The enumerations.
    pub enumerations: Vec<Enumeration>,
    /// The `ArrayOfX` types. They are no types of their own in Rust: they name lists inside an `anyType`.
    pub arrays: Vec<ArrayType>,
    /// The managed objects; without a catalogue one for each service, which owns all of its operations.
    pub managed_objects: Vec<ManagedObject>,
    /// The operations.
    pub operations: Vec<Operation>,
    /// What was read and has no counterpart in Rust, by name and with the reason.
    pub set_aside: Vec<SetAside>,
    /// What was found odd when it was read, and is no error.
    pub warnings: Vec<Diagnostic>,
}

impl Model {
    /// The data object of a wire name, if exactly one namespace has one.
    pub fn data_object(&self, name: &str) -> Option<DataObjectId> {
        only(ids(&self.data_objects), |id: &DataObjectId| {
            self[*id].name == name
        })
    }

    /// The enumeration of a wire name, if exactly one namespace has one.
    pub fn enumeration(&self, name: &str) -> Option<EnumerationId> {
        only(ids(&self.enumerations), |id: &EnumerationId| {
            self[*id].name == name
        })
    }

    /// The managed object of a wire name, if exactly one service has one.
    pub fn managed_object(&self, name: &str) -> Option<ManagedObjectId> {
        only(ids(&self.managed_objects), |id: &ManagedObjectId| {
            self[*id].name == name
        })
    }

    /// The operation of a wire name, if exactly one service has one.
    pub fn operation(&self, name: &str) -> Option<OperationId> {
        only(ids(&self.operations), |id: &OperationId| {
            self[*id].name == name
        })
    }

    /// The ids of all data objects, in order.
    pub fn data_object_ids(&self) -> impl Iterator<Item = DataObjectId> + use<> {
        ids(&self.data_objects)
    }

    /// The ids of all enumerations, in order.
    pub fn enumeration_ids(&self) -> impl Iterator<Item = EnumerationId> + use<> {
        ids(&self.enumerations)
    }

    /// The ids of all arrays, in order.
    pub fn array_ids(&self) -> impl Iterator<Item = ArrayId> + use<> {
        ids(&self.arrays)
    }

    /// The ids of all managed objects, in order.
    pub fn managed_object_ids(&self) -> impl Iterator<Item = ManagedObjectId> + use<> {
        ids(&self.managed_objects)
    }

    /// The ids of all operations, in order.
    pub fn operation_ids(&self) -> impl Iterator<Item = OperationId> + use<> {
        ids(&self.operations)
    }

    /// Whether a namespace sees another, so that its code may name what is defined there.
    pub fn sees(&self, namespace: NamespaceId, other: NamespaceId) -> bool {
        self[namespace].sees.contains(&other)
    }

    /// Whether a field in a namespace may hold another type than the data object that it says: one that extends it in
    /// a namespace which that namespace sees, or in a service that the catalogue knows of.
    ///
    /// Which other types of the model extend it makes no difference, so that the code of a namespace does not depend on
    /// which others are generated with it.
    pub fn is_polymorphic(&self, id: DataObjectId, namespace: NamespaceId) -> bool {
        let object = &self[id];
        object.open || !object.extended_in.is_disjoint(&self[namespace].sees)
    }

    /// The namespace that a value's type is defined in; none for types that all services share.
    pub fn namespace_of(&self, of: TypeRef) -> Option<NamespaceId> {
        match of {
            TypeRef::Scalar(_) | TypeRef::Any | TypeRef::Reference(None) => None,
            TypeRef::Reference(Some(id)) => Some(self[self[id].service].namespace),
            TypeRef::DataObject(id) => Some(self[id].namespace),
            TypeRef::Enumeration(id) => Some(self[id].namespace),
            TypeRef::Array(id) => Some(self[id].namespace),
        }
    }

    /// The data objects that a data object extends, the nearest first.
    pub fn ancestors(&self, id: DataObjectId) -> impl Iterator<Item = DataObjectId> + '_ {
        std::iter::successors(self[id].base, |ancestor| self[*ancestor].base)
    }

    /// The managed objects that a managed object extends, the nearest first.
    pub fn managed_ancestors(
        &self,
        id: ManagedObjectId,
    ) -> impl Iterator<Item = ManagedObjectId> + '_ {
        std::iter::successors(self[id].base, |ancestor| self[*ancestor].base)
    }

    /// The operations that a managed object owns itself, sorted by name.
    pub fn operations_of(&self, owner: ManagedObjectId) -> impl Iterator<Item = OperationId> + '_ {
        self[owner].operations.iter().copied()
    }
}

fn ids<Id: From<usize>, T>(list: &[T]) -> impl Iterator<Item = Id> + use<Id, T> {
    (0..list.len()).map(Id::from)
}

fn only<Id>(ids: impl Iterator<Item = Id>, wanted: impl Fn(&Id) -> bool) -> Option<Id> {
    let mut found = ids.filter(wanted);
    let first = found.next();
    if found.next().is_some() { None } else { first }
}
