//! `xsd:byte`, `xsd:short`, `xsd:int`, `xsd:long`, `xsd:float` and `xsd:double`.

use std::str::FromStr;

use super::trim;
use crate::xml::space;

/// Parses a whole number in the range of the type.
pub(crate) fn integer<T: TryFrom<i64>>(text: &[u8]) -> Option<T> {
    let (is_negative, digits) = match space::trim(text) {
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

/// Parses a decimal number with or without exponent, `INF`, `+INF`, `-INF` or `NaN`.
///
/// A number between two values of the type becomes the nearer one, and one beyond the largest
/// becomes infinite, as the specification has it. Unless `strict`, what other languages write is
/// parsed too: `inf`, `Infinity` and `nan` in any case, with or without a sign.
pub(crate) fn float<T: FromStr>(text: &str, strict: bool) -> Option<T> {
    let text = trim(text);
    let is_number = |byte: &u8| matches!(byte, b'0'..=b'9' | b'+' | b'-' | b'.' | b'e' | b'E');
    if text.as_bytes().iter().all(is_number) {
        // Rust has the grammar of the schema for what consists of these characters.
        text.parse().ok()
    } else {
        no_number(text, strict)?.parse().ok()
    }
}

/// Parses an infinity or `NaN`, and nothing else.
#[cfg(any(feature = "json", feature = "serde"))]
pub(crate) fn infinity_or_nan(text: &str, strict: bool) -> Option<f64> {
    no_number(trim(text), strict)?.parse().ok()
}

/// The name that Rust has for a float that is not a number.
fn no_number(name: &str, strict: bool) -> Option<&'static str> {
    match name {
        "INF" | "+INF" => return Some("inf"),
        "-INF" => return Some("-inf"),
        "NaN" => return Some("NaN"),
        _ if strict => return None,
        _ => {}
    }
    let (is_negative, name) = match name.strip_prefix('-') {
        Some(name) => (true, name),
        None => (false, name.strip_prefix('+').unwrap_or(name)),
    };
    if name.eq_ignore_ascii_case("nan") {
        Some("NaN")
    } else if name.eq_ignore_ascii_case("inf") || name.eq_ignore_ascii_case("infinity") {
        Some(if is_negative { "-inf" } else { "inf" })
    } else {
        None
    }
}

/// Returns the name that the schema has for a float that is not finite.
pub(crate) fn name_of_not_finite(value: f64) -> &'static str {
    if value.is_nan() {
        "NaN"
    } else if value > 0.0 {
        "INF"
    } else {
        "-INF"
    }
}
