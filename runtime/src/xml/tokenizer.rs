//! Bytes to tokens, without copying.

use memchr::{memchr, memmem};

use super::error::XmlError;
use super::name::{is_qualified_name, name_length};
use super::scan;
use super::space::{is_space, trim_end};

/// One piece of markup or text, as it stands in the input.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Token<'i> {
    /// `<name attributes>` or `<name attributes/>`
    Start {
        name: &'i [u8],
        attributes: &'i [u8],
        empty: bool,
    },
    /// `</name>`
    End { name: &'i [u8] },
    /// Text with references in it unresolved.
    Text(&'i [u8]),
    /// The inside of `<![CDATA[...]]>`, or the rest of it.
    Cdata(&'i [u8]),
    /// `<?xml ...?>`
    Declaration(&'i [u8]),
    /// A comment or processing instruction.
    Ignored,
}

/// How far earlier calls looked into a token that had not arrived to its end. Without it, a long
/// token that arrives in small pieces would be searched from its start for each of them.
#[derive(Debug, Default)]
pub(crate) struct Search {
    /// How many bytes of the input hold no end.
    seen: usize,
    /// Of a start tag: where its name ends, once that is known.
    name_end: Option<usize>,
    /// Of a start tag: the quote that is open after the bytes seen.
    quote: Option<u8>,
    /// The input begins within this, of which a part was handed on.
    inside: Option<Section>,
}

/// What may be long and have anything in it but its end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Section {
    Cdata,
    Comment,
}

impl Section {
    /// What it begins with.
    const fn begin(self) -> &'static [u8] {
        match self {
            Self::Cdata => b"<![CDATA[",
            Self::Comment => b"<!--",
        }
    }

    /// What it ends with.
    pub(crate) const fn end(self) -> &'static [u8] {
        match self {
            Self::Cdata => b"]]>",
            Self::Comment => b"-->",
        }
    }

    /// The section that the input begins with, and how long its beginning is.
    pub(crate) fn at(input: &[u8]) -> Option<(Self, usize)> {
        let mut both = [Self::Cdata, Self::Comment].into_iter();
        let section = both.find(|section| input.starts_with(section.begin()))?;
        Some((section, section.begin().len()))
    }
}

impl Search {
    /// Whether a token has begun to arrive.
    #[inline]
    pub(crate) fn is_under_way(&self) -> bool {
        self.seen > 0
    }

    /// For a section of which a part was handed on.
    pub(crate) fn within(section: Section) -> Self {
        Self {
            // Nothing was seen of the rest, but it is under way. Its end is longer than one byte.
            seen: 1,
            inside: Some(section),
            ..Self::default()
        }
    }

    /// The section that the input begins within, of which a part was handed on.
    pub(crate) fn inside(&self) -> Option<Section> {
        self.inside
    }

    /// The section that the input begins with or within, and how long its beginning is.
    pub(crate) fn section(&self, input: &[u8]) -> Option<(Section, usize)> {
        match self.inside {
            Some(section) => Some((section, 0)),
            None => Section::at(input),
        }
    }
}

/// Finds the next token at the start of the input, and its length; `None` if the input ends
/// within it.
pub(crate) fn next<'i>(
    input: &'i [u8],
    search: &mut Search,
) -> Result<Option<(Token<'i>, usize)>, XmlError> {
    let found = match input {
        _ if search.inside.is_some() => section(input, search),
        [] => None,
        [b'<'] => None,
        [b'<', b'/', ..] => end_tag(input, search)?,
        [b'<', b'?', ..] => instruction(input, search),
        [b'<', b'!', ..] => declaration(input, search)?,
        [b'<', ..] => start_tag(input, search)?,
        text => find(text, search, b"<").map(|end| (Token::Text(&text[..end]), end)),
    };
    if found.is_some() {
        *search = Search::default();
    }
    Ok(found)
}

/// Where in the input the delimiter begins, searched from where an earlier call left off.
fn find(input: &[u8], search: &mut Search, delimiter: &[u8]) -> Option<usize> {
    // The delimiter may straddle the end of what was seen.
    let from = search.seen.saturating_sub(delimiter.len() - 1);
    let rest = input.get(from..).unwrap_or_default();
    let found = match delimiter {
        [byte] => memchr(*byte, rest),
        delimiter => memmem::find(rest, delimiter),
    };
    search.seen = search.seen.max(input.len());
    found.map(|at| from + at)
}

/// As [`find`], for a delimiter that may not begin before an offset.
fn find_after(input: &[u8], offset: usize, search: &mut Search, delimiter: &[u8]) -> Option<usize> {
    search.seen = search.seen.max(offset + delimiter.len() - 1);
    find(input, search, delimiter)
}

/// `</name>`
fn end_tag<'i>(
    input: &'i [u8],
    search: &mut Search,
) -> Result<Option<(Token<'i>, usize)>, XmlError> {
    let Some(end) = find(input, search, b">") else {
        return Ok(None);
    };
    let name = trim_end(&input[2..end]);
    check_name(name)?;
    Ok(Some((Token::End { name }, end + 1)))
}

/// `<?name ...?>`
fn instruction<'i>(input: &'i [u8], search: &mut Search) -> Option<(Token<'i>, usize)> {
    let end = find_after(input, 2, search, b"?>")?;
    let inside = &input[2..end];
    let token = match inside.strip_prefix(b"xml") {
        Some(declaration) if declaration.first().copied().is_some_and(is_space) => {
            Token::Declaration(declaration)
        }
        _ => Token::Ignored,
    };
    Some((token, end + 2))
}

/// A CDATA section or a comment, or the rest of one.
fn section<'i>(input: &'i [u8], search: &mut Search) -> Option<(Token<'i>, usize)> {
    let (section, begin) = search.section(input)?;
    let end = find_after(input, begin, search, section.end())?;
    let token = match section {
        Section::Cdata => Token::Cdata(&input[begin..end]),
        Section::Comment => Token::Ignored,
    };
    Some((token, end + section.end().len()))
}

/// What begins with `<!`.
fn declaration<'i>(
    input: &'i [u8],
    search: &mut Search,
) -> Result<Option<(Token<'i>, usize)>, XmlError> {
    const CDATA: &[u8] = Section::Cdata.begin();
    const COMMENT: &[u8] = Section::Comment.begin();
    const DOCTYPE: &[u8] = b"<!DOCTYPE";
    if Section::at(input).is_some() {
        return Ok(section(input, search));
    }
    if input.starts_with(DOCTYPE) {
        return Err(XmlError::DocumentType);
    }
    if [CDATA, COMMENT, DOCTYPE]
        .iter()
        .any(|keyword| keyword.starts_with(input))
    {
        return Ok(None);
    }
    Err(XmlError::BadMarkup)
}

/// `<name attributes>` or `<name attributes/>`
fn start_tag<'i>(
    input: &'i [u8],
    search: &mut Search,
) -> Result<Option<(Token<'i>, usize)>, XmlError> {
    let name_end = match search.name_end {
        Some(end) => end,
        None => {
            let Some(end) = find_name_end(input, search)? else {
                return Ok(None);
            };
            if input[end] == b'>' {
                let token = Token::Start {
                    name: &input[1..end],
                    attributes: &[],
                    empty: false,
                };
                return Ok(Some((token, end + 1)));
            }
            search.name_end = Some(end);
            search.seen = end;
            end
        }
    };
    let Some(end) = find_tag_end(input, search) else {
        return Ok(None);
    };
    let inside = &input[name_end..end];
    let token = Token::Start {
        name: &input[1..name_end],
        attributes: inside.strip_suffix(b"/").unwrap_or(inside),
        empty: inside.ends_with(b"/"),
    };
    Ok(Some((token, end + 1)))
}

/// Where the name of a start tag ends.
fn find_name_end(input: &[u8], search: &mut Search) -> Result<Option<usize>, XmlError> {
    let ends = |byte: &u8| matches!(byte, b'>' | b'/' | b' ' | b'\t' | b'\r' | b'\n');
    // Most names have no prefix, and are there at once.
    if search.seen == 0 {
        let end = 1 + name_length(&input[1..]);
        if end > 1 && input.get(end).is_some_and(ends) {
            return Ok(Some(end));
        }
    }
    let from = search.seen.max(1);
    let Some(length) = input[from..].iter().position(ends) else {
        search.seen = input.len();
        return Ok(None);
    };
    let end = from + length;
    check_name(&input[1..end])?;
    Ok(Some(end))
}

/// Where the `>` stands that is not within quotes.
fn find_tag_end(input: &[u8], search: &mut Search) -> Option<usize> {
    let mut at = search.seen;
    loop {
        let rest = &input[at..];
        let found = match search.quote {
            Some(quote) => scan::first_of([quote], rest),
            None => scan::first_of(*b">\"'", rest),
        };
        let Some(found) = found else {
            search.seen = input.len();
            return None;
        };
        at += found;
        search.quote = match (search.quote, input[at]) {
            (Some(_), _) => None,
            (None, b'>') => return Some(at),
            (None, quote) => Some(quote),
        };
        at += 1;
    }
}

fn check_name(name: &[u8]) -> Result<(), XmlError> {
    if is_qualified_name(name) {
        Ok(())
    } else {
        Err(XmlError::BadName)
    }
}
