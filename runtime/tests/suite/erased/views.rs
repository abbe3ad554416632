//! Views: fields and lists by wire name, without knowing the type.

use vmomi_runtime::erased::{Arity, FieldInfo, Kind, ListRef, ObjectRef, ValueRef};
use vmomi_runtime::{Any, AnyArray, AnyObject, DataObject, Dyn};

use super::sample::{disk, everything, shares};
use crate::support::*;

#[test]
fn fields_come_base_first_in_the_order_of_the_schema() {
    let object = AnyObject::new(disk(1));
    let names: Vec<_> = object
        .as_object()
        .fields()
        .map(|(field, _)| field.name())
        .collect();
    assert_eq!(
        names,
        [
            "key",
            "deviceInfo",
            "backing",
            "controllerKey",
            "unitNumber",
            "capacityInKB",
            "shares",
            "nativeUnmanagedLinkedClone"
        ]
    );
}

#[test]
fn a_field_is_found_by_its_wire_name_at_any_level() {
    let object = Dyn::<VirtualDevice>::new(disk(7));
    let view = object.as_object();
    assert_eq!(view.get("key"), Some(ValueRef::Int(7)));
    assert_eq!(view.get("capacityInKB"), Some(ValueRef::Long(1 << 40)));
    assert_eq!(view.get("controllerKey"), Some(ValueRef::Unset));
    assert_eq!(view.get("noSuchField"), None);
    let Some(ValueRef::Object(backing)) = view.get("backing") else {
        panic!("an object");
    };
    assert_eq!(
        backing.get("diskMode"),
        Some(ValueRef::String("persistent"))
    );
    assert!(
        backing
            .downcast_ref::<VirtualDeviceFileBackingInfo>()
            .is_some()
    );
    assert!(backing.downcast_ref::<VirtualDisk>().is_none());
    assert!(view.extra().is_empty());
}

/// What a view of an optional field, and of a list of one item, gives, is what the field gives.
#[test]
fn every_kind_is_read_in_every_arity() {
    let object = everything();
    let view = ObjectRef::of(&object);
    assert_eq!(view.get("flag"), Some(ValueRef::Bool(true)));
    assert_eq!(view.get("byte"), Some(ValueRef::Byte(-128)));
    assert_eq!(view.get("short"), Some(ValueRef::Short(-300)));
    assert_eq!(view.get("int"), Some(ValueRef::Int(70_000)));
    assert_eq!(view.get("float"), Some(ValueRef::Float(0.1)));
    assert_eq!(view.get("double"), Some(ValueRef::Double(0.1)));
    assert_eq!(view.get("time"), Some(ValueRef::DateTime(object.time)));
    assert_eq!(view.get("blob"), Some(ValueRef::Binary(&[0, 255, 128])));
    assert_eq!(view.get("any"), Some(ValueRef::Any(&object.any)));
    assert_eq!(view.get("vm"), Some(ValueRef::Reference(&object.vm)));
    assert!(matches!(
        view.get("state"),
        Some(ValueRef::Enum("poweredOn", _))
    ));
    assert_eq!(view.get("inline"), Some(ValueRef::of(&object.inline)));
    assert_eq!(view.get("boxed"), Some(ValueRef::of(&object.boxed)));
    assert_eq!(
        view.get("device"),
        Some(ValueRef::Object(object.device.as_object()))
    );
    assert_eq!(view.get("optFlag"), Some(ValueRef::Bool(false)));
    assert_eq!(view.get("optLong"), Some(ValueRef::Long(0)));
    assert_eq!(view.get("optText"), Some(ValueRef::String("")));
    assert_eq!(view.get("optBlob"), Some(ValueRef::Binary(&[])));
    assert!(matches!(
        view.get("optState"),
        Some(ValueRef::Enum("quiesced", _))
    ));
    assert_eq!(
        view.get("optBoxed"),
        Some(ValueRef::of(&shares(0, "custom")))
    );
    let lists = [
        ("flags", 2),
        ("bytes", 2),
        ("shorts", 2),
        ("ints", 2),
        ("longs", 2),
        ("floats", 2),
        ("doubles", 2),
        ("texts", 2),
        ("times", 1),
        ("blobs", 2),
        ("anys", 2),
        ("vms", 2),
        ("entities", 2),
        ("states", 2),
        ("inlines", 2),
        ("devices", 3),
    ];
    for (name, length) in lists {
        let Some(ValueRef::List(list)) = view.get(name) else {
            panic!("{name} is a list");
        };
        assert_eq!((list.len(), list.is_empty()), (length, false), "{name}");
        assert_eq!(list.iter().count(), length, "{name}");
        assert!(list.get(length).is_none(), "{name}");
    }
    let empty = Everything::default();
    for (field, value) in ObjectRef::of(&empty).fields() {
        match field.shape().arity {
            Arity::One => assert_ne!(value, ValueRef::Unset, "{}", field.name()),
            Arity::Optional => assert_eq!(value, ValueRef::Unset, "{}", field.name()),
            Arity::List | Arity::ErasedList(_) => {
                assert!(matches!(value, ValueRef::List(list) if list.is_empty()));
            }
        }
    }
}

#[test]
fn a_list_of_any_item_type_has_a_view() {
    let items = [shares(1, "low"), shares(2, "high")];
    let list = ListRef::of(&items);
    assert_eq!(list.get(1), Some(ValueRef::of(&items[1])));
    assert!(matches!(list.kind(), Kind::Inline(_)));
    let boxed = [Box::new(shares(1, "low")), Box::new(shares(2, "high"))];
    assert_eq!(ListRef::of(&boxed), list);
    let states = [PowerState::PoweredOn, "else".into()];
    let list = ListRef::of(&states);
    assert_eq!(list.enum_info().expect("an enum").name(), "PowerState");
    assert!(matches!(list.get(1), Some(ValueRef::Enum("else", _))));
    assert_eq!(ListRef::of::<i64>(&[]).iter().count(), 0);
    assert_eq!(format!("{:?}", ListRef::of(&[1_i32, 2])), "[1, 2]");
}

#[test]
fn an_array_has_a_view() {
    let array = AnyArray::Int(vec![5, 6]);
    assert_eq!(ListRef::of_array(&array).get(1), Some(ValueRef::Int(6)));
    let mut objects = vmomi_runtime::ObjectArray::new(VirtualDevice::type_info());
    objects.push(AnyObject::new(disk(3))).expect("a device");
    let fault = AnyObject::new(MethodFault::default());
    assert_eq!(objects.push(fault.clone()), Err(fault));
    let array = AnyArray::Object(objects);
    let Some(ValueRef::Object(item)) = ListRef::of_array(&array).get(0) else {
        panic!("an object");
    };
    assert_eq!(item.type_info().name(), "VirtualDisk");
}

#[test]
fn an_any_has_a_view_of_what_it_holds() {
    assert_eq!(ValueRef::within(&Any::Nil), ValueRef::Unset);
    assert_eq!(ValueRef::within(&Any::Short(1)), ValueRef::Short(1));
    assert_eq!(
        ValueRef::within(&Any::Uri("u".into())),
        ValueRef::String("u")
    );
    let object = Any::Object(AnyObject::new(disk(1)));
    assert!(matches!(ValueRef::within(&object), ValueRef::Object(_)));
}

#[test]
fn fields_are_described() {
    let find = |name: &str| -> &'static FieldInfo {
        let fields = Everything::type_info().own_fields();
        fields
            .iter()
            .find(|field| field.name() == name)
            .expect("a field")
    };
    assert!(find("password").is_secret() && !find("text").is_secret());
    assert_eq!(SERVICE.version_name(find("text").since()), "1.0");
    assert_eq!(find("devices").shape().kind.wire_name(), "VirtualDevice");
    assert!(find("devices").shape().is_list() && !find("optDevice").shape().is_list());
    assert_eq!(find("state").shape().kind.wire_name(), "PowerState");
}
