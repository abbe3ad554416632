//! Reading by path.

use vmomi_runtime::erased::{ObjectRef, ValueRef};
use vmomi_runtime::reflect::{PathError, PathErrorKind, Step};
use vmomi_runtime::{Any, AnyArray, Dyn};

use super::{config, path};
use crate::erased::sample::{element, everything};
use crate::support::*;

fn read(object: ObjectRef<'_>, at: &str) -> Any {
    let value = object
        .at(&path(at))
        .unwrap_or_else(|error| panic!("{error}"));
    value.to_any()
}

fn refused(object: ObjectRef<'_>, at: &str) -> PathError {
    object.at(&path(at)).expect_err(at)
}

#[test]
fn properties_items_and_what_subtypes_add() {
    let config = config();
    let object = ObjectRef::of(&config);
    assert_eq!(read(object, "hardware.numCPU"), Any::Int(2));
    assert_eq!(
        read(object, "hardware.device[2000].capacityInKB"),
        Any::Long(1 << 40)
    );
    assert_eq!(
        read(object, "hardware.device[4000].macAddress"),
        Any::String("00:50:56:00:00:01".into())
    );
    assert_eq!(
        read(object, r#"extraConfig["guestinfo.ip"].value"#),
        Any::String("192.0.2.1".into())
    );
    assert_eq!(object.at(&path("")), Ok(ValueRef::Object(object)));
}

#[test]
fn what_is_not_there_is_unset() {
    let config = config();
    let object = ObjectRef::of(&config);
    for at in [
        "annotation",
        "hardware.device[1]",
        "hardware.device[1].deviceInfo.label",
        "hardware.device[0]",
        r#"hardware.device["2000"]"#,
        "hardware.device[4000].deviceInfo.label",
        r#"extraConfig["other"].value"#,
        "extraConfig[0]",
    ] {
        assert_eq!(read(object, at), Any::Nil, "{at}");
    }
}

#[test]
fn items_without_a_key_go_by_position_and_references_by_value() {
    let object = everything();
    let object = ObjectRef::of(&object);
    assert_eq!(read(object, "ints[1]"), Any::Int(-1));
    assert_eq!(read(object, "texts[0]"), Any::String(String::new()));
    assert_eq!(read(object, "texts[2]"), Any::Nil);
    assert_eq!(read(object, "ints[-1]"), Any::Nil);
    assert_eq!(read(object, "inlines[0].shares"), Any::Int(3));
    assert_eq!(
        read(object, r#"entities["group-v3"]"#),
        read(object, "entity")
    );
    assert_eq!(read(object, "vms[0]"), Any::Nil);
    assert_eq!(read(object, "any[0]"), Any::String("a".into()));
    assert_eq!(read(object, "anys[0]"), Any::Int(0));
    assert_eq!(
        read(object, "anys[1].capacityInKB"),
        Any::Long(1 << 40),
        "by its key"
    );
    assert_eq!(
        read(object, "states[1]").revealed().to_string(),
        "\"paused\""
    );
}

/// Of values within an `Any`, the value is given and not the `Any`.
#[test]
fn a_value_within_an_any_is_like_any_other() {
    let option = OptionValue {
        value: Any::Object(vmomi_runtime::AnyObject::new(config())),
        ..Default::default()
    };
    let object = ObjectRef::of(&option);
    let value = object.at(&path("value.hardware.memoryMB"));
    assert_eq!(value, Ok(ValueRef::Int(4096)));
    let value = object.at(&path("value")).expect("it is there");
    assert!(matches!(value, ValueRef::Object(_)), "{value:?}");
}

#[test]
fn a_path_that_the_type_does_not_have_is_an_error_that_says_where() {
    let config = config();
    let object = ObjectRef::of(&config);
    let error = refused(object, "hardware.numCpu");
    assert_eq!(
        error.kind(),
        &PathErrorKind::UnknownProperty {
            of: "VirtualHardware",
            similar: Some("numCPU")
        }
    );
    assert_eq!(error.step(), Some(&Step::Property("numCpu".into())));
    assert_eq!(
        error.to_string(),
        "hardware.numCpu: VirtualHardware has no such property; it has numCPU"
    );
    assert_eq!(
        refused(object, "hardware.device[2000].macAddress.x").to_string(),
        "hardware.device[2000].macAddress: VirtualDisk has no such property (in hardware.device[2000].macAddress.x)"
    );
    assert_eq!(
        refused(object, "hardware.device.key").to_string(),
        "hardware.device.key: a property of an object is asked for, but this is in a list"
    );
    assert_eq!(
        refused(object, "name[0]").to_string(),
        "name[0]: an item of a list is asked for, but this is in xsd:string"
    );
    assert_eq!(
        refused(object, "hardware[0]").to_string(),
        "hardware[0]: an item of a list is asked for, but this is in VirtualHardware"
    );
}

#[test]
fn into_what_is_of_an_unknown_type_no_path_leads() {
    let mut unknown = element("value", "x");
    unknown.type_name = Some(vmomi_runtime::QualifiedName {
        namespace: "urn:vim25".into(),
        local: "FutureThing".into(),
    });
    let option = OptionValue {
        value: Any::Unknown(Box::new(unknown)),
        ..Default::default()
    };
    assert_eq!(
        refused(ObjectRef::of(&option), "value.size").to_string(),
        "value.size: a property of an object is asked for, but this is in FutureThing"
    );
}

#[test]
fn copies_are_equal() {
    let object = everything();
    let view = ObjectRef::of(&object);
    assert_eq!(view.to_object().as_object(), view);
    let list = view.at(&path("devices")).expect("a list");
    let Any::Array(AnyArray::Object(array)) = list.to_any() else {
        panic!("an array of objects");
    };
    let devices: Vec<Dyn<VirtualDevice>> = array
        .into_items()
        .into_iter()
        .map(|item| item.downcast().expect("a device"))
        .collect();
    assert_eq!(devices, object.devices);
}
