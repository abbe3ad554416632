//! Why a value cannot be sent.

use std::fmt;

use crate::shown::{Hidden, Name};
use crate::xml::writer::WriteError;

/// A value that cannot be sent, and where it stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EncodeError {
    /// The field, such as `spec/deviceChange[0]/device/deviceInfo/label`.
    path: String,
    kind: EncodeErrorKind,
}

/// What is wrong with a value.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum EncodeErrorKind {
    /// A text holds a character that XML 1.0 cannot carry.
    Character(char),
    /// An [`Element`](crate::Element) or one of its attributes has a name that XML does not allow.
    /// Holds how long it is: `(7 bytes)`.
    Name(String),
    /// An attribute of an [`Element`](crate::Element) or of an [`Extra`](crate::Extra) that declares
    /// a namespace, or says what the value itself says: `xmlns`, `xsi:type`, `xsi:nil`.
    ReservedAttribute(String),
    /// An attribute that an element has twice.
    RepeatedAttribute(String),
    /// The name of an element or of a type is in a namespace that XML keeps for itself.
    ReservedNamespace(String),
    /// A part of the path that a call is sent to is empty, `.` or `..`: the API version, or the type
    /// or the identifier of the object.
    PathSegment(&'static str),
    /// A value is nested deeper than it could be decoded again: with SOAP, than
    /// [`Limits::MAX_DEPTH`](crate::decode::Limits::MAX_DEPTH) elements; with JSON, than 127 objects
    /// and arrays.
    TooDeep,
}

impl From<WriteError> for EncodeError {
    fn from(error: WriteError) -> Self {
        Self::new(match error {
            WriteError::Character(character) => EncodeErrorKind::Character(character),
            WriteError::Name(name) => EncodeErrorKind::Name(Hidden(&name).to_string()),
        })
    }
}

impl EncodeError {
    pub(crate) fn new(kind: EncodeErrorKind) -> Self {
        Self {
            path: String::new(),
            kind,
        }
    }

    pub(crate) fn too_deep() -> Self {
        Self::new(EncodeErrorKind::TooDeep)
    }

    /// The same error, seen from the element around it.
    pub(crate) fn within(mut self, name: &str, index: Option<usize>) -> Self {
        let name = Name(name);
        let step = match index {
            Some(index) => format!("{name}[{index}]"),
            None => name.to_string(),
        };
        self.path = if self.path.is_empty() {
            step
        } else {
            format!("{step}/{}", self.path)
        };
        self
    }

    /// The field that holds the value, from the parameter inwards; positions count from 0.
    #[must_use]
    pub fn path(&self) -> &str {
        &self.path
    }

    /// What is wrong.
    #[must_use]
    pub fn kind(&self) -> &EncodeErrorKind {
        &self.kind
    }
}

impl fmt::Display for EncodeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if !self.path.is_empty() {
            write!(f, "{}: ", self.path)?;
        }
        match &self.kind {
            EncodeErrorKind::Character(character) => {
                let code = u32::from(*character);
                write!(f, "the character U+{code:04X}, which XML cannot carry")
            }
            EncodeErrorKind::Name(name) => write!(f, "a name that XML does not allow: {name}"),
            EncodeErrorKind::ReservedAttribute(name) => {
                write!(f, "the attribute {name}, which only the encoder may write")
            }
            EncodeErrorKind::RepeatedAttribute(name) => {
                write!(f, "the attribute {name}, which is there twice")
            }
            EncodeErrorKind::ReservedNamespace(namespace) => {
                write!(f, "a name in {namespace:?}, which XML keeps for itself")
            }
            EncodeErrorKind::PathSegment(part) => write!(
                f,
                "the {part} is empty, `.` or `..`, which cannot be part of a URL"
            ),
            EncodeErrorKind::TooDeep => f.write_str("nested deeper than responses are decoded"),
        }
    }
}

impl std::error::Error for EncodeError {}
