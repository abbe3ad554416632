//! XML to values, driven by the tables of the types, while the bytes arrive.

mod envelope;
mod error;
mod limits;
mod raw;
pub(crate) mod scalar;
mod value;

use crate::any::Any;
use crate::erased::{Returned, Shape};
use crate::service::TypeRegistry;
use crate::xml::reader::{Event, Reader};

pub use envelope::{Answer, EnvelopeDecoder};
pub use error::{DecodeError, DecodeErrorKind};
pub use limits::{DecodeOptions, Limit, Limits};

use value::ValueDecoder;

/// Decodes a document whose root element is one value, such as a saved one.
///
/// The root's name does not matter; its `xsi:type` does where a type with subtypes or an
/// `xsd:anyType` is asked for.
///
/// # Errors
/// When the document cannot be read, or holds a value of another type.
pub fn from_xml<R: Returned>(
    xml: &[u8],
    types: &'static TypeRegistry,
    options: &DecodeOptions,
) -> Result<R, DecodeError> {
    let shape = R::SHAPE.map(|shape| shape.kind);
    let mut reader = Reader::new(options.limits.clone(), options.strict);
    let mut value = ValueDecoder::new(types, options);
    let fail = |reader: &Reader, value: &ValueDecoder, kind: DecodeErrorKind| {
        DecodeError::new(kind, value.path(), reader.position() as u64)
    };
    let any = loop {
        match reader.next(xml) {
            Ok(Event::Start(tag)) => {
                let started = match (reader.depth(), shape) {
                    (1, Some(kind)) => value.start_root(kind, &tag, &reader),
                    _ => value.start(&tag, &reader),
                };
                let ended = started.and_then(|()| value.finish_early(&mut reader, xml));
                if let Err(kind) = ended {
                    return Err(fail(&reader, &value, kind));
                }
            }
            Ok(Event::Text(text)) => value.text(&text),
            Ok(Event::End) => {
                if let Err(kind) = value.end() {
                    return Err(fail(&reader, &value, kind));
                }
            }
            Ok(Event::Incomplete) => {
                let kind = DecodeErrorKind::Xml(crate::xml::XmlError::UnexpectedEnd);
                return Err(fail(&reader, &value, kind));
            }
            Err(error) => return Err(fail(&reader, &value, error.into())),
        }
        if reader.is_complete() {
            break value.finish();
        }
    };
    let rest = &xml[reader.position()..];
    crate::xml::reader::check_outside(rest)
        .map_err(|error| DecodeError::new(error.into(), String::new(), reader.position() as u64))?;
    R::from_any(any).map_err(|found: Any| {
        let kind = DecodeErrorKind::WrongType {
            expected: R::SHAPE.map_or("nothing", |shape: Shape| shape.kind.wire_name()),
            found: found.type_name().into_owned(),
        };
        DecodeError::new(kind, String::new(), 0)
    })
}
