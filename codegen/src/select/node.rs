//! What a slice is made of, and how one such thing leads to another.

use crate::model::{
    ArrayId, DataObjectId, EnumerationId, ManagedObjectId, Model, NamespaceId, OperationId, TypeRef,
};

/// Something that a slice has.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Node {
    /// A managed object with all of its members, inherited ones too.
    Whole(ManagedObjectId),
    /// A managed object by name and base, which is what a reference to it needs.
    Stub(ManagedObjectId),
    /// A property, by its place among the managed object's own.
    Property(ManagedObjectId, usize),
    /// An operation.
    Operation(OperationId),
    /// A value of a data object's type, which may be a subtype of it.
    Held(DataObjectId),
    /// A data object with its fields.
    DataObject(DataObjectId),
    /// An enumeration.
    Enumeration(EnumerationId),
    /// An array, as the type of a field.
    Array(ArrayId),
}

impl Node {
    /// What a value of a type needs; nothing where the runtime knows the type.
    pub(super) fn of_value(of: TypeRef) -> Option<Self> {
        match of {
            TypeRef::Scalar(_) | TypeRef::Any | TypeRef::Reference(None) => None,
            TypeRef::Reference(Some(id)) => Some(Self::Stub(id)),
            TypeRef::DataObject(id) => Some(Self::Held(id)),
            TypeRef::Enumeration(id) => Some(Self::Enumeration(id)),
            TypeRef::Array(id) => Some(Self::Array(id)),
        }
    }

    /// What is there whenever this is, for the same reason.
    pub(super) fn implied(self) -> Option<Self> {
        match self {
            Self::Whole(id) => Some(Self::Stub(id)),
            Self::Held(id) => Some(Self::DataObject(id)),
            _ => None,
        }
    }

    /// What the thing is.
    pub(super) fn noun(self) -> &'static str {
        match self {
            Self::Whole(_) | Self::Stub(_) => "managed object",
            Self::Property(..) => "property",
            Self::Operation(_) => "operation",
            Self::Held(_) | Self::DataObject(_) => "data object",
            Self::Enumeration(_) => "enum",
            Self::Array(_) => "array type",
        }
    }

    /// Its wire name; a property's with that of the managed object.
    pub(super) fn name(self, model: &Model) -> String {
        match self {
            Self::Whole(id) | Self::Stub(id) => model[id].name.clone(),
            Self::Property(owner, place) => {
                let owner = &model[owner];
                format!("{}.{}", owner.name, owner.properties[place].name)
            }
            Self::Operation(id) => model[id].name.clone(),
            Self::Held(id) | Self::DataObject(id) => model[id].name.clone(),
            Self::Enumeration(id) => model[id].name.clone(),
            Self::Array(id) => model[id].name.clone(),
        }
    }

    /// The short name of its namespace.
    pub(super) fn namespace(self, model: &Model) -> &str {
        &model[self.namespace_id(model)].short
    }

    /// Its namespace; for what a service has, that of the service.
    pub(super) fn namespace_id(self, model: &Model) -> NamespaceId {
        match self {
            Self::Whole(id) | Self::Stub(id) | Self::Property(id, _) => {
                model[model[id].service].namespace
            }
            Self::Operation(id) => model[model[id].service].namespace,
            Self::Held(id) | Self::DataObject(id) => model[id].namespace,
            Self::Enumeration(id) => model[id].namespace,
            Self::Array(id) => model[id].namespace,
        }
    }
}

/// How one thing leads to another.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Link {
    /// To a property or an operation of a managed object.
    Member,
    /// To what it extends.
    Base,
    /// To what extends it.
    Subtype,
    /// To the type of a field of its own.
    Field(usize),
    /// To the type of a parameter.
    Parameter(usize),
    /// To what an operation gives.
    Result,
    /// To what the task gives that an operation returns.
    TaskResult,
    /// To a fault that an operation declares.
    Fault,
    /// To the type of a property.
    Type,
    /// To the managed object that has it.
    Owner,
    /// To the type of an array's items.
    Item,
}
