//! Where things lie in memory, and the default of any data object, by its tables.
//!
//! One interpreter, with [`clone`](super::clone), [`drop`](super::drop) and
//! [`compare`](super::compare), in place of four functions for each of thousands of types.

use std::alloc::{self, Layout};
use std::ptr;

use super::enumeration::RawEnum;
use super::object::AnyObject;
use super::shape::{Arity, Kind, Shape, VecAccess};
use super::type_info::TypeInfo;
use crate::any::Any;
use crate::extra::Extra;
use crate::lexical::binary::Binary;
use crate::lexical::date_time::DateTime;
use crate::reference::ManagedObjectReference;

/// Runs a statement with `$T` standing for the concrete Rust type of a scalar kind; the other
/// arms handle the kinds whose Rust type is generated.
macro_rules! by_kind {
    ($kind:expr, $T:ident => $scalar:expr, { $($pattern:pat => $other:expr),+ $(,)? }) => {
        $crate::erased::interpret::by_leaf!($kind, $T => $scalar, {
            Kind::Any => { type $T = Any; $scalar },
            Kind::Dyn(_) => { type $T = AnyObject; $scalar },
            $($pattern => $other,)+
        })
    };
}
pub(super) use by_kind;

/// As [`by_kind`], where the other arms handle whatever holds values that may hold values.
macro_rules! by_leaf {
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
            Kind::Reference => { type $T = ManagedObjectReference; $scalar }
            $($pattern => $other,)+
        }
    };
}
pub(super) use by_leaf;

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

/// Writes an object with every field unset or at its default.
///
/// # Safety
/// `object` points to uninitialised memory for an object of the type.
pub(super) unsafe fn init(object: *mut u8, info: &'static TypeInfo) {
    // SAFETY: every object begins with `Extra`; each field lies at its offset.
    unsafe {
        object.cast::<Extra>().write(Extra::default());
        for level in info.ancestry() {
            for field in level.own_fields() {
                init_field(object.add(field.offset()), field.shape());
            }
        }
    }
}

/// Writes a field unset or at its default.
///
/// # Safety
/// `slot` points to uninitialised memory for a value of the shape.
#[inline]
pub(super) unsafe fn init_field(slot: *mut u8, shape: Shape) {
    let kind = shape.kind;
    // SAFETY: the shape tells the Rust type of the field.
    unsafe {
        match shape.arity {
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
pub(super) unsafe fn assemble_empty(slot: *mut u8, kind: Kind, access: &VecAccess) {
    let dangling = ptr::without_provenance_mut(align(kind));
    // SAFETY: a dangling aligned pointer with no capacity is an empty vector.
    unsafe { (access.assemble)(slot, dangling, 0, 0) };
}

/// # Safety
/// `boxed` is the allocation of a `Box` of an object of the type, moved out or dropped.
pub(super) unsafe fn free_box(boxed: *mut u8, info: &TypeInfo) {
    if let Some(layout) = box_layout(info) {
        // SAFETY: `Box` allocates with this layout.
        unsafe { alloc::dealloc(boxed, layout) };
    }
}
