//! XML to values, driven by the tables of the types, while the bytes arrive.

mod envelope;
mod error;
mod excerpt;
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
    let mut reader = Reader::new(options.limits.clone(), options.strict);
    let mut value = ValueDecoder::new(types, options);
    read_value(xml, R::SHAPE, &mut reader, &mut value)
        .map_err(|kind| value.error(kind, value.path(), 0, xml, reader.position()))?;
    R::from_any(value.finish()).map_err(|found: Any| {
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
