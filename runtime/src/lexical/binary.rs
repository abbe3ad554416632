//! `xsd:base64Binary`.

use std::fmt;
use std::ops::Deref;

use base64::Engine;
use base64::display::Base64Display;
use base64::engine::general_purpose::STANDARD;

use crate::shown::Length;
use crate::xml::space::is_space;

/// Bytes that travel as base64.
#[derive(Clone, Default, PartialEq, Eq, Hash)]
pub struct Binary(pub Vec<u8>);

impl Deref for Binary {
    type Target = [u8];

    fn deref(&self) -> &[u8] {
        &self.0
    }
}

impl From<Vec<u8>> for Binary {
    fn from(bytes: Vec<u8>) -> Self {
        Self(bytes)
    }
}

impl From<&[u8]> for Binary {
    fn from(bytes: &[u8]) -> Self {
        Self(bytes.to_vec())
    }
}

impl fmt::Debug for Binary {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", Length(self.0.len()))
    }
}

/// Parses base64, white space anywhere allowed. Bits that do not count must be 0, and the padding
/// must be there.
pub(crate) fn parse(text: &[u8]) -> Option<Binary> {
    let bytes = if text.iter().copied().any(is_space) {
        let is_digit = |byte: &u8| !is_space(*byte);
        let packed: Vec<u8> = text.iter().copied().filter(is_digit).collect();
        STANDARD.decode(packed)
    } else {
        STANDARD.decode(text)
    };
    bytes.ok().map(Binary)
}

/// Returns base64 without line breaks, as something that is written without a copy of it being made
/// first.
pub(crate) fn write(bytes: &[u8]) -> impl fmt::Display {
    Base64Display::new(bytes, &STANDARD)
}
