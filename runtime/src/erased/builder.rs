//! Fills objects whose type is known only at run time, one field at a time.
//!
//! [`ObjectBuilder`] is what decoders are written against. It owns the value under construction
//! and a stack of places within it; only the innermost place can be changed, so that no place
//! further out moves while something within it is being filled.

use std::alloc;
use std::marker::PhantomData;
use std::ptr;

use super::enumeration::{EnumInfo, RawEnum};
use super::interpret::{self, list_layout, stride};
use super::object::AnyObject;
use super::plan::{Plan, Plans};
use super::shape::{Arity, Kind, Shape, VecAccess};
use super::type_info::{FieldInfo, TypeInfo};
use crate::any::{Any, AnyArray};
use crate::binary::Binary;
use crate::date_time::DateTime;
use crate::extra::Extra;
use crate::reference::ManagedObjectReference;

/// A value under construction.
#[derive(Debug)]
pub struct ObjectBuilder {
    root: Any,
    /// What was entered and not left, outermost first; all of it within `root`, which is not
    /// touched meanwhile.
    places: Vec<Container>,
    /// What [`ObjectBuilder::slot`] and [`ObjectBuilder::enter`] act on, within the last place.
    /// While no place is entered, they act on `root`.
    target: Target,
    plans: Plans,
}

#[derive(Clone, Copy, Debug)]
enum Target {
    Nothing,
    Field {
        field: &'static FieldInfo,
        /// Whether it may hold a value already, because the search for it had to go back.
        again: bool,
    },
    Items,
}

/// Something that has places for values in it.
#[derive(Debug)]
enum Container {
    Object(OpenObject),
    /// The array that the root holds, which moves with the builder.
    RootArray,
    /// The array that an `Any` holds.
    Array(*mut AnyArray),
}

/// An object and where the last field was found in it.
#[derive(Debug)]
struct OpenObject {
    data: *mut u8,
    /// Where in the plans that of its type is.
    plan: usize,
    /// Where in the plan the search for the next field begins.
    next_field: usize,
}

// SAFETY: the pointers lead into what `root` owns, which is `Send`.
unsafe impl Send for ObjectBuilder {}
// SAFETY: no method that takes `&self` follows a pointer.
unsafe impl Sync for ObjectBuilder {}

impl Default for ObjectBuilder {
    fn default() -> Self {
        Self::new()
    }
}

impl ObjectBuilder {
    /// A builder whose value is [`Any::Nil`] until something is put in its place.
    #[must_use]
    pub fn new() -> Self {
        Self {
            root: Any::Nil,
            places: Vec::new(),
            target: Target::Nothing,
            plans: Plans::new(),
        }
    }

    /// The finished value.
    #[must_use]
    pub fn finish(self) -> Any {
        self.root
    }

    /// The type of the object last entered, or `None` in a list or at the root.
    #[must_use]
    pub fn current_type(&self) -> Option<&'static TypeInfo> {
        match self.places.last() {
            Some(Container::Object(object)) => Some(self.plans.at(object.plan).info()),
            _ => None,
        }
    }

    /// Aims at the field with this wire name in the object last entered.
    ///
    /// Fields come in the order of the schema, base first, so the search goes on where the last
    /// one ended and wraps around once for servers that send them in another order.
    #[inline]
    pub fn aim_at_field(&mut self, name: &[u8]) -> Option<&'static FieldInfo> {
        let Some(Container::Object(object)) = self.places.last_mut() else {
            return None;
        };
        let from = object.next_field;
        self.target = Target::Nothing;
        let (position, field) = self.plans.at(object.plan).find(name, from)?;
        // After a list the next element may be another item of it.
        object.next_field = position + usize::from(!field.shape().is_list());
        let again = position < from;
        self.target = Target::Field { field, again };
        Some(field)
    }

    /// Aims at a new item of the list last entered, and tells the kind of its items.
    pub fn aim_at_item(&mut self) -> Option<Kind> {
        let kind = self.current_array()?.kind();
        self.target = Target::Items;
        Some(kind)
    }

    fn current_array(&mut self) -> Option<&mut AnyArray> {
        match self.places.last()? {
            Container::Object(_) => None,
            Container::RootArray => match &mut self.root {
                Any::Array(array) => Some(array),
                _ => None,
            },
            // SAFETY: the innermost place is valid, and nothing else refers to it while the
            // builder is borrowed.
            Container::Array(array) => Some(unsafe { &mut **array }),
        }
    }

    /// The place aimed at, with the shape of what it holds.
    #[inline]
    fn target(&mut self) -> Option<(*mut u8, Shape)> {
        match (self.places.last(), self.target) {
            (None, _) => {
                let shape = Shape {
                    kind: Kind::Any,
                    arity: Arity::One,
                };
                Some((ptr::from_mut(&mut self.root).cast(), shape))
            }
            (Some(Container::Object(object)), Target::Field { field, .. }) => {
                // SAFETY: `aim_at_field` found the field in the type of this very object, and
                // entering or leaving another object resets the target.
                Some((unsafe { object.data.add(field.offset()) }, field.shape()))
            }
            (Some(_), Target::Items) => self.current_array().map(items_of),
            _ => None,
        }
    }

    /// The place aimed at, for putting a value that is not an object.
    #[must_use]
    #[inline]
    pub fn slot(&mut self) -> Option<Slot<'_>> {
        let (slot, shape) = self.target()?;
        // SAFETY: the place holds a value of the shape and is borrowed with the builder.
        Some(unsafe { Slot::new(slot, shape) })
    }

    /// Creates an object in the place aimed at and enters it; `None` where no object can stand.
    ///
    /// The type is what the server named. Where that does not extend the declared type, or the
    /// place has no room for subtypes, the declared type is used; the type used is returned.
    pub fn enter(&mut self, wanted: &'static TypeInfo) -> Option<&'static TypeInfo> {
        let (slot, shape) = self.target()?;
        let info = match shape.kind {
            Kind::Any => wanted,
            Kind::Dyn(declared) if wanted.is_a(declared.get()) => wanted,
            Kind::Dyn(declared) | Kind::Inline(declared) | Kind::Boxed(declared) => declared.get(),
            _ => return None,
        };
        let position = self.plans.position(info);
        let plan = self.plans.at(position);
        let data = match shape.kind {
            // SAFETY: the place holds objects of this type in this arity.
            Kind::Inline(_) => unsafe { inline_object(slot, shape, plan) },
            // SAFETY: as above.
            Kind::Boxed(_) => unsafe { boxed_object(slot, plan) },
            kind => {
                let object = plan.new_object();
                let data = object.data();
                // SAFETY: the place holds in this arity `Any`, or `Dyn<T>`, transparent over
                // `AnyObject`, and the object's type extends the declared one.
                unsafe {
                    match kind {
                        Kind::Any => Place::new(slot, shape).put(Any::Object(object)),
                        _ => Place::new(slot, shape).put(object),
                    }
                }
                data
            }
        };
        if let (Kind::Inline(_) | Kind::Boxed(_), Target::Field { again: true, .. }) =
            (shape.kind, self.target)
        {
            // SAFETY: the object is initialised, and is so again when anything else can see it.
            unsafe {
                interpret::drop(data, info);
                plan.init(data);
            }
        }
        self.places.push(Container::Object(OpenObject {
            data,
            plan: position,
            next_field: 0,
        }));
        self.target = Target::Nothing;
        Some(info)
    }

    /// Puts the list into the `Any` aimed at and enters it; `None` where no `Any` is aimed at.
    pub fn enter_list(&mut self, list: AnyArray) -> Option<()> {
        let is_root = self.places.is_empty();
        let (slot, shape) = self.target()?;
        let Kind::Any = shape.kind else { return None };
        // SAFETY: the place holds `Any` in this arity.
        let any = unsafe { Place::<Any>::new(slot, shape) }.put_and_borrow(Any::Array(list))?;
        let Any::Array(array) = any else { return None };
        let array = ptr::from_mut(array);
        self.places.push(if is_root {
            Container::RootArray
        } else {
            Container::Array(array)
        });
        self.target = Target::Items;
        Some(())
    }

    /// Leaves the object or list last entered.
    pub fn leave(&mut self) {
        self.places.pop();
        self.target = Target::Nothing;
    }

    /// What the server sent beyond the fields of the object last entered.
    #[must_use]
    pub fn extra(&mut self) -> Option<&mut Extra> {
        match self.places.last() {
            // SAFETY: every object begins with `Extra`; borrowed with the builder.
            Some(Container::Object(object)) => Some(unsafe { &mut *object.data.cast() }),
            _ => None,
        }
    }
}

/// # Safety
/// `slot` holds objects in place, of the type of the plan and in the arity of the shape.
unsafe fn inline_object(slot: *mut u8, shape: Shape, plan: &Plan) -> *mut u8 {
    match shape.arity {
        // SAFETY: the shape says so.
        Arity::ErasedList(access) => unsafe {
            push_with(slot, shape.kind, access, |item| plan.init(item))
        },
        _ => slot,
    }
}

/// # Safety
/// `slot` holds a `Box` of an object of the type, or a nullable pointer for an optional one.
unsafe fn boxed_object(slot: *mut u8, plan: &Plan) -> *mut u8 {
    // SAFETY: both arities are one pointer.
    unsafe {
        let boxed = slot.cast::<*mut u8>();
        if (*boxed).is_null() {
            boxed.write(plan.new_box());
        }
        *boxed
    }
}

/// Appends an item that `init` writes, and returns where it is.
///
/// # Safety
/// `vec` is a `Vec` of the kind that `access` reaches; `init` initialises the memory it is given
/// and does not panic.
pub(super) unsafe fn push_with(
    vec: *mut u8,
    kind: Kind,
    access: &VecAccess,
    init: impl FnOnce(*mut u8),
) -> *mut u8 {
    // SAFETY: growing follows what `Vec` does: the parts stay those of one allocation of the
    // global allocator with the layout of its capacity.
    unsafe {
        let (mut items, len, mut capacity) = (access.parts)(vec);
        if len == capacity {
            (items, capacity) = grow(items, capacity, kind);
        }
        let item = items.add(len * stride(kind));
        init(item);
        (access.assemble)(vec, items, len + 1, capacity);
        item
    }
}

/// # Safety
/// `items` is the allocation of a `Vec` of the kind with this capacity.
unsafe fn grow(items: *mut u8, capacity: usize, kind: Kind) -> (*mut u8, usize) {
    let wanted = capacity.saturating_mul(2).max(4);
    let Some(layout) = list_layout(kind, wanted) else {
        alloc::handle_alloc_error(alloc::Layout::new::<u8>())
    };
    // SAFETY: the old layout is that of the allocation; no item kind is of size zero.
    let grown = unsafe {
        match list_layout(kind, capacity) {
            Some(old) if capacity > 0 => alloc::realloc(items, old, layout.size()),
            _ => alloc::alloc(layout),
        }
    };
    if grown.is_null() {
        alloc::handle_alloc_error(layout)
    }
    (grown, wanted)
}

/// The vector that holds an array's values, and its shape.
pub(super) fn items_of(array: &mut AnyArray) -> (*mut u8, Shape) {
    const OBJECTS: &VecAccess = &VecAccess::of::<AnyObject>();
    const REFERENCES: &VecAccess = &VecAccess::of::<ManagedObjectReference>();
    fn list<T>(items: &mut Vec<T>, kind: Kind, arity: Arity) -> (*mut u8, Shape) {
        (ptr::from_mut(items).cast(), Shape { kind, arity })
    }
    let kind = array.kind();
    match array {
        AnyArray::Bool(items) => list(items, kind, Arity::List),
        AnyArray::Byte(items) => list(items, kind, Arity::List),
        AnyArray::Short(items) => list(items, kind, Arity::List),
        AnyArray::Int(items) => list(items, kind, Arity::List),
        AnyArray::Long(items) => list(items, kind, Arity::List),
        AnyArray::Float(items) => list(items, kind, Arity::List),
        AnyArray::Double(items) => list(items, kind, Arity::List),
        AnyArray::String(items) | AnyArray::Uri(items) => list(items, kind, Arity::List),
        AnyArray::DateTime(items) => list(items, kind, Arity::List),
        AnyArray::Binary(items) => list(items, kind, Arity::List),
        AnyArray::Any(items) => list(items, kind, Arity::List),
        AnyArray::Reference(items) => list(items, kind, Arity::ErasedList(REFERENCES)),
        // The values of an enum that is known only at run time are kept as text.
        AnyArray::Enum(array) => list(&mut array.values, Kind::String, Arity::List),
        AnyArray::Object(array) => list(&mut array.items, kind, Arity::ErasedList(OBJECTS)),
    }
}

/// A place for a value that is not an object, by its kind.
#[derive(Debug)]
pub enum Slot<'a> {
    /// `xsd:boolean`
    Bool(Place<'a, bool>),
    /// `xsd:byte`
    Byte(Place<'a, i8>),
    /// `xsd:short`
    Short(Place<'a, i16>),
    /// `xsd:int`
    Int(Place<'a, i32>),
    /// `xsd:long`
    Long(Place<'a, i64>),
    /// `xsd:float`
    Float(Place<'a, f32>),
    /// `xsd:double`
    Double(Place<'a, f64>),
    /// `xsd:string` and `xsd:anyURI`
    String(Place<'a, String>),
    /// `xsd:dateTime`
    DateTime(Place<'a, DateTime>),
    /// `xsd:base64Binary`
    Binary(Place<'a, Binary>),
    /// `xsd:anyType`
    Any(Place<'a, Any>),
    /// `ManagedObjectReference`
    Reference(Place<'a, ManagedObjectReference>),
    /// An enumerated value.
    Enum(EnumPlace<'a>),
    /// A data object: call [`ObjectBuilder::enter`].
    Object,
}

impl Slot<'_> {
    /// # Safety
    /// `slot` holds a value of the shape and is not used otherwise for the lifetime.
    #[inline]
    unsafe fn new(slot: *mut u8, shape: Shape) -> Self {
        // SAFETY: the kind tells the Rust type of the value.
        unsafe {
            match shape.kind {
                Kind::Bool => Self::Bool(Place::new(slot, shape)),
                Kind::Byte => Self::Byte(Place::new(slot, shape)),
                Kind::Short => Self::Short(Place::new(slot, shape)),
                Kind::Int => Self::Int(Place::new(slot, shape)),
                Kind::Long => Self::Long(Place::new(slot, shape)),
                Kind::Float => Self::Float(Place::new(slot, shape)),
                Kind::Double => Self::Double(Place::new(slot, shape)),
                Kind::String => Self::String(Place::new(slot, shape)),
                Kind::DateTime => Self::DateTime(Place::new(slot, shape)),
                Kind::Binary => Self::Binary(Place::new(slot, shape)),
                Kind::Any => Self::Any(Place::new(slot, shape)),
                Kind::Reference => Self::Reference(Place::new(slot, shape)),
                Kind::Enum(info) => Self::Enum(EnumPlace {
                    slot,
                    arity: shape.arity,
                    info,
                    borrow: PhantomData,
                }),
                Kind::Inline(_) | Kind::Boxed(_) | Kind::Dyn(_) => Self::Object,
            }
        }
    }
}

/// A place for one more `T`: a field, an optional field or a list.
#[derive(Debug)]
pub struct Place<'a, T> {
    slot: *mut u8,
    shape: Shape,
    borrow: PhantomData<&'a mut T>,
}

impl<'a, T> Place<'a, T> {
    /// # Safety
    /// `slot` holds, in the arity of the shape, values with the layout of `T`, and is not used
    /// otherwise for the lifetime.
    unsafe fn new(slot: *mut u8, shape: Shape) -> Self {
        Self {
            slot,
            shape,
            borrow: PhantomData,
        }
    }

    /// Puts the value into the field, or appends it to the list.
    #[inline]
    pub fn put(self, value: T) {
        self.put_and_borrow(value);
    }

    #[inline]
    fn put_and_borrow(self, value: T) -> Option<&'a mut T> {
        // SAFETY: the arity tells what the place is; where the real type is a newtype, it is
        // transparent over `T`, and `Option` of it a nullable pointer like that of `T`.
        unsafe {
            match self.shape.arity {
                Arity::One => {
                    let place = &mut *self.slot.cast::<T>();
                    *place = value;
                    Some(place)
                }
                Arity::Optional => {
                    let place = &mut *self.slot.cast::<Option<T>>();
                    Some(place.insert(value))
                }
                Arity::List => {
                    let place = &mut *self.slot.cast::<Vec<T>>();
                    place.push(value);
                    place.last_mut()
                }
                Arity::ErasedList(access) => {
                    let item = push_with(self.slot, self.shape.kind, access, |item| {
                        item.cast::<T>().write(value);
                    });
                    Some(&mut *item.cast())
                }
            }
        }
    }
}

/// A place for one more enumerated value.
#[derive(Debug)]
pub struct EnumPlace<'a> {
    slot: *mut u8,
    arity: Arity,
    info: &'static EnumInfo,
    borrow: PhantomData<&'a mut RawEnum>,
}

impl EnumPlace<'_> {
    /// Puts the value with this wire name, or appends it to the list.
    pub fn put(self, value: &str) {
        // SAFETY: the place holds this enum in this arity.
        unsafe {
            match self.arity {
                Arity::One | Arity::Optional => {
                    RawEnum::drop(self.slot.cast(), self.info);
                    RawEnum::write(self.slot.cast(), self.info, value);
                }
                Arity::ErasedList(access) => {
                    let kind = Kind::Enum(self.info);
                    push_with(self.slot, kind, access, |item| {
                        RawEnum::write(item.cast(), self.info, value);
                    });
                }
                // Lists of generated types are never `Arity::List`.
                Arity::List => {}
            }
        }
    }

    /// The enum that the place is for.
    #[must_use]
    pub fn info(&self) -> &'static EnumInfo {
        self.info
    }
}
