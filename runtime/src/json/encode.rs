//! Values to JSON: one interpreter over the views of [`erased`](crate::erased), compiled once for
//! each serializer.

use serde_core::ser::{Error, Serialize, SerializeMap, SerializeSeq, Serializer};

use super::names::{self, ATTRIBUTES, REFERENCE, TYPE_NAME, VALUE};
use super::tree::{Json, Members};
use super::{DEPTH, unknown};
use crate::any::{Any, AnyArray};
use crate::encode::was_never_set;
use crate::erased::{Arity, ListRef, ObjectRef, Shape, ValueRef};
use crate::lexical::{binary, date_time, number};
use crate::reference::ManagedObjectReference;

/// A value in JSON form.
#[derive(Clone, Copy, Debug)]
pub(super) struct JsonForm<'a> {
    value: ValueRef<'a>,
    place: Place,
}

/// Where a value is written.
#[derive(Clone, Copy, Debug)]
pub(super) struct Place {
    /// What an unknown element is expected to be called here.
    name: &'static str,
    /// And its namespace.
    namespace: &'static str,
    /// How deep arrays and objects may be nested here, so that what is written can be read.
    depth_left: usize,
}

impl Place {
    /// The place of a value that no field holds.
    pub(super) const ROOT: Self = Self {
        name: unknown::NAMELESS,
        namespace: unknown::CORE_NAMESPACE,
        depth_left: DEPTH,
    };

    /// A place within an object or array that stands here.
    fn within<E: Error>(self) -> Result<Self, E> {
        match self.depth_left.checked_sub(1) {
            Some(depth_left) => Ok(Self { depth_left, ..self }),
            None => Err(E::custom("nested too deep")),
        }
    }
}

impl<'a> JsonForm<'a> {
    /// A value that no field holds.
    pub(super) fn of(value: ValueRef<'a>) -> Self {
        let place = Place::ROOT;
        Self { value, place }
    }

    /// A parameter of an operation in a namespace; `None` where it is unset and not written.
    #[cfg(feature = "json")]
    pub(super) fn member(
        value: ValueRef<'a>,
        shape: Shape,
        name: &'static str,
        namespace: &'static str,
    ) -> Option<Self> {
        let place = Place {
            name,
            namespace,
            ..Place::ROOT
        };
        is_sent(value, shape).then_some(Self { value, place })
    }
}

fn is_sent(value: ValueRef<'_>, shape: Shape) -> bool {
    match value {
        ValueRef::Unset => false,
        ValueRef::List(list) => !list.is_empty(),
        value => !(matches!(shape.arity, Arity::One) && was_never_set(value)),
    }
}

impl Serialize for JsonForm<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let place = self.place;
        match self.value {
            ValueRef::Unset => serializer.serialize_unit(),
            ValueRef::Bool(value) => serializer.serialize_bool(value),
            ValueRef::Byte(value) => serializer.serialize_i8(value),
            ValueRef::Short(value) => serializer.serialize_i16(value),
            ValueRef::Int(value) => serializer.serialize_i32(value),
            ValueRef::Long(value) => serializer.serialize_i64(value),
            ValueRef::Float(value) if value.is_finite() => serializer.serialize_f32(value),
            ValueRef::Float(value) => {
                serializer.serialize_str(number::name_of_not_finite(value.into()))
            }
            ValueRef::Double(value) if value.is_finite() => serializer.serialize_f64(value),
            ValueRef::Double(value) => serializer.serialize_str(number::name_of_not_finite(value)),
            ValueRef::String(value) | ValueRef::Enum(value, _) => serializer.serialize_str(value),
            ValueRef::DateTime(value) => serializer.serialize_str(&date_time::write(value)),
            ValueRef::Binary(value) => serializer.collect_str(&binary::write(value)),
            ValueRef::Reference(reference) => serialize_reference(reference, serializer),
            ValueRef::Object(object) => serialize_object(object, place, serializer),
            ValueRef::List(list) => serialize_list(list, place, serializer),
            ValueRef::Any(any) => serialize_any(any, place, serializer),
        }
    }
}

fn serialize_list<S: Serializer>(
    list: ListRef<'_>,
    place: Place,
    serializer: S,
) -> Result<S::Ok, S::Error> {
    let place = place.within()?;
    let mut items = serializer.serialize_seq(Some(list.len()))?;
    for value in list.iter() {
        items.serialize_element(&JsonForm { value, place })?;
    }
    items.end()
}

/// A value that tells its own type.
fn serialize_any<S: Serializer>(any: &Any, place: Place, serializer: S) -> Result<S::Ok, S::Error> {
    let value = match any {
        Any::Nil => return serializer.serialize_unit(),
        Any::Object(object) => return serialize_object(object.as_object(), place, serializer),
        Any::Reference(reference) => return serialize_reference(reference, serializer),
        Any::Array(array) => return serialize_array(array, place, serializer),
        Any::Unknown(element) => {
            check_depth(unknown::depth_of(element), place)?;
            let value = unknown::value_of(element, place.name, place.namespace);
            return value.serialize(serializer);
        }
        scalar => ValueRef::within(scalar),
    };
    serialize_boxed(&names::of_scalar(any), value, place, serializer)
}

/// An array that tells its own type.
pub(super) fn serialize_array<S: Serializer>(
    array: &AnyArray,
    place: Place,
    serializer: S,
) -> Result<S::Ok, S::Error> {
    let name = array.item_name();
    let items = ValueRef::List(ListRef::of_array(array));
    serialize_boxed(
        &names::of_array(array),
        items,
        Place { name, ..place },
        serializer,
    )
}

/// What is no object, beside the name of its type.
fn serialize_boxed<S: Serializer>(
    type_name: &str,
    value: ValueRef<'_>,
    place: Place,
    serializer: S,
) -> Result<S::Ok, S::Error> {
    let place = place.within()?;
    let mut map = serializer.serialize_map(Some(2))?;
    map.serialize_entry(TYPE_NAME, type_name)?;
    map.serialize_entry(VALUE, &JsonForm { value, place })?;
    map.end()
}

/// An object: the name of its type, the fields that are set, and what else the server sent.
fn serialize_object<S: Serializer>(
    object: ObjectRef<'_>,
    place: Place,
    serializer: S,
) -> Result<S::Ok, S::Error> {
    let info = object.type_info();
    let place = Place {
        namespace: info.service().namespace,
        ..place.within()?
    };
    let unknown = unknown_members(object, place)?;
    let mut map = begin_object(object, place, unknown.len(), serializer)?;
    for (field, value) in object.fields() {
        if is_sent(value, field.shape()) {
            let name = field.name();
            let place = Place { name, ..place };
            map.serialize_entry(name, &JsonForm { value, place })?;
        }
    }
    for (name, value) in &unknown {
        map.serialize_entry(name, value)?;
    }
    map.end()
}

/// The name of the type. A function of its own, of which nothing is on the stack when what the
/// object holds is written.
#[inline(never)]
fn begin_object<S: Serializer>(
    object: ObjectRef<'_>,
    place: Place,
    unknown: usize,
    serializer: S,
) -> Result<S::SerializeMap, S::Error> {
    let info = object.type_info();
    let sent = object
        .fields()
        .filter(|(field, value)| is_sent(*value, field.shape()));
    // Some formats want to know beforehand how many there are.
    let count = 1 + sent.count() + unknown;
    let mut map = serializer.serialize_map(Some(count))?;
    match object.extra().type_name() {
        Some(name) => map.serialize_entry(TYPE_NAME, &*names::qualified(name, place.namespace))?,
        None => map.serialize_entry(TYPE_NAME, info.name())?,
    }
    Ok(map)
}

fn unknown_members<E: Error>(object: ObjectRef<'_>, place: Place) -> Result<Members, E> {
    let elements = object.extra().elements();
    let deepest = elements.iter().map(unknown::depth_of).max();
    check_depth(deepest.unwrap_or_default(), place)?;
    let is_field = |name: &str| object.get(name).is_some();
    let mut members = unknown::members_of(elements, place.namespace, is_field);
    let attributes = object.extra().attributes();
    if !attributes.is_empty() {
        let attributes = unknown::members_of_attributes(attributes);
        members.push((ATTRIBUTES.to_owned(), Json::Object(attributes)));
    }
    Ok(members)
}

fn check_depth<E: Error>(depth: usize, place: Place) -> Result<(), E> {
    if depth > place.depth_left {
        return Err(E::custom("nested too deep"));
    }
    Ok(())
}

fn serialize_reference<S: Serializer>(
    reference: &ManagedObjectReference,
    serializer: S,
) -> Result<S::Ok, S::Error> {
    let guid = reference.server_guid();
    let count = 3 + usize::from(guid.is_some());
    let mut map = serializer.serialize_map(Some(count))?;
    map.serialize_entry(TYPE_NAME, REFERENCE)?;
    map.serialize_entry("type", reference.type_name())?;
    map.serialize_entry("value", reference.value())?;
    if let Some(guid) = guid {
        map.serialize_entry("serverGuid", guid)?;
    }
    map.end()
}
