//! Foreign text as documentation: what rustdoc takes without a warning, and reads as nothing but text.
//!
//! Paragraphs and lists stay, and what stands in backticks; `*Name*`, as VMware marks names, becomes code too. All else
//! that Markdown or HTML would read as something is escaped, so that no link leads nowhere, nothing is left open, and no
//! indented example is compiled as a test.

use crate::markdown::SPECIAL;
use crate::visible::is_hidden;

/// How long a line gets.
const WIDTH: usize = 100;

/// Tags whose texts are kept without them.
const DROPPED_TAGS: &[&str] = &[
    "a", "b", "br", "code", "dd", "div", "dl", "dt", "em", "i", "li", "ol", "p", "pre", "span",
    "strong", "table", "td", "th", "tr", "tt", "u", "ul",
];

/// A paragraph, or an item of a list.
struct Block {
    is_item: bool,
    /// Whether it goes on within the item before it.
    is_within: bool,
    text: String,
}

/// Makes lines of documentation of a text. None is longer than some hundred characters, unless a word is; there are no
/// empty lines at either end, and no two in a row.
pub(crate) fn sanitise(text: &str) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    let mut after_item = false;
    for block in blocks(text) {
        let words = words(&block.text);
        if words.is_empty() {
            continue;
        }
        let (first, further) = match (block.is_item, block.is_within && after_item) {
            (true, _) => ("- ", "  "),
            (false, true) => ("  ", "  "),
            (false, false) => ("", ""),
        };
        let is_next_item = block.is_item && after_item;
        if !lines.is_empty() && !is_next_item {
            lines.push(String::new());
        }
        after_item = block.is_item || (block.is_within && after_item);
        wrap(&words, first, further, &mut lines);
    }
    lines
}

fn blocks(text: &str) -> Vec<Block> {
    let mut blocks: Vec<Block> = Vec::new();
    let mut is_open = false;
    for line in text.split(['\n', '\r', '\u{2028}', '\u{2029}']) {
        let line: String = line.chars().filter_map(printable).collect();
        let content = line.trim();
        if content.is_empty() {
            is_open = false;
            continue;
        }
        let item = ["- ", "* ", "+ "]
            .iter()
            .find_map(|mark| content.strip_prefix(mark));
        match (item, blocks.last_mut()) {
            (None, Some(block)) if is_open => {
                block.text.push(' ');
                block.text.push_str(content);
            }
            _ => blocks.push(Block {
                is_item: item.is_some(),
                is_within: item.is_none() && line.starts_with(' '),
                text: item.unwrap_or(content).to_owned(),
            }),
        }
        is_open = true;
    }
    blocks
}

/// A character as it can stand in a comment: no control characters, nor those that change the direction of a text or
/// are not seen.
fn printable(c: char) -> Option<char> {
    match c {
        '\u{a0}' => Some(' '),
        c if c.is_control() => Some(' '),
        c if is_hidden(c) => None,
        c => Some(c),
    }
}

/// The words of a block as they are to be written. Code is one word, whatever spaces are in it.
fn words(text: &str) -> Vec<String> {
    let mut writer = Writer::default();
    let mut rest = text;
    while let Some(c) = rest.chars().next() {
        let taken = entity(rest)
            .map(|(plain, length)| {
                writer.plain(plain);
                length
            })
            .or_else(|| tag(rest))
            .or_else(|| code(rest).map(|(code, length)| writer.code(code, length)))
            .or_else(|| name(rest).map(|(name, length)| writer.code(name, length)))
            .or_else(|| url(rest).map(|url| writer.url(url)));
        let length = taken.unwrap_or_else(|| {
            if let Some(escaped) = escaped(rest) {
                writer.plain(escaped);
                return 1 + escaped.len_utf8();
            }
            writer.plain(c);
            c.len_utf8()
        });
        rest = rest.get(length..).unwrap_or_default();
    }
    writer.finish()
}

#[derive(Default)]
struct Writer {
    words: Vec<String>,
    word: String,
}

impl Writer {
    fn plain(&mut self, c: char) {
        if c.is_whitespace() {
            self.end_word();
            return;
        }
        // What is no address may become one by what is dropped within it.
        let completes_scheme = c == '/'
            && ["http:/", "https:/"]
                .iter()
                .any(|of| self.word.ends_with(of));
        if SPECIAL.contains(&c) || completes_scheme {
            self.word.push('\\');
        }
        self.word.push(c);
    }

    /// Two backticks side by side would be others than those that are meant, so a word ends between two pieces of code.
    fn code(&mut self, code: &str, length: usize) -> usize {
        let code = code.split_whitespace().collect::<Vec<_>>().join(" ");
        if self.word.ends_with('`') {
            self.end_word();
        }
        self.word.push('`');
        self.word.push_str(&code);
        self.word.push('`');
        length
    }

    fn url(&mut self, url: &str) -> usize {
        self.word.push('<');
        self.word.push_str(url);
        self.word.push('>');
        url.len()
    }

    fn end_word(&mut self) {
        if !self.word.is_empty() {
            self.words.push(std::mem::take(&mut self.word));
        }
    }

    fn finish(mut self) -> Vec<String> {
        self.end_word();
        self.words
    }
}

/// The character that stands for itself after a backslash.
fn escaped(text: &str) -> Option<char> {
    let next = text.strip_prefix('\\')?.chars().next()?;
    next.is_ascii_punctuation().then_some(next)
}

/// The character that an entity at the start stands for, and the length of the entity.
fn entity(text: &str) -> Option<(char, usize)> {
    [
        ("&lt;", '<'),
        ("&gt;", '>'),
        ("&amp;", '&'),
        ("&quot;", '"'),
        ("&apos;", '\''),
        ("&#39;", '\''),
        ("&nbsp;", ' '),
    ]
    .into_iter()
    .find_map(|(entity, c)| text.starts_with(entity).then_some((c, entity.len())))
}

/// The length of a well-known tag at the start.
fn tag(text: &str) -> Option<usize> {
    let inner = text.strip_prefix('<')?;
    let end = inner.find('>')?;
    let inside = inner[..end].trim_start_matches('/').trim_end_matches('/');
    let name = inside.split_whitespace().next()?.to_ascii_lowercase();
    DROPPED_TAGS.contains(&name.as_str()).then_some(end + 2)
}

/// The content of a code span at the start, and the length of the span.
fn code(text: &str) -> Option<(&str, usize)> {
    let ticks = text.bytes().take_while(|b| *b == b'`').count();
    if ticks == 0 {
        return None;
    }
    let fence = &text[..ticks];
    let (content, _) = text[ticks..].split_once(fence)?;
    let is_plain = !content.contains('`') && !content.trim().is_empty();
    is_plain.then_some((content, content.len() + 2 * ticks))
}

/// The name that stands between asterisks at the start, and the length of both.
fn name(text: &str) -> Option<(&str, usize)> {
    let (name, _) = text.strip_prefix('*')?.split_once('*')?;
    let is_name = name.starts_with(|c: char| c.is_ascii_alphabetic())
        && name
            .chars()
            .all(|c| c.is_ascii_alphanumeric() || "_.#".contains(c));
    is_name.then_some((name, name.len() + 2))
}

/// The address at the start, without the marks that end a sentence.
fn url(text: &str) -> Option<&str> {
    let scheme = ["https://", "http://"]
        .into_iter()
        .find(|scheme| text.starts_with(scheme))?;
    let end = text[scheme.len()..]
        .find(|c: char| !(c.is_ascii_alphanumeric() || "-._~:/?#@%+=,;".contains(c)))
        .map_or(text.len(), |end| scheme.len() + end);
    let url = text[..end].trim_end_matches(['.', ',', ';', ':', '?']);
    (url.len() > scheme.len()).then_some(url)
}

/// Fills lines with words.
fn wrap(words: &[String], first: &str, further: &str, lines: &mut Vec<String>) {
    let mut line = first.to_owned();
    let mut is_empty = true;
    for word in words {
        if !is_empty && line.len() + 1 + word.len() > WIDTH {
            lines.push(std::mem::replace(&mut line, further.to_owned()));
            is_empty = true;
        }
        if is_empty {
            line.push_str(&at_start(word));
        } else {
            line.push(' ');
            line.push_str(word);
        }
        is_empty = false;
    }
    lines.push(line);
}

/// A word as the first of a line, where a few more characters mean something: lists, headings, rules.
fn at_start(word: &str) -> String {
    let digits = word.bytes().take_while(u8::is_ascii_digit).count();
    if digits > 0 && word[digits..].starts_with(['.', ')']) {
        return format!("{}\\{}", &word[..digits], &word[digits..]);
    }
    if word.starts_with(['-', '+', '=', ':']) {
        return format!("\\{word}");
    }
    word.to_owned()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use pulldown_cmark::{Event, LinkType, Options, Parser, Tag};

    use super::*;

    #[track_caller]
    fn check(text: &str, lines: &[&str]) {
        assert_eq!(sanitise(text), lines, "{text:?}");
    }

    #[test]
    fn paragraphs_lists_and_code_stay() {
        check("  One\n  two.\n\n\nThree.\n", &["One two.", "", "Three."]);
        check(
            "Either\n- a\n  b\n- c\n\nor.",
            &["Either", "", "- a b", "- c", "", "or."],
        );
        check("- a\n\n  more\n- b", &["- a", "", "  more", "- b"]);
        check(
            "See *VirtualDisk.key* and `x y`.",
            &["See `VirtualDisk.key` and `x y`."],
        );
        check(
            "See <https://a.b/c_d>, http://e.f.",
            &["See \\<<https://a.b/c_d>\\>, <http://e.f>."],
        );
    }

    #[test]
    fn everything_else_is_text() {
        check(
            "a [link](b) ![i](j) [`c`]",
            &["a \\[link\\](b) \\!\\[i\\](j) \\[`c`\\]"],
        );
        check("Vec<T> & <p>b</p> &lt;c&gt;", &["Vec\\<T\\> \\& b \\<c\\>"]);
        check("# no heading\n===", &["\\# no heading ==="]);
        check("===", &["\\==="]);
        check("1. one", &["1\\. one"]);
        check("```rust\nlet a = 1;\n```", &["`rust let a = 1;`"]);
        check("    let indented = 1;", &["let indented = 1;"]);
        check("a ` b", &["a \\` b"]);
        check("| a | b |\n|---|---|", &["\\| a \\| b \\| \\|---\\|---\\|"]);
        check("http://</code>2)", &["http:/\\/2)"]);
        check("***Since:*** 8.0", &["\\*\\*\\*Since:\\*\\*\\* 8.0"]);
        check(
            "EnterMaintenanceMode\\_Task()",
            &["EnterMaintenanceMode\\_Task()"],
        );
        check("a\u{202e}b\u{0}c\td", &["ab c d"]);
        check("<br/> \n\n \u{feff}", &[]);
    }

    #[test]
    fn long_lines_are_broken_and_no_line_begins_anew() {
        let text = "word - 1. + # = ".repeat(60);
        let lines = sanitise(&text);
        assert!(lines.len() > 5);
        assert!(
            lines.iter().all(|line| line.len() <= WIDTH + 2),
            "{lines:?}"
        );
        assert_plain(&lines);
    }

    /// Whether rustdoc's own parser finds nothing but what this may write.
    fn assert_plain(lines: &[String]) {
        let text = lines.join("\n");
        let (mut depth, mut in_link) = (0_i32, false);
        for event in Parser::new_ext(&text, Options::all()) {
            match event {
                Event::Start(tag) => {
                    depth += 1;
                    match tag {
                        Tag::Paragraph | Tag::List(None) | Tag::Item => {}
                        Tag::Link {
                            link_type: LinkType::Autolink,
                            ..
                        } => in_link = true,
                        other => panic!("{other:?} in {text}"),
                    }
                }
                Event::End(_) => {
                    depth -= 1;
                    in_link = false;
                }
                Event::Text(text) if !in_link => {
                    for scheme in ["http://", "https://"] {
                        let mut rest = text.split(scheme).skip(1);
                        assert!(
                            rest.all(|rest| !rest.starts_with(|c: char| c.is_ascii_alphanumeric())),
                            "a bare address in {text}"
                        );
                    }
                }
                Event::Text(_) | Event::Code(_) | Event::SoftBreak => {}
                other => panic!("{other:?} in {text}"),
            }
        }
        assert_eq!(depth, 0);
    }

    /// Texts with much of what means something.
    fn nasty() -> impl Strategy<Value = String> {
        let pieces = prop::sample::select(vec![
            "`",
            "``",
            "```",
            "*",
            "**",
            "_",
            "[",
            "]",
            "(",
            ")",
            "<",
            ">",
            "<p>",
            "</code>",
            "<script>",
            "<!--",
            "&lt;",
            "&",
            "#",
            "##",
            "-",
            "--",
            "---",
            "+",
            "=",
            "===",
            "1.",
            "2)",
            "|",
            "~~~",
            "$",
            "\\",
            "!",
            "{",
            "^",
            "[^1]:",
            ":",
            "::",
            "https://a.b/c",
            "http://",
            "*Name.x*",
            "word",
            "é",
            "\u{202e}",
            "\r",
            "\n",
            "\n\n",
            "\n    ",
            "\n- ",
            "\n> ",
            " ",
            "  ",
            "\t",
            "\u{0}",
            "\"",
            "'",
            "/*",
            "*/",
            "//",
        ]);
        prop::collection::vec(pieces, 0..60).prop_map(|pieces| pieces.concat())
    }

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn nasty_texts_are_plain(text in nasty()) {
            let lines = sanitise(&text);
            assert_plain(&lines);
            prop_assert!(lines.iter().all(|line| !line.contains(char::is_control)));
            prop_assert!(lines.iter().all(|line| line.trim_end() == line));
        }

        #[test]
        fn any_text_is_plain(text in any::<String>()) {
            assert_plain(&sanitise(&text));
        }
    }
}
