//! Data objects as data: the only module of this workspace with `unsafe` in it.
//!
//! A generated struct carries no code of its own. Its [`TypeInfo`], a `static`, lists name, base and
//! fields with their offsets and [`Shape`]s; one interpreter creates, clones, compares, shows,
//! drops, decodes and encodes every type by that list. Three thousand types therefore cost
//! tables, not machine code.
//!
//! # Safety
//!
//! The tables must fit the structs, whatever safe code does with the macros, the traits and the
//! settings of the generator. They do, because the macro that makes a table defines the struct in
//! the same expansion:
//!
//! - [`data_object!`](crate::data_object) makes the struct `repr(C)` and gives it its base, or
//!   [`Extra`](crate::Extra) where it has none, and then the fields that are listed, and no other. So a pointer to an
//!   object is a pointer to each of its bases, and [`Extra`](crate::Extra) is at offset 0 of every object; and no field
//!   is left uninitialised or dropped twice.
//! - The Rust types of the fields and of the base are those of the struct. Where they are written
//!   as plain names, as nearly all generated ones are, they cannot but be; any other type could
//!   hold a macro that expands to something else each time, so the compiler compares it with the
//!   type that the field has. The [`Field`] trait tells the [`Shape`] of the type, and
//!   [`FieldInfo::place`] computes the offset as the language defines it for `repr(C)`. It fails
//!   the compilation where the struct does not end where the fields do.
//! - [`open_enum!`](crate::open_enum) makes the enum `repr(u16)`, whose layout the language defines
//!   too, with the variants that it lists and `Unknown` after them, whose payload [`EnumType::new`]
//!   takes from the enum. What tells `None` of an `Option` of it is read from one, during
//!   compilation.
//! - An attribute could change all that, so only those are taken that do not: see `attributes.rs`.
//!   The generator takes no other either.
//! - No arm of a macro vouches for a type that it does not define, since each can be called by
//!   anyone; and what they name, they name by `$crate`, since `::core` and `::std` are what the
//!   crate says they are.
//! - [`DataObject`], [`Item`], [`Field`], [`Head`] and [`IsA`] are unsafe to implement, and so are
//!   [`TypeInfo::new`], [`FieldInfo::place`] and [`EnumType::new`] to call; outside of this module
//!   only these two macros do. Of the traits that are safe to implement, [`OpenEnum`] takes an
//!   [`EnumType`], which only that call makes, and what the others say ([`Returned`], `CallResult`,
//!   `Argument`, `Stub`, `Registered`) no unsafe code believes.
//!
//! Pointers are those of owners. One that is used for a whole object was never a reference to a
//! part of it, such as its base; and the [`ObjectBuilder`], which keeps pointers into its value,
//! reads nothing of it by another way while they are in use, not even to show it. So all of it is
//! valid in the model of Stacked Borrows.
//!
//! What the interpreter takes a field for, by its shape:
//!
//! | [`Kind`] | one | optional | list |
//! |---|---|---|---|
//! | scalars, `Any`, `DateTime`, `Binary` | `T` | `Option<T>` | `Vec<T>` |
//! | `Reference` | `ManagedObjectReference`, transparent over `Box` | nullable pointer | by [`VecAccess`] |
//! | `Enum` | `RawEnum` | `RawEnum` with `none_tag` | by [`VecAccess`] |
//! | `Inline` | the object in place | refused | by [`VecAccess`] |
//! | `Boxed` | `Box` of the object | nullable pointer | refused |
//! | `Dyn` | [`AnyObject`], transparent over `NonNull` | nullable pointer | by [`VecAccess`] |
//!
//! Every object is fully initialised from the moment it exists: decoding starts from defaults
//! and assigns. Dropping a half-decoded object is therefore an ordinary drop. Where the defaults of
//! a type own no memory, copying their bytes makes another object of it; only then it is done.
#![allow(
    unsafe_code,
    reason = "the one place that reads and writes fields by offset; see the module's safety section"
)]
#![warn(clippy::undocumented_unsafe_blocks)]

mod attributes;
mod builder;
mod clone;
mod compare;
mod convert;
mod drop;
mod edit;
mod enumeration;
mod interpret;
mod object;
mod owned;
mod plan;
#[cfg(doctest)]
mod refused;
mod shape;
mod show;
mod type_info;
mod typed;
mod view;

pub use crate::budget::{Budget, OverBudget};
#[doc(hidden)]
pub use attributes::names;
pub use builder::{ObjectBuilder, Place, Slot};
pub(crate) use clone::clone_values;
pub(crate) use compare::equal_values;
pub use convert::{Returned, into_any};
pub(crate) use drop::drop_values;
pub use edit::{ListMut, ObjectMut, ValueMut};
pub use enumeration::{EnumInfo, EnumType, OpenEnum, clone_enum, enum_from_value, enum_value};
pub use object::{AnyObject, DataObject, Dyn, Extends, IsA, Itself};
pub use owned::Owned;
pub(crate) use owned::shared_text;
pub use shape::{Arity, Field, Item, Kind, Shape, VecAccess};
pub(crate) use show::{Shown, Texts};
pub use show::{debug_enum, display_enum};
pub use type_info::{DeclaredField, FieldInfo, Head, TypeInfo, TypeLink};
pub use typed::{clone_object, default_object, equal_objects, show_object};
pub(crate) use view::Fields;
pub use view::{ListRef, ObjectRef, ValueRef};
