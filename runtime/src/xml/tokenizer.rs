//! Bytes to tokens, without copying and without state but a place to go on searching.

use memchr::{memchr, memchr3, memmem};

use super::error::XmlError;

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
    /// The inside of `<![CDATA[...]]>`.
    Cdata(&'i [u8]),
    /// `<?xml ...?>`
    Declaration(&'i [u8]),
    /// A comment or processing instruction.
    Ignored,
}

/// Finds the next token at the start of the input, and its length; `None` if the input ends
/// within it.
///
/// `searched` is how much of the input an earlier call looked through in vain; without it, a long
/// text that arrives in small pieces would be searched from its start for each of them.
pub(crate) fn next<'i>(
    input: &'i [u8],
    searched: &mut usize,
) -> Result<Option<(Token<'i>, usize)>, XmlError> {
    let found = match input {
        [] => return Ok(None),
        [b'<', rest @ ..] => markup(rest, searched)?.map(|(token, length)| (token, length + 1)),
        text => {
            let from = (*searched).min(text.len());
            memchr(b'<', &text[from..]).map(|at| (Token::Text(&text[..from + at]), from + at))
        }
    };
    *searched = if found.is_some() { 0 } else { input.len() };
    Ok(found)
}

/// What follows a `<`.
fn markup<'i>(
    rest: &'i [u8],
    searched: &mut usize,
) -> Result<Option<(Token<'i>, usize)>, XmlError> {
    match rest {
        [] => Ok(None),
        [b'/', tag @ ..] => {
            let Some(end) = memchr(b'>', tag) else {
                return Ok(None);
            };
            let name = tag[..end].trim_ascii_end();
            check_name(name)?;
            Ok(Some((Token::End { name }, end + 2)))
        }
        [b'?', instruction @ ..] => Ok(memmem::find(instruction, b"?>").map(|end| {
            let inside = &instruction[..end];
            let token = match inside.strip_prefix(b"xml") {
                Some(declaration) if declaration.first().is_some_and(u8::is_ascii_whitespace) => {
                    Token::Declaration(declaration)
                }
                _ => Token::Ignored,
            };
            (token, end + 3)
        })),
        [b'!', section @ ..] => declaration(section, searched),
        tag => start_tag(tag),
    }
}

/// What follows a `<!`.
fn declaration<'i>(
    section: &'i [u8],
    searched: &mut usize,
) -> Result<Option<(Token<'i>, usize)>, XmlError> {
    const CDATA: &[u8] = b"[CDATA[";
    const COMMENT: &[u8] = b"--";
    const DOCTYPE: &[u8] = b"DOCTYPE";
    let find = |inside: &[u8], end: &[u8], searched: usize| {
        // Two bytes before what was searched, because the end may straddle it.
        let from = searched.saturating_sub(end.len() + 11).min(inside.len());
        memmem::find(&inside[from..], end).map(|at| from + at)
    };
    if let Some(inside) = section.strip_prefix(CDATA) {
        return Ok(find(inside, b"]]>", *searched)
            .map(|end| (Token::Cdata(&inside[..end]), end + CDATA.len() + 4)));
    }
    if let Some(inside) = section.strip_prefix(COMMENT) {
        return Ok(
            find(inside, b"-->", *searched).map(|end| (Token::Ignored, end + COMMENT.len() + 4))
        );
    }
    if section.starts_with(DOCTYPE) {
        return Err(XmlError::DocumentType);
    }
    let may_become = |keyword: &[u8]| section.len() < keyword.len() && keyword.starts_with(section);
    if may_become(CDATA) || may_become(COMMENT) || may_become(DOCTYPE) {
        return Ok(None);
    }
    Err(XmlError::BadMarkup)
}

/// What follows a `<` that begins a start tag.
fn start_tag(tag: &[u8]) -> Result<Option<(Token<'_>, usize)>, XmlError> {
    let name_end = tag
        .iter()
        .position(|byte| matches!(byte, b'>' | b'/' | b' ' | b'\t' | b'\r' | b'\n'));
    let Some(name_end) = name_end else {
        // A name that does not end may go on in the next piece, but not without limit; the
        // reader's limit on a token takes care of that.
        return Ok(None);
    };
    let name = &tag[..name_end];
    check_name(name)?;
    let mut at = name_end;
    loop {
        let Some(found) = memchr3(b'>', b'"', b'\'', &tag[at..]) else {
            return Ok(None);
        };
        at += found;
        match tag[at] {
            b'>' => break,
            quote => match memchr(quote, &tag[at + 1..]) {
                Some(length) => at += length + 2,
                None => return Ok(None),
            },
        }
    }
    let empty = at > name_end.max(1) - 1 && tag[at - 1] == b'/';
    let attributes_end = if empty { at - 1 } else { at };
    let attributes = tag.get(name_end..attributes_end).unwrap_or_default();
    let token = Token::Start {
        name,
        attributes,
        empty,
    };
    Ok(Some((token, at + 1)))
}

/// Names are compared, not interpreted, so only what would confuse the reader is refused.
fn check_name(name: &[u8]) -> Result<(), XmlError> {
    let bad = |byte: &u8| matches!(byte, b'<' | b'=' | b'"' | b'\'' | b'&' | 0..=b' ');
    match name.first() {
        None => Err(XmlError::BadName),
        Some(first) if first.is_ascii_digit() || matches!(first, b'-' | b'.') => {
            Err(XmlError::BadName)
        }
        Some(_) if name.iter().any(bad) => Err(XmlError::BadName),
        Some(_) => Ok(()),
    }
}
