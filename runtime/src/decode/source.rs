//! Where a value is read from.

use crate::xml::reader::Reader;
use crate::xml::start_tag::StartTag;

/// The start tag read last, and where the rest of its element comes from.
pub(super) struct Source<'r, 'i> {
    pub(super) reader: &'r mut Reader,
    pub(super) input: &'i [u8],
}

impl<'i> Source<'_, 'i> {
    /// The start tag with all its parts.
    pub(super) fn tag(&self) -> StartTag<'i> {
        self.reader.tag(self.input)
    }

    /// The element's name without prefix.
    #[inline]
    pub(super) fn local(&self) -> &'i [u8] {
        self.reader.tag_local(self.input)
    }

    /// Whether `xsi:nil` is true.
    #[inline]
    pub(super) fn is_nil(&self) -> bool {
        self.reader.tag_is_nil()
    }

    /// The `xsi:type`, still with its prefix.
    #[inline]
    pub(super) fn type_name(&self) -> Option<&'i [u8]> {
        self.reader.tag_type(self.input)
    }
}
