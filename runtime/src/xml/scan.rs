//! Looking at many bytes at once: eight of them in one machine word.
//!
//! What is looked for here is mostly a few bytes away, where calling a search that is made for long
//! distances takes longer than the search.

const ONES: u64 = u64::from_le_bytes([1; 8]);
const HIGHEST_BITS: u64 = u64::from_le_bytes([0x80; 8]);

/// Finds the `<` that ends a text, and whether the text before it stands for itself: all of it is
/// ASCII, without references and control characters.
pub(crate) fn text_end(input: &[u8]) -> Option<(usize, bool)> {
    let (words, rest) = input.as_chunks::<8>();
    let mut special = 0;
    for (index, word) in words.iter().enumerate() {
        let word = u64::from_le_bytes(*word);
        let ends = equal(word, b'<');
        let here = word | equal(word, b'&') | below_space(word);
        if ends != 0 {
            // The first byte is the lowest, so what stands before the end are the bits below.
            special |= here & (ends & ends.wrapping_neg()).wrapping_sub(1);
            let end = index * 8 + ends.trailing_zeros() as usize / 8;
            return Some((end, special & HIGHEST_BITS == 0));
        }
        special |= here;
    }
    let length = rest.iter().position(|byte| *byte == b'<')?;
    let is_plain = |byte: &u8| matches!(byte, b' '..=0x7F) && *byte != b'&';
    let plain = special & HIGHEST_BITS == 0 && rest[..length].iter().all(is_plain);
    Some((words.len() * 8 + length, plain))
}

/// Whether a text can stand in an element or an attribute as it is: all of it is ASCII, and nothing
/// in it is markup or a control character.
pub(crate) fn needs_no_escape(text: &[u8]) -> bool {
    let (words, rest) = text.as_chunks::<8>();
    let special = words.iter().fold(0, |special, word| {
        let word = u64::from_le_bytes(*word);
        let markup = b"&<>\""
            .iter()
            .fold(0, |found, byte| found | equal(word, *byte));
        special | word | below_space(word) | markup
    });
    let is_plain = |byte: &u8| matches!(byte, b' '..=0x7F) && !b"&<>\"".contains(byte);
    special & HIGHEST_BITS == 0 && rest.iter().all(is_plain)
}

/// Where the first of these bytes stands.
#[inline]
pub(crate) fn first_of<const N: usize>(sought: [u8; N], input: &[u8]) -> Option<usize> {
    let (words, rest) = input.as_chunks::<8>();
    for (index, word) in words.iter().enumerate() {
        let word = u64::from_le_bytes(*word);
        let found = sought
            .iter()
            .fold(0, |found, byte| found | equal(word, *byte));
        if found != 0 {
            return Some(index * 8 + found.trailing_zeros() as usize / 8);
        }
    }
    let found = rest.iter().position(|byte| sought.contains(byte))?;
    Some(words.len() * 8 + found)
}

/// Whether both are the same; inline, as names are short and compared often.
#[inline]
pub(crate) fn same(one: &[u8], other: &[u8]) -> bool {
    if one.len() != other.len() {
        return false;
    }
    match one.len() {
        8..=16 => {
            // Two words, which overlap in what is shorter than both.
            one.first_chunk::<8>() == other.first_chunk()
                && one.last_chunk::<8>() == other.last_chunk()
        }
        4..8 => {
            one.first_chunk::<4>() == other.first_chunk()
                && one.last_chunk::<4>() == other.last_chunk()
        }
        0..4 => one.iter().eq(other),
        _ => one == other,
    }
}

/// A number for a name, to find it in a table. It depends on how the name begins and ends: related
/// names begin alike or end alike, and few do both.
#[inline]
pub(crate) fn mixed(name: &[u8]) -> usize {
    /// An odd number without pattern, which spreads every bit of a factor over the upper half.
    const MIXER: u64 = 0x9E37_79B9_7F4A_7C15;
    let (head, tail) = match (name.first_chunk(), name.last_chunk()) {
        (Some(head), Some(tail)) => (u64::from_le_bytes(*head), u64::from_le_bytes(*tail)),
        _ => {
            let shift = |all, byte: &u8| all << 8 | u64::from(*byte);
            (name.iter().fold(0, shift), 0)
        }
    };
    let mixed = (head ^ tail.rotate_left(21) ^ name.len() as u64).wrapping_mul(MIXER);
    (mixed >> 32) as usize
}

/// The highest bit of the first byte that is this one, and of bytes before it none.
pub(crate) fn equal(word: u64, byte: u8) -> u64 {
    let difference = word ^ (ONES * u64::from(byte));
    difference.wrapping_sub(ONES) & !difference & HIGHEST_BITS
}

/// The highest bit of the first byte below the space, and of bytes before it none.
pub(crate) fn below_space(word: u64) -> u64 {
    word.wrapping_sub(ONES * 0x20) & !word & HIGHEST_BITS
}

/// How many bytes of the word are this one.
#[cfg(feature = "json")]
pub(crate) fn count(word: u64, byte: u8) -> u32 {
    const LOWER_BITS: u64 = !HIGHEST_BITS;
    let difference = word ^ (ONES * u64::from(byte));
    // No sum reaches the next byte, so each tells of its own.
    let differs = ((difference & LOWER_BITS) + LOWER_BITS) | difference;
    (!differs & HIGHEST_BITS).count_ones()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    #[cfg(feature = "json")]
    fn bytes_are_counted_whatever_is_beside_them() {
        for other in 0..=u8::MAX {
            for present in 0..=u8::MAX {
                let bytes: [u8; 8] =
                    std::array::from_fn(|at| if present >> at & 1 == 1 { b'"' } else { other });
                let expected = bytes.iter().filter(|byte| **byte == b'"').count();
                let counted = count(u64::from_le_bytes(bytes), b'"');
                assert_eq!(counted as usize, expected, "{bytes:?}");
            }
        }
    }

    /// The same by looking at one byte after the other.
    fn slow_text_end(input: &[u8]) -> Option<(usize, bool)> {
        let end = input.iter().position(|byte| *byte == b'<')?;
        let plain = |byte: &u8| (0x20..0x80).contains(byte) && *byte != b'&';
        Some((end, input[..end].iter().all(plain)))
    }

    #[test]
    fn a_text_ends_where_looking_at_each_byte_finds_it() {
        for length in 0..20 {
            for at in 0..length {
                for byte in 0..=u8::MAX {
                    let mut input = vec![b'x'; length];
                    input[at] = byte;
                    assert_eq!(text_end(&input), slow_text_end(&input), "{input:?}");
                    for end in 0..length {
                        let mut ended = input.clone();
                        ended[end] = b'<';
                        assert_eq!(text_end(&ended), slow_text_end(&ended), "{ended:?}");
                    }
                }
            }
        }
    }

    #[test]
    fn what_needs_an_escape_is_found_wherever_it_stands() {
        for length in 0..20 {
            for at in 0..length {
                for byte in 0..=u8::MAX {
                    let mut text = vec![b'x'; length];
                    text[at] = byte;
                    let plain = (0x20..0x80).contains(&byte) && !b"&<>\"".contains(&byte);
                    assert_eq!(needs_no_escape(&text), plain, "{text:?}");
                }
            }
        }
    }

    #[test]
    fn the_first_of_several_bytes_is_found() {
        for length in 0..20 {
            for at in 0..length {
                for byte in 0..=u8::MAX {
                    let mut input = vec![b'x'; length];
                    input[at] = byte;
                    let sought = [b'"', b'\'', b'>'];
                    let found = input.iter().position(|byte| sought.contains(byte));
                    assert_eq!(first_of(sought, &input), found, "{input:?}");
                }
            }
        }
    }

    #[test]
    fn what_differs_in_one_byte_is_not_the_same() {
        for length in 0..40_u8 {
            let one: Vec<u8> = (0..length).collect();
            assert!(same(&one, &one.clone()));
            assert!(!same(&one, &[&one[..], b"x"].concat()));
            for at in 0..one.len() {
                let mut other = one.clone();
                other[at] = b'x';
                assert!(!same(&one, &other), "{one:?} and {other:?}");
            }
        }
    }
}
