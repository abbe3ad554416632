//! Clone of any data object, by its tables, however deep it is.
//!
//! What lies within an object is copied by recursion for a number of levels. A field that lies
//! further in gets its default, and a place in a list, from which it is taken when the recursion is
//! back at the outermost object. So the stack that is needed does not depend on the value.
//!
//! The copy is whole at every moment, as everything is that decoding makes. Until the last field is
//! copied it is only not yet equal. Nothing else can see it before: the memory that it is made in is
//! handed out by the outermost call, when that is done. If that were to unwind, which takes an
//! allocator that does, the copy would be forgotten.

use std::alloc;
use std::ptr;

use super::drop::drop_field;
use super::enumeration::RawEnum;
use super::interpret::{allocate_box, assemble_empty, by_leaf, init_field, list_layout, stride};
use super::object::AnyObject;
use super::shape::{Arity, Kind, Shape, VecAccess};
use super::type_info::TypeInfo;
use crate::any::{Any, AnyArray};
use crate::extra::Extra;
use crate::lexical::binary::Binary;
use crate::lexical::date_time::DateTime;
use crate::reference::ManagedObjectReference;

/// How many levels are copied by recursion. Responses have fewer, so that of them nothing is put
/// off.
const LEVELS: u32 = 32;

/// A clone that is under way.
struct Cloning {
    levels_left: u32,
    later: Vec<Later>,
}

/// A field that was too deep to be copied when it was found.
struct Later {
    /// In the original, which is borrowed until the clone is done.
    from: *const u8,
    /// In the copy, where it holds a default. What was allocated for the copy is neither moved nor
    /// freed until the clone is done.
    to: *mut u8,
    shape: Shape,
}

/// The shape of an item of a list of any type.
const ANY: Shape = Shape {
    kind: Kind::Any,
    arity: Arity::One,
};

/// Writes a copy of an object.
///
/// # Safety
/// `from` points to an object of the type, `to` to uninitialised memory for one.
pub(super) unsafe fn clone_object(from: *const u8, to: *mut u8, info: &'static TypeInfo) {
    let mut cloning = Cloning::new();
    // SAFETY: by the contract. Until this returns, no one but this has a pointer to the copy.
    unsafe {
        cloning.fields(from, to, info);
        cloning.finish();
    }
}

/// Copies of values of any type.
pub(crate) fn clone_values(values: &[Any]) -> Vec<Any> {
    let mut cloning = Cloning::new();
    let mut copies = Vec::with_capacity(values.len());
    let to: *mut Any = copies.as_mut_ptr();
    // SAFETY: there is room for as many values, and each is written. They are the vector's only when
    // all of it is done, so that until then no one but this has a pointer to them.
    unsafe {
        for (index, value) in values.iter().enumerate() {
            cloning.field(ptr::from_ref(value).cast(), to.add(index).cast(), ANY);
        }
        cloning.finish();
        copies.set_len(values.len());
    }
    copies
}

/// # Safety
/// `from` points to a `T`, `to` to uninitialised memory for one.
unsafe fn clone_as<T: Clone>(from: *const u8, to: *mut u8) {
    // SAFETY: by the contract.
    unsafe { to.cast::<T>().write((*from.cast::<T>()).clone()) };
}

impl Cloning {
    #[inline]
    fn new() -> Self {
        Self {
            levels_left: LEVELS,
            later: Vec::new(),
        }
    }

    /// Copies what was put off.
    ///
    /// # Safety
    /// What was cloned is still borrowed, and no one but this has a pointer to the copy.
    #[inline]
    unsafe fn finish(mut self) {
        while let Some(later) = self.later.pop() {
            // SAFETY: by the contract, and as the fields of `Later` say.
            unsafe { self.resume(&later) };
        }
    }

    /// # Safety
    /// As for [`Self::finish`].
    #[cold]
    unsafe fn resume(&mut self, later: &Later) {
        let Later { from, to, shape } = *later;
        // SAFETY: the field holds its default, in place of which the copy is put.
        unsafe {
            drop_field(to, shape);
            self.field(from, to, shape);
        }
    }

    /// # Safety
    /// `from` points to an object of the type, `to` to uninitialised memory for one. Both stay where
    /// they are until the clone is done.
    unsafe fn fields(&mut self, from: *const u8, to: *mut u8, info: &'static TypeInfo) {
        // SAFETY: every object begins with `Extra`; each field lies at its offset.
        unsafe {
            clone_as::<Extra>(from, to);
            for level in info.ancestry() {
                for field in level.own_fields() {
                    let offset = field.offset();
                    self.field(from.add(offset), to.add(offset), field.shape());
                }
            }
        }
    }

    /// # Safety
    /// `from` points to a value of the shape, `to` to uninitialised memory for one. Both stay where
    /// they are until the clone is done.
    unsafe fn field(&mut self, from: *const u8, to: *mut u8, shape: Shape) {
        // SAFETY: the shape tells the Rust type of the field.
        unsafe {
            match shape.arity {
                Arity::One => by_leaf!(shape.kind, T => clone_as::<T>(from, to), {
                    Kind::Enum(info) => RawEnum::clone(from.cast(), to.cast(), info),
                    Kind::Any => match &*from.cast::<Any>() {
                        Any::Object(_) | Any::Array(_) => self.deeper(from, to, shape),
                        leaf => to.cast::<Any>().write(leaf.clone()),
                    },
                    // In place, so it is no deeper than what holds it.
                    Kind::Inline(link) => self.fields(from, to, link.get()),
                    Kind::Boxed(_) | Kind::Dyn(_) => self.deeper(from, to, shape),
                }),
                Arity::Optional => by_leaf!(shape.kind, T => clone_as::<Option<T>>(from, to), {
                    Kind::Enum(info) => RawEnum::clone(from.cast(), to.cast(), info),
                    Kind::Any => match &*from.cast::<Option<Any>>() {
                        Some(Any::Object(_) | Any::Array(_)) => self.deeper(from, to, shape),
                        leaf => to.cast::<Option<Any>>().write(leaf.clone()),
                    },
                    Kind::Inline(_) | Kind::Boxed(_) | Kind::Dyn(_) => {
                        if (*from.cast::<*const u8>()).is_null() {
                            to.cast::<*mut u8>().write(ptr::null_mut());
                        } else {
                            self.deeper(from, to, shape);
                        }
                    },
                }),
                Arity::List => by_leaf!(shape.kind, T => clone_as::<Vec<T>>(from, to), {
                    Kind::Any => self.deeper(from, to, shape),
                    // Lists of generated types are never `Arity::List`.
                    Kind::Enum(_) | Kind::Inline(_) | Kind::Boxed(_) | Kind::Dyn(_) => {},
                }),
                Arity::ErasedList(access) => match (access.parts)(from).1 {
                    0 => assemble_empty(to, shape.kind, access),
                    _ => self.deeper(from, to, shape),
                },
            }
        }
    }

    /// Copies a field that leads one level further in, or puts it off.
    ///
    /// # Safety
    /// As for [`Self::field`], for a field that leads further in: a list, a value of any type, or an
    /// object of its own; if it is optional, it is set.
    unsafe fn deeper(&mut self, from: *const u8, to: *mut u8, shape: Shape) {
        // SAFETY: the shape tells the Rust type of the field.
        unsafe {
            let Some(left) = self.levels_left.checked_sub(1) else {
                return self.put_off(from, to, shape);
            };
            self.levels_left = left;
            match (shape.kind, shape.arity) {
                (kind, Arity::ErasedList(access)) => self.list(from, to, kind, access),
                // Set, it is the same as one that is not optional.
                (Kind::Dyn(_), _) => {
                    let copy = self.object(&*from.cast::<AnyObject>());
                    to.cast::<AnyObject>().write(copy);
                }
                (Kind::Inline(link) | Kind::Boxed(link), _) => {
                    let info = link.get();
                    let copy = allocate_box(info);
                    self.fields(*from.cast::<*const u8>(), copy, info);
                    to.cast::<*mut u8>().write(copy);
                }
                (Kind::Any, Arity::One) => {
                    let copy = self.any(&*from.cast::<Any>());
                    to.cast::<Any>().write(copy);
                }
                (Kind::Any, Arity::Optional) => {
                    let original = &*from.cast::<Option<Any>>();
                    let copy = original.as_ref().map(|any| self.any(any));
                    to.cast::<Option<Any>>().write(copy);
                }
                (Kind::Any, Arity::List) => {
                    let copies = self.values(&*from.cast::<Vec<Any>>());
                    to.cast::<Vec<Any>>().write(copies);
                }
                // Nothing else leads further in.
                _ => {}
            }
            self.levels_left = left + 1;
        }
    }

    /// # Safety
    /// As for [`Self::field`].
    #[cold]
    unsafe fn put_off(&mut self, from: *const u8, to: *mut u8, shape: Shape) {
        // SAFETY: by the contract.
        unsafe { init_field(to, shape) };
        self.later.push(Later { from, to, shape });
    }

    /// # Safety
    /// `from` points to the `Vec` that `access` reaches, `to` to uninitialised memory for one. Both
    /// stay where they are until the clone is done.
    unsafe fn list(&mut self, from: *const u8, to: *mut u8, kind: Kind, access: &VecAccess) {
        // SAFETY: the parts are those of a valid vector; the copy is allocated as `Vec` does, and
        // every element is written before the copy is assembled.
        unsafe {
            let (items, len, _) = (access.parts)(from);
            // There is one, as there is the original.
            let Some(layout) = list_layout(kind, len).filter(|_| len > 0) else {
                return assemble_empty(to, kind, access);
            };
            let copies = alloc::alloc(layout);
            if copies.is_null() {
                alloc::handle_alloc_error(layout)
            }
            match kind {
                Kind::Dyn(_) => {
                    let items = items.cast::<AnyObject>();
                    for index in 0..len {
                        let copy = self.object(&*items.add(index));
                        copies.cast::<AnyObject>().add(index).write(copy);
                    }
                }
                Kind::Inline(link) => {
                    let info = link.get();
                    for index in 0..len {
                        let at = index * info.size();
                        self.fields(items.add(at), copies.add(at), info);
                    }
                }
                kind => {
                    let one = Shape {
                        kind,
                        arity: Arity::One,
                    };
                    for index in 0..len {
                        let at = index * stride(kind);
                        self.field(items.add(at), copies.add(at), one);
                    }
                }
            }
            (access.assemble)(to, copies, len, len);
        }
    }

    /// # Safety
    /// The object stays where it is until the clone is done, and so does what this returns.
    unsafe fn object(&mut self, object: &AnyObject) -> AnyObject {
        let info = object.type_info();
        let copy = AnyObject::allocate(info);
        // SAFETY: both are of this type; the copy is not yet initialised.
        unsafe { self.fields(object.data(), copy.data(), info) };
        std::mem::ManuallyDrop::into_inner(copy)
    }

    /// # Safety
    /// As for [`Self::object`], of all that the values hold.
    unsafe fn values(&mut self, values: &[Any]) -> Vec<Any> {
        let mut copies = Vec::with_capacity(values.len());
        let to: *mut Any = copies.as_mut_ptr();
        // SAFETY: there is room for as many values, and each is written; the vector does not grow.
        unsafe {
            for (index, value) in values.iter().enumerate() {
                self.field(ptr::from_ref(value).cast(), to.add(index).cast(), ANY);
            }
            copies.set_len(values.len());
        }
        copies
    }

    /// # Safety
    /// As for [`Self::object`], of all that the value holds.
    unsafe fn any(&mut self, value: &Any) -> Any {
        // SAFETY: by the contract.
        unsafe {
            match value {
                Any::Object(object) => Any::Object(self.object(object)),
                Any::Array(AnyArray::Any(items)) => {
                    Any::Array(AnyArray::Any(self.values(items).into()))
                }
                Any::Array(AnyArray::Object(array)) => {
                    let items = array.items().iter().map(|object| self.object(object));
                    Any::Array(AnyArray::Object(array.with_items(items.collect())))
                }
                // Nothing else holds values.
                leaf => leaf.clone(),
            }
        }
    }
}
