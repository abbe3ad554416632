//! Fills objects whose type is known only at run time, one field at a time.
//!
//! [`ObjectBuilder`] is what decoders are written against. It owns the value under construction
//! and a stack of places within it; only the innermost place can be changed, so that no place
//! further out moves while something within it is being filled.
//!
//! Whatever the builder allocates, or is handed, is taken from its [`Budget`] first: there is no way
//! into the value around it.

use std::fmt;
use std::marker::PhantomData;
use std::{alloc, mem, ptr};

use super::drop::drop_object;
use super::enumeration::{EnumInfo, RawEnum};
use super::interpret::{list_layout, stride};
use super::object::AnyObject;
use super::owned::Owned;
use super::plan::{Plan, Plans};
use super::shape::{Arity, Kind, Shape, VecAccess};
use super::type_info::{FieldInfo, TypeInfo};
use crate::any::{Any, AnyArray};
use crate::budget::{Budget, MIN_ITEMS, OverBudget, block, grown};
use crate::element::{Element, QualifiedName};
use crate::extra::Extra;
use crate::lexical::binary::Binary;
use crate::lexical::date_time::DateTime;
use crate::reference::ManagedObjectReference;

/// The maximum size of a value for which replaced parts are dropped immediately, in bytes.
const MAX_DROPPED: u64 = 1 << 20;

/// A value under construction.
pub struct ObjectBuilder {
    root: Any,
    /// What was entered and not left, outermost first; all of it within `root`, which is not
    /// touched meanwhile.
    places: Vec<Container>,
    /// What [`ObjectBuilder::slot`] and [`ObjectBuilder::enter`] act on, within the last place.
    /// While no place is entered, they act on `root`.
    target: Target,
    plans: Plans,
    budget: Budget,
    /// The initial budget.
    room: u64,
    /// Replaced parts of a large value. They are dropped with the builder, not during decoding:
    /// dropping them can take as long as decoding them did.
    replaced: Vec<Any>,
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

impl fmt::Debug for ObjectBuilder {
    /// Shows the value, or only the type of the innermost open object: the builder's pointer to an
    /// open object would be invalidated by reading the object through another one.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut shown = f.debug_struct("ObjectBuilder");
        if self.places.is_empty() {
            shown.field("root", &self.root);
        } else {
            shown.field("open", &self.current_type().map(TypeInfo::name));
        }
        shown.finish_non_exhaustive()
    }
}

impl ObjectBuilder {
    /// A builder whose value is [`Any::Nil`] until something is put in its place.
    #[must_use]
    pub fn new(budget: Budget) -> Self {
        Self {
            root: Any::Nil,
            places: Vec::new(),
            target: Target::Nothing,
            plans: Plans::new(),
            room: budget.left(),
            budget,
            replaced: Vec::new(),
        }
    }

    /// What the value, and what is needed to build it, may still take.
    #[inline]
    pub fn budget(&mut self) -> &mut Budget {
        &mut self.budget
    }

    /// The finished value.
    #[must_use]
    pub fn finish(self) -> Any {
        self.root
    }

    /// Takes the replaced values that are still to be dropped.
    pub(crate) fn take_replaced(&mut self) -> Vec<Any> {
        mem::take(&mut self.replaced)
    }

    /// Whether the root is a list, and nothing within it is open.
    #[cfg(any(feature = "json", feature = "serde"))]
    pub(crate) fn is_in_root_list(&self) -> bool {
        matches!(&self.places[..], [Container::RootArray])
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

    /// The place aimed at, with the shape of its value. `None` also if the budget does not allow
    /// for setting aside the value that is being replaced; the budget is then exceeded.
    // Not inlined, it returns through memory, which costs 1 % of decoding.
    #[inline(always)]
    fn target(&mut self) -> Option<(*mut u8, Shape)> {
        match (self.places.last(), self.target) {
            (None, _) => self.root(),
            (Some(Container::Object(object)), Target::Field { field, again }) => {
                // SAFETY: `aim_at_field` found the field in the type of this very object, and
                // entering or leaving another object resets the target.
                let slot = unsafe { object.data.add(field.offset()) };
                if again {
                    // SAFETY: as above.
                    unsafe { self.set_aside(slot, field.shape()).ok()? };
                }
                Some((slot, field.shape()))
            }
            (Some(_), Target::Items) => self.current_array().map(items_of),
            _ => None,
        }
    }

    /// Distinguishes the two reasons for [`Self::slot`] to return `None`.
    ///
    /// # Errors
    /// If the budget is exceeded. Otherwise there is no place for a value.
    #[cold]
    pub(crate) fn no_slot(&self) -> Result<(), OverBudget> {
        match self.budget.is_exceeded() {
            true => Err(OverBudget),
            false => Ok(()),
        }
    }

    /// The place of the root value.
    #[cold]
    fn root(&mut self) -> Option<(*mut u8, Shape)> {
        let shape = Shape {
            kind: Kind::Any,
            arity: Arity::One,
        };
        if self.takes_much() {
            self.budget.grow_for_one(&mut self.replaced).ok()?;
            let old = mem::replace(&mut self.root, Any::Nil);
            self.keep_replaced(old);
        }
        Some((ptr::from_mut(&mut self.root).cast(), shape))
    }

    /// Whether the value is so large that dropping part of it could take long.
    #[inline]
    fn takes_much(&self) -> bool {
        self.room.saturating_sub(self.budget.left()) > MAX_DROPPED
    }

    /// Sets aside the value that is about to be replaced, if it may be large.
    ///
    /// # Safety
    /// `slot` holds a value of the shape.
    #[cold]
    unsafe fn set_aside(&mut self, slot: *mut u8, shape: Shape) -> Result<(), OverBudget> {
        if self.takes_much() {
            self.budget.grow_for_one(&mut self.replaced)?;
            // SAFETY: as the caller promises.
            let old = unsafe { take_old(slot, shape) };
            self.keep_replaced(old);
        }
        Ok(())
    }

    /// Keeps a replaced value if it may contain others. `replaced` has capacity for it.
    fn keep_replaced(&mut self, old: Any) {
        if let Any::Object(_) | Any::Array(_) | Any::Unknown(_) = old {
            self.replaced.push(old);
        }
    }

    /// The place aimed at, for putting a value that is not an object.
    ///
    /// Returns `None` if the builder does not aim at one. Also if a large value is being replaced
    /// and the budget does not allow for keeping it until the end; [`Budget::is_exceeded`] is then
    /// true.
    #[must_use]
    #[inline(always)]
    pub fn slot(&mut self) -> Option<Slot<'_>> {
        let (slot, shape) = self.target()?;
        // SAFETY: the place holds a value of the shape and is borrowed with the builder.
        Some(unsafe { Slot::new(slot, shape, &mut self.budget) })
    }

    /// Creates an object in the place aimed at and enters it; `None` where no object can stand.
    ///
    /// The type is what the server named. Where that does not extend the declared type, or the
    /// place has no room for subtypes, the declared type is used; the type used is returned.
    ///
    /// # Errors
    /// When the object takes more memory than is left.
    pub fn enter(
        &mut self,
        wanted: &'static TypeInfo,
    ) -> Result<Option<&'static TypeInfo>, OverBudget> {
        let Some((slot, shape)) = self.target() else {
            return self.no_slot().map(|()| None);
        };
        let info = match shape.kind {
            Kind::Any => wanted,
            Kind::Dyn(declared) if wanted.is_a(declared.get()) => wanted,
            Kind::Dyn(declared) | Kind::Inline(declared) | Kind::Boxed(declared) => declared.get(),
            _ => return Ok(None),
        };
        let again = matches!(self.target, Target::Field { again: true, .. });
        let sets_aside = again && self.takes_much();
        if sets_aside {
            self.budget.grow_for_one(&mut self.replaced)?;
        }
        let position = self.plan(info)?;
        let plan = self.plans.at(position);
        let budget = &mut self.budget;
        let data = match shape.kind {
            // SAFETY: the place holds objects of this type in this arity.
            Kind::Inline(_) => unsafe { inline_object(slot, shape, plan, budget)? },
            // SAFETY: as above.
            Kind::Boxed(_) => unsafe { boxed_object(slot, plan, budget)? },
            kind => {
                budget.take_exactly(plan.object_bytes())?;
                let object = plan.new_object();
                let data = object.data();
                // SAFETY: the place holds in this arity `Any`, or `Dyn<T>`, transparent over
                // `AnyObject`, and the object's type extends the declared one.
                unsafe {
                    match kind {
                        Kind::Any => {
                            Place::new(slot, shape, budget).put_taken(Any::Object(object))?
                        }
                        _ if sets_aside && matches!(shape.arity, Arity::One) => {
                            let old = mem::replace(&mut *slot.cast::<AnyObject>(), object);
                            self.replaced.push(Any::Object(old));
                        }
                        _ => Place::new(slot, shape, budget).put_taken(object)?,
                    }
                }
                data
            }
        };
        match shape.kind {
            Kind::Inline(_) | Kind::Boxed(_) if sets_aside => {
                budget.take_exactly(plan.object_bytes())?;
                // SAFETY: the object is initialised. It is moved to where it is dropped later, and
                // another one is made in its place.
                let old = unsafe {
                    let old = AnyObject::moved_from(data, info);
                    plan.init(data);
                    old
                };
                self.replaced.push(Any::Object(old));
            }
            Kind::Inline(_) | Kind::Boxed(_) if again => {
                budget.take_exactly(plan.owned_bytes())?;
                // SAFETY: the object is initialised, and is so again when anything else can see it.
                unsafe {
                    drop_object(data, info);
                    plan.init(data);
                }
            }
            _ => {}
        }
        self.places.push(Container::Object(OpenObject {
            data,
            plan: position,
            next_field: 0,
        }));
        self.target = Target::Nothing;
        Ok(Some(info))
    }

    /// The position of the plan for a type, which is made where there is none.
    #[inline]
    fn plan(&mut self, info: &'static TypeInfo) -> Result<usize, OverBudget> {
        match self.plans.position(info) {
            Some(position) => Ok(position),
            None => self.plans.make(info, &mut self.budget),
        }
    }

    /// Puts the list into the `Any` aimed at and enters it; `None` where no `Any` is aimed at.
    ///
    /// # Errors
    /// When the list takes more memory than is left.
    pub fn enter_list(&mut self, list: AnyArray) -> Result<Option<()>, OverBudget> {
        let is_root = self.places.is_empty();
        let Some((slot, shape)) = self.target() else {
            return self.no_slot().map(|()| None);
        };
        let Kind::Any = shape.kind else {
            return Ok(None);
        };
        // SAFETY: the place holds `Any` in this arity.
        let place = unsafe { Place::<Any>::new(slot, shape, &mut self.budget) };
        let Some(Any::Array(array)) = place.put_and_borrow(Any::Array(list))? else {
            return Ok(None);
        };
        let array = ptr::from_mut(array);
        self.places.push(if is_root {
            Container::RootArray
        } else {
            Container::Array(array)
        });
        self.target = Target::Items;
        Ok(Some(()))
    }

    /// Leaves the object or list last entered.
    pub fn leave(&mut self) {
        self.places.pop();
        self.target = Target::Nothing;
    }

    /// Keeps the name of a type that is not known, for the object last entered.
    ///
    /// # Errors
    /// When that takes more memory than is left.
    pub fn keep_type_name(&mut self, name: QualifiedName) -> Result<(), OverBudget> {
        self.budget.take_exactly(name.owned())?;
        match self.extra() {
            Some((extra, budget)) => extra.keep_type_name(name, budget),
            None => Ok(()),
        }
    }

    /// Whether attributes of the object last entered are kept.
    #[cfg(any(feature = "json", feature = "serde"))]
    pub(crate) fn has_attributes(&mut self) -> bool {
        let extra = self.extra();
        extra.is_some_and(|(extra, _)| !extra.attributes().is_empty())
    }

    /// Keeps an attribute of the object last entered.
    ///
    /// # Errors
    /// When that takes more memory than is left.
    pub fn keep_attribute(
        &mut self,
        name: QualifiedName,
        value: Box<str>,
    ) -> Result<(), OverBudget> {
        self.budget
            .take_exactly(name.owned() + block(value.len()))?;
        match self.extra() {
            Some((extra, budget)) => extra.keep_attribute(name, value, budget),
            None => Ok(()),
        }
    }

    /// Keeps an element that the type of the object last entered does not have.
    ///
    /// # Errors
    /// When that takes more memory than is left.
    pub fn keep_element(&mut self, element: Element) -> Result<(), OverBudget> {
        self.budget.take_exactly(element.owned())?;
        self.keep_taken_element(element)
    }

    /// As [`Self::keep_element`], of one that was built within the budget.
    pub(crate) fn keep_taken_element(&mut self, element: Element) -> Result<(), OverBudget> {
        match self.extra() {
            Some((extra, budget)) => extra.keep_element(element, budget),
            None => Ok(()),
        }
    }

    /// Puts a tree that was built within the budget into the `Any` aimed at.
    pub(crate) fn put_taken_tree(&mut self, tree: Element) -> Result<(), OverBudget> {
        match self.slot() {
            Some(Slot::Any(place)) => {
                place.budget.take(size_of::<Element>())?;
                place.put_taken(Any::Unknown(Box::new(tree)))
            }
            _ => self.no_slot(),
        }
    }

    /// What is kept of the object last entered beyond its fields.
    fn extra(&mut self) -> Option<(&mut Extra, &mut Budget)> {
        let Some(Container::Object(object)) = self.places.last() else {
            return None;
        };
        // SAFETY: every object begins with `Extra`; borrowed with the builder.
        let extra = unsafe { &mut *object.data.cast() };
        Some((extra, &mut self.budget))
    }
}

/// Takes the value out of a field, if the field can be left empty: an `Any` or an optional object.
///
/// # Safety
/// `slot` holds a value of the shape.
#[cold]
unsafe fn take_old(slot: *mut u8, shape: Shape) -> Any {
    // SAFETY: the shape says so. `Dyn` is transparent over `AnyObject`.
    unsafe {
        match (shape.kind, shape.arity) {
            (Kind::Any, Arity::One) => mem::replace(&mut *slot.cast(), Any::Nil),
            (Kind::Any, Arity::Optional) => {
                let any = (*slot.cast::<Option<Any>>()).take();
                any.unwrap_or(Any::Nil)
            }
            (Kind::Dyn(_), Arity::Optional) => {
                let object = (*slot.cast::<Option<AnyObject>>()).take();
                object.map_or(Any::Nil, Any::Object)
            }
            _ => Any::Nil,
        }
    }
}

/// # Safety
/// `slot` holds objects in place, of the type of the plan and in the arity of the shape.
unsafe fn inline_object(
    slot: *mut u8,
    shape: Shape,
    plan: &Plan,
    budget: &mut Budget,
) -> Result<*mut u8, OverBudget> {
    match shape.arity {
        Arity::ErasedList(access) => {
            budget.take_exactly(plan.owned_bytes())?;
            // SAFETY: the shape says so.
            unsafe { push_with(slot, shape.kind, access, budget, |item| plan.init(item)) }
        }
        _ => Ok(slot),
    }
}

/// # Safety
/// `slot` holds a `Box` of an object of the type, or a nullable pointer for an optional one.
unsafe fn boxed_object(
    slot: *mut u8,
    plan: &Plan,
    budget: &mut Budget,
) -> Result<*mut u8, OverBudget> {
    // SAFETY: both arities are one pointer.
    unsafe {
        let boxed = slot.cast::<*mut u8>();
        if (*boxed).is_null() {
            budget.take_exactly(plan.box_bytes())?;
            boxed.write(plan.new_box());
        }
        Ok(*boxed)
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
    budget: &mut Budget,
    init: impl FnOnce(*mut u8),
) -> Result<*mut u8, OverBudget> {
    // SAFETY: growing follows what `Vec` does: the parts stay those of one allocation of the
    // global allocator with the layout of its capacity.
    unsafe {
        let (mut items, len, mut capacity) = (access.parts)(vec);
        if len == capacity {
            (items, capacity) = grow(items, capacity, kind, budget)?;
        }
        let item = items.add(len * stride(kind));
        init(item);
        (access.assemble)(vec, items, len + 1, capacity);
        Ok(item)
    }
}

/// The items moved to an allocation of more capacity, and that. After an error nothing has changed.
///
/// # Safety
/// `items` is the allocation of a `Vec` of the kind with this capacity.
unsafe fn grow(
    items: *mut u8,
    capacity: usize,
    kind: Kind,
    budget: &mut Budget,
) -> Result<(*mut u8, usize), OverBudget> {
    let wanted = grown(capacity, 1, MIN_ITEMS);
    let Some(layout) = list_layout(kind, wanted) else {
        return Err(OverBudget);
    };
    budget.take(layout.size())?;
    // SAFETY: the old layout is that of the allocation; no item kind is of size zero.
    let grown = unsafe {
        match list_layout(kind, capacity) {
            Some(old) if capacity > 0 => {
                budget.give_back(old.size());
                alloc::realloc(items, old, layout.size())
            }
            _ => alloc::alloc(layout),
        }
    };
    if grown.is_null() {
        alloc::handle_alloc_error(layout)
    }
    Ok((grown, wanted))
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

impl<'a> Slot<'a> {
    /// # Safety
    /// `slot` holds a value of the shape and is not used otherwise for the lifetime.
    #[inline]
    unsafe fn new(slot: *mut u8, shape: Shape, budget: &'a mut Budget) -> Self {
        // SAFETY: the kind tells the Rust type of the value.
        unsafe {
            match shape.kind {
                Kind::Bool => Self::Bool(Place::new(slot, shape, budget)),
                Kind::Byte => Self::Byte(Place::new(slot, shape, budget)),
                Kind::Short => Self::Short(Place::new(slot, shape, budget)),
                Kind::Int => Self::Int(Place::new(slot, shape, budget)),
                Kind::Long => Self::Long(Place::new(slot, shape, budget)),
                Kind::Float => Self::Float(Place::new(slot, shape, budget)),
                Kind::Double => Self::Double(Place::new(slot, shape, budget)),
                Kind::String => Self::String(Place::new(slot, shape, budget)),
                Kind::DateTime => Self::DateTime(Place::new(slot, shape, budget)),
                Kind::Binary => Self::Binary(Place::new(slot, shape, budget)),
                Kind::Any => Self::Any(Place::new(slot, shape, budget)),
                Kind::Reference => Self::Reference(Place::new(slot, shape, budget)),
                Kind::Enum(info) => Self::Enum(EnumPlace {
                    slot,
                    arity: shape.arity,
                    info,
                    budget,
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
    budget: &'a mut Budget,
    borrow: PhantomData<&'a mut T>,
}

impl<'a, T> Place<'a, T> {
    /// # Safety
    /// `slot` holds, in the arity of the shape, values with the layout of `T`, and is not used
    /// otherwise for the lifetime.
    unsafe fn new(slot: *mut u8, shape: Shape, budget: &'a mut Budget) -> Self {
        Self {
            slot,
            shape,
            budget,
            borrow: PhantomData,
        }
    }

    /// Puts the value, whose memory was taken from the budget when it was made.
    pub(crate) fn put_taken(self, value: T) -> Result<(), OverBudget> {
        self.put_taken_and_borrow(value).map(|_| ())
    }

    #[inline]
    fn put_taken_and_borrow(self, value: T) -> Result<Option<&'a mut T>, OverBudget> {
        // SAFETY: the arity tells what the place is; where the real type is a newtype, it is
        // transparent over `T`, and `Option` of it a nullable pointer like that of `T`.
        unsafe {
            Ok(match self.shape.arity {
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
                    self.budget.push(place, value)?;
                    place.last_mut()
                }
                Arity::ErasedList(access) => {
                    let (slot, kind) = (self.slot, self.shape.kind);
                    let item = push_with(slot, kind, access, self.budget, |item| {
                        item.cast::<T>().write(value);
                    })?;
                    Some(&mut *item.cast())
                }
            })
        }
    }
}

impl<'a, T: Owned> Place<'a, T> {
    /// Puts the value into the field, or appends it to the list.
    ///
    /// # Errors
    /// When that takes more memory than is left.
    #[inline]
    pub fn put(self, value: T) -> Result<(), OverBudget> {
        self.put_and_borrow(value).map(|_| ())
    }

    #[inline]
    fn put_and_borrow(self, value: T) -> Result<Option<&'a mut T>, OverBudget> {
        self.budget.take_exactly(value.owned())?;
        self.put_taken_and_borrow(value)
    }
}

/// A place for one more enumerated value.
#[derive(Debug)]
pub struct EnumPlace<'a> {
    slot: *mut u8,
    arity: Arity,
    info: &'static EnumInfo,
    budget: &'a mut Budget,
    borrow: PhantomData<&'a mut RawEnum>,
}

impl EnumPlace<'_> {
    /// Puts the value with this wire name, or appends it to the list.
    ///
    /// # Errors
    /// When that takes more memory than is left.
    pub fn put(self, value: &str) -> Result<(), OverBudget> {
        let known = self.info.position(value);
        if known.is_none() {
            self.budget.take(value.len())?;
        }
        // SAFETY: the place holds this enum in this arity.
        unsafe {
            match self.arity {
                Arity::One | Arity::Optional => {
                    RawEnum::drop(self.slot.cast(), self.info);
                    RawEnum::write_at(self.slot.cast(), self.info, known, value);
                }
                Arity::ErasedList(access) => {
                    let kind = Kind::Enum(self.info);
                    push_with(self.slot, kind, access, self.budget, |item| {
                        RawEnum::write_at(item.cast(), self.info, known, value);
                    })?;
                }
                // Lists of generated types are never `Arity::List`.
                Arity::List => {}
            }
        }
        Ok(())
    }

    /// The enum that the place is for.
    #[must_use]
    pub fn info(&self) -> &'static EnumInfo {
        self.info
    }
}
