//! What a field holds, told as data: a [`Kind`] of value and its [`Arity`].
//!
//! The Rust type of a field decides its [`Shape`] through the [`Field`] trait, so a table cannot
//! disagree with the struct it describes.

use super::enumeration::EnumInfo;
use super::object::{DataObject, Dyn};
use super::type_info::{TypeInfo, TypeLink};
use crate::any::Any;
use crate::lexical::binary::Binary;
use crate::lexical::date_time::DateTime;
use crate::reference::{ManagedObjectReference, MoRef};

/// The kind of one value, whatever its arity.
#[derive(Clone, Copy, Debug)]
pub enum Kind {
    /// `xsd:boolean`
    Bool,
    /// `xsd:byte`
    Byte,
    /// `xsd:short`
    Short,
    /// `xsd:int`
    Int,
    /// `xsd:long`
    Long,
    /// `xsd:float`
    Float,
    /// `xsd:double`
    Double,
    /// `xsd:string` and `xsd:anyURI`
    String,
    /// `xsd:dateTime`
    DateTime,
    /// `xsd:base64Binary`
    Binary,
    /// `xsd:anyType`
    Any,
    /// `ManagedObjectReference`
    Reference,
    /// A `simpleType` with enumerated values.
    Enum(&'static EnumInfo),
    /// A data object without subtypes, held in place.
    Inline(TypeLink),
    /// A data object without subtypes, behind a `Box`.
    Boxed(TypeLink),
    /// A data object or any of its subtypes.
    Dyn(TypeLink),
}

impl Kind {
    /// The data object that the schema declares here, if it declares one.
    #[must_use]
    pub fn declared_type(self) -> Option<&'static TypeInfo> {
        match self {
            Self::Inline(link) | Self::Boxed(link) | Self::Dyn(link) => Some(link.get()),
            _ => None,
        }
    }

    /// How many bytes one value takes in a list of its own Rust type, without what it owns.
    pub(crate) fn item_bytes(self) -> usize {
        super::interpret::stride(self)
    }

    /// The name of the kind in the schema, for messages: `xsd:int`, `VirtualDevice`.
    #[must_use]
    pub fn wire_name(self) -> &'static str {
        match self {
            Self::Bool => "xsd:boolean",
            Self::Byte => "xsd:byte",
            Self::Short => "xsd:short",
            Self::Int => "xsd:int",
            Self::Long => "xsd:long",
            Self::Float => "xsd:float",
            Self::Double => "xsd:double",
            Self::String => "xsd:string",
            Self::DateTime => "xsd:dateTime",
            Self::Binary => "xsd:base64Binary",
            Self::Any => "xsd:anyType",
            Self::Reference => "ManagedObjectReference",
            Self::Enum(info) => info.name(),
            Self::Inline(link) | Self::Boxed(link) | Self::Dyn(link) => link.get().name(),
        }
    }
}

/// How many values a field holds, and how its Rust type keeps them.
#[derive(Clone, Copy, Debug)]
pub enum Arity {
    /// `T`
    One,
    /// `Option<T>`
    Optional,
    /// `Vec<T>`, where `T` is the one Rust type of its kind.
    List,
    /// `Vec<T>`, where `T` is generated, reached through functions that know `T`.
    ErasedList(&'static VecAccess),
}

/// The shape of a field.
#[derive(Clone, Copy, Debug)]
pub struct Shape {
    /// What each value is.
    pub kind: Kind,
    /// How many there are.
    pub arity: Arity,
}

impl Shape {
    /// Whether there may be any number of values.
    #[must_use]
    pub fn is_list(self) -> bool {
        matches!(self.arity, Arity::List | Arity::ErasedList(_))
    }
}

/// Takes a `Vec<T>` apart and puts it together again for code that does not know `T`.
///
/// The layout of `Vec<T>` is not specified, so only these two functions touch one; all growing,
/// cloning and freeing works on the parts.
#[derive(Debug)]
pub struct VecAccess {
    /// Pointer to the first element, length and capacity.
    pub(super) parts: unsafe fn(*const u8) -> (*mut u8, usize, usize),
    /// Overwrites the vector, without dropping it, with one made of the parts.
    pub(super) assemble: unsafe fn(*mut u8, *mut u8, usize, usize),
}

impl VecAccess {
    /// The access to `Vec<T>`.
    #[must_use]
    pub(super) const fn of<T>() -> Self {
        /// # Safety
        /// `vec` points to a valid `Vec<T>`.
        unsafe fn parts<T>(vec: *const u8) -> (*mut u8, usize, usize) {
            // SAFETY: by the contract above.
            let vec = unsafe { &*vec.cast::<Vec<T>>() };
            (vec.as_ptr().cast_mut().cast(), vec.len(), vec.capacity())
        }
        /// # Safety
        /// `slot` points to memory for a `Vec<T>`; the parts satisfy `Vec::from_raw_parts`.
        unsafe fn assemble<T>(slot: *mut u8, data: *mut u8, len: usize, capacity: usize) {
            // SAFETY: by the contract above.
            unsafe {
                slot.cast::<Vec<T>>()
                    .write(Vec::from_raw_parts(data.cast(), len, capacity));
            }
        }
        Self {
            parts: parts::<T>,
            assemble: assemble::<T>,
        }
    }
}

/// A Rust type that holds exactly one value of some [`Kind`].
///
/// # Safety
/// `KIND` and `LIST` describe `Self` as the table in [`super`] lists it.
pub unsafe trait Item: Sized + Send + Sync + 'static {
    /// The kind of the value.
    const KIND: Kind;
    /// How a `Vec<Self>` is reached.
    const LIST: Arity = Arity::ErasedList(&VecAccess::of::<Self>());
}

/// A Rust type that a field, a parameter or a result may have: an [`Item`], `Option` or `Vec` of it.
///
/// # Safety
/// `SHAPE` describes the layout of `Self` as the table in [`super`] lists it.
pub unsafe trait Field: Send + Sync + 'static {
    /// The shape that the interpreter uses for fields of this type.
    const SHAPE: Shape;
}

// SAFETY: an item by itself has the layout of its kind.
unsafe impl<T: Item> Field for T {
    const SHAPE: Shape = Shape {
        kind: T::KIND,
        arity: Arity::One,
    };
}

// SAFETY: `Option` of a concrete type is used as such; `Option` of a type transparent over `Box`
// or `NonNull` is guaranteed to be a nullable pointer; for an enum `EnumInfo::none_tag` tells the
// representation of `None`. An optional data object in place is refused at compile time.
unsafe impl<T: Item> Field for Option<T> {
    const SHAPE: Shape = Shape {
        kind: match T::KIND {
            Kind::Inline(_) => panic!("an optional data object is held as Option<Box<T>>"),
            kind => kind,
        },
        arity: Arity::Optional,
    };
}

// SAFETY: `T::LIST` tells how a `Vec<T>` is reached.
unsafe impl<T: Item> Field for Vec<T> {
    const SHAPE: Shape = Shape {
        kind: match T::KIND {
            Kind::Boxed(_) => panic!("a list of data objects holds them in place: Vec<T>"),
            kind => kind,
        },
        arity: T::LIST,
    };
}

macro_rules! concrete_items {
    ($($rust:ty => $kind:ident),* $(,)?) => {$(
        // SAFETY: the interpreter casts fields of this kind to exactly this type.
        unsafe impl Item for $rust {
            const KIND: Kind = Kind::$kind;
            const LIST: Arity = Arity::List;
        }
    )*};
}

concrete_items! {
    bool => Bool,
    i8 => Byte,
    i16 => Short,
    i32 => Int,
    i64 => Long,
    f32 => Float,
    f64 => Double,
    String => String,
    DateTime => DateTime,
    Binary => Binary,
    Any => Any,
}

// SAFETY: `MoRef<T>` is transparent over `ManagedObjectReference`, which is transparent over a `Box`.
unsafe impl<T: 'static> Item for MoRef<T> {
    const KIND: Kind = Kind::Reference;
}

// SAFETY: `Box` of a sized type is one non-null pointer from the global allocator.
unsafe impl<T: DataObject> Item for Box<T> {
    const KIND: Kind = Kind::Boxed(T::TYPE);
}

// SAFETY: `Dyn<T>` is transparent over `AnyObject`, which is transparent over a `NonNull`.
unsafe impl<T: DataObject> Item for Dyn<T> {
    const KIND: Kind = Kind::Dyn(T::TYPE);
}

// SAFETY: `ManagedObjectReference` is transparent over a `Box`.
unsafe impl Item for ManagedObjectReference {
    const KIND: Kind = Kind::Reference;
}
