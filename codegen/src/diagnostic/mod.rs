//! What can be wrong with the input, said with its place.
//!
//! Rendering is done here in a few dozen lines rather than by a crate: the form is fixed (one line and a caret), no
//! spans overlap, and the library stays light for a `build.rs`.

mod excerpt;
mod problem;

use std::fmt;

pub use problem::Problem;

use crate::source::{Location, Position, Sources};
use crate::visible::visible;

/// How bad a thing is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// Code is made all the same.
    Warning,
    /// No code is made.
    Error,
}

impl fmt::Display for Severity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Warning => "warning",
            Self::Error => "error",
        })
    }
}

/// One thing wrong with the input: what, where, and what to do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Diagnostic(Box<Parts>);

#[derive(Debug, Clone, PartialEq, Eq)]
struct Parts {
    severity: Severity,
    problem: Problem,
    location: Option<Location>,
    related: Option<(&'static str, Location)>,
    helps: Vec<String>,
}

impl Diagnostic {
    /// An error that has no place in a file.
    pub fn new(problem: Problem) -> Self {
        Self(Box::new(Parts {
            severity: Severity::Error,
            problem,
            location: None,
            related: None,
            helps: Vec::new(),
        }))
    }

    /// An error at a position.
    pub fn at(problem: Problem, sources: &Sources, position: Position) -> Self {
        Self::new(problem).located(sources.locate(position))
    }

    /// The same problem, of this severity.
    #[must_use]
    pub fn with_severity(mut self, severity: Severity) -> Self {
        self.0.severity = severity;
        self
    }

    /// The same problem, at a place.
    #[must_use]
    pub fn located(mut self, location: Location) -> Self {
        self.0.location = Some(location);
        self
    }

    /// The same problem, with a second place and what is there.
    #[must_use]
    pub fn related(mut self, what: &'static str, location: Location) -> Self {
        self.0.related = Some((what, location));
        self
    }

    /// The same problem, with advice after what there is already.
    #[must_use]
    pub fn help(mut self, help: impl Into<String>) -> Self {
        self.0.helps.push(help.into());
        self
    }

    /// How bad it is.
    pub fn severity(&self) -> Severity {
        self.0.severity
    }

    /// What is wrong.
    pub fn problem(&self) -> &Problem {
        &self.0.problem
    }

    /// Where.
    pub fn location(&self) -> Option<&Location> {
        self.0.location.as_ref()
    }

    /// Each piece of advice.
    pub fn helps(&self) -> impl Iterator<Item = &str> {
        self.0.helps.iter().map(String::as_str)
    }

    /// The message in one line, without its severity: `a.xsd:4:7: the field `T.a` is defined twice`. This is what a
    /// build script passes on to Cargo, which takes a warning of one line only.
    pub fn in_one_line(&self) -> String {
        let place = self.location().map_or_else(String::new, |location| {
            let Location {
                path, line, column, ..
            } = location;
            format!("{}:{line}:{column}: ", path.display())
        });
        let help: String = self.helps().map(|help| format!("; {help}")).collect();
        visible(&format!("{place}{}{help}", self.problem())).into_owned()
    }
}

impl fmt::Display for Diagnostic {
    /// The whole message over several lines, without colour and without a final newline.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Parts {
            severity,
            problem,
            location,
            related,
            helps,
        } = &*self.0;
        write!(f, "{severity}: {}", visible(&problem.to_string()))?;
        if let Some(location) = location {
            excerpt::write(f, location, "")?;
        }
        if let Some((what, location)) = related {
            excerpt::write(f, location, what)?;
        }
        for help in helps {
            write!(f, "\n  help: {}", visible(help))?;
        }
        Ok(())
    }
}

/// Everything that was found wrong in one stage: at least one.
#[derive(Clone, PartialEq, Eq)]
pub struct Diagnostics(Vec<Diagnostic>);

/// As [`Display`](fmt::Display): it is what a build script shows whose `main` fails with these.
impl fmt::Debug for Diagnostics {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl Diagnostics {
    /// How many messages are shown in full before the rest is only counted.
    const SHOWN: usize = 20;

    /// The value, unless something was found wrong.
    pub(crate) fn unless<T>(found: Vec<Diagnostic>, value: T) -> Result<T, Self> {
        if found.is_empty() {
            Ok(value)
        } else {
            Err(Self(found))
        }
    }

    /// Takes warnings for errors: for whoever wants input without a blemish.
    ///
    /// # Errors
    /// All of the warnings, if there are any.
    pub fn deny(warnings: &[Diagnostic]) -> Result<(), Self> {
        let denied = warnings.iter().cloned();
        let denied = denied.map(|warning| warning.with_severity(Severity::Error));
        Self::unless(denied.collect(), ())
    }

    /// Each of them.
    pub fn iter(&self) -> impl Iterator<Item = &Diagnostic> {
        self.0.iter()
    }
}

impl IntoIterator for Diagnostics {
    type Item = Diagnostic;
    type IntoIter = std::vec::IntoIter<Diagnostic>;

    fn into_iter(self) -> Self::IntoIter {
        self.0.into_iter()
    }
}

impl From<Diagnostic> for Diagnostics {
    fn from(diagnostic: Diagnostic) -> Self {
        Self(vec![diagnostic])
    }
}

impl fmt::Display for Diagnostics {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, diagnostic) in self.0.iter().take(Self::SHOWN).enumerate() {
            if index > 0 {
                f.write_str("\n\n")?;
            }
            write!(f, "{diagnostic}")?;
        }
        match self.0.len().checked_sub(Self::SHOWN) {
            Some(hidden) if hidden > 0 => write!(f, "\n\nand {hidden} more errors"),
            _ => Ok(()),
        }
    }
}

impl std::error::Error for Diagnostic {}
impl std::error::Error for Diagnostics {}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::SourceFile;

    fn warning() -> Diagnostic {
        let file = SourceFile::new("a.xsd", "<schema/>\n<a/>");
        Diagnostic::new(Problem::EmptyFile)
            .with_severity(Severity::Warning)
            .located(file.locate(10))
            .help("one")
            .help("two")
    }

    #[test]
    fn tells_all_in_several_lines() {
        let expected = "warning: the file is empty\n  --> a.xsd:2:1\n   |\n 2 | <a/>\n   | ^^^^\n  help: one\n  help: two";
        assert_eq!(warning().to_string(), expected);
    }

    #[test]
    fn tells_all_in_one_line() {
        let expected = "a.xsd:2:1: the file is empty; one; two";
        assert_eq!(warning().in_one_line(), expected);
    }

    #[test]
    fn warnings_are_errors_to_who_wants_them_to_be() {
        assert!(Diagnostics::deny(&[]).is_ok());
        let denied = Diagnostics::deny(&[warning()]).expect_err("a warning");
        assert!(denied.to_string().starts_with("error: the file is empty"));
    }
}
