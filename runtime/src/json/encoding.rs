//! JSON is in UTF-8 (RFC 8259); a document in another encoding is refused by the name of that.

use crate::decode::{DecodeError, DecodeErrorKind};
use crate::xml::encoding::shown;

/// Refuses a document that its bytes, or the `charset` that came with it, show to be in another
/// encoding. JSON defines no such parameter, so it is ignored unless it matters: ASCII text is the
/// same in every encoding that servers use as a label.
pub(crate) fn check_encoding(json: &[u8], charset: Option<&str>) -> Result<(), DecodeError> {
    let found = by_first_bytes(json).map(str::to_owned).or_else(|| {
        let named = charset.map(str::trim).filter(|name| !name.is_empty())?;
        let is_utf_8 = ["utf-8", "utf8", "us-ascii"]
            .iter()
            .any(|name| named.eq_ignore_ascii_case(name));
        (!is_utf_8 && !json.is_ascii()).then(|| shown(named))
    });
    let Some(found) = found else {
        return Ok(());
    };
    let kind = DecodeErrorKind::Json(format!(
        "the encoding {found} is not decoded; JSON is in UTF-8"
    ));
    Err(DecodeError::new(kind, String::new(), 0, String::new()))
}

/// The encodings in which characters take more than one byte: by a mark, or by where the zeros are
/// that no JSON in UTF-8 holds.
fn by_first_bytes(json: &[u8]) -> Option<&'static str> {
    Some(match json {
        [0, 0, 0xFE, 0xFF, ..] | [0, 0, 0, (1..), ..] => "UTF-32BE",
        [0xFF, 0xFE, 0, 0, ..] | [(1..), 0, 0, 0, ..] => "UTF-32LE",
        [0xFE, 0xFF, ..] | [0, (1..), ..] => "UTF-16BE",
        [0xFF, 0xFE, ..] | [(1..), 0, ..] => "UTF-16LE",
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::check_encoding;

    fn refused(json: &[u8], charset: Option<&str>) -> Option<String> {
        let error = check_encoding(json, charset).err()?;
        Some(error.to_string())
    }

    #[test]
    fn other_encodings_are_refused_by_name() {
        let utf_16 = |text: &str, bytes: fn(u16) -> [u8; 2]| {
            text.encode_utf16().flat_map(bytes).collect::<Vec<u8>>()
        };
        let utf_32 = |text: &str, bytes: fn(u32) -> [u8; 4]| {
            let characters = text.chars().map(u32::from);
            characters.flat_map(bytes).collect::<Vec<u8>>()
        };
        for (json, charset, name) in [
            (utf_16("{}", u16::to_le_bytes), None, "UTF-16LE"),
            (utf_16("{}", u16::to_be_bytes), Some("utf-8"), "UTF-16BE"),
            (utf_16("\u{FEFF}[1]", u16::to_le_bytes), None, "UTF-16LE"),
            (utf_16("\u{FEFF}[1]", u16::to_be_bytes), None, "UTF-16BE"),
            (utf_32("1", u32::to_le_bytes), None, "UTF-32LE"),
            (utf_32("{}", u32::to_be_bytes), None, "UTF-32BE"),
            (utf_32("\u{FEFF}1", u32::to_le_bytes), None, "UTF-32LE"),
            (utf_32("\u{FEFF}1", u32::to_be_bytes), None, "UTF-32BE"),
            (b"\"\xFC\"".to_vec(), Some("ISO-8859-1"), "ISO-8859-1"),
            ("\"ü\"".into(), Some("utf-16"), "utf-16"),
        ] {
            let expected = format!("the encoding {name} is not decoded; JSON is in UTF-8 (byte 0)");
            assert_eq!(refused(&json, charset), Some(expected));
        }
    }

    /// As old servlet containers do by default.
    #[test]
    fn a_charset_that_makes_no_difference_is_not_minded() {
        for charset in ["ISO-8859-1", "windows-1252", "utf-16", "x"] {
            assert_eq!(refused(b"{\"a\":\"b\"}", Some(charset)), None);
        }
    }

    #[test]
    fn utf_8_is_read_whatever_it_is_called() {
        for charset in [
            None,
            Some("UTF-8"),
            Some("utf8"),
            Some(" us-ascii "),
            Some(""),
        ] {
            for json in [&b"{}"[..], b"1", b"", b"\xEF\xBB\xBF{}", b"\0", b"\0\0"] {
                assert_eq!(refused(json, charset), None, "{charset:?}");
            }
        }
    }
}
