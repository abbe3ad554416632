//! Every type of a registry, with something in each of its fields, encoded and decoded again.
//!
//! A part of the programs that the tests compile: it knows generated types by their descriptions alone.
#![allow(dead_code, reason = "not every program needs all of it")]

use vmomi_runtime::decode::{DecodeOptions, from_xml};
use vmomi_runtime::erased::{Budget, DataObject, Kind, ObjectBuilder, Slot, TypeInfo, TypeLink};
use vmomi_runtime::{
    Any, AnyArray, AnyEnum, AnyObject, ManagedObjectReference, TypeRegistry, to_xml,
};

/// How deep objects are put into each other.
const DEEPEST: usize = 2;

/// Sends every data object and every enum of a registry.
///
/// # Panics
/// When a value comes back as another one.
pub fn all(types: &'static TypeRegistry) {
    for link in types.data_objects {
        let info = link.get();
        let found = types.data_object(info.name());
        assert!(
            found.is_some_and(|found| std::ptr::eq(found, info)),
            "{}",
            info.name()
        );
        let empty = AnyObject::with_type(info);
        assert_eq!(empty.clone(), empty, "{}", info.name());
        assert!(format!("{empty:?}").starts_with(info.name()));
        comes_back(types, &Any::Object(empty));
        let mut builder = ObjectBuilder::new(Budget::unlimited());
        fill(types, &mut builder, info, 0);
        let full = builder.finish();
        assert_eq!(full.clone(), full, "{}", info.name());
        comes_back(types, &full);
        let array = AnyArray::with_kind(Kind::Dyn(TypeLink::to(info)));
        assert_eq!(array.type_name(), format!("ArrayOf{}", info.name()));
    }
    for info in types.enums {
        for value in info.values().iter().copied().chain(["no such value"]) {
            let value = value.into();
            comes_back(types, &Any::Enum(AnyEnum { info, value }));
        }
    }
}

/// Sends one value.
///
/// # Panics
/// When it comes back as another one.
pub fn same<T: DataObject>(types: &'static TypeRegistry, sent: &T) {
    let xml = to_xml("value", sent, types.service).expect("encodable");
    let received: T = from_xml(xml.as_bytes(), types, &DecodeOptions::default())
        .unwrap_or_else(|error| panic!("{error}\n{xml}"));
    assert_eq!(received, *sent, "{xml}");
}

fn comes_back(types: &'static TypeRegistry, value: &Any) {
    let xml = to_xml("value", value, types.service).expect("encodable");
    let back: Any = from_xml(xml.as_bytes(), types, &DecodeOptions::default())
        .unwrap_or_else(|error| panic!("{error}\n{xml}"));
    assert_eq!(&back, value, "{xml}");
}

/// Puts an object of the type into the place aimed at, with something in every field of it.
fn fill(
    types: &'static TypeRegistry,
    builder: &mut ObjectBuilder,
    info: &'static TypeInfo,
    depth: usize,
) {
    let entered = builder.enter(info).expect("no limit");
    let entered = entered.expect("an object of the type fits");
    let fields = entered.ancestry().flat_map(|level| level.own_fields());
    for (number, field) in fields.enumerate() {
        let items = if field.shape().is_list() { 2 } else { 1 };
        for _ in 0..items {
            let aimed = builder.aim_at_field(field.name().as_bytes());
            assert_eq!(aimed.map(|aimed| aimed.name()), Some(field.name()));
            match field.shape().kind.declared_type() {
                Some(declared) if depth < DEEPEST => fill(types, builder, declared, depth + 1),
                Some(_) => {}
                None => put(types, builder.slot().expect("a place"), number),
            }
        }
    }
    builder.leave();
}

/// Something that differs from field to field.
fn put(types: &'static TypeRegistry, slot: Slot<'_>, number: usize) {
    let number = i8::try_from(number % 100).expect("small") + 1;
    let text = format!("<{number}> & \"{number}\"");
    let reference = || ManagedObjectReference::new("Folder", &format!("group-{number}"));
    let put = match slot {
        Slot::Bool(place) => place.put(number % 2 == 0),
        Slot::Byte(place) => place.put(-number),
        Slot::Short(place) => place.put(i16::MAX - i16::from(number)),
        Slot::Int(place) => place.put(i32::MAX - i32::from(number)),
        Slot::Long(place) => place.put(i64::MIN + i64::from(number)),
        Slot::Float(place) => place.put(0.1 * f32::from(number)),
        Slot::Double(place) => place.put(0.1 * f64::from(number)),
        Slot::String(place) => place.put(text),
        Slot::DateTime(place) => {
            let time = format!("<value>2026-01-01T00:00:00.{number:06}+02:00</value>");
            let time = from_xml(time.as_bytes(), types, &DecodeOptions::default());
            place.put(time.expect("a time"))
        }
        Slot::Binary(place) => place.put(text.into_bytes().into()),
        Slot::Any(place) => place.put(match number % 3 {
            0 => Any::String(text),
            1 => Any::Long(number.into()),
            _ => Any::Reference(reference()),
        }),
        Slot::Reference(place) => place.put(reference()),
        Slot::Enum(place) => {
            let values = place.info().values();
            let known = values.get(usize::from(number.unsigned_abs()) % (values.len() + 1));
            place.put(known.copied().unwrap_or("no such value"))
        }
        Slot::Object => Ok(()),
    };
    put.expect("no limit");
}

/// Compares the table of a data object with what the description says of it: its base, and its fields with whether they
/// are lists.
///
/// # Panics
/// When they differ.
pub fn described(
    types: &'static TypeRegistry,
    name: &str,
    base: Option<&str>,
    fields: &[(&str, bool)],
) {
    let mut found = types.data_objects_named(name);
    let info = found.next().unwrap_or_else(|| panic!("{name} is missing"));
    assert_eq!(info.base().map(TypeInfo::name), base, "{name}");
    let described = info.own_fields().iter();
    let described: Vec<_> = described
        .map(|field| (field.name(), field.shape().is_list()))
        .collect();
    assert_eq!(described, fields, "{name}");
}

/// Compares the table of an enum with the values that the description lists.
///
/// # Panics
/// When they differ.
pub fn listed(types: &'static TypeRegistry, name: &str, values: &[&str]) {
    let info = types
        .enumeration(name)
        .unwrap_or_else(|| panic!("{name} is missing"));
    assert_eq!(info.values(), values, "{name}");
}
