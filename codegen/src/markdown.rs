//! Texts that are not ours within Markdown: they are read as text, and as nothing else.

use crate::visible::visible;

/// Characters that Markdown or HTML read as something, wherever they are.
pub(crate) const SPECIAL: &[char] = &[
    '\\', '`', '*', '_', '[', ']', '<', '>', '#', '|', '~', '&', '$', '!', '{', '}', '^',
];

/// A code span with this text, whatever is in it. What cannot be seen is shown as Rust writes it.
///
/// CommonMark ends a span at as many backticks as begin it, and takes a space from both ends if
/// there are two.
pub(crate) fn code(text: &str) -> String {
    if text.is_empty() {
        return "the empty string".into();
    }
    let text = visible(text);
    let runs = text.split(|c| c != '`').map(str::len);
    let fence = "`".repeat(runs.max().unwrap_or(0) + 1);
    let is_blank = text.bytes().all(|byte| byte == b' ');
    let has_spaces = text.starts_with(' ') && text.ends_with(' ') && !is_blank;
    if has_spaces || text.starts_with('`') || text.ends_with('`') {
        format!("{fence} {text} {fence}")
    } else {
        format!("{fence}{text}{fence}")
    }
}

/// A text in a line of others.
pub(crate) fn plain(text: &str) -> String {
    let text = visible(text);
    let mut plain = String::with_capacity(text.len());
    let mut before = '\n';
    let mut characters = text.chars().peekable();
    while let Some(c) = characters.next() {
        let after = characters.peek().copied().unwrap_or('\n');
        let is_mark = match c {
            // Within a word it is one of its letters: 2_5.
            '_' => !(before.is_ascii_alphanumeric() && after.is_ascii_alphanumeric()),
            // An address would become a link, and quotes others.
            ':' | '\'' | '"' => true,
            '-' | '+' | '=' => before == '\n' || before == c,
            '.' => before == c,
            _ => SPECIAL.contains(&c),
        };
        if is_mark {
            plain.push('\\');
        }
        plain.push(c);
        before = c;
    }
    plain
}

/// What is in one cell of a table, which a bar would end, also within code.
pub(crate) fn cell(markdown: &str) -> String {
    markdown.replace('|', "\\|")
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};

    use super::*;

    fn events(markdown: &str) -> Vec<Event<'_>> {
        Parser::new_ext(markdown, Options::all()).collect()
    }

    /// Whether a document is one paragraph with this code, between two words and on a line alone.
    fn assert_is_code(text: &str) {
        for (before, after) in [("before ", " after"), ("", ""), ("", ".")] {
            let markdown = format!("{before}{}{after}", code(text));
            let events = events(&markdown);
            let spans: Vec<&str> = (events.iter())
                .filter_map(|event| match event {
                    Event::Code(code) => Some(&**code),
                    _ => None,
                })
                .collect();
            assert_eq!(spans, [visible(text)], "{markdown:?}");
            let is_expected = |event: &Event<'_>| {
                matches!(
                    event,
                    Event::Code(_)
                        | Event::Text(_)
                        | Event::Start(Tag::Paragraph)
                        | Event::End(TagEnd::Paragraph)
                )
            };
            assert!(events.iter().all(is_expected), "{events:?} of {markdown:?}");
        }
    }

    fn assert_is_plain(text: &str) {
        let markdown = format!("before {} after", plain(text));
        let mut shown = String::new();
        for event in events(&markdown) {
            match event {
                Event::Text(text) => shown.push_str(&text),
                Event::Start(Tag::Paragraph) | Event::End(TagEnd::Paragraph) => {}
                other => panic!("{other:?} in {markdown:?}"),
            }
        }
        assert_eq!(
            shown,
            format!("before {} after", visible(text)),
            "{markdown:?}"
        );
    }

    fn assert_is_a_cell(text: &str) {
        let markdown = format!("| a | b |\n|---|---|\n| {} | {} |", cell(&code(text)), "x");
        let events = events(&markdown);
        let cells = (events.iter())
            .filter(|event| matches!(event, Event::Start(Tag::TableCell)))
            .count();
        assert_eq!(cells, 4, "{markdown:?}");
        assert!(
            events.contains(&Event::Code(visible(text).into_owned().into())),
            "{markdown:?}"
        );
    }

    #[test]
    fn code_holds_backticks_and_keeps_its_spaces() {
        assert_eq!(code("a"), "`a`");
        assert_eq!(code("a`b"), "``a`b``");
        assert_eq!(code("``"), "``` `` ```");
        assert_eq!(code(" a "), "`  a  `");
        assert_eq!(code("a\n"), "`a\\n`");
        assert_eq!(code(""), "the empty string");
        // What the audit found to end the span.
        let evil = "a`` <img src=x onerror=\"alert(document.domain)\"> ``b";
        assert_eq!(code(evil), format!("```{evil}```"));
        assert_is_code(evil);
        assert_is_code(" ");
        assert_is_code("  ");
    }

    /// Texts with much of what means something.
    fn nasty() -> impl Strategy<Value = String> {
        let pieces = prop::sample::select(vec![
            "`",
            "``",
            "```",
            " ",
            "  ",
            "\n",
            "\r",
            "\t",
            "\u{0}",
            "\u{1b}[2J",
            "\u{202e}",
            "<b>",
            "<!--",
            "-->",
            "</code>",
            "<script>",
            "&lt;",
            "&",
            "\\",
            "*",
            "**",
            "_",
            "[",
            "](x)",
            "[a]: b",
            "|",
            "~~",
            "$",
            "#",
            "- ",
            "1. ",
            "> ",
            "+++",
            "===",
            ":",
            "https://a.b/c",
            "<https://a.b>",
            "!",
            "{",
            "^",
            "[^1]",
            "word",
            "é",
            "'",
            "\"",
            "...",
            "--",
        ]);
        prop::collection::vec(pieces, 1..12).prop_map(|pieces| pieces.concat())
    }

    proptest! {
        #![proptest_config(ProptestConfig {
            failure_persistence: None,
            cases: 2_000,
            ..ProptestConfig::default()
        })]

        #[test]
        fn nasty_texts_are_one_code_span(text in nasty()) {
            assert_is_code(&text);
            assert_is_a_cell(&text);
        }

        #[test]
        fn any_text_is_one_code_span(text in "\\PC{1,40}|.{1,40}") {
            assert_is_code(&text);
        }

        #[test]
        fn any_text_is_plain(text in prop_oneof![nasty(), ".{1,40}"]) {
            assert_is_plain(&text);
        }
    }
}
