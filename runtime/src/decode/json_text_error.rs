//! Why the text of a JSON document is not taken in strict decoding.

use std::fmt;

/// Text that is mended unless decoding is strict. The error that holds it has the offset of its
/// first byte.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum JsonTextError {
    /// A byte order mark before the document.
    ByteOrderMark,
    /// Bytes that are not UTF-8.
    BadUtf8,
    /// A control character within a string that is not written as an escape.
    Unescaped(u8),
    /// An escape for half of a character, without the other half beside it.
    LoneSurrogate(u32),
    /// A character that XML does not allow, as itself or as an escape.
    Character(u32),
}

impl fmt::Display for JsonTextError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::ByteOrderMark => f.write_str("a byte order mark before the document"),
            Self::BadUtf8 => f.write_str("bytes that are not UTF-8"),
            Self::Unescaped(byte) => {
                write!(f, "the control character U+{byte:04X} without an escape")
            }
            Self::LoneSurrogate(code) => write!(f, "the lone surrogate U+{code:04X}"),
            Self::Character(code) => {
                write!(f, "the character U+{code:04X}, which XML does not allow")
            }
        }
    }
}
