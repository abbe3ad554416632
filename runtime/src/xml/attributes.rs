//! The attributes of a start tag.

use super::error::XmlError;
use super::name::name_length;
use super::scan;
use super::space::trim_start;

/// One attribute as it stands in the input, references in the value unresolved.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Attribute<'i> {
    /// The prefix, empty for none.
    pub(crate) prefix: &'i [u8],
    /// The name without prefix.
    pub(crate) local: &'i [u8],
    /// What stands between the quotes.
    pub(crate) value: &'i [u8],
    /// How many bytes of the tag there are behind the value.
    pub(crate) left: usize,
}

/// The attributes of a start tag in order.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Attributes<'i>(pub(crate) &'i [u8]);

impl<'i> Iterator for Attributes<'i> {
    type Item = Result<Attribute<'i>, XmlError>;

    fn next(&mut self) -> Option<Self::Item> {
        let rest = trim_start(self.0);
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

/// The attribute at the start of the input, and what follows it.
fn split_attribute(input: &[u8]) -> Option<(Attribute<'_>, &[u8])> {
    let (first, rest) = split_plain_name(input)?;
    let (prefix, local, rest) = match rest {
        [b':', rest @ ..] => {
            let (local, rest) = split_plain_name(rest)?;
            (first, local, rest)
        }
        rest => (&[][..], first, rest),
    };
    let rest = trim_start(rest).strip_prefix(b"=")?;
    let (quote, rest) = trim_start(rest).split_first()?;
    if !matches!(quote, b'"' | b'\'') {
        return None;
    }
    let end = scan::first_of([*quote, b'<'], rest)?;
    let after = rest[end..].strip_prefix(&[*quote])?;
    Some((
        Attribute {
            prefix,
            local,
            value: &rest[..end],
            left: rest.len() - end,
        },
        after,
    ))
}

/// The name without prefix at the start of the input, and what follows it.
fn split_plain_name(input: &[u8]) -> Option<(&[u8], &[u8])> {
    input
        .split_at_checked(name_length(input))
        .filter(|(name, _)| !name.is_empty())
}
