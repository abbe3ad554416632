//! Safe views of data objects: what encoding, comparing and showing are written against.

use std::marker::PhantomData;
use std::ptr::NonNull;

use super::enumeration::{EnumInfo, RawEnum};
use super::interpret::{by_kind, stride};
use super::object::{AnyObject, DataObject};
use super::shape::{Arity, Field, Kind};
use super::type_info::{FieldInfo, TypeInfo};
use crate::any::{Any, AnyArray, EnumArray, ObjectArray};
use crate::extra::Extra;
use crate::lexical::binary::Binary;
use crate::lexical::date_time::DateTime;
use crate::reference::ManagedObjectReference;

/// A borrowed data object of any type.
#[derive(Clone, Copy)]
pub struct ObjectRef<'a> {
    data: NonNull<u8>,
    info: &'static TypeInfo,
    borrow: PhantomData<&'a AnyObject>,
}

// SAFETY: a shared borrow of a data object, and every data object is `Sync`.
unsafe impl Send for ObjectRef<'_> {}
// SAFETY: as above.
unsafe impl Sync for ObjectRef<'_> {}

impl<'a> ObjectRef<'a> {
    /// A view of a data object of a known type.
    #[must_use]
    pub fn of<T: DataObject>(object: &'a T) -> Self {
        Self {
            data: NonNull::from(object).cast(),
            info: T::type_info(),
            borrow: PhantomData,
        }
    }

    /// # Safety
    /// `data` points to an object of the type that lives and is not changed for `'a`.
    pub(super) unsafe fn new(data: *mut u8, info: &'static TypeInfo) -> Self {
        Self {
            // SAFETY: a pointer to an object is not null.
            data: unsafe { NonNull::new_unchecked(data) },
            info,
            borrow: PhantomData,
        }
    }

    pub(super) fn data(self) -> *const u8 {
        self.data.as_ptr()
    }

    /// The type of the object.
    #[must_use]
    pub fn type_info(self) -> &'static TypeInfo {
        self.info
    }

    /// The object as a `T`, if it is one or extends it.
    #[must_use]
    pub fn downcast_ref<T: DataObject>(self) -> Option<&'a T> {
        let found = self.info.is_a(T::type_info());
        // SAFETY: an object that is a `T` begins with one.
        found.then(|| unsafe { self.data.cast().as_ref() })
    }

    /// What the server sent beyond the known fields.
    #[must_use]
    pub fn extra(self) -> &'a Extra {
        // SAFETY: every object begins with `Extra`.
        unsafe { self.data.cast().as_ref() }
    }

    /// Every field with its value, those of the base type first, each level in schema order.
    pub fn fields(self) -> impl Iterator<Item = (&'static FieldInfo, ValueRef<'a>)> {
        self.fields_by_level()
            .map(|(_, field, value)| (field, value))
    }

    /// As [`Self::fields`], with the type that declares the field.
    pub(crate) fn fields_by_level(self) -> Fields<'a> {
        Fields {
            object: self,
            levels_left: self.info.ancestry().count(),
            level: self.info,
            fields: [].iter(),
        }
    }

    /// The value of the field with this wire name; `None` if the type has no such field.
    #[must_use]
    pub fn get(self, name: &str) -> Option<ValueRef<'a>> {
        self.info.field(name).map(|field| self.value_at(field))
    }

    /// `field` belongs to the type of the object, which the callers take care of.
    pub(super) fn value_at(self, field: &'static FieldInfo) -> ValueRef<'a> {
        // SAFETY: the field lies at its offset and is borrowed as long as the object.
        unsafe {
            ValueRef::read(
                self.data.as_ptr().add(field.offset()),
                field.shape().kind,
                field.shape().arity,
            )
        }
    }
}

/// The fields of an object, each with the type that declares it.
#[derive(Clone)]
pub(crate) struct Fields<'a> {
    object: ObjectRef<'a>,
    /// How many types of the hierarchy come after the present one.
    levels_left: usize,
    level: &'static TypeInfo,
    fields: std::slice::Iter<'static, FieldInfo>,
}

impl<'a> Fields<'a> {
    /// The object.
    pub(crate) fn object(&self) -> ObjectRef<'a> {
        self.object
    }
}

impl<'a> Iterator for Fields<'a> {
    type Item = (&'static TypeInfo, &'static FieldInfo, ValueRef<'a>);

    #[inline]
    fn next(&mut self) -> Option<Self::Item> {
        loop {
            if let Some(field) = self.fields.next() {
                return Some((self.level, field, self.object.value_at(field)));
            }
            self.levels_left = self.levels_left.checked_sub(1)?;
            // Hierarchies are a handful of levels, so walking them again costs less than keeping
            // them.
            self.level = self.object.info.ancestry().nth(self.levels_left)?;
            self.fields = self.level.own_fields().iter();
        }
    }
}

/// A borrowed value of any kind.
#[derive(Clone, Copy)]
pub enum ValueRef<'a> {
    /// An optional value that is not there.
    Unset,
    /// `xsd:boolean`
    Bool(bool),
    /// `xsd:byte`
    Byte(i8),
    /// `xsd:short`
    Short(i16),
    /// `xsd:int`
    Int(i32),
    /// `xsd:long`
    Long(i64),
    /// `xsd:float`
    Float(f32),
    /// `xsd:double`
    Double(f64),
    /// `xsd:string` and `xsd:anyURI`
    String(&'a str),
    /// `xsd:dateTime`
    DateTime(DateTime),
    /// `xsd:base64Binary`
    Binary(&'a [u8]),
    /// `xsd:anyType`
    Any(&'a Any),
    /// `ManagedObjectReference`
    Reference(&'a ManagedObjectReference),
    /// An enumerated value and its enum; empty where a required one was never set.
    Enum(&'a str, &'static EnumInfo),
    /// A data object.
    Object(ObjectRef<'a>),
    /// A list, which may be empty: SOAP cannot tell an empty list from none.
    List(ListRef<'a>),
}

impl<'a> ValueRef<'a> {
    /// A view of a value of a known type.
    #[must_use]
    pub fn of<F: Field>(value: &'a F) -> Self {
        // SAFETY: `F::SHAPE` describes `F`, and the value is borrowed for `'a`.
        unsafe {
            Self::read(
                std::ptr::from_ref(value).cast(),
                F::SHAPE.kind,
                F::SHAPE.arity,
            )
        }
    }

    /// The kind of a scalar or a reference; `None` for any other value, which tells its type itself.
    pub(crate) fn scalar_kind(self) -> Option<Kind> {
        match self {
            Self::Bool(_) => Some(Kind::Bool),
            Self::Byte(_) => Some(Kind::Byte),
            Self::Short(_) => Some(Kind::Short),
            Self::Int(_) => Some(Kind::Int),
            Self::Long(_) => Some(Kind::Long),
            Self::Float(_) => Some(Kind::Float),
            Self::Double(_) => Some(Kind::Double),
            Self::String(_) => Some(Kind::String),
            Self::DateTime(_) => Some(Kind::DateTime),
            Self::Binary(_) => Some(Kind::Binary),
            Self::Reference(_) => Some(Kind::Reference),
            Self::Unset | Self::Any(_) | Self::Enum(..) | Self::Object(_) | Self::List(_) => None,
        }
    }

    /// # Safety
    /// `slot` points to a value of the shape that lives and is not changed for `'a`.
    pub(super) unsafe fn read(slot: *const u8, kind: Kind, arity: Arity) -> Self {
        // SAFETY: the shape tells the Rust type of the value.
        unsafe {
            match arity {
                Arity::One => Self::read_item(slot, kind),
                Arity::Optional => {
                    let is_none = by_kind!(kind, T => (*slot.cast::<Option<T>>()).is_none(), {
                        Kind::Enum(info) => RawEnum::value(slot.cast(), info).is_none(),
                        Kind::Inline(_) | Kind::Boxed(_) => (*slot.cast::<*const u8>()).is_null(),
                    });
                    if is_none {
                        return Self::Unset;
                    }
                    match kind {
                        Kind::Bool => Self::of_some(slot, Self::Bool),
                        Kind::Byte => Self::of_some(slot, Self::Byte),
                        Kind::Short => Self::of_some(slot, Self::Short),
                        Kind::Int => Self::of_some(slot, Self::Int),
                        Kind::Long => Self::of_some(slot, Self::Long),
                        Kind::Float => Self::of_some(slot, Self::Float),
                        Kind::Double => Self::of_some(slot, Self::Double),
                        Kind::DateTime => Self::of_some(slot, Self::DateTime),
                        Kind::String => match &*slot.cast::<Option<String>>() {
                            Some(text) => Self::String(text),
                            None => Self::Unset,
                        },
                        Kind::Binary => match &*slot.cast::<Option<Binary>>() {
                            Some(bytes) => Self::Binary(bytes),
                            None => Self::Unset,
                        },
                        Kind::Any => match &*slot.cast::<Option<Any>>() {
                            Some(any) => Self::Any(any),
                            None => Self::Unset,
                        },
                        // A pointer that is not null, or an enum whose tag is not that of `None`,
                        // is laid out like the value itself.
                        Kind::Reference
                        | Kind::Enum(_)
                        | Kind::Inline(_)
                        | Kind::Boxed(_)
                        | Kind::Dyn(_) => Self::read_item(slot, kind),
                    }
                }
                Arity::List => Self::List(ListRef::of_concrete(slot, kind)),
                Arity::ErasedList(access) => {
                    let (items, len, _) = (access.parts)(slot);
                    Self::List(ListRef::new(items, len, kind))
                }
            }
        }
    }

    /// # Safety
    /// `slot` points to an `Option<T>`.
    unsafe fn of_some<T: Copy>(slot: *const u8, make: fn(T) -> Self) -> Self {
        // SAFETY: by the contract.
        unsafe { *slot.cast::<Option<T>>() }.map_or(Self::Unset, make)
    }

    /// # Safety
    /// `slot` points to a value of the kind that lives and is not changed for `'a`.
    unsafe fn read_item(slot: *const u8, kind: Kind) -> Self {
        // SAFETY: the kind tells the Rust type of the value.
        unsafe {
            match kind {
                Kind::Bool => Self::Bool(*slot.cast()),
                Kind::Byte => Self::Byte(*slot.cast()),
                Kind::Short => Self::Short(*slot.cast()),
                Kind::Int => Self::Int(*slot.cast()),
                Kind::Long => Self::Long(*slot.cast()),
                Kind::Float => Self::Float(*slot.cast()),
                Kind::Double => Self::Double(*slot.cast()),
                Kind::String => Self::String(&*slot.cast::<String>()),
                Kind::DateTime => Self::DateTime(*slot.cast()),
                Kind::Binary => Self::Binary(&*slot.cast::<Binary>()),
                Kind::Any => Self::Any(&*slot.cast()),
                Kind::Reference => Self::Reference(&*slot.cast()),
                Kind::Enum(info) => {
                    Self::Enum(RawEnum::value(slot.cast(), info).unwrap_or_default(), info)
                }
                Kind::Inline(link) => Self::Object(ObjectRef::new(slot.cast_mut(), link.get())),
                Kind::Boxed(link) => Self::Object(ObjectRef::new(*slot.cast(), link.get())),
                Kind::Dyn(_) => Self::Object((*slot.cast::<AnyObject>()).as_object()),
            }
        }
    }
}

/// A borrowed list of values of one kind.
#[derive(Clone, Copy)]
pub struct ListRef<'a> {
    items: *const u8,
    len: usize,
    kind: Kind,
    borrow: PhantomData<&'a AnyObject>,
}

// SAFETY: a shared borrow of values that are all `Sync`.
unsafe impl Send for ListRef<'_> {}
// SAFETY: as above.
unsafe impl Sync for ListRef<'_> {}

impl<'a> ListRef<'a> {
    /// A view of a slice of a known type.
    #[must_use]
    pub fn of<T: super::shape::Item>(items: &'a [T]) -> Self {
        Self {
            items: items.as_ptr().cast(),
            len: items.len(),
            kind: T::KIND,
            borrow: PhantomData,
        }
    }

    /// # Safety
    /// `items` points to `len` values of the kind that live and are not changed for `'a`.
    unsafe fn new(items: *const u8, len: usize, kind: Kind) -> Self {
        Self {
            items,
            len,
            kind,
            borrow: PhantomData,
        }
    }

    /// # Safety
    /// `slot` points to a `Vec` of the concrete type of the kind, as for [`ListRef::new`].
    unsafe fn of_concrete(slot: *const u8, kind: Kind) -> Self {
        // SAFETY: by the contract.
        unsafe {
            by_kind!(kind, T => {
                let items = &*slot.cast::<Vec<T>>();
                Self::new(items.as_ptr().cast(), items.len(), kind)
            }, {
                // Lists of generated types are never `Arity::List`.
                Kind::Enum(_) | Kind::Inline(_) | Kind::Boxed(_) => Self::new(slot, 0, kind),
            })
        }
    }

    /// A view of the items of an array.
    #[must_use]
    pub fn of_array(array: &'a AnyArray) -> Self {
        match array {
            AnyArray::Bool(items) => Self::of(items),
            AnyArray::Byte(items) => Self::of(items),
            AnyArray::Short(items) => Self::of(items),
            AnyArray::Int(items) => Self::of(items),
            AnyArray::Long(items) => Self::of(items),
            AnyArray::Float(items) => Self::of(items),
            AnyArray::Double(items) => Self::of(items),
            // The values of an enum that is known only at run time are kept as text.
            AnyArray::String(items)
            | AnyArray::Uri(items)
            | AnyArray::Enum(EnumArray { values: items, .. }) => Self::of(items),
            AnyArray::DateTime(items) => Self::of(items),
            AnyArray::Binary(items) => Self::of(items),
            AnyArray::Any(items) => Self::of(items),
            AnyArray::Reference(items) => Self::of(items),
            AnyArray::Object(array) => Self::of_objects(array),
        }
    }

    /// A view of the objects of an array.
    pub(super) fn of_objects(array: &'a ObjectArray) -> Self {
        let items = array.items();
        // SAFETY: the items are `AnyObject`s, as the kind `Dyn` says.
        unsafe { Self::new(items.as_ptr().cast(), items.len(), array.kind()) }
    }

    /// The kind of every value in the list.
    #[must_use]
    pub fn kind(self) -> Kind {
        self.kind
    }

    /// How many values there are.
    #[must_use]
    pub fn len(self) -> usize {
        self.len
    }

    /// Whether there are none.
    #[must_use]
    pub fn is_empty(self) -> bool {
        self.len == 0
    }

    /// How many bytes the values take where they are, without what they own.
    pub(super) fn bytes(self) -> usize {
        self.len * stride(self.kind)
    }

    /// The value at a position.
    #[must_use]
    pub fn get(self, index: usize) -> Option<ValueRef<'a>> {
        // SAFETY: the position is within the list.
        (index < self.len).then(|| unsafe {
            ValueRef::read_item(self.items.add(index * stride(self.kind)), self.kind)
        })
    }

    /// The values in order.
    pub fn iter(self) -> impl Iterator<Item = ValueRef<'a>> {
        (0..self.len).filter_map(move |index| self.get(index))
    }

    /// The enum that the values belong to, if they are enumerated.
    #[must_use]
    pub fn enum_info(self) -> Option<&'static EnumInfo> {
        match self.kind {
            Kind::Enum(info) => Some(info),
            _ => None,
        }
    }
}
