//! How much a decoder takes before it refuses.

use std::fmt;

use super::error::DecodeErrorKind;
use crate::budget::OverBudget;

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
    /// allow or that are written as two halves, and undeclared prefixes; forms of values that XML
    /// Schema does not have. Of JSON also control characters that are not escaped, and a byte order
    /// mark.
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
    /// How deep elements may be nested, at most [`Self::MAX_DEPTH`]. Default 200; real responses stay
    /// below 40. JSON may be nested as deep, but no deeper than 127 objects and arrays.
    pub depth: usize,
    /// How many attributes an element may have. Default 64.
    pub attributes: usize,
    /// How many declarations of namespaces may be in force at a time: those of an element and of all
    /// around it. Default 256; real responses have fewer than 20. Their total length is limited by
    /// `tag_bytes`.
    pub namespaces: usize,
    /// The maximum length of one tag, in bytes, and of all namespace declarations in force
    /// together. Default 64 KiB; real tags stay below 1 KiB.
    pub tag_bytes: usize,
    /// How long one name may be, in bytes: of an element, attribute or prefix, of a type, of a member
    /// in JSON. Default 1024; real names stay below 100. The names of all open elements are kept in
    /// memory: at most `depth` times this.
    pub name_bytes: usize,
    /// How long the text between two tags may be, or one comment, in bytes. Default 16 MiB; longer
    /// ones would take long to make a value of, which nothing can interrupt.
    pub token_bytes: usize,
    /// How much memory decoding may take at any time, in bytes: the value, and what is kept to
    /// build it. Default 512 MiB.
    ///
    /// Every allocation counts, with what the allocator needs for it. While a list grows, the old
    /// and the new memory count, so that a value may take up to the whole of this, but one that is
    /// little more than a single list only a third.
    ///
    /// One response does not hold an inventory: the names and states of all 45,000 virtual machines
    /// that a vCenter may have take some 60 MiB, the whole configuration of one some 100 KiB. Ask
    /// for pages rather than for more memory.
    pub decoded_bytes: u64,
    /// How much of the details of a fault is decoded into types, in bytes of XML, with references
    /// counted as their longest form. Default 256 KiB; real ones take a few thousand. What is longer
    /// is kept as it was sent.
    pub fault_bytes: usize,
    /// How long a response of the JSON protocol may be, in bytes, which is received as a whole
    /// before it is decoded. Default 128 MiB. It counts as part of `decoded_bytes`.
    pub json_bytes: usize,
}

impl Limits {
    /// The maximum of [`Self::depth`]: a larger number counts as this one. Values are encoded up to
    /// this depth too.
    pub const MAX_DEPTH: usize = 1000;
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            depth: 200,
            attributes: 64,
            namespaces: 256,
            tag_bytes: 64 << 10,
            name_bytes: 1 << 10,
            token_bytes: 16 << 20,
            decoded_bytes: 512 << 20,
            fault_bytes: 256 << 10,
            json_bytes: 128 << 20,
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
    /// [`Limits::namespaces`]
    Namespaces,
    /// [`Limits::tag_bytes`]
    TagBytes,
    /// [`Limits::name_bytes`]
    NameBytes,
    /// [`Limits::token_bytes`]
    TokenBytes,
    /// [`Limits::decoded_bytes`]
    DecodedBytes,
    /// [`Limits::fault_bytes`]
    FaultBytes,
}

impl fmt::Display for Limit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Depth => "elements are nested too deep (limit `depth`)",
            Self::Attributes => "an element has too many attributes (limit `attributes`)",
            Self::Namespaces => {
                "too many or too long declarations of namespaces are in force (limit `namespaces`)"
            }
            Self::TagBytes => "a tag is too long (limit `tag_bytes`)",
            Self::NameBytes => "a name is too long (limit `name_bytes`)",
            Self::TokenBytes => "a text is too long (limit `token_bytes`)",
            Self::DecodedBytes => "the value takes too much memory (limit `decoded_bytes`)",
            Self::FaultBytes => "the detail of a fault is too long (limit `fault_bytes`)",
        })
    }
}

impl From<OverBudget> for DecodeErrorKind {
    fn from(_: OverBudget) -> Self {
        Self::Limit(Limit::DecodedBytes)
    }
}
