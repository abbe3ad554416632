//! The attributes of a start tag.

use memchr::memchr;

use super::error::XmlError;
use super::name::{is_qualified_name, split_name};

/// One attribute as it stands in the input, references in the value unresolved.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Attribute<'i> {
    /// The prefix, empty for none.
    pub(crate) prefix: &'i [u8],
    /// The name without prefix.
    pub(crate) local: &'i [u8],
    /// What stands between the quotes.
    pub(crate) value: &'i [u8],
}

/// The attributes of a start tag in order.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Attributes<'i>(pub(crate) &'i [u8]);

impl<'i> Iterator for Attributes<'i> {
    type Item = Result<Attribute<'i>, XmlError>;

    fn next(&mut self) -> Option<Self::Item> {
        let rest = self.0.trim_ascii_start();
        if rest.is_empty() {
            return None;
        }
        let attribute = split_attribute(rest);
        self.0 = attribute.map_or(&[][..], |(_, rest)| rest);
        Some(
            attribute
                .map(|(attribute, _)| attribute)
                .ok_or(XmlError::BadAttribute),
        )
    }
}

fn split_attribute(input: &[u8]) -> Option<(Attribute<'_>, &[u8])> {
    let equals = memchr(b'=', input)?;
    let name = input[..equals].trim_ascii_end();
    if !is_qualified_name(name) {
        return None;
    }
    let rest = input[equals + 1..].trim_ascii_start();
    let (quote, rest) = rest.split_first()?;
    if !matches!(quote, b'"' | b'\'') {
        return None;
    }
    let end = memchr(*quote, rest)?;
    let (prefix, local) = split_name(name);
    let value = &rest[..end];
    if memchr(b'<', value).is_some() {
        return None;
    }
    Some((
        Attribute {
            prefix,
            local,
            value,
        },
        &rest[end + 1..],
    ))
}
