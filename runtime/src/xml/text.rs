//! Character data: references resolved, line ends normalised, what is not text marked.

use std::borrow::Cow;

use memchr::memchr;

use super::error::XmlError;
use crate::surrogates;

/// What stands for bytes that are not UTF-8 and for characters that XML does not allow.
const MARK: char = char::REPLACEMENT_CHARACTER;

/// The text of an element.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Text<'i> {
    /// As it stands in the input: ASCII, without references and control characters.
    Plain(&'i [u8]),
    /// Any other, references resolved.
    Resolved(Cow<'i, str>),
}

impl Text<'_> {
    pub(crate) const EMPTY: Self = Self::Plain(&[]);

    /// The text, which is UTF-8 in either case.
    pub(crate) fn as_bytes(&self) -> &[u8] {
        match self {
            Self::Plain(bytes) => bytes,
            Self::Resolved(text) => text.as_bytes(),
        }
    }

    /// The text for what takes nothing but text.
    pub(crate) fn as_str(&self) -> &str {
        match self {
            // ASCII is UTF-8.
            Self::Plain(bytes) => std::str::from_utf8(bytes).unwrap_or_default(),
            Self::Resolved(text) => text,
        }
    }

    pub(crate) fn into_string(self) -> String {
        match self {
            Self::Plain(_) => self.as_str().to_owned(),
            Self::Resolved(Cow::Borrowed(text)) => text.to_owned(),
            // References are longer than what they stand for.
            Self::Resolved(Cow::Owned(mut text)) => {
                text.shrink_to_fit();
                text
            }
        }
    }
}

/// The text that raw character data stands for.
///
/// Servers have sent names with control characters and bytes in other encodings. Unless `strict`,
/// those become U+FFFD, so that one such name does not cost the whole response.
pub(crate) fn unescape(raw: &[u8], strict: bool) -> Result<Cow<'_, str>, XmlError> {
    let text = match std::str::from_utf8(raw) {
        Ok(text) => Cow::Borrowed(text),
        Err(_) if strict => return Err(XmlError::BadUtf8),
        Err(_) => String::from_utf8_lossy(raw),
    };
    if is_plain(&text, b'&') {
        Ok(text)
    } else {
        resolve(&text, strict).map(Cow::Owned)
    }
}

/// Character data of a CDATA section, in which nothing is a reference.
pub(crate) fn verbatim(raw: &[u8], strict: bool) -> Result<Cow<'_, str>, XmlError> {
    let text = match std::str::from_utf8(raw) {
        Ok(text) => Cow::Borrowed(text),
        Err(_) if strict => return Err(XmlError::BadUtf8),
        Err(_) => String::from_utf8_lossy(raw),
    };
    // No byte begins a reference here, so one is looked for that is looked for anyway.
    if is_plain(&text, b'\0') {
        return Ok(text);
    }
    let mut resolved = String::with_capacity(text.len());
    push_plain(&mut resolved, &text, strict)?;
    Ok(Cow::Owned(resolved))
}

/// Whether the text holds neither the byte that begins a reference nor anything that might have to
/// be replaced.
fn is_plain(text: &str, reference: u8) -> bool {
    let suspicious = |byte: u8| {
        let is_control = (byte < 0x20) & (byte != b'\t') & (byte != b'\n');
        // The first byte of U+FFFE and U+FFFF, and of few other characters.
        is_control | (byte == reference) | (byte == 0xEF)
    };
    // Without a branch for each byte, so that the compiler can take many at once.
    !text.as_bytes().chunks(64).any(|chunk| {
        chunk
            .iter()
            .fold(false, |any, &byte| any | suspicious(byte))
    })
}

fn resolve(text: &str, strict: bool) -> Result<String, XmlError> {
    let mut resolved = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(ampersand) = memchr(b'&', rest.as_bytes()) {
        push_plain(&mut resolved, &rest[..ampersand], strict)?;
        let (code, after) = reference(&rest[ampersand + 1..])?;
        rest = after;
        match char::from_u32(code) {
            Some(character) if is_allowed(character) => resolved.push(character),
            _ if strict => return Err(XmlError::BadCharacter(code)),
            _ => {
                // Some programs write a character as its two halves in UTF-16.
                let paired = rest.strip_prefix('&').and_then(|low| {
                    let (low, after) = reference(low).ok()?;
                    Some((surrogates::pair(code, low)?, after))
                });
                if let Some((_, after)) = paired {
                    rest = after;
                }
                resolved.push(paired.map_or(MARK, |(character, _)| character));
            }
        }
    }
    push_plain(&mut resolved, rest, strict)?;
    Ok(resolved)
}

/// The code that the reference stands for whose `&` is before the text, and what follows it. Not
/// every code is that of a character.
fn reference(text: &str) -> Result<(u32, &str), XmlError> {
    let end = memchr(b';', text.as_bytes()).ok_or_else(|| XmlError::BadEntity(beginning(text)))?;
    let name = &text[..end];
    let code = match name {
        "lt" => Some('<'.into()),
        "gt" => Some('>'.into()),
        "amp" => Some('&'.into()),
        "quot" => Some('"'.into()),
        "apos" => Some('\''.into()),
        name => match (name.strip_prefix("#x"), name.strip_prefix('#')) {
            (Some(digits), _) => number(digits, 16),
            (None, Some(digits)) => number(digits, 10),
            (None, None) => None,
        },
    };
    let code = code.ok_or_else(|| XmlError::BadEntity(beginning(name)))?;
    Ok((code, &text[end + 1..]))
}

/// Digits alone: what Rust reads as a number may have a sign. One that is too large is that of no
/// character, like many that are not.
fn number(digits: &str, radix: u32) -> Option<u32> {
    let all_digits = !digits.is_empty() && digits.chars().all(|digit| digit.is_digit(radix));
    all_digits.then(|| u32::from_str_radix(digits, radix).unwrap_or(u32::MAX))
}

/// Appends text without references: `\r\n` and `\r` become `\n`.
fn push_plain(resolved: &mut String, text: &str, strict: bool) -> Result<(), XmlError> {
    let mut characters = text.chars().peekable();
    while let Some(character) = characters.next() {
        match character {
            '\r' => {
                characters.next_if_eq(&'\n');
                resolved.push('\n');
            }
            character if is_allowed(character) => resolved.push(character),
            character if strict => return Err(XmlError::BadCharacter(character.into())),
            _ => resolved.push(MARK),
        }
    }
    Ok(())
}

/// Whether XML 1.0 allows the character.
pub(crate) fn is_allowed(character: char) -> bool {
    matches!(character,
        '\t' | '\n' | '\r' | ' '..='\u{D7FF}' | '\u{E000}'..='\u{FFFD}' | '\u{10000}'..)
}

/// Enough of a bad reference to find it.
fn beginning(text: &str) -> String {
    text.chars().take(20).collect()
}
