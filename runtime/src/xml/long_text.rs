//! Where a long text may be cut, so that its parts mean together what the whole means.

use memchr::{memchr, memrchr};

/// Of a text that is longer, so many bytes are handed on at a time. No part of a response then takes
/// long to resolve, and little is kept of what is passed over.
pub(super) const PART: usize = 64 << 10;

/// Where a text may be cut that goes on behind these bytes: not within a reference, not between two
/// that stand for one character together, not within a line end or a character.
pub(super) fn text_cut(text: &[u8]) -> usize {
    let mut end = text.len();
    if let Some(ampersand) = memrchr(b'&', text)
        && memchr(b';', &text[ampersand..]).is_none()
    {
        end = ampersand;
    }
    if let [before @ .., b';'] = &text[..end]
        && let Some(ampersand) = memrchr(b'&', before)
        && is_first_of_two(&before[ampersand + 1..])
    {
        end = ampersand;
    }
    nearest_cut(text, end)
}

/// The same for a section, in which nothing is a reference, and whose end may have begun.
pub(super) fn section_cut(text: &[u8]) -> usize {
    let begun = text.iter().rev().take(2).take_while(|byte| **byte == b']');
    let end = text.len() - begun.count();
    nearest_cut(text, end)
}

/// At or before this place: not within a line end or a character. What cannot be cut by these rules
/// is broken, and is cut where it ends.
fn nearest_cut(text: &[u8], end: usize) -> usize {
    let head = &text[..end];
    let continued = head
        .iter()
        .rev()
        .take(3)
        .take_while(|byte| **byte & 0xC0 == 0x80);
    let continued = continued.count();
    let end = match head[..end - continued] {
        [.., b'\r'] if continued == 0 => end - 1,
        [.., first] if length_of_character(first) > 1 + continued => end - continued - 1,
        _ => end,
    };
    if end == 0 { text.len() } else { end }
}

/// How many bytes the character has that begins with this one.
fn length_of_character(first: u8) -> usize {
    match first {
        0xC0..=0xDF => 2,
        0xE0..=0xEF => 3,
        0xF0..=0xF7 => 4,
        _ => 1,
    }
}

/// Whether the reference `&name;` may be the first of two that stand for one character: some write
/// characters as UTF-16 has them.
fn is_first_of_two(name: &[u8]) -> bool {
    let (digits, radix) = match name {
        [b'#', b'x', digits @ ..] => (digits, 16),
        [b'#', digits @ ..] => (digits, 10),
        _ => return false,
    };
    let digits = std::str::from_utf8(digits).unwrap_or_default();
    u32::from_str_radix(digits, radix).is_ok_and(|code| (0xD800..0xDC00).contains(&code))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::xml::text::{unescape, verbatim};

    /// Texts of everything that must not be cut, in all orders, each at every length.
    fn texts(parts: &[&[u8]]) -> Vec<Vec<u8>> {
        let mut texts = vec![Vec::new()];
        for _ in 0..3 {
            let longer = texts.iter().flat_map(|text| {
                let with = |part: &&[u8]| [&text[..], part].concat();
                parts.iter().map(with)
            });
            texts = longer.collect();
        }
        texts
    }

    fn assert_cut(text: &[u8], cut: fn(&[u8]) -> usize, read: fn(&[u8]) -> String) {
        for length in 1..text.len() {
            let at = cut(&text[..length]);
            assert!(0 < at && at <= length, "{}", text.escape_ascii());
            let parts = read(&text[..at]) + &read(&text[at..]);
            assert_eq!(parts, read(text), "{} at {at}", text.escape_ascii());
        }
    }

    #[test]
    fn the_parts_of_a_text_are_the_whole() {
        let parts: [&[u8]; 12] = [
            b"x",
            b"x&amp;",
            b"x&#xD83D;&#xDE00;",
            b"x&#55357;&#56832;",
            b"x&#x41;",
            b"x\r\n",
            b"x\r",
            "x\u{e9}".as_bytes(),
            "x\u{20ac}".as_bytes(),
            "x\u{1f600}".as_bytes(),
            b"x\x80\x80\x80\x80\x80",
            b"x\xE2\x82",
        ];
        for text in texts(&parts) {
            assert_cut(&text, text_cut, |text| {
                unescape(text, false)
                    .expect("known references")
                    .into_owned()
            });
        }
    }

    #[test]
    fn the_parts_of_a_section_are_the_whole_and_its_end_is_left_whole() {
        let parts: [&[u8]; 6] = [
            b"x]",
            b"x]]",
            b"x\r\n",
            b"x\r",
            b"x&",
            "x\u{1f600}".as_bytes(),
        ];
        for text in texts(&parts) {
            assert_cut(&text, section_cut, |text| {
                verbatim(text, false).expect("any text").into_owned()
            });
            let ended = [&text[..], b"]]>"].concat();
            for length in text.len()..ended.len() {
                assert!(section_cut(&ended[..length]) <= text.len());
            }
        }
    }

    #[test]
    fn what_is_nothing_but_one_broken_thing_is_cut_where_it_ends() {
        for text in [&b"&xxxxxxxx"[..], b"\r", b"\xF0\x9F\x98"] {
            assert_eq!(text_cut(text), text.len());
        }
        assert_eq!(section_cut(b"]]"), 2);
    }
}
