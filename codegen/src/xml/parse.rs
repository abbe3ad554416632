//! From the text of a file to its tree.

use roxmltree::{Document, ParsingOptions, TextPos};

use crate::diagnostic::{Diagnostic, Problem};
use crate::source::SourceFile;

/// The maximum number of elements, attributes and texts in a document. The largest of vSphere has
/// 100,000.
const MAX_NODES: u32 = 5_000_000;

/// Parses a file's text.
///
/// # Errors
/// When the text is not well-formed XML, or has a document type definition.
pub(crate) fn parse(file: &SourceFile) -> Result<Document<'_>, Diagnostic> {
    let text = file.text();
    let start = text.trim_start_matches('\u{feff}').trim_start();
    let at = text.len() - start.len();
    let fail = |problem, offset| Diagnostic::new(problem).located(file.locate(offset));
    if start.is_empty() {
        return Err(fail(Problem::EmptyFile, 0).help("copy or fetch it again"));
    }
    if is_html(start) {
        return Err(fail(Problem::HtmlPage, at).help(
            "a server may answer with a login or error page; fetch the document again, logged in",
        ));
    }
    let options = ParsingOptions {
        allow_dtd: false,
        nodes_limit: MAX_NODES,
        ..ParsingOptions::default()
    };
    Document::parse_with_options(text, options).map_err(|error| match error {
        _ if !start.starts_with('<') => {
            fail(Problem::NotXml, at).help("name the .wsdl and .xsd files of a description")
        }
        roxmltree::Error::DtdDetected => {
            let offset = text.find("<!DOCTYPE").unwrap_or(at);
            fail(Problem::DocumentType, offset)
                .help("take it out, and write in full what its entities stand for; no vSphere description has one")
        }
        roxmltree::Error::UnclosedRootNode | roxmltree::Error::UnexpectedEndOfStream => {
            let cause = "it ends before its root element is closed";
            fail(Problem::BrokenXml(cause.into()), text.trim_end().len())
                .help("the file is probably truncated; copy or fetch it again")
        }
        roxmltree::Error::NodesLimitReached => {
            let cause = format!("it has more than {MAX_NODES} elements, attributes and texts");
            fail(Problem::TooLarge(cause), at)
        }
        error => fail(Problem::BrokenXml(without_place(&error)), offset_of(text, error.pos())),
    })
}

/// Whether the first thing that is more than a comment or a declaration begins an HTML page.
fn is_html(start: &str) -> bool {
    let mut rest = start;
    loop {
        let end = match rest {
            rest if rest.starts_with("<!--") => "-->",
            rest if rest.starts_with("<?") => "?>",
            _ => break,
        };
        let Some((_, after)) = rest.split_once(end) else {
            return false;
        };
        rest = after.trim_start();
    }
    let mark = |mark: &str| {
        let begins = rest.get(..mark.len());
        let after = rest.get(mark.len()..).unwrap_or_default();
        begins.is_some_and(|begins| begins.eq_ignore_ascii_case(mark))
            && after.starts_with(|c: char| c == '>' || c.is_ascii_whitespace())
    };
    mark("<!doctype html") || mark("<html")
}

/// The parser's message ends with its own "at row:column", which the excerpt says better.
fn without_place(error: &roxmltree::Error) -> String {
    let message = error.to_string();
    message.split(" at ").next().unwrap_or(&message).to_owned()
}

fn offset_of(text: &str, place: TextPos) -> usize {
    let line_start: usize = text
        .split_inclusive('\n')
        .take(place.row.saturating_sub(1) as usize)
        .map(str::len)
        .sum();
    let line = &text[line_start..];
    let column = place.col.saturating_sub(1) as usize;
    line_start
        + line
            .char_indices()
            .nth(column)
            .map_or(line.len(), |(offset, _)| offset)
}

#[cfg(test)]
mod tests {
    use super::is_html;

    #[test]
    fn html_is_told_by_its_first_tag() {
        for page in [
            "<html>",
            "<HTML lang='en'>",
            "<!DOCTYPE html>",
            "<!doctype HTML >",
        ] {
            assert!(is_html(page), "{page}");
            assert!(is_html(&format!("<?xml version='1.0'?>\n<!-- x -->{page}")));
        }
        for other in [
            "<htmlish>",
            "<a><html></a>",
            "<!-- <html> --><a/>",
            "<!-- <html>",
            "é<html>",
        ] {
            assert!(!is_html(other), "{other}");
        }
    }
}
