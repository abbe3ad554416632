//! Characters written as their two halves in UTF-16.

/// Whether the code is the first half of a character.
pub(crate) fn is_high(code: u32) -> bool {
    matches!(code, 0xD800..=0xDBFF)
}

/// Whether the code is the second half of a character.
pub(crate) fn is_low(code: u32) -> bool {
    matches!(code, 0xDC00..=0xDFFF)
}

/// The character whose halves these codes are, if they are such.
pub(crate) fn pair(high: u32, low: u32) -> Option<char> {
    if !is_high(high) || !is_low(low) {
        return None;
    }
    char::from_u32(0x1_0000 + ((high - 0xD800) << 10) + (low - 0xDC00))
}
