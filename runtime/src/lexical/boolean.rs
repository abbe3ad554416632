//! `xsd:boolean`.

use crate::xml::space::trim;

/// Parses `true`, `false`, `1` or `0`.
pub(crate) fn parse(text: &[u8]) -> Option<bool> {
    match trim(text) {
        b"true" | b"1" => Some(true),
        b"false" | b"0" => Some(false),
        _ => None,
    }
}

/// Returns the canonical form.
pub(crate) fn write(value: bool) -> &'static str {
    if value { "true" } else { "false" }
}
