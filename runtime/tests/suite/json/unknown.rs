//! What no type describes, as JSON and as XML.

use vmomi_runtime::decode::from_xml;
use vmomi_runtime::{Any, Dyn, to_xml};

use super::{any, read, read_with, write};
use crate::documents::{document, keeping_unknown, lenient};
use crate::support::*;

/// From JSON to a value and back.
fn stays(text: &str) {
    assert_eq!(write(&any(text)), text);
    // And through XML.
    let xml = to_xml("value", &any(text), &SERVICE).expect("it can be encoded");
    let back: Any = from_xml(xml.as_bytes(), &TYPES, &keeping_unknown())
        .unwrap_or_else(|error| panic!("{error} in {xml}"));
    assert_eq!(write(&back), text, "{xml}");
}

#[test]
fn unknown_json_stays_what_it_is() {
    for text in [
        r#"{"a":"text"}"#,
        r#"{"_typeName":"Future","a":"text","b":["x","y"],"c":{"d":"e"}}"#,
        r#"{"_typeName":"Future","number":1,"fraction":1.0,"large":1e+300,"yes":true,"no":false}"#,
        r#"{"_typeName":"Future","empty":"","object":{},"none":[],"one":["x"],"nested":[["x"],[]]}"#,
        r#"{"_typeName":"Future","mixed":[null,1,"1",{"_typeName":"Other","x":[2]}]}"#,
        r#"{"_typeName":"Future"}"#,
        r#"{}"#,
        r#"{"_typeName":"ArrayOfFuture","_value":[{"_typeName":"Future","a":"b"},{"a":"c"}]}"#,
        r#"{"_typeName":"FutureState","_value":"on"}"#,
        r#"{"_typeName":"Future","host":{"_typeName":"ManagedObjectReference","type":"HostSystem","value":"host-1"}}"#,
        r#"{"_typeName":"Future","boxed":{"_typeName":"int","_value":12},"flag":{"_typeName":"boolean","_value":true}}"#,
        r#"{"_typeName":"Future","list":{"_typeName":"ArrayOfString","_value":["a","b"]}}"#,
        r#"{"_typeName":"{urn:other}Future","a":"b"}"#,
    ] {
        stays(text);
    }
}

#[test]
fn an_unknown_type_is_the_declared_one_and_keeps_the_rest() {
    for text in [
        r#"{"_typeName":"FutureDisk","key":7,"speed":9,"tags":["a","b"]}"#,
        r#"{"_typeName":"FutureDisk","key":7,"one":{"_typeName":"FutureDetail","x":"y"}}"#,
    ] {
        let device: Dyn<VirtualDevice> = read_with(text, &lenient()).expect("it is taken");
        assert_eq!(device.key, 7);
        let name = device.extra.type_name().map(|name| &*name.local);
        assert_eq!(name, Some("FutureDisk"));
        assert_eq!(write(&device), text);
    }
    let first = r#"{"speed":9,"key":7,"_typeName":"FutureDisk"}"#;
    let device: Dyn<VirtualDevice> = read_with(first, &lenient()).expect("it is taken");
    assert_eq!(&*device.extra.elements()[0].name.local, "speed");
}

#[test]
fn unknown_members_of_a_known_type_are_kept_on_request() {
    let text = r#"{"_typeName":"SharesInfo","shares":1,"level":"low","future":{"a":"b"}}"#;
    let kept: SharesInfo = read(text);
    assert_eq!(write(&kept), text);
    let passed_over: SharesInfo = read_with(text, &lenient()).expect("it is taken");
    assert!(passed_over.extra.is_empty());
}

/// Known content is the same from both; unknown content is told as plainly as JSON allows.
#[test]
fn xml_becomes_plain_json() {
    let xml = document(
        "xsi:type='FutureDisk'",
        "<key>7</key><speed>9</speed><tag>a</tag><tag>b</tag>
         <host type='HostSystem'>host-1</host>
         <detail xsi:type='FutureDetail'><x>y</x></detail>
         <size xsi:type='xsd:long'>12</size>
         <list xsi:type='ArrayOfInt'><int>1</int></list>",
    );
    let device: Dyn<VirtualDevice> =
        from_xml(xml.as_bytes(), &TYPES, &keeping_unknown()).expect("it is decoded");
    let json = write(&device);
    assert_eq!(
        json,
        concat!(
            r#"{"_typeName":"FutureDisk","key":7,"speed":"9","tag":["a","b"],"#,
            r#""host":{"_typeName":"ManagedObjectReference","type":"HostSystem","value":"host-1"},"#,
            r#""detail":{"_typeName":"FutureDetail","x":"y"},"#,
            r#""size":{"_typeName":"long","_value":12},"#,
            r#""list":{"_typeName":"ArrayOfInt","_value":["1"]}}"#,
        )
    );
    assert_eq!(read::<Dyn<VirtualDevice>>(&json), device);
}

#[test]
fn what_has_no_plain_form_is_spelled_out() {
    for content in [
        "<a b='c'>d</a>",
        "<a>1</a><b>2</b><a>3</a>",
        "<a>text<b/>more</a>",
        "<a xmlns='urn:other'>1</a>",
        "<_value>1</_value>",
        "<_xml/>",
        "<key2 xsi:type='xsd:decimal'>1.50</key2><a xsi:type='xsd:int'> 007</a>",
        "<a xsi:type='ArrayOfInt'><wrong>1</wrong></a>",
        "<a xmlns:n='urn:vmomi:json' n:type='number'>x</a>",
        "<a xmlns:n='urn:vmomi:json' n:type='null'>x</a>",
    ] {
        for type_name in ["FutureDisk", "VirtualDisk"] {
            let xml = document(&format!("xsi:type='{type_name}'"), content);
            let device: Dyn<VirtualDevice> =
                from_xml(xml.as_bytes(), &TYPES, &keeping_unknown()).expect("it is decoded");
            let json = write(&device);
            assert_eq!(read::<Dyn<VirtualDevice>>(&json), device, "{json}");
            let again = to_xml("value", &device, &SERVICE).expect("it can be encoded");
            let device: Dyn<VirtualDevice> = read(&json);
            let through_json = to_xml("value", &device, &SERVICE).expect("it can be encoded");
            assert_eq!(through_json, again);
        }
        let xml = document("xsi:type='Future'", content);
        let value: Any =
            from_xml(xml.as_bytes(), &TYPES, &keeping_unknown()).expect("it is decoded");
        let json = write(&value);
        assert_eq!(any(&json), value, "{json}");
    }
}

/// Without a type it is no reference in XML, and stays none.
#[test]
fn what_looks_like_a_reference_in_json_is_spelled_out() {
    let xml = document("type='HostSystem'", "host-1");
    let value: Any = from_xml(xml.as_bytes(), &TYPES, &keeping_unknown()).expect("it is decoded");
    assert!(matches!(value, Any::Unknown(_)), "{value:?}");
    let json = write(&value);
    assert_eq!(any(&json), value, "{json}");
}

#[test]
fn spelling_out_is_readable() {
    let xml = document("xsi:type='FutureDisk'", "<a b='c' xsi:type='T'>d<e/></a>");
    let device: Dyn<VirtualDevice> =
        from_xml(xml.as_bytes(), &TYPES, &keeping_unknown()).expect("it is decoded");
    assert_eq!(
        write(&device),
        concat!(
            r#"{"_typeName":"FutureDisk","key":0,"_xml":[{"name":"{urn:vim25}a","#,
            r#""type":"{urn:vim25}T","attributes":{"b":"c"},"#,
            r#""content":["d",{"name":"{urn:vim25}e"}]}]}"#,
        )
    );
}

#[test]
fn attributes_of_an_object_are_kept() {
    let xml = document("unit='cm' xmlns:o='urn:other' o:unit='m'", "<key>7</key>");
    let device: VirtualDevice =
        from_xml(xml.as_bytes(), &TYPES, &keeping_unknown()).expect("it is decoded");
    let json = write(&device);
    assert_eq!(
        json,
        r#"{"_typeName":"VirtualDevice","key":7,"_attributes":{"unit":"cm","{urn:other}unit":"m"}}"#
    );
    assert_eq!(read::<VirtualDevice>(&json), device);
}

/// The name of a namespace may be any text, as may that of a type.
#[test]
fn names_that_hold_what_stands_around_a_namespace_come_back() {
    for namespace in ["urn:a}b", "{urn:a}", "urn:%7D%25%", "}"] {
        for local in ["a}b", "{a", "}"] {
            let xml = format!(
                "<value xmlns:p='{namespace}' xmlns:xsi='http://www.w3.org/2001/XMLSchema-instance' \
                 xsi:type='p:{local}'><p:x p:y='1'/></value>"
            );
            let value: Any = from_xml(xml.as_bytes(), &TYPES, &keeping_unknown()).expect("XML");
            assert_eq!(read::<Any>(&write(&value)), value, "{xml}");
        }
    }
}
