//! Every type of the API, one by one, through everything that its tables are used for.

#![expect(clippy::unwrap_used, reason = "a test says by a panic what went wrong")]

use vmomi::runtime::decode::{DecodeOptions, from_xml};
use vmomi::runtime::erased::{Kind, TypeLink};
use vmomi::runtime::{AnyArray, AnyEnum, to_xml};
use vmomi::vim25::{DynamicData, MethodFault, SERVICE, TYPES};
use vmomi::{Any, AnyObject, DataObject};

/// What comes back of a value that is encoded and decoded again.
fn round_trip(value: &Any) -> Any {
    let xml = to_xml("value", value, &SERVICE).unwrap();
    from_xml(xml.as_bytes(), &TYPES, &DecodeOptions::default())
        .unwrap_or_else(|error| panic!("{error}\n{xml}"))
}

#[test]
fn the_api_is_as_large_as_its_description() {
    assert_eq!(TYPES.data_objects.len(), 3030);
    assert_eq!(TYPES.enums.len(), 446);
    let count = |ancestor| {
        let types = TYPES.data_objects.iter().map(|link| link.get());
        types.filter(|info| info.is_a(ancestor)).count()
    };
    assert_eq!(count(MethodFault::type_info()), 699);
    assert_eq!(count(DynamicData::type_info()), 3030 - 699 - ROOTS_BESIDE);
}

/// `DynamicArray` and `DynamicProperty`, which extend nothing and are no faults.
const ROOTS_BESIDE: usize = 2;

#[test]
fn every_data_object_is_made_copied_compared_shown_and_sent() {
    for link in TYPES.data_objects {
        let info = link.get();
        let object = AnyObject::with_type(info);
        assert_eq!(object.clone(), object, "{}", info.name());
        assert!(format!("{object:?}").starts_with(info.name()));
        let value = Any::Object(object);
        assert_eq!(round_trip(&value), value, "{}", info.name());
    }
}

#[test]
fn every_array_has_a_name_by_which_it_comes_back() {
    for link in TYPES.data_objects {
        let array = AnyArray::with_kind(Kind::Dyn(TypeLink::to(link.get())));
        assert_eq!(array.type_name(), format!("ArrayOf{}", link.get().name()));
        let value = Any::Array(array);
        assert_eq!(round_trip(&value), value);
    }
    for info in TYPES.enums {
        let value = Any::Array(AnyArray::with_kind(Kind::Enum(info)));
        assert_eq!(round_trip(&value), value);
    }
}

#[test]
fn every_enum_value_comes_back_and_so_does_an_unknown_one() {
    for info in TYPES.enums {
        for value in info.values().iter().copied().chain(["no such value"]) {
            let value = value.into();
            let value = Any::Enum(AnyEnum { info, value });
            assert_eq!(round_trip(&value), value, "{}", info.name());
        }
    }
}
