//! Errors tell what was expected, what came, and where.

use vmomi_runtime::decode::{Answer, DecodeError, DecodeErrorKind};
use vmomi_runtime::{Any, MoRef, XmlError};

use crate::documents::{answer, decode_with, document, lenient, response, strict};
use crate::support::*;

/// The error, and what of the document comes before its offset.
fn error_of<R: vmomi_runtime::erased::Returned>(xml: &str) -> (DecodeError, &str) {
    let error = answer::<R>(xml).expect_err(xml);
    let offset = usize::try_from(error.offset()).expect("within the document");
    (error, &xml[..offset])
}

#[test]
fn a_path_leads_to_the_value() {
    let xml = response(
        "<returnval><objects><obj type='T'>1</obj></objects><objects><obj type='T'>2</obj>\
         <propSet><name>a</name><val xsi:type='xsd:int'>1</val></propSet>\
         <propSet><name>config</name><val xsi:type='VirtualMachineConfigInfo'><hardware><numCPU>1</numCPU>\
         <device><key>1</key></device><device xsi:type='VirtualDisk'><key>2</key><capacityInKB>much</capacityInKB>",
    );
    let (error, before) = error_of::<Option<RetrieveResult>>(&xml);
    assert_eq!(
        error.path(),
        "RetrieveResponse/returnval/objects[1]/propSet[1]/val/hardware/device[1]/capacityInKB"
    );
    assert_eq!(
        error.kind(),
        &DecodeErrorKind::Value {
            expected: "xsd:long",
            found: "(4 bytes)".into()
        }
    );
    assert!(before.ends_with("much</capacityInKB>"), "{before}");
    assert_eq!(
        error.to_string(),
        format!(
            "at RetrieveResponse/returnval/objects[1]/propSet[1]/val/hardware/device[1]/capacityInKB: expected xsd:long, found (4 bytes) (byte {}, near <capacityInKB>…</capacityInKB></RetrieveResponse></soapenv:Body>)",
            error.offset()
        )
    );
}

#[test]
fn a_path_counts_the_items_of_arrays_and_results() {
    let xml = response(
        "<returnval><objects><propSet><val xsi:type='ArrayOfAnyType'><anyType xsi:type='xsd:int'>1</anyType><anyType xsi:type='ArrayOfInt'><int>1</int><int>2</int><int>x</int>",
    );
    let (error, _) = error_of::<Option<RetrieveResult>>(&xml);
    assert_eq!(
        error.path(),
        "RetrieveResponse/returnval/objects[0]/propSet[0]/val/anyType[1]/int[2]"
    );
    let xml = response("<returnval><shares>1</shares></returnval><returnval><shares>x</shares>");
    let (error, _) = error_of::<Vec<SharesInfo>>(&xml);
    assert_eq!(error.path(), "RetrieveResponse/returnval[1]/shares");
    let (error, _) = error_of::<i32>(&response("<returnval>x</returnval>"));
    assert_eq!(error.path(), "RetrieveResponse/returnval");
    let (error, _) = error_of::<Vec<i32>>(&response("<returnval>1</returnval><returnval/>"));
    assert_eq!(error.path(), "RetrieveResponse/returnval[1]");
    let detail = "<detail><x xsi:type='InvalidPowerState'><faultMessage><arg><value xsi:type='xsd:int'>x</value></arg></faultMessage></x></detail>";
    let xml = crate::documents::fault(detail);
    let Ok(Answer::Fault(fault)) = answer::<i32>(&xml) else {
        panic!("a fault")
    };
    let error = fault.detail_error.expect("no number");
    assert_eq!(error.path(), "Fault/detail/faultMessage[0]/arg[0]/value");
    let offset = usize::try_from(error.offset()).expect("within the document");
    assert!(xml[..offset].ends_with("<x xsi:type='InvalidPowerState'>"));
    let error = decode_with::<Vec<SharesInfo>>("", "<i/><i><shares>x</shares></i>", &lenient())
        .expect_err("x");
    assert_eq!(error.path(), "shares");
}

#[test]
fn a_path_is_that_of_the_innermost_known_element() {
    let (error, _) = error_of::<VirtualDevice>(&response(
        "<returnval><key>1</key><future><a><b></c></b></a></future></returnval>",
    ));
    assert!(
        matches!(error.kind(), DecodeErrorKind::Xml(XmlError::MismatchedEnd { open, closed }) if open == "b" && closed == "c")
    );
    let error = decode_with::<VirtualDevice>("", "<backing><x/></backing>", &strict())
        .expect_err("unknown");
    assert_eq!(error.path(), "backing");
}

#[test]
fn the_offset_is_where_broken_xml_begins() {
    for (broken, kind) in [
        (
            "<returnval><key>1</ke></returnval>",
            XmlError::MismatchedEnd {
                open: "key".into(),
                closed: "ke".into(),
            },
        ),
        (
            "<returnval><key a=1>1</key></returnval>",
            XmlError::BadAttribute,
        ),
        ("<returnval><1key/></returnval>", XmlError::BadName),
        ("<returnval><!ELEMENT x></returnval>", XmlError::BadMarkup),
    ] {
        let xml = response(broken);
        let (error, before) = error_of::<VirtualDevice>(&xml);
        assert_eq!(error.kind(), &DecodeErrorKind::Xml(kind), "{broken}");
        let rest = &xml[before.len()..];
        assert!(
            rest.starts_with('<') && broken.contains(rest.split('/').next().expect("some")),
            "{rest}"
        );
    }
    let xml =
        response("<returnval><deviceInfo><label>good &bad; </label></deviceInfo></returnval>");
    let (error, before) = error_of::<VirtualDevice>(&xml);
    assert_eq!(
        error.kind(),
        &DecodeErrorKind::Xml(XmlError::BadEntity("(3 bytes)".into()))
    );
    assert!(before.ends_with("<label>"));
    assert_eq!(error.path(), "RetrieveResponse/returnval/deviceInfo/label");
}

#[test]
fn a_value_of_another_type_is_told() {
    let error = decode_with::<SharesInfo>("xsi:type='xsd:int'", "5", &lenient());
    assert!(error.is_ok(), "an unknown type of what is declared");
    let error = decode_with::<Option<SharesInfo>>("xsi:nil='1'", "", &lenient());
    assert_eq!(error, Ok(None));
    let error =
        decode_with::<MoRef<VirtualMachine>>("xsi:nil='1'", "", &lenient()).expect_err("nothing");
    assert_eq!(
        error.kind(),
        &DecodeErrorKind::WrongType {
            expected: "ManagedObjectReference",
            found: "nothing".into()
        }
    );
}

#[test]
fn a_number_is_shown_unless_it_is_endless() {
    let long = "9".repeat(1000);
    let error = decode_with::<i32>("", &long, &lenient()).expect_err("too large");
    let DecodeErrorKind::Value { found, .. } = error.kind() else {
        panic!("{error}")
    };
    assert_eq!(found, "(1000 bytes)");
    let error = decode_with::<i32>("", "2147483648", &lenient()).expect_err("too large");
    assert_eq!(error.found(), Some("2147483648"));
}

/// Whatever a server puts into what is shown.
#[test]
fn a_message_is_one_line() {
    const BREAKS: &str = "a\n\u{1b}[31mb";
    for xml in [
        response(&format!("<returnval><key>{BREAKS}</key>")),
        response(&format!("<returnval><key>&{BREAKS};</key>")),
        response(&format!("<returnval xsi:type='{BREAKS}'/>")),
        response(&format!("<returnval x:y='' xsi:type='xsd:{BREAKS}'/>")),
        format!("<?xml version='1.0' encoding='{BREAKS}'?>"),
    ] {
        let decoded = crate::documents::answer_in_pieces::<VirtualDevice>(
            xml.as_bytes(),
            xml.len(),
            &strict(),
        );
        let message = decoded.expect_err(&xml).to_string();
        assert!(!message.contains(char::is_control), "{message:?}");
    }
}

#[test]
fn what_was_expected_and_what_was_found_can_be_asked_for() {
    for (content, expected, found) in [
        ("<key>x</key>", Some("xsd:int"), Some("(1 byte)")),
        ("<key>1</key2>", Some("key"), Some("key2")),
        ("<future/>", None, Some("future")),
        (
            "<backing xsi:type='Future'/>",
            Some("VirtualDeviceBackingInfo"),
            Some("Future"),
        ),
        ("", Some("key"), None),
        ("<key a=''>1</key>", None, Some("a")),
        ("<key>1</key><key>1</key>", None, Some("key")),
        ("<!DOCTYPE x>", None, None),
    ] {
        let error = decode_with::<VirtualDevice>("", content, &strict()).expect_err(content);
        assert_eq!(
            (error.expected(), error.found()),
            (expected, found),
            "{error}"
        );
    }
}

#[test]
fn an_excerpt_shows_the_tags_around_the_place() {
    let (error, _) = error_of::<VirtualDevice>(&response(
        "<returnval xsi:type='VirtualDisk'><key>1</key><deviceInfo><label>hunter2</label>\
         <summary>hunter2</summary></deviceInfo><unitNumber>hunter2</unitNumber>\
         <token a='hunter2'>hunter2</token></returnval>",
    ));
    assert_eq!(
        error.found(),
        Some("(7 bytes)"),
        "of a field that is no secret"
    );
    assert_eq!(error.excerpt(), "<unitNumber>…</unitNumber><token>…");
}

#[test]
fn a_secret_never_stands_in_an_error() {
    let contents = [
        "<pin>hunter2</pin>",
        "<credentials><shares>hunter2</shares></credentials>",
        "<password>a&hunter2;</password>",
        "<password>a&hunter2</password>",
        "<passwords>x</passwords><passwords><!-- -->a&hunter2;</passwords>",
        "<credentials><level>hunter2</level></credentials>",
        "<password>a<hunter2>b</password>",
        "<password>a<hunter2</password>",
        "<password a='hunter2'>a</passw>",
        "<password>a</hunter2></password>",
        "<token>a&hunter2</token>",
        "<token>a&hunter2;</token>",
    ];
    for content in contents {
        let error = decode_with::<Everything>("", content, &strict()).expect_err(content);
        let shown = format!("{error} {error:?}");
        assert!(!shown.contains("hunter"), "{shown}");
    }
    let error = decode_with::<Everything>("", "<int>hunter2</int>", &lenient());
    let error = error.expect_err("no number");
    assert!(error.to_string().contains("(7 bytes)"), "{error}");
    let error = decode_with::<Everything>("", "<pin>hunter2</pin>", &lenient());
    let error = error.expect_err("no number");
    assert!(!error.to_string().contains("7 bytes"), "{error}");
}

#[test]
fn errors_are_errors() {
    fn check<E: std::error::Error + Send + Sync + Clone + 'static>(_: &E) {}
    let error =
        vmomi_runtime::decode::from_xml::<Any>(document("", "<").as_bytes(), &TYPES, &lenient());
    check(&error.expect_err("cut off"));
}
