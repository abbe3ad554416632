//! What generated code refers to, in one `use`, and what it would otherwise repeat thousands of times.

use std::marker::PhantomData;

use crate::OperationInfo;
use crate::call::CallResult;
use crate::erased::ValueRef;
pub use crate::erased::{DataObject, Dyn, OpenEnum};
pub use crate::{
    Any, Argument, Binary, Call, Connection, DateTime, Extra, ManagedObject,
    ManagedObjectReference, ManagedType, MoRef, ParameterInfo, PendingTask, PropertyInfo, Service,
    Since, Stub, TypeRegistry,
};
pub use crate::{data_object, enums, managed_object, open_enum, types};

/// [`OperationInfo`] of an operation that returns `R`, so that no call of it can expect another result.
#[derive(Debug)]
pub struct Operation<R> {
    info: OperationInfo,
    returns: PhantomData<fn() -> R>,
}

impl<R: CallResult> Operation<R> {
    /// Describes an operation, as a `static` within the method that calls it.
    #[must_use]
    pub const fn new(
        name: &'static str,
        types: &'static TypeRegistry,
        since: Since,
        parameters: &'static [ParameterInfo],
    ) -> Self {
        Self {
            info: OperationInfo::new::<R>(name, types, since, parameters),
            returns: PhantomData,
        }
    }

    /// A call on a managed object; the arguments are in the order of the parameters.
    pub fn call<'a, const N: usize>(
        &'static self,
        object: &'a ManagedObject,
        arguments: [ValueRef<'a>; N],
    ) -> Call<'a, R> {
        Call::new(object, &self.info, arguments)
    }

    /// A call on the object that a reference leads to.
    pub fn call_on<'a, const N: usize>(
        &'static self,
        connection: &'a Connection,
        object: &'a ManagedObjectReference,
        arguments: [ValueRef<'a>; N],
    ) -> Call<'a, R> {
        Call::on(connection, object, &self.info, arguments)
    }
}

/// Links to the types of data objects: `types![VirtualCdrom, VirtualDisk]`.
#[macro_export]
macro_rules! types {
    ($($object:ident),* $(,)?) => {
        &[$(<$object as $crate::DataObject>::TYPE),*]
    };
}

/// The descriptions of enums: `enums![HostSystemPowerState, VirtualMachinePowerState]`.
#[macro_export]
macro_rules! enums {
    ($($name:ident),* $(,)?) => {
        &[$(<$name as $crate::erased::OpenEnum>::TYPE.info()),*]
    };
}
