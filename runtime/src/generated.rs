//! What generated code refers to, in one `use`.

pub use crate::erased::{
    DataObject, Dyn, EnumType, FieldOf, IsA, LinkTo, OpenEnum, Type, TypeLink,
};
pub use crate::{
    Any, Argument, Binary, Call, Connection, DateTime, Extra, ManagedObject,
    ManagedObjectReference, ManagedType, MoRef, OperationInfo, ParameterInfo, PendingTask,
    PropertyInfo, Service, Since, Stub, TypeRegistry,
};
pub use crate::{begins_with, data_object, field, managed_object, open_enum};
