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

/// Compiles only if a data object can stand for one that would be generated: it extends the same one, and has the same
/// name on the wire.
pub const fn replaces_data_object<T: DataObject<Base = B>, B>(name: &str) {
    assert!(
        same(T::TYPE.get().name(), name),
        "a data object is to be replaced by one of another name on the wire"
    );
}

/// Compiles only if an enum can stand for one that would be generated: it has the same name on the wire.
pub const fn replaces_enum<T: OpenEnum>(name: &str) {
    assert!(
        same(T::TYPE.info().name(), name),
        "an enum is to be replaced by one of another name on the wire"
    );
}

/// Compiles only if a stub can stand for one that would be generated: its managed object has the same name on the wire.
pub const fn replaces_managed_object<T: Stub>(name: &str) {
    assert!(
        same(T::TYPE.name, name),
        "a stub is to be replaced by that of another managed object"
    );
}

/// Whether two texts are equal, which `==` cannot tell in a constant.
const fn same(one: &str, other: &str) -> bool {
    let (one, other) = (one.as_bytes(), other.as_bytes());
    if one.len() != other.len() {
        return false;
    }
    let mut index = 0;
    while index < one.len() {
        if one[index] != other[index] {
            return false;
        }
        index += 1;
    }
    true
}

/// Includes what a build script has generated, in the module where this stands: the code that it made without a name, or
/// that of a name.
///
/// ```ignore
/// pub mod api {
///     vmomi_runtime::include_api!();
/// }
/// pub mod pbm {
///     vmomi_runtime::include_api!("pbm");
/// }
/// ```
#[macro_export]
macro_rules! include_api {
    () => {
        $crate::include_api!("api");
    };
    ($name:literal) => {
        ::core::include!(::core::concat!(
            ::core::env!("OUT_DIR"),
            "/",
            $name,
            "/mod.rs"
        ));
    };
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
