//! Values to XML: order, types, escapes, namespaces of their own.

use vmomi_runtime::erased::{Field, OpenEnum};
use vmomi_runtime::{
    Any, AnyArray, AnyEnum, AnyObject, Binary, DataObject, Dyn, Element, EncodeErrorKind,
    EnumArray, ManagedObjectReference, Node, ObjectArray, QualifiedName, to_xml,
};

use crate::documents::NAMESPACES;
use crate::erased::sample::{disk, element, network_card, shares, time};
use crate::support::*;

/// What an element with this value holds, with the attributes that tell about it.
fn encode<F: Field>(value: &F) -> String {
    let xml = to_xml("value", value, &SERVICE).expect("it can be encoded");
    let start = format!("<value {NAMESPACES}");
    let rest = xml.strip_prefix(&start).unwrap_or_else(|| panic!("{xml}"));
    rest.strip_suffix("</value>")
        .unwrap_or_else(|| panic!("{xml}"))
        .trim_start()
        .into()
}

/// As [`encode`], of a value that is not any object.
fn content<F: Field>(value: &F) -> String {
    encode(value)
        .strip_prefix('>')
        .expect("no attributes")
        .into()
}

#[test]
fn elements_of_the_base_come_first_and_then_in_the_order_of_the_schema() {
    assert_eq!(
        content(&disk(5)),
        "<key>5</key>\
         <deviceInfo xsi:type=\"ElementDescription\"><label>Hard disk</label><summary></summary><key>disk</key></deviceInfo>\
         <backing xsi:type=\"VirtualDiskFlatBackingInfo\"><fileName>[datastore] vm/vm.vmdk</fileName><datastore type=\"Datastore\">datastore-1</datastore>\
         <diskMode>persistent</diskMode><parent><fileName></fileName><diskMode></diskMode></parent></backing>\
         <unitNumber>0</unitNumber><capacityInKB>1099511627776</capacityInKB>\
         <shares><shares>1000</shares><level>normal</level></shares>\
         <nativeUnmanagedLinkedClone>false</nativeUnmanagedLinkedClone>"
    );
}

#[test]
fn a_type_is_told_where_it_is_not_the_declared_one() {
    assert_eq!(encode(&Dyn::<VirtualDevice>::default()), "><key>0</key>");
    assert_eq!(
        encode(&Dyn::<VirtualDevice>::new(VirtualE1000::default())),
        "xsi:type=\"VirtualE1000\"><key>0</key>"
    );
    assert_eq!(
        encode(&shares(1, "low")),
        "><shares>1</shares><level>low</level>"
    );
    assert_eq!(
        content(&vec![
            Dyn::<VirtualDevice>::default(),
            Dyn::new(VirtualE1000::default())
        ]),
        "<value><key>0</key></value><value xsi:type=\"VirtualE1000\"><key>0</key></value>"
    );
}

#[test]
fn nothing_is_sent_for_what_is_not_set() {
    let unset = content(&Everything::default());
    assert_eq!(
        unset,
        "<flag>false</flag><byte>0</byte><short>0</short><int>0</int><long>0</long><float>0</float>\
         <double>0</double><text></text><time>1970-01-01T00:00:00Z</time><blob></blob>\
         <inline><shares>0</shares></inline><boxed><shares>0</shares></boxed><device><key>0</key></device>\
         <password></password>"
    );
    let zero = Everything {
        opt_flag: Some(false),
        opt_int: Some(0),
        opt_text: Some(String::new()),
        opt_boxed: Some(Box::default()),
        ints: vec![0],
        ..Default::default()
    };
    let sent = content(&zero);
    for element in [
        "<optFlag>false</optFlag>",
        "<optInt>0</optInt>",
        "<optText></optText>",
        "<optBoxed><shares>0</shares></optBoxed>",
        "<ints>0</ints>",
    ] {
        assert!(sent.contains(element), "{element} in {sent}");
    }
    let empty = Everything {
        opt_state: Some("".into()),
        opt_vm: Some(Default::default()),
        opt_any: Some(Any::Nil),
        ..Default::default()
    };
    let sent = content(&empty);
    for element in [
        "<optState></optState>",
        "<optVm type=\"\"></optVm>",
        "<optAny xsi:nil=\"true\"></optAny>",
    ] {
        assert!(sent.contains(element), "{element} in {sent}");
    }
    assert_eq!(encode(&None::<i32>), "xsi:nil=\"true\">");
    assert_eq!(encode(&Vec::<i32>::new()), ">");
}

#[test]
fn scalars_are_written_as_xml_schema_has_them() {
    assert_eq!(content(&true), "true");
    assert_eq!(content(&-128_i8), "-128");
    assert_eq!(content(&i64::MIN), "-9223372036854775808");
    assert_eq!(content(&0.1_f32), "0.1");
    assert_eq!(content(&1e300_f64), format!("1{}", "0".repeat(300)));
    assert_eq!(content(&5e-324_f64).parse(), Ok(5e-324_f64));
    assert_eq!(content(&f32::NEG_INFINITY), "-INF");
    assert_eq!(content(&f64::INFINITY), "INF");
    assert_eq!(content(&f64::NAN), "NaN");
    assert_eq!(content(&Binary(vec![0, 255, 128])), "AP+A");
    assert_eq!(content(&PowerState::PoweredOn), "poweredOn");
    assert_eq!(content(&PowerState::Unknown("a&b".into())), "a&amp;b");
}

#[test]
fn times_keep_their_offset_and_fraction() {
    for text in [
        "2024-02-29T23:59:59Z",
        "2024-02-29T23:59:59.500+05:30",
        "2024-02-29T23:59:59.000001-08:00",
        "0001-01-01T00:00:00.123456789Z",
    ] {
        assert_eq!(content(&time(text)), text);
    }
    use vmomi_runtime::chrono::{FixedOffset, TimeZone};
    let odd = FixedOffset::east_opt(3600 + 17).expect("an offset");
    let odd = odd
        .with_ymd_and_hms(2024, 1, 1, 1, 0, 17)
        .single()
        .expect("a time");
    assert_eq!(
        content(&odd),
        "2024-01-01T00:00:00Z",
        "the schema has no seconds in offsets"
    );
    let far = FixedOffset::east_opt(0).expect("an offset");
    let far = far
        .with_ymd_and_hms(12024, 1, 1, 0, 0, 0)
        .single()
        .expect("a time");
    assert_eq!(content(&far), "12024-01-01T00:00:00Z");
}

#[test]
fn what_xml_takes_for_markup_is_escaped() {
    assert_eq!(
        content(&String::from("<a> & ]]> \"'\r\n\t ü😀")),
        "&lt;a&gt; &amp; ]]&gt; \"'&#13;\n\t ü😀"
    );
    let reference = ManagedObjectReference::with_server_guid("<\"T'>", "v&", Some("\r\n\tg\""));
    assert_eq!(
        encode(&reference),
        "type=\"&lt;&quot;T'&gt;\" serverGuid=\"&#13;&#10;&#9;g&quot;\">v&amp;"
    );
}

#[test]
fn a_value_of_any_type_tells_it() {
    let info = PowerState::TYPE.info();
    for (any, expected) in [
        (Any::Bool(true), "xsi:type=\"xsd:boolean\">true"),
        (Any::Byte(1), "xsi:type=\"xsd:byte\">1"),
        (Any::Short(1), "xsi:type=\"xsd:short\">1"),
        (Any::Int(1), "xsi:type=\"xsd:int\">1"),
        (Any::Long(1), "xsi:type=\"xsd:long\">1"),
        (Any::Float(0.5), "xsi:type=\"xsd:float\">0.5"),
        (Any::Double(f64::NAN), "xsi:type=\"xsd:double\">NaN"),
        (Any::String("<".into()), "xsi:type=\"xsd:string\">&lt;"),
        (Any::Uri("u".into()), "xsi:type=\"xsd:anyURI\">u"),
        (
            Any::DateTime(time("2024-01-01T00:00:00Z")),
            "xsi:type=\"xsd:dateTime\">2024-01-01T00:00:00Z",
        ),
        (
            Any::Binary(Binary(vec![1])),
            "xsi:type=\"xsd:base64Binary\">AQ==",
        ),
        (
            ManagedObjectReference::new("T", "v").into_any(),
            "xsi:type=\"ManagedObjectReference\" type=\"T\">v",
        ),
        (
            Any::Enum(AnyEnum {
                info,
                value: "new".into(),
            }),
            "xsi:type=\"PowerState\">new",
        ),
        (
            Any::Object(AnyObject::new(shares(1, "low"))),
            "xsi:type=\"SharesInfo\"><shares>1</shares><level>low</level>",
        ),
        (Any::Nil, "xsi:nil=\"true\">"),
    ] {
        assert_eq!(encode(&any), expected);
    }
}

trait IntoAny {
    fn into_any(self) -> Any;
}

impl IntoAny for ManagedObjectReference {
    fn into_any(self) -> Any {
        Any::Reference(self)
    }
}

#[test]
fn an_array_of_any_type_tells_it() {
    let mut objects = ObjectArray::new(VirtualDevice::type_info());
    objects
        .push(AnyObject::new(VirtualDevice::default()))
        .expect("a device");
    objects
        .push(AnyObject::new(VirtualE1000::default()))
        .expect("a device");
    let info = PowerState::TYPE.info();
    for (array, expected) in [
        (
            AnyArray::Int(vec![0, 1]),
            "xsi:type=\"ArrayOfInt\"><int>0</int><int>1</int>",
        ),
        (
            AnyArray::String(vec![String::new()]),
            "xsi:type=\"ArrayOfString\"><string></string>",
        ),
        (
            AnyArray::Uri(vec!["u".into()]),
            "xsi:type=\"ArrayOfAnyURI\"><anyURI>u</anyURI>",
        ),
        (
            AnyArray::Binary(vec![]),
            "xsi:type=\"ArrayOfBase64Binary\">",
        ),
        (
            AnyArray::Any(vec![Any::Int(1), Any::Nil].into()),
            "xsi:type=\"ArrayOfAnyType\"><anyType xsi:type=\"xsd:int\">1</anyType><anyType xsi:nil=\"true\"></anyType>",
        ),
        (
            AnyArray::Reference(vec![ManagedObjectReference::new("T", "v")]),
            "xsi:type=\"ArrayOfManagedObjectReference\"><ManagedObjectReference type=\"T\">v</ManagedObjectReference>",
        ),
        (
            AnyArray::Enum(EnumArray {
                info,
                values: vec!["poweredOn".into()],
            }),
            "xsi:type=\"ArrayOfPowerState\"><PowerState>poweredOn</PowerState>",
        ),
        (
            AnyArray::Object(objects),
            "xsi:type=\"ArrayOfVirtualDevice\"><VirtualDevice><key>0</key></VirtualDevice><VirtualDevice xsi:type=\"VirtualE1000\"><key>0</key></VirtualDevice>",
        ),
    ] {
        assert_eq!(encode(&Any::Array(array)), expected);
    }
}

#[test]
fn a_character_that_xml_does_not_have_names_the_field() {
    let object = VirtualMachineConfigInfo {
        hardware: VirtualHardware {
            device: vec![Dyn::default(), {
                let mut card = network_card(1);
                card.mac_address = Some("00\u{1F}".into());
                Dyn::new(card)
            }],
            ..Default::default()
        },
        ..Default::default()
    };
    let error = to_xml("config", &object, &SERVICE).expect_err("no such character");
    assert_eq!(error.path(), "config/hardware/device[1]/macAddress");
    assert_eq!(error.kind(), &EncodeErrorKind::Character('\u{1F}'));
    assert_eq!(
        error.to_string(),
        "config/hardware/device[1]/macAddress: the character U+001F, which XML cannot carry"
    );

    let any = Everything {
        anys: vec![Any::Array(AnyArray::String(vec!["a".into(), "\0".into()]))],
        ..Default::default()
    };
    let error = to_xml("value", &any, &SERVICE).expect_err("no such character");
    assert_eq!(error.path(), "value/anys[0]/string[1]");
    let error =
        to_xml("value", &String::from("\u{FFFF}"), &SERVICE).expect_err("no such character");
    assert_eq!(error.path(), "value");
    let reference = Everything {
        vm: ManagedObjectReference::new("T\u{B}", "v").typed(),
        ..Default::default()
    };
    assert_eq!(
        to_xml("value", &reference, &SERVICE)
            .expect_err("no such character")
            .path(),
        "value/vm"
    );
    let mut extra = VirtualDevice::default();
    extra.extra.push_element(element("future", "\u{1}"));
    assert_eq!(
        to_xml("value", &extra, &SERVICE)
            .expect_err("no such character")
            .path(),
        "value/future"
    );
    let state = Everything {
        states: vec!["\u{1}".into()],
        ..Default::default()
    };
    assert_eq!(
        to_xml("value", &state, &SERVICE)
            .expect_err("no such character")
            .path(),
        "value/states[0]"
    );
}

#[test]
fn a_name_that_xml_does_not_have_is_refused() {
    for name in ["", "a b", "1a", "a>", "a:b", "a\"", "-a", "a\u{1}", "<"] {
        let error = to_xml(name, &1, &SERVICE).expect_err(name);
        let EncodeErrorKind::Name(shown) = error.kind() else {
            panic!("{name}: {error}")
        };
        let length = name.len();
        assert!(
            name.is_empty() || shown.contains(&format!("({length} byte")),
            "{shown}"
        );
        let mut object = VirtualDevice::default();
        object.extra.push_element(element(name, ""));
        assert!(to_xml("value", &object, &SERVICE).is_err(), "{name}");
        let mut with_attribute = element("a", "");
        let attribute = QualifiedName {
            namespace: "".into(),
            local: name.into(),
        };
        with_attribute
            .attributes
            .push((attribute.clone(), "".into()));
        object = VirtualDevice::default();
        object.extra.push_element(with_attribute);
        assert!(to_xml("value", &object, &SERVICE).is_err(), "{name}");
    }
    assert!(to_xml("ä_1-.", &1, &SERVICE).is_ok());
}

#[test]
fn kept_elements_come_after_the_fields_with_their_namespaces() {
    let name = |namespace: &str, local: &str| QualifiedName {
        namespace: namespace.into(),
        local: local.into(),
    };
    let mut device = VirtualDevice {
        key: 5,
        ..Default::default()
    };
    device.extra.set_type_name(name("urn:vim25", "Future"));
    device.extra.push_element(Element {
        name: name("urn:f", "outer"),
        type_name: Some(name("urn:g", "T")),
        attributes: vec![
            (name("", "a"), "<\"".into()),
            (name("urn:h", "b"), "1".into()),
            (name("urn:i", "b"), "2".into()),
            (name("urn:h", "c"), "3".into()),
            (
                name("http://www.w3.org/XML/1998/namespace", "lang"),
                "en".into(),
            ),
            (
                name("http://www.w3.org/2001/XMLSchema-instance", "nil"),
                "true".into(),
            ),
        ],
        children: vec![
            Node::Text("x&".into()),
            Node::Element(Element {
                name: name("urn:f", "inner"),
                ..Default::default()
            }),
            Node::Element(Element {
                name: name("", "none"),
                ..Default::default()
            }),
        ]
        .into(),
    });
    device.extra.push_element(element("plain", "y"));
    assert_eq!(
        encode(&device),
        "xsi:type=\"Future\"><key>5</key>\
         <outer xmlns=\"urn:f\" xmlns:t=\"urn:g\" xsi:type=\"t:T\" a=\"&lt;&quot;\" xmlns:a0=\"urn:h\" a0:b=\"1\" xmlns:a1=\"urn:i\" a1:b=\"2\" a0:c=\"3\" xml:lang=\"en\" xsi:nil=\"true\">x&amp;<inner></inner><none xmlns=\"\"></none></outer>\
         <plain>y</plain>"
    );
}

#[test]
fn an_unknown_value_is_written_under_the_name_of_its_place() {
    let mut kept = element("other", "text");
    kept.type_name = Some(QualifiedName {
        namespace: "urn:vim25".into(),
        local: "Future".into(),
    });
    let object = KeyAnyValue {
        key: "k".into(),
        value: Any::Unknown(Box::new(kept.clone())),
        ..Default::default()
    };
    assert_eq!(
        content(&object),
        "<key>k</key><value xsi:type=\"Future\">text</value>"
    );
    assert_eq!(
        encode(&Any::Unknown(Box::new(kept))),
        "xsi:type=\"Future\">text"
    );
}
