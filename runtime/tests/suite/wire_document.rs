//! Every example in `docs/wire.md`, as it stands there.

use vmomi_runtime::decode::{DecodeOptions, from_xml};
use vmomi_runtime::erased::{Arity, Field, Returned, ValueRef};
use vmomi_runtime::reflect::Revealed;
use vmomi_runtime::{Any, Binary, DateTime, Dyn, ManagedObjectReference, to_xml};

use crate::documents::{NAMESPACES, keeping_unknown, lenient, strict};
use crate::foreign_answers::Canned;
use crate::support::*;

const DOCUMENT: &str = include_str!("../../docs/wire.md");

/// One example: what is received as which type, and what becomes of it.
struct Example<'a> {
    line: usize,
    options: DecodeOptions,
    declared: &'a str,
    /// Of a whole answer, the encoding of its body.
    encoding: &'a str,
    received: &'a str,
    value: Option<&'a str>,
    sent: Option<&'a str>,
}

#[test]
fn every_example_is_true() {
    let mut wrong = Vec::new();
    let examples = examples();
    assert!(examples.len() > 30, "{}", examples.len());
    for example in &examples {
        let is_decoded = example.encoding == "UTF-8" || cfg!(feature = "encodings");
        if !is_decoded || (example.received.contains("Shift_JIS") && !cfg!(feature = "encodings")) {
            continue;
        }
        let (value, sent) = run(example);
        for (expected, found) in [(example.value, value), (example.sent, sent)] {
            if expected.is_some_and(|expected| expected.trim() != found) {
                wrong.push(format!("line {}: {found}", example.line));
            }
        }
    }
    assert!(wrong.is_empty(), "not as told:\n{}", wrong.join("\n"));
}

/// The fenced blocks: ```` ```xml received TYPE [OPTION] ````, then ```` ```text ```` with the
/// value or the error, then, where it matters, ```` ```xml sent ````. Or
/// ```` ```http received [as ENCODING] ```` for the whole answer to a call, and the error.
fn examples() -> Vec<Example<'static>> {
    let mut examples: Vec<Example<'static>> = Vec::new();
    let mut line = 1;
    for (index, block) in DOCUMENT.split("```").enumerate() {
        let begins = line;
        line += block.matches('\n').count();
        if index % 2 == 0 {
            continue;
        }
        let (info, content) = block.split_once('\n').expect("a fenced block of lines");
        match info.split_whitespace().collect::<Vec<_>>()[..] {
            ["xml", "received", declared, ref options @ ..] => examples.push(Example {
                line: begins,
                options: match options {
                    [] => lenient(),
                    ["keep_unknown"] => keeping_unknown(),
                    ["strict"] => strict(),
                    other => panic!("line {begins}: {other:?}"),
                },
                declared,
                encoding: "UTF-8",
                received: content,
                value: None,
                sent: None,
            }),
            ["http", "received", ref encoding @ ..] => examples.push(Example {
                line: begins,
                options: lenient(),
                declared: "HTTP",
                encoding: match encoding {
                    [] => "UTF-8",
                    ["as", encoding] => encoding,
                    other => panic!("line {begins}: {other:?}"),
                },
                received: content,
                value: None,
                sent: None,
            }),
            ["text"] => example(&mut examples, begins).value = Some(content),
            ["xml", "sent"] => example(&mut examples, begins).sent = Some(content),
            ref other => panic!("line {begins}: {other:?}"),
        }
    }
    examples
}

fn example<'a>(examples: &'a mut [Example<'static>], line: usize) -> &'a mut Example<'static> {
    let last = examples.last_mut();
    last.unwrap_or_else(|| panic!("line {line}: nothing was received"))
}

fn run(example: &Example<'_>) -> (String, String) {
    match example.declared {
        "HTTP" => (answered(example), String::new()),
        "xsd:boolean" => received::<bool>(example),
        "xsd:byte" => received::<i8>(example),
        "xsd:int" => received::<i32>(example),
        "xsd:long" => received::<i64>(example),
        "xsd:double" => received::<f64>(example),
        "xsd:string" => received::<String>(example),
        "xsd:dateTime" => received::<DateTime>(example),
        "xsd:base64Binary" => received::<Binary>(example),
        "xsd:anyType" => received::<Any>(example),
        "xsd:anyType[]" => received::<Vec<Any>>(example),
        "xsd:int?" => received::<Option<i32>>(example),
        "xsd:string?" => received::<Option<String>>(example),
        "ManagedObjectReference" => received::<ManagedObjectReference>(example),
        "PowerState" => received::<PowerState>(example),
        "SharesInfo" => received::<SharesInfo>(example),
        "Description" => received::<Dyn<Description>>(example),
        "VirtualDevice" => received::<Dyn<VirtualDevice>>(example),
        "VirtualHardware" => received::<VirtualHardware>(example),
        other => panic!("line {}: no type {other}", example.line),
    }
}

fn received<T: Field + Returned>(example: &Example<'_>) -> (String, String) {
    let element = example
        .received
        .trim()
        .replacen("<value", &format!("<value {NAMESPACES}"), 1);
    match from_xml::<T>(element.as_bytes(), &TYPES, &example.options) {
        Ok(value) => {
            let sent = to_xml("value", &value, &SERVICE);
            let sent = sent.map_or_else(|error| error.to_string(), without_namespaces);
            (shown(&value), sent)
        }
        // The offset counts what stands before the value too.
        Err(error) => {
            let error = error.to_string();
            let message = error
                .rsplit_once(" (byte ")
                .map_or(&*error, |(message, _)| message);
            (message.to_owned(), String::new())
        }
    }
}

/// The value with its texts, as Rust has it.
fn shown<T: Field>(value: &T) -> String {
    let shown = Revealed::of(value);
    match (T::SHAPE.arity, ValueRef::of(value)) {
        (Arity::Optional, ValueRef::Unset) => "None".to_owned(),
        (Arity::Optional, _) => format!("Some({shown})"),
        _ => shown.to_string(),
    }
}

/// What is said of a call that is answered so.
fn answered(example: &Example<'_>) -> String {
    let (head, body) = example
        .received
        .split_once("\n\n")
        .unwrap_or((example.received, ""));
    let mut lines = head.lines();
    let status = lines
        .next()
        .and_then(|line| line.split(' ').nth(1)?.parse().ok());
    let status = status.unwrap_or_else(|| panic!("line {}: no status", example.line));
    let headers: Vec<_> = lines.filter_map(|line| line.split_once(": ")).collect();
    let body = body
        .trim()
        .chars()
        .flat_map(|character| match (example.encoding, character) {
            ("UTF-8", character) => character.to_string().into_bytes(),
            ("windows-1252", '„') => vec![0x84],
            ("windows-1252", '“') => vec![0x93],
            ("windows-1252", character) => vec![u8::try_from(character).expect("of Latin-1")],
            (other, _) => panic!("line {}: {other}", example.line),
        });
    let error = Canned::new(status, &headers, body.collect::<Vec<u8>>()).error();
    let message = error.to_string();
    message.trim_start_matches("Shares: ").to_owned()
}

fn without_namespaces(sent: String) -> String {
    let declared = format!(" {NAMESPACES}");
    sent.replacen(&declared, "", 1)
}

/// What the document says of texts that cannot be sent.
#[test]
fn what_cannot_be_sent_is_named() {
    let description = Description {
        label: "a\u{0}b".into(),
        ..Default::default()
    };
    let error = to_xml("value", &description, &SERVICE).expect_err("no XML");
    assert!(error.to_string().contains("value/label"), "{error}");
}
