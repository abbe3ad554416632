//! XML to values, driven by the tables of the types, while the bytes arrive.

mod envelope;
mod error;
mod excerpt;
mod fault;
mod json_text_error;
mod leaf;
mod limits;
mod named;
mod raw;
mod sequence;
mod source;
mod type_cache;
mod value;

use crate::any::Any;
use crate::erased::{Returned, Shape};
use crate::service::TypeRegistry;
use crate::xml::XmlError;
use crate::xml::reader::{Event, Reader};
use crate::xml::transcoder;

pub use envelope::{Answer, EnvelopeDecoder};
pub(crate) use excerpt::beginning;

pub use error::{DecodeError, DecodeErrorKind};
pub use json_text_error::JsonTextError;
pub use limits::{DecodeOptions, Limit, Limits};

use source::Source;
use value::ValueDecoder;

/// Whether XML Schema has a type of this name that is read here.
pub(crate) fn is_schema_type(name: &str) -> bool {
    leaf::Leaf::of_schema(name).is_some()
}

/// Decodes a document whose root element is one value, such as a saved one.
///
/// It is in the encoding that a byte order mark, or else its declaration, tells.
///
/// The root's name does not matter; its `xsi:type` does where a type with subtypes or an
/// `xsd:anyType` is asked for. Where a list is asked for, the root's child elements are its items.
///
/// # Errors
/// When the document cannot be read, or holds a value of another type.
pub fn from_xml<R: Returned>(
    xml: &[u8],
    types: &'static TypeRegistry,
    options: &DecodeOptions,
) -> Result<R, DecodeError> {
    let (value, _) = decode_shape(xml, R::SHAPE, types, options)?;
    R::from_any(value).map_err(|found: Any| {
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

/// The value of a shape that a document holds, in whatever encoding that is, and what is left of
/// the memory that it may take.
fn decode_shape(
    document: &[u8],
    shape: Option<Shape>,
    types: &'static TypeRegistry,
    options: &DecodeOptions,
) -> Result<(Any, u64), DecodeError> {
    let refused = |(error, offset): transcoder::Refusal| {
        let kind = DecodeErrorKind::from(error);
        DecodeError::new(kind, String::new(), offset, String::new())
    };
    let mut value = ValueDecoder::new(types, options);
    let (xml, beginning) =
        transcoder::to_utf8(document, options.strict, value.budget()).map_err(refused)?;
    let mut reader = Reader::new(options.limits.clone(), options.strict);
    match read_value(&xml, shape, &mut reader, &mut value) {
        Ok(()) => {
            let left = value.budget().left();
            Ok((value.finish(), left))
        }
        Err(kind) => {
            let position = reader.position();
            let offset = beginning.mark as u64 + beginning.encoding.source_length(&xml[..position]);
            Err(value.error(kind, value.path(), offset, &xml, position))
        }
    }
}

fn read_value(
    xml: &[u8],
    shape: Option<Shape>,
    reader: &mut Reader,
    value: &mut ValueDecoder,
) -> Result<(), DecodeErrorKind> {
    let is_list = shape.is_some_and(Shape::is_list);
    let root_depth = if is_list { 2 } else { 1 };
    if let Some(shape) = shape
        && is_list
    {
        value.expect_list(shape.kind);
    }
    loop {
        match reader.next(xml)? {
            Event::Start => {
                if let Some(shape) = shape
                    && reader.depth() == root_depth
                {
                    let input = xml;
                    value.start_root(shape.kind, &mut Source { reader, input })?;
                    value.read(reader, xml)?;
                }
            }
            Event::Text(_) | Event::End => {}
            Event::Incomplete if !reader.is_complete() => {
                return Err(XmlError::UnexpectedEnd.into());
            }
            Event::Incomplete => {
                reader.check_end(&xml[reader.position()..])?;
                return Ok(());
            }
        }
    }
}
