//! Names of elements and attributes.

use super::scan;

/// How many bytes at the beginning are those of a name without prefix.
pub(crate) fn name_length(input: &[u8]) -> usize {
    match input.split_first() {
        Some((first, rest)) if BYTES[usize::from(*first)] & BEGINS != 0 => {
            let ends = |byte: &u8| BYTES[usize::from(*byte)] & GOES_ON == 0;
            1 + rest.iter().position(ends).unwrap_or(rest.len())
        }
        _ => 0,
    }
}

/// Whether it can be a name without prefix. Of characters beyond ASCII all are taken; which of
/// them XML allows in names differs between its editions.
pub(crate) fn is_name(name: &[u8]) -> bool {
    !name.is_empty() && name_length(name) == name.len()
}

/// Whether it is a name without prefix by the fifth edition of XML 1.0, whose names those of the
/// editions before it are too.
pub(crate) fn is_strict_name(name: &str) -> bool {
    let begins = |character: char| match character {
        'a'..='z' | 'A'..='Z' | '_' => true,
        '\u{C0}'..='\u{2FF}' => !matches!(character, '\u{D7}' | '\u{F7}'),
        '\u{370}'..='\u{1FFF}' => character != '\u{37E}',
        '\u{200C}' | '\u{200D}' | '\u{2070}'..='\u{218F}' | '\u{2C00}'..='\u{2FEF}' => true,
        '\u{3001}'..='\u{D7FF}' | '\u{F900}'..='\u{FDCF}' | '\u{FDF0}'..='\u{FFFD}' => true,
        '\u{10000}'..='\u{EFFFF}' => true,
        _ => false,
    };
    let goes_on = |character: char| {
        begins(character)
            || matches!(
                character,
                '-' | '.' | '0'..='9' | '\u{B7}' | '\u{300}'..='\u{36F}' | '\u{203F}' | '\u{2040}'
            )
    };
    let mut characters = name.chars();
    characters.next().is_some_and(begins) && characters.all(goes_on)
}

/// Whether it can be a name with or without prefix.
pub(crate) fn is_qualified_name(name: &[u8]) -> bool {
    is_name(name)
        || memchr::memchr(b':', name)
            .is_some_and(|colon| is_name(&name[..colon]) && is_name(&name[colon + 1..]))
}

/// `prefix:local`, the prefix empty where there is none.
pub(crate) fn split_name(name: &[u8]) -> (&[u8], &[u8]) {
    match scan::first_of(*b":", name) {
        Some(colon) => (&name[..colon], &name[colon + 1..]),
        None => (&[], name),
    }
}

const BEGINS: u8 = 1;
const GOES_ON: u8 = 2;

/// Where in a name each byte may stand.
const BYTES: [u8; 256] = {
    let mut bytes = [0; 256];
    let mut byte = 0;
    while byte < 256 {
        bytes[byte] = match byte as u8 {
            b'a'..=b'z' | b'A'..=b'Z' | b'_' | 0x80.. => BEGINS | GOES_ON,
            b'0'..=b'9' | b'-' | b'.' => GOES_ON,
            _ => 0,
        };
        byte += 1;
    }
    bytes
};
