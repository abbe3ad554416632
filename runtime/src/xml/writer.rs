//! Writes elements into a buffer, escaping what must be escaped.

use std::fmt::{Display, Write as _};

use bytes::Bytes;

use super::name::is_strict_name;
use super::scan;
use super::text::is_allowed;
use crate::wiped::TextBuffer;

/// A document under construction.
#[derive(Default)]
pub(crate) struct XmlWriter {
    buffer: TextBuffer,
}

impl XmlWriter {
    pub(crate) fn new() -> Self {
        Self::default()
    }

    /// A writer of a request, whose memory is zeroed after use.
    pub(crate) fn for_request() -> Self {
        Self {
            buffer: TextBuffer::for_request(),
        }
    }

    pub(crate) fn into_string(self) -> String {
        self.buffer.into_string()
    }

    /// The document as the body of a request.
    pub(crate) fn into_body(self) -> Bytes {
        self.buffer.into_body()
    }

    /// Text that is known to be well-formed.
    pub(crate) fn markup(&mut self, markup: &str) {
        self.buffer.push_str(markup);
    }

    /// A whole number.
    pub(crate) fn integer(&mut self, value: impl itoa::Integer) {
        self.buffer.push_str(itoa::Buffer::new().format(value));
    }

    /// A scalar whose text holds nothing to escape.
    pub(crate) fn plain(&mut self, value: impl Display) {
        // Writing to a string cannot fail.
        let _ = write!(self.buffer, "{value}");
    }

    /// `<name`, to be followed by attributes and [`Self::close_tag`], for a name that comes from
    /// the user or from a server.
    pub(crate) fn open_tag_checked(&mut self, name: &str) -> Result<(), WriteError> {
        Self::check_name(name)?;
        self.open_tag(name);
        Ok(())
    }

    /// Whether it can be the name of an element or attribute, without prefix, by the fifth edition
    /// of XML 1.0.
    pub(crate) fn check_name(name: &str) -> Result<(), WriteError> {
        if is_strict_name(name) {
            Ok(())
        } else {
            Err(WriteError::Name(name.to_owned()))
        }
    }

    /// `<name`, to be followed by attributes and [`Self::close_tag`].
    pub(crate) fn open_tag(&mut self, name: &str) {
        self.buffer.push_parts(["<", name]);
    }

    /// `>`
    pub(crate) fn close_tag(&mut self) {
        self.buffer.push_str(">");
    }

    /// `</name>`
    pub(crate) fn end(&mut self, name: &str) {
        self.buffer.push_parts(["</", name, ">"]);
    }

    /// ` name="value"`
    pub(crate) fn attribute(&mut self, name: &str, value: &str) -> Result<(), WriteError> {
        self.buffer.push_parts([" ", name, "=\""]);
        self.escape(value, Context::Attribute)?;
        self.buffer.push_str("\"");
        Ok(())
    }

    /// Text within an element.
    pub(crate) fn text(&mut self, text: &str) -> Result<(), WriteError> {
        self.escape(text, Context::Text)
    }

    fn escape(&mut self, text: &str, context: Context) -> Result<(), WriteError> {
        if scan::needs_no_escape(text.as_bytes()) {
            self.buffer.push_str(text);
            return Ok(());
        }
        let mut plain = 0;
        for (at, character) in text.char_indices() {
            let reference = match character {
                '&' => "&amp;",
                '<' => "&lt;",
                '>' => "&gt;",
                '"' if context == Context::Attribute => "&quot;",
                // Unescaped, the reader on the other side would take it for a line end.
                '\r' => "&#13;",
                '\n' if context == Context::Attribute => "&#10;",
                '\t' if context == Context::Attribute => "&#9;",
                character if is_allowed(character) => continue,
                illegal => return Err(WriteError::Character(illegal)),
            };
            self.buffer.push_str(&text[plain..at]);
            self.buffer.push_str(reference);
            plain = at + character.len_utf8();
        }
        self.buffer.push_str(&text[plain..]);
        Ok(())
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Context {
    Text,
    Attribute,
}

/// Why something cannot be written as XML.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum WriteError {
    /// A character that XML 1.0 cannot carry.
    Character(char),
    /// The name of an element or attribute that is none.
    Name(String),
}
