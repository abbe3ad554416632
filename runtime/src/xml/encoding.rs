//! Which encoding a document is in.
//!
//! Decided as RFC 7303 has it: by a byte order mark, else by the `charset` that came with the
//! document, else by what the document declares, else it is UTF-8. Bytes that cannot be what they
//! are said to be decide against both: a document whose `<` takes one byte is not in UTF-16,
//! whatever a program that kept it in UTF-16 wrote into its declaration.

use memchr::memmem;

use super::attributes::Attributes;
use super::error::XmlError;
use super::space::{is_space, trim_start};
use crate::shown::Hidden;

/// How much of a document is looked at for its declaration, which takes some 50 bytes. Documents
/// that arrive in pieces are held back for as long, and looked at again with each piece.
const MAX_BEGINNING: usize = 1 << 10;

/// An encoding that documents are decoded from.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Encoding {
    #[default]
    Utf8,
    UsAscii,
    Latin1,
    Windows1252,
    Utf16Le,
    Utf16Be,
}

impl Encoding {
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Utf8 => "UTF-8",
            Self::UsAscii => "US-ASCII",
            Self::Latin1 => "ISO-8859-1",
            Self::Windows1252 => "windows-1252",
            Self::Utf16Le => "UTF-16LE",
            Self::Utf16Be => "UTF-16BE",
        }
    }

    /// How many bytes of the document this text was decoded from. Known from the text alone: what
    /// is malformed became one U+FFFD for each unit of the encoding.
    pub(crate) fn source_length(self, text: &[u8]) -> u64 {
        let begins_character = |byte: &&u8| (**byte as i8) >= -0x40;
        let characters = || text.iter().filter(begins_character).count() as u64;
        match self {
            Self::Utf8 => text.len() as u64,
            Self::UsAscii | Self::Latin1 | Self::Windows1252 => characters(),
            Self::Utf16Le | Self::Utf16Be => {
                let pairs = text.iter().filter(|byte| **byte >= 0xF0).count() as u64;
                2 * (characters() + pairs)
            }
        }
    }

    /// Whether a document in which `<` takes one byte may be in it.
    fn has_ascii_bytes(self) -> bool {
        !matches!(self, Self::Utf16Le | Self::Utf16Be)
    }

    /// The encoding of this name: those that IANA has registered, and what is in use besides.
    fn named(name: &str) -> Option<Self> {
        let name = name.trim_matches(|character: char| character.is_ascii_whitespace());
        Some(match &*name.to_ascii_lowercase() {
            "utf-8" | "utf8" => Self::Utf8,
            "us-ascii" | "ascii" | "ansi_x3.4-1968" | "ansi_x3.4-1986" | "iso646-us"
            | "iso_646.irv:1991" | "iso-ir-6" | "us" | "ibm367" | "cp367" | "csascii" => {
                Self::UsAscii
            }
            "iso-8859-1" | "iso8859-1" | "iso_8859-1" | "iso_8859-1:1987" | "iso-ir-100"
            | "latin1" | "latin-1" | "l1" | "ibm819" | "cp819" | "csisolatin1" => Self::Latin1,
            "windows-1252" | "cp1252" | "x-cp1252" | "cswindows1252" => Self::Windows1252,
            // Without a mark, RFC 2781 takes the first byte for the greater one.
            "utf-16" | "utf-16be" | "csutf16" | "csutf16be" => Self::Utf16Be,
            "utf-16le" | "csutf16le" => Self::Utf16Le,
            _ => return None,
        })
    }
}

/// Where a document begins, and in which encoding.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Beginning {
    pub(crate) encoding: Encoding,
    /// How many bytes the mark takes before what is decoded. The mark of UTF-8 is left to the
    /// reader.
    pub(crate) mark: usize,
}

/// The encoding of the document that begins so; `None` if that cannot be said before more of it is
/// there.
///
/// `is_whole` tells that there is no more.
pub(crate) fn recognise(
    document: &[u8],
    is_whole: bool,
    charset: Option<&str>,
    strict: bool,
) -> Result<Option<Beginning>, XmlError> {
    let is_whole = is_whole || document.len() >= MAX_BEGINNING;
    let document = &document[..document.len().min(MAX_BEGINNING)];
    if !is_whole && may_be_cut(document) {
        return Ok(None);
    }
    if let Some(beginning) = by_first_bytes(document)? {
        return Ok(Some(beginning));
    }
    let given = match charset.map(str::trim) {
        Some("") | None => None,
        Some(name) => by_name(name, strict)?,
    };
    let encoding = match given {
        Some(encoding) => encoding,
        None => match declared(document, is_whole) {
            Declared::Unknown => return Ok(None),
            Declared::Nothing => Encoding::Utf8,
            Declared::As(name) => by_name(&name, strict)?.unwrap_or(Encoding::Utf8),
        },
    };
    let encoding = match encoding {
        // Whatever the bytes are, UTF-8 can be read from them, and where they are not ASCII as
        // they should be, it is the likeliest of all.
        Encoding::UsAscii if !strict => Encoding::Utf8,
        encoding => encoding,
    };
    Ok(Some(Beginning { encoding, mark: 0 }))
}

/// Whether these bytes are too few to tell the encodings apart that do not write ASCII in bytes.
fn may_be_cut(document: &[u8]) -> bool {
    match document {
        [] => true,
        [0xEF, second, ..] => *second == 0xBB && document.len() < 3,
        [0xFF, second, ..] => *second == 0xFE && document.len() < 4,
        [0, ..] | [0x4C, 0x6F, ..] => document.len() < 4,
        [_, 0, ..] => document.len() < 4,
        [0xEF | 0xFE | 0xFF | 0x4C | b'<' | b' ' | b'\t' | b'\r' | b'\n'] => true,
        _ => false,
    }
}

/// The encoding by a byte order mark, or by how `<` or white space is written.
fn by_first_bytes(document: &[u8]) -> Result<Option<Beginning>, XmlError> {
    let found = |encoding, mark| Ok(Some(Beginning { encoding, mark }));
    let refused = |name: &str| Err(XmlError::Encoding(name.to_owned()));
    match document {
        [0, 0, 0xFE, 0xFF, ..] | [0, 0, 0, b'<', ..] => refused("UTF-32BE"),
        [0xFF, 0xFE, 0, 0, ..] | [b'<', 0, 0, 0, ..] => refused("UTF-32LE"),
        [0x4C, 0x6F, 0xA7, 0x94, ..] => refused("EBCDIC"),
        [0xEF, 0xBB, 0xBF, ..] => found(Encoding::Utf8, 0),
        [0xFE, 0xFF, ..] => found(Encoding::Utf16Be, 2),
        [0xFF, 0xFE, ..] => found(Encoding::Utf16Le, 2),
        [0, byte, ..] if *byte == b'<' || is_space(*byte) => found(Encoding::Utf16Be, 0),
        [byte, 0, ..] if *byte == b'<' || is_space(*byte) => found(Encoding::Utf16Le, 0),
        _ => Ok(None),
    }
}

/// The encoding of this name for a document that writes ASCII in bytes; `None` where it cannot be
/// in that.
fn by_name(name: &str, strict: bool) -> Result<Option<Encoding>, XmlError> {
    match Encoding::named(name) {
        Some(encoding) if encoding.has_ascii_bytes() => Ok(Some(encoding)),
        Some(_) if strict => Err(XmlError::NotTheEncoding(shown(name))),
        Some(_) => Ok(None),
        None => Err(XmlError::Encoding(shown(name))),
    }
}

/// The name of an encoding as it is shown: what does not begin as those do is hidden, as any text
/// of a server.
pub(crate) fn shown(name: &str) -> String {
    const FAMILIES: [&str; 24] = [
        "ascii", "big5", "cp", "cs", "ebcdic", "euc", "gb", "hz", "ibm", "iso", "johab", "koi8",
        "ks_c", "latin", "mac", "shift", "sjis", "tis", "ucs", "us", "utf", "viscii", "windows",
        "x-",
    ];
    /// As long as any that is registered.
    const MAX_LENGTH: usize = 45;
    let of_name = |byte: u8| byte.is_ascii_alphanumeric() || b"-_.:+".contains(&byte);
    let begins = |family: &&str| {
        let begin = name.get(..family.len());
        begin.is_some_and(|begin| begin.eq_ignore_ascii_case(family))
    };
    if name.len() <= MAX_LENGTH && name.bytes().all(of_name) && FAMILIES.iter().any(begins) {
        name.to_owned()
    } else {
        Hidden(name).to_string()
    }
}

/// What a document declares as its encoding.
enum Declared {
    /// More of it is needed.
    Unknown,
    Nothing,
    As(String),
}

fn declared(document: &[u8], is_whole: bool) -> Declared {
    const DECLARATION: &[u8] = b"<?xml";
    let document = trim_start(document);
    if !is_whole && DECLARATION.starts_with(document) {
        return Declared::Unknown;
    }
    let attributes = match document.strip_prefix(DECLARATION) {
        Some([]) if !is_whole => return Declared::Unknown,
        Some([space, attributes @ ..]) if is_space(*space) => attributes,
        _ => return Declared::Nothing,
    };
    let end = memmem::find(attributes, b"?>");
    if end.is_none() && !is_whole {
        return Declared::Unknown;
    }
    // What is wrong with the declaration is for the reader to report.
    Attributes(&attributes[..end.unwrap_or(attributes.len())])
        .map_while(Result::ok)
        .find(|attribute| attribute.prefix.is_empty() && attribute.local == b"encoding")
        .map_or(Declared::Nothing, |attribute| {
            Declared::As(String::from_utf8_lossy(attribute.value).into_owned())
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(document: &[u8], charset: Option<&str>) -> Option<Beginning> {
        recognise(document, true, charset, false).expect("an encoding that is read")
    }

    fn encoding(document: &[u8], charset: Option<&str>) -> Encoding {
        of(document, charset).expect("it is whole").encoding
    }

    fn declaring(name: &str) -> Vec<u8> {
        format!("<?xml version='1.0' encoding=\"{name}\"?><a/>").into_bytes()
    }

    fn utf_16(text: &str, bytes: fn(u16) -> [u8; 2]) -> Vec<u8> {
        text.encode_utf16().flat_map(bytes).collect()
    }

    #[test]
    fn a_mark_is_worth_more_than_a_charset_and_that_more_than_a_declaration() {
        let marked = [b"\xEF\xBB\xBF", &*declaring("ISO-8859-1")].concat();
        assert_eq!(encoding(&marked, Some("windows-1252")), Encoding::Utf8);
        let latin = declaring("ISO-8859-1");
        assert_eq!(
            encoding(&latin, Some("windows-1252")),
            Encoding::Windows1252
        );
        assert_eq!(encoding(&latin, Some("utf-8")), Encoding::Utf8);
        assert_eq!(encoding(&latin, Some(" ")), Encoding::Latin1);
        assert_eq!(encoding(&latin, None), Encoding::Latin1);
        assert_eq!(encoding(b"<a/>", None), Encoding::Utf8);
        assert_eq!(encoding(b"", None), Encoding::Utf8);
    }

    #[test]
    fn utf_16_is_known_by_its_bytes_alone() {
        for (bytes, expected) in [
            (u16::to_le_bytes as fn(u16) -> _, Encoding::Utf16Le),
            (u16::to_be_bytes, Encoding::Utf16Be),
        ] {
            for (text, mark) in [("\u{FEFF}<a/>", 2), ("<a/>", 0), ("\n<a/>", 0)] {
                let document = utf_16(text, bytes);
                for charset in [None, Some("UTF-8"), Some("utf-16"), Some("KOI8-R")] {
                    let found = of(&document, charset).expect("it is whole");
                    assert_eq!((found.encoding, found.mark), (expected, mark), "{text:?}");
                }
            }
        }
    }

    #[test]
    fn a_document_in_bytes_is_not_in_utf_16_whatever_it_says() {
        let document = declaring("utf-16");
        assert_eq!(encoding(&document, None), Encoding::Utf8);
        assert_eq!(encoding(b"<a/>", Some("UTF-16LE")), Encoding::Utf8);
        let latin = declaring("ISO-8859-1");
        assert_eq!(encoding(&latin, Some("utf-16")), Encoding::Latin1);
        let refused = recognise(&document, true, None, true);
        assert_eq!(refused, Err(XmlError::NotTheEncoding("utf-16".into())));
    }

    #[test]
    fn what_is_not_read_is_named() {
        let utf_32 = |text: &str, bytes: fn(u32) -> [u8; 4]| {
            let characters = text.chars().map(u32::from);
            characters.flat_map(bytes).collect::<Vec<u8>>()
        };
        for (document, charset, name) in [
            (declaring("Shift_JIS"), None, "Shift_JIS"),
            (declaring(""), None, "\"\""),
            (declaring("hunter2"), None, "(7 bytes)"),
            (declaring("UTF-8\n"), Some("utf hunter2"), "(11 bytes)"),
            (declaring("UTF-8"), Some("koi8-r"), "koi8-r"),
            (b"\x4C\x6F\xA7\x94\x93".to_vec(), None, "EBCDIC"),
            (utf_32("<a/>", u32::to_le_bytes), None, "UTF-32LE"),
            (utf_32("<a/>", u32::to_be_bytes), None, "UTF-32BE"),
            (utf_32("\u{FEFF}<", u32::to_le_bytes), None, "UTF-32LE"),
            (utf_32("\u{FEFF}<", u32::to_be_bytes), None, "UTF-32BE"),
        ] {
            let refused = recognise(&document, true, charset, false);
            assert_eq!(refused, Err(XmlError::Encoding(name.into())));
        }
    }

    /// However little is there, what is said of it is what is said of the whole.
    #[test]
    fn nothing_is_said_before_it_is_certain() {
        let long = format!("<?xml version='1.0'{}encoding='x'?>", " ".repeat(2000));
        for document in [
            declaring("ISO-8859-1"),
            [b" \n", &*declaring("windows-1252")].concat(),
            utf_16("\u{FEFF}<a/>", u16::to_le_bytes),
            utf_16("<?xml version='1.0'?>", u16::to_be_bytes),
            b"\xEF\xBB\xBF<a/>".to_vec(),
            b"<a/>".to_vec(),
            b"<?xmlns a?><a/>".to_vec(),
            b"text".to_vec(),
            b"\xEFtext".to_vec(),
            b"Lo and behold".to_vec(),
            long.into_bytes(),
            vec![b' '; 3000],
        ] {
            let whole = of(&document, None);
            for end in 0..document.len() {
                let found = recognise(&document[..end], false, None, false).expect("one");
                assert!(found.is_none() || found == whole, "{end}");
            }
        }
    }

    #[test]
    fn us_ascii_is_read_as_utf_8_unless_strictly() {
        let document = declaring("US-ASCII");
        assert_eq!(encoding(&document, None), Encoding::Utf8);
        let strictly = recognise(&document, true, None, true).expect("one");
        assert_eq!(
            strictly.map(|found| found.encoding),
            Some(Encoding::UsAscii)
        );
    }

    #[test]
    fn the_length_of_the_source_follows_from_the_text() {
        for (encoding, text, length) in [
            (Encoding::Utf8, "aü€😀", 10),
            (Encoding::Latin1, "aüÿ", 3),
            (Encoding::Windows1252, "a€\u{FFFD}", 3),
            (Encoding::Utf16Le, "aü€😀\u{FFFD}", 12),
        ] {
            assert_eq!(encoding.source_length(text.as_bytes()), length, "{text}");
        }
    }
}
