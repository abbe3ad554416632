//! Managed objects: what lives on the server, reached by reference.

use std::fmt;
use std::ops::Deref;

use crate::connection::Connection;
use crate::erased::{Returned, Shape};
use crate::reference::{ManagedObjectReference, MoRef};
use crate::service::{Service, Since};

/// A managed object of any type: a reference bound to the connection that its calls go through.
///
/// Every stub derefs to this one, as the root of the hierarchy.
#[derive(Clone)]
pub struct ManagedObject {
    reference: ManagedObjectReference,
    connection: Connection,
}

impl ManagedObject {
    /// Binds a reference to a connection. Nothing is sent.
    #[must_use]
    pub fn bind(reference: ManagedObjectReference, connection: &Connection) -> Self {
        Self {
            reference,
            connection: connection.clone(),
        }
    }

    /// The reference.
    #[must_use]
    pub fn untyped_reference(&self) -> &ManagedObjectReference {
        &self.reference
    }

    /// The connection that calls go through.
    #[must_use]
    pub fn connection(&self) -> &Connection {
        &self.connection
    }
}

impl fmt::Debug for ManagedObject {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(&self.reference, f)
    }
}

/// A generated stub of a managed object type; its methods are the operations.
///
/// Implemented by [`managed_object!`](crate::managed_object).
pub trait Stub: Deref + Sized + Send + Sync + 'static {
    /// The description of the managed object type.
    const TYPE: &'static ManagedType;

    /// Binds a reference to a connection. Nothing is sent.
    #[must_use]
    fn bind(reference: impl Into<ManagedObjectReference>, connection: &Connection) -> Self;

    /// Binds the object with an identifier to a connection, such as one that every server has by the same: the stub
    /// `ServiceInstance` has `ServiceInstance`. Nothing is sent.
    #[must_use]
    fn with_id(id: &str, connection: &Connection) -> Self {
        Self::bind(ManagedObjectReference::new(Self::TYPE.name, id), connection)
    }

    /// The reference that the stub is bound to.
    #[must_use]
    fn reference(&self) -> MoRef<Self>;
}

impl<T: Stub> MoRef<T> {
    /// The stub for this reference, whose calls go through the connection.
    #[must_use]
    pub fn bind(&self, connection: &Connection) -> T {
        T::bind(self.clone(), connection)
    }
}

/// Everything the runtime knows of one managed object type.
#[derive(Debug)]
pub struct ManagedType {
    /// The wire name: `VirtualMachine`.
    pub name: &'static str,
    /// The service that the type belongs to.
    pub service: &'static Service,
    /// The API version that introduced the type.
    pub since: Since,
    /// The type that this one extends.
    pub base: Option<&'static ManagedType>,
    /// The properties that this type adds to its base.
    pub properties: &'static [PropertyInfo],
}

impl ManagedType {
    /// This type, its base, the base of that, and so on to the root.
    pub fn ancestry(&'static self) -> impl Iterator<Item = &'static Self> {
        std::iter::successors(Some(self), |managed| managed.base)
    }

    /// The property with this name, of this type or one that it extends.
    #[must_use]
    pub fn property(&'static self, name: &str) -> Option<&'static PropertyInfo> {
        self.ancestry()
            .flat_map(|managed| managed.properties)
            .find(|property| property.name == name)
    }
}

/// One property of a managed object type, as the PropertyCollector retrieves it.
#[derive(Debug)]
pub struct PropertyInfo {
    name: &'static str,
    shape: Option<Shape>,
    since: Since,
}

impl PropertyInfo {
    /// Describes a property of type `T`, `Option<T>` or `Vec<T>`.
    #[must_use]
    pub const fn new<T: Returned>(name: &'static str, since: Since) -> Self {
        Self {
            name,
            shape: T::SHAPE,
            since,
        }
    }

    /// The name, as the first part of a property path.
    #[must_use]
    pub fn name(&self) -> &'static str {
        self.name
    }

    /// What the property holds.
    #[must_use]
    pub fn shape(&self) -> Option<Shape> {
        self.shape
    }

    /// The API version that introduced the property.
    #[must_use]
    pub fn since(&self) -> Since {
        self.since
    }
}

/// Implements the traits of a stub:
/// `managed_object!(VirtualMachine: ManagedEntity, VIRTUAL_MACHINE);` for
/// `struct VirtualMachine { base: ManagedEntity }`.
#[macro_export]
macro_rules! managed_object {
    ($name:ident: $base:ty, $type:ident) => {
        impl $crate::Stub for $name {
            const TYPE: &'static $crate::ManagedType = &$type;
            fn bind(
                reference: impl ::core::convert::Into<$crate::ManagedObjectReference>,
                connection: &$crate::Connection,
            ) -> Self {
                Self {
                    base: <$base>::bind(reference.into(), connection),
                }
            }
            fn reference(&self) -> $crate::MoRef<Self> {
                self.untyped_reference().clone().typed()
            }
        }
        impl ::core::ops::Deref for $name {
            type Target = $base;
            #[inline]
            fn deref(&self) -> &$base {
                &self.base
            }
        }
        impl ::core::fmt::Debug for $name {
            fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
                ::core::fmt::Debug::fmt(self.untyped_reference(), f)
            }
        }
        impl ::core::clone::Clone for $name {
            fn clone(&self) -> Self {
                Self {
                    base: ::core::clone::Clone::clone(&self.base),
                }
            }
        }
    };
}
