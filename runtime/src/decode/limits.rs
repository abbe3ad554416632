//! How much a decoder takes before it refuses.

use std::fmt;

use super::error::DecodeErrorKind;

/// How a response is decoded.
#[derive(Clone, Debug, Default)]
#[non_exhaustive]
pub struct DecodeOptions {
    /// Keep elements and attributes that a type does not have in the object's
    /// [`Extra`](crate::Extra). Those of a type that is itself unknown are always kept. Attributes
    /// of an element that holds a scalar have no place to be kept in.
    pub keep_unknown: bool,
    /// Report as an error whatever differs from the schema, which is otherwise put up with: unknown
    /// elements, attributes, types and enum values; elements that are missing, repeated or in
    /// another order; text between elements; text that is not UTF-8, characters that XML does not
    /// allow, and undeclared prefixes.
    ///
    /// For finding out what a server really sends: those in use do differ.
    pub strict: bool,
    /// How much is taken before decoding stops.
    pub limits: Limits,
}

/// How much is taken before decoding stops with an error, against hostile or broken servers.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Limits {
    /// How deep elements may be nested. Default 200; real responses stay below 40.
    pub depth: usize,
    /// How many attributes an element may have. Default 64.
    pub attributes: usize,
    /// How long one tag may be, in bytes. Default 64 KiB. All open tags are remembered, so times
    /// `depth` this bounds the memory that they take.
    pub tag_bytes: usize,
    /// How long one text, section or comment may be, in bytes. Default 64 MiB.
    pub token_bytes: usize,
    /// How much memory the decoded value may take, in bytes. Default 4 GiB.
    pub decoded_bytes: u64,
    /// How long a response of the JSON protocol may be, in bytes, which is read as a whole before it
    /// is decoded. Default 1 GiB.
    pub json_bytes: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            depth: 200,
            attributes: 64,
            tag_bytes: 64 << 10,
            token_bytes: 64 << 20,
            decoded_bytes: 4 << 30,
            json_bytes: 1 << 30,
        }
    }
}

/// A limit that was exceeded.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Limit {
    /// [`Limits::depth`]
    Depth,
    /// [`Limits::attributes`]
    Attributes,
    /// [`Limits::tag_bytes`]
    TagBytes,
    /// [`Limits::token_bytes`]
    TokenBytes,
    /// [`Limits::decoded_bytes`]
    DecodedBytes,
}

impl fmt::Display for Limit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Depth => "elements are nested too deep (limit `depth`)",
            Self::Attributes => "an element has too many attributes (limit `attributes`)",
            Self::TagBytes => "a tag is too long (limit `tag_bytes`)",
            Self::TokenBytes => "a text is too long (limit `token_bytes`)",
            Self::DecodedBytes => "the value takes too much memory (limit `decoded_bytes`)",
        })
    }
}

/// What is left of [`Limits::decoded_bytes`].
#[derive(Debug)]
pub(super) struct Budget(u64);

impl Budget {
    pub(super) fn new(limits: &Limits) -> Self {
        Self(limits.decoded_bytes)
    }

    pub(super) fn allows(&self, bytes: usize) -> bool {
        bytes as u64 <= self.0
    }

    pub(super) fn take(&mut self, bytes: usize) -> Result<(), DecodeErrorKind> {
        match self.0.checked_sub(bytes as u64) {
            Some(left) => {
                self.0 = left;
                Ok(())
            }
            None => Err(DecodeErrorKind::Limit(Limit::DecodedBytes)),
        }
    }
}
