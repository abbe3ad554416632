//! How long names may be, and how what is limited is told.

use vmomi_runtime::decode::{DecodeErrorKind, DecodeOptions, Limit, Limits};
use vmomi_runtime::erased::Returned;
use vmomi_runtime::json::from_json;
use vmomi_runtime::{Any, Dyn, ErrorKind};

use super::calls::Server;
use crate::calls::outcome;
use crate::documents::{decode_with, keeping_unknown};
use crate::support::*;

/// Values with a name of this length in each place that one can have.
fn texts(bytes: usize) -> Vec<(&'static str, String)> {
    let name = "n".repeat(bytes);
    vec![
        ("type", format!(r#"{{"_typeName":"{name}"}}"#)),
        ("late type", format!(r#"{{"a":1,"_typeName":"{name}"}}"#)),
        (
            "type within",
            format!(r#"{{"_typeName":"Tree","content":{{"_typeName":"{name}"}}}}"#),
        ),
        ("member", format!(r#"{{"_typeName":"Future","{name}":1}}"#)),
        (
            "early member",
            format!(r#"{{"{name}":1,"_typeName":"Tree"}}"#),
        ),
        (
            "member of a type",
            format!(r#"{{"_typeName":"Tree","{name}":1}}"#),
        ),
        (
            "member of what is kept",
            format!(r#"{{"_typeName":"Tree","future":[{{"{name}":1}}]}}"#),
        ),
        (
            "member beside `_value`",
            format!(r#"{{"_typeName":"ArrayOfInt","_value":[],"{name}":1}}"#),
        ),
    ]
}

fn read<R: Returned>(text: &str, options: &DecodeOptions) -> Result<R, DecodeErrorKind> {
    from_json(text.as_bytes(), &TYPES, options).map_err(|error| error.kind().clone())
}

#[test]
fn names_within_the_limit_are_kept() {
    let bytes = Limits::default().name_bytes;
    for (what, text) in texts(bytes) {
        let value = read::<Any>(&text, &keeping_unknown());
        assert!(value.is_ok(), "{what}: {value:?}");
    }
}

#[test]
fn longer_names_are_refused() {
    for bytes in [1025, 1_000_000] {
        for (what, text) in texts(bytes) {
            for options in [DecodeOptions::default(), keeping_unknown()] {
                let limit = DecodeErrorKind::Limit(Limit::NameBytes);
                // What no one keeps may be called anything.
                let is_kept = options.keep_unknown || what != "member of what is kept";
                let error = read::<Any>(&text, &options).err();
                assert_eq!(error, is_kept.then(|| limit.clone()), "{what}");
                if text.contains("Tree") {
                    let error = read::<Dyn<DynamicData>>(&text, &options).err();
                    assert_eq!(error, is_kept.then_some(limit), "{what}");
                }
            }
        }
    }
}

/// In XML it is declared once, and no part of the names.
#[test]
fn a_namespace_in_a_name_may_be_as_long_as_a_tag() {
    let namespace = "n".repeat(5000);
    let attributes = format!("xmlns:p='{namespace}'");
    let content = "<p:a xsi:type='p:T' p:b=''/>";
    let value: Any =
        decode_with(&attributes, content, &keeping_unknown()).expect("no name is long");
    let json = serde_json::to_string(&value).expect("JSON");
    assert_eq!(read::<Any>(&json, &keeping_unknown()).as_ref(), Ok(&value));
    for name in ["x".repeat(5000), format!("{{{0}{0}}}x", "n".repeat(40_000))] {
        let text = format!(r#"{{"_typeName":"Future","{name}":1}}"#);
        let error = read::<Any>(&text, &keeping_unknown()).err();
        assert_eq!(error, Some(DecodeErrorKind::Limit(Limit::NameBytes)));
    }
}

#[test]
fn the_limit_can_be_changed() {
    let mut options = keeping_unknown();
    options.limits.name_bytes = 10;
    for (what, text) in texts(11) {
        let error = read::<Any>(&text, &options).err();
        let limit = DecodeErrorKind::Limit(Limit::NameBytes);
        assert_eq!(error, Some(limit), "{what}");
    }
}

#[test]
fn an_answer_with_a_long_name_says_so() {
    let name = "ArrayOf".repeat(40_000);
    let body = format!(r#"[{{"_typeName":"{name}"}}]"#);
    let error = outcome(Server::answering(200, &body).vm().shares()).expect_err("too long");
    let ErrorKind::Decode(cause) = error.kind() else {
        panic!("{error}");
    };
    assert_eq!(cause.kind(), &DecodeErrorKind::Limit(Limit::NameBytes));
    let body = format!(r#"{{"_typeName":"{name}"}}"#);
    let error = outcome(Server::answering(500, &body).vm().shares()).expect_err("too long");
    let shown = format!("{error} {error:?}");
    assert!(shown.len() < 2000, "{}", shown.len());
}

/// Also where it is nested in what is kept.
#[test]
fn depth_is_told_as_such() {
    let limit = DecodeErrorKind::Limit(Limit::Depth);
    for (open, close) in [
        (r#"{"_typeName":"Tree","future":"#, "}"),
        (r#"{"_typeName":"Tree","content":"#, "}"),
        (r#"{"_typeName":"Future","x":"#, "}"),
        ("[", "]"),
    ] {
        let mut options = keeping_unknown();
        for depth in [5, 20] {
            options.limits.depth = depth;
            let nested =
                |levels: usize| format!("{}1{}", open.repeat(levels), close.repeat(levels));
            let read = |levels: usize| read::<Any>(&nested(levels), &options).map(drop);
            assert!(read(depth - 1) != Err(limit.clone()), "{open}");
            assert_eq!(read(depth + 1), Err(limit.clone()), "{open}");
        }
    }
}
