//! How text is shown that a server sent or the program passed in: in `Debug`, `Display`, errors
//! and log events.
//!
//! Such text may be a password, a ticket or a token, and is shown only if it is known to be
//! harmless. Whether it is depends on where it is, and there on its shape:
//!
//! - Text in general is not shown, but its length is: [`Hidden`].
//! - Names of elements, types, members and cookies are shown as long as they look like names:
//!   [`Name`].
//! - Identifiers of managed objects, paths, versions and well-known headers are shown as long as
//!   they consist of words and numbers: [`Plain`].
//!
//! The one exception is the server's message in the `Display` of a fault, and of the errors that
//! hold one: it is made for people to read.
//!
//! A transport or a log of your own can use the same types.

use std::fmt;

/// The maximum number of characters of a name that are shown.
const MAX_NAME: usize = 100;
/// The maximum number of bytes of a plain text.
const MAX_PLAIN: usize = 100;
/// The maximum number of letters in one word of a plain text, and of digits in one number.
const MAX_LETTERS: usize = 32;
const MAX_DIGITS: usize = 10;

/// Shows the length of a text in place of the text: `(12 bytes)`.
pub struct Hidden<'a>(pub &'a str);

impl fmt::Debug for Hidden<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl fmt::Display for Hidden<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.0.is_empty() {
            f.write_str("\"\"")
        } else {
            Length(self.0.len()).fmt(f)
        }
    }
}

/// Shows how many bytes there are: `(12 bytes)`.
pub(crate) struct Length(pub(crate) usize);

impl fmt::Display for Length {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let plural = if self.0 == 1 { "" } else { "s" };
        write!(f, "({} byte{plural})", self.0)
    }
}

/// Shows a name, cut where it is very long. What does not look like a name is [hidden](Hidden).
pub struct Name<'a>(pub &'a str);

impl fmt::Debug for Name<'_> {
    /// In quotes.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if is_name(self.0) {
            write!(f, "\"{self}\"")
        } else {
            Hidden(self.0).fmt(f)
        }
    }
}

impl fmt::Display for Name<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if !is_name(self.0) {
            return Hidden(self.0).fmt(f);
        }
        match self.0.char_indices().nth(MAX_NAME) {
            None => f.write_str(self.0),
            Some((end, _)) => write!(f, "{}…", &self.0[..end]),
        }
    }
}

/// Whether this is a name as XML has them, maybe with a prefix.
fn is_name(text: &str) -> bool {
    let mut characters = text.chars();
    let begins = |first: char| first.is_alphabetic() || first == '_';
    let goes_on = |next: char| next.is_alphanumeric() || matches!(next, '_' | '-' | '.' | ':');
    characters.next().is_some_and(begins) && characters.all(goes_on)
}

/// Whether a text is made of plain words and numbers: what neither a password that is worth its
/// name nor a token looks like.
///
/// A word has letters only, a number digits only. `c8` of `domain-c8` counts as well: one letter
/// and a number. Between two of them is one of the `separators`.
pub(crate) fn is_plain(text: &str, separators: &str) -> bool {
    let is_separator = |character: char| separators.contains(character);
    text.len() <= MAX_PLAIN && text.split(is_separator).all(is_plain_word)
}

fn is_plain_word(word: &str) -> bool {
    let letters = word.bytes().take_while(u8::is_ascii_alphabetic).count();
    let digits = word[letters..].bytes();
    let is_number = digits.len() <= MAX_DIGITS && digits.clone().all(|byte| byte.is_ascii_digit());
    match letters {
        0 | 1 => is_number && !word.is_empty(),
        letters => letters <= MAX_LETTERS && word.len() == letters,
    }
}

/// Shows a text if it consists of words and numbers; else its length.
///
/// A word has letters only, at most 32, and a number digits only, at most 10: no token and no
/// password that is worth its name looks like that.
///
/// ```
/// use vmomi_runtime::shown::Plain;
///
/// assert_eq!(Plain("text/xml; charset=utf-8").to_string(), "text/xml; charset=utf-8");
/// assert_eq!(Plain("52b5a1f2-00c4-9a2e").to_string(), "(18 bytes)");
/// ```
pub struct Plain<'a>(pub &'a str);

/// What separates the words of headers, locales, versions and media types.
const SEPARATORS: &str = " -._/:;=,+()\"";

impl Plain<'_> {
    fn is_shown(&self) -> bool {
        // Some separators belong together, and one may be at either end: `text/xml; charset=utf-8`.
        let is_separator = |character: char| SEPARATORS.contains(character);
        let mut words = self.0.split(is_separator).filter(|word| !word.is_empty());
        self.0.len() <= MAX_PLAIN && words.all(is_known_word)
    }
}

impl fmt::Debug for Plain<'_> {
    /// In quotes.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.is_shown() {
            fmt::Debug::fmt(self.0, f)
        } else {
            fmt::Debug::fmt(&Hidden(self.0), f)
        }
    }
}

impl fmt::Display for Plain<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.is_shown() {
            f.write_str(self.0)
        } else {
            fmt::Display::fmt(&Hidden(self.0), f)
        }
    }
}

/// Whether a word of a header or path is plain, or one of those that mix letters with digits.
fn is_known_word(word: &str) -> bool {
    const MIXED: [&str; 5] = ["vim25", "SAML2", "utf8", "h2", "oauth2"];
    is_plain_word(word) || MIXED.contains(&word)
}

/// Shows the path of a request or URL. What is not plain in it is replaced by `…`: in JSON, the
/// path names the managed object, whose identifier may hold that of the session.
pub(crate) struct PathWords<'a>(pub(crate) &'a str);

impl fmt::Debug for PathWords<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "\"{self}\"")
    }
}

impl fmt::Display for PathWords<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let separators = |character: char| matches!(character, '-' | '.' | '_');
        for (index, segment) in self.0.split('/').enumerate() {
            if index > 0 {
                f.write_str("/")?;
            }
            let mut words = segment.split(separators).filter(|word| !word.is_empty());
            if segment.len() <= MAX_PLAIN && words.all(is_known_word) {
                f.write_str(segment)?;
            } else {
                f.write_str("…")?;
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::{Hidden, Name, PathWords, Plain, is_plain};

    #[test]
    fn text_is_shown_as_its_length() {
        assert_eq!(
            format!("{} {:?}", Hidden("hunter2"), Hidden("")),
            "(7 bytes) \"\""
        );
    }

    #[test]
    fn names_are_shown_up_to_a_length_and_nothing_else_is() {
        let long = "a".repeat(101);
        let cut = format!("{}…", "a".repeat(100));
        for (name, shown) in [
            ("VirtualMachine", "VirtualMachine"),
            ("xsd:int", "xsd:int"),
            ("größe", "größe"),
            ("_a-b.c1", "_a-b.c1"),
            (&long, &cut),
            ("", "\"\""),
            ("7a", "(2 bytes)"),
            ("a b", "(3 bytes)"),
            ("a\nb", "(3 bytes)"),
            ("pass!", "(5 bytes)"),
        ] {
            assert_eq!(Name(name).to_string(), shown);
        }
    }

    #[test]
    fn plain_text_has_words_and_numbers() {
        for text in [
            "vm-42",
            "domain-c8",
            "ha-folder-root",
            "ServiceInstance",
            "42",
            "group-d1",
        ] {
            assert!(is_plain(text, "-"), "{text}");
        }
        for text in [
            "",
            "-",
            "vm--42",
            "hunter2",
            "s3cr3t",
            "5f3b",
            "session[52b5]",
            "vm-12345678901",
            "52b5a1f2-00c4-9a2e",
            "a b",
            "ä",
        ] {
            assert!(!is_plain(text, "-"), "{text}");
        }
        assert!(!is_plain(&"a".repeat(33), "-"));
        assert!(!is_plain(&"a-".repeat(60), "-"));
    }

    #[test]
    fn headers_are_shown_where_they_are_plain() {
        for text in [
            "text/xml; charset=utf-8",
            "\"urn:vim25/8.0.1.0\"",
            "nginx/1.25.3",
            "Thu, 01 Jan 1970 00:00:00 GMT",
            "en_US",
        ] {
            assert_eq!(Plain(text).to_string(), text);
        }
        assert_eq!(Plain("text/xml; s3cr3t").to_string(), "(16 bytes)");
    }

    #[test]
    fn of_paths_what_is_plain_is_shown() {
        for (path, shown) in [
            ("/sdk", "/sdk"),
            ("/", "/"),
            (
                "/sdk/vim25/8.0.1.0/Folder/group-d1/CreateFolder",
                "/sdk/vim25/8.0.1.0/Folder/group-d1/CreateFolder",
            ),
            ("/sdk/vimServiceVersions.xml", "/sdk/vimServiceVersions.xml"),
            (
                "/sdk/PropertyCollector/session%5B52b5%5D/Create",
                "/sdk/PropertyCollector/…/Create",
            ),
            ("/s3cr3t/", "/…/"),
        ] {
            assert_eq!(PathWords(path).to_string(), shown);
        }
    }
}
