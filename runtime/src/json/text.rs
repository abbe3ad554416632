//! Whole documents of JSON.

use serde_core::de::DeserializeSeed;
use serde_json::error::Category;

use super::DEPTH;
use super::decode::ValueReader;
use super::tree::{Json, ReadTree};
use crate::any::Any;
use crate::decode::{DecodeError, DecodeErrorKind, DecodeOptions};
use crate::erased::{Returned, Shape};
use crate::service::TypeRegistry;

/// Reads a document that holds one value, as [`from_xml`](crate::decode::from_xml) does of XML.
///
/// # Errors
/// When the document cannot be read, or holds a value of another type. The error tells the place,
/// and shows nothing of the value, which may be a secret.
pub fn from_json<R: Returned>(
    json: &[u8],
    types: &'static TypeRegistry,
    options: &DecodeOptions,
) -> Result<R, DecodeError> {
    let value = R::SHAPE.map_or(Ok(Any::Nil), |shape| read_any(json, shape, types, options))?;
    R::from_any(value).map_err(|found| {
        let kind = DecodeErrorKind::WrongType {
            expected: R::SHAPE.map_or("nothing", |shape: Shape| shape.kind.wire_name()),
            found: match found {
                Any::Nil => "nothing".to_owned(),
                found => found.type_name().into_owned(),
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
    let mut input = serde_json::Deserializer::from_slice(json);
    let read = reader.read(shape, &mut input).and_then(|()| input.end());
    match read {
        Ok(()) => Ok(reader.finish()),
        Err(error) => {
            let (kind, path) = reader.take_problem().unwrap_or_else(|| {
                let kind = DecodeErrorKind::Json(description(&error));
                (kind, reader.path())
            });
            let offset = offset(json, &error);
            Err(DecodeError::new(kind, path, offset, String::new()))
        }
    }
}

/// A document as a tree, if it is one.
pub(super) fn read_tree(json: &[u8]) -> Option<Json> {
    let mut input = serde_json::Deserializer::from_slice(json);
    let tree = ReadTree { depth_left: DEPTH }
        .deserialize(&mut input)
        .ok()?;
    input.end().ok()?;
    Some(tree)
}

/// What is wrong with the JSON. Only what it says of the syntax is free of values.
fn description(error: &serde_json::Error) -> String {
    match error.classify() {
        Category::Data => "a value of another type than there must be".to_owned(),
        Category::Io | Category::Syntax | Category::Eof => error.to_string(),
    }
}

/// How many bytes come before the place that the error tells by line and column.
fn offset(json: &[u8], error: &serde_json::Error) -> u64 {
    let lines_before = error.line().saturating_sub(1);
    let mut lines = json.split_inclusive(|byte| *byte == b'\n');
    let before: usize = lines.by_ref().take(lines_before).map(<[u8]>::len).sum();
    (before + error.column()) as u64
}
