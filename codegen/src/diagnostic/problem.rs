//! The kinds of problems, each with the words in which it is told.

use std::fmt;
use std::path::PathBuf;

use crate::pattern::InvalidPattern;

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
    /// A file has more in it than is read of one.
    TooLarge(String),
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
    /// A file that a document names, or a symbolic link leads to, is in none of the folders that
    /// were given. Nothing of it was read.
    OutsideFolders(PathBuf),
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
    /// A schema in a folder with a WSDL, which no other document includes or imports.
    Unlinked,
    /// A catalogue that agrees with its WSDL in all names, but is of another version.
    OtherVersion {
        /// The version of the catalogue.
        catalog: String,
        /// That of the WSDL.
        wsdl: String,
    },
    /// A version that a catalogue names and does not list.
    UnknownVersion {
        /// The version.
        version: String,
        /// How much is said to be new in it.
        uses: usize,
    },
    /// More API versions than the generated code tells apart.
    ManyVersions {
        /// How many there are.
        count: usize,
        /// How many are told apart.
        most: usize,
    },
    /// Several addresses of one service, of which one is used.
    SeveralPorts(String),
    /// An element with content of its own that no operation uses: nothing is made of it.
    UnusedElement(String),
    /// An array type whose name does not tell what its items are: nothing is made of it.
    UntoldArray(String),
    /// A required field whose value would hold another of the same kind, without end.
    Endless {
        /// The data object that has the field.
        object: String,
        /// The field.
        field: String,
    },
    /// Fields and parameters that no catalog is about, and that are taken for secrets by their names: each name, and how
    /// many have it.
    SecretNames(Vec<(String, usize)>),
    /// A decision of the user's that does not fit the descriptions.
    Setting(String),
    /// A file that should hold texts on the API and does not.
    NoDocumentation {
        /// The file.
        path: PathBuf,
        /// What is wrong with it.
        cause: String,
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
    /// A text that should pick things by name and does not have the form for it.
    InvalidPattern(InvalidPattern),
    /// A pattern that nothing in the descriptions answers to.
    NothingMatches {
        /// What it should be about: "managed object", "operation"...
        what: &'static str,
        /// The pattern.
        pattern: String,
    },
    /// A type that a selection cuts, although something in it needs that type.
    CutButNeeded {
        /// The type.
        name: String,
        /// The way that leads to it from something chosen.
        chain: String,
    },
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
                "the root {root} is neither `definitions` of WSDL 1.1 nor `schema` of XML Schema"
            ),
            Self::OutsideDialect { construct, within } => {
                write!(f, "{construct} in {within} is outside the known dialect")
            }
            Self::TooLarge(cause) => write!(f, "the file is too large: {cause}"),
            Self::MissingAttribute { attribute, element } => {
                write!(f, "{element} has no attribute `{attribute}`")
            }
            Self::UnknownPrefix(name) => write!(f, "nothing declares the prefix of `{name}`"),
            Self::NetworkLocation(location) => write!(
                f,
                "`{location}` is a URL and no path: nothing is fetched, only files are read"
            ),
            Self::OutsideFolders(path) => write!(
                f,
                "{} is in none of the folders that were given, and was not read",
                path.display()
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
            Self::Inconsistent(what) | Self::SeveralPorts(what) | Self::Setting(what) => {
                f.write_str(what)
            }
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
            Self::Unlinked => f.write_str("no other document of its folder includes this file"),
            Self::OtherVersion { catalog, wsdl } => write!(
                f,
                "the catalogue is of version {catalog}, the WSDL of {wsdl}"
            ),
            Self::UnknownVersion { version, uses } => write!(
                f,
                "the version `{version}`, named {}, is not among the catalogue's `versions`",
                match uses {
                    1 => "once".to_owned(),
                    uses => format!("{uses} times"),
                }
            ),
            Self::ManyVersions { count, most } => write!(
                f,
                "the catalogue has {count} versions, of which only the oldest {most} are told apart"
            ),
            Self::UnusedElement(name) => write!(
                f,
                "nothing is made of the element `{name}`: no operation uses it"
            ),
            Self::UntoldArray(name) => write!(
                f,
                "nothing is made of the array type `{name}`: its name does not tell what its items are"
            ),
            Self::Endless { object, field } => write!(
                f,
                "`{object}.{field}` is required, and always holds another `{object}` in the end"
            ),
            Self::SecretNames(names) => {
                let count: usize = names.iter().map(|(_, count)| count).sum();
                let taken = match count {
                    1 => "member is taken for a secret by its name",
                    _ => "members are taken for secrets by their names",
                };
                write!(f, "{count} {taken}: ")?;
                for (index, (name, count)) in names.iter().enumerate() {
                    let comma = if index == 0 { "" } else { ", " };
                    write!(f, "{comma}`{name}`")?;
                    if *count > 1 {
                        write!(f, " ({count} times)")?;
                    }
                }
                Ok(())
            }
            Self::NoDocumentation { path, cause } => {
                write!(f, "no texts can be read from {}: {cause}", path.display())
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
            Self::InvalidPattern(error) => error.fmt(f),
            Self::NothingMatches { what, pattern } => {
                write!(f, "no {what} has a name like `{pattern}`")
            }
            Self::CutButNeeded { name, chain } => {
                write!(f, "`{name}` is cut, but it is needed: {chain}")
            }
        }
    }
}
