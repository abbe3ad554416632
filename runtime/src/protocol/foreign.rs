//! Answers that are not of the protocol: a proxy's page, another product, nothing at all.
//!
//! Whether an answer is of the protocol is decided by its body, whatever its status: servers and
//! proxies send faults with 400, 401, 403 and 503 as well, and web pages with 200. The status then
//! decides what the error says.

use std::fmt;

use http::header::CONTENT_TYPE;
use http::{HeaderMap, StatusCode};

use super::BEGINNING;
use crate::decode::{DecodeError, DecodeErrorKind, beginning};
use crate::error::ErrorKind;
use crate::one_line::OneLine;
use crate::raw_body::Received;
use crate::shown::Plain;

/// The status and headers of an answer.
#[derive(Clone, Copy)]
pub(super) struct Head<'a> {
    pub(super) status: StatusCode,
    pub(super) headers: &'a HeaderMap,
}

/// The error for an answer in place of which something else must come.
pub(super) fn in_place_of(
    expected: &'static str,
    head: Head<'_>,
    received: &Received,
) -> ErrorKind {
    ErrorKind::NotVsphere {
        expected,
        status: head.status.as_u16(),
        content_type: content_type(head.headers).map(|value| Plain(value).to_string()),
        excerpt: beginning(&ascii_of(received.as_bytes())),
    }
}

/// The error for a document that could not be decoded, and in which no envelope had begun.
pub(super) fn before_envelope(
    error: DecodeError,
    expected: &'static str,
    head: Head<'_>,
    received: &Received,
) -> ErrorKind {
    let is_another = matches!(error.kind(), DecodeErrorKind::Envelope { .. });
    let body = received.as_bytes();
    if is_another || !is_markup(body) || is_page(head.headers, body) {
        in_place_of(expected, head, received)
    } else {
        ErrorKind::Decode(error)
    }
}

fn content_type(headers: &HeaderMap) -> Option<&str> {
    headers.get(CONTENT_TYPE)?.to_str().ok()
}

/// The media type alone, in lower case.
pub(super) fn media_type(headers: &HeaderMap) -> Option<String> {
    let media = content_type(headers)?.split(';').next()?;
    Some(media.trim().to_ascii_lowercase())
}

/// The `charset` of the content type.
pub(super) fn charset(headers: &HeaderMap) -> Option<&str> {
    let parameters = content_type(headers)?.split(';').skip(1);
    let charset = parameters.filter_map(|parameter| {
        let (name, value) = parameter.split_once('=')?;
        let is_charset = name.trim().eq_ignore_ascii_case("charset");
        is_charset.then(|| value.trim().trim_matches(['"', '\'']))
    });
    charset.into_iter().next()
}

/// The beginning of a body as far as it is ASCII, were it in UTF-16 or UTF-32 too.
fn ascii_of(body: &[u8]) -> Vec<u8> {
    let bytes = body.iter().copied().filter(|byte| *byte != 0);
    let mut ascii: Vec<u8> = bytes.take(BEGINNING).collect();
    let is_mark = |byte: &u8| !byte.is_ascii();
    let marks = ascii.iter().take(3).take_while(|byte| is_mark(byte));
    ascii.drain(..marks.count());
    ascii
}

/// Whether a body begins as XML does.
fn is_markup(body: &[u8]) -> bool {
    const EBCDIC: &[u8] = b"\x4C\x6F\xA7\x94";
    ascii_of(body).trim_ascii_start().starts_with(b"<") || body.starts_with(EBCDIC)
}

/// Whether an answer is an HTML page.
fn is_page(headers: &HeaderMap, body: &[u8]) -> bool {
    let is_html = |media: String| matches!(&*media, "text/html" | "application/xhtml+xml");
    let begins = |tag: &[u8]| {
        let body = ascii_of(body);
        let begin = body.trim_ascii_start().get(..tag.len());
        begin.is_some_and(|begin| begin.eq_ignore_ascii_case(tag))
    };
    media_type(headers).is_some_and(is_html) || begins(b"<!doctype html") || begins(b"<html")
}

/// Says what came in place of an answer, in one line.
pub(crate) struct ForeignAnswer<'a> {
    pub(crate) expected: &'static str,
    pub(crate) status: u16,
    pub(crate) content_type: Option<&'a str>,
    pub(crate) excerpt: &'a str,
}

impl ForeignAnswer<'_> {
    /// What the status means, where it is not for a wrong address.
    fn meaning(&self) -> Option<&'static str> {
        Some(match self.status {
            404 | 405 | 410 | ..300 => return None,
            300..400 => "the server redirects elsewhere, which is not followed",
            401 | 403 => "access is refused before the call reaches the vSphere API",
            407 => "a proxy asks for credentials",
            408 => "the server gave up waiting for the request",
            413 => "the request is larger than the server allows",
            429 => "the server accepts no more requests for now",
            400..500 => "the server refuses the request",
            502 | 503 => "the service is unavailable",
            504 => "the service did not answer its gateway in time",
            _ => "the server failed",
        })
    }

    /// What the body is.
    fn body(&self) -> Body<'_> {
        /// Longer than the name of any media type in use.
        const MAX_MEDIA_TYPE: usize = 80;
        let media = self.content_type.and_then(|it| it.split(';').next());
        let media = media.map(str::trim).filter(|media| !media.is_empty());
        let is_html = |media: &str| media.eq_ignore_ascii_case("text/html");
        let begins = |tag: &str| {
            let begin = self.excerpt.get(..tag.len());
            begin.is_some_and(|begin| begin.eq_ignore_ascii_case(tag))
        };
        let root = self.excerpt.split('>').next().unwrap_or_default();
        match media {
            _ if self.excerpt.is_empty() => Body::Known("an empty body"),
            _ if root.ends_with("Envelope") => Body::Known("a SOAP envelope"),
            Some(media) if is_html(media) => Body::Known("an HTML page"),
            _ if begins("<html") => Body::Known("an HTML page"),
            Some(media) => Body::Media(media.get(..MAX_MEDIA_TYPE).unwrap_or(media)),
            None => Body::Known("no content type"),
        }
    }
}

enum Body<'a> {
    Known(&'static str),
    Media(&'a str),
}

impl fmt::Display for Body<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Known(name) => f.write_str(name),
            Self::Media(name) => OneLine(name).fmt(f),
        }
    }
}

impl fmt::Display for ForeignAnswer<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (status, expected, body) = (self.status, self.expected, self.body());
        let meaning = self.meaning();
        if let Some(meaning) = meaning {
            write!(f, "{meaning}: ")?;
        }
        write!(f, "HTTP {status} with {body} in place of {expected}")?;
        if self.excerpt.starts_with('<') {
            write!(f, " (it begins {})", self.excerpt)?;
        }
        match meaning {
            Some(_) => Ok(()),
            None => f.write_str("; is this the address of a vSphere API endpoint?"),
        }
    }
}
