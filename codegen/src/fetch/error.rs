//! Why a set could not be fetched.

use std::error::Error;
use std::fmt;
use std::io;
use std::path::PathBuf;

use vmomi_runtime::transport::{TlsFailure, TransportError, TransportErrorKind};

/// Why a set could not be fetched or written. No message has a credential.
#[derive(Debug)]
#[non_exhaustive]
pub enum FetchError {
    /// The connection cannot be set up as it was asked for.
    Setup(TransportError),
    /// There is no runtime for the connection.
    Runtime(io::Error),
    /// The service has its description at none of these places.
    NoDescription(Vec<String>),
    /// A document cannot be had or used.
    Document {
        /// Its URL.
        url: String,
        /// That of the document which names it; nothing for the first one.
        named_by: Option<String>,
        /// What is wrong.
        cause: Unusable,
    },
    /// A document names another that is not on the server.
    Elsewhere {
        /// The URL of the document.
        url: String,
        /// What it names.
        location: String,
    },
    /// There are more documents than a set can have.
    TooMany(usize),
    /// Something is in the folder that is not to be replaced.
    InTheWay {
        /// The folder.
        folder: PathBuf,
        /// Whether replacing it was asked for.
        forced: bool,
    },
    /// A file or folder cannot be read or written.
    File {
        /// Which.
        path: PathBuf,
        /// Why.
        cause: io::Error,
    },
}

/// What is wrong with one document.
#[derive(Debug)]
#[non_exhaustive]
pub enum Unusable {
    /// There was no complete answer.
    Transport(TransportError),
    /// The answer has this status.
    Status(u16),
    /// There is nothing in it.
    Empty,
    /// It is an HTML page, as a server shows to browsers.
    HtmlPage,
    /// It is no XML.
    NotXml,
    /// It is not UTF-8.
    NotUtf8,
    /// It is XML that is not well-formed, or not complete.
    BrokenXml(String),
    /// It is XML with another root element.
    OtherXml(String),
}

impl FetchError {
    /// What to do about it, where that is known.
    pub fn help(&self) -> Option<String> {
        match self {
            Self::NoDescription(_) => Some(
                "name the endpoint of a service, such as https://HOST/sdk, or the URL of its .wsdl"
                    .into(),
            ),
            Self::Document { cause, .. } => cause.help(),
            Self::InTheWay { forced: false, .. } => {
                Some("name another folder, or replace the descriptions in it with --force".into())
            }
            Self::InTheWay { forced: true, .. } => Some("name another folder".into()),
            _ => None,
        }
    }
}

impl Unusable {
    fn help(&self) -> Option<String> {
        let text = match self {
            Self::Transport(error) => match error.kind() {
                TransportErrorKind::Tls { failure, .. } => return trust(failure),
                TransportErrorKind::Redirect { target, .. } => {
                    return Some(format!(
                        "if that is where you want to fetch from, name {target}"
                    ));
                }
                TransportErrorKind::ClosedEarly => "it was cut off on the way; fetch it again",
                TransportErrorKind::Connect { .. } | TransportErrorKind::Dns { .. } => {
                    "is that the server, and is it up?"
                }
                _ => return None,
            },
            Self::HtmlPage => "it may be a login page, or that of a proxy on the way",
            Self::BrokenXml(_) => "it may have been cut off on the way; fetch it again",
            Self::Status(404) => {
                "the server does not have all of its own description; name the .wsdl of a service that it has"
            }
            Self::Status(401 | 403) => {
                "the server gives its description to nobody who is not signed in"
            }
            Self::Status(500..) => "the server is not able to answer now; try again later",
            _ => return None,
        };
        Some(text.to_owned())
    }
}

/// How to come to trust a server after all.
fn trust(failure: &TlsFailure) -> Option<String> {
    let fingerprint = match failure {
        TlsFailure::UnknownIssuer { found } | TlsFailure::BadCertificate { found, .. } => found,
        TlsFailure::NameMismatch { .. } | TlsFailure::Expired { .. } => {
            return Some(
                "pin its certificate with --fingerprint SHA256, or trust any with --insecure"
                    .into(),
            );
        }
        _ => return None,
    };
    Some(format!(
        "if that is the fingerprint that the server's console shows, trust it with --fingerprint {fingerprint}; or name \
         the authority that signed it with --ca FILE"
    ))
}

impl fmt::Display for FetchError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Setup(error) => write!(f, "cannot connect: {error}"),
            Self::Runtime(cause) => write!(f, "cannot start the network: {cause}"),
            Self::NoDescription(tried) => {
                write!(
                    f,
                    "the server has no WSDL there: {} not found",
                    tried.join(", ")
                )
            }
            Self::Document {
                url,
                named_by,
                cause,
            } => {
                write!(f, "cannot fetch {url}")?;
                if let Some(named_by) = named_by {
                    write!(f, ", which {named_by} names")?;
                }
                write!(f, ": {cause}")
            }
            Self::Elsewhere { url, location } => write!(
                f,
                "{url} names `{location}`, which is not on that server and is not fetched"
            ),
            Self::TooMany(most) => write!(f, "the description has more than {most} documents"),
            Self::InTheWay {
                folder,
                forced: false,
            } => {
                write!(f, "{} is not empty, and was not fetched", folder.display())
            }
            Self::InTheWay {
                folder,
                forced: true,
            } => {
                write!(
                    f,
                    "{} holds more than descriptions, and is not replaced",
                    folder.display()
                )
            }
            Self::File { path, cause } => write!(f, "{}: {cause}", path.display()),
        }
    }
}

impl fmt::Display for Unusable {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Transport(error) => write!(f, "{error}"),
            Self::Status(404) => f.write_str("it is not there (status 404)"),
            Self::Status(status) => write!(f, "the server answers with status {status}"),
            Self::Empty => f.write_str("it is empty"),
            Self::HtmlPage => f.write_str("it is an HTML page, not WSDL or XSD"),
            Self::NotXml => f.write_str("it is not XML"),
            Self::NotUtf8 => f.write_str("it is not UTF-8 text"),
            Self::BrokenXml(cause) => write!(f, "it is not complete XML: {cause}"),
            Self::OtherXml(root) => {
                write!(f, "its root element `{root}` is neither WSDL's nor XSD's")
            }
        }
    }
}

impl Error for FetchError {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        match self {
            Self::Setup(error) => Some(error),
            Self::Runtime(error) | Self::File { cause: error, .. } => Some(error),
            Self::Document { cause, .. } => Some(cause),
            _ => None,
        }
    }
}

impl Error for Unusable {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        match self {
            Self::Transport(error) => Some(error),
            _ => None,
        }
    }
}
