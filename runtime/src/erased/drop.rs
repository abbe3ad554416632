//! Drop of any data object, by its tables, however deep it is.
//!
//! What lies within an object is dropped by recursion for a number of levels. What lies further in
//! is moved to a list, from which it is taken when the recursion is back at the outermost object.
//! So the stack that is needed does not depend on the value.

use std::alloc;
use std::mem::ManuallyDrop;

use super::enumeration::RawEnum;
use super::interpret::{by_leaf, free_box, list_layout, stride};
use super::object::AnyObject;
use super::shape::{Arity, Kind, Shape};
use super::type_info::TypeInfo;
use crate::any::{Any, AnyArray};
use crate::extra::Extra;
use crate::lexical::binary::Binary;
use crate::lexical::date_time::DateTime;
use crate::reference::ManagedObjectReference;

/// How many levels are dropped by recursion. Responses have fewer, so that of them nothing is put
/// off.
const LEVELS: u32 = 32;

/// A drop that is under way.
struct Dropping {
    levels_left: u32,
    later: Vec<Later>,
}

/// What was found too deep to be dropped there. It is no longer part of what it was found in.
enum Later {
    Object(AnyObject),
    /// The memory of a `Box` of an object of the type.
    Boxed(*mut u8, &'static TypeInfo),
    List(List),
    Values(Vec<Any>),
}

/// The parts of a `Vec` of the kind.
struct List {
    items: *mut u8,
    len: usize,
    capacity: usize,
    kind: Kind,
}

/// Drops the fields of an object.
///
/// # Safety
/// `object` points to an object of the type, which is not used again.
pub(super) unsafe fn drop_object(object: *mut u8, info: &'static TypeInfo) {
    let mut dropping = Dropping::new();
    // SAFETY: by the contract.
    unsafe { dropping.fields(object, info) };
    dropping.finish();
}

/// Drops what a field holds.
///
/// # Safety
/// `slot` points to a value of the shape, which is not used again.
pub(super) unsafe fn drop_field(slot: *mut u8, shape: Shape) {
    let mut dropping = Dropping::new();
    // SAFETY: by the contract.
    unsafe { dropping.field(slot, shape) };
    dropping.finish();
}

/// Drops one value.
///
/// # Safety
/// `slot` points to a value of the kind, which is not used again.
pub(super) unsafe fn drop_item(slot: *mut u8, kind: Kind) {
    let mut dropping = Dropping::new();
    // SAFETY: by the contract.
    unsafe { dropping.item(slot, kind) };
    dropping.finish();
}

/// Drops values of any type.
pub(crate) fn drop_values(values: Vec<Any>) {
    let mut dropping = Dropping::new();
    dropping.values(values);
    dropping.finish();
}

impl Dropping {
    #[inline]
    fn new() -> Self {
        Self {
            levels_left: LEVELS,
            later: Vec::new(),
        }
    }

    /// Drops what was put off.
    #[inline]
    fn finish(mut self) {
        while let Some(later) = self.later.pop() {
            self.resume(later);
        }
    }

    #[cold]
    fn resume(&mut self, later: Later) {
        match later {
            Later::Object(object) => self.object(object),
            // SAFETY: moved here from the only place that led to it.
            Later::Boxed(boxed, info) => unsafe { self.boxed(boxed, info) },
            // SAFETY: as above.
            Later::List(list) => unsafe { self.list(list) },
            Later::Values(values) => self.values(values),
        }
    }

    /// Drops what lies one level further in, or puts it off.
    #[inline(always)]
    fn deeper<T>(
        &mut self,
        value: T,
        later: impl FnOnce(T) -> Later,
        drop: impl FnOnce(&mut Self, T),
    ) {
        match self.levels_left.checked_sub(1) {
            Some(left) => {
                self.levels_left = left;
                drop(self, value);
                self.levels_left = left + 1;
            }
            None => self.later.push(later(value)),
        }
    }

    /// # Safety
    /// `object` points to an object of the type, which is not used again.
    unsafe fn fields(&mut self, object: *mut u8, info: &'static TypeInfo) {
        // SAFETY: every object begins with `Extra`; each field lies at its offset.
        unsafe {
            object.cast::<Extra>().drop_in_place();
            for level in info.ancestry() {
                for field in level.own_fields() {
                    self.field(object.add(field.offset()), field.shape());
                }
            }
        }
    }

    /// # Safety
    /// `slot` points to a value of the shape, which is not used again.
    unsafe fn field(&mut self, slot: *mut u8, shape: Shape) {
        let kind = shape.kind;
        // SAFETY: the shape tells the Rust type of the field.
        unsafe {
            match shape.arity {
                Arity::One => self.item(slot, kind),
                Arity::Optional => {
                    by_leaf!(kind, T => slot.cast::<Option<T>>().drop_in_place(), {
                        Kind::Any => {
                            if let Some(any) = &mut *slot.cast::<Option<Any>>() {
                                self.any(any);
                            }
                        },
                        Kind::Enum(info) => RawEnum::drop(slot.cast(), info),
                        Kind::Dyn(_) => {
                            if let Some(object) = slot.cast::<Option<AnyObject>>().read() {
                                self.object(object);
                            }
                        },
                        Kind::Inline(link) | Kind::Boxed(link) => {
                            let boxed = *slot.cast::<*mut u8>();
                            if !boxed.is_null() {
                                self.boxed(boxed, link.get());
                            }
                        },
                    });
                }
                Arity::List => by_leaf!(kind, T => slot.cast::<Vec<T>>().drop_in_place(), {
                    Kind::Any => self.values(slot.cast::<Vec<Any>>().read()),
                    // Lists of generated types are never `Arity::List`.
                    Kind::Enum(_) | Kind::Inline(_) | Kind::Boxed(_) | Kind::Dyn(_) => {},
                }),
                Arity::ErasedList(access) => {
                    let (items, len, capacity) = (access.parts)(slot);
                    if capacity > 0 {
                        self.list(List {
                            items,
                            len,
                            capacity,
                            kind,
                        });
                    }
                }
            }
        }
    }

    /// # Safety
    /// `slot` points to a value of the kind, which is not used again.
    unsafe fn item(&mut self, slot: *mut u8, kind: Kind) {
        // SAFETY: the kind tells the Rust type of the value.
        unsafe {
            by_leaf!(kind, T => slot.cast::<T>().drop_in_place(), {
                Kind::Any => self.any(slot.cast()),
                Kind::Enum(info) => RawEnum::drop(slot.cast(), info),
                Kind::Inline(link) => self.fields(slot, link.get()),
                Kind::Boxed(link) => self.boxed(*slot.cast::<*mut u8>(), link.get()),
                Kind::Dyn(_) => self.object(slot.cast::<AnyObject>().read()),
            });
        }
    }

    /// # Safety
    /// `boxed` is the memory of a `Box` of an object of the type, which is not used again.
    unsafe fn boxed(&mut self, boxed: *mut u8, info: &'static TypeInfo) {
        self.deeper(
            boxed,
            |boxed| Later::Boxed(boxed, info),
            // SAFETY: by the contract.
            |this, boxed| unsafe {
                this.fields(boxed, info);
                free_box(boxed, info);
            },
        );
    }

    fn object(&mut self, object: AnyObject) {
        self.deeper(object, Later::Object, |this, object| {
            let object = ManuallyDrop::new(object);
            // SAFETY: the object is of its type; it was moved here, and is not used again.
            unsafe {
                this.fields(object.data(), object.type_info());
                object.deallocate();
            }
        });
    }

    /// # Safety
    /// The list is a valid one with an allocation, which is not used again.
    unsafe fn list(&mut self, list: List) {
        self.deeper(list, Later::List, |this, list| {
            let List {
                items,
                len,
                capacity,
                kind,
            } = list;
            // SAFETY: by the contract.
            unsafe {
                match kind {
                    Kind::Dyn(_) => {
                        for index in 0..len {
                            this.object(items.cast::<AnyObject>().add(index).read());
                        }
                    }
                    Kind::Inline(link) => {
                        let info = link.get();
                        for index in 0..len {
                            this.fields(items.add(index * info.size()), info);
                        }
                    }
                    kind => {
                        for index in 0..len {
                            this.item(items.add(index * stride(kind)), kind);
                        }
                    }
                }
                if let Some(layout) = list_layout(kind, capacity) {
                    // `Vec` allocates with this layout.
                    alloc::dealloc(items, layout);
                }
            }
        });
    }

    /// # Safety
    /// `any` points to a value that is not used again.
    unsafe fn any(&mut self, any: *mut Any) {
        // SAFETY: by the contract. It is either dropped where it is, or moved from there.
        unsafe {
            match &*any {
                Any::Object(_) | Any::Array(AnyArray::Any(_) | AnyArray::Object(_)) => {
                    self.value(any.read());
                }
                _ => any.drop_in_place(),
            }
        }
    }

    fn value(&mut self, value: Any) {
        match value {
            Any::Object(object) => self.object(object),
            Any::Array(AnyArray::Any(items)) => self.values(items.into_vec()),
            Any::Array(AnyArray::Object(array)) => {
                for object in array.into_items() {
                    self.object(object);
                }
            }
            // Nothing else holds values.
            leaf => drop(leaf),
        }
    }

    fn values(&mut self, values: Vec<Any>) {
        if values.is_empty() {
            return;
        }
        self.deeper(values, Later::Values, |this, values| {
            for value in values {
                this.value(value);
            }
        });
    }
}
