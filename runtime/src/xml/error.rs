//! Why bytes are not the XML that is read here.

use std::fmt;

use crate::one_line::OneLine;
use crate::shown::{Hidden, Name};

/// Why bytes cannot be read as XML.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum XmlError {
    /// The body ended before the root element did.
    UnexpectedEnd,
    /// A `<` that begins no tag, comment, section or instruction.
    BadMarkup,
    /// A tag or attribute without a name, or with a character that no name has.
    BadName,
    /// An attribute without `=` or without quotes.
    BadAttribute,
    /// An end tag of another element than the one last opened.
    MismatchedEnd {
        /// The element that is open.
        open: String,
        /// The element that the tag would close.
        closed: String,
    },
    /// `&name;` that is not one of the five entities of XML, or `&` by itself. In an error in
    /// decoding, how long the name is: `(4 bytes)`.
    BadEntity(String),
    /// A character that XML 1.0 does not allow; only reported in strict decoding.
    BadCharacter(u32),
    /// Bytes that are not UTF-8; only reported in strict decoding.
    BadUtf8,
    /// A prefix that no `xmlns` declares; only reported in strict decoding.
    UndeclaredPrefix(String),
    /// A document type declaration, which could define entities.
    DocumentType,
    /// An encoding that is not decoded.
    Encoding(String),
    /// The document says that it is in this encoding, which its bytes rule out; only reported in
    /// strict decoding.
    NotTheEncoding(String),
    /// Bytes that mean nothing in the document's encoding, which is this one; only reported in
    /// strict decoding.
    BadEncoding(&'static str),
    /// Text or elements outside the root element.
    OutsideRoot,
}

impl XmlError {
    /// The same without text of the document: of that the length remains, and of names what looks
    /// like one.
    pub(crate) fn without_text(self) -> Self {
        let name = |name: String| Name(&name).to_string();
        match self {
            Self::MismatchedEnd { open, closed } => Self::MismatchedEnd {
                open: name(open),
                closed: name(closed),
            },
            // Where a text has an `&` that is not escaped, what follows is part of the text.
            Self::BadEntity(found) => Self::BadEntity(Hidden(&found).to_string()),
            Self::UndeclaredPrefix(prefix) => Self::UndeclaredPrefix(name(prefix)),
            // Names of encodings are noted only if they are known.
            error => error,
        }
    }
}

/// Which encodings are decoded, for messages.
const DECODED: &str = if cfg!(feature = "encodings") {
    "UTF-8, UTF-16, US-ASCII, ISO-8859-1 and windows-1252 are"
} else {
    "without the feature `encodings` only UTF-8 is"
};

impl fmt::Display for XmlError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::UnexpectedEnd => f.write_str("the document ends before its root element does"),
            Self::BadMarkup => f.write_str("a `<` that begins no tag"),
            Self::BadName => f.write_str("a tag or attribute without a proper name"),
            Self::BadAttribute => f.write_str("an attribute without a quoted value"),
            Self::MismatchedEnd { open, closed } => {
                let (open, closed) = (OneLine(open), OneLine(closed));
                write!(f, "</{closed}> where </{open}> must come first")
            }
            Self::BadEntity(name) => write!(f, "an unknown entity after `&`: {}", OneLine(name)),
            Self::BadCharacter(code) => {
                write!(f, "the character U+{code:04X}, which XML does not allow")
            }
            Self::BadUtf8 => f.write_str("bytes that are not UTF-8"),
            Self::UndeclaredPrefix(prefix) => {
                write!(f, "the undeclared prefix `{}`", OneLine(prefix))
            }
            Self::DocumentType => {
                f.write_str("a document type declaration, which is refused for safety")
            }
            Self::Encoding(name) => {
                write!(f, "the encoding {name} is not decoded; {DECODED}")
            }
            Self::NotTheEncoding(name) => {
                write!(f, "the document is not in {name}, as it says")
            }
            Self::BadEncoding(name) => write!(f, "bytes that are not {name}"),
            Self::OutsideRoot => f.write_str("content outside the root element"),
        }
    }
}

impl std::error::Error for XmlError {}
