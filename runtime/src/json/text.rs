//! Whole documents of JSON.

use std::borrow::Cow;

use memchr::{memchr, memchr2};
use serde_core::de::DeserializeSeed;
use serde_json::error::Category;

use super::decode::ValueReader;
use super::depth;
use super::encoding::check_encoding;
use super::key::NameLimit;
use super::mend::{mend, mended_length, original_offset};
use super::tree::{Json, ReadTree};
use crate::any::Any;
use crate::budget::{Budget, OverBudget, block};
use crate::decode::{DecodeError, DecodeErrorKind, DecodeOptions, Limits};
use crate::erased::{Returned, Shape};
use crate::service::TypeRegistry;

/// Reads a document that holds one value, as [`from_xml`](crate::decode::from_xml) does of XML.
///
/// Within strings, unless [`strict`](DecodeOptions::strict), U+FFFD takes the place of what is not
/// text there: bytes that are not UTF-8, lone surrogates, and characters that XML does not allow.
/// So the value can be sent with SOAP too. Control characters need not be escaped, and a byte order
/// mark before the document is passed over.
///
/// # Errors
/// When the document cannot be read, or holds a value of another type. The error tells the place,
/// and shows nothing of the value, which may be a secret.
pub fn from_json<R: Returned>(
    json: &[u8],
    types: &'static TypeRegistry,
    options: &DecodeOptions,
) -> Result<R, DecodeError> {
    check_encoding(json, None)?;
    let value = R::SHAPE.map_or(Ok(Any::Nil), |shape| read_any(json, shape, types, options))?;
    R::from_any(value).map_err(|found| {
        let kind = DecodeErrorKind::WrongType {
            expected: R::SHAPE.map_or("nothing", |shape: Shape| shape.kind.wire_name()),
            found: match found {
                Any::Nil => "nothing".to_owned(),
                found => found.shown_type_name(),
            },
        };
        DecodeError::new(kind, String::new(), 0, String::new())
    })
}

/// The value of a shape that a document holds.
pub(crate) fn read_any(
    json: &[u8],
    shape: Shape,
    types: &'static TypeRegistry,
    options: &DecodeOptions,
) -> Result<Any, DecodeError> {
    let mut reader = ValueReader::new(types, options);
    let text = match mended(json, options.strict, reader.budget()) {
        Ok(text) => text,
        Err((kind, offset)) => {
            return Err(DecodeError::new(kind, String::new(), offset, String::new()));
        }
    };
    let mut input = serde_json::Deserializer::from_str(&text);
    let read = reader.read(shape, &mut input).and_then(|()| input.end());
    match read {
        Ok(()) => Ok(reader.finish()),
        Err(error) => {
            let offset = original_offset(json, offset(text.as_bytes(), &error));
            Err(error_of(&mut reader, &error, offset as u64))
        }
    }
}

/// The error of a reader, so far into the document.
pub(super) fn error_of(
    reader: &mut ValueReader,
    error: &serde_json::Error,
    offset: u64,
) -> DecodeError {
    let (kind, path) = reader.take_problem().unwrap_or_else(|| {
        let kind = DecodeErrorKind::Json(description(error));
        (kind, reader.path())
    });
    DecodeError::new(kind, path, offset, String::new())
}

/// A document as a tree, if it is one.
pub(super) fn read_tree(
    json: &[u8],
    limits: &Limits,
    budget: &mut Budget,
) -> Result<Option<Json>, OverBudget> {
    let Ok(text) = mended(json, false, budget) else {
        return Err(OverBudget);
    };
    let mut input = serde_json::Deserializer::from_str(&text);
    let mut exceeded = None;
    let seed = ReadTree::new(depth(limits), NameLimit::of(limits), budget, &mut exceeded);
    let tree = seed.deserialize(&mut input);
    if budget.is_exceeded() {
        return Err(OverBudget);
    }
    Ok(tree.ok().filter(|_| input.end().is_ok()))
}

/// The document as the parser takes it, and what is wrong with it where. What mending and parsing
/// need besides the value is taken from the budget.
fn mended<'j>(
    json: &'j [u8],
    strict: bool,
    budget: &mut Budget,
) -> Result<Cow<'j, str>, (DecodeErrorKind, u64)> {
    // The parser copies a text with escapes to read it, to a buffer that grows.
    let copied = block(longest_escaped(json)).saturating_mul(3);
    let over_budget = |error: OverBudget| (error.into(), 0);
    budget.take_exactly(copied).map_err(over_budget)?;
    if let Some(length) = mended_length(json) {
        budget.take(length).map_err(over_budget)?;
    }
    mend(json, strict).map_err(|(problem, offset)| {
        let kind = DecodeErrorKind::JsonText(problem);
        (kind, offset as u64)
    })
}

/// How long a text with escapes in it is, at the most; short ones do not count.
fn longest_escaped(json: &[u8]) -> usize {
    const SHORT: usize = 4 << 10;
    if json.len() < SHORT {
        return 0;
    }
    let mut longest = 0;
    let mut rest = json;
    while let Some(start) = memchr(b'"', rest) {
        rest = &rest[start + 1..];
        let (mut length, mut is_escaped) = (0, false);
        while let Some(at) = memchr2(b'"', b'\\', &rest[length..]) {
            length += at;
            if rest[length] == b'"' {
                break;
            }
            is_escaped = true;
            length = (length + 2).min(rest.len());
        }
        if is_escaped {
            longest = longest.max(length);
        }
        rest = rest.get(length + 1..).unwrap_or_default();
    }
    if longest < SHORT { 0 } else { longest }
}

/// What is wrong with the JSON. Only what it says of the syntax is free of values.
fn description(error: &serde_json::Error) -> String {
    match error.classify() {
        Category::Data => "a value of another type than there must be".to_owned(),
        Category::Io | Category::Syntax | Category::Eof => error.to_string(),
    }
}

/// How many bytes come before the place that the error tells by line and column.
fn offset(json: &[u8], error: &serde_json::Error) -> usize {
    let lines_before = error.line().saturating_sub(1);
    let mut lines = json.split_inclusive(|byte| *byte == b'\n');
    let before: usize = lines.by_ref().take(lines_before).map(<[u8]>::len).sum();
    before + error.column()
}
