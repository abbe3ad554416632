//! Texts to scalars, by the lexical rules of XML Schema.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use chrono::{DateTime as Instant, NaiveDateTime};

use crate::binary::Binary;
use crate::date_time::DateTime;

/// `true`, `false`, `1` or `0`, white space around it allowed.
pub(crate) fn boolean(text: &str) -> Option<bool> {
    match text.trim_ascii() {
        "true" | "1" => Some(true),
        "false" | "0" => Some(false),
        _ => None,
    }
}

/// A whole number in the range of the type, white space around it allowed.
pub(crate) fn integer<T: std::str::FromStr>(text: &str) -> Option<T> {
    text.trim_ascii().parse().ok()
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
pub(crate) fn binary(text: &str) -> Option<Binary> {
    let text = text.trim_ascii();
    let bytes = if text.bytes().any(|byte| byte.is_ascii_whitespace()) {
        let packed: String = text.split_ascii_whitespace().collect();
        STANDARD.decode(packed)
    } else {
        STANDARD.decode(text)
    };
    bytes.ok().map(Binary)
}
