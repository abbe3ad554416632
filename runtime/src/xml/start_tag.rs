//! The start tag that was read last.

use super::attributes::Attributes;

/// Where a part of the present input stands.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Span {
    pub(super) start: usize,
    pub(super) end: usize,
}

impl Span {
    #[inline]
    pub(super) fn of(self, input: &[u8]) -> &[u8] {
        input.get(self.start..self.end).unwrap_or_default()
    }
}

/// Where the parts of a start tag stand. Few numbers, as one is written for every element.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct TagSpans {
    pub(super) name: Span,
    /// Where the name begins that follows the prefix.
    pub(super) local_start: usize,
    /// The attributes stand between this and the name.
    pub(super) attributes_end: usize,
    /// The value of `xsi:type`.
    pub(super) type_name: Option<Span>,
    /// Whether `xsi:nil` is true.
    pub(super) is_nil: bool,
}

impl TagSpans {
    /// A tag whose name, without prefix, stands here.
    #[inline]
    pub(super) fn with_name(name: Span) -> Self {
        Self {
            name,
            local_start: name.start,
            attributes_end: name.end,
            type_name: None,
            is_nil: false,
        }
    }

    /// The name without prefix.
    #[inline]
    pub(super) fn local(&self) -> Span {
        Span {
            start: self.local_start,
            end: self.name.end,
        }
    }

    pub(super) fn attributes(&self) -> Span {
        Span {
            start: self.name.end,
            end: self.attributes_end,
        }
    }
}

/// A start tag.
#[derive(Clone, Copy, Debug)]
pub(crate) struct StartTag<'i> {
    pub(super) name: &'i [u8],
    local: &'i [u8],
    pub(super) attributes: &'i [u8],
    /// The `xsi:type`, still with its prefix.
    pub(crate) type_name: Option<&'i [u8]>,
}

impl<'i> StartTag<'i> {
    pub(super) fn new(spans: &TagSpans, input: &'i [u8]) -> Self {
        Self {
            name: spans.name.of(input),
            local: spans.local().of(input),
            attributes: spans.attributes().of(input),
            type_name: spans.type_name.map(|span| span.of(input)),
        }
    }

    /// The name without prefix.
    pub(crate) fn local(&self) -> &'i [u8] {
        self.local
    }

    /// The value of an attribute without prefix.
    pub(crate) fn attribute(&self, name: &str) -> Option<&'i [u8]> {
        Attributes(self.attributes)
            .filter_map(Result::ok)
            .find(|attribute| attribute.prefix.is_empty() && attribute.local == name.as_bytes())
            .map(|attribute| attribute.value)
    }
}
