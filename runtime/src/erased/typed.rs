//! A generated struct and its traits, each a call to the interpreter.

use std::fmt;
use std::mem::MaybeUninit;

use super::interpret;
use super::object::DataObject;
use super::view::ObjectRef;

/// A copy of an object, made field by field.
#[must_use]
pub fn clone_object<T: DataObject>(object: &T) -> T {
    let mut copy = MaybeUninit::<T>::uninit();
    // SAFETY: its type describes `T`, and the interpreter initialises every field.
    unsafe {
        let from = std::ptr::from_ref(object).cast();
        interpret::clone(from, copy.as_mut_ptr().cast(), T::type_info());
        copy.assume_init()
    }
}

/// An object with every field unset or at its default.
#[must_use]
pub fn default_object<T: DataObject>() -> T {
    let mut object = MaybeUninit::<T>::uninit();
    // SAFETY: its type describes `T`, and the interpreter initialises every field.
    unsafe {
        interpret::init(object.as_mut_ptr().cast(), T::type_info());
        object.assume_init()
    }
}

/// Whether all fields of two objects are equal.
#[must_use]
pub fn equal_objects<T: DataObject>(one: &T, other: &T) -> bool {
    ObjectRef::of(one) == ObjectRef::of(other)
}

/// Shows an object as `Debug` does.
///
/// # Errors
/// As the formatter says.
pub fn show_object<T: DataObject>(object: &T, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    fmt::Debug::fmt(&ObjectRef::of(object), f)
}

/// Defines a data object, with its description and traits.
///
/// It is written as the struct that it becomes. Before its name stand its name on the wire, the service that it
/// belongs to, and the API version that introduced it; before a field the field's name on the wire, the API version,
/// and `secret` where the value must never be shown. It begins with the data object that it extends, as `base`, or,
/// where it extends none, with [`Extra`](crate::Extra), as `extra`. Fields stand in the order of the schema.
///
/// With the feature `serde`, what is named `TYPES` where this is used must be the
/// [`TypeRegistry`](crate::TypeRegistry) of the service.
///
/// ```
/// # use vmomi_runtime::generated::*;
/// # static SERVICE: Service = Service { name: "s", namespace: "urn:s", version: "1", endpoint: "/", versions: &["1"] };
/// # static TYPES: TypeRegistry = TypeRegistry { service: &SERVICE, data_objects: &[], enums: &[] };
/// # const V1: Since = Since(0);
/// data_object! {
///     /// Data object `Device`.
///     #[wire("Device", SERVICE, V1)]
///     pub struct Device {
///         /// What a server sent beyond the type.
///         pub extra: Extra,
///         /// `key`: `xsd:int`.
///         #[wire("key", V1)]
///         pub key: i32,
///     }
/// }
/// data_object! {
///     /// Data object `Disk`, extends [`Device`].
///     #[wire("Disk", SERVICE, V1)]
///     pub struct Disk {
///         /// The fields of [`Device`].
///         pub base: Device,
///         /// `capacityInKB`: `xsd:long`, optional.
///         #[wire("capacityInKB", V1)]
///         pub capacity_in_kb: Option<i64>,
///         /// `passphrase`: `xsd:string`.
///         #[wire("passphrase", V1, secret)]
///         pub passphrase: String,
///     }
/// }
///
/// let mut disk = Disk { capacity_in_kb: Some(1), ..Default::default() };
/// disk.key = 2000;
/// assert_eq!(disk.clone(), disk);
/// ```
#[macro_export]
macro_rules! data_object {
    (
        $(#[doc = $about:literal])*
        #[wire($wire:literal, $service:path, $since:path)]
        pub struct $name:ident {
            $(#[doc = $inherited:literal])*
            pub base: $base:ident,
            $($fields:tt)*
        }
    ) => {
        $crate::data_object! {
            @define [$(#[doc = $about])*] [$wire, $service, $since]
            $name { [$(#[doc = $inherited])*] base: $base, $($fields)* }
        }
        impl ::core::ops::Deref for $name {
            type Target = $base;
            #[inline]
            fn deref(&self) -> &$base {
                &self.base
            }
        }
        impl ::core::ops::DerefMut for $name {
            #[inline]
            fn deref_mut(&mut self) -> &mut $base {
                &mut self.base
            }
        }
    };
    (
        $(#[doc = $about:literal])*
        #[wire($wire:literal, $service:path, $since:path)]
        pub struct $name:ident {
            $(#[doc = $unknown:literal])*
            pub extra: Extra,
            $($fields:tt)*
        }
    ) => {
        $crate::data_object! {
            @define [$(#[doc = $about])*] [$wire, $service, $since]
            $name { [$(#[doc = $unknown])*] extra: $crate::Extra, $($fields)* }
        }
    };
    (
        @define [$($about:tt)*] [$wire:literal, $service:path, $since:path]
        $name:ident {
            [$($about_head:tt)*] $head:ident: $base:ty,
            $(
                $(#[doc = $doc:literal])*
                #[wire($field_wire:literal, $field_since:path $(, $secret:ident)?)]
                pub $field:ident: $type:ty,
            )*
        }
    ) => {
        $($about)*
        #[repr(C)]
        pub struct $name {
            $($about_head)*
            pub $head: $base,
            $(
                $(#[doc = $doc])*
                pub $field: $type,
            )*
        }
        // SAFETY: the struct is defined above, and `KIND` below leads to its description.
        unsafe impl $crate::erased::DataObject for $name {
            type Base = $base;
        }
        // SAFETY: a data object in place.
        unsafe impl $crate::erased::Item for $name {
            const KIND: $crate::erased::Kind = {
                // SAFETY: the struct is defined above: `repr(C)`, its base, and these fields.
                static TYPE: $crate::erased::TypeInfo = unsafe {
                    $crate::erased::TypeInfo::new::<$name>(
                        $wire,
                        &$service,
                        $since,
                        &$crate::erased::FieldInfo::place::<$name, _>([
                            $($crate::erased::DeclaredField::of::<$type>($field_wire, $field_since)
                                $(.$secret())?,)*
                        ]),
                    )
                };
                $crate::erased::Kind::Inline($crate::erased::TypeLink::to(&TYPE))
            };
        }
        impl ::core::clone::Clone for $name {
            #[inline]
            fn clone(&self) -> Self {
                $crate::erased::clone_object(self)
            }
        }
        impl ::core::cmp::PartialEq for $name {
            #[inline]
            fn eq(&self, other: &Self) -> bool {
                $crate::erased::equal_objects(self, other)
            }
        }
        impl ::core::fmt::Debug for $name {
            #[inline]
            fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
                $crate::erased::show_object(self, f)
            }
        }
        impl ::core::default::Default for $name {
            #[inline]
            fn default() -> Self {
                $crate::erased::default_object()
            }
        }
        $crate::json_of_data_object!($name);
    };
}
