//! Lines for people and pipes.

use std::fmt;
use std::io::Write;

/// Writes a line. A reader that has gone away is no error of ours.
pub(super) fn say(mut to: impl Write, line: &dyn fmt::Display) {
    drop(writeln!(to, "{line}"));
}
