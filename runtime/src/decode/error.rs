//! Why a response cannot be decoded, and where.

use std::fmt;

use super::json_text_error::JsonTextError;
use super::limits::Limit;
use crate::one_line::OneLine;
use crate::shown::{Hidden, Name};
use crate::xml::XmlError;
use crate::xml::reader::ReadError;

/// Why a response cannot be decoded, with the place in it.
///
/// Shown, it is one line. Neither that nor anything else in it has the text of an element or
/// attribute: names, types and lengths only, and nothing at all of what is in a field marked as
/// secret.
///
/// Two errors are equal if they are about the same at the same place. The excerpt does not count,
/// as it depends on how much of the response had arrived.
#[derive(Clone, Debug)]
pub struct DecodeError {
    kind: DecodeErrorKind,
    path: String,
    offset: u64,
    excerpt: String,
}

/// What is wrong with a response.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum DecodeErrorKind {
    /// The bytes are not the XML that is read here.
    Xml(XmlError),
    /// The bytes are not the JSON that is read here.
    Json(String),
    /// Text of a JSON document that is otherwise mended; only reported in strict decoding.
    JsonText(JsonTextError),
    /// More than is taken; see [`Limits`](super::Limits).
    Limit(Limit),
    /// A text that is no value of the declared type.
    Value {
        /// The declared type: `xsd:int`.
        expected: &'static str,
        /// A number that is out of range; of any other text, its length: `(3 bytes)`.
        found: String,
    },
    /// A value of another type than the one asked for.
    WrongType {
        /// The type asked for.
        expected: &'static str,
        /// The type that came.
        found: String,
    },
    /// An element that the schema does not have here; only reported in strict decoding.
    UnknownElement(String),
    /// A type that is not known, or does not belong here; only reported in strict decoding.
    UnknownType {
        /// The declared type.
        expected: &'static str,
        /// The type that the server named.
        found: String,
    },
    /// An enum value that is not known; only reported in strict decoding.
    UnknownValue {
        /// The enum.
        expected: &'static str,
        /// The length of the value: `(3 bytes)`.
        found: String,
    },
    /// An attribute that the schema does not have here; only reported in strict decoding.
    UnknownAttribute(String),
    /// An element that must come before the one read last; only reported in strict decoding.
    OutOfOrder(&'static str),
    /// A second element where there can be one; only reported in strict decoding.
    Repeated(&'static str),
    /// An object ends without this required element; only reported in strict decoding.
    Missing(&'static str),
    /// Text between the elements of an object or list; only reported in strict decoding.
    UnexpectedText,
    /// The envelope ended without a response or a fault in it.
    NoResponse,
    /// An element of a SOAP envelope where another one must stand.
    Envelope {
        /// What must stand here.
        expected: &'static str,
        /// What came.
        found: String,
    },
}

impl From<ReadError> for DecodeErrorKind {
    fn from(error: ReadError) -> Self {
        match error {
            ReadError::Xml(error) => Self::Xml(error),
            ReadError::Limit(limit) => Self::Limit(limit),
        }
    }
}

impl From<XmlError> for DecodeErrorKind {
    fn from(error: XmlError) -> Self {
        Self::Xml(error)
    }
}

impl DecodeError {
    pub(crate) fn new(kind: DecodeErrorKind, path: String, offset: u64, excerpt: String) -> Self {
        Self {
            kind,
            path,
            offset,
            excerpt,
        }
    }

    /// The same error, seen from the document that holds the value so far into it.
    pub(super) fn in_document(self, outer: &str, offset: u64) -> Self {
        Self { offset, ..self }.within(outer)
    }

    /// The same error, seen from what holds the value.
    pub(crate) fn within(mut self, outer: &str) -> Self {
        self.path = match &*self.path {
            "" => outer.to_owned(),
            path if path.starts_with('[') => format!("{outer}{path}"),
            path => format!("{outer}/{path}"),
        };
        self
    }

    /// What is wrong.
    #[must_use]
    pub fn kind(&self) -> &DecodeErrorKind {
        &self.kind
    }

    /// The place in the response, such as
    /// `RetrievePropertiesExResponse/returnval/objects[17]/propSet[3]/val/hardware/device[2]/key`;
    /// positions count from 0.
    #[must_use]
    pub fn path(&self) -> &str {
        &self.path
    }

    /// How many bytes of the response were read before this.
    #[must_use]
    pub fn offset(&self) -> u64 {
        self.offset
    }

    /// What must stand here, as far as that can be said in a word: the declared type, or the name
    /// of an element.
    #[must_use]
    pub fn expected(&self) -> Option<&str> {
        self.kind.expected()
    }

    /// What stands here instead, as far as that can be said in a word: a type, a name, or of a text
    /// the length. In a field that holds a secret, `(secret)`.
    #[must_use]
    pub fn found(&self) -> Option<&str> {
        self.kind.found()
    }

    /// The tags around the place, with the types they name, and `…` for every text between them;
    /// empty within a field that holds a secret.
    ///
    /// What is text in a response may be a password or a ticket, and where a response is broken the
    /// decoder cannot tell. The whole of it, secrets and all, is kept on request:
    /// [`Connection::keeping_bodies`](crate::Connection::keeping_bodies).
    #[must_use]
    pub fn excerpt(&self) -> &str {
        &self.excerpt
    }
}

impl PartialEq for DecodeError {
    fn eq(&self, other: &Self) -> bool {
        (&self.kind, &self.path, self.offset) == (&other.kind, &other.path, other.offset)
    }
}

impl Eq for DecodeError {}

impl DecodeErrorKind {
    /// The same without text of the response: of values the length remains, and of names what
    /// looks like one.
    pub(crate) fn without_text(self) -> Self {
        let name = |name: String| Name(&name).to_string();
        match self {
            Self::Xml(error) => Self::Xml(error.without_text()),
            Self::UnknownType { expected, found } => Self::UnknownType {
                expected,
                found: name(found),
            },
            Self::Envelope { expected, found } => Self::Envelope {
                expected,
                found: name(found),
            },
            Self::UnknownElement(found) => Self::UnknownElement(name(found)),
            Self::UnknownAttribute(found) => Self::UnknownAttribute(name(found)),
            // Where these are noted, text is left out already.
            Self::Value { .. }
            | Self::UnknownValue { .. }
            | Self::WrongType { .. }
            | Self::Json(_)
            | Self::JsonText(_)
            | Self::Limit(_)
            | Self::OutOfOrder(_)
            | Self::Repeated(_)
            | Self::Missing(_)
            | Self::UnexpectedText
            | Self::NoResponse => self,
        }
    }

    fn expected(&self) -> Option<&str> {
        match self {
            Self::Xml(XmlError::MismatchedEnd { open, .. }) => Some(open),
            Self::Value { expected, .. }
            | Self::WrongType { expected, .. }
            | Self::UnknownType { expected, .. }
            | Self::UnknownValue { expected, .. }
            | Self::Envelope { expected, .. } => Some(expected),
            Self::Missing(name) => Some(name),
            Self::Xml(_)
            | Self::Json(_)
            | Self::JsonText(_)
            | Self::Limit(_)
            | Self::UnknownElement(_)
            | Self::UnknownAttribute(_)
            | Self::OutOfOrder(_)
            | Self::Repeated(_)
            | Self::UnexpectedText
            | Self::NoResponse => None,
        }
    }

    fn found(&self) -> Option<&str> {
        match self {
            Self::Xml(XmlError::MismatchedEnd { closed, .. }) => Some(closed),
            Self::Value { found, .. }
            | Self::WrongType { found, .. }
            | Self::UnknownType { found, .. }
            | Self::UnknownValue { found, .. }
            | Self::Envelope { found, .. }
            | Self::UnknownElement(found)
            | Self::UnknownAttribute(found) => Some(found),
            Self::OutOfOrder(name) | Self::Repeated(name) => Some(name),
            Self::Xml(_)
            | Self::Json(_)
            | Self::JsonText(_)
            | Self::Limit(_)
            | Self::Missing(_)
            | Self::UnexpectedText
            | Self::NoResponse => None,
        }
    }
}

/// A number as it is; of any other text the length.
pub(super) fn number_or_length(text: &str) -> String {
    const MAX_NUMBER: usize = 24;
    let is_of_number = |byte: u8| byte.is_ascii_digit() || b"+-.eE".contains(&byte);
    let text = text.trim_ascii();
    let is_number = text.len() <= MAX_NUMBER
        && text.bytes().all(is_of_number)
        && text.bytes().any(|byte| byte.is_ascii_digit());
    if is_number {
        text.to_owned()
    } else {
        Hidden(text).to_string()
    }
}

impl fmt::Display for DecodeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if !self.path.is_empty() {
            write!(f, "at {}: ", OneLine(&self.path))?;
        }
        self.kind.fmt(f)?;
        write!(f, " (byte {}", self.offset)?;
        if !self.excerpt.is_empty() {
            write!(f, ", near {}", self.excerpt)?;
        }
        f.write_str(")")
    }
}

impl fmt::Display for DecodeErrorKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Xml(error) => error.fmt(f),
            Self::Json(message) => f.write_str(message),
            Self::JsonText(error) => error.fmt(f),
            Self::Limit(limit) => limit.fmt(f),
            Self::Value { expected, found } | Self::WrongType { expected, found } => {
                write!(f, "expected {expected}, found {}", OneLine(found))
            }
            Self::UnknownElement(name) => write!(f, "unknown element <{}>", OneLine(name)),
            Self::UnknownType { expected, found } => {
                let found = OneLine(found);
                write!(f, "unknown type {found} where {expected} is declared")
            }
            Self::UnknownValue { expected, found } => {
                write!(f, "unknown value of {expected}: {}", OneLine(found))
            }
            Self::UnknownAttribute(name) => write!(f, "unknown attribute {}", OneLine(name)),
            Self::OutOfOrder(name) => write!(f, "<{name}> after an element that must follow it"),
            Self::Repeated(name) => write!(f, "a second <{name}>"),
            Self::Missing(name) => write!(f, "the required <{name}> is missing"),
            Self::UnexpectedText => f.write_str("text between elements"),
            Self::NoResponse => f.write_str("the envelope holds neither a response nor a fault"),
            Self::Envelope { expected, found } => {
                write!(f, "expected <{expected}>, found <{}>", OneLine(found))
            }
        }
    }
}

impl std::error::Error for DecodeError {}
