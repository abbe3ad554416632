//! Data objects as data: the only module of this workspace with `unsafe` in it.
//!
//! A generated struct carries no code of its own. Its [`Type`], a `static`, lists name, base and
//! fields with their offsets and [`Shape`]s; one interpreter creates, clones, compares, shows,
//! drops, decodes and encodes every type by that list. Three thousand types therefore cost
//! tables, not machine code.
//!
//! # Safety
//!
//! The tables must fit the structs. They cannot but fit, because they are made only like this:
//!
//! - A field's offset and shape come from one expression in [`fields!`](crate::fields):
//!   the projection `&raw const (*object).name` gives the compiler the type, from which the
//!   [`Field`] trait takes the shape, and the pointer gives the offset.
//! - The same macro destructures the struct by the same names, which compiles only if they are
//!   all its fields. So none is left uninitialised, and none is dropped twice.
//! - [`DataObject::TYPE`] leads to a [`Type<Self>`], which only [`Type::new`] makes, from
//!   [`Fields`] *of that very type*. They also prove that the struct begins with its base, or with
//!   [`Extra`](crate::Extra) where it has none. So a pointer to an object is a pointer to each of
//!   its bases, and [`Extra`](crate::Extra) is at offset 0 of every object.
//! - An enum's layout is checked by [`EnumType::new`] during compilation.
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
//! and assigns. Dropping a half-decoded object is therefore an ordinary drop.
#![allow(
    unsafe_code,
    reason = "the one place that reads and writes fields by offset; see the module's safety section"
)]

mod builder;
mod convert;
mod edit;
mod enumeration;
mod interpret;
mod object;
mod plan;
#[cfg(doctest)]
mod refused;
mod shape;
mod type_info;
mod typed;
mod view;

pub use builder::{ObjectBuilder, Place, Slot};
pub use convert::{Returned, into_any};
pub use edit::{ListMut, ObjectMut, ValueMut};
pub use enumeration::{EnumInfo, EnumType, OpenEnum, clone_enum, enum_from_value, enum_value};
pub use object::{AnyObject, DataObject, Dyn, IsA};
pub use shape::{Arity, Field, Item, Kind, Shape, VecAccess};
pub use type_info::{
    BeginsWith, FieldInfo, FieldOf, Fields, Head, LinkTo, Type, TypeInfo, TypeLink,
};
pub use typed::{clone_object, default_object};
pub use view::{ListRef, ObjectRef, ValueRef};
