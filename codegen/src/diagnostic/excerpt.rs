//! A place in a source text, shown with its line.

use std::fmt;

use crate::source::Location;
use crate::visible::{is_hidden, visible};

/// Writes a place: its file, line and column, a note, and the line itself with the place underlined.
pub(super) fn write(f: &mut fmt::Formatter<'_>, location: &Location, note: &str) -> fmt::Result {
    const LONGEST: usize = 160;
    let Location {
        path,
        line,
        column,
        excerpt,
        width,
    } = location;
    let path = path.to_string_lossy();
    write!(f, "\n  --> {}:{line}:{column}", visible(&path))?;
    if !note.is_empty() {
        write!(f, " {note}")?;
    }
    // A minified document has everything in one line: show the part around the column.
    let first = if *column > LONGEST / 2 && excerpt.chars().count() > LONGEST {
        column - LONGEST / 2
    } else {
        0
    };
    let shown: String = excerpt
        .chars()
        .skip(first)
        .take(LONGEST)
        .map(one_column)
        .collect();
    if shown.trim().is_empty() {
        return Ok(());
    }
    let gutter = line.to_string().len();
    let indent = column.saturating_sub(1 + first);
    let carets = (*width)
        .min(shown.chars().count().saturating_sub(indent))
        .max(1);
    write!(
        f,
        "\n {:gutter$} |\n {line} | {shown}\n {:gutter$} | {:indent$}{}",
        "",
        "",
        "",
        "^".repeat(carets)
    )
}

/// A character as what takes one column, so that the mark below is in its place.
fn one_column(c: char) -> char {
    match c {
        '\t' | '\r' => ' ',
        c if is_hidden(c) => char::REPLACEMENT_CHARACTER,
        c => c,
    }
}
