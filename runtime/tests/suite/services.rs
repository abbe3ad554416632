//! Two services: the types of one extend, hold and stand in for those of the other.

use vmomi_runtime::decode::{DecodeOptions, from_xml};
use vmomi_runtime::erased::{Field, Returned};
use vmomi_runtime::{
    Any, AnyArray, AnyObject, DataObject, Dyn, EnumArray, ManagedObjectReference, ObjectArray,
    to_xml,
};

use crate::documents::lenient;
use crate::erased::sample::{disk, shares};
use crate::support::*;

const NAMESPACES: &str = r#"xmlns="urn:pbm" xmlns:xsd="http://www.w3.org/2001/XMLSchema" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance""#;

fn encode<F: Field>(value: &F) -> String {
    let xml = to_xml("value", value, &PBM).expect("it can be encoded");
    let rest = xml
        .strip_prefix(&format!("<value {NAMESPACES}"))
        .unwrap_or_else(|| panic!("{xml}"));
    rest.strip_suffix("</value>")
        .unwrap_or_else(|| panic!("{xml}"))
        .trim_start()
        .into()
}

fn decode<R: Returned>(attributes: &str, content: &str) -> R {
    let xml = format!("<value {NAMESPACES} xmlns:pbm='urn:pbm' {attributes}>{content}</value>");
    from_xml(xml.as_bytes(), &PBM_TYPES, &lenient()).unwrap_or_else(|error| panic!("{error}"))
}

/// As a real server writes it.
const MISMATCH: &str = r#"<hub><hubType>Datastore</hubType><hubId>datastore-29</hubId></hub>
    <error xsi:type="vim25:LocalizedMethodFault" xmlns:vim25="urn:vim25">
      <vim25:fault xsi:type="pbm:PbmPropertyMismatchFault">
        <vim25:faultMessage><vim25:key>k</vim25:key><vim25:arg><vim25:key>a</vim25:key><vim25:value xsi:type="xsd:string">v</vim25:value></vim25:arg></vim25:faultMessage>
        <hub><hubType>Datastore</hubType><hubId>datastore-25</hubId></hub>
      </vim25:fault>
      <vim25:localizedMessage>m</vim25:localizedMessage>
    </error>"#;

#[test]
fn a_fault_of_one_service_stands_where_the_other_declares_its_own() {
    let constraint: PbmConstraint = decode("", MISMATCH);
    let [error] = &constraint.error[..] else {
        panic!("{constraint:?}")
    };
    let fault = error
        .fault
        .downcast_ref::<PbmPropertyMismatchFault>()
        .expect("the type named");
    assert_eq!(
        (&*fault.hub.hub_id, &*fault.fault_message[0].key),
        ("datastore-25", "k")
    );
    assert!(error.fault.is::<PbmFault>() && error.fault.is::<MethodFault>());
    assert_eq!(error.localized_message.as_deref(), Some("m"));
}

/// Each element belongs to the namespace of the type that declares it.
#[test]
fn elements_are_qualified_by_the_service_that_declares_them() {
    let mut fault = PbmPropertyMismatchFault {
        hub: PbmHub {
            hub_type: "Datastore".into(),
            ..Default::default()
        },
        ..Default::default()
    };
    fault.fault_message = vec![LocalizableMessage {
        key: "k".into(),
        ..Default::default()
    }];
    let constraint = PbmConstraint {
        category: Some("REQUIREMENT".into()),
        device: Some(Dyn::new(disk(1))),
        values: vec![
            Any::Object(AnyObject::new(PbmHub::default())),
            Any::Object(AnyObject::new(shares(1, "low"))),
        ],
        error: vec![LocalizedMethodFault {
            fault: Dyn::new(fault),
            ..Default::default()
        }],
        ..Default::default()
    };
    let xml = encode(&constraint);
    for part in [
        "><category>REQUIREMENT</category>",
        "<device xmlns:vim25=\"urn:vim25\" xsi:type=\"vim25:VirtualDisk\"><key xmlns=\"urn:vim25\">1</key>",
        "<backing xmlns=\"urn:vim25\" xsi:type=\"VirtualDiskFlatBackingInfo\"><fileName>",
        "<values xsi:type=\"PbmHub\"><hubType></hubType>",
        "<values xmlns:vim25=\"urn:vim25\" xsi:type=\"vim25:SharesInfo\"><shares xmlns=\"urn:vim25\">1</shares>",
        "<error><fault xmlns=\"urn:vim25\" xmlns:pbm=\"urn:pbm\" xsi:type=\"pbm:PbmPropertyMismatchFault\"><faultMessage><key>k</key></faultMessage><hub xmlns=\"urn:pbm\"><hubType>Datastore</hubType>",
    ] {
        assert!(xml.contains(part), "{part}\nin {xml}");
    }
    let document = to_xml("value", &constraint, &PBM).expect("it can be encoded");
    assert_eq!(
        from_xml(document.as_bytes(), &PBM_TYPES, &lenient()),
        Ok(constraint)
    );
}

/// Not to that of what the array is in: the array's type declares them.
#[test]
fn items_belong_to_the_service_of_their_array() {
    let hub = PbmHub {
        hub_id: "x".into(),
        ..Default::default()
    };
    let mut hubs = ObjectArray::new(PbmHub::type_info());
    hubs.push(AnyObject::new(hub.clone())).expect("a hub");
    for (array, expected) in [
        (
            AnyArray::String(vec!["a".into()]),
            r#"xmlns:vim25="urn:vim25" xsi:type="vim25:ArrayOfString"><string xmlns="urn:vim25">a</string>"#,
        ),
        (
            AnyArray::Enum(EnumArray {
                info: PBM_TYPES.enumeration("PowerState").expect("an enum"),
                values: vec!["poweredOn".into()],
            }),
            r#"xmlns:vim25="urn:vim25" xsi:type="vim25:ArrayOfPowerState"><PowerState xmlns="urn:vim25">poweredOn</PowerState>"#,
        ),
        (
            AnyArray::Object(hubs),
            r#"xsi:type="ArrayOfPbmHub"><PbmHub><hubType></hubType><hubId>x</hubId></PbmHub>"#,
        ),
        (
            AnyArray::Any(vec![Any::Object(AnyObject::new(hub))].into()),
            r#"xmlns:vim25="urn:vim25" xsi:type="vim25:ArrayOfAnyType"><anyType xmlns="urn:vim25" xmlns:pbm="urn:pbm" xsi:type="pbm:PbmHub"><hubType xmlns="urn:pbm"></hubType><hubId xmlns="urn:pbm">x</hubId></anyType>"#,
        ),
    ] {
        let array = Any::Array(array);
        assert_eq!(encode(&array), expected);
        let document = to_xml("value", &array, &PBM).expect("it can be encoded");
        let read: Result<Any, _> = from_xml(document.as_bytes(), &PBM_TYPES, &lenient());
        assert_eq!(read, Ok(array));
    }
}

#[test]
fn a_type_of_the_second_service_stands_in_a_value_of_the_first() {
    let hub = PbmHub {
        hub_id: "x".into(),
        ..Default::default()
    };
    let object = KeyAnyValue {
        key: "k".into(),
        value: Any::Object(AnyObject::new(hub)),
        ..Default::default()
    };
    let xml = to_xml("value", &object, &SERVICE).expect("it can be encoded");
    let expected = "<value xmlns:pbm=\"urn:pbm\" xsi:type=\"pbm:PbmHub\"><hubType xmlns=\"urn:pbm\"></hubType><hubId xmlns=\"urn:pbm\">x</hubId></value>";
    assert!(xml.contains(expected), "{xml}");
    assert_eq!(
        from_xml(xml.as_bytes(), &PBM_TYPES, &lenient()),
        Ok(object.clone())
    );
    // Where only the first service is known, it is kept and goes out as it came.
    let kept: KeyAnyValue = from_xml(xml.as_bytes(), &TYPES, &lenient()).expect("XML");
    let Any::Unknown(element) = &kept.value else {
        panic!("{kept:?}")
    };
    assert_eq!(
        &*element.type_name.as_ref().expect("told").namespace,
        "urn:pbm"
    );
    let again = to_xml("value", &kept, &SERVICE).expect("it can be encoded");
    assert_eq!(
        from_xml(again.as_bytes(), &PBM_TYPES, &lenient()),
        Ok(object)
    );
}

#[test]
fn types_that_all_services_share_are_named_so() {
    let reference = Any::Reference(ManagedObjectReference::new("PbmProfile", "p"));
    assert_eq!(
        encode(&reference),
        "xmlns:vim25=\"urn:vim25\" xsi:type=\"vim25:ManagedObjectReference\" type=\"PbmProfile\">p"
    );
    let array = Any::Array(AnyArray::String(vec!["a".into()]));
    assert_eq!(
        encode(&array),
        "xmlns:vim25=\"urn:vim25\" xsi:type=\"vim25:ArrayOfString\"><string xmlns=\"urn:vim25\">a</string>"
    );
    for any in [reference, array] {
        let xml = to_xml("value", &any, &PBM).expect("it can be encoded");
        assert_eq!(from_xml(xml.as_bytes(), &PBM_TYPES, &lenient()), Ok(any));
    }
}

#[test]
fn an_unknown_type_of_another_service_keeps_its_namespace() {
    let xml = format!(
        "<value {NAMESPACES}><device xmlns:v='urn:vim25' xsi:type='v:Future'><v:key>5</v:key><v:more>m</v:more></device></value>"
    );
    let constraint: PbmConstraint = from_xml(xml.as_bytes(), &PBM_TYPES, &lenient()).expect("XML");
    let device = constraint.device.as_ref().expect("set");
    assert_eq!((device.key, device.extra.elements().len()), (5, 1));
    assert!(encode(&constraint).contains("<device xmlns:t=\"urn:vim25\" xsi:type=\"t:Future\"><key xmlns=\"urn:vim25\">5</key><more xmlns=\"urn:vim25\">m</more></device>"), "{}", encode(&constraint));
    let document = to_xml("value", &constraint, &PBM).expect("it can be encoded");
    assert_eq!(
        from_xml(document.as_bytes(), &PBM_TYPES, &DecodeOptions::default()),
        Ok(constraint)
    );
}

#[test]
fn of_types_with_one_name_the_namespace_tells_which() {
    let vim = "xmlns:vim25='urn:vim25'";
    let type_of = |attributes: &str| match decode::<Any>(attributes, "<text/><more/>") {
        Any::Object(object) => (object.type_info().service().name, object.type_info().name()),
        other => panic!("{other:?}"),
    };
    assert_eq!(type_of("xsi:type='Description'"), ("pbm", "Description"));
    assert_eq!(
        type_of("xsi:type='pbm:Description'"),
        ("pbm", "Description")
    );
    assert_eq!(
        type_of(&format!("{vim} xsi:type='vim25:Description'")),
        ("vim25", "Description")
    );
    assert_eq!(
        type_of(&format!("{vim} xsi:type='vim25:ElementDescription'")),
        ("vim25", "ElementDescription")
    );
    // Only one of two fits here, whatever the prefix.
    for prefix in ["", "pbm:", "vim25:", "undeclared:"] {
        let description: Dyn<Description> = decode(
            &format!("{vim} xsi:type='{prefix}Description'"),
            "<label>l</label>",
        );
        assert_eq!(
            (description.type_info().service().name, &*description.label),
            ("vim25", "l"),
            "{prefix}"
        );
    }
    for (prefix, service) in [("", "pbm"), ("pbm:", "pbm"), ("vim25:", "vim25")] {
        let attributes = format!("{vim} xsi:type='{prefix}ElementDescription'");
        let description: Dyn<Description> = decode(&attributes, "<more>m</more>");
        assert_eq!(description.type_info().service().name, service, "{prefix}");
        let description: Dyn<ElementDescription> = decode(&attributes, "<more>m</more>");
        assert_eq!(description.type_info().service().name, service, "{prefix}");
        let xml = to_xml("value", &description, &PBM).expect("it can be encoded");
        assert_eq!(
            from_xml(xml.as_bytes(), &PBM_TYPES, &lenient()),
            Ok(description)
        );
    }
}
