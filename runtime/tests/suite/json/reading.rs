//! What is read beside what is written: other orders, and the shapes that servers and people use.

use vmomi_runtime::{Any, AnyArray, Binary, Dyn, ManagedObjectReference, MoRef, find_fault};

use super::{any, read, try_read};
use crate::erased::sample::shares;
use crate::support::*;

#[test]
fn the_type_may_be_named_anywhere() {
    for text in [
        r#"{"_typeName":"VirtualDisk","key":7,"capacityInKB":9}"#,
        r#"{"key":7,"_typeName":"VirtualDisk","capacityInKB":9}"#,
        r#"{"capacityInKB":9,"key":7,"_typeName":"VirtualDisk"}"#,
    ] {
        let device: Dyn<VirtualDevice> = read(text);
        assert_eq!(device.key, 7, "{text}");
        let disk: &VirtualDisk = device.downcast_ref().expect("it is a disk");
        assert_eq!(disk.capacity_in_kb, 9, "{text}");
        let Any::Object(object) = any(text) else {
            panic!("{text}");
        };
        assert!(object.is::<VirtualDisk>(), "{text}");
    }
}

#[test]
fn it_may_be_named_last_at_every_level() {
    let hardware: VirtualHardware = read(
        r#"{"device":[
             {"backing":{"fileName":"f","diskMode":"m","_typeName":"VirtualDiskFlatBackingInfo"},
              "shares":{"level":"low","shares":1,"_typeName":"SharesInfo"},
              "_typeName":"VirtualDisk"}],
            "_typeName":"VirtualHardware"}"#,
    );
    let disk: &VirtualDisk = hardware.device[0].downcast_ref().expect("a disk");
    assert_eq!(disk.shares, Some(Box::new(shares(1, "low"))));
    let backing = disk.backing.as_ref().expect("it has a backing");
    let backing: &VirtualDiskFlatBackingInfo = backing.downcast_ref().expect("a flat one");
    assert_eq!((&*backing.file_name, &*backing.disk_mode), ("f", "m"));
}

#[test]
fn it_may_be_left_out_where_the_declared_type_is_meant() {
    let device: Dyn<VirtualDevice> = read(r#"{"key":7}"#);
    assert_eq!(device.type_info().name(), "VirtualDevice");
    assert_eq!(
        read::<SharesInfo>(r#"{"level":"low","shares":1}"#),
        shares(1, "low")
    );
    assert_eq!(
        read::<SharesInfo>(r#"{"_typeName":null,"shares":1,"level":"low"}"#),
        shares(1, "low")
    );
}

#[test]
fn null_is_unset() {
    let everything: Everything = read(
        r#"{"optText":null,"optAny":null,"optBoxed":null,"texts":null,"text":null,"inline":null,
            "optInt":3}"#,
    );
    let expected = Everything {
        opt_int: Some(3),
        ..Default::default()
    };
    assert_eq!(everything, expected);
    assert_eq!(read::<Option<Box<SharesInfo>>>("null"), None);
    assert_eq!(read::<Vec<String>>("null"), Vec::<String>::new());
}

#[test]
fn of_members_with_one_name_the_last_counts() {
    let everything: Everything = read(
        r#"{"int":1,"int":2,"boxed":{"shares":1,"level":"low"},"boxed":{"shares":2},
            "device":{"_typeName":"VirtualDisk"},"device":{"key":5}}"#,
    );
    assert_eq!(everything.int, 2);
    assert_eq!(*everything.boxed, shares(2, ""));
    assert_eq!(everything.device.key, 5);
    assert_eq!(everything.device.type_info().name(), "VirtualDevice");
}

#[test]
fn what_is_declared_may_stand_in_a_box_too() {
    let everything: Everything = read(
        r#"{"int":{"_typeName":"int","_value":5},
            "text":{"_value":"t","_typeName":"string"},
            "state":{"_typeName":"PowerState","_value":"poweredOn"},
            "ints":{"_typeName":"ArrayOfInt","_value":[1,2]},
            "inlines":{"_typeName":"ArrayOfSharesInfo","_value":[{"shares":1,"level":"low"}]},
            "boxed":{"_typeName":"SharesInfo","_value":{"shares":2,"level":"high"}}}"#,
    );
    assert_eq!(everything.int, 5);
    assert_eq!(everything.text, "t");
    assert_eq!(everything.state, PowerState::PoweredOn);
    assert_eq!(everything.ints, [1, 2]);
    assert_eq!(everything.inlines, [shares(1, "low")]);
    assert_eq!(*everything.boxed, shares(2, "high"));
}

/// The vendor's programming guide shows a reference in a place of any type like this; servers send
/// it without the box.
#[test]
fn references_may_stand_in_a_box() {
    let expected = ManagedObjectReference::new("ComputeResource", "domain-s16");
    for text in [
        r#"{"_typeName":"ManagedObjectReference","_value":{"value":"domain-s16","type":"ComputeResource"}}"#,
        r#"{"_value":{"value":"domain-s16","type":"ComputeResource"},"_typeName":"ManagedObjectReference"}"#,
        r#"{"value":"domain-s16","type":"ComputeResource","_typeName":"ManagedObjectReference"}"#,
    ] {
        assert_eq!(any(text), Any::Reference(expected.clone()), "{text}");
        assert_eq!(read::<ManagedObjectReference>(text), expected, "{text}");
    }
    let typed: MoRef<VirtualMachine> = read(r#"{"type":"VirtualMachine","value":"vm-1"}"#);
    assert_eq!(typed.value(), "vm-1");
}

#[test]
fn plain_json_in_a_place_of_any_type_is_taken_for_what_it_is() {
    for (text, expected) in [
        ("true", Any::Bool(true)),
        ("7", Any::Int(7)),
        ("-3000000000", Any::Long(-3_000_000_000)),
        ("0.5", Any::Double(0.5)),
        (r#""text""#, Any::String("text".into())),
        (
            r#"[1,"a",null]"#,
            Any::Array(AnyArray::Any(
                vec![Any::Int(1), Any::String("a".into()), Any::Nil].into(),
            )),
        ),
    ] {
        assert_eq!(any(text), expected, "{text}");
    }
}

#[test]
fn scalars_and_arrays_have_other_names_in_some_descriptions() {
    let binary = Any::Binary(Binary(b"Hello".to_vec()));
    assert_eq!(
        any(r#"{"_typeName":"base64Binary","_value":"SGVsbG8="}"#),
        binary
    );
    let binaries = Any::Array(AnyArray::Binary(vec![Binary(vec![0])]));
    assert_eq!(
        any(r#"{"_typeName":"ArrayOfBase64Binary","_value":["AA=="]}"#),
        binaries
    );
    let uris = Any::Array(AnyArray::Uri(vec!["urn:x".into()]));
    assert_eq!(
        any(r#"{"_typeName":"ArrayOfURI","_value":["urn:x"]}"#),
        uris
    );
}

#[test]
fn numbers_may_be_whole_where_fractions_are_declared() {
    let everything: Everything = read(r#"{"float":2,"double":-3,"floats":["NaN","INF"]}"#);
    assert_eq!((everything.float, everything.double), (2.0, -3.0));
    assert!(everything.floats[0].is_nan() && everything.floats[1].is_infinite());
}

#[test]
fn every_form_of_a_number_is_read() {
    let everything: Everything = read(
        r#"{"byte":-0,"short":-0,"int":-0,"long":-9223372036854775808,
            "float":1E-1,"double":18446744073709551616}"#,
    );
    assert_eq!(
        (everything.byte, everything.short, everything.int),
        (0, 0, 0)
    );
    assert_eq!(everything.long, i64::MIN);
    assert_eq!(
        (everything.float, everything.double),
        (0.1, 18_446_744_073_709_551_616.0)
    );
    let everything: Everything = read(r#"{"float":-0,"double":-0.0}"#);
    assert!(everything.float.is_sign_negative() && everything.double.is_sign_negative());
}

#[test]
fn a_fault_is_found_by_its_type() {
    let fault = any(
        r#"{"faultCause":{"_typeName":"LocalizedMethodFault","localizedMessage":"no",
            "fault":{"_typeName":"InvalidLogin"}},"_typeName":"InvalidState"}"#,
    );
    let Any::Object(fault) = fault else {
        panic!("a fault is an object");
    };
    assert!(find_fault::<InvalidLogin>(fault.as_object()).is_some());
}

#[test]
fn what_knows_no_types_reads_what_needs_none() {
    let value: Any = serde_json::from_str(r#"{"_typeName":"int","_value":3}"#).expect("a number");
    assert_eq!(value, Any::Int(3));
    let text = r#"{"_typeName":"SharesInfo","shares":3,"level":"low"}"#;
    let value: Any = serde_json::from_str(text).expect("an object");
    assert!(matches!(value, Any::Unknown(_)), "{value:?}");
    assert_eq!(super::write(&value), text);
    // A generated type knows those of its service.
    let disk: Dyn<VirtualDevice> =
        serde_json::from_str(r#"{"_typeName":"VirtualDisk"}"#).expect("a disk");
    assert!(disk.is::<VirtualDisk>());
    let list: Vec<PowerState> = serde_json::from_str(r#"["poweredOn","x"]"#).expect("a list");
    assert_eq!(
        list,
        [PowerState::PoweredOn, PowerState::Unknown("x".into())]
    );
}

#[test]
fn a_type_is_read_from_any_other_text_of_it() {
    let value: Everything = try_read("{}").expect("everything is optional to a reader");
    assert_eq!(value, Everything::default());
}
