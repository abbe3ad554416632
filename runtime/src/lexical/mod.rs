//! Scalars as text, by the lexical rules of XML Schema: per type, parsing and writing side by side.
//! XML and JSON use the same ones.
//!
//! The rules are those of XML Schema 1.1 part 2, sections 3.3 and 3.4. They allow everything that
//! 1.0 allows, and in addition `+INF` and the year 0. White space is that of XML alone: space, tab,
//! line feed and carriage return. `hexBinary` is not here because no service uses it.
//!
//! Unless `strict`, a few other forms are parsed whose meaning is not in doubt; each function lists
//! its own. Whatever is not a form of the type is `None`, never another value.
//!
//! `tests/suite/lexical` compares all of it with an implementation of its own, written from the
//! specification.

pub(crate) mod binary;
pub(crate) mod boolean;
pub(crate) mod date_time;
pub(crate) mod number;

use crate::xml::space::is_space;

/// The white space of XML.
const SPACE: [char; 4] = [' ', '\t', '\r', '\n'];

/// Returns the text without the white space around it.
pub(crate) fn trim(text: &str) -> &str {
    match text.as_bytes() {
        // Almost every text; `trim_matches` is slower.
        [first, .., last] if !is_space(*first) && !is_space(*last) => text,
        _ => text.trim_matches(SPACE),
    }
}
