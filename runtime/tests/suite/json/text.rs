//! Text that a parser of JSON refuses, or that XML cannot carry.

use proptest::prelude::*;
use vmomi_runtime::decode::{DecodeError, DecodeErrorKind, JsonTextError};
use vmomi_runtime::erased::Returned;
use vmomi_runtime::json::from_json;
use vmomi_runtime::{Any, EncodeErrorKind, to_xml};

use crate::arbitrary::config;
use crate::documents::{keeping_unknown, lenient, strict};
use crate::support::*;

fn read<R: Returned>(json: &[u8]) -> R {
    let shown = String::from_utf8_lossy(json);
    from_json(json, &TYPES, &lenient()).unwrap_or_else(|error| panic!("{error} in {shown}"))
}

fn refused(json: &[u8]) -> DecodeError {
    match from_json::<Any>(json, &TYPES, &strict()) {
        Ok(value) => panic!("{value:?}"),
        Err(error) => error,
    }
}

/// What stands in a string, what becomes of it, and what strict reading says of its first byte.
type Piece = (&'static [u8], &'static str, Option<JsonTextError>);

const PIECES: [Piece; 37] = [
    (b"a", "a", None),
    (b"0123456789", "0123456789", None),
    (b"{[:,]}", "{[:,]}", None),
    (br#"\""#, "\"", None),
    (br"\\", "\\", None),
    (br"\/", "/", None),
    (br"\t\n\r", "\t\n\r", None),
    (br"\u0009\u000a\u000D", "\t\n\r", None),
    (br"\u0041\u00e4\uFFFD", "A\u{E4}\u{FFFD}", None),
    (br"\\u0000", "\\u0000", None),
    (br"\uD83D\uDE00", "\u{1F600}", None),
    (br"\udbff\udfff", "\u{10FFFF}", None),
    (
        "\u{E4}\u{20AC}\u{1F600}".as_bytes(),
        "\u{E4}\u{20AC}\u{1F600}",
        None,
    ),
    (
        "\u{7F}\u{85}\u{FFFD}\u{FEFF}\u{E000}".as_bytes(),
        "\u{7F}\u{85}\u{FFFD}\u{FEFF}\u{E000}",
        None,
    ),
    // Control characters, which JSON wants escaped.
    (b"\t", "\t", Some(JsonTextError::Unescaped(9))),
    (b"\n", "\n", Some(JsonTextError::Unescaped(10))),
    (b"\r", "\r", Some(JsonTextError::Unescaped(13))),
    (b"\x00", "\u{FFFD}", Some(JsonTextError::Unescaped(0))),
    (b"\x07", "\u{FFFD}", Some(JsonTextError::Unescaped(7))),
    (b"\x1F", "\u{FFFD}", Some(JsonTextError::Unescaped(0x1F))),
    // Characters that XML does not have.
    (br"\u0000", "\u{FFFD}", Some(JsonTextError::Character(0))),
    (br"\u001f", "\u{FFFD}", Some(JsonTextError::Character(0x1F))),
    (br"\b", "\u{FFFD}", Some(JsonTextError::Character(8))),
    (br"\f", "\u{FFFD}", Some(JsonTextError::Character(12))),
    (
        br"\ufffe",
        "\u{FFFD}",
        Some(JsonTextError::Character(0xFFFE)),
    ),
    (
        br"\uFFFF",
        "\u{FFFD}",
        Some(JsonTextError::Character(0xFFFF)),
    ),
    (
        "\u{FFFE}".as_bytes(),
        "\u{FFFD}",
        Some(JsonTextError::Character(0xFFFE)),
    ),
    (
        "\u{FFFF}".as_bytes(),
        "\u{FFFD}",
        Some(JsonTextError::Character(0xFFFF)),
    ),
    // Halves of characters; what follows each is not the other half.
    (
        br"\ud83d ",
        "\u{FFFD} ",
        Some(JsonTextError::LoneSurrogate(0xD83D)),
    ),
    (
        br"\uD83D\u0041",
        "\u{FFFD}A",
        Some(JsonTextError::LoneSurrogate(0xD83D)),
    ),
    (
        br"\ud83d\uD83D\uDE00",
        "\u{FFFD}\u{1F600}",
        Some(JsonTextError::LoneSurrogate(0xD83D)),
    ),
    (
        br"\uDE00",
        "\u{FFFD}",
        Some(JsonTextError::LoneSurrogate(0xDE00)),
    ),
    (
        br"\ud83d\n",
        "\u{FFFD}\n",
        Some(JsonTextError::LoneSurrogate(0xD83D)),
    ),
    // Bytes that are not UTF-8.
    (b"\xFF", "\u{FFFD}", Some(JsonTextError::BadUtf8)),
    (
        b"\xC0\x80",
        "\u{FFFD}\u{FFFD}",
        Some(JsonTextError::BadUtf8),
    ),
    (
        b"\xED\xA0\xBD\xED\xB8\x80",
        "\u{FFFD}\u{FFFD}\u{FFFD}\u{FFFD}\u{FFFD}\u{FFFD}",
        Some(JsonTextError::BadUtf8),
    ),
    (b"\xF0\x9F\x98 ", "\u{FFFD} ", Some(JsonTextError::BadUtf8)),
];

#[test]
fn each_kind_of_text_is_mended() {
    for (bytes, expected, problem) in PIECES {
        let json = [b"\"x", bytes, b"y\""].concat();
        let shown = String::from_utf8_lossy(&json);
        assert_eq!(read::<String>(&json), format!("x{expected}y"), "{shown}");
        // As in SOAP.
        let xml = to_xml("v", &read::<String>(&json), &SERVICE);
        assert!(xml.is_ok(), "{shown}");
        if let Some(problem) = problem {
            let error = refused(&json);
            assert_eq!(error.kind(), &DecodeErrorKind::JsonText(problem), "{shown}");
            assert_eq!(error.offset(), 2, "{shown}");
        } else {
            let value = from_json::<String>(&json, &TYPES, &strict());
            assert_eq!(value.expect("strictly right"), format!("x{expected}y"));
        }
    }
}

proptest! {
    #![proptest_config(config())]

    /// Any of them, wherever they are in a document of any layout.
    #[test]
    fn all_kinds_of_text_are_mended_together(
        texts in prop::collection::vec(
            prop::collection::vec(prop::sample::select(PIECES.to_vec()), 0..20),
            0..8,
        ),
        layout in prop::sample::select(vec!["", " ", "\n\t", "\r\n        "]),
        begins_with_mark in prop::bool::weighted(0.2),
    ) {
        let mut json = Vec::new();
        let mut expected = Vec::new();
        let mut first = None;
        if begins_with_mark {
            json.extend_from_slice(b"\xEF\xBB\xBF");
            first = Some((0, JsonTextError::ByteOrderMark));
        }
        json.extend_from_slice(format!("{layout}[").as_bytes());
        for (index, pieces) in texts.iter().enumerate() {
            let comma = if index == 0 { "" } else { "," };
            json.extend_from_slice(format!("{comma}{layout}\"").as_bytes());
            let mut text = String::new();
            for (bytes, becomes, problem) in pieces {
                first = first.or_else(|| problem.map(|problem| (json.len(), problem)));
                json.extend_from_slice(bytes);
                text.push_str(becomes);
            }
            json.extend_from_slice(format!("\"{layout}").as_bytes());
            expected.push(text);
        }
        json.extend_from_slice(format!("]{layout}").as_bytes());
        prop_assert_eq!(read::<Vec<String>>(&json), expected);
        match first {
            None => prop_assert!(from_json::<Vec<String>>(&json, &TYPES, &strict()).is_ok()),
            Some((offset, problem)) => {
                let error = from_json::<Vec<String>>(&json, &TYPES, &strict());
                let error = error.expect_err("not strictly right");
                prop_assert_eq!(error.kind(), &DecodeErrorKind::JsonText(problem));
                prop_assert_eq!(error.offset(), offset as u64);
            }
        }

        // What is wrong with the document itself is where it was, mended or not.
        json.extend_from_slice(b"%");
        let error = from_json::<Vec<String>>(&json, &TYPES, &lenient()).expect_err("more follows");
        prop_assert!(matches!(error.kind(), DecodeErrorKind::Json(_)));
        prop_assert_eq!(error.offset(), json.len() as u64);
    }

    /// Whatever the document is, what is read of it can be sent with SOAP.
    #[test]
    fn what_is_read_can_be_carried_by_xml(
        pieces in prop::collection::vec(
            prop_oneof![
                4 => prop::sample::select(PIECES.to_vec()).prop_map(|(bytes, _, _)| bytes.to_vec()),
                2 => any::<[u8; 2]>().prop_map(|bytes| bytes.to_vec()),
                2 => prop::sample::select(vec![
                    "\"", "\\", "\\u", "\\ud8", ":", ",", "\"a\":",
                    "\"text\":\"", "\",\"texts\":[\"",
                    "\"]", "{\"_typeName\":\"", "\"_value\":\"",
                    "\"}", "\"type\":\"", "1", "\u{FEFF}",
                ]).prop_map(|text| text.as_bytes().to_vec()),
            ],
            0..40,
        ),
        around in prop::sample::select(vec![
            ("", ""), ("\"", "\""), ("{\"a\":\"", "\"}"),
            ("{\"_typeName\":\"Everything\",\"text\":\"", "\"}"),
            ("{\"_typeName\":\"ManagedObjectReference\",\"type\":\"", "\",\"value\":\"\"}"),
            ("{\"_typeName\":\"PowerState\",\"_value\":\"", "\"}"),
        ]),
    ) {
        let (before, after) = around;
        let json = [before.as_bytes(), &pieces.concat(), after.as_bytes()].concat();
        if let Ok(value) = from_json::<Any>(&json, &TYPES, &keeping_unknown())
            && let Err(error) = to_xml("v", &value, &SERVICE)
        {
            // A member may have a name that no element has.
            prop_assert!(matches!(error.kind(), EncodeErrorKind::Name(_)), "{error}");
        }
        match from_json::<Any>(&json, &TYPES, &strict()) {
            Ok(_) => {}
            Err(error) => prop_assert!(error.offset() <= json.len() as u64),
        }
    }
}

/// Names, identifiers, enumerated values and what is not known are texts too.
#[test]
fn text_is_mended_in_every_place() {
    let value: Any = from_json(
        b"\xEF\xBB\xBF{\"_typeName\":\"Everything\",\"state\":\"a\x01\",\"texts\":[\"\\ud800\"],
            \"vm\":{\"type\":\"\xFF\",\"value\":\"\\u0000\"},\"fut\\u0001ure\":{\"x\":\"\xC0\"}}",
        &TYPES,
        &keeping_unknown(),
    )
    .expect("it is mended");
    let Any::Object(value) = value else {
        panic!("{value:?}");
    };
    let value: &Everything = value.downcast_ref().expect("Everything");
    assert_eq!(value.state, PowerState::Unknown("a\u{FFFD}".into()));
    assert_eq!(value.texts, ["\u{FFFD}"]);
    assert_eq!(
        (value.vm.type_name(), value.vm.value()),
        ("\u{FFFD}", "\u{FFFD}")
    );
    let unknown = &value.extra.elements()[0];
    assert_eq!(&*unknown.name.local, "fut\u{FFFD}ure");
    let inner = unknown.elements().next().expect("a member");
    assert_eq!(inner.text(), "\u{FFFD}");
}

/// What is wrong outside of strings is not text.
#[test]
fn only_text_is_mended() {
    for json in [
        &b"\xFF"[..],
        b"[\x00]",
        b"[1,\xEF\xBB\xBF2]",
        b"[\"a\"\x07]",
        b"\xEF\xBB\xBF\xEF\xBB\xBF1",
        b"\xFE\xFF\x00\x31",
        b"\"\\x\"",
        b"\"\\u12\"",
        b"\"\\u12\xFF4\"",
        b"\"\\\xFF\"",
        b"\"\\\n\"",
        b"\"a",
        b"\"\\",
        b"\"\\ud83d",
        b"\xEF\xBB\xBF",
    ] {
        let error = from_json::<Any>(json, &TYPES, &lenient()).expect_err("no JSON");
        assert!(matches!(error.kind(), DecodeErrorKind::Json(_)), "{error}");
        assert!(error.offset() <= json.len() as u64);
    }
}

#[test]
fn an_error_after_mended_text_has_its_own_offset() {
    let json = b"\xEF\xBB\xBF[\"\x01\xFF\\u0000\t\",\n \"\xFF\", true]";
    let error = from_json::<Vec<String>>(json, &TYPES, &lenient()).expect_err("a boolean");
    assert_eq!(error.path(), "[2]");
    let shown = &json[..usize::try_from(error.offset()).expect("an offset")];
    assert!(
        shown.ends_with(b"true"),
        "{}",
        String::from_utf8_lossy(shown)
    );
}

#[test]
fn what_is_wrong_with_a_text_is_told_in_a_line() {
    for (json, told) in [
        (
            &b"\xEF\xBB\xBF1"[..],
            "a byte order mark before the document (byte 0)",
        ),
        (b"[\"\xFF\"]", "bytes that are not UTF-8 (byte 2)"),
        (
            b"\"\x07\"",
            "the control character U+0007 without an escape (byte 1)",
        ),
        (b"\"\\ud83d\"", "the lone surrogate U+D83D (byte 1)"),
        (
            b"\"\\u0000\"",
            "the character U+0000, which XML does not allow (byte 1)",
        ),
    ] {
        assert_eq!(refused(json).to_string(), told);
    }
}

/// Serde is given what the format makes of the input, so this is as `serde_json` has it.
#[test]
fn by_way_of_serde_the_format_decides() {
    assert!(serde_json::from_str::<Any>("\"a\\ud83d\"").is_err());
    assert!(serde_json::from_str::<Any>("\"a\u{1}\"").is_err());
    let text: Any = serde_json::from_str("\"a\\u0001\"").expect("JSON");
    assert_eq!(text, Any::String("a\u{1}".into()));
}
