//! Documents with text that a parser of JSON refuses or that XML cannot carry, mended before they
//! are parsed, as the XML reader does it. So one broken name does not cost the whole response.
//!
//! Only what is within strings is changed, and the byte order mark before the document. Anything
//! else that is wrong is left to the parser.

use std::borrow::Cow;
use std::str::Utf8Error;

use crate::decode::JsonTextError;
use crate::surrogates;
use crate::xml::scan;
use crate::xml::text::is_allowed;

/// What is put in place of what is not text.
const MARK: &str = "\u{FFFD}";

const BYTE_ORDER_MARK: &[u8] = b"\xEF\xBB\xBF";

/// The document with everything mended, borrowed if there is nothing to mend. If `strict`, the
/// first problem and its offset.
pub(super) fn mend(json: &[u8], strict: bool) -> Result<Cow<'_, str>, (JsonTextError, usize)> {
    let valid = std::str::from_utf8(json);
    let mut mended = String::new();
    let mut copied = 0;
    for edit in Edits::new(json, valid) {
        if strict {
            return Err((edit.problem, edit.start));
        }
        if copied == 0 {
            mended.reserve_exact(mended_length(json).unwrap_or_default());
        }
        // All of it is valid, as everything between two edits.
        mended.push_str(&String::from_utf8_lossy(&json[copied..edit.start]));
        mended.push_str(edit.replacement);
        copied = edit.end;
    }
    match valid {
        Ok(text) if copied == 0 => Ok(Cow::Borrowed(text)),
        _ => {
            mended.push_str(&String::from_utf8_lossy(&json[copied..]));
            Ok(Cow::Owned(mended))
        }
    }
}

/// How long the document is with everything mended; `None` if there is nothing to mend.
pub(super) fn mended_length(json: &[u8]) -> Option<usize> {
    let edits = Edits::new(json, std::str::from_utf8(json));
    let lengths = edits.map(|edit| (edit.end - edit.start, edit.replacement.len()));
    let sum = |(removed, added), (length, replacement)| (removed + length, added + replacement);
    let (removed, added): (usize, usize) = lengths.fold((0, 0), sum);
    (removed > 0).then(|| json.len() - removed + added)
}

/// Where in the document that stands which stands at this offset of the mended one.
pub(super) fn original_offset(json: &[u8], mended: usize) -> usize {
    // The ends of the last edit before it, in both.
    let (mut end, mut mended_end) = (0, 0);
    for edit in Edits::new(json, std::str::from_utf8(json)) {
        let mended_start = mended_end + (edit.start - end);
        if mended_start > mended {
            break;
        }
        if mended_start + edit.replacement.len() > mended {
            return edit.start;
        }
        end = edit.end;
        mended_end = mended_start + edit.replacement.len();
    }
    end + (mended - mended_end)
}

/// A part of the document that is not text, and what stands for it.
struct Edit {
    start: usize,
    end: usize,
    replacement: &'static str,
    problem: JsonTextError,
}

/// All edits of a document, in order.
struct Edits<'j> {
    json: &'j [u8],
    position: usize,
    is_in_string: bool,
    /// Where the first bytes after the position begin and end that are not UTF-8.
    invalid: (usize, usize),
}

impl<'j> Edits<'j> {
    fn new(json: &'j [u8], valid: Result<&str, Utf8Error>) -> Self {
        Self {
            json,
            position: 0,
            is_in_string: false,
            invalid: invalid(json, 0, valid),
        }
    }

    /// The edit of so many bytes at the position.
    fn edit(&mut self, length: usize, replacement: &'static str, problem: JsonTextError) -> Edit {
        let start = self.position;
        self.position += length;
        Edit {
            start,
            end: self.position,
            replacement,
            problem,
        }
    }

    fn skip<T>(&mut self, length: usize) -> Option<T> {
        self.position += length;
        None
    }

    /// Looks at the byte at the position, in a string, and goes behind it.
    fn look(&mut self) -> Option<Edit> {
        let rest = self.json.get(self.position..self.invalid.0)?;
        match rest {
            [b'\\', escape, ..] => self.look_at_escape(*escape),
            [control @ 0..0x20, ..] => {
                let replacement = match control {
                    b'\t' => "\\t",
                    b'\n' => "\\n",
                    b'\r' => "\\r",
                    _ => MARK,
                };
                Some(self.edit(1, replacement, JsonTextError::Unescaped(*control)))
            }
            [0xEF, 0xBF, last @ (0xBE | 0xBF), ..] => {
                let code = 0xFF40 | u32::from(*last);
                Some(self.edit(3, MARK, JsonTextError::Character(code)))
            }
            _ => self.skip(1),
        }
    }

    fn look_at_escape(&mut self, escape: u8) -> Option<Edit> {
        let code = match escape {
            b'u' => match self.escaped_code(self.position) {
                Some(code) => code,
                None => return self.skip(2),
            },
            b'b' => 0x8,
            b'f' => 0xC,
            _ => return self.skip(2),
        };
        let length = if escape == b'u' { ESCAPE_LENGTH } else { 2 };
        let is_high = surrogates::is_high(code);
        if is_high || surrogates::is_low(code) {
            let next = self.escaped_code(self.position + ESCAPE_LENGTH);
            if is_high && next.is_some_and(surrogates::is_low) {
                return self.skip(2 * ESCAPE_LENGTH);
            }
            Some(self.edit(length, MARK, JsonTextError::LoneSurrogate(code)))
        } else if char::from_u32(code).is_some_and(is_allowed) {
            self.skip(length)
        } else {
            Some(self.edit(length, MARK, JsonTextError::Character(code)))
        }
    }

    /// The code in an escape such as `\u00e4`, if there is one here.
    fn escaped_code(&self, start: usize) -> Option<u32> {
        let escape = self.json.get(start..start + ESCAPE_LENGTH)?;
        let digits = escape.strip_prefix(b"\\u")?;
        digits.iter().try_fold(0, |code, digit| {
            Some(code << 4 | char::from(*digit).to_digit(16)?)
        })
    }
}

const ESCAPE_LENGTH: usize = "\\u00e4".len();

impl Iterator for Edits<'_> {
    type Item = Edit;

    fn next(&mut self) -> Option<Edit> {
        if self.position == 0 && self.json.starts_with(BYTE_ORDER_MARK) {
            let length = BYTE_ORDER_MARK.len();
            return Some(self.edit(length, "", JsonTextError::ByteOrderMark));
        }
        loop {
            let (start, end) = self.invalid;
            let valid = self.json.get(self.position..start).unwrap_or_default();
            match find(valid, &mut self.is_in_string) {
                Some(length) => {
                    self.position += length;
                    if let Some(edit) = self.look() {
                        return Some(edit);
                    }
                }
                None if start == end => return None,
                // Outside of strings a mark is as wrong as what it stands for.
                None => {
                    self.position = start;
                    let after = std::str::from_utf8(&self.json[end..]);
                    self.invalid = invalid(self.json, end, after);
                    return Some(self.edit(end - start, MARK, JsonTextError::BadUtf8));
                }
            }
        }
    }
}

/// Where the first bytes are that are not UTF-8, given what is found from a position on; at the end
/// if there are none.
fn invalid(json: &[u8], from: usize, found: Result<&str, Utf8Error>) -> (usize, usize) {
    match found {
        Ok(_) => (json.len(), json.len()),
        Err(error) => {
            let start = from + error.valid_up_to();
            let end = error.error_len().map(|length| start + length);
            (start, end.unwrap_or(json.len()))
        }
    }
}

/// Finds the next byte within a string that has to be looked at, and keeps track of where strings
/// begin and end.
fn find(json: &[u8], is_in_string: &mut bool) -> Option<usize> {
    const BLOCK: usize = 64;
    // Without a branch for each byte, so that the compiler can take many at once.
    let (blocks, rest) = json.as_chunks::<BLOCK>();
    for (index, block) in blocks.iter().enumerate() {
        let special = block
            .iter()
            .fold(0, |any, byte| any | u8::from(is_special(*byte)));
        if special == 0 {
            let odd = block
                .iter()
                .fold(0, |odd, byte| odd ^ u8::from(*byte == b'"'));
            *is_in_string ^= odd != 0;
        } else if let Some(found) = find_by_word(block, is_in_string) {
            return Some(index * BLOCK + found);
        }
    }
    find_by_word(rest, is_in_string).map(|found| blocks.len() * BLOCK + found)
}

fn find_by_word(json: &[u8], is_in_string: &mut bool) -> Option<usize> {
    let (words, rest) = json.as_chunks::<8>();
    for (index, bytes) in words.iter().enumerate() {
        let word = u64::from_le_bytes(*bytes);
        let special =
            scan::below_space(word) | scan::equal(word, b'\\') | scan::equal(word, UNUSUAL);
        let quotes = scan::count(word, b'"');
        // Mostly a line end and the layout after it, outside of strings.
        let nothing_here = special == 0 || (quotes == 0 && !*is_in_string);
        if nothing_here {
            *is_in_string ^= quotes % 2 == 1;
        } else if let Some(found) = find_by_byte(bytes, is_in_string) {
            return Some(index * 8 + found);
        }
    }
    find_by_byte(rest, is_in_string).map(|found| words.len() * 8 + found)
}

fn find_by_byte(json: &[u8], is_in_string: &mut bool) -> Option<usize> {
    json.iter().position(|byte| {
        *is_in_string ^= *byte == b'"';
        *is_in_string && is_special(*byte)
    })
}

/// Begins U+FFFE and U+FFFF, and few other characters.
const UNUSUAL: u8 = 0xEF;

/// Whether the byte may be, or begin, something to mend within a string.
fn is_special(byte: u8) -> bool {
    (byte < 0x20) | (byte == b'\\') | (byte == UNUSUAL)
}
