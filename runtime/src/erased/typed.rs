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
/// The input looks like the struct. The `wire` attribute of the struct gives its wire name, service
/// and first API version; that of a field gives its wire name, first API version, and `secret` if
/// the value must never be shown. The first field is `base`, the data object that it extends, or,
/// if it extends none, `extra`, an [`Extra`](crate::Extra). The other fields are in the order of
/// the schema.
///
/// # Attributes
///
/// Other attributes follow `wire`; documentation may also precede it. A struct accepts `doc`,
/// `allow`,
/// `expect`, `deprecated`, `must_use` and `derive`. A field accepts the same except `derive`, and
/// `serde` for derives that read it. All others are compile errors, because the generated table
/// would not match a struct whose layout they change, as `repr`, attribute macros and `cfg_attr`
/// can. To compile a data object conditionally, put `cfg` on the macro call.
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
/// # Examples
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
// Any caller can invoke any arm, so every arm that contains `unsafe` also defines the struct that
// it vouches for. There are two. The first accepts only documentation and types that are plain
// names, so the struct and its table cannot differ. It covers nearly all generated types and adds
// no checks to compile. The other, `@define`, accepts everything else and has the compiler compare
// each type with that of the field: a macro in type position may expand to a different type each
// time.
//
// Soundness must not depend on paths that begin with `::core` or `::std`: a crate can declare other
// crates under these names.
#[macro_export]
macro_rules! data_object {
    (
        $(#[doc = $about:literal])*
        #[wire($wire:literal, $service:path, $since:path)]
        pub struct $name:ident {
            $(#[doc = $inherited:literal])*
            pub base: $base:ident,
            $(
                #[doc = $summary:literal]
                $(#[doc = $doc:literal])*
                #[wire($field_wire:literal, $field_since:path)]
                pub $field:ident: $type:ident $(<$of:ident $(<$within:ident $(>>)? $(>,)?)? $(>)?)?,
            )*
        }
    ) => {
        $(#[doc = $about])*
        #[repr(C)]
        pub struct $name {
            $(#[doc = $inherited])*
            pub base: $base,
            $(
                #[doc = $summary]
                $(#[doc = $doc])*
                pub $field: $type $(<$of $(<$within>)?>)?,
            )*
        }
        // SAFETY: the struct is defined above, and `KIND` below leads to its description.
        unsafe impl $crate::erased::DataObject for $name {
            type Base = $base;
        }
        // SAFETY: a data object in place.
        unsafe impl $crate::erased::Item for $name {
            const KIND: $crate::erased::Kind = {
                static TYPE: $crate::erased::TypeInfo = {
                    let service = &$service;
                    // SAFETY: the struct is defined above: `repr(C)`, its base, and these fields.
                    // Their types are names, which mean the same here and there.
                    unsafe {
                        $crate::erased::TypeInfo::new::<$name>(
                            $wire,
                            service,
                            $since,
                            &$crate::erased::FieldInfo::place::<$name, _>([
                                $($crate::erased::DeclaredField::of::<$type $(<$of $(<$within>)?>)?>(
                                    $field_wire,
                                    $field_since,
                                ),)*
                            ]),
                        )
                    }
                };
                $crate::erased::Kind::Inline($crate::erased::TypeLink::to(&TYPE))
            };
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
        $crate::data_object! { @traits extra $name }
    };
    (
        $(#[doc = $about:literal])*
        #[wire($($wire:tt)*)]
        $(#[$($attribute:tt)*])*
        pub struct $name:ident { $($body:tt)* }
    ) => {
        $crate::data_object! {
            @sort [$([$($attribute)*])*] [] [$([doc = $about])*] [$($wire)*] $name { $($body)* }
        }
    };
    // What is derived is taken from the attributes, since any macro may be called `derive`.
    (@sort [[derive($($derive:tt)*)] $($rest:tt)*] [$($derived:tt)*] $others:tt $($item:tt)*) => {
        $crate::data_object! { @sort [$($rest)*] [$($derived)* [$($derive)*]] $others $($item)* }
    };
    (@sort [$other:tt $($rest:tt)*] $derived:tt [$($others:tt)*] $($item:tt)*) => {
        $crate::data_object! { @sort [$($rest)*] $derived [$($others)* $other] $($item)* }
    };
    (
        @sort [] $derived:tt $others:tt $wire:tt $name:ident {
            $(#[doc = $unknown:literal])*
            pub extra: Extra,
            $($fields:tt)*
        }
    ) => {
        $crate::data_object! {
            @define $derived $others $wire $name {
                $(#[doc = $unknown])*
                pub extra: $crate::Extra,
                $($fields)*
            }
        }
    };
    (
        @sort [] $derived:tt $others:tt $wire:tt $name:ident {
            $(#[doc = $inherited:literal])*
            pub base: $base:ty,
            $($fields:tt)*
        }
    ) => {
        $crate::data_object! {
            @define $derived $others $wire $name {
                $(#[doc = $inherited])*
                pub base: $base,
                $($fields)*
            }
        }
    };
    (
        @define [$([$($derive:tt)*])*] [$([$($attribute:tt)*])*]
        [$wire:literal, $service:path, $since:path] $name:ident {
            $(#[doc = $about_head:literal])*
            pub $head:ident: $base:ty,
            $(
                $(#[doc = $doc:literal])*
                #[wire($field_wire:literal, $field_since:path $(, $secret:ident)?)]
                $(#[$($field_attribute:tt)*])*
                pub $field:ident: $type:ty,
            )*
        }
    ) => {
        $($crate::allowed_attribute! { type $($attribute)* })*
        $($($crate::allowed_attribute! { member $($field_attribute)* })*)*
        $(#[$($attribute)*])*
        #[repr(C)]
        $(#[$crate::erased::names::derive($($derive)*)])*
        pub struct $name {
            $(#[doc = $about_head])*
            pub $head: $base,
            $(
                $(#[doc = $doc])*
                $(#[$($field_attribute)*])*
                pub $field: $type,
            )*
        }
        #[allow(deprecated, reason = "what is deprecated is described like anything else")]
        const _: () = {
            // Each field is there, and no other.
            let _: fn(&$name) = |$name { $head: _, $($field: _),* }| {};
            // It begins with its base. A pointer to that is not taken for one to anything else.
            let _: fn(&$name) -> *const <$name as $crate::erased::DataObject>::Base =
                |object| &raw const object.$head;
            // SAFETY: the struct is defined above, and `KIND` below leads to its description.
            unsafe impl $crate::erased::DataObject for $name {
                type Base = $base;
            }
            // SAFETY: a data object in place.
            unsafe impl $crate::erased::Item for $name {
                const KIND: $crate::erased::Kind = {
                    static TYPE: $crate::erased::TypeInfo = {
                        let service = &$service;
                        // SAFETY: the struct is defined above: `repr(C)`, its base, and these
                        // fields, each of the type that the compiler finds it to have. All
                        // attributes have been checked to leave that as it is.
                        unsafe {
                            $crate::erased::TypeInfo::new::<$name>(
                                $wire,
                                service,
                                $since,
                                &$crate::erased::FieldInfo::place::<$name, _>([
                                    $($crate::erased::DeclaredField::within::<$name, $type>(
                                        |object| &raw const object.$field,
                                        $field_wire,
                                        $field_since,
                                    )
                                    $(.$secret())?,)*
                                ]),
                            )
                        }
                    };
                    $crate::erased::Kind::Inline($crate::erased::TypeLink::to(&TYPE))
                };
            }
            $crate::data_object! { @traits $head $name }
        };
    };
    (@traits base $name:ident) => {
        impl ::core::ops::Deref for $name {
            type Target = <$name as $crate::erased::DataObject>::Base;
            #[inline]
            fn deref(&self) -> &<$name as $crate::erased::DataObject>::Base {
                &self.base
            }
        }
        impl ::core::ops::DerefMut for $name {
            #[inline]
            fn deref_mut(&mut self) -> &mut <$name as $crate::erased::DataObject>::Base {
                &mut self.base
            }
        }
        $crate::data_object! { @traits extra $name }
    };
    (@traits extra $name:ident) => {
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
