//! Documents in other encodings than UTF-8.

use vmomi_runtime::decode::{
    Answer, DecodeError, DecodeErrorKind, DecodeOptions, EnvelopeDecoder, from_xml,
};
use vmomi_runtime::erased::Returned;
use vmomi_runtime::{Any, XmlError};

use crate::documents::{fault, lenient, response, strict};
use crate::support::*;

/// How a document is written: its name, its bytes for a text, and the bytes before that.
#[derive(Clone, Copy)]
struct Written {
    name: &'static str,
    bytes: fn(char) -> Vec<u8>,
    mark: &'static [u8],
}

fn one_byte(character: char) -> Vec<u8> {
    vec![u8::try_from(u32::from(character)).expect("of Latin-1")]
}

/// The characters of windows-1252 from 0x80 on that Latin-1 does not have there.
const WINDOWS_1252: [(char, u8); 27] = [
    ('€', 0x80),
    ('‚', 0x82),
    ('ƒ', 0x83),
    ('„', 0x84),
    ('…', 0x85),
    ('†', 0x86),
    ('‡', 0x87),
    ('ˆ', 0x88),
    ('‰', 0x89),
    ('Š', 0x8A),
    ('‹', 0x8B),
    ('Œ', 0x8C),
    ('Ž', 0x8E),
    ('‘', 0x91),
    ('’', 0x92),
    ('“', 0x93),
    ('”', 0x94),
    ('•', 0x95),
    ('–', 0x96),
    ('—', 0x97),
    ('˜', 0x98),
    ('™', 0x99),
    ('š', 0x9A),
    ('›', 0x9B),
    ('œ', 0x9C),
    ('ž', 0x9E),
    ('Ÿ', 0x9F),
];

fn windows_1252(character: char) -> Vec<u8> {
    let found = WINDOWS_1252.iter().find(|(one, _)| *one == character);
    found.map_or_else(|| one_byte(character), |(_, byte)| vec![*byte])
}

fn utf_16_le(character: char) -> Vec<u8> {
    let mut units = [0; 2];
    let units = character.encode_utf16(&mut units).iter();
    units.flat_map(|unit| unit.to_le_bytes()).collect()
}

fn utf_16_be(character: char) -> Vec<u8> {
    let mut units = [0; 2];
    let units = character.encode_utf16(&mut units).iter();
    units.flat_map(|unit| unit.to_be_bytes()).collect()
}

/// With the characters that each can carry.
const WRITTEN: [(Written, &str); 9] = [
    (written("US-ASCII", one_byte, b""), "a&lt;b"),
    (written("ISO-8859-1", one_byte, b""), "aü\u{85}ÿ"),
    (written("windows-1252", windows_1252, b""), "aü€…ÿ"),
    (written("UTF-16", utf_16_le, b"\xFF\xFE"), "aü€😀\u{FFFD}"),
    (written("UTF-16", utf_16_be, b"\xFE\xFF"), "aü€😀\u{FFFD}"),
    (written("UTF-16LE", utf_16_le, b""), "aü€😀\u{FFFD}"),
    (written("UTF-16BE", utf_16_be, b""), "aü€😀\u{FFFD}"),
    // Declared as what they are not, as by programs that have the text in memory.
    (written("UTF-8", utf_16_le, b"\xFF\xFE"), "aü€😀\u{FFFD}"),
    (written("UTF-8", utf_16_be, b""), "aü€😀\u{FFFD}"),
];

const fn written(name: &'static str, bytes: fn(char) -> Vec<u8>, mark: &'static [u8]) -> Written {
    Written { name, bytes, mark }
}

impl Written {
    fn of(self, document: &str) -> Vec<u8> {
        let declared = document.replacen("\"UTF-8\"", &format!("\"{}\"", self.name), 1);
        let content = declared.chars().flat_map(self.bytes);
        self.mark.iter().copied().chain(content).collect()
    }

    /// How many bytes come before a part of the document.
    fn offset(self, document: &str, part: &str) -> u64 {
        let at = document.find(part).expect("a part of it");
        self.of(&document[..at]).len() as u64
    }
}

fn labelled(text: &str) -> String {
    response(&format!(
        "<returnval><label>{text}</label><summary>s</summary></returnval>"
    ))
}

fn in_pieces<R: Returned>(
    bytes: &[u8],
    size: usize,
    charset: Option<&str>,
    options: &DecodeOptions,
) -> Result<Answer, DecodeError> {
    let mut decoder = EnvelopeDecoder::new(R::SHAPE, &TYPES, options);
    if let Some(charset) = charset {
        decoder = decoder.with_charset(charset);
    }
    for piece in bytes.chunks(size) {
        decoder.feed(piece)?;
    }
    decoder.finish()
}

fn label(answer: Result<Answer, DecodeError>) -> String {
    match answer {
        Ok(Answer::Value(value)) => Description::from_any(value).expect("a description").label,
        other => panic!("{other:?}"),
    }
}

#[test]
fn each_is_decoded_in_pieces_of_any_size() {
    for (written, text) in WRITTEN {
        let expected = text.replace("&lt;", "<");
        let document = written.of(&labelled(text));
        for options in [lenient(), strict()] {
            for size in [1, 2, 3, 5, 64, document.len()] {
                let answer = in_pieces::<Description>(&document, size, None, &options);
                assert_eq!(label(answer), expected, "{} by {size}", written.name);
            }
        }
        let value = "<?xml version='1.0' encoding=\"UTF-8\"?><v><label>TEXT</label></v>";
        let document = written.of(&value.replace("TEXT", text));
        let value = from_xml::<Description>(&document, &TYPES, &lenient()).expect("a value");
        assert_eq!(value.label, expected, "{}", written.name);
    }
}

#[test]
fn a_fault_is_decoded_from_them_too() {
    let detail = "<detail><x xmlns='urn:vim25' xsi:type='InvalidLogin'/></detail>";
    for (written, _) in WRITTEN {
        let document = written.of(&fault(detail));
        let Ok(Answer::Fault(fault)) = in_pieces::<()>(&document, 1, None, &lenient()) else {
            panic!("{}", written.name);
        };
        assert!(fault.is::<InvalidLogin>());
        assert_eq!(fault.message, "It <failed>.");
    }
}

/// Longer than what is decoded at a time, with characters of every length across its bounds.
#[test]
fn a_long_document_is_decoded_like_a_short_one() {
    for (written, text) in WRITTEN {
        for shift in 0..4 {
            let long = "x".repeat(shift) + &text.repeat(9000);
            let document = written.of(&labelled(&long));
            let whole = in_pieces::<Description>(&document, document.len(), None, &lenient());
            assert_eq!(label(whole), long.replace("&lt;", "<"));
        }
    }
}

/// Every byte, by the tables of the standards.
#[test]
fn single_bytes_mean_what_the_name_says() {
    for byte in 0x80..=0xFF_u8 {
        let decode = |name: &str| {
            let document = format!("<?xml version='1.0' encoding='{name}'?><v>*</v>");
            let mut document = document.into_bytes();
            let at = document.iter().position(|byte| *byte == b'*');
            document[at.expect("there")] = byte;
            from_xml::<String>(&document, &TYPES, &lenient()).expect("a text")
        };
        let latin = char::from(byte).to_string();
        assert_eq!(decode("ISO-8859-1"), latin);
        assert_eq!(decode("latin1"), latin);
        let of_windows = WINDOWS_1252.iter().find(|(_, one)| *one == byte);
        let of_windows = of_windows.map_or(char::from(byte), |(character, _)| *character);
        assert_eq!(decode("windows-1252"), of_windows.to_string());
        assert_eq!(decode("US-ASCII"), "\u{FFFD}");
    }
}

/// By RFC 7303: the mark, then what came with the document, then what it declares.
#[test]
fn the_order_of_what_tells_the_encoding() {
    let latin = written("ISO-8859-1", one_byte, b"").of(&labelled("\u{80}ü"));
    let decode = |charset| label(in_pieces::<Description>(&latin, 7, charset, &lenient()));
    assert_eq!(decode(None), "\u{80}ü");
    assert_eq!(decode(Some("windows-1252")), "€ü");
    assert_eq!(decode(Some("utf-8")), "\u{FFFD}\u{FFFD}");
    // No document in UTF-16 begins with a `<` of one byte.
    assert_eq!(decode(Some("utf-16")), "\u{80}ü");
    let marked = [b"\xEF\xBB\xBF".to_vec(), labelled("ü").into_bytes()].concat();
    let marked = in_pieces::<Description>(&marked, 1, Some("windows-1252"), &lenient());
    assert_eq!(label(marked), "ü");
}

/// Programs keep documents in UTF-16, write so into them, and send them in UTF-8.
#[test]
fn a_wrong_declaration_of_utf_16_is_not_minded() {
    let document = labelled("ü").replacen("UTF-8", "utf-16", 1).into_bytes();
    let decode = |options: DecodeOptions| in_pieces::<Description>(&document, 10, None, &options);
    assert_eq!(label(decode(lenient())), "ü");
    let error = decode(strict()).expect_err("not what it says");
    let kind = DecodeErrorKind::Xml(XmlError::NotTheEncoding("utf-16".into()));
    assert_eq!(error.kind(), &kind);
    assert_eq!(
        error.to_string(),
        "the document is not in utf-16, as it says (byte 0)"
    );
}

#[test]
fn what_is_malformed_is_marked_or_told_with_its_place() {
    for (written, name, bytes, marked) in [
        (WRITTEN[0].0, "US-ASCII", &b"\xFC"[..], "*\u{FFFD}*"),
        // A half of a pair without the other.
        (WRITTEN[3].0, "UTF-16LE", b"\x3D\xD8", "*\u{FFFD}*"),
        (WRITTEN[4].0, "UTF-16BE", b"\xDE\x00", "*\u{FFFD}*"),
    ] {
        let text = labelled("*@*");
        let document = written.of(&text);
        let at = usize::try_from(written.offset(&text, "@")).expect("within it");
        let mut document = document;
        document.splice(at..at + bytes.len(), bytes.iter().copied());
        for size in [1, 2, 7, document.len()] {
            let decode =
                |options: DecodeOptions| in_pieces::<Description>(&document, size, None, &options);
            assert_eq!(label(decode(lenient())), marked, "{name}");
            let error = decode(strict()).expect_err(name);
            let kind = DecodeErrorKind::Xml(XmlError::BadEncoding(name));
            assert_eq!((error.kind(), error.offset()), (&kind, at as u64), "{size}");
        }
        let document: Vec<u8> = written
            .of("<?xml version='1.0' encoding=\"UTF-8\"?><v>*</v>")
            .into_iter()
            .collect();
        let at = document.iter().position(|byte| *byte == b'*');
        let at = at.expect("there") & !(bytes.len() - 1);
        let mut document = document;
        document.splice(at..at + bytes.len(), bytes.iter().copied());
        let value = from_xml::<String>(&document, &TYPES, &lenient());
        assert_eq!(value.as_deref(), Ok("\u{FFFD}"));
        let error = from_xml::<String>(&document, &TYPES, &strict()).expect_err(name);
        assert_eq!(error.offset(), at as u64, "{name}");
        assert_eq!(
            error.to_string(),
            format!("bytes that are not {name} (byte {at})")
        );
    }
}

#[test]
fn what_is_cut_off_within_a_character_is_refused() {
    let (written, text) = WRITTEN[3];
    let document = written.of(&labelled(text));
    for options in [lenient(), strict()] {
        for end in 0..document.len() - 8 {
            let cut = in_pieces::<Description>(&document[..end], 3, None, &options);
            assert!(cut.is_err(), "{end}");
        }
    }
}

/// Offsets count the bytes that the server sent, not those that they were decoded to.
#[test]
fn an_offset_counts_the_bytes_received() {
    for (written, text) in WRITTEN {
        let document = response(&format!(
            "<returnval><deviceInfo><label>{text}</label></deviceInfo><key>x</key></returnval>"
        ));
        let expected = written.offset(&document, "</returnval>");
        let document = written.of(&document);
        for size in [1, 7, document.len()] {
            let decoded = in_pieces::<VirtualDevice>(&document, size, None, &lenient());
            let error = decoded.expect_err("no number");
            assert_eq!(error.offset(), expected, "{} by {size}", written.name);
            assert_eq!(error.path(), "RetrieveResponse/returnval/key");
        }
        let document = format!(
            "<?xml version='1.0' encoding=\"UTF-8\"?><v><deviceInfo><label>{text}</label></deviceInfo><key>x</key></v>"
        );
        let expected = written.offset(&document, "</v>");
        let decoded = from_xml::<VirtualDevice>(&written.of(&document), &TYPES, &lenient());
        assert_eq!(decoded.expect_err("no number").offset(), expected);
    }
}

#[test]
fn others_are_refused_by_name() {
    let utf_32 = |text: &str, bytes: fn(u32) -> [u8; 4]| {
        let characters = text.chars().map(u32::from);
        characters.flat_map(bytes).collect::<Vec<u8>>()
    };
    let declared = |name: &str| labelled("a").replacen("UTF-8", name, 1).into_bytes();
    for (document, charset, name) in [
        (declared("Shift_JIS"), None, "Shift_JIS"),
        (declared("GB18030"), None, "GB18030"),
        (declared("UTF-7"), None, "UTF-7"),
        (declared("UTF-8"), Some("EUC-KR"), "EUC-KR"),
        (b"\x4C\x6F\xA7\x94\x93\x40".to_vec(), None, "EBCDIC"),
        (utf_32(&labelled("a"), u32::to_le_bytes), None, "UTF-32LE"),
        (utf_32(&labelled("a"), u32::to_be_bytes), None, "UTF-32BE"),
    ] {
        for size in [1, document.len()] {
            let decoded = in_pieces::<Description>(&document, size, charset, &lenient());
            let error = decoded.expect_err(name);
            let kind = DecodeErrorKind::Xml(XmlError::Encoding(name.into()));
            assert_eq!((error.kind(), error.offset()), (&kind, 0));
            let expected = format!(
                "the encoding {name} is not decoded; UTF-8, UTF-16, US-ASCII, ISO-8859-1 and windows-1252 are (byte 0)"
            );
            assert_eq!(error.to_string(), expected);
        }
        if charset.is_none() {
            let error = from_xml::<Any>(&document, &TYPES, &lenient()).expect_err(name);
            assert!(error.to_string().contains(name), "{error}");
        }
    }
    let long = declared(&"x".repeat(900));
    let error = in_pieces::<()>(&long, 64, None, &lenient()).expect_err("unknown");
    assert!(error.to_string().len() < 200, "{error}");
}
