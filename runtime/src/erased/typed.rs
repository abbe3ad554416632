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
        super::clone::clone_object(from, copy.as_mut_ptr().cast(), T::type_info());
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
/// Further attributes of the struct or of a field stand after its `wire`. One that changed how the struct is laid out
/// would make its description wrong, and is refused by the compiler:
///
/// ```compile_fail
/// # use vmomi_runtime::generated::*;
/// # static SERVICE: Service = Service { name: "s", namespace: "urn:s", version: "1", endpoint: "/", versions: &["1"] };
/// # static TYPES: TypeRegistry = TypeRegistry { service: &SERVICE, data_objects: &[], enums: &[] };
/// data_object! {
///     /// Data object `Device`.
///     #[wire("Device", SERVICE, Since(0))]
///     #[repr(packed)]
///     pub struct Device {
///         /// What a server sent beyond the type.
///         pub extra: Extra,
///         /// `key`: `xsd:long`.
///         #[wire("key", Since(0))]
///         pub key: i64,
///     }
/// }
/// ```
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
        $(#[$attribute:meta])*
        pub struct $name:ident {
            $(#[doc = $inherited:literal])*
            pub base: $base:ty,
            $(
                $(#[doc = $doc:literal])*
                #[wire($field_wire:literal, $field_since:path $(, $secret:ident)?)]
                $(#[$field_attribute:meta])*
                pub $field:ident: $type:ty,
            )*
        }
    ) => {
        $(#[doc = $about])*
        #[repr(C)]
        $(#[$attribute])*
        pub struct $name {
            $(#[doc = $inherited])*
            pub base: $base,
            $(
                $(#[doc = $doc])*
                $(#[$field_attribute])*
                pub $field: $type,
            )*
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
        $crate::data_object! {
            @describe [$(#[$attribute])*] [$wire, $service, $since] $name { base: $base,
                $([$(#[$field_attribute])*] $field_wire, $field_since $(, $secret)?; $field: $type,)*
            }
        }
    };
    (
        $(#[doc = $about:literal])*
        #[wire($wire:literal, $service:path, $since:path)]
        $(#[$attribute:meta])*
        pub struct $name:ident {
            $(#[doc = $unknown:literal])*
            pub extra: Extra,
            $(
                $(#[doc = $doc:literal])*
                #[wire($field_wire:literal, $field_since:path $(, $secret:ident)?)]
                $(#[$field_attribute:meta])*
                pub $field:ident: $type:ty,
            )*
        }
    ) => {
        $(#[doc = $about])*
        #[repr(C)]
        $(#[$attribute])*
        pub struct $name {
            $(#[doc = $unknown])*
            pub extra: $crate::Extra,
            $(
                $(#[doc = $doc])*
                $(#[$field_attribute])*
                pub $field: $type,
            )*
        }
        $crate::data_object! {
            @describe [$(#[$attribute])*] [$wire, $service, $since] $name { extra: $crate::Extra,
                $([$(#[$field_attribute])*] $field_wire, $field_since $(, $secret)?; $field: $type,)*
            }
        }
    };
    (
        @describe [] [$wire:literal, $service:path, $since:path] $name:ident { $head:ident: $base:ty,
            $([] $field_wire:literal, $field_since:path $(, $secret:ident)?; $field:ident: $type:ty,)*
        }
    ) => {
        // SAFETY: the struct is defined above, and `KIND` below leads to its description.
        unsafe impl $crate::erased::DataObject for $name {
            type Base = $base;
        }
        // SAFETY: a data object in place.
        unsafe impl $crate::erased::Item for $name {
            const KIND: $crate::erased::Kind = {
                // SAFETY: the struct is defined above: `repr(C)`, its base, and these fields. Attributes that could
                // have changed that have been checked not to have.
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
    // Attributes that are not known here: whatever they did, the struct must be what it was written as.
    (
        @describe [$($attribute:tt)*] [$($about:tt)*] $name:ident { $head:ident: $base:ty,
            $([$($field_attribute:tt)*] $field_wire:literal, $field_since:path $(, $secret:ident)?;
                $field:ident: $type:ty,)*
        }
    ) => {
        const _: () = {
            // Each field is there, of its type, and no other.
            let _: fn($name) = |$name { $head: _, $($field: _),* }| {};
            let _: fn(&$name) -> *const $base = |object| &raw const object.$head;
            $(let _: fn(&$name) -> *const $type = |object| &raw const object.$field;)*
            // Each is where `repr(C)` puts it.
            assert!(::core::mem::offset_of!($name, $head) == 0, "an attribute moved a field");
            let end = ::core::mem::size_of::<$base>();
            $(
                let place = end.next_multiple_of(::core::mem::align_of::<$type>());
                assert!(
                    ::core::mem::offset_of!($name, $field) == place,
                    "an attribute moved a field"
                );
                let end = place + ::core::mem::size_of::<$type>();
            )*
            let aligned = [::core::mem::align_of::<$base>() $(, ::core::mem::align_of::<$type>())*];
            let mut index = 0;
            while index < aligned.len() {
                assert!(
                    ::core::mem::align_of::<$name>() >= aligned[index],
                    "an attribute packed the fields"
                );
                index += 1;
            }
            assert!(end <= ::core::mem::size_of::<$name>());
        };
        $crate::data_object! {
            @describe [] [$($about)*] $name { $head: $base,
                $([] $field_wire, $field_since $(, $secret)?; $field: $type,)*
            }
        }
    };
}
