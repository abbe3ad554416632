//! Texts to scalars, by the lexical rules of XML Schema.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use chrono::{DateTime as Instant, NaiveDateTime};

use crate::binary::Binary;
use crate::date_time::DateTime;

/// `true`, `false`, `1` or `0`, white space around it allowed.
pub(crate) fn boolean(text: &[u8]) -> Option<bool> {
    match text.trim_ascii() {
        b"true" | b"1" => Some(true),
        b"false" | b"0" => Some(false),
        _ => None,
    }
}

/// A whole number in the range of the type, white space around it allowed.
pub(crate) fn integer<T: TryFrom<i64>>(text: &[u8]) -> Option<T> {
    let (is_negative, digits) = match text.trim_ascii() {
        [b'-', digits @ ..] => (true, digits),
        [b'+', digits @ ..] | digits => (false, digits),
    };
    if digits.is_empty() {
        return None;
    }
    // There is one more number below zero than above.
    let mut negated = 0_i64;
    for byte in digits {
        let digit = byte.wrapping_sub(b'0');
        if digit > 9 {
            return None;
        }
        negated = negated.checked_mul(10)?.checked_sub(digit.into())?;
    }
    let value = if is_negative {
        negated
    } else {
        negated.checked_neg()?
    };
    T::try_from(value).ok()
}

/// A number, `INF`, `-INF` or `NaN`.
pub(crate) fn float<T: std::str::FromStr>(text: &str) -> Option<T> {
    let text = text.trim_ascii();
    // What Rust reads beyond the schema's rules: `inf`, `infinity`, `nan` in any case.
    let is_number = |byte: &u8| matches!(byte, b'0'..=b'9' | b'+' | b'-' | b'.' | b'e' | b'E');
    let is_name = matches!(text, "INF" | "-INF" | "+INF" | "NaN");
    (is_name || text.as_bytes().iter().all(is_number))
        .then(|| text.parse().ok())
        .flatten()
}

/// A date and time with `Z`, an offset, or no zone, which is taken for UTC as vSphere does.
pub(crate) fn date_time(text: &str) -> Option<DateTime> {
    let text = text.trim_ascii();
    if text.as_bytes().get(10) != Some(&b'T') {
        return None;
    }
    Instant::parse_from_rfc3339(text).ok().or_else(|| {
        let local = NaiveDateTime::parse_from_str(text, "%Y-%m-%dT%H:%M:%S%.f").ok()?;
        Some(local.and_utc().fixed_offset())
    })
}

/// Base64, white space anywhere allowed.
pub(crate) fn binary(text: &[u8]) -> Option<Binary> {
    let text = text.trim_ascii();
    let bytes = if text.iter().any(u8::is_ascii_whitespace) {
        let is_digit = |byte: &u8| !byte.is_ascii_whitespace();
        let packed: Vec<u8> = text.iter().copied().filter(is_digit).collect();
        STANDARD.decode(packed)
    } else {
        STANDARD.decode(text)
    };
    bytes.ok().map(Binary)
}
