//! Default, clone and drop of any data object, by its tables.
//!
//! One interpreter in place of four functions for each of thousands of types.

use std::alloc::{self, Layout};
use std::ptr;

use super::enumeration::RawEnum;
use super::object::AnyObject;
use super::shape::{Arity, Kind, VecAccess};
use super::type_info::{FieldInfo, TypeInfo};
use crate::any::Any;
use crate::binary::Binary;
use crate::date_time::DateTime;
use crate::extra::Extra;
use crate::reference::ManagedObjectReference;

/// Runs a statement with `$T` standing for the concrete Rust type of a scalar kind; the other
/// arms handle the kinds whose Rust type is generated.
macro_rules! by_kind {
    ($kind:expr, $T:ident => $scalar:expr, { $($pattern:pat => $other:expr),+ $(,)? }) => {
        match $kind {
            Kind::Bool => { type $T = bool; $scalar }
            Kind::Byte => { type $T = i8; $scalar }
            Kind::Short => { type $T = i16; $scalar }
            Kind::Int => { type $T = i32; $scalar }
            Kind::Long => { type $T = i64; $scalar }
            Kind::Float => { type $T = f32; $scalar }
            Kind::Double => { type $T = f64; $scalar }
            Kind::String => { type $T = String; $scalar }
            Kind::DateTime => { type $T = DateTime; $scalar }
            Kind::Binary => { type $T = Binary; $scalar }
            Kind::Any => { type $T = Any; $scalar }
            Kind::Reference => { type $T = ManagedObjectReference; $scalar }
            Kind::Dyn(_) => { type $T = AnyObject; $scalar }
            $($pattern => $other,)+
        }
    };
}
pub(super) use by_kind;

/// Bytes from one element of a list to the next.
pub(super) fn stride(kind: Kind) -> usize {
    by_kind!(kind, T => size_of::<T>(), {
        Kind::Enum(_) => size_of::<RawEnum>(),
        Kind::Inline(link) => link.get().size(),
        Kind::Boxed(_) => size_of::<*mut u8>(),
    })
}

pub(super) fn align(kind: Kind) -> usize {
    by_kind!(kind, T => align_of::<T>(), {
        Kind::Enum(_) => align_of::<RawEnum>(),
        Kind::Inline(link) => link.get().align(),
        Kind::Boxed(_) => align_of::<*mut u8>(),
    })
}

/// The allocation of a list with this capacity, as `Vec` makes it.
pub(super) fn list_layout(kind: Kind, capacity: usize) -> Option<Layout> {
    let bytes = stride(kind).checked_mul(capacity)?;
    Layout::from_size_align(bytes, align(kind)).ok()
}

/// The allocation of a `Box` of an object.
fn box_layout(info: &TypeInfo) -> Option<Layout> {
    Layout::from_size_align(info.size(), info.align()).ok()
}

/// A `Box` of an object of the type, not yet initialised.
pub(super) fn allocate_box(info: &TypeInfo) -> *mut u8 {
    let Some(layout) = box_layout(info) else {
        alloc::handle_alloc_error(Layout::new::<u8>())
    };
    // SAFETY: no data object is of size zero: each begins with `Extra`.
    let memory = unsafe { alloc::alloc(layout) };
    if memory.is_null() {
        alloc::handle_alloc_error(layout)
    }
    memory
}

/// A new `Box` of an object of the type, all fields unset or at their default.
pub(super) fn new_box(info: &'static TypeInfo) -> *mut u8 {
    let memory = allocate_box(info);
    // SAFETY: allocated for an object of this type.
    unsafe { init(memory, info) };
    memory
}

fn fields_of(info: &'static TypeInfo) -> impl Iterator<Item = &'static FieldInfo> {
    info.ancestry().flat_map(|level| level.own_fields())
}

/// Writes an object with every field unset or at its default.
///
/// # Safety
/// `object` points to uninitialised memory for an object of the type.
pub(super) unsafe fn init(object: *mut u8, info: &'static TypeInfo) {
    // SAFETY: every object begins with `Extra`; each field lies at its offset.
    unsafe {
        object.cast::<Extra>().write(Extra::default());
        for field in fields_of(info) {
            init_field(object.add(field.offset()), field);
        }
    }
}

/// # Safety
/// `slot` points to uninitialised memory for the field.
unsafe fn init_field(slot: *mut u8, field: &'static FieldInfo) {
    let kind = field.shape().kind;
    // SAFETY: the shape tells the Rust type of the field.
    unsafe {
        match field.shape().arity {
            Arity::One => init_item(slot, kind),
            Arity::Optional => by_kind!(kind, T => slot.cast::<Option<T>>().write(None), {
                Kind::Enum(info) => RawEnum::write_none(slot.cast(), info),
                Kind::Inline(_) | Kind::Boxed(_) => slot.cast::<*mut u8>().write(ptr::null_mut()),
            }),
            Arity::List => by_kind!(kind, T => slot.cast::<Vec<T>>().write(Vec::new()), {
                Kind::Enum(_) | Kind::Inline(_) | Kind::Boxed(_) => {}
            }),
            Arity::ErasedList(access) => assemble_empty(slot, kind, access),
        }
    }
}

/// Writes one value at its default.
///
/// # Safety
/// `slot` points to uninitialised memory for a value of the kind.
pub(super) unsafe fn init_item(slot: *mut u8, kind: Kind) {
    // SAFETY: the kind tells the Rust type of the value.
    unsafe {
        match kind {
            Kind::Dyn(link) => slot
                .cast::<AnyObject>()
                .write(AnyObject::with_type(link.get())),
            Kind::Bool => slot.cast::<bool>().write(false),
            Kind::Byte => slot.cast::<i8>().write(0),
            Kind::Short => slot.cast::<i16>().write(0),
            Kind::Int => slot.cast::<i32>().write(0),
            Kind::Long => slot.cast::<i64>().write(0),
            Kind::Float => slot.cast::<f32>().write(0.0),
            Kind::Double => slot.cast::<f64>().write(0.0),
            Kind::String => slot.cast::<String>().write(String::new()),
            Kind::DateTime => slot.cast::<DateTime>().write(DateTime::default()),
            Kind::Binary => slot.cast::<Binary>().write(Binary::default()),
            Kind::Any => slot.cast::<Any>().write(Any::default()),
            Kind::Reference => {
                let unset = ManagedObjectReference::default();
                slot.cast::<ManagedObjectReference>().write(unset);
            }
            Kind::Enum(info) => RawEnum::write(slot.cast(), info, ""),
            Kind::Inline(link) => init(slot, link.get()),
            Kind::Boxed(link) => slot.cast::<*mut u8>().write(new_box(link.get())),
        }
    }
}

/// Writes an empty `Vec` of the kind.
///
/// # Safety
/// `slot` points to memory for the `Vec` that `access` reaches; what it held is not dropped.
unsafe fn assemble_empty(slot: *mut u8, kind: Kind, access: &VecAccess) {
    let dangling = ptr::without_provenance_mut(align(kind));
    // SAFETY: a dangling aligned pointer with no capacity is an empty vector.
    unsafe { (access.assemble)(slot, dangling, 0, 0) };
}

/// Writes a copy of an object.
///
/// # Safety
/// `from` points to an object of the type, `to` to uninitialised memory for one.
pub(super) unsafe fn clone(from: *const u8, to: *mut u8, info: &'static TypeInfo) {
    // SAFETY: every object begins with `Extra`; each field lies at its offset.
    unsafe {
        let extra = (*from.cast::<Extra>()).clone();
        to.cast::<Extra>().write(extra);
        for field in fields_of(info) {
            clone_field(from.add(field.offset()), to.add(field.offset()), field);
        }
    }
}

/// # Safety
/// `from` points to a `T`, `to` to uninitialised memory for one.
unsafe fn clone_as<T: Clone>(from: *const u8, to: *mut u8) {
    // SAFETY: by the contract.
    unsafe { to.cast::<T>().write((*from.cast::<T>()).clone()) };
}

/// # Safety
/// `from` points to the field, `to` to uninitialised memory for it.
unsafe fn clone_field(from: *const u8, to: *mut u8, field: &'static FieldInfo) {
    let kind = field.shape().kind;
    // SAFETY: the shape tells the Rust type of the field.
    unsafe {
        match field.shape().arity {
            Arity::One => clone_item(from, to, kind),
            Arity::Optional => by_kind!(kind, T => clone_as::<Option<T>>(from, to), {
                Kind::Enum(info) => RawEnum::clone(from.cast(), to.cast(), info),
                Kind::Inline(_) | Kind::Boxed(_) => {
                    if (*from.cast::<*const u8>()).is_null() {
                        to.cast::<*mut u8>().write(ptr::null_mut());
                    } else {
                        clone_item(from, to, kind);
                    }
                },
            }),
            Arity::List => by_kind!(kind, T => clone_as::<Vec<T>>(from, to), {
                Kind::Enum(_) | Kind::Inline(_) | Kind::Boxed(_) => {}
            }),
            Arity::ErasedList(access) => clone_list(from, to, kind, access),
        }
    }
}

/// # Safety
/// `from` points to a value of the kind, `to` to uninitialised memory for one.
unsafe fn clone_item(from: *const u8, to: *mut u8, kind: Kind) {
    // SAFETY: the kind tells the Rust type of the value.
    unsafe {
        by_kind!(kind, T => clone_as::<T>(from, to), {
            Kind::Enum(info) => RawEnum::clone(from.cast(), to.cast(), info),
            Kind::Inline(link) => clone(from, to, link.get()),
            Kind::Boxed(link) => {
                let info = link.get();
                let copy = allocate_box(info);
                clone(*from.cast::<*const u8>(), copy, info);
                to.cast::<*mut u8>().write(copy);
            },
        });
    }
}

/// # Safety
/// `from` points to the `Vec` that `access` reaches, `to` to uninitialised memory for one.
unsafe fn clone_list(from: *const u8, to: *mut u8, kind: Kind, access: &VecAccess) {
    // SAFETY: the parts are those of a valid vector; the copy is allocated as `Vec` does, and
    // every element is written before the copy is assembled.
    unsafe {
        let (items, len, _) = (access.parts)(from);
        let layout = match list_layout(kind, len) {
            Some(layout) if len > 0 => layout,
            _ => return assemble_empty(to, kind, access),
        };
        let copies = alloc::alloc(layout);
        if copies.is_null() {
            alloc::handle_alloc_error(layout)
        }
        for index in 0..len {
            let at = index * stride(kind);
            clone_item(items.add(at), copies.add(at), kind);
        }
        (access.assemble)(to, copies, len, len);
    }
}

/// Drops the fields of an object.
///
/// # Safety
/// `object` points to an object of the type, which is not used again.
pub(super) unsafe fn drop(object: *mut u8, info: &'static TypeInfo) {
    // SAFETY: every object begins with `Extra`; each field lies at its offset.
    unsafe {
        object.cast::<Extra>().drop_in_place();
        for field in fields_of(info) {
            drop_field(object.add(field.offset()), field);
        }
    }
}

/// # Safety
/// `slot` points to the field, which is not used again.
unsafe fn drop_field(slot: *mut u8, field: &'static FieldInfo) {
    let kind = field.shape().kind;
    // SAFETY: the shape tells the Rust type of the field.
    unsafe {
        match field.shape().arity {
            Arity::One => drop_item(slot, kind),
            Arity::Optional => by_kind!(kind, T => slot.cast::<Option<T>>().drop_in_place(), {
                Kind::Enum(info) => RawEnum::drop(slot.cast(), info),
                Kind::Inline(_) | Kind::Boxed(_) => {
                    if !(*slot.cast::<*const u8>()).is_null() {
                        drop_item(slot, kind);
                    }
                },
            }),
            Arity::List => by_kind!(kind, T => slot.cast::<Vec<T>>().drop_in_place(), {
                Kind::Enum(_) | Kind::Inline(_) | Kind::Boxed(_) => {}
            }),
            Arity::ErasedList(access) => {
                let (items, len, capacity) = (access.parts)(slot);
                for index in 0..len {
                    drop_item(items.add(index * stride(kind)), kind);
                }
                free_list(items, capacity, kind);
            }
        }
    }
}

/// # Safety
/// `slot` points to a value of the kind, which is not used again.
pub(super) unsafe fn drop_item(slot: *mut u8, kind: Kind) {
    // SAFETY: the kind tells the Rust type of the value.
    unsafe {
        by_kind!(kind, T => slot.cast::<T>().drop_in_place(), {
            Kind::Enum(info) => RawEnum::drop(slot.cast(), info),
            Kind::Inline(link) => drop(slot, link.get()),
            Kind::Boxed(link) => {
                let info = link.get();
                let boxed = *slot.cast::<*mut u8>();
                drop(boxed, info);
                free_box(boxed, info);
            },
        });
    }
}

/// # Safety
/// `boxed` is the allocation of a `Box` of an object of the type, moved out or dropped.
pub(super) unsafe fn free_box(boxed: *mut u8, info: &TypeInfo) {
    if let Some(layout) = box_layout(info) {
        // SAFETY: `Box` allocates with this layout.
        unsafe { alloc::dealloc(boxed, layout) };
    }
}

/// # Safety
/// `items` is the allocation of a `Vec` of the kind with this capacity, or dangling without one.
pub(super) unsafe fn free_list(items: *mut u8, capacity: usize, kind: Kind) {
    if let Some(layout) = list_layout(kind, capacity)
        && layout.size() > 0
    {
        // SAFETY: `Vec` allocates with this layout.
        unsafe { alloc::dealloc(items, layout) };
    }
}
