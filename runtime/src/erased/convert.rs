//! Values out of and into [`Any`], for any type a field, parameter or result may have.

use std::mem::MaybeUninit;

use super::edit::ListMut;
use super::enumeration::RawEnum;
use super::interpret;
use super::object::AnyObject;
use super::shape::{Arity, Item, Kind, Shape};
use super::view::ValueRef;
use crate::any::{Any, AnyArray, AnyEnum};
use crate::lexical::binary::Binary;
use crate::lexical::date_time::DateTime;
use crate::reference::ManagedObjectReference;

/// What an operation or a property gives: an [`Item`], `Option` or `Vec` of it, or nothing.
pub trait Returned: Sized + Send + 'static {
    /// The shape as declared; `None` where nothing is returned.
    const SHAPE: Option<Shape>;

    /// Takes the value out of what was decoded.
    ///
    /// # Errors
    /// The value itself, when it is of another type.
    fn from_any(any: Any) -> Result<Self, Any>;
}

impl Returned for () {
    const SHAPE: Option<Shape> = None;

    fn from_any(_: Any) -> Result<Self, Any> {
        Ok(())
    }
}

impl<T: Item> Returned for T {
    const SHAPE: Option<Shape> = Some(Shape {
        kind: T::KIND,
        arity: Arity::One,
    });

    fn from_any(any: Any) -> Result<Self, Any> {
        item_from_any(any)
    }
}

impl<T: Item> Returned for Option<T> {
    const SHAPE: Option<Shape> = Some(Shape {
        kind: T::KIND,
        arity: Arity::Optional,
    });

    fn from_any(any: Any) -> Result<Self, Any> {
        match any {
            Any::Nil => Ok(None),
            any => item_from_any(any).map(Some),
        }
    }
}

impl<T: Item> Returned for Vec<T> {
    const SHAPE: Option<Shape> = Some(Shape {
        kind: T::KIND,
        arity: T::LIST,
    });

    /// One wrong item makes the whole list wrong; the items before it are put back.
    fn from_any(any: Any) -> Result<Self, Any> {
        let array = match any {
            Any::Nil => return Ok(Vec::new()),
            Any::Array(array) => array,
            any => return Err(any),
        };
        let mut taken = Self::with_capacity(array.len());
        if !array.items_fit(T::KIND) {
            return Err(Any::Array(array));
        }
        array.try_for_each(&mut |item| {
            taken.push(item_from_any(item)?);
            Ok(())
        })?;
        Ok(taken)
    }
}

/// Takes one value out of an `Any`.
fn item_from_any<T: Item>(any: Any) -> Result<T, Any> {
    let mut slot = MaybeUninit::<T>::uninit();
    // SAFETY: the memory is for a `T`, and initialised when writing succeeds.
    unsafe {
        write_item(T::KIND, slot.as_mut_ptr().cast(), any)?;
        Ok(slot.assume_init())
    }
}

/// Writes the value that an `Any` holds, as the Rust type that the kind stands for.
///
/// # Errors
/// The value itself, when it is of another type; then nothing is written.
///
/// # Safety
/// `place` points to uninitialised memory for a value of the kind.
pub(super) unsafe fn write_item(kind: Kind, place: *mut u8, any: Any) -> Result<(), Any> {
    // SAFETY: each arm writes a value of the Rust type that the kind stands for, which
    // the memory is for.
    unsafe {
        match (kind, any) {
            (Kind::Any, any) => place.cast::<Any>().write(any),
            (Kind::Bool, Any::Bool(value)) => place.cast::<bool>().write(value),
            (Kind::Byte, Any::Byte(value)) => place.cast::<i8>().write(value),
            (Kind::Short, Any::Byte(value)) => place.cast::<i16>().write(value.into()),
            (Kind::Short, Any::Short(value)) => place.cast::<i16>().write(value),
            (Kind::Int, Any::Byte(value)) => place.cast::<i32>().write(value.into()),
            (Kind::Int, Any::Short(value)) => place.cast::<i32>().write(value.into()),
            (Kind::Int, Any::Int(value)) => place.cast::<i32>().write(value),
            (Kind::Long, Any::Byte(value)) => place.cast::<i64>().write(value.into()),
            (Kind::Long, Any::Short(value)) => place.cast::<i64>().write(value.into()),
            (Kind::Long, Any::Int(value)) => place.cast::<i64>().write(value.into()),
            (Kind::Long, Any::Long(value)) => place.cast::<i64>().write(value),
            (Kind::Float, Any::Float(value)) => place.cast::<f32>().write(value),
            (Kind::Double, Any::Float(value)) => place.cast::<f64>().write(value.into()),
            (Kind::Double, Any::Double(value)) => place.cast::<f64>().write(value),
            (Kind::String, Any::String(value) | Any::Uri(value)) => {
                place.cast::<String>().write(value);
            }
            (Kind::String, Any::Enum(value)) => {
                place.cast::<String>().write(value.value.into_owned());
            }
            (Kind::DateTime, Any::DateTime(value)) => place.cast::<DateTime>().write(value),
            (Kind::Binary, Any::Binary(value)) => place.cast::<Binary>().write(value),
            (Kind::Reference, Any::Reference(value)) => {
                place.cast::<ManagedObjectReference>().write(value);
            }
            (Kind::Enum(info), Any::Enum(value)) if std::ptr::eq(info, value.info) => {
                RawEnum::write(place.cast(), info, &value.value);
            }
            (Kind::Enum(info), Any::String(value)) => {
                RawEnum::write(place.cast(), info, &value);
            }
            (Kind::Dyn(link), Any::Object(object)) if object.type_info().is_a(link.get()) => {
                place.cast::<AnyObject>().write(object);
            }
            (Kind::Inline(link), Any::Object(object))
                if std::ptr::eq(object.type_info(), link.get()) =>
            {
                object.move_to(place);
            }
            (Kind::Boxed(link), Any::Object(object))
                if std::ptr::eq(object.type_info(), link.get()) =>
            {
                let memory = interpret::allocate_box(link.get());
                object.move_to(memory);
                place.cast::<*mut u8>().write(memory);
            }
            (_, any) => return Err(any),
        }
    }
    Ok(())
}

/// Puts a value into an `Any`.
#[must_use]
pub fn into_any<T: Item>(item: T) -> Any {
    let mut item = std::mem::ManuallyDrop::new(item);
    let place = (&raw mut item).cast::<u8>();
    // SAFETY: the kind tells the Rust type of the value, which is read once and not dropped.
    unsafe {
        match T::KIND {
            Kind::Any => place.cast::<Any>().read(),
            Kind::Bool => Any::Bool(place.cast::<bool>().read()),
            Kind::Byte => Any::Byte(place.cast::<i8>().read()),
            Kind::Short => Any::Short(place.cast::<i16>().read()),
            Kind::Int => Any::Int(place.cast::<i32>().read()),
            Kind::Long => Any::Long(place.cast::<i64>().read()),
            Kind::Float => Any::Float(place.cast::<f32>().read()),
            Kind::Double => Any::Double(place.cast::<f64>().read()),
            Kind::String => Any::String(place.cast::<String>().read()),
            Kind::DateTime => Any::DateTime(place.cast::<DateTime>().read()),
            Kind::Binary => Any::Binary(place.cast::<Binary>().read()),
            Kind::Reference => Any::Reference(place.cast::<ManagedObjectReference>().read()),
            Kind::Dyn(_) => Any::Object(place.cast::<AnyObject>().read()),
            Kind::Enum(info) => {
                let value = RawEnum::value(place.cast(), info).unwrap_or_default();
                let value = value.to_owned().into();
                RawEnum::drop(place.cast(), info);
                Any::Enum(AnyEnum { info, value })
            }
            Kind::Inline(link) => Any::Object(AnyObject::moved_from(place, link.get())),
            Kind::Boxed(link) => {
                let boxed = *place.cast::<*mut u8>();
                let object = AnyObject::moved_from(boxed, link.get());
                interpret::free_box(boxed, link.get());
                Any::Object(object)
            }
        }
    }
}

impl AnyArray {
    /// Whether every item can be taken out as a value of the kind.
    pub(super) fn items_fit(&self, kind: Kind) -> bool {
        match (kind, self) {
            (Kind::Any, _)
            | (Kind::Bool, Self::Bool(_))
            | (Kind::Byte, Self::Byte(_))
            | (Kind::Short, Self::Short(_) | Self::Byte(_))
            | (Kind::Int, Self::Int(_) | Self::Short(_) | Self::Byte(_))
            | (Kind::Long, Self::Long(_) | Self::Int(_) | Self::Short(_) | Self::Byte(_))
            | (Kind::Float, Self::Float(_))
            | (Kind::Double, Self::Double(_) | Self::Float(_))
            | (Kind::String, Self::String(_) | Self::Uri(_) | Self::Enum(_))
            | (Kind::DateTime, Self::DateTime(_))
            | (Kind::Binary, Self::Binary(_))
            | (Kind::Reference, Self::Reference(_))
            | (Kind::Enum(_), Self::String(_)) => true,
            (Kind::Enum(info), Self::Enum(array)) => std::ptr::eq(info, array.info),
            (Kind::Dyn(link), Self::Object(array)) => array
                .items()
                .iter()
                .all(|item| item.type_info().is_a(link.get())),
            (Kind::Inline(link) | Kind::Boxed(link), Self::Object(array)) => array
                .items()
                .iter()
                .all(|item| std::ptr::eq(item.type_info(), link.get())),
            _ => false,
        }
    }
}

impl<'a> ValueRef<'a> {
    /// A copy of the value.
    #[must_use]
    pub fn to_any(self) -> Any {
        match self {
            Self::Unset => Any::Nil,
            Self::Bool(value) => Any::Bool(value),
            Self::Byte(value) => Any::Byte(value),
            Self::Short(value) => Any::Short(value),
            Self::Int(value) => Any::Int(value),
            Self::Long(value) => Any::Long(value),
            Self::Float(value) => Any::Float(value),
            Self::Double(value) => Any::Double(value),
            Self::String(value) => Any::String(value.to_owned()),
            Self::Enum(value, info) => Any::Enum(AnyEnum {
                info,
                value: value.to_owned().into(),
            }),
            Self::DateTime(value) => Any::DateTime(value),
            Self::Binary(value) => Any::Binary(value.to_vec().into()),
            Self::Any(value) => value.clone(),
            Self::Reference(value) => Any::Reference(value.clone()),
            Self::Object(value) => Any::Object(value.to_object()),
            Self::List(list) => {
                let mut array = AnyArray::with_kind(list.kind());
                let mut items = ListMut::of_array(&mut array);
                for item in list.iter() {
                    // What is of the kind of the list is of the kind of its array.
                    let _ = items.push(item.to_any());
                }
                Any::Array(array)
            }
        }
    }

    /// The value that an `Any` holds; what no type describes stays an `Any`.
    #[must_use]
    pub fn within(any: &'a Any) -> Self {
        match any {
            Any::Nil => Self::Unset,
            Any::Bool(value) => Self::Bool(*value),
            Any::Byte(value) => Self::Byte(*value),
            Any::Short(value) => Self::Short(*value),
            Any::Int(value) => Self::Int(*value),
            Any::Long(value) => Self::Long(*value),
            Any::Float(value) => Self::Float(*value),
            Any::Double(value) => Self::Double(*value),
            Any::String(value) | Any::Uri(value) => Self::String(value),
            Any::DateTime(value) => Self::DateTime(*value),
            Any::Binary(value) => Self::Binary(value),
            Any::Reference(value) => Self::Reference(value),
            Any::Enum(value) => Self::Enum(&value.value, value.info),
            Any::Object(value) => Self::Object(value.as_object()),
            Any::Array(_) | Any::Unknown(_) => Self::Any(any),
        }
    }
}
