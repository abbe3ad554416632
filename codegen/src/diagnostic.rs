//! What can be wrong with the input, said with its place.
//!
//! Rendering is done here in a few dozen lines rather than by a crate: the form is fixed (one line and a caret), no
//! spans overlap, and the library stays light for a `build.rs`.

use std::fmt;
use std::path::PathBuf;

use crate::source::{Location, Position, Sources};

/// What is wrong, without its place.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum Problem {
    /// A file named by the user or by an `include` is not there.
    MissingFile(PathBuf),
    /// A file or folder is there but could not be read.
    Unreadable {
        /// The file or folder.
        path: PathBuf,
        /// Why not.
        cause: String,
    },
    /// A folder holds neither a `.wsdl` nor an `.xsd` file, and no folder in it does.
    NothingToRead(PathBuf),
    /// There is no built-in description of this name.
    #[cfg(feature = "bundled")]
    NotBundled(String),
    /// The file is not UTF-8.
    NotUtf8,
    /// The file is empty.
    EmptyFile,
    /// The file is an HTML page, such as a login or error page saved in place of the document.
    HtmlPage,
    /// The file does not begin like an XML document.
    NotXml,
    /// The XML is not well-formed.
    BrokenXml(String),
    /// The file has a document type definition; those are refused, as entities in one can be made to explode.
    DocumentType,
    /// The root element is neither a WSDL `definitions` nor an XSD `schema`.
    UnknownDocument(String),
    /// A construct that is not part of the dialect in which the vSphere descriptions are written.
    OutsideDialect {
        /// The construct, such as ``element `choice` ``.
        construct: String,
        /// What it stands in.
        within: String,
    },
    /// An attribute that the dialect requires is not there.
    MissingAttribute {
        /// The attribute.
        attribute: &'static str,
        /// The element it should be on.
        element: String,
    },
    /// A name with a prefix that nothing declares.
    UnknownPrefix(String),
    /// An `include` or `import` that names no file on disk. Nothing is ever fetched.
    NetworkLocation(String),
    /// An `include` or `import` reached a document of another namespace than it says.
    WrongNamespace {
        /// The namespace that was announced.
        expected: String,
        /// The namespace of the document.
        found: String,
        /// The document.
        path: PathBuf,
    },
    /// A name that refers to nothing.
    Unresolved {
        /// What the name should be of: "type", "message", "element"...
        what: &'static str,
        /// The name.
        name: String,
        /// Where it is used, such as ``field `config` of `VirtualMachine` ``.
        user: String,
    },
    /// Two definitions of one name.
    Duplicate {
        /// What they define.
        what: &'static str,
        /// The name.
        name: String,
    },
    /// A type that is its own ancestor.
    CircularInheritance(Vec<String>),
    /// A definition that is complete in itself but breaks a rule on which the mapping to Rust rests.
    Inconsistent(String),
    /// The catalogue is not a catalogue of the known format.
    BrokenCatalog(String),
    /// The catalogue names something that the WSDL does not have.
    CatalogUnknown {
        /// What it names: "operation", "data object", "field"...
        what: &'static str,
        /// The name.
        name: String,
    },
    /// The WSDL has something of which the catalogue says nothing.
    CatalogMissing {
        /// What it is.
        what: &'static str,
        /// The name.
        name: String,
    },
    /// Two wire names that give the same Rust name.
    NameCollision {
        /// The one.
        first: String,
        /// The other.
        second: String,
        /// The Rust name.
        rust: String,
        /// Where both stand.
        within: String,
    },
    /// Something that was read is neither in the output nor refused: a defect of the generator.
    NotEmitted(String),
    /// The emitted tokens are not Rust: a defect of the generator.
    InvalidRust(String),
    /// An output file could not be written.
    Unwritable {
        /// The file or folder.
        path: PathBuf,
        /// Why not.
        cause: String,
    },
    /// A file that the generator would replace and did not make.
    NotGenerated(PathBuf),
    /// There is no output folder to write to or to compare with.
    NoOutputFolder,
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::MissingFile(path) => write!(f, "no such file or folder: {}", path.display()),
            Self::Unreadable { path, cause } => {
                write!(f, "cannot read {}: {cause}", path.display())
            }
            Self::NothingToRead(path) => write!(f, "no .wsdl or .xsd file in {}", path.display()),
            #[cfg(feature = "bundled")]
            Self::NotBundled(name) => write!(f, "no description of the name `{name}` is built in"),
            Self::NotUtf8 => f.write_str("the file is not UTF-8 text"),
            Self::EmptyFile => f.write_str("the file is empty"),
            Self::HtmlPage => f.write_str("the file is an HTML page, not a WSDL or XSD document"),
            Self::NotXml => f.write_str("the file is not XML"),
            Self::BrokenXml(cause) => write!(f, "the XML is broken: {cause}"),
            Self::DocumentType => f.write_str("document type definitions and entities are refused"),
            Self::UnknownDocument(root) => write!(
                f,
                "the root element {root} is neither a WSDL `definitions` nor an XSD `schema`"
            ),
            Self::OutsideDialect { construct, within } => {
                write!(f, "{construct} in {within} is outside the known dialect")
            }
            Self::MissingAttribute { attribute, element } => {
                write!(f, "{element} has no attribute `{attribute}`")
            }
            Self::UnknownPrefix(name) => write!(f, "nothing declares the prefix of `{name}`"),
            Self::NetworkLocation(location) => write!(
                f,
                "`{location}` is not a file: nothing is fetched from the network"
            ),
            Self::WrongNamespace {
                expected,
                found,
                path,
            } => {
                write!(
                    f,
                    "{} is of namespace `{found}`, not `{expected}`",
                    path.display()
                )
            }
            Self::Unresolved { what, name, user } => write!(f, "unknown {what} `{name}` in {user}"),
            Self::Duplicate { what, name } => write!(f, "the {what} `{name}` is defined twice"),
            Self::CircularInheritance(chain) => {
                write!(f, "circular inheritance: {}", chain.join(" extends "))
            }
            Self::Inconsistent(what) => f.write_str(what),
            Self::BrokenCatalog(cause) => write!(f, "the catalogue cannot be read: {cause}"),
            Self::CatalogUnknown { what, name } => write!(
                f,
                "the catalogue names the {what} `{name}`, which the WSDL does not have"
            ),
            Self::CatalogMissing { what, name } => write!(
                f,
                "the catalogue has nothing on the {what} `{name}` of the WSDL"
            ),
            Self::NameCollision {
                first,
                second,
                rust,
                within,
            } => {
                write!(
                    f,
                    "`{first}` and `{second}` both become `{rust}` in {within}"
                )
            }
            Self::NotEmitted(name) => write!(
                f,
                "`{name}` was read but not emitted; this is a defect of the generator"
            ),
            Self::InvalidRust(cause) => write!(
                f,
                "the emitted code is not Rust; this is a defect of the generator: {cause}"
            ),
            Self::Unwritable { path, cause } => {
                write!(f, "cannot write {}: {cause}", path.display())
            }
            Self::NotGenerated(path) => {
                write!(f, "{} is in the way: it was not generated", path.display())
            }
            Self::NoOutputFolder => f.write_str("no output folder was named"),
        }
    }
}

/// One thing wrong with the input: what, where, and what to do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Diagnostic(Box<Parts>);

#[derive(Debug, Clone, PartialEq, Eq)]
struct Parts {
    problem: Problem,
    location: Option<Location>,
    related: Option<(&'static str, Location)>,
    help: Option<String>,
}

impl Diagnostic {
    /// A problem that has no place in a file.
    pub fn new(problem: Problem) -> Self {
        Self(Box::new(Parts {
            problem,
            location: None,
            related: None,
            help: None,
        }))
    }

    /// A problem at a position.
    pub fn at(problem: Problem, sources: &Sources, position: Position) -> Self {
        Self::new(problem).located(sources.locate(position))
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

    /// The same problem, with advice.
    #[must_use]
    pub fn help(mut self, help: impl Into<String>) -> Self {
        self.0.help = Some(help.into());
        self
    }

    /// What is wrong.
    pub fn problem(&self) -> &Problem {
        &self.0.problem
    }

    /// Where.
    pub fn location(&self) -> Option<&Location> {
        self.0.location.as_ref()
    }
}

impl fmt::Display for Diagnostic {
    /// The whole message over several lines, without colour and without a final newline.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Parts {
            problem,
            location,
            related,
            help,
        } = &*self.0;
        write!(f, "error: {problem}")?;
        if let Some(location) = location {
            write_excerpt(f, location, "")?;
        }
        if let Some((what, location)) = related {
            write_excerpt(f, location, what)?;
        }
        if let Some(help) = help {
            write!(f, "\n  help: {help}")?;
        }
        Ok(())
    }
}

fn write_excerpt(f: &mut fmt::Formatter<'_>, location: &Location, note: &str) -> fmt::Result {
    const LONGEST: usize = 160;
    let Location {
        path,
        line,
        column,
        excerpt,
        width,
    } = location;
    write!(f, "\n  --> {}:{line}:{column}", path.display())?;
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
        .map(|c| if c.is_control() { ' ' } else { c })
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

/// Everything that was found wrong in one stage: at least one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Diagnostics(Vec<Diagnostic>);

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

    /// Each of them.
    pub fn iter(&self) -> impl Iterator<Item = &Diagnostic> {
        self.0.iter()
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
