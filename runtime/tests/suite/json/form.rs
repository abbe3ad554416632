//! What is written, to the letter.

use vmomi_runtime::erased::OpenEnum;
use vmomi_runtime::{
    Any, AnyArray, AnyEnum, AnyObject, Binary, Dyn, ManagedObjectReference, MoRef,
};

use super::{any, write};
use crate::erased::sample::{disk, shares, time};
use crate::support::*;

#[test]
fn an_object_names_its_type_first_and_leaves_out_what_is_unset() {
    assert_eq!(
        write(&shares(1000, "normal")),
        r#"{"_typeName":"SharesInfo","shares":1000,"level":"normal"}"#
    );
    let never_set = SharesInfo::default();
    assert_eq!(
        write(&never_set),
        r#"{"_typeName":"SharesInfo","shares":0}"#
    );
}

#[test]
fn fields_of_every_level_have_their_names_on_the_wire() {
    let written = write(&Dyn::<VirtualDevice>::new(disk(2000)));
    assert_eq!(
        written,
        concat!(
            r#"{"_typeName":"VirtualDisk","key":2000,"#,
            r#""deviceInfo":{"_typeName":"ElementDescription","label":"","summary":"","key":"disk"},"#,
            r#""backing":{"_typeName":"VirtualDiskFlatBackingInfo","fileName":"[datastore] vm/vm.vmdk","#,
            r#""datastore":{"_typeName":"ManagedObjectReference","type":"Datastore","value":"datastore-1"},"#,
            r#""diskMode":"persistent","#,
            r#""parent":{"_typeName":"VirtualDiskFlatBackingInfo","fileName":"","diskMode":""}},"#,
            r#""unitNumber":0,"capacityInKB":1099511627776,"#,
            r#""shares":{"_typeName":"SharesInfo","shares":1000,"level":"normal"},"#,
            r#""nativeUnmanagedLinkedClone":false}"#,
        )
        .replace(r#""label":"","#, r#""label":"Hard disk","#)
    );
}

#[test]
fn references() {
    let reference = ManagedObjectReference::new("VirtualMachine", "vm-42");
    let plain = r#"{"_typeName":"ManagedObjectReference","type":"VirtualMachine","value":"vm-42"}"#;
    assert_eq!(write(&reference), plain);
    let typed: MoRef<VirtualMachine> = reference.typed();
    assert_eq!(write(&typed), plain);
    let elsewhere = ManagedObjectReference::with_server_guid("Folder", "group-1", Some("g"));
    assert_eq!(
        write(&elsewhere),
        r#"{"_typeName":"ManagedObjectReference","type":"Folder","value":"group-1","serverGuid":"g"}"#
    );
}

#[test]
fn scalars_in_a_place_of_any_type_stand_beside_the_name_of_their_type() {
    let instant = time("2022-12-12T11:48:35.473645Z");
    let state = AnyEnum {
        info: PowerState::TYPE.info(),
        value: "poweredOn".into(),
    };
    for (value, written) in [
        (Any::Nil, "null"),
        (Any::Bool(true), r#"{"_typeName":"boolean","_value":true}"#),
        (Any::Byte(-16), r#"{"_typeName":"byte","_value":-16}"#),
        (Any::Short(300), r#"{"_typeName":"short","_value":300}"#),
        (Any::Int(300), r#"{"_typeName":"int","_value":300}"#),
        (Any::Long(300), r#"{"_typeName":"long","_value":300}"#),
        (Any::Float(0.1), r#"{"_typeName":"float","_value":0.1}"#),
        (Any::Double(12.2), r#"{"_typeName":"double","_value":12.2}"#),
        (
            Any::Double(f64::NEG_INFINITY),
            r#"{"_typeName":"double","_value":"-INF"}"#,
        ),
        (
            Any::String("a\"b".into()),
            r#"{"_typeName":"string","_value":"a\"b"}"#,
        ),
        (
            Any::Uri("urn:x".into()),
            r#"{"_typeName":"anyURI","_value":"urn:x"}"#,
        ),
        (
            Any::DateTime(instant),
            r#"{"_typeName":"dateTime","_value":"2022-12-12T11:48:35.473645Z"}"#,
        ),
        (
            Any::Binary(Binary(b"Hello".to_vec())),
            r#"{"_typeName":"binary","_value":"SGVsbG8="}"#,
        ),
        (
            Any::Enum(state),
            r#"{"_typeName":"PowerState","_value":"poweredOn"}"#,
        ),
    ] {
        assert_eq!(write(&value), written);
        assert_eq!(any(written), value, "{written}");
    }
}

#[test]
fn arrays_in_a_place_of_any_type_do_too() {
    let mut disks =
        vmomi_runtime::ObjectArray::new(TYPES.data_object("SharesInfo").expect("it is registered"));
    disks
        .push(AnyObject::new(shares(1, "low")))
        .expect("it is of the type");
    for (array, written) in [
        (
            AnyArray::Int(vec![1, -2]),
            r#"{"_typeName":"ArrayOfInt","_value":[1,-2]}"#,
        ),
        (
            AnyArray::String(Vec::new()),
            r#"{"_typeName":"ArrayOfString","_value":[]}"#,
        ),
        (
            AnyArray::Binary(vec![Binary(vec![0])]),
            r#"{"_typeName":"ArrayOfBinary","_value":["AA=="]}"#,
        ),
        (
            AnyArray::Uri(vec!["urn:x".into()]),
            r#"{"_typeName":"ArrayOfAnyURI","_value":["urn:x"]}"#,
        ),
        (
            AnyArray::Any(vec![Any::Nil, Any::Int(1)].into()),
            r#"{"_typeName":"ArrayOfAnyType","_value":[null,{"_typeName":"int","_value":1}]}"#,
        ),
        (
            AnyArray::Reference(vec![ManagedObjectReference::new("Task", "task-1")]),
            concat!(
                r#"{"_typeName":"ArrayOfManagedObjectReference","_value":"#,
                r#"[{"_typeName":"ManagedObjectReference","type":"Task","value":"task-1"}]}"#,
            ),
        ),
        (
            AnyArray::Object(disks),
            concat!(
                r#"{"_typeName":"ArrayOfSharesInfo","_value":"#,
                r#"[{"_typeName":"SharesInfo","shares":1,"level":"low"}]}"#,
            ),
        ),
    ] {
        assert_eq!(write(&array), written);
        assert_eq!(any(written), Any::Array(array), "{written}");
    }
}

#[test]
fn enums_are_their_value() {
    assert_eq!(write(&PowerState::PoweredOff), r#""poweredOff""#);
    assert_eq!(write(&PowerState::Unknown("new".into())), r#""new""#);
}

#[test]
fn secrets_are_data() {
    let everything = Everything {
        password: "hunter2".into(),
        ..Default::default()
    };
    assert!(write(&everything).contains(r#""password":"hunter2""#));
    assert!(!format!("{everything:?}").contains("hunter2"));
}
