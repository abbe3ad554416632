//! How long names may be.

use vmomi_runtime::decode::{DecodeErrorKind, DecodeOptions, Limit, Limits, from_xml};
use vmomi_runtime::{Any, XmlError, to_xml};

use crate::documents::{decode_with, document, keeping_unknown, lenient, strict};
use crate::support::*;

/// Documents with a name of this length in each place that one can have.
fn contents(bytes: usize) -> Vec<(&'static str, String, String)> {
    let name = "n".repeat(bytes);
    // The prefix of an element and what follows it count as one; those of attributes and types, which
    // are sent again with prefixes of our own, each by itself.
    let half = "n".repeat(bytes / 2);
    let other = "o".repeat(bytes - bytes / 2);
    let declared = format!("xmlns:{half}='urn:x'");
    vec![
        ("element", String::new(), format!("<{name}>text</{name}>")),
        ("empty element", String::new(), format!("<{name}/>")),
        (
            "element with a prefix",
            String::new(),
            format!("<{half}:{} {declared}/>", &other[1..]),
        ),
        ("attribute", String::new(), format!("<a {name}='1'/>")),
        (
            "attribute with a prefix",
            String::new(),
            format!("<a xmlns:p='urn:x' p:{name}='1'/>"),
        ),
        (
            "declared prefix",
            String::new(),
            format!("<a xmlns:{name}='urn:x'/>"),
        ),
        ("type", format!("xsi:type='{name}'"), "<a>1</a>".into()),
        (
            "type with a prefix",
            "xmlns:p='urn:x'".into(),
            format!("<a xsi:type='p:{name}'><b/></a>"),
        ),
        (
            "type within",
            String::new(),
            format!("<a xsi:type='{name}'><b/></a>"),
        ),
        (
            "type as others write it",
            String::new(),
            format!("<a  xsi:type = '\n {name} '><b/></a>"),
        ),
    ]
}

fn limited(bytes: usize, mut options: DecodeOptions) -> DecodeOptions {
    options.limits.name_bytes = bytes;
    options
}

#[test]
fn names_within_the_limit_are_kept() {
    let default = Limits::default().name_bytes;
    for bytes in [20, 100, default] {
        for options in [lenient(), keeping_unknown()] {
            let options = limited(bytes.max(30), options);
            for (what, attributes, content) in contents(bytes) {
                let value = decode_with::<Any>(&attributes, &content, &options);
                let value = value.unwrap_or_else(|error| panic!("{what}: {error}"));
                assert!(matches!(value, Any::Unknown(_)), "{what}");
            }
        }
    }
}

#[test]
fn longer_names_are_refused() {
    for bytes in [31, 1000, 20_000] {
        for options in [lenient(), keeping_unknown(), strict()] {
            let limit = if bytes > 1024 { 1024 } else { bytes - 1 };
            let options = limited(limit, options);
            for (what, attributes, content) in contents(bytes) {
                let error = decode_with::<Any>(&attributes, &content, &options).expect_err(what);
                let kind = DecodeErrorKind::Limit(Limit::NameBytes);
                assert_eq!(error.kind(), &kind, "{what}");
                let shown = error.to_string();
                assert!(
                    shown.contains("a name is too long (limit `name_bytes`)"),
                    "{shown}"
                );
                assert!(shown.len() < 1000, "{what}: {}", shown.len());
            }
        }
    }
}

/// Also of an end tag that cannot be that of any element.
#[test]
fn an_end_tag_is_as_short_as_its_start_tag() {
    let content = format!("<a></{}>", "n".repeat(2000));
    let error = decode_with::<Any>("", &content, &lenient()).expect_err("too long");
    assert_eq!(error.kind(), &DecodeErrorKind::Limit(Limit::NameBytes));
}

/// A byte that is no text becomes a character of three.
#[test]
fn a_name_is_as_short_once_it_was_mended() {
    for (count, is_read) in [(300, true), (400, false)] {
        let document = document("xsi:type='Future'", "<n|/>");
        let (before, after) = document.split_once('|').expect("two parts");
        let broken = vec![0xFF; count];
        let document = [before.as_bytes(), &broken, after.as_bytes()].concat();
        let outcome = from_xml::<Any>(&document, &TYPES, &lenient());
        let error = outcome.err().map(|error| error.kind().clone());
        let limit = DecodeErrorKind::Limit(Limit::NameBytes);
        assert_eq!(error, (!is_read).then_some(limit));
    }
}

/// The name of a type may be any text, of which some is written as references.
#[test]
fn a_name_is_as_long_as_what_its_references_stand_for() {
    for (count, is_read) in [(1000, true), (1100, false)] {
        let content = format!("<a xsi:type='{}'/>", "&#10;a".repeat(count / 2));
        let outcome = decode_with::<Any>("xsi:type='Future'", &content, &lenient());
        let error = outcome.as_ref().err().map(|error| error.kind().clone());
        let limit = DecodeErrorKind::Limit(Limit::NameBytes);
        assert_eq!(error, (!is_read).then_some(limit));
        if let Ok(value) = outcome {
            let sent = to_xml("value", &value, &SERVICE).expect("it can be sent");
            assert_eq!(
                from_xml::<Any>(sent.as_bytes(), &TYPES, &lenient()),
                Ok(value)
            );
        }
    }
}

/// What is kept is sent again, so it must have a name that XML has; what is passed over need not.
#[test]
fn what_is_kept_has_a_name_that_can_be_written() {
    let content = "<n\u{85}/>";
    let kept = decode_with::<Any>("xsi:type='Future'", content, &lenient());
    let error = kept.expect_err("no name");
    assert_eq!(error.kind(), &DecodeErrorKind::Xml(XmlError::BadName));
    let passed_over = decode_with::<Any>("xsi:type='Description'", content, &lenient());
    assert!(passed_over.is_ok());
}

/// The limit is one on names, not on what has a name.
#[test]
fn values_may_be_longer() {
    let text = "x".repeat(20_000);
    let content = format!("<a b='{text}' xmlns='urn:{text}'>{text}</a>");
    let options = limited(30, keeping_unknown());
    let value = decode_with::<Any>("", &content, &options);
    assert!(matches!(value, Ok(Any::Unknown(_))));
}
