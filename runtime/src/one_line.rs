//! Showing text of a server in a message of one line.

use std::fmt;

/// Shows the text with what would begin a new line, or otherwise change how the text is shown, in
/// the notation of Rust: `\n`, `\u{1b}`.
pub(crate) struct OneLine<'a>(pub(crate) &'a str);

impl fmt::Display for OneLine<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let breaks = |character: char| {
            character.is_control() || matches!(character, '\u{2028}' | '\u{2029}')
        };
        let mut shown = 0;
        for (at, found) in self.0.match_indices(breaks) {
            f.write_str(&self.0[shown..at])?;
            write!(f, "{}", found.escape_debug())?;
            shown = at + found.len();
        }
        f.write_str(&self.0[shown..])
    }
}

#[cfg(test)]
mod tests {
    use super::OneLine;

    #[test]
    fn what_breaks_a_line_is_escaped_and_nothing_else() {
        for (text, shown) in [
            ("", ""),
            ("it's \"ü\" \\ 😀", "it's \"ü\" \\ 😀"),
            ("a\nb\r\n", "a\\nb\\r\\n"),
            ("\u{1b}[31m\u{85}\u{2028}x", "\\u{1b}[31m\\u{85}\\u{2028}x"),
        ] {
            assert_eq!(OneLine(text).to_string(), shown);
        }
    }
}
