//! XML itself: characters, references, sections, comments, names, encodings. Told by what a
//! document decodes to, as the reader is not public.

use vmomi_runtime::decode::{Answer, DecodeError, DecodeErrorKind, from_xml};
use vmomi_runtime::{Any, Element, ManagedObjectReference, XmlError};

use crate::documents::{answer_in_pieces, decode, decode_with, lenient, response, strict};
use crate::support::*;

/// The text that an element with this content stands for.
fn text(content: &str) -> String {
    let object: Everything = decode(&format!("<text>{content}</text>"));
    // Alike, whether or not the element is taken in one step.
    let object_again: Everything = decode(&format!("<text>{content}<!-- --></text>"));
    assert_eq!(object, object_again, "{content}");
    object.text
}

fn read(document: &[u8]) -> Result<Element, DecodeError> {
    match from_xml::<Any>(document, &TYPES, &lenient())? {
        Any::Unknown(element) => Ok(*element),
        other => panic!("{other:?}"),
    }
}

fn refused(document: &[u8]) -> XmlError {
    let shown = String::from_utf8_lossy(document);
    match read(document) {
        Ok(element) => panic!("{shown} is read as {element:?}"),
        Err(error) => match error.kind() {
            DecodeErrorKind::Xml(error) => error.clone(),
            other => panic!("{shown}: {other:?}"),
        },
    }
}

#[test]
fn references_stand_for_characters() {
    assert_eq!(text("&lt;&gt;&amp;&quot;&apos;"), "<>&\"'");
    assert_eq!(
        text("&#65;&#x41;&#x1F600;&#228;&#xe4;&#09;&#13;"),
        "AA😀ää\t\r"
    );
    assert_eq!(text("a&amp;lt;b"), "a&lt;b", "once");
}

#[test]
fn line_ends_become_one_character() {
    assert_eq!(text("a\r\nb\rc\nd\r\r\n"), "a\nb\nc\nd\n\n");
    assert_eq!(text("<![CDATA[a\r\nb\r]]>\nc"), "a\nb\n\nc");
    assert_eq!(
        text("&#13;\n"),
        "\r\n",
        "a reference is a character of its own"
    );
}

#[test]
fn sections_are_taken_as_they_stand() {
    assert_eq!(text("<![CDATA[<a>&lt;]]>"), "<a>&lt;");
    assert_eq!(text("x<![CDATA[]]>y<![CDATA[]]]]><![CDATA[>]]>z"), "xy]]>z");
    assert_eq!(
        text("]]>"),
        "]]>",
        "refused by XML, meant by whoever sends it"
    );
}

#[test]
fn comments_and_instructions_may_stand_anywhere() {
    const BETWEEN: &str = "<!-- <a> & -- ' \" ]]> --><?i <a> & ?><!----><??>";
    assert_eq!(text(&format!("a{BETWEEN}b{BETWEEN}")), "ab");
    let object: Everything = decode(&format!(
        "{BETWEEN}<int>{BETWEEN}1{BETWEEN}2{BETWEEN}</int>{BETWEEN}<anys xsi:type='ArrayOfInt'>{BETWEEN}<int>3</int>{BETWEEN}</anys>"
    ));
    assert_eq!((object.int, object.anys.len()), (12, 1));
    let outside = format!("<?xml version='1.0'?>{BETWEEN}\n<a>x</a>{BETWEEN}\n");
    assert_eq!(read(outside.as_bytes()).expect("XML").text(), "x");
}

#[test]
fn characters_that_xml_does_not_have_are_marked() {
    assert_eq!(text("a\u{1}b\u{0}c\u{B}d"), "a\u{FFFD}b\u{FFFD}c\u{FFFD}d");
    assert_eq!(
        text("&#1;&#0;&#xFFFE;&#xD800;&#x110000;&#99999999999;"),
        "\u{FFFD}".repeat(6)
    );
    assert_eq!(text("<![CDATA[\u{1}]]>"), "\u{FFFD}");
    assert_eq!(
        text("\t \u{7F}\u{85}\u{FFFD}"),
        "\t \u{7F}\u{85}\u{FFFD}",
        "these it has"
    );
    for (content, code) in [
        ("\u{1}", 1),
        ("&#xFFFF;", 0xFFFF),
        ("&#xD800;", 0xD800),
        ("&#xDC00;", 0xDC00),
        ("&#xD83D;&#xDE00;", 0xD83D),
        ("&#x110000;", 0x11_0000),
        ("&#99999999999;", u32::MAX),
        ("<![CDATA[\u{2}]]>", 2),
        ("\u{FFFE}", 0xFFFE),
    ] {
        let name = format!("<name>{content}</name>");
        let error = decode_with::<Chain>("", &name, &strict()).expect_err(content);
        assert_eq!(
            error.kind(),
            &DecodeErrorKind::Xml(XmlError::BadCharacter(code)),
            "{content}"
        );
    }
}

/// As some programs write characters above U+FFFF.
#[test]
fn two_references_to_the_halves_of_a_character_are_that_character() {
    for (content, expected) in [
        ("&#xD83D;&#xDE00;", "\u{1F600}"),
        ("&#55357;&#56832;", "\u{1F600}"),
        ("a&#xd83d;&#56832;b&amp;", "a\u{1F600}b&"),
        ("&#xD800;&#xDC00;&#xDBFF;&#xDFFF;", "\u{10000}\u{10FFFF}"),
        ("&#xD83D;&#xD83D;&#xDE00;", "\u{FFFD}\u{1F600}"),
        // Not halves of one character.
        ("&#xD83D;", "\u{FFFD}"),
        ("&#xDE00;", "\u{FFFD}"),
        ("&#xDE00;&#xD83D;", "\u{FFFD}\u{FFFD}"),
        ("&#xD83D; &#xDE00;", "\u{FFFD} \u{FFFD}"),
        ("&#xD83D;&#x41;", "\u{FFFD}A"),
        ("&#xD83D;&lt;", "\u{FFFD}<"),
        ("&#xD83D;DE00;", "\u{FFFD}DE00;"),
        // Nor what is apart in the document.
        ("&#xD83D;<!-- -->&#xDE00;", "\u{FFFD}\u{FFFD}"),
        ("&#xD83D;<![CDATA[]]>&#xDE00;", "\u{FFFD}\u{FFFD}"),
        ("<![CDATA[&#xD83D;]]>&#xDE00;", "&#xD83D;\u{FFFD}"),
    ] {
        assert_eq!(text(content), expected, "{content}");
    }
    let element = read(b"<a b='&#xD83D;&#xDE00;&#xDE00;'/>").expect("XML");
    assert_eq!(&*element.attributes[0].1, "\u{1F600}\u{FFFD}");
    let reference: ManagedObjectReference =
        decode_with("type='&#xD83D;&#xDE00;'", "&#xD83D;&#xDE00;", &lenient())
            .expect("a reference");
    assert_eq!(
        (reference.type_name(), reference.value()),
        ("\u{1F600}", "\u{1F600}")
    );
}

/// Wherever the body is cut, also within a reference.
#[test]
fn the_halves_of_a_character_may_arrive_apart() {
    let xml = response("<returnval>tree &#55356;&#57221; end</returnval>");
    for size in 1..xml.len() {
        let answer = answer_in_pieces::<String>(xml.as_bytes(), size, &lenient());
        let Ok(Answer::Value(Any::String(text))) = answer else {
            panic!("{answer:?}");
        };
        assert_eq!(text, "tree \u{1F385} end");
        let error = answer_in_pieces::<String>(xml.as_bytes(), size, &strict())
            .expect_err("two references");
        assert_eq!(
            error.kind(),
            &DecodeErrorKind::Xml(XmlError::BadCharacter(55356))
        );
        assert_eq!(error.offset(), xml.find("tree").expect("the text") as u64);
    }
}

#[test]
fn bytes_that_are_not_utf8_are_marked() {
    for (bytes, marks) in [
        (&b"\xFF"[..], 1),
        (b"\xC3", 1),
        (b"\xE2\x82", 1),
        (b"\xC0\x80", 2),
        (b"\xED\xA0\x80", 3),
    ] {
        let document = [b"<a>x", bytes, b"y&lt;</a>"].concat();
        let expected = format!("x{}y<", "\u{FFFD}".repeat(marks));
        assert_eq!(read(&document).expect("XML").text(), expected);
        let error = from_xml::<Any>(&document, &TYPES, &strict()).expect_err("not UTF-8");
        assert_eq!(error.kind(), &DecodeErrorKind::Xml(XmlError::BadUtf8));
    }
    let element = read(b"<a\xFF b\xFE='\xFD'/>").expect("XML");
    assert_eq!(
        (&*element.name.local, &*element.attributes[0].1),
        ("a\u{FFFD}", "\u{FFFD}")
    );
}

#[test]
fn bad_references_are_refused() {
    for (content, length) in [
        ("&nbsp;", "(4 bytes)"),
        ("&lol1;", "(4 bytes)"),
        ("& b", "(2 bytes)"),
        ("a&", "\"\""),
        ("&;", "\"\""),
        ("&#;", "(1 byte)"),
        ("&#x;", "(2 bytes)"),
        ("&#-5;", "(3 bytes)"),
        ("&#+5;", "(3 bytes)"),
        ("&#x+5;", "(4 bytes)"),
        ("&LT;", "(2 bytes)"),
        ("&#X41;", "(4 bytes)"),
    ] {
        let error = refused(format!("<text>{content}</text>").as_bytes());
        assert_eq!(error, XmlError::BadEntity(length.into()), "{content}");
    }
    assert!(matches!(refused(b"<a b='&x;'/>"), XmlError::BadEntity(_)));
}

/// What an error says of the reference in the field of an object.
fn bad_entity(content: &str) -> String {
    let error = decode_with::<Everything>("", content, &lenient()).expect_err(content);
    match error.kind() {
        DecodeErrorKind::Xml(XmlError::BadEntity(name)) => name.clone(),
        other => panic!("{content}: {other:?}"),
    }
}

/// It is part of a text.
#[test]
fn a_bad_reference_is_never_shown() {
    for (content, shown) in [
        ("<text>&hunter2;</text>", "(7 bytes)"),
        ("<texts>a</texts><texts>&hunter2;</texts>", "(7 bytes)"),
        (
            "<optDevice><deviceInfo><label>&hunter2;<!-- --></label></deviceInfo></optDevice>",
            "(7 bytes)",
        ),
        ("<password>&hunter2;</password>", "(secret)"),
        ("<text>a</text><future>&hunter2;</future>", "(7 bytes)"),
        ("<text>a</text><any>&hunter2;</any>", "(7 bytes)"),
        ("<text>a</text><any a='&hunter2;'/>", "(7 bytes)"),
        (
            "<device xsi:type='Future'><key>1</key><token>&hunter2;</token></device>",
            "(7 bytes)",
        ),
        (
            "<device xsi:type='Future'><key>1</key><token a='&hunter2;'/></device>",
            "(7 bytes)",
        ),
    ] {
        assert_eq!(bad_entity(content), shown, "{content}");
    }
}

/// A form feed is white space to many programs, and no character at all to XML.
#[test]
fn white_space_is_that_of_xml() {
    assert!(read(b"\r\n<a\t b\n=\r'c'\r/>\t \r\n").is_ok());
    for (document, error) in [
        (&b"<a/>\x0C"[..], XmlError::OutsideRoot),
        (b"\x0C<a/>", XmlError::OutsideRoot),
        (b"<a\x0C/>", XmlError::BadName),
        (b"<a></a\x0C>", XmlError::BadName),
        (b"<a \x0Cb='c'/>", XmlError::BadAttribute),
        (b"<a b\x0C='c'/>", XmlError::BadAttribute),
        (b"<a b=\x0C'c'/>", XmlError::BadAttribute),
    ] {
        assert_eq!(refused(document), error, "{}", document.escape_ascii());
    }
}

#[test]
fn a_document_type_is_refused() {
    for document in [
        "<!DOCTYPE html><html/>",
        "<!DOCTYPE a [<!ENTITY b 'c'>]><a>&b;</a>",
        "<a><!DOCTYPE a></a>",
        "<!DOCTYPE",
    ] {
        assert_eq!(
            refused(document.as_bytes()),
            XmlError::DocumentType,
            "{document}"
        );
    }
    assert_eq!(refused(b"<!doctype html><html/>"), XmlError::BadMarkup);
    assert_eq!(refused(b"<a><!ENTITY x 'y'></a>"), XmlError::BadMarkup);
}

#[test]
fn a_mark_is_read_at_the_beginning_alone() {
    for name in ["UTF-8", "utf-8", "Utf-8"] {
        assert!(read(format!("<?xml version='1.0' encoding='{name}'?><a/>").as_bytes()).is_ok());
    }
    assert!(
        read(b"\xEF\xBB\xBF<?xml version='1.0'?><a/>").is_ok(),
        "UTF-8 with a mark"
    );
    assert_eq!(
        refused(b"<a/>\xEF\xBB\xBF"),
        XmlError::OutsideRoot,
        "a mark elsewhere is text"
    );
    assert_eq!(
        refused(b"\xEF\xBB\xBF\xEF\xBB\xBF<a/>"),
        XmlError::OutsideRoot,
        "and so is a second one"
    );
}

#[test]
fn tags_are_read_however_they_are_laid_out() {
    let element =
        read(b"<a\n\tb = \"1'>\"  c='2\"/' d=''\r\n><e/><f /><g\t></g\n></a >").expect("XML");
    let values: Vec<_> = element
        .attributes
        .iter()
        .map(|(_, value)| &**value)
        .collect();
    assert_eq!(values, ["1'>", "2\"/", ""]);
    assert_eq!(element.elements().count(), 3);
    let names = read("<ü-._1 xmlns:p='u' p:ä='1'/>".as_bytes()).expect("XML");
    assert_eq!(
        (&*names.name.local, &*names.attributes[0].0.local),
        ("ü-._1", "ä")
    );
}

#[test]
fn broken_markup_is_refused() {
    for (document, expected) in [
        (
            "<a></b>",
            XmlError::MismatchedEnd {
                open: "a".into(),
                closed: "b".into(),
            },
        ),
        (
            "<a><b></a>",
            XmlError::MismatchedEnd {
                open: "b".into(),
                closed: "a".into(),
            },
        ),
        (
            "<p:a xmlns:p='u'></a>",
            XmlError::MismatchedEnd {
                open: "p:a".into(),
                closed: "a".into(),
            },
        ),
        ("</a>", XmlError::OutsideRoot),
        ("<a/></a>", XmlError::OutsideRoot),
        ("<a/><b/>", XmlError::OutsideRoot),
        ("<a/>text", XmlError::OutsideRoot),
        ("text<a/>", XmlError::OutsideRoot),
        ("<![CDATA[x]]><a/>", XmlError::OutsideRoot),
        ("&lt;<a/>", XmlError::OutsideRoot),
        ("<>", XmlError::BadName),
        ("< a/>", XmlError::BadName),
        ("<1a/>", XmlError::BadName),
        ("<-a/>", XmlError::BadName),
        ("<a=b/>", XmlError::BadName),
        ("<a></>", XmlError::BadName),
        ("<a(b/>", XmlError::BadName),
        ("<a:b:c/>", XmlError::BadName),
        ("<:a/>", XmlError::BadName),
        ("<a:/>", XmlError::BadName),
        ("<a:1/>", XmlError::BadName),
        ("<a a:b:c=''/>", XmlError::BadAttribute),
        ("<a &b=''/>", XmlError::BadAttribute),
        ("<a\0/>", XmlError::BadName),
        ("<a<b/>", XmlError::BadName),
        ("<a b/>", XmlError::BadAttribute),
        ("<a b=1/>", XmlError::BadAttribute),
        ("<a 'b'/>", XmlError::BadAttribute),
        ("<a ='b'/>", XmlError::BadAttribute),
        ("<a b='1' c/>", XmlError::BadAttribute),
        ("<a b='<'/>", XmlError::BadAttribute),
        ("<a b==''/>", XmlError::BadAttribute),
        ("<a / b=''/>", XmlError::BadAttribute),
        ("<a/ >", XmlError::BadAttribute),
        ("<a><!x></a>", XmlError::BadMarkup),
        ("<a><!-x></a>", XmlError::BadMarkup),
        ("<a><![cdata[x]]></a>", XmlError::BadMarkup),
        ("<a", XmlError::UnexpectedEnd),
        ("<a b='", XmlError::UnexpectedEnd),
        ("<a>", XmlError::UnexpectedEnd),
        ("<a>text", XmlError::UnexpectedEnd),
        ("<a></a", XmlError::UnexpectedEnd),
        ("<a><!-- x", XmlError::UnexpectedEnd),
        ("<a><!-- x ->", XmlError::UnexpectedEnd),
        ("<a><!-->", XmlError::UnexpectedEnd),
        ("<a><![CDATA[x]]", XmlError::UnexpectedEnd),
        ("<a><?x", XmlError::UnexpectedEnd),
        ("<a><?>", XmlError::UnexpectedEnd),
        ("", XmlError::UnexpectedEnd),
        ("<", XmlError::UnexpectedEnd),
    ] {
        assert_eq!(refused(document.as_bytes()), expected, "{document}");
    }
}

#[test]
fn namespaces_are_resolved_where_they_hold() {
    let element = read(
        b"<p:a xmlns:p='urn:1' xmlns='urn:2'><b p:c='' c=''/><p:d xmlns:p='urn:3&amp;'><p:e/></p:d><p:f xmlns=''><g/></p:f><xml:h/></p:a>",
    )
    .expect("XML");
    let mut found = Vec::new();
    fn walk(element: &Element, found: &mut Vec<String>) {
        found.push(format!(
            "{{{}}}{}",
            element.name.namespace, element.name.local
        ));
        for (name, _) in &element.attributes {
            found.push(format!("@{{{}}}{}", name.namespace, name.local));
        }
        element.elements().for_each(|child| walk(child, found));
    }
    walk(&element, &mut found);
    assert_eq!(
        found,
        [
            "{urn:1}a",
            "{urn:2}b",
            "@{urn:1}c",
            "@{}c",
            "{urn:3&}d",
            "{urn:3&}e",
            "{urn:1}f",
            "{}g",
            "{http://www.w3.org/XML/1998/namespace}h"
        ]
    );
}

#[test]
fn what_is_laid_out_is_not_kept_and_what_is_text_is() {
    let element = read(b"<a>\n  <b> x </b>\n  <c>\n</c>\n</a>").expect("XML");
    assert_eq!(element.children.len(), 2);
    let texts: Vec<_> = element.elements().map(Element::text).collect();
    assert_eq!(texts, [" x ", "\n"]);
    let mixed = read(b"<a>x<b/>y<!-- -->z<![CDATA[<]]></a>").expect("XML");
    assert_eq!((mixed.children.len(), &*mixed.text()), (3, "xyz<"));
}

#[test]
fn errors_say_what_is_wrong() {
    for (document, message) in [
        ("<a></b>", "</b> where </a> must come first"),
        ("<a>&x;</a>", "an unknown entity after `&`: (1 byte)"),
        ("<a", "the document ends before its root element does"),
        (
            "<!DOCTYPE a>",
            "a document type declaration, which is refused for safety",
        ),
        (
            "<?xml version='1.0' encoding='Big5'?>",
            if cfg!(feature = "encodings") {
                "the encoding Big5 is not decoded; UTF-8, UTF-16, US-ASCII, ISO-8859-1 and windows-1252 are"
            } else {
                "the encoding Big5 is not decoded; without the feature `encodings` only UTF-8 is"
            },
        ),
    ] {
        assert_eq!(refused(document.as_bytes()).to_string(), message);
    }
}
