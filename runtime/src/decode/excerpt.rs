//! The markup around a place in a response, without anything that could be a secret.

use std::fmt::Write as _;
use std::ops::Range;

use memchr::memmem;

use crate::one_line::OneLine;
use crate::xml::attributes::Attributes;
use crate::xml::name::{is_qualified_name, split_name};

/// How many tokens are shown before the place, and how many after it.
const BEFORE: usize = 3;
const AFTER: usize = 2;

/// How much of a name or type is shown.
const LONGEST_NAME: usize = 60;

/// What stands for everything that is not shown.
const HIDDEN: char = '…';

/// Shows the tags around a place in an input that begins where a token does, with the types that
/// they name. Of the text between them, only that there is some.
pub(super) fn excerpt(input: &[u8], place: usize) -> String {
    let mut before = [const { None }; BEFORE];
    let mut after = 0;
    let mut shown = String::new();
    let mut position = 0;
    while let Some(token) = token_at(input, position) {
        position = token.range.end;
        if !token.is_shown(input) {
            continue;
        }
        if token.range.start < place {
            before.rotate_left(1);
            before[BEFORE - 1] = Some(token);
            continue;
        }
        for token in before.iter_mut().filter_map(Option::take) {
            token.show(input, &mut shown);
        }
        token.show(input, &mut shown);
        after += 1;
        if after == AFTER {
            break;
        }
    }
    for token in before.into_iter().flatten() {
        token.show(input, &mut shown);
    }
    shown
}

/// The tags at the beginning of a body that is no answer, with the title that it may have, if that
/// is made of well-known words: what tells a proxy's page from another product's.
pub(crate) fn beginning(body: &[u8]) -> String {
    const TAGS: usize = 8;
    let mut shown = String::new();
    let mut tags = 0;
    let mut position = 0;
    let mut in_title = false;
    while let Some(token) = token_at(body, position).filter(|_| tags < TAGS) {
        position = token.range.end;
        let text = &body[token.range.clone()];
        match token.kind {
            Kind::Text if in_title => show_title(text, &mut shown),
            _ if token.is_shown(body) && !text.starts_with(b"<!") => {
                token.show(body, &mut shown);
                tags += 1;
            }
            _ => {}
        }
        in_title = text.eq_ignore_ascii_case(b"<title>");
    }
    shown
}

/// A piece of the input: from `<` to `>`, or between those.
struct Token {
    range: Range<usize>,
    kind: Kind,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Tag,
    /// Text or a CDATA section.
    Text,
    /// A comment or instruction.
    Passed,
}

/// The token that begins here. What does not end goes on to the end of the input.
fn token_at(input: &[u8], start: usize) -> Option<Token> {
    const DELIMITED: [(&[u8], &[u8], Kind); 3] = [
        (b"<!--", b"-->", Kind::Passed),
        (b"<![CDATA[", b"]]>", Kind::Text),
        (b"<?", b"?>", Kind::Passed),
    ];
    let rest = input.get(start..).filter(|rest| !rest.is_empty())?;
    let delimited = DELIMITED
        .into_iter()
        .find(|(begin, ..)| rest.starts_with(begin));
    let (length, kind) = match delimited {
        Some((begin, end, kind)) => {
            let inside = memmem::find(&rest[begin.len()..], end);
            (inside.map(|at| begin.len() + at + end.len()), kind)
        }
        None if rest.starts_with(b"<") => (tag_length(rest), Kind::Tag),
        None => (memchr::memchr(b'<', rest), Kind::Text),
    };
    let end = length.map_or(input.len(), |length| start + length);
    let range = start..end;
    Some(Token { range, kind })
}

/// Up to the `>` that is not within quotes.
fn tag_length(tag: &[u8]) -> Option<usize> {
    let mut quote = None;
    let end = tag.iter().position(|&byte| {
        match (quote, byte) {
            (None, b'>') => return true,
            (None, b'"' | b'\'') => quote = Some(byte),
            (Some(open), byte) if open == byte => quote = None,
            _ => {}
        }
        false
    });
    end.map(|end| end + 1)
}

impl Token {
    fn is_shown(&self, input: &[u8]) -> bool {
        match self.kind {
            Kind::Tag => true,
            Kind::Text => !input[self.range.clone()].trim_ascii().is_empty(),
            Kind::Passed => false,
        }
    }

    fn show(&self, input: &[u8], shown: &mut String) {
        let text = &input[self.range.clone()];
        match (self.kind, text) {
            (Kind::Tag, [b'<', b'/', name @ ..]) => show_tag("</", name, shown),
            (Kind::Tag, [_, name @ ..]) => show_tag("<", name, shown),
            _ => shown.push(HIDDEN),
        }
    }
}

fn show_tag(begin: &str, rest: &[u8], shown: &mut String) {
    let ends = |byte: &u8| byte.is_ascii_whitespace() || matches!(byte, b'/' | b'>');
    let (name, rest) = rest.split_at(rest.iter().position(ends).unwrap_or(rest.len()));
    shown.push_str(begin);
    // What is no name may be any text, in front of which someone forgot to escape a `<`.
    if is_qualified_name(name) {
        show_name(name, shown);
    } else {
        shown.push(HIDDEN);
    }
    let attributes = rest.strip_suffix(b">").unwrap_or(rest);
    let is_empty = attributes.ends_with(b"/");
    if let Some(name) = type_in(attributes) {
        shown.push_str(" type=\"");
        show_name(name, shown);
        shown.push('"');
    }
    shown.push_str(if is_empty { "/>" } else { ">" });
}

/// The type that the attributes name, of an object or of what a reference leads to.
fn type_in(attributes: &[u8]) -> Option<&[u8]> {
    Attributes(attributes)
        .map_while(Result::ok)
        .find(|attribute| attribute.local == b"type" && is_qualified_name(attribute.value))
        .map(|attribute| split_name(attribute.value).1)
}

/// The words that titles of error pages and login pages are made of.
const TITLE_WORDS: &str = "\
    a access and apache authentication authorization available bad bigip client cloudflare \
    could denied entity envoy error esx esxi exceeded f5 failed forbidden found gateway \
    haproxy home host http id in internal is large log login loop many method moved nginx not \
    of on or page permanently proxy redirect refused request requested requests required \
    retrieved server service sign squid status temporarily the timeout to too tomcat traefik \
    unauthorized unavailable url varnish vcenter vmware vsphere web welcome";

/// A title whose words are all well-known, and its numbers statuses.
fn show_title(title: &[u8], shown: &mut String) {
    let text = String::from_utf8_lossy(title);
    let is_known = |word: &str| {
        let is_status = word.len() == 3 && word.bytes().all(|byte| byte.is_ascii_digit());
        let mut known = TITLE_WORDS.split_ascii_whitespace();
        is_status || known.any(|known| known.eq_ignore_ascii_case(word))
    };
    let is_between = |character: char| {
        character.is_whitespace() || matches!(character, '-' | ':' | '!' | '.' | ',' | '/' | '|')
    };
    let mut words = text.split(is_between).filter(|word| !word.is_empty());
    if words.all(is_known) {
        show_name(title, shown);
    } else if !text.trim_ascii().is_empty() {
        shown.push(HIDDEN);
    }
}

fn show_name(name: &[u8], shown: &mut String) {
    let name: String = String::from_utf8_lossy(name)
        .chars()
        .take(LONGEST_NAME)
        .collect();
    // Writing to a string cannot fail.
    let _ = write!(shown, "{}", OneLine(&name));
}

#[cfg(test)]
mod tests {
    use super::{beginning, excerpt};

    fn around(marked: &str) -> String {
        let place = marked.find('|').expect("a place");
        excerpt(marked.replacen('|', "", 1).as_bytes(), place)
    }

    #[test]
    fn tags_are_shown_and_text_is_not() {
        for (marked, shown) in [
            ("<a><b>secret|</b></a><c/>", "<a><b>…</b></a>"),
            ("<a><b>secret</b>|</a><c/><d/>", "<b>…</b></a><c/>"),
            ("|<a>", "<a>"),
            ("<a>|", "<a>"),
            ("|", ""),
            ("<a> \n <!-- secret --> <?x secret?> <b>|", "<a><b>"),
            ("<a><![CDATA[<secret>]]></a>|", "<a>…</a>"),
            ("<a><![CDATA[<sec|ret>", "<a>…"),
            (
                "<a xsi:type='p:Type' b=\"secret>\" xmlns:p='urn:p'>|",
                "<a type=\"Type\">",
            ),
            ("<a type='not a name' b='secret'/>|", "<a/>"),
            ("<a>x<1secret</a>|", "<a>…<…>"),
            ("<a secret>|</a secret>", "<a></a>"),
            ("<a b='secret>|</a>", "<a>"),
            ("|a secret < b", "…<…>"),
        ] {
            assert_eq!(around(marked), shown, "{marked}");
        }
    }

    #[test]
    fn the_beginning_of_a_page_tells_its_title_alone() {
        for (body, shown) in [
            (
                "<!DOCTYPE html>\n<html><head>\n<TITLE>502 Bad\nGateway</TITLE></head><body>secret</body></html>",
                "<html><head><TITLE>502 Bad\\nGateway</TITLE></head><body>…</body>",
            ),
            ("<title>Session 5f3b of root</title>", "<title>…</title>"),
            ("secret", "…"),
            ("{\"session\": \"secret\"}", "…"),
            ("", ""),
            ("<html secret='secret'><title>", "<html><title>"),
        ] {
            assert_eq!(beginning(body.as_bytes()), shown);
        }
    }

    #[test]
    fn it_is_short_whatever_it_is_of() {
        let long = format!("<{0} {0}='{0}' type='{0}'>", "x".repeat(1000)).repeat(9);
        assert!(excerpt(long.as_bytes(), long.len() / 2).len() < 2000);
        let attributes = format!("<a{}>", " b='c'".repeat(10_000));
        assert!(excerpt(attributes.as_bytes(), 0).len() < 2000);
    }
}
