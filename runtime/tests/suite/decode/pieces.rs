//! In whatever pieces a response arrives, the result is the same, and so is the error.

use vmomi_runtime::decode::{Answer, DecodeError, DecodeErrorKind, DecodeOptions, Limit};
use vmomi_runtime::{Any, Fault};

use crate::documents::{answer_in_pieces, fault, keeping_unknown, lenient, response, strict};
use crate::samples::{DEVICES, bodies};
use crate::support::*;

fn limited() -> DecodeOptions {
    let mut options = lenient();
    options.limits.token_bytes = 20;
    options.limits.tag_bytes = 300;
    options.limits.decoded_bytes = 300;
    options
}

#[test]
fn pieces_of_any_size_give_the_same() {
    for document in bodies() {
        for options in [lenient(), strict(), keeping_unknown(), limited()] {
            let whole = answer_in_pieces::<Any>(&document, document.len(), &options);
            for size in [1, 2, 3, 7, 64] {
                let pieces = answer_in_pieces::<Any>(&document, size, &options);
                let text = String::from_utf8_lossy(&document);
                assert_eq!(
                    pieces, whole,
                    "in pieces of {size}, strict {}: {text}",
                    options.strict
                );
            }
        }
    }
}

#[test]
fn a_document_may_be_split_anywhere() {
    let document = response(&DEVICES.replace("<key/>", "<key>1</key>")).into_bytes();
    let whole = answer_in_pieces::<Any>(&document, document.len(), &lenient()).expect("a value");
    for at in 0..document.len() {
        let shape = <Any as vmomi_runtime::erased::Returned>::SHAPE;
        let mut decoder = vmomi_runtime::decode::EnvelopeDecoder::new(shape, &TYPES, &lenient());
        decoder.feed(&document[..at]).expect("so far");
        decoder.feed(&[]).expect("so far");
        decoder.feed(&document[at..]).expect("the rest");
        assert_eq!(decoder.finish().as_ref(), Ok(&whole), "split at {at}");
    }
}

#[test]
fn what_comes_in_pieces_is_what_was_sent() {
    let xml = response(&DEVICES.replace("<key/>", "<key>1</key>"));
    let answer = answer_in_pieces::<Any>(xml.as_bytes(), 1, &lenient()).expect("a value");
    let Answer::Value(Any::Array(vmomi_runtime::AnyArray::Object(devices))) = answer else {
        panic!("an array")
    };
    let disk = devices.items()[0]
        .downcast_ref::<VirtualDisk>()
        .expect("a disk");
    let info = disk.device_info.as_ref().expect("set");
    assert_eq!(
        (&*info.label, &*info.summary),
        ("a <b>\nc😀äü", "<x>]]> tail")
    );
    let backing = disk.backing.as_ref().expect("set");
    let backing = backing
        .downcast_ref::<VirtualDiskFlatBackingInfo>()
        .expect("flat");
    assert_eq!((disk.key, &*backing.file_name), (5, "fgh"));
    assert_eq!(
        backing
            .datastore
            .as_ref()
            .and_then(|datastore| datastore.server_guid()),
        Some("\"")
    );
    let xml = fault("");
    let Ok(Answer::Fault(Fault { message, .. })) =
        answer_in_pieces::<()>(xml.as_bytes(), 1, &lenient())
    else {
        panic!("a fault")
    };
    assert_eq!(message, "It <failed>.");
}

/// Longer than what is taken at once of a text, cut at many places.
const LONG: usize = 20_000;

fn in_all_pieces(xml: &str, options: &DecodeOptions) -> Result<Answer, DecodeError> {
    let whole = answer_in_pieces::<Any>(xml.as_bytes(), xml.len(), options);
    for size in [7, 1_000, 65_535, 65_536, 65_537] {
        let pieces = answer_in_pieces::<Any>(xml.as_bytes(), size, options);
        assert!(pieces == whole, "in pieces of {size}");
    }
    whole
}

#[test]
fn a_long_text_is_what_was_sent() {
    for (part, is) in [
        ("x", "x"),
        ("a\r\nb\rc", "a\nb\nc"),
        ("\u{e9}\u{20ac}\u{1f600}", "\u{e9}\u{20ac}\u{1f600}"),
        ("&amp;&#x41;&lt;", "&A<"),
    ] {
        let text = part.repeat(LONG);
        let comment = "<a>&b]]>-".repeat(LONG);
        let section = format!("{part}]]&amp;\r\n").repeat(LONG);
        let xml = response(&format!(
            "<returnval xsi:type='xsd:string'>{text}<!--{comment}--><![CDATA[{section}]]>{text}</returnval>"
        ));
        let Ok(Answer::Value(Any::String(found))) = in_all_pieces(&xml, &lenient()) else {
            panic!("a text")
        };
        // In a section nothing is a reference, and line ends are line ends.
        let section = section.replace("\r\n", "\n").replace('\r', "\n");
        let text = is.repeat(LONG);
        assert!(found == format!("{text}{section}{text}"), "{part:?}");
    }
}

#[test]
fn what_is_wrong_with_a_long_text_is_found_in_the_same_place() {
    let text = "canary&amp;\r\n".repeat(LONG);
    let section = "<canary a='canary'>\r\n".repeat(LONG);
    let mut limited = lenient();
    limited.limits.token_bytes = 150_000;
    for (content, options) in [
        (format!("{text}&nbsp;{text}"), &lenient()),
        (format!("{text}\u{1}{text}"), &strict()),
        (format!("<![CDATA[{section}\u{1}{section}]]>"), &strict()),
        (format!("<![CDATA[{section}]]></wrong>"), &lenient()),
        (format!("<!--{section}--></wrong>"), &lenient()),
        (text.clone(), &limited),
        (format!("<![CDATA[{section}]]>"), &limited),
        (format!("<!--{section}-->"), &limited),
        // Short ones, which are one text together.
        (
            "canary<!-- --><![CDATA[canary]]><?x?>".repeat(LONG),
            &limited,
        ),
        (format!("<!--{section}"), &lenient()),
        (format!("<![CDATA[{section}"), &lenient()),
    ] {
        let xml = response(&format!(
            "<returnval xsi:type='xsd:string'>{content}</returnval>"
        ));
        let beginning: String = content.chars().take(30).collect();
        let error = in_all_pieces(&xml, options).expect_err(&beginning);
        for size in [1_000, 65_536, xml.len()] {
            let error =
                answer_in_pieces::<Any>(xml.as_bytes(), size, options).expect_err("as well");
            assert!(
                !error.to_string().contains("canary"),
                "{beginning}: {error}"
            );
        }
        let is_limit = matches!(error.kind(), DecodeErrorKind::Limit(Limit::TokenBytes));
        assert_eq!(is_limit, options.limits.token_bytes == 150_000, "{error}");
    }
}

#[test]
fn a_long_comment_behind_the_root_has_to_end() {
    let comment = " ".repeat(LONG * 10);
    for (end, is_complete) in [("-->", true), ("", false)] {
        let xml = format!("{}<!--{comment}{end}", response(""));
        assert_eq!(in_all_pieces(&xml, &lenient()).is_ok(), is_complete);
    }
}
