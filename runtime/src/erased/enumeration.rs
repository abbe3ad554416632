//! Open enums: the values that the schema knows, and any other that a server sends.

use std::marker::PhantomData;
use std::mem::{ManuallyDrop, MaybeUninit};
use std::ptr;

use crate::service::{Service, Since};

/// Everything the interpreter knows of one enum type.
#[derive(Debug)]
pub struct EnumInfo {
    name: &'static str,
    service: &'static Service,
    since: Since,
    values: &'static [&'static str],
    /// How `Option` of the enum represents `None`, in the place of the tag.
    none_tag: u16,
}

impl PartialEq for EnumInfo {
    /// Every enum has one description.
    fn eq(&self, other: &Self) -> bool {
        ptr::eq(self, other)
    }
}

impl EnumInfo {
    /// The wire name: the `name` of the `simpleType`.
    #[must_use]
    pub const fn name(&self) -> &'static str {
        self.name
    }

    /// The service whose namespace the type belongs to.
    #[must_use]
    pub fn service(&self) -> &'static Service {
        self.service
    }

    /// The API version that introduced the type.
    #[must_use]
    pub fn since(&self) -> Since {
        self.since
    }

    /// The wire values that the schema enumerates, in its order.
    #[must_use]
    pub fn values(&self) -> &'static [&'static str] {
        self.values
    }

    /// Where among the values of the schema a wire value is.
    pub(super) fn position(&self, value: &str) -> Option<usize> {
        self.values.iter().position(|known| *known == value)
    }
}

/// [`EnumInfo`] of the enum `E`. Having one proves that `E` has the layout of `RawEnum`.
#[derive(Debug)]
#[repr(transparent)]
pub struct EnumType<E> {
    info: EnumInfo,
    described: PhantomData<fn() -> E>,
}

/// A generated enum: the values of the schema and `Unknown`.
///
/// Implemented by [`open_enum!`](crate::open_enum).
pub trait OpenEnum: Clone + PartialEq + Send + Sync + Sized + 'static {
    /// The description of this enum.
    const TYPE: &'static EnumType<Self>;
}

/// The layout that every open enum has: `repr(u16)`, one variant a known value in the order of
/// the schema, and last `Unknown(Box<str>)`. The language defines such an enum as a union of structs
/// that each begin with the tag; this is the struct of the last variant.
#[repr(C)]
pub(super) struct RawEnum {
    tag: u16,
    /// Initialised only when `tag` is the number of known values.
    unknown: MaybeUninit<Box<str>>,
}

impl<E: OpenEnum> EnumType<E> {
    /// Describes an enum; use [`open_enum!`](crate::open_enum), which upholds the contract.
    ///
    /// # Safety
    /// `E` is `repr(u16)` and has one variant without fields for each of `values`, in their order and numbered from 0,
    /// and then one more, which `_unknown` makes and which holds nothing but its argument.
    #[must_use]
    pub const unsafe fn new(
        name: &'static str,
        service: &'static Service,
        since: Since,
        values: &'static [&'static str],
        _unknown: fn(Box<str>) -> E,
    ) -> Self {
        assert!(
            size_of::<E>() == size_of::<RawEnum>()
                && size_of::<Option<E>>() == size_of::<E>()
                && align_of::<E>() == align_of::<RawEnum>(),
            "an open enum is repr(u16) and holds nothing but Unknown(Box<str>)"
        );
        let none = ManuallyDrop::new(None::<E>);
        // SAFETY: `Option<E>` is as large as `E`, so `None` is told by a value of the tag that `E` does not use; were
        // it told elsewhere, this reads uninitialised memory, and compilation fails.
        let none_tag = unsafe { (&raw const none).cast::<u16>().read() };
        assert!(
            none_tag as usize > values.len(),
            "None must differ from every variant"
        );
        Self {
            info: EnumInfo {
                name,
                service,
                since,
                values,
                none_tag,
            },
            described: PhantomData,
        }
    }

    /// The description without the type it describes.
    #[must_use]
    pub const fn info(&'static self) -> &'static EnumInfo {
        &self.info
    }
}

impl RawEnum {
    /// Writes the variant for a wire value.
    ///
    /// # Safety
    /// `slot` points to memory for an enum that `info` describes; what it held is not dropped.
    pub(super) unsafe fn write(slot: *mut Self, info: &EnumInfo, value: &str) {
        // SAFETY: as required here; the position is that of the value.
        unsafe { Self::write_at(slot, info, info.position(value), value) };
    }

    /// Writes the variant for a wire value at a position among those known, or for one that is not.
    ///
    /// # Safety
    /// `slot` points to memory for an enum that `info` describes; what it held is not dropped. The
    /// position is less than the number of its values.
    pub(super) unsafe fn write_at(
        slot: *mut Self,
        info: &EnumInfo,
        known: Option<usize>,
        value: &str,
    ) {
        let tag = known.unwrap_or(info.values.len());
        // SAFETY: the memory is writable; `EnumType::new` counted the variants in `u16`.
        unsafe {
            (&raw mut (*slot).tag).write(u16::try_from(tag).unwrap_or(u16::MAX));
            if known.is_none() {
                (&raw mut (*slot).unknown).write(MaybeUninit::new(value.into()));
            }
        }
    }

    /// Copies an enum, or `Option` of one.
    ///
    /// # Safety
    /// `from` points to one that `info` describes, `to` to memory for another.
    pub(super) unsafe fn clone(from: *const Self, to: *mut Self, info: &EnumInfo) {
        // SAFETY: the tag is always initialised, and says whether `unknown` is.
        unsafe {
            let tag = (*from).tag;
            (&raw mut (*to).tag).write(tag);
            if usize::from(tag) == info.values.len() {
                let copy = (*from).unknown.assume_init_ref().clone();
                (&raw mut (*to).unknown).write(MaybeUninit::new(copy));
            }
        }
    }

    /// The wire value, or `None` where the memory holds `None` of an `Option`.
    ///
    /// # Safety
    /// `slot` points to an enum, or `Option` of one, that `info` describes.
    pub(super) unsafe fn value<'a>(slot: *const Self, info: &'static EnumInfo) -> Option<&'a str> {
        // SAFETY: the tag is always initialised, and says whether `unknown` is.
        unsafe {
            let tag = (*slot).tag;
            if tag == info.none_tag {
                return None;
            }
            match info.values.get(usize::from(tag)) {
                Some(known) => Some(known),
                None => Some((*slot).unknown.assume_init_ref()),
            }
        }
    }

    /// Writes `None` of an `Option` of the enum.
    ///
    /// # Safety
    /// `slot` points to memory for an `Option` of an enum that `info` describes.
    pub(super) unsafe fn write_none(slot: *mut Self, info: &EnumInfo) {
        // SAFETY: as stated; `EnumType::new` read this tag from a `None`.
        unsafe { (&raw mut (*slot).tag).write(info.none_tag) };
    }

    /// Drops the enum, or `Option` of one.
    ///
    /// # Safety
    /// `slot` points to one that `info` describes, which is not used again.
    pub(super) unsafe fn drop(slot: *mut Self, info: &EnumInfo) {
        // SAFETY: the tag is always initialised, and says whether `unknown` is.
        unsafe {
            let tag = (*slot).tag;
            if usize::from(tag) == info.values.len() {
                (*slot).unknown.assume_init_drop();
            }
        }
    }
}

/// The wire value of an enum, known or not.
#[must_use]
pub fn enum_value<E: OpenEnum>(value: &E) -> &str {
    let info = E::TYPE.info();
    // SAFETY: `EnumType<E>` proves the layout; the borrow is that of `value`.
    unsafe { RawEnum::value(ptr::from_ref(value).cast(), info) }.unwrap_or_default()
}

/// A copy of an enum.
#[must_use]
pub fn clone_enum<E: OpenEnum>(value: &E) -> E {
    let mut copy = MaybeUninit::<E>::uninit();
    // SAFETY: `EnumType<E>` proves the layout; `clone` initialises the enum.
    unsafe {
        let from = ptr::from_ref(value).cast();
        RawEnum::clone(from, copy.as_mut_ptr().cast(), E::TYPE.info());
        copy.assume_init()
    }
}

/// The variant for a wire value: a known one, or `Unknown` with the value.
#[must_use]
pub fn enum_from_value<E: OpenEnum>(value: &str) -> E {
    let mut slot = MaybeUninit::<E>::uninit();
    // SAFETY: `EnumType<E>` proves the layout; `write` initialises the enum.
    unsafe {
        RawEnum::write(slot.as_mut_ptr().cast(), E::TYPE.info(), value);
        slot.assume_init()
    }
}

/// Defines an open enum, with its description and traits.
///
/// The input looks like the enum, without the variant `Unknown(Box<str>)`, which is added last. The
/// `wire` attribute of the enum gives its wire name, service and first API version; that of a
/// variant gives its wire value. Other attributes follow `wire`. The enum accepts those that
/// [`data_object!`](crate::data_object#attributes) accepts on a struct, and a variant those of a
/// field.
///
/// ```
/// # use vmomi_runtime::generated::*;
/// # static SERVICE: Service = Service { name: "s", namespace: "urn:s", version: "1", endpoint: "/", versions: &["1"] };
/// # const V1: Since = Since(0);
/// open_enum! {
///     /// Whether a machine runs.
///     #[wire("PowerState", SERVICE, V1)]
///     pub enum PowerState {
///         /// It runs.
///         #[wire("poweredOn")]
///         PoweredOn,
///     }
/// }
///
/// assert_eq!(PowerState::from("poweredOn"), PowerState::PoweredOn);
/// assert_eq!(PowerState::from("melting"), PowerState::Unknown("melting".into()));
/// ```
// As for `data_object!`, the arm that vouches for an enum, `@define`, defines it too.
#[macro_export]
macro_rules! open_enum {
    (
        $(#[doc = $about:literal])*
        #[wire($($wire:tt)*)]
        pub enum $name:ident { $($body:tt)* }
    ) => {
        $crate::open_enum! {
            @define [] [$([doc = $about])*] [$($wire)*] $name { $($body)* }
        }
    };
    (
        $(#[doc = $about:literal])*
        #[wire($($wire:tt)*)]
        $(#[$($attribute:tt)*])*
        pub enum $name:ident { $($body:tt)* }
    ) => {
        $crate::open_enum! {
            @sort [$([$($attribute)*])*] [] [$([doc = $about])*] [$($wire)*] $name { $($body)* }
        }
    };
    // What is derived is taken from the attributes, since any macro may be called `derive`.
    (@sort [[derive($($derive:tt)*)] $($rest:tt)*] [$($derived:tt)*] $others:tt $($item:tt)*) => {
        $crate::open_enum! { @sort [$($rest)*] [$($derived)* [$($derive)*]] $others $($item)* }
    };
    (@sort [$other:tt $($rest:tt)*] $derived:tt [$($others:tt)*] $($item:tt)*) => {
        $crate::open_enum! { @sort [$($rest)*] $derived [$($others)* $other] $($item)* }
    };
    (@sort [] $($sorted:tt)*) => {
        $crate::open_enum! { @define $($sorted)* }
    };
    (
        @define [$([$($derive:tt)*])*] [$([$($attribute:tt)*])*]
        [$wire:literal, $service:path, $since:path] $name:ident {
            $(
                $(#[doc = $doc:literal])*
                #[wire($value:literal)]
                $(#[$($value_attribute:tt)*])*
                $variant:ident,
            )*
        }
    ) => {
        $($crate::allowed_attribute! { type $($attribute)* })*
        $($($crate::allowed_attribute! { member $($value_attribute)* })*)*
        $(#[$($attribute)*])*
        #[repr(u16)]
        #[non_exhaustive]
        $(#[$crate::erased::names::derive($($derive)*)])*
        pub enum $name {
            $(
                $(#[doc = $doc])*
                $(#[$($value_attribute)*])*
                $variant,
            )*
            /// A value that this version of the API does not have.
            Unknown($crate::erased::names::Box<str>),
        }
        #[allow(deprecated, reason = "what is deprecated is described like anything else")]
        const _: () = {
            impl $crate::erased::OpenEnum for $name {
                const TYPE: &'static $crate::erased::EnumType<Self> = {
                    static TYPE: $crate::erased::EnumType<$name> = {
                        let service = &$service;
                        // SAFETY: the enum is defined above, with these values. All attributes have
                        // been checked to leave it as it is.
                        unsafe {
                            $crate::erased::EnumType::new(
                                $wire,
                                service,
                                $since,
                                &[$($value),*],
                                $name::Unknown,
                            )
                        }
                    };
                    &TYPE
                };
            }
            // SAFETY: an open enum, described by its `TYPE`.
            unsafe impl $crate::erased::Item for $name {
                const KIND: $crate::erased::Kind =
                    $crate::erased::Kind::Enum(<Self as $crate::erased::OpenEnum>::TYPE.info());
            }
            impl ::core::clone::Clone for $name {
                #[inline]
                fn clone(&self) -> Self {
                    $crate::erased::clone_enum(self)
                }
            }
            impl ::core::cmp::PartialEq for $name {
                #[inline]
                fn eq(&self, other: &Self) -> bool {
                    $crate::erased::enum_value(self) == $crate::erased::enum_value(other)
                }
            }
            impl ::core::cmp::Eq for $name {}
            impl ::core::hash::Hash for $name {
                #[inline]
                fn hash<H: ::core::hash::Hasher>(&self, state: &mut H) {
                    ::core::hash::Hash::hash($crate::erased::enum_value(self), state);
                }
            }
            impl ::core::fmt::Debug for $name {
                #[inline]
                fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
                    $crate::erased::debug_enum(self, f)
                }
            }
            impl ::core::fmt::Display for $name {
                #[inline]
                fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
                    $crate::erased::display_enum(self, f)
                }
            }
            impl ::core::default::Default for $name {
                #[inline]
                fn default() -> Self {
                    $name::Unknown(::core::default::Default::default())
                }
            }
            impl ::core::convert::AsRef<str> for $name {
                #[inline]
                fn as_ref(&self) -> &str {
                    $crate::erased::enum_value(self)
                }
            }
            impl ::core::convert::From<&str> for $name {
                #[inline]
                fn from(value: &str) -> Self {
                    $crate::erased::enum_from_value(value)
                }
            }
            $crate::json_of_enum!($name);
        };
    };
}
