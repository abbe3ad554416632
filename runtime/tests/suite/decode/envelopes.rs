//! Envelopes that are none, or not all of one.

use vmomi_runtime::decode::{Answer, DecodeErrorKind, EnvelopeDecoder};
use vmomi_runtime::erased::Returned;
use vmomi_runtime::{Any, XmlError};

use crate::documents::{answer, envelope, lenient, response, returned};
use crate::support::*;

fn refused(xml: &str) -> DecodeErrorKind {
    answer::<Any>(xml).expect_err(xml).kind().clone()
}

#[test]
fn a_wrong_root_is_told() {
    for (xml, found) in [
        ("<html><body>Service Unavailable</body></html>", "html"),
        (
            "<definitions xmlns='http://schemas.xmlsoap.org/wsdl/'/>",
            "definitions",
        ),
        ("<soapenv:envelope xmlns:soapenv='x'/>", "envelope"),
    ] {
        let expected = DecodeErrorKind::Envelope {
            expected: "Envelope",
            found: found.into(),
        };
        assert_eq!(refused(xml), expected);
    }
    let error = answer::<Any>("<html/>").expect_err("no envelope");
    assert_eq!(
        error.to_string(),
        "expected <Envelope>, found <html> (byte 7, near <html/>)"
    );
}

#[test]
fn what_is_no_xml_is_told() {
    assert_eq!(
        refused("<!DOCTYPE html><html></html>"),
        DecodeErrorKind::Xml(XmlError::DocumentType)
    );
    for text in ["{\"fault\":1}", "503 Service Unavailable", "\0\0", "  x"] {
        let kind = refused(text);
        assert!(
            matches!(
                kind,
                DecodeErrorKind::Xml(
                    XmlError::OutsideRoot | XmlError::UnexpectedEnd | XmlError::Encoding(_)
                )
            ),
            "{text}: {kind:?}"
        );
    }
    for nothing in ["", " \r\n", "<?xml version='1.0'?>", "<!-- -->"] {
        assert_eq!(
            refused(nothing),
            DecodeErrorKind::Xml(XmlError::UnexpectedEnd),
            "{nothing}"
        );
    }
}

#[test]
fn an_envelope_without_response_is_told() {
    for body in ["", "<!-- nothing -->"] {
        assert_eq!(refused(&envelope(body)), DecodeErrorKind::NoResponse);
    }
    assert_eq!(refused("<Envelope/>"), DecodeErrorKind::NoResponse);
    assert_eq!(
        refused("<Envelope><Header/></Envelope>"),
        DecodeErrorKind::NoResponse
    );
}

#[test]
fn the_envelope_itself_is_taken_as_it_comes() {
    let xml = response("<returnval>5</returnval>");
    assert_eq!(returned::<i32>(&xml), 5);
    let other_prefix = xml.replace("soapenv", "SOAP-ENV");
    assert_eq!(returned::<i32>(&other_prefix), 5);
    let marked = format!("\u{FEFF}{xml}");
    assert_eq!(returned::<i32>(&marked), 5);
    let default = "<Envelope xmlns='http://schemas.xmlsoap.org/soap/envelope/'><Body><R xmlns='urn:vim25'>text<other><returnval>6</returnval></other><returnval>5</returnval><returnval2>7</returnval2></R><Extra><returnval>8</returnval></Extra></Body><Trailer/></Envelope><!-- end --><?end?>\n";
    assert_eq!(returned::<i32>(default), 5);
}

#[test]
fn what_follows_the_envelope_is_refused() {
    let xml = response("<returnval>5</returnval>");
    for garbage in [
        "x",
        "<x/>",
        "</x>",
        "\0",
        "<!-- unfinished",
        "<",
        "&amp;",
        "<![CDATA[x]]>",
        "\u{FEFF}",
    ] {
        let kind = refused(&format!("{xml}{garbage}"));
        assert!(
            matches!(kind, DecodeErrorKind::Xml(_)),
            "{garbage:?}: {kind:?}"
        );
    }
}

/// Wherever a connection breaks off: an error, and never a value that lacks its end.
#[test]
fn every_beginning_of_a_document_is_refused() {
    let documents = [
        response(
            "<returnval xsi:type='ArrayOfVirtualDevice'><VirtualDevice xsi:type='VirtualDisk'><key>1</key><!-- a --><backing><x>&lt;</x></backing></VirtualDevice></returnval>",
        ),
        crate::documents::fault(
            "<detail><F xmlns='urn:vim25' xsi:type='InvalidLogin'><faultMessage><key><![CDATA[a]]></key></faultMessage></F></detail>",
        ),
        crate::documents::fault(
            "<detail><F xmlns='urn:vim25' xsi:type='Future'><x>y</x></F></detail>",
        ),
    ];
    for document in documents {
        let whole = document.trim_end();
        assert!(answer::<Any>(whole).is_ok());
        for end in 0..whole.len() {
            let error = answer::<Any>(&whole[..end]).expect_err(&whole[..end]);
            assert_eq!(
                error.kind(),
                &DecodeErrorKind::Xml(XmlError::UnexpectedEnd),
                "{end}: {error}"
            );
            assert!(error.offset() <= end as u64);
        }
    }
}

#[test]
fn after_an_error_every_call_gives_the_same_one() {
    let mut decoder = EnvelopeDecoder::new(Any::SHAPE, &TYPES, &lenient());
    assert!(!decoder.is_in_envelope());
    decoder.feed(b"<Envelope><Bo").expect("so far");
    assert!(decoder.is_in_envelope());
    let error = decoder.feed(b"dy></Wrong>").expect_err("mismatched");
    for piece in [&b"more"[..], b"", b"<", b"</Envelope>"] {
        assert_eq!(decoder.feed(piece), Err(error.clone()));
    }
    assert_eq!(decoder.finish(), Err(error));
}

#[test]
fn a_second_result_replaces_the_first() {
    assert_eq!(
        returned::<i32>(&response(
            "<returnval>5</returnval><returnval>6</returnval>"
        )),
        6
    );
    let Ok(Answer::Value(value)) = answer::<()>(&response("<returnval>5</returnval>")) else {
        panic!()
    };
    assert_eq!(value, Any::Nil);
}
