//! Changing objects whose type is known only at run time: the counterpart of the views.
//!
//! A value is changed in place, and only to what its Rust type can hold. Each step further in
//! borrows from the one before, so nothing moves while something within it is at hand.

use std::alloc::{self, Layout};
use std::fmt;
use std::marker::PhantomData;
use std::mem::MaybeUninit;
use std::ptr::{self, NonNull};

use super::builder::{items_of, push_with};
use super::convert::write_item;
use super::drop::drop_item;
use super::enumeration::RawEnum;
use super::interpret::{by_kind, init_item, stride};
use super::object::{AnyObject, DataObject, Dyn};
use super::shape::{Arity, Kind, Shape, VecAccess};
use super::type_info::{FieldInfo, TypeInfo};
use super::view::{ObjectRef, ValueRef};
use crate::any::{Any, AnyArray};
use crate::budget::Budget;
use crate::extra::Extra;
use crate::lexical::binary::Binary;
use crate::lexical::date_time::DateTime;
use crate::reference::ManagedObjectReference;

/// A data object of any type, borrowed to be changed.
pub struct ObjectMut<'a> {
    data: NonNull<u8>,
    info: &'static TypeInfo,
    borrow: PhantomData<&'a mut AnyObject>,
}

// SAFETY: a unique borrow of a data object, and every data object is `Send`.
unsafe impl Send for ObjectMut<'_> {}
// SAFETY: through a shared borrow it is only read, and every data object is `Sync`.
unsafe impl Sync for ObjectMut<'_> {}

impl<'a> ObjectMut<'a> {
    /// Borrows a data object of a known type.
    #[must_use]
    pub fn of<T: DataObject>(object: &'a mut T) -> Self {
        Self {
            data: NonNull::from(object).cast(),
            info: T::type_info(),
            borrow: PhantomData,
        }
    }

    /// # Safety
    /// `data` points to an object of the type that lives and is not used otherwise for `'a`.
    unsafe fn new(data: *mut u8, info: &'static TypeInfo) -> Self {
        Self {
            // SAFETY: a pointer to an object is not null.
            data: unsafe { NonNull::new_unchecked(data) },
            info,
            borrow: PhantomData,
        }
    }

    /// The type of the object.
    #[must_use]
    pub fn type_info(&self) -> &'static TypeInfo {
        self.info
    }

    /// A view of the object.
    #[must_use]
    pub fn as_object(&self) -> ObjectRef<'_> {
        // SAFETY: borrowed as long as this borrow of it.
        unsafe { ObjectRef::new(self.data.as_ptr(), self.info) }
    }

    /// What the server sent beyond the known fields.
    #[must_use]
    pub fn extra(&mut self) -> &mut Extra {
        // SAFETY: every object begins with `Extra`.
        unsafe { self.data.cast().as_mut() }
    }

    /// The same object, borrowed for a shorter time.
    #[must_use]
    pub fn reborrow(&mut self) -> ObjectMut<'_> {
        ObjectMut { ..*self }
    }

    /// The value of the field with this wire name; `None` if the type has no such field.
    #[must_use]
    pub fn into_field(self, name: &str) -> Option<ValueMut<'a>> {
        let field = self.info.field(name)?;
        // SAFETY: the field is one of the object's type, which is borrowed for `'a`.
        Some(unsafe { ValueMut::new(self.data.as_ptr().add(field.offset()), field.shape()) })
    }

    /// As [`Self::into_field`], borrowing the object no longer than the value is needed.
    #[must_use]
    pub fn field(&mut self, name: &str) -> Option<ValueMut<'_>> {
        self.reborrow().into_field(name)
    }
}

impl fmt::Debug for ObjectMut<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.as_object().fmt(f)
    }
}

impl AnyObject {
    /// Borrows the object to change its fields by name.
    #[must_use]
    pub fn as_object_mut(&mut self) -> ObjectMut<'_> {
        // The owner's pointer is valid for the whole object. One derived from a reference to a base
        // would be valid for that base only.
        // SAFETY: the object has this type and is borrowed as long as its owner.
        unsafe { ObjectMut::new(self.data(), self.type_info()) }
    }
}

impl<T: DataObject> Dyn<T> {
    /// Borrows the object to change its fields by name, those of its own type included.
    #[must_use]
    pub fn as_object_mut(&mut self) -> ObjectMut<'_> {
        self.object_mut().as_object_mut()
    }
}

impl TypeInfo {
    /// The field with this wire name, of this type or one that it extends.
    #[must_use]
    pub fn field(&'static self, name: &str) -> Option<&'static FieldInfo> {
        self.ancestry()
            .flat_map(Self::own_fields)
            .find(|field| field.name() == name)
    }
}

/// A value of any kind, borrowed to be changed.
pub struct ValueMut<'a> {
    slot: *mut u8,
    shape: Shape,
    borrow: PhantomData<&'a mut AnyObject>,
}

impl<'a> ValueMut<'a> {
    /// # Safety
    /// `slot` points to a value of the shape that lives and is not used otherwise for `'a`.
    unsafe fn new(slot: *mut u8, shape: Shape) -> Self {
        Self {
            slot,
            shape,
            borrow: PhantomData,
        }
    }

    /// What values can be put here.
    #[must_use]
    pub fn shape(&self) -> Shape {
        self.shape
    }

    /// The value as it is.
    #[must_use]
    pub fn get(&self) -> ValueRef<'_> {
        // SAFETY: the slot holds a value of the shape, borrowed as long as this.
        unsafe { ValueRef::read(self.slot, self.shape.kind, self.shape.arity) }
    }

    /// Puts a value in place of this one. [`Any::Nil`] stands for no value.
    ///
    /// # Errors
    /// The value itself, when it is of a type that cannot stand here; this one is left as it is.
    pub fn put(&mut self, value: Any) -> Result<(), Any> {
        if matches!(value, Any::Nil) {
            self.clear();
            return Ok(());
        }
        if self.shape.is_list() {
            let Any::Array(array) = value else {
                return Err(value);
            };
            return self.as_list().replace(array);
        }
        self.put_one(value)
    }

    fn put_one(&mut self, value: Any) -> Result<(), Any> {
        let Self { slot, shape, .. } = *self;
        // SAFETY: the shape tells the Rust type of the value; the old one is dropped only when
        // there is a new one to take its place.
        unsafe {
            by_kind!(shape.kind, T => {
                let mut item = MaybeUninit::<T>::uninit();
                write_item(shape.kind, item.as_mut_ptr().cast(), value)?;
                match shape.arity {
                    Arity::Optional => *slot.cast::<Option<T>>() = Some(item.assume_init()),
                    _ => *slot.cast::<T>() = item.assume_init(),
                }
            }, {
                Kind::Enum(info) => {
                    let mut item = MaybeUninit::<RawEnum>::uninit();
                    write_item(shape.kind, item.as_mut_ptr().cast(), value)?;
                    RawEnum::drop(slot.cast(), info);
                    slot.cast::<MaybeUninit<RawEnum>>().write(item);
                },
                Kind::Boxed(_) => {
                    let mut item = ptr::null_mut::<u8>();
                    write_item(shape.kind, (&raw mut item).cast(), value)?;
                    if !(*slot.cast::<*mut u8>()).is_null() {
                        drop_item(slot, shape.kind);
                    }
                    slot.cast::<*mut u8>().write(item);
                },
                Kind::Inline(link) => match value {
                    Any::Object(object) if ptr::eq(object.type_info(), link.get()) => {
                        drop_item(slot, shape.kind);
                        object.move_to(slot);
                    }
                    other => return Err(other),
                },
            });
        }
        Ok(())
    }

    /// Takes the value away: what is optional becomes unset, a list empty, and what is required
    /// gets the value it has when an object is created.
    pub fn clear(&mut self) {
        let Self { slot, shape, .. } = *self;
        if shape.is_list() {
            return self.as_list().clear();
        }
        // SAFETY: the shape tells the Rust type of the value.
        unsafe {
            match shape.arity {
                Arity::Optional => by_kind!(shape.kind, T => *slot.cast::<Option<T>>() = None, {
                    Kind::Enum(info) => {
                        RawEnum::drop(slot.cast(), info);
                        RawEnum::write_none(slot.cast(), info);
                    },
                    Kind::Inline(_) | Kind::Boxed(_) => {
                        if !(*slot.cast::<*mut u8>()).is_null() {
                            drop_item(slot, shape.kind);
                            slot.cast::<*mut u8>().write(ptr::null_mut());
                        }
                    },
                }),
                _ => {
                    drop_item(slot, shape.kind);
                    init_item(slot, shape.kind);
                }
            }
        }
    }

    /// The object that this value is; `None` where it is unset or something else.
    #[must_use]
    pub fn into_object(self) -> Option<ObjectMut<'a>> {
        if self.shape.is_list() {
            return None;
        }
        // SAFETY: the shape tells the Rust type of the value, which is borrowed for `'a`; an
        // optional object is a nullable pointer.
        unsafe {
            match self.shape.kind {
                Kind::Inline(link) => Some(ObjectMut::new(self.slot, link.get())),
                Kind::Boxed(link) => {
                    let boxed = *self.slot.cast::<*mut u8>();
                    (!boxed.is_null()).then(|| ObjectMut::new(boxed, link.get()))
                }
                Kind::Dyn(_) => {
                    let object = &mut *self.slot.cast::<Option<AnyObject>>();
                    object.as_mut().map(AnyObject::as_object_mut)
                }
                Kind::Any => match self.into_any()? {
                    Any::Object(object) => Some(object.as_object_mut()),
                    _ => None,
                },
                _ => None,
            }
        }
    }

    /// As [`Self::into_object`], creating an object of the declared type where none is set;
    /// `None` where the schema declares no object.
    #[must_use]
    pub fn into_object_or_new(mut self) -> Option<ObjectMut<'a>> {
        if let (ValueRef::Unset, Some(declared)) = (self.get(), self.shape.kind.declared_type()) {
            self.put(Any::Object(AnyObject::with_type(declared))).ok()?;
        }
        self.into_object()
    }

    /// The list that this value is; `None` where it is something else.
    #[must_use]
    pub fn into_list(self) -> Option<ListMut<'a>> {
        if self.shape.is_list() {
            // SAFETY: the slot holds a list of this shape, borrowed for `'a`.
            return Some(unsafe { ListMut::new(self.slot, self.shape) });
        }
        match self.into_any()? {
            Any::Array(array) => Some(ListMut::of_array(array)),
            _ => None,
        }
    }

    /// The `Any` that this value is, if it is one and set.
    fn into_any(self) -> Option<&'a mut Any> {
        // SAFETY: the shape tells the Rust type of the value, which is borrowed for `'a`.
        unsafe {
            match self.shape {
                Shape {
                    kind: Kind::Any,
                    arity: Arity::One,
                } => Some(&mut *self.slot.cast::<Any>()),
                Shape {
                    kind: Kind::Any,
                    arity: Arity::Optional,
                } => (*self.slot.cast::<Option<Any>>()).as_mut(),
                _ => None,
            }
        }
    }

    /// For values that are lists, as those who call it made sure of.
    fn as_list(&mut self) -> ListMut<'_> {
        ListMut {
            slot: self.slot,
            shape: self.shape,
            borrow: PhantomData,
        }
    }
}

impl fmt::Debug for ValueMut<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.get().fmt(f)
    }
}

/// A list of values of one kind, borrowed to be changed.
pub struct ListMut<'a> {
    slot: *mut u8,
    shape: Shape,
    borrow: PhantomData<&'a mut AnyObject>,
}

impl<'a> ListMut<'a> {
    /// # Safety
    /// `slot` points to a `Vec` of the shape, which is that of a list, and is not used otherwise
    /// for `'a`.
    unsafe fn new(slot: *mut u8, shape: Shape) -> Self {
        Self {
            slot,
            shape,
            borrow: PhantomData,
        }
    }

    /// Borrows the items of an array.
    #[must_use]
    pub fn of_array(array: &'a mut AnyArray) -> Self {
        let (slot, shape) = items_of(array);
        // SAFETY: these are the items of the array, which is borrowed for `'a`.
        unsafe { Self::new(slot, shape) }
    }

    /// The kind of every value in the list.
    #[must_use]
    pub fn kind(&self) -> Kind {
        self.shape.kind
    }

    /// How many values there are.
    #[must_use]
    pub fn len(&self) -> usize {
        match self.get() {
            ValueRef::List(list) => list.len(),
            _ => 0,
        }
    }

    /// Whether there are none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The list as it is.
    #[must_use]
    pub fn get(&self) -> ValueRef<'_> {
        // SAFETY: the slot holds a list of the shape, borrowed as long as this.
        unsafe { ValueRef::read(self.slot, self.shape.kind, self.shape.arity) }
    }

    /// The value at a position.
    #[must_use]
    pub fn into_item(self, index: usize) -> Option<ValueMut<'a>> {
        if index >= self.len() {
            return None;
        }
        let shape = Shape {
            kind: self.shape.kind,
            arity: Arity::One,
        };
        // SAFETY: the position is within the list, which is borrowed for `'a`.
        Some(unsafe { ValueMut::new(self.items().add(index * stride(shape.kind)), shape) })
    }

    /// Appends a value.
    ///
    /// # Errors
    /// The value itself, when it is of a type that cannot stand here.
    pub fn push(&mut self, value: Any) -> Result<(), Any> {
        let Shape { kind, arity } = self.shape;
        // SAFETY: the shape tells the Rust type of the list.
        unsafe {
            match arity {
                Arity::ErasedList(access) => self.push_erased(access, value),
                _ => by_kind!(kind, T => {
                    let mut item = MaybeUninit::<T>::uninit();
                    write_item(kind, item.as_mut_ptr().cast(), value)?;
                    (*self.slot.cast::<Vec<T>>()).push(item.assume_init());
                    Ok(())
                }, {
                    // Lists of generated types are never `Arity::List`.
                    Kind::Enum(_) | Kind::Inline(_) | Kind::Boxed(_) => Err(value),
                }),
            }
        }
    }

    /// # Safety
    /// `access` is how the list is reached.
    unsafe fn push_erased(&mut self, access: &VecAccess, value: Any) -> Result<(), Any> {
        let kind = self.shape.kind;
        let mut refused = Ok(());
        // SAFETY: the new item is initialised in either case, and taken away again when it is not
        // the one that was to be appended.
        unsafe {
            let mut budget = Budget::unlimited();
            let pushed = push_with(self.slot, kind, access, &mut budget, |item| {
                refused = write_item(kind, item, value);
                if refused.is_err() {
                    init_item(item, kind);
                }
            });
            if pushed.is_err() {
                // Larger than any list may be.
                alloc::handle_alloc_error(Layout::new::<u8>());
            }
        }
        if refused.is_err() {
            self.remove(self.len().saturating_sub(1));
        }
        refused
    }

    /// Takes the value at a position away; those behind it move up. Returns whether there was one.
    pub fn remove(&mut self, index: usize) -> bool {
        let Shape { kind, arity } = self.shape;
        let len = self.len();
        if index >= len {
            return false;
        }
        // SAFETY: the shape tells the Rust type of the list; the position is within it. The item
        // taken away is dropped once, and those behind it are moved into its place.
        unsafe {
            match arity {
                Arity::ErasedList(access) => {
                    let (items, _, capacity) = (access.parts)(self.slot);
                    let item = items.add(index * stride(kind));
                    drop_item(item, kind);
                    let behind = (len - index - 1) * stride(kind);
                    ptr::copy(item.add(stride(kind)), item, behind);
                    (access.assemble)(self.slot, items, len - 1, capacity);
                }
                _ => by_kind!(kind, T => { (*self.slot.cast::<Vec<T>>()).remove(index); }, {
                    Kind::Enum(_) | Kind::Inline(_) | Kind::Boxed(_) => {}
                }),
            }
        }
        true
    }

    /// Takes every value away.
    pub fn clear(&mut self) {
        let Shape { kind, arity } = self.shape;
        // SAFETY: the shape tells the Rust type of the list; every item is dropped once.
        unsafe {
            match arity {
                Arity::ErasedList(access) => {
                    let (items, len, capacity) = (access.parts)(self.slot);
                    for index in 0..len {
                        drop_item(items.add(index * stride(kind)), kind);
                    }
                    (access.assemble)(self.slot, items, 0, capacity);
                }
                _ => by_kind!(kind, T => (*self.slot.cast::<Vec<T>>()).clear(), {
                    Kind::Enum(_) | Kind::Inline(_) | Kind::Boxed(_) => {}
                }),
            }
        }
    }

    /// Puts the items of an array in place of the values.
    fn replace(&mut self, array: AnyArray) -> Result<(), Any> {
        if !array.items_fit(self.shape.kind) {
            return Err(Any::Array(array));
        }
        self.clear();
        array.try_for_each(&mut |item| self.push(item))
    }

    /// Where the first item is.
    fn items(&self) -> *mut u8 {
        let Shape { kind, arity } = self.shape;
        // SAFETY: the shape tells the Rust type of the list.
        unsafe {
            match arity {
                Arity::ErasedList(access) => (access.parts)(self.slot).0,
                _ => by_kind!(kind, T => (*self.slot.cast::<Vec<T>>()).as_mut_ptr().cast(), {
                    Kind::Enum(_) | Kind::Inline(_) | Kind::Boxed(_) => self.slot,
                }),
            }
        }
    }
}

impl fmt::Debug for ListMut<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.get().fmt(f)
    }
}
