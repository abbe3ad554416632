//! `Serialize` and `Deserialize` of what is not generated, and the macros for what is.

use serde_core::de::{Deserialize, Deserializer, Error};
use serde_core::ser::{Serialize, Serializer};

use super::encode::{JsonForm, Place, serialize_array};
use super::seed::{deserialize, serialize};
use crate::any::{Any, AnyArray};
use crate::erased::{AnyObject, DataObject, Dyn, ListRef, ObjectRef, ValueRef};
use crate::lexical::binary::Binary;
use crate::reference::{ManagedObjectReference, MoRef};
use crate::service::{Service, TypeRegistry};

/// A data object that knows the types of its service, which its subtypes and its fields may be of.
///
/// Implemented by [`data_object!`](crate::data_object), with the feature `serde`. Only
/// deserializing refers to it: a program that does not is not linked with all types.
pub trait Registered: DataObject {
    /// All types of the service.
    #[must_use]
    fn registry() -> &'static TypeRegistry;
}

/// The types that are not generated.
static NO_TYPES: TypeRegistry = TypeRegistry {
    service: &Service {
        name: "vim25",
        namespace: "urn:vim25",
        version: "",
        endpoint: "",
        versions: &[],
    },
    data_objects: &[],
    enums: &[],
};

macro_rules! without_types {
    ($([$($parameter:ident)?] $name:ty),* $(,)?) => {$(
        impl $(<$parameter: 'static>)? Serialize for $name {
            fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serialize(self, serializer)
            }
        }

        impl<'de $(, $parameter: 'static)?> Deserialize<'de> for $name {
            fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                deserialize(deserializer, &NO_TYPES)
            }
        }
    )*};
}

without_types! {
    [] Any,
    [] Binary,
    [] ManagedObjectReference,
    [T] MoRef<T>,
}

impl Serialize for AnyArray {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serialize_array(self, Place::ROOT, serializer)
    }
}

impl<'de> Deserialize<'de> for AnyArray {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        match deserialize(deserializer, &NO_TYPES)? {
            Any::Array(array) => Ok(array),
            _ => Err(D::Error::custom("expected an array of a type known here")),
        }
    }
}

impl Serialize for AnyObject {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.as_object().serialize(serializer)
    }
}

impl Serialize for ObjectRef<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        ValueRef::Object(*self).serialize(serializer)
    }
}

impl Serialize for ListRef<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        ValueRef::List(*self).serialize(serializer)
    }
}

impl Serialize for ValueRef<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        JsonForm::of(*self).serialize(serializer)
    }
}

impl<T: DataObject> Serialize for Dyn<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.as_object().serialize(serializer)
    }
}

impl<'de, T: Registered> Deserialize<'de> for Dyn<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserialize(deserializer, T::registry())
    }
}

/// Serde's own names, for the macros.
#[doc(hidden)]
pub mod private {
    pub use serde_core::{Deserialize, Deserializer, Serialize, Serializer};

    use super::{NO_TYPES, deserialize};
    use crate::erased::Item;

    /// Reads a value that no type of any service is needed for.
    ///
    /// # Errors
    /// When the input cannot be read.
    pub fn deserialize_plain<'de, T: Item, D: Deserializer<'de>>(
        deserializer: D,
    ) -> Result<T, D::Error> {
        deserialize(deserializer, &NO_TYPES)
    }
}

/// The traits of serde for a data object, whose service's types are `TYPES` where this is used.
#[doc(hidden)]
#[macro_export]
macro_rules! json_of_data_object {
    ($name:ident) => {
        impl $crate::json::Registered for $name {
            #[inline]
            fn registry() -> &'static $crate::TypeRegistry {
                &TYPES
            }
        }
        impl $crate::json::private::Serialize for $name {
            #[inline]
            fn serialize<S: $crate::json::private::Serializer>(
                &self,
                serializer: S,
            ) -> ::core::result::Result<S::Ok, S::Error> {
                $crate::json::serialize(self, serializer)
            }
        }
        impl<'de> $crate::json::private::Deserialize<'de> for $name {
            #[inline]
            fn deserialize<D: $crate::json::private::Deserializer<'de>>(
                deserializer: D,
            ) -> ::core::result::Result<Self, D::Error> {
                $crate::json::deserialize(deserializer, &TYPES)
            }
        }
    };
}

/// The traits of serde for an enum.
#[doc(hidden)]
#[macro_export]
macro_rules! json_of_enum {
    ($name:ident) => {
        impl $crate::json::private::Serialize for $name {
            #[inline]
            fn serialize<S: $crate::json::private::Serializer>(
                &self,
                serializer: S,
            ) -> ::core::result::Result<S::Ok, S::Error> {
                $crate::json::serialize(self, serializer)
            }
        }
        impl<'de> $crate::json::private::Deserialize<'de> for $name {
            #[inline]
            fn deserialize<D: $crate::json::private::Deserializer<'de>>(
                deserializer: D,
            ) -> ::core::result::Result<Self, D::Error> {
                $crate::json::private::deserialize_plain(deserializer)
            }
        }
    };
}
