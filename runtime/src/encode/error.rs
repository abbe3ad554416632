//! Why a value cannot be sent.

use std::fmt;

/// A value that cannot be sent, and where it stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EncodeError {
    /// The field, such as `spec/deviceChange[0]/device/deviceInfo/label`.
    path: String,
    character: char,
}

impl EncodeError {
    pub(crate) fn new(character: char) -> Self {
        Self {
            path: String::new(),
            character,
        }
    }

    /// The same error, seen from the element around it.
    pub(crate) fn within(mut self, name: &str, index: Option<usize>) -> Self {
        let step = match index {
            Some(index) => format!("{name}[{index}]"),
            None => name.to_owned(),
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

    /// The character that XML 1.0 cannot carry.
    #[must_use]
    pub fn character(&self) -> char {
        self.character
    }
}

impl fmt::Display for EncodeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let code = u32::from(self.character);
        write!(
            f,
            "{} holds the character U+{code:04X}, which XML cannot carry",
            self.path
        )
    }
}

impl std::error::Error for EncodeError {}
