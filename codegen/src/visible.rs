//! Texts of descriptions, servers and files on their way to a terminal, a log or a source file:
//! what would not be seen, or would be obeyed, is shown instead.

use std::borrow::Cow;
use std::fmt::{self, Write};

/// Whether a character is not seen, or changes how others are: control characters, among them those
/// that a terminal obeys; what changes the direction of a text; and what has no width.
pub fn is_hidden(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{ad}' | '\u{61c}' | '\u{180e}' | '\u{200b}'..='\u{200f}'
            | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}'
            | '\u{fff9}'..='\u{fffb}' | '\u{e0000}'..='\u{e007f}')
}

/// A text in which every hidden character is shown as Rust writes it: `\n`, `\u{1b}`.
///
/// ```
/// use vmomi_codegen::visible::visible;
/// assert_eq!(visible("a\u{1b}[2J\n"), r"a\u{1b}[2J\n");
/// ```
pub fn visible(text: &str) -> Cow<'_, str> {
    if !text.contains(is_hidden) {
        return Cow::Borrowed(text);
    }
    let mut shown = String::with_capacity(text.len() + 8);
    for c in text.chars() {
        match is_hidden(c) {
            true => shown.extend(c.escape_default()),
            false => shown.push(c),
        }
    }
    Cow::Owned(shown)
}

/// A text of several lines, each as [`visible`] shows it.
#[derive(Debug, Clone, Copy)]
pub struct Lines<T>(pub T);

impl<T: fmt::Display> fmt::Display for Lines<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(VisibleLines(f), "{}", self.0)
    }
}

/// JSON with every hidden character within its texts escaped, as JSON allows for any.
pub fn json(text: &str) -> Cow<'_, str> {
    let must_be_escaped = |c: char| is_hidden(c) && !c.is_ascii_whitespace();
    if !text.contains(must_be_escaped) {
        return Cow::Borrowed(text);
    }
    let mut escaped = String::with_capacity(text.len() + 8);
    for c in text.chars() {
        if must_be_escaped(c) {
            for unit in c.encode_utf16(&mut [0; 2]) {
                escaped.push_str(&format!("\\u{unit:04x}"));
            }
        } else {
            escaped.push(c);
        }
    }
    Cow::Owned(escaped)
}

/// Passes on what is written to it, with all but line ends visible.
struct VisibleLines<'f, 'w>(&'f mut fmt::Formatter<'w>);

impl Write for VisibleLines<'_, '_> {
    fn write_str(&mut self, text: &str) -> fmt::Result {
        for (index, line) in text.split('\n').enumerate() {
            if index > 0 {
                self.0.write_char('\n')?;
            }
            self.0.write_str(&visible(line))?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_terminal_would_obey_is_shown() {
        assert_eq!(visible("plain é"), "plain é");
        assert_eq!(visible("a\u{1b}[2Jb\n\t"), "a\\u{1b}[2Jb\\n\\t");
        // The one-character form of the same, a change of direction, and what has no width.
        assert_eq!(
            visible("\u{9b}2J\u{202e}\u{200b}"),
            "\\u{9b}2J\\u{202e}\\u{200b}"
        );
        let shown = serde_json::json!(["a\n\u{1b}", "\u{7f}\u{9b}\u{202e}\u{e0001}é"]);
        let escaped = serde_json::to_string_pretty(&shown).expect("JSON");
        let escaped = json(&escaped);
        assert!(
            !escaped.contains(|c| is_hidden(c) && c != '\n'),
            "{escaped}"
        );
        let read: serde_json::Value = serde_json::from_str(&escaped).expect("JSON");
        assert_eq!(read, shown);
        let lines = Lines("a\n\u{1b}b\r\n").to_string();
        assert_eq!(lines, "a\n\\u{1b}b\\r\n");
    }
}
