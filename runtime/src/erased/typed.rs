//! The traits of a generated struct, each a call to the interpreter.

use std::mem::MaybeUninit;

use super::interpret;
use super::object::DataObject;

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

/// Implements the traits of a data object: `data_object!(VirtualDisk: VirtualDevice, VIRTUAL_DISK)`.
///
/// For a type that extends nothing the base is left out. What follows in brackets are the
/// further ancestors, from the base of the base to the root.
///
/// With the feature `serde`, what is named `TYPES` where this is used must be the
/// [`TypeRegistry`](crate::TypeRegistry) of the service.
#[macro_export]
macro_rules! data_object {
    ($name:ident, $type:ident) => {
        $crate::data_object!(@ $name, $crate::erased::LinkTo::<Self>::new(&$type).kind());
    };
    ($name:ident: $base:ident, $type:ident) => {
        $crate::data_object!($name: $base [], $type);
    };
    ($name:ident: $base:ident [$($ancestor:ident),*], $type:ident) => {
        $crate::data_object!(@ $name, {
            // Objects and `Extra` have a size, so only one field is at the beginning. When that
            // is `base`, it is what the `Type` was made with.
            let object = ::core::mem::MaybeUninit::<Self>::uninit();
            let object = object.as_ptr();
            // Allowed because the contract of `new` is upheld here.
            #[allow(unsafe_code)]
            // SAFETY: the second pointer is a projection of the first; nothing is read.
            let _: $crate::erased::BeginsWith<Self, $base> =
                unsafe { $crate::erased::BeginsWith::new(object, &raw const (*object).base) };
            $crate::erased::LinkTo::<Self>::new(&$type).kind()
        });
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
        // Allowed because the struct begins with its base, as its `Type` proves.
        #[allow(unsafe_code)]
        // SAFETY: the `Type` extends `$base`, as `KIND` proves.
        unsafe impl $crate::erased::IsA<$base> for $name {}
        $(#[allow(unsafe_code)]
        // SAFETY: the bound holds only for an ancestor of the base.
        unsafe impl $crate::erased::IsA<$ancestor> for $name
        where
            $base: $crate::erased::IsA<$ancestor>,
        {
        })*
    };
    (@ $name:ident, $kind:expr) => {
        // Allowed because `Type` proves the layout that the contract asks for.
        #[allow(unsafe_code)]
        // SAFETY: `KIND` below leads to a `Type` of this struct.
        unsafe impl $crate::erased::DataObject for $name {}
        // Allowed because `Type` proves the layout that the contract asks for.
        #[allow(unsafe_code)]
        // SAFETY: a data object in place, described by its `Type`.
        unsafe impl $crate::erased::Item for $name {
            const KIND: $crate::erased::Kind = $kind;
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
                $crate::erased::ObjectRef::of(self) == $crate::erased::ObjectRef::of(other)
            }
        }
        impl ::core::fmt::Debug for $name {
            #[inline]
            fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
                ::core::fmt::Debug::fmt(&$crate::erased::ObjectRef::of(self), f)
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
