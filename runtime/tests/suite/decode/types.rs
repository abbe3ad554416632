//! `xsi:type` in all the ways servers write it.

use vmomi_runtime::{Any, AnyArray, Binary, Dyn, ManagedObjectReference};

use crate::documents::{decode, decode_as, lenient};
use crate::support::*;

#[test]
fn a_named_subtype_is_what_is_built() {
    let device: Dyn<VirtualDevice> = decode_as(
        "xsi:type='VirtualVmxnet3'",
        "<key>1</key><uptv2Enabled>true</uptv2Enabled>",
    );
    assert_eq!(device.type_info().name(), "VirtualVmxnet3");
    let card = device
        .downcast_ref::<VirtualVmxnet3>()
        .expect("the type named");
    assert_eq!((card.key, card.uptv2_enabled), (1, Some(true)));
}

#[test]
fn without_a_type_it_is_the_declared_one() {
    assert_eq!(
        decode::<Dyn<VirtualDevice>>("<key>1</key>")
            .type_info()
            .name(),
        "VirtualDevice"
    );
}

/// The prefix is what a document makes it; only the namespace it stands for counts.
#[test]
fn the_namespace_tells_xsi_type_and_not_the_prefix() {
    let attribute = [
        r#"xmlns:i="http://www.w3.org/2001/XMLSchema-instance" i:type="VirtualDisk""#,
        r#"i:type="VirtualDisk" xmlns:i="http://www.w3.org/2001/XMLSchema-instance""#,
        r#"xmlns:_XMLSchema-instance="http://www.w3.org/2001/XMLSchema-instance" _XMLSchema-instance:type="VirtualDisk""#,
        r#"xmlns:XMLSchema-instance='http://www.w3.org/2001/XMLSchema-instance'   XMLSchema-instance:type = 'VirtualDisk' "#,
    ];
    for attribute in attribute {
        let object: Everything = decode(&format!(
            "<optDevice {attribute}><capacityInKB>1</capacityInKB></optDevice>"
        ));
        assert!(
            object
                .opt_device
                .is_some_and(|device| device.is::<VirtualDisk>()),
            "{attribute}"
        );
    }
    let object: Everything =
        decode("<optDevice xmlns:xsi='urn:other' xsi:type='VirtualDisk' type='VirtualDisk'/>");
    assert!(
        object
            .opt_device
            .is_some_and(|device| !device.is::<VirtualDisk>())
    );
}

#[test]
fn a_declaration_ends_with_its_element() {
    let object: Everything = decode(
        "<optDevice xmlns:xsi='urn:other' xsi:type='VirtualDisk'><key>1</key></optDevice>\
         <devices xsi:type='VirtualDisk'/>",
    );
    assert!(
        object
            .opt_device
            .is_some_and(|device| !device.is::<VirtualDisk>())
    );
    assert!(object.devices[0].is::<VirtualDisk>());
}

#[test]
fn a_type_value_comes_bare_or_with_a_prefix() {
    for value in [
        "VirtualDisk",
        "vim25:VirtualDisk",
        " ns1:VirtualDisk ",
        "undeclared:VirtualDisk",
    ] {
        let device: Dyn<VirtualDevice> = decode_as(
            &format!("xmlns:vim25='urn:vim25' xmlns:ns1='urn:vim25' xsi:type='{value}'"),
            "",
        );
        assert!(device.is::<VirtualDisk>(), "{value}");
    }
}

#[test]
fn a_scalar_of_any_type_says_which() {
    let values = [
        ("xsd:boolean", "true", Any::Bool(true)),
        ("xsd:byte", "-128", Any::Byte(-128)),
        ("xsd:short", "-300", Any::Short(-300)),
        ("xsd:int", "5", Any::Int(5)),
        ("xsd:long", "5", Any::Long(5)),
        ("xsd:float", "0.5", Any::Float(0.5)),
        ("xsd:double", "INF", Any::Double(f64::INFINITY)),
        ("xsd:string", " a ", Any::String(" a ".into())),
        ("xsd:anyURI", "urn:x", Any::Uri("urn:x".into())),
        (
            "xsd:base64Binary",
            "AP8=",
            Any::Binary(Binary(vec![0, 255])),
        ),
        ("string", "a", Any::String("a".into())),
        ("int", "5", Any::Int(5)),
        ("undeclared:int", "5", Any::Int(5)),
    ];
    for (name, text, expected) in values {
        assert_eq!(
            decode_as::<Any>(&format!("xsi:type='{name}'"), text),
            expected,
            "{name}"
        );
    }
    let other_prefix = "xmlns:q='http://www.w3.org/2001/XMLSchema' xsi:type='q:int'";
    assert_eq!(decode_as::<Any>(other_prefix, "5"), Any::Int(5));
    assert_eq!(
        decode_as::<Any>("xsi:type='xsd:dateTime'", "2024-01-01T00:00:00Z").type_name(),
        "xsd:dateTime"
    );
}

#[test]
fn an_object_reference_or_enum_of_any_type_says_which() {
    let any: Any = decode_as("xsi:type='VirtualDisk'", "<key>5</key>");
    let Any::Object(object) = &any else {
        panic!("{any:?}")
    };
    assert_eq!(
        object.downcast_ref::<VirtualDisk>().map(|disk| disk.key),
        Some(5)
    );

    let any: Any = decode_as(
        "xsi:type='ManagedObjectReference' type='Folder' serverGuid='g&amp;'",
        " group-1 ",
    );
    let Any::Reference(reference) = &any else {
        panic!("{any:?}")
    };
    assert_eq!(reference, &ManagedObjectReference::new("Folder", "group-1"));
    assert_eq!(reference.server_guid(), Some("g&"));

    for (text, value) in [("poweredOn", "poweredOn"), (" else ", "else")] {
        let any: Any = decode_as("xsi:type='PowerState'", text);
        let Any::Enum(state) = &any else {
            panic!("{any:?}")
        };
        assert_eq!((state.info.name(), &*state.value), ("PowerState", value));
    }
}

#[test]
fn an_array_of_any_type_says_which() {
    let array = |name: &str, items: &str| -> AnyArray {
        match decode_as(&format!("xsi:type='{name}'"), items) {
            Any::Array(array) => array,
            other => panic!("{other:?}"),
        }
    };
    assert_eq!(
        array("ArrayOfBoolean", "<boolean>1</boolean>"),
        AnyArray::Bool(vec![true])
    );
    assert_eq!(
        array("ArrayOfByte", "<byte>-1</byte>"),
        AnyArray::Byte(vec![-1])
    );
    assert_eq!(
        array("ArrayOfShort", "<short>-1</short>"),
        AnyArray::Short(vec![-1])
    );
    assert_eq!(
        array("ArrayOfInt", "<int>0</int><int>0</int>"),
        AnyArray::Int(vec![0, 0])
    );
    assert_eq!(
        array("ArrayOfLong", "<long>-1</long>"),
        AnyArray::Long(vec![-1])
    );
    assert_eq!(
        array("ArrayOfFloat", "<float>1e3</float>"),
        AnyArray::Float(vec![1000.0])
    );
    assert_eq!(
        array("ArrayOfDouble", "<double>-0</double>"),
        AnyArray::Double(vec![0.0])
    );
    assert_eq!(
        array("ArrayOfString", "<string/><string> a</string>"),
        AnyArray::String(vec!["".into(), " a".into()])
    );
    assert_eq!(
        array("ArrayOfAnyURI", "<anyURI>u</anyURI>"),
        AnyArray::Uri(vec!["u".into()])
    );
    assert_eq!(
        array("ArrayOfBase64Binary", "<base64Binary>AQ==</base64Binary>"),
        AnyArray::Binary(vec![Binary(vec![1])])
    );
    assert_eq!(
        array(
            "ArrayOfDateTime",
            "<dateTime>1970-01-01T00:00:00Z</dateTime>"
        )
        .len(),
        1
    );
    assert_eq!(
        array(
            "ArrayOfManagedObjectReference",
            "<ManagedObjectReference type='T'>v</ManagedObjectReference>"
        ),
        AnyArray::Reference(vec![ManagedObjectReference::new("T", "v")])
    );
    let AnyArray::Enum(states) = array(
        "ArrayOfPowerState",
        "<PowerState> poweredOn </PowerState><PowerState>x</PowerState>",
    ) else {
        panic!("an array of an enum")
    };
    assert_eq!(
        (states.info.name(), &states.values[..]),
        ("PowerState", &["poweredOn".into(), "x".into()][..])
    );

    let AnyArray::Object(devices) = array(
        "vim25:ArrayOfVirtualDevice",
        "<VirtualDevice xsi:type='VirtualDisk'><key>1</key></VirtualDevice><VirtualDevice/>",
    ) else {
        panic!("an array of objects")
    };
    assert_eq!(devices.type_info().name(), "VirtualDevice");
    assert!(devices.items()[0].is::<VirtualDisk>() && !devices.items()[1].is::<VirtualDisk>());
    assert_eq!(
        array("ArrayOfVirtualDevice", "").type_name(),
        "ArrayOfVirtualDevice"
    );
}

#[test]
fn an_array_of_any_types_may_hold_arrays() {
    let any: Any = decode_as(
        "xsi:type='ArrayOfAnyType'",
        "<anyType xsi:type='xsd:int'>1</anyType><anyType xsi:nil='true'/>\
         <anyType xsi:type='ArrayOfString'><string>a</string><string>b</string></anyType>\
         <anyType xsi:type='SharesInfo'><shares>5</shares></anyType>\
         <anyType xsi:type='ArrayOfAnyType'><anyType xsi:type='ArrayOfInt'><int>2</int></anyType></anyType>\
         <anyType xsi:type='xsd:boolean'>0</anyType>",
    );
    let inner = Any::Array(AnyArray::Any(
        vec![Any::Array(AnyArray::Int(vec![2]))].into(),
    ));
    let Any::Array(AnyArray::Any(items)) = any else {
        panic!("{any:?}")
    };
    assert_eq!(items.len(), 6);
    assert_eq!((&items[0], &items[1]), (&Any::Int(1), &Any::Nil));
    assert_eq!(
        items[2],
        Any::Array(AnyArray::String(vec!["a".into(), "b".into()]))
    );
    assert_eq!(items[3].type_name(), "SharesInfo");
    assert_eq!((&items[4], &items[5]), (&inner, &Any::Bool(false)));
}

#[test]
fn items_need_not_be_named_after_their_type() {
    let any: Any = decode_as("xsi:type='ArrayOfInt'", "<item>1</item><int>2</int>");
    assert_eq!(any, Any::Array(AnyArray::Int(vec![1, 2])));
}

#[test]
fn a_scalar_field_may_name_its_type() {
    let object: Everything = decode(
        "<int xsi:type='xsd:int'>5</int><text xsi:type='xsd:string'>a</text>\
         <state xsi:type='PowerState'>poweredOn</state>\
         <vm xsi:type='ManagedObjectReference' type='VirtualMachine'>vm-1</vm>\
         <inline xsi:type='SharesInfo'><shares>1</shares></inline>",
    );
    assert_eq!(
        (object.int, &*object.text, object.inline.shares),
        (5, "a", 1)
    );
    assert_eq!(
        (object.state, object.vm.value()),
        (PowerState::PoweredOn, "vm-1")
    );
    assert!(object.inline.extra.is_empty());
}

#[test]
fn a_reference_need_not_name_its_type() {
    let object: Everything = decode("<vm>vm-1</vm><entity type='Folder'>f</entity>");
    assert_eq!((object.vm.type_name(), object.vm.value()), ("", "vm-1"));
    assert_eq!(object.entity.to_string(), "Folder:f");
}

#[test]
fn a_document_may_hold_another_type_than_the_one_asked_for() {
    let error =
        crate::documents::decode_with::<VirtualDisk>("xsi:type='VirtualE1000'", "", &lenient());
    assert!(
        error.is_ok(),
        "not a subtype, so it is taken for what was asked for"
    );
    let error = crate::documents::decode_with::<i32>("xsi:nil='true'", "", &lenient())
        .expect_err("nothing");
    assert_eq!(
        error.to_string(),
        "expected xsd:int, found nothing (byte 0)"
    );
}
