//! What is said, and where: results on standard output, everything else on standard error.

use std::env;
use std::fmt;
use std::io::{self, IsTerminal, Write};

use serde::Serialize;
use vmomi_codegen::visible::{self, Lines};

use super::progress::Progress;

/// The two streams, and how much to say.
#[derive(Debug, Clone, Copy)]
pub(super) struct Terminal {
    quiet: bool,
}

impl Terminal {
    pub(super) fn new(quiet: bool) -> Self {
        Self { quiet }
    }

    /// Writes a result and ends its last line. What is in it that a terminal would obey is shown
    /// instead: names and texts of a description may hold anything. A reader that has gone away has
    /// what it wanted.
    ///
    /// # Errors
    /// When it cannot be written for another reason, such as a full disk.
    pub(super) fn show(self, result: &dyn fmt::Display) -> io::Result<()> {
        Self::write(&Lines(result))
    }

    /// Writes a result with the colours that are in it.
    ///
    /// # Errors
    /// As [`Terminal::show`].
    pub(super) fn show_coloured(self, result: &str) -> io::Result<()> {
        Self::write(&result)
    }

    /// Writes a result as JSON.
    ///
    /// # Errors
    /// As [`Terminal::show`].
    pub(super) fn show_json(self, result: &impl Serialize) -> io::Result<()> {
        let text = serde_json::to_string_pretty(result)?;
        Self::write(&visible::json(&text))
    }

    fn write(result: &dyn fmt::Display) -> io::Result<()> {
        let mut out = io::stdout().lock();
        let written = writeln!(out, "{result}").and_then(|()| out.flush());
        match written {
            Err(error) if error.kind() == io::ErrorKind::BrokenPipe => Ok(()),
            written => written,
        }
    }

    /// Says what is worth knowing and not wrong.
    pub(super) fn note(self, line: &dyn fmt::Display) {
        if !self.quiet {
            self.complain(line);
        }
    }

    /// Says what is wrong.
    pub(super) fn complain(self, line: &dyn fmt::Display) {
        // There is no other place to say that this one is gone.
        drop(writeln!(io::stderr(), "{}", Lines(line)));
    }

    /// A line that says what is going on.
    pub(super) fn progress(self) -> Progress {
        if self.quiet {
            Progress::hidden()
        } else {
            Progress::new()
        }
    }

    pub(super) fn is_quiet(self) -> bool {
        self.quiet
    }

    /// Whether results are read by a person.
    pub(super) fn is_watched(self) -> bool {
        io::stdout().is_terminal()
    }

    /// Whether results may have colours: see <https://no-color.org>.
    pub(super) fn has_colours(self) -> bool {
        let is_set = |name| env::var_os(name).is_some_and(|value| !value.is_empty());
        self.is_watched()
            && !is_set("NO_COLOR")
            && env::var_os("TERM").is_none_or(|of| of != "dumb")
    }
}
