//! YAML as a tree in which every scalar is a text.

use saphyr_parser::{Event, Parser};
use serde_json::{Map, Value};

/// How deeply things may stand in each other. A description needs a dozen levels.
const DEEPEST: usize = 100;

/// Why a text is not the YAML that is expected, and where, both from 1 but for the column.
#[derive(Debug)]
pub(super) struct YamlError {
    pub(super) cause: String,
    pub(super) line: usize,
    pub(super) column: usize,
}

/// A collection whose end has not come.
enum Open {
    Sequence(Vec<Value>),
    /// With the key whose value has not come.
    Mapping(Map<String, Value>, Option<String>),
}

/// Reads one document. Aliases are refused: a description has none, and a few could be made to unfold to any size.
///
/// # Errors
/// When it is not YAML, not one document, or too deep.
pub(super) fn read(text: &str) -> Result<Value, YamlError> {
    let mut open: Vec<Open> = Vec::new();
    let mut document = None;
    for event in Parser::new_from_str(text) {
        let (event, span) = event.map_err(|error| YamlError {
            cause: error.info().to_owned(),
            line: error.marker().line(),
            column: error.marker().col(),
        })?;
        let refused = |cause: &str| YamlError {
            cause: cause.to_owned(),
            line: span.start.line(),
            column: span.start.col(),
        };
        let value = match event {
            Event::Scalar(text, ..) => Value::String(text.into_owned()),
            Event::SequenceStart(..) | Event::MappingStart(..) if open.len() >= DEEPEST => {
                return Err(refused("things stand too deeply in each other"));
            }
            Event::SequenceStart(..) => {
                open.push(Open::Sequence(Vec::new()));
                continue;
            }
            Event::MappingStart(..) => {
                open.push(Open::Mapping(Map::new(), None));
                continue;
            }
            Event::SequenceEnd | Event::MappingEnd => match open.pop() {
                Some(Open::Sequence(items)) => Value::Array(items),
                Some(Open::Mapping(members, _)) => Value::Object(members),
                None => continue,
            },
            Event::Alias(_) => return Err(refused("it has aliases")),
            _ => continue,
        };
        match (open.last_mut(), value) {
            (Some(Open::Sequence(items)), value) => items.push(value),
            (Some(Open::Mapping(members, key)), value) => match (key.take(), value) {
                (Some(key), value) => drop(members.insert(key, value)),
                (None, Value::String(text)) => *key = Some(text),
                (None, _) => return Err(refused("a key is not a text")),
            },
            (None, _) if document.is_some() => {
                return Err(refused("it is more than one document"));
            }
            (None, value) => document = Some(value),
        }
    }
    Ok(document.unwrap_or_default())
}
