//! The lexical rules of XML Schema that values of attributes follow.

use std::borrow::Cow;

/// The maximum length of a name in bytes. The longest of vSphere has 97.
pub(crate) const MAX_NAME_LENGTH: usize = 200;

/// How many characters of a text a message quotes.
const QUOTED: usize = 80;

/// The characters that XML takes for whitespace; no others are.
const SPACE: [char; 4] = [' ', '\t', '\n', '\r'];

/// A value with its whitespace collapsed, as for every type of XML Schema but the strings: none
/// around it, and single spaces within.
pub(super) fn collapse(value: &str) -> Cow<'_, str> {
    let trimmed = value.trim_matches(SPACE);
    let is_collapsed = !trimmed.contains(&SPACE[1..]) && !trimmed.contains("  ");
    if is_collapsed {
        return Cow::Borrowed(trimmed);
    }
    let words: Vec<&str> = trimmed
        .split(SPACE)
        .filter(|word| !word.is_empty())
        .collect();
    Cow::Owned(words.join(" "))
}

/// Whether a text is nothing but whitespace.
pub(super) fn is_blank(text: &str) -> bool {
    text.trim_matches(SPACE).is_empty()
}

/// A text as messages quote it: its beginning, if it is long.
pub(super) fn shortened(text: &str) -> Cow<'_, str> {
    match text.char_indices().nth(QUOTED) {
        None => Cow::Borrowed(text),
        Some((end, _)) => Cow::Owned(format!("{}...", &text[..end])),
    }
}

/// Checks that a text is a name without prefix that is not too long.
///
/// # Errors
/// The rule that it breaks.
pub(crate) fn check_name(text: &str) -> Result<(), String> {
    let mut characters = text.chars();
    if !(characters.next().is_some_and(starts_name) && characters.all(continues_name)) {
        return Err(
            "a name is letters, digits, `_`, `-` and `.`, and begins with a letter or `_`".into(),
        );
    }
    if text.len() > MAX_NAME_LENGTH {
        return Err(format!(
            "it has {} bytes, and a name may have {MAX_NAME_LENGTH}",
            text.len()
        ));
    }
    Ok(())
}

/// `NameStartChar` of XML 1.0, without the colon.
fn starts_name(c: char) -> bool {
    matches!(c, 'A'..='Z' | '_' | 'a'..='z'
        | '\u{C0}'..='\u{D6}' | '\u{D8}'..='\u{F6}' | '\u{F8}'..='\u{2FF}'
        | '\u{370}'..='\u{37D}' | '\u{37F}'..='\u{1FFF}' | '\u{200C}'..='\u{200D}'
        | '\u{2070}'..='\u{218F}' | '\u{2C00}'..='\u{2FEF}' | '\u{3001}'..='\u{D7FF}'
        | '\u{F900}'..='\u{FDCF}' | '\u{FDF0}'..='\u{FFFD}' | '\u{10000}'..='\u{EFFFF}')
}

/// `NameChar` of XML 1.0, without the colon.
fn continues_name(c: char) -> bool {
    starts_name(c)
        || matches!(c, '-' | '.' | '0'..='9' | '\u{B7}' | '\u{300}'..='\u{36F}'
            | '\u{203F}'..='\u{2040}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whitespace_collapses_as_xml_has_it() {
        for (value, collapsed) in [
            ("", ""),
            ("a", "a"),
            (" a ", "a"),
            ("\t\r\na\n", "a"),
            ("a  b", "a b"),
            ("a\n b", "a b"),
            ("a b", "a b"),
            (" \n ", ""),
            // Other whitespace than that of XML is a character like any other.
            ("\u{a0}a\u{2003}", "\u{a0}a\u{2003}"),
        ] {
            assert_eq!(collapse(value), collapsed, "{value:?}");
        }
        assert!(is_blank(" \n") && !is_blank("\u{a0}"));
    }

    #[test]
    fn names_are_those_of_xml_and_of_limited_length() {
        for name in [
            "a", "_this", "A-b.c2", "größe", "日本", "a\u{b7}", "e\u{301}",
        ] {
            assert_eq!(check_name(name), Ok(()), "{name}");
        }
        let longest = "a".repeat(MAX_NAME_LENGTH);
        assert_eq!(check_name(&longest), Ok(()));
        let longer = check_name(&format!("{longest}a")).expect_err("too long");
        assert!(longer.contains("201 bytes"), "{longer}");
        for other in ["", "1", "-a", "a b", "a:b", "×", "\u{301}", "a\u{0}", "a\n"] {
            assert!(check_name(other).is_err(), "{other:?}");
        }
    }

    #[test]
    fn long_texts_are_quoted_in_part() {
        assert_eq!(shortened("é"), "é");
        assert_eq!(shortened(&"é".repeat(81)), format!("{}...", "é".repeat(80)));
    }
}
