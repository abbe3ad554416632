//! Strict decoding reports what is otherwise put up with.

use vmomi_runtime::decode::{DecodeError, DecodeErrorKind, DecodeOptions};
use vmomi_runtime::{Any, Dyn, XmlError};

use crate::documents::{answer_in_pieces, decode_with, fault, lenient, response, strict};
use crate::support::*;

const HEAD: &str = "<key>1</key>";

fn refused(content: &str) -> DecodeError {
    let attributes = "xsi:type='VirtualDisk' xmlns:f='urn:f'";
    assert!(
        decode_with::<Dyn<VirtualDevice>>(attributes, content, &lenient()).is_ok(),
        "{content}"
    );
    decode_with::<Dyn<VirtualDevice>>(attributes, content, &strict()).expect_err(content)
}

#[test]
fn what_the_schema_describes_is_taken() {
    let content = "<key>1</key><deviceInfo xsi:type='Description'><label>a</label><summary/></deviceInfo>\
        <backing xsi:type='VirtualDiskFlatBackingInfo'><fileName/><datastore type='Datastore' serverGuid='g'>d</datastore><diskMode/></backing>\
        <unitNumber xsi:nil='true'/><capacityInKB>1</capacityInKB>\n<!-- --><shares><shares>1</shares><level>low</level></shares>";
    let disk = decode_with::<Dyn<VirtualDevice>>("xsi:type='VirtualDisk'", content, &strict())
        .expect(content);
    assert!(disk.is::<VirtualDisk>());
    let list = "<i xsi:type='xsd:int'>1</i><i xsi:type='ArrayOfString'><string>a</string></i><i xsi:nil='true'/>";
    assert_eq!(
        decode_with::<Vec<Any>>("", list, &strict())
            .expect(list)
            .len(),
        3
    );
}

#[test]
fn unknown_elements() {
    let error = refused("<key>1</key><future/><capacityInKB>1</capacityInKB>");
    assert!(
        error
            .to_string()
            .starts_with("unknown element <future> (byte "),
        "{error}"
    );
    let error = refused("<key>1</key><deviceInfo><label>a</label><x/></deviceInfo>");
    assert_eq!(error.kind(), &DecodeErrorKind::UnknownElement("x".into()));
    assert_eq!(error.path(), "deviceInfo");
    let error = refused("<key>1<x/></key><capacityInKB>1</capacityInKB>");
    assert_eq!(
        (error.kind(), error.path()),
        (&DecodeErrorKind::UnknownElement("x".into()), "key")
    );
}

#[test]
fn unknown_types() {
    let error = refused("<key>1</key><backing xsi:type='Future'/><capacityInKB>1</capacityInKB>");
    assert_eq!(
        error.kind(),
        &DecodeErrorKind::UnknownType {
            expected: "VirtualDeviceBackingInfo",
            found: "Future".into()
        }
    );
    assert_eq!(error.path(), "backing");
    let error =
        refused("<key>1</key><backing xsi:type='VirtualDisk'/><capacityInKB>1</capacityInKB>");
    assert!(matches!(error.kind(), DecodeErrorKind::UnknownType { .. }));
    let error = decode_with::<Vec<Any>>(
        "",
        "<i xsi:type='xsd:int'>1</i><i xsi:type='p:Future'/>",
        &strict(),
    );
    assert!(matches!(
        error.expect_err("unknown").kind(),
        DecodeErrorKind::UnknownType {
            expected: "xsd:anyType",
            ..
        }
    ));
}

#[test]
fn unknown_enum_values() {
    let error = refused(
        "<key>1</key><capacityInKB>1</capacityInKB><shares><shares>1</shares><level>new</level></shares>",
    );
    assert_eq!(
        error.kind(),
        &DecodeErrorKind::UnknownValue {
            expected: "SharesLevel",
            found: "(3 bytes)".into()
        }
    );
    assert_eq!(error.path(), "shares/level");
    for (attributes, content) in [
        ("xsi:type='PowerState'", "new"),
        (
            "xsi:type='ArrayOfPowerState'",
            "<PowerState>new</PowerState>",
        ),
    ] {
        let error = decode_with::<Any>(attributes, content, &strict()).expect_err(content);
        assert!(matches!(
            error.kind(),
            DecodeErrorKind::UnknownValue {
                expected: "PowerState",
                ..
            }
        ));
    }
}

#[test]
fn unknown_attributes() {
    for (content, name) in [
        ("<key a='1'>1</key><capacityInKB>1</capacityInKB>", "a"),
        ("<key f:a='1'>1</key><capacityInKB>1</capacityInKB>", "a"),
        (
            "<key type='T'>1</key><capacityInKB>1</capacityInKB>",
            "type",
        ),
        (
            "<key>1</key><backing id='1'/><capacityInKB>1</capacityInKB>",
            "id",
        ),
        (
            "<key>1</key><backing xsi:type='VirtualDeviceFileBackingInfo'><fileName/><datastore type='T' b='1'>d</datastore></backing><capacityInKB>1</capacityInKB>",
            "b",
        ),
    ] {
        assert_eq!(
            refused(content).kind(),
            &DecodeErrorKind::UnknownAttribute(name.into()),
            "{content}"
        );
    }
}

#[test]
fn what_a_response_does_not_have() {
    for (content, kind) in [
        (
            "<returnval>1</returnval><more/>",
            DecodeErrorKind::UnknownElement("more".into()),
        ),
        (
            "<returnval>1</returnval><returnval>2</returnval>",
            DecodeErrorKind::Repeated("returnval"),
        ),
    ] {
        let xml = response(content);
        let decode =
            |options: DecodeOptions| answer_in_pieces::<i32>(xml.as_bytes(), xml.len(), &options);
        assert!(decode(lenient()).is_ok(), "{content}");
        let error = decode(strict()).expect_err(content);
        assert_eq!((error.kind(), error.path()), (&kind, "RetrieveResponse"));
    }
    let xml = fault("<detail><x xsi:type='Future'/></detail>");
    let error = answer_in_pieces::<()>(xml.as_bytes(), xml.len(), &strict()).expect_err("unknown");
    assert_eq!(
        (error.found(), error.path()),
        (Some("Future"), "Fault/detail")
    );
}

#[test]
fn attributes_of_a_list() {
    let decode = |options: DecodeOptions| {
        decode_with::<Any>("xsi:type='ArrayOfInt' a='1'", "<int>1</int>", &options)
    };
    assert!(decode(lenient()).is_ok());
    assert_eq!(
        decode(strict()).expect_err("an attribute").found(),
        Some("a")
    );
}

#[test]
fn elements_in_another_order() {
    let error = refused(
        "<key>1</key><unitNumber>1</unitNumber><controllerKey>1</controllerKey><capacityInKB>1</capacityInKB>",
    );
    assert_eq!(error.kind(), &DecodeErrorKind::OutOfOrder("controllerKey"));
    assert_eq!(error.path(), "controllerKey");
    let error = refused("<capacityInKB>1</capacityInKB><key>1</key>");
    assert_eq!(
        error.kind(),
        &DecodeErrorKind::OutOfOrder("key"),
        "the base comes first"
    );
}

#[test]
fn elements_that_are_repeated_or_missing() {
    let error = refused("<key>1</key><key>1</key><capacityInKB>1</capacityInKB>");
    assert_eq!(error.kind(), &DecodeErrorKind::Repeated("key"));
    let error = refused("<key>1</key><backing/><backing/><capacityInKB>1</capacityInKB>");
    assert_eq!(error.kind(), &DecodeErrorKind::Repeated("backing"));
    let error = refused(HEAD);
    assert_eq!(
        (error.kind(), error.path()),
        (&DecodeErrorKind::Missing("capacityInKB"), "")
    );
    let error =
        refused("<key>1</key><deviceInfo><label/></deviceInfo><capacityInKB>1</capacityInKB>");
    assert_eq!(
        (error.kind(), error.path()),
        (&DecodeErrorKind::Missing("summary"), "deviceInfo")
    );
}

#[test]
fn items_of_one_list_that_stand_apart() {
    const HARDWARE: &str = "<numCPU>1</numCPU><memoryMB>1</memoryMB><device><key>1</key></device>";
    assert!(
        decode_with::<VirtualHardware>(
            "",
            &format!("{HARDWARE}<device><key>2</key></device>"),
            &strict()
        )
        .is_ok()
    );
    let message = "<key/><arg><key/><value xsi:type='xsd:int'>1</value></arg><message/><arg><key/><value xsi:type='xsd:int'>1</value></arg>";
    let error = decode_with::<LocalizableMessage>("", message, &strict()).expect_err("apart");
    assert_eq!(error.kind(), &DecodeErrorKind::Repeated("arg"));
}

#[test]
fn text_between_elements() {
    let error = refused("<key>1</key>text<capacityInKB>1</capacityInKB>");
    assert_eq!(
        (error.kind(), error.path()),
        (&DecodeErrorKind::UnexpectedText, "")
    );
}

#[test]
fn bytes_and_characters_that_xml_does_not_have() {
    let error = refused(
        "<key>1</key><deviceInfo><label>a\u{1}b</label><summary/></deviceInfo><capacityInKB>1</capacityInKB>",
    );
    assert_eq!(
        error.kind(),
        &DecodeErrorKind::Xml(XmlError::BadCharacter(1))
    );
    assert_eq!(error.path(), "deviceInfo/label");
    let error = refused(
        "<key>1</key><deviceInfo><label>&#1;</label><summary/></deviceInfo><capacityInKB>1</capacityInKB>",
    );
    assert_eq!(
        error.kind(),
        &DecodeErrorKind::Xml(XmlError::BadCharacter(1))
    );
    let mut xml =
        crate::documents::document("", "<key>1</key><deviceInfo><label>?</label></deviceInfo>")
            .into_bytes();
    let at = xml.iter().position(|&byte| byte == b'?').expect("there");
    xml[at] = 0xFF;
    let error = vmomi_runtime::decode::from_xml::<VirtualDevice>(&xml, &TYPES, &strict())
        .expect_err("not UTF-8");
    assert_eq!(error.kind(), &DecodeErrorKind::Xml(XmlError::BadUtf8));
    assert_eq!(
        (error.path(), error.offset()),
        ("deviceInfo/label", at as u64)
    );
}

#[test]
fn undeclared_prefixes_of_attributes() {
    let error = refused("<key g:a='1'>1</key><capacityInKB>1</capacityInKB>");
    assert_eq!(
        error.kind(),
        &DecodeErrorKind::Xml(XmlError::UndeclaredPrefix("g".into()))
    );
}
