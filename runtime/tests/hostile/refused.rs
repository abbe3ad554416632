//! What is no answer at all.

use vmomi_runtime::decode::{DecodeErrorKind, DecodeOptions};
use vmomi_runtime::{Any, XmlError};

use crate::documents::{decode_with, lenient, strict};
use crate::support::*;
use crate::{BEFORE, feed};

/// The same in one piece and byte by byte.
fn outcome_of(body: &[u8], options: &DecodeOptions) -> Result<(), DecodeErrorKind> {
    let whole = feed([body.to_vec()], options);
    let bytes = feed(body.iter().map(|byte| vec![*byte]), options);
    assert_eq!(whole.answer, bytes.answer, "{}", body.escape_ascii());
    assert!(
        whole.peak.max(bytes.peak) < 64 << 10,
        "{}",
        body.escape_ascii()
    );
    whole.answer.map(drop).map_err(|error| error.kind().clone())
}

fn refused(body: &[u8]) -> DecodeErrorKind {
    match outcome_of(body, &lenient()) {
        Err(kind) => kind,
        Ok(()) => panic!("{}", body.escape_ascii()),
    }
}

/// An entity in an entity, ten times at ten levels, would be ten billion.
#[test]
fn document_types_and_their_entities() {
    for subset in [
        "<!DOCTYPE lolz [<!ENTITY a 'lol'><!ENTITY b '&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;'>]>",
        "<!DOCTYPE x SYSTEM 'http://192.0.2.1/x.dtd'>",
        "<!DOCTYPE x [<!ENTITY e SYSTEM 'file:///etc/passwd'>]>",
        "<!DOCTYPE x [<!ENTITY % p SYSTEM 'file:///etc/passwd'> %p;]>",
        "<!DOCTYPE",
        "<?xml version='1.0'?>\n<!-- --><!DOCTYPE html>",
    ] {
        let body = format!("{subset}{BEFORE}&b;");
        let kind = DecodeErrorKind::Xml(XmlError::DocumentType);
        assert_eq!(refused(body.as_bytes()), kind, "{subset}");
    }
    let within = format!("{BEFORE}<returnval><!DOCTYPE x>");
    let kind = DecodeErrorKind::Xml(XmlError::DocumentType);
    assert_eq!(refused(within.as_bytes()), kind);
    for entity in ["&b;", "&nbsp;", "&#x110000;;&x;", "&", "&amp"] {
        let body = format!("{BEFORE}<returnval xsi:type='xsd:string'>{entity}</returnval>");
        let kind = refused(body.as_bytes());
        assert!(
            matches!(kind, DecodeErrorKind::Xml(XmlError::BadEntity(_))),
            "{entity}: {kind:?}"
        );
    }
}

/// Read with a mark where they stood; told in strict decoding.
#[test]
fn bytes_and_characters_that_are_none() {
    let bad: [&[u8]; 12] = [
        b"\0",
        b"\x01",
        b"\x1B",
        b"\x80",
        b"\xC0\x80",
        b"\xED\xA0\x80",
        b"\xF4\x90\x80\x80",
        b"\xFF\xFE",
        b"\xE2\x82",
        "\u{FFFE}".as_bytes(),
        b"&#0;",
        b"&#xD800;",
    ];
    for bytes in bad {
        let body = [
            BEFORE.as_bytes(),
            b"<returnval xsi:type='xsd:string'>a",
            bytes,
            b"b</returnval></RetrieveResponse></soapenv:Body></soapenv:Envelope>",
        ]
        .concat();
        assert_eq!(
            outcome_of(&body, &lenient()),
            Ok(()),
            "{}",
            bytes.escape_ascii()
        );
        let kind = outcome_of(&body, &strict());
        assert!(
            matches!(
                kind,
                Err(DecodeErrorKind::Xml(
                    XmlError::BadUtf8 | XmlError::BadCharacter(_)
                ))
            ),
            "{}: {kind:?}",
            bytes.escape_ascii()
        );
    }
    // Where there is no text they are no XML at all.
    for body in [
        &b"\0"[..],
        b"<\0",
        b"<a\0/>",
        b"\0<a/>",
        b"<a/>\0",
        b"<a b\0='c'/>",
        b"<a>\0<\0",
    ] {
        assert!(matches!(
            refused(body),
            DecodeErrorKind::Xml(_) | DecodeErrorKind::Envelope { .. }
        ));
    }
}

#[test]
fn numbers_out_of_range() {
    for (name, values) in [
        (
            "byte",
            &["128", "-129", "255", "", "+", "1.0", "1e1", "0x1", "١"][..],
        ),
        ("short", &["32768", "-32769", "99999999999999999999999999"]),
        ("int", &["2147483648", "-2147483649", "1 2", "--1", "+-1"]),
        (
            "long",
            &["9223372036854775808", "-9223372036854775809", "NaN"],
        ),
        ("float", &["", "1e", "infinit", "0x1p1", "1_0"]),
        ("double", &["..", "INFINIT", "1e1e1", "- 1"]),
        ("flag", &["2", "TRUE", "yes", ""]),
        (
            "time",
            &[
                "",
                "2026",
                "2026-13-01T00:00:00Z",
                "2026-01-01T25:00:00Z",
                "9999999-01-01T00:00:00Z",
                "2026-01-01T00:00:00+99:00",
            ],
        ),
        ("blob", &["A", "====", "A===", "!"]),
    ] {
        for value in values {
            let content = format!("<{name}>{value}</{name}>");
            let error = decode_with::<Everything>("", &content, &lenient()).expect_err(&content);
            assert!(
                matches!(error.kind(), DecodeErrorKind::Value { .. }),
                "{error}"
            );
            let is_number = value.bytes().any(|byte| byte.is_ascii_digit())
                && !value.contains(|c: char| c.is_alphabetic() && c != 'e' && c != 'E');
            assert_eq!(error.path(), name);
            let found = error.found().expect("a length at least");
            assert!(
                is_number && found == *value || found.contains('"') || found.contains("byte"),
                "{error}"
            );
        }
    }
    // Of a number without end, no more is shown than tells what it is.
    let endless = format!("<int>{}</int>", "9".repeat(1 << 20));
    let error = decode_with::<Everything>("", &endless, &lenient()).expect_err("out of range");
    assert!(error.to_string().len() < 300, "{error}");
}

#[test]
fn what_never_ends() {
    for rest in [
        "<",
        "</",
        "</R",
        "<!",
        "<!-",
        "<!--",
        "<!-- --",
        "<![CDATA[",
        "<![CDATA[]]",
        "<?",
        "<?x ?",
        "<a",
        "<a ",
        "<a b",
        "<a b=",
        "<a b='",
        "<a b=''",
        "<a/",
        "&",
        "&#",
        "&#x4",
        "text",
        "<a>",
        "<a></a",
        "<returnval",
        "<returnval>",
        "<returnval xsi:type='Everything'><int>1</int>",
        "<returnval xsi:type='xsd:int'>1",
        "<returnval xsi:nil='true'>",
        "</RetrieveResponse>",
        "</RetrieveResponse></soapenv:Body>",
    ] {
        let body = format!("{BEFORE}{rest}");
        let kind = DecodeErrorKind::Xml(XmlError::UnexpectedEnd);
        assert_eq!(refused(body.as_bytes()), kind, "{rest}");
    }
}

#[test]
fn what_is_no_envelope() {
    for body in [
        "",
        " ",
        "\u{FEFF}",
        "null",
        "{\"value\": []}",
        "HTTP/1.1 200 OK\r\n\r\n",
        "-----BEGIN CERTIFICATE-----",
        "<html><head><title>502 Bad Gateway</title></head></html>",
        "<!doctype html><html>",
        "<HTML><BODY>&nbsp;</BODY></HTML>",
        "<RetrieveResponse xmlns='urn:vim25'><returnval/></RetrieveResponse>",
        "<Envelope/>",
        "<Envelope><Body/></Envelope>",
        "<Body><RetrieveResponse/></Body>",
        "<Envelope></Body>",
        "<Envelope><Body></Envelope>",
        "<Envelope><Body><R/></Body></Envelope><Envelope/>",
        "<Envelope><Body><R/></Body></Envelope>x",
        "<?xml version='1.0' encoding='UTF-16'?><Envelope/>",
    ] {
        // Whatever it is called, it is told, and in one line.
        let error = feed([body.as_bytes().to_vec()], &lenient())
            .answer
            .expect_err(body);
        assert!(!error.to_string().contains(char::is_control), "{error}");
        refused(body.as_bytes());
    }
    for body in [
        &b"\x1F\x8B\x08\x00"[..],
        b"\xFF\xFE<\0E\0",
        b"\x89PNG\r\n\x1A\n",
        &[0xFF; 100],
    ] {
        refused(body);
    }
}

/// One that is asked for as a value by itself is refused likewise.
#[test]
fn documents_that_are_no_value() {
    for document in [
        "",
        "<",
        "<a",
        "<a><b></a>",
        "<!DOCTYPE a><a/>",
        "<a/><b/>",
        "{}",
        "\0",
    ] {
        let decoded =
            vmomi_runtime::decode::from_xml::<Any>(document.as_bytes(), &TYPES, &lenient());
        assert!(decoded.is_err(), "{document}");
    }
}
