//! Scalars to text, by the lexical rules of XML Schema.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use chrono::SecondsFormat;

use crate::date_time::DateTime;

/// A float, with the names that XML Schema has for what is no number.
pub(crate) fn float(value: f64) -> String {
    if value.is_nan() {
        "NaN".into()
    } else if value.is_infinite() {
        if value > 0.0 { "INF" } else { "-INF" }.into()
    } else {
        value.to_string()
    }
}

/// A date and time with as many groups of three fraction digits as it needs.
pub(crate) fn date_time(value: DateTime) -> String {
    // XML Schema has no seconds in offsets.
    let value = if value.offset().local_minus_utc() % 60 == 0 {
        value
    } else {
        value.to_utc().fixed_offset()
    };
    let text = value.to_rfc3339_opts(SecondsFormat::AutoSi, true);
    // Nor a sign before years after 9999.
    match text.strip_prefix('+') {
        Some(unsigned) => unsigned.to_owned(),
        None => text,
    }
}

/// Base64 without line breaks.
pub(crate) fn binary(bytes: &[u8]) -> String {
    STANDARD.encode(bytes)
}
