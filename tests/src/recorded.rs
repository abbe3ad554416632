//! Conversations recorded from real servers, as request and response pairs.
//!
//! A conversation is a folder; its files are named `NNN-Operation.request.xml` and
//! `NNN-Operation.response.xml`, in the order in which they were sent. Files that are not XML may
//! lie beside them.

use std::collections::BTreeMap;
use std::fmt;
use std::io;
use std::path::{Path, PathBuf};

use crate::shared;

/// One call and its answer, both as whole SOAP envelopes.
///
/// A server that refused the call answered with a SOAP fault in the same envelope.
#[derive(Clone, PartialEq, Eq)]
pub struct Exchange {
    /// The conversation that the call belongs to.
    pub conversation: String,
    /// The call's number within the conversation; the first is 0 in some and 1 in others.
    pub sequence: u32,
    /// The operation's wire name; `Fetch` reads a single property.
    pub operation: String,
    /// The request's envelope.
    pub request: String,
    /// The response's envelope.
    pub response: String,
}

/// Names the exchange as its files are named; the documents would drown a test's message.
impl fmt::Display for Exchange {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self {
            conversation,
            sequence,
            operation,
            ..
        } = self;
        write!(f, "{conversation}/{sequence:03}-{operation}")
    }
}

impl fmt::Debug for Exchange {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Exchange({self})")
    }
}

/// The recorded conversations cannot be read.
#[derive(Debug, thiserror::Error)]
pub enum RecordedError {
    /// A file or folder cannot be read.
    #[error("cannot read {}", path.display())]
    Unreadable {
        /// The file or folder.
        path: PathBuf,
        /// What stood in the way.
        source: io::Error,
    },
    /// An XML file is named otherwise than `NNN-Operation.request.xml` or `.response.xml`.
    #[error("{} is not named NNN-Operation.request.xml or NNN-Operation.response.xml", path.display())]
    Misnamed {
        /// The file.
        path: PathBuf,
    },
    /// A request without its response, or the other way round.
    #[error("{exchange} has no {missing}")]
    Incomplete {
        /// The exchange, named as its files are.
        exchange: String,
        /// Which half is missing.
        missing: &'static str,
    },
}

/// Every recorded exchange, in order, or `None` after saying that the calling test skips because
/// there are no recordings here.
///
/// # Panics
///
/// When recordings are there but cannot be read, or `VMOMI_SHARED` names a folder without them.
#[must_use]
pub fn exchanges_or_skip() -> Option<Vec<Exchange>> {
    let folder = shared::folder_or_skip("recorded")?;
    match read(&folder) {
        Ok(exchanges) => Some(exchanges),
        Err(error) => panic!("{error}"),
    }
}

/// Every exchange below a folder of conversations, ordered by conversation and sequence.
///
/// # Errors
///
/// When something cannot be read, a file's name does not say what it is, or half an exchange is
/// missing.
pub fn read(folder: &Path) -> Result<Vec<Exchange>, RecordedError> {
    let mut exchanges = Vec::new();
    for conversation in sorted_entries(folder)? {
        if conversation.is_dir() {
            read_conversation(&conversation, &mut exchanges)?;
        }
    }
    Ok(exchanges)
}

fn read_conversation(folder: &Path, exchanges: &mut Vec<Exchange>) -> Result<(), RecordedError> {
    let conversation = file_name(folder);
    let mut halves: BTreeMap<(u32, String), [Option<String>; 2]> = BTreeMap::new();
    for path in sorted_entries(folder)? {
        let name = file_name(&path);
        if !name.ends_with(".xml") {
            continue;
        }
        let Some((sequence, operation, half)) = parse_name(&name) else {
            return Err(RecordedError::Misnamed { path });
        };
        let text = std::fs::read_to_string(&path)
            .map_err(|source| RecordedError::Unreadable { path, source })?;
        halves.entry((sequence, operation)).or_default()[half as usize] = Some(text);
    }
    for ((sequence, operation), [request, response]) in halves {
        let incomplete = |missing| RecordedError::Incomplete {
            exchange: format!("{conversation}/{sequence:03}-{operation}"),
            missing,
        };
        exchanges.push(Exchange {
            request: request.ok_or_else(|| incomplete("request"))?,
            response: response.ok_or_else(|| incomplete("response"))?,
            conversation: conversation.clone(),
            sequence,
            operation,
        });
    }
    Ok(())
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Half {
    Request,
    Response,
}

fn parse_name(name: &str) -> Option<(u32, String, Half)> {
    let (sequence, rest) = name.split_once('-')?;
    let (operation, half) = match rest.split_once('.')? {
        (operation, "request.xml") => (operation, Half::Request),
        (operation, "response.xml") => (operation, Half::Response),
        _ => return None,
    };
    Some((sequence.parse().ok()?, operation.to_owned(), half))
}

fn sorted_entries(folder: &Path) -> Result<Vec<PathBuf>, RecordedError> {
    let unreadable = |source| RecordedError::Unreadable {
        path: folder.to_owned(),
        source,
    };
    let mut paths = std::fs::read_dir(folder)
        .and_then(|entries| {
            entries
                .map(|entry| Ok(entry?.path()))
                .collect::<io::Result<Vec<_>>>()
        })
        .map_err(unreadable)?;
    paths.sort();
    Ok(paths)
}

fn file_name(path: &Path) -> String {
    path.file_name()
        .map(|name| name.to_string_lossy().into_owned())
        .unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn conversation(files: &[&str]) -> tempfile::TempDir {
        let root = tempfile::tempdir().unwrap();
        let folder = root.path().join("login");
        std::fs::create_dir(&folder).unwrap();
        for file in files {
            std::fs::write(folder.join(file), format!("text of {file}")).unwrap();
        }
        root
    }

    #[test]
    fn pairs_come_in_the_order_of_their_numbers() {
        let root = conversation(&[
            "010-Logout.response.xml",
            "010-Logout.request.xml",
            "002-Login.request.xml",
            "002-Login.response.xml",
            "notes.txt",
        ]);
        std::fs::write(root.path().join("README.md"), "not a conversation").unwrap();
        let exchanges = read(root.path()).unwrap();
        let names: Vec<_> = exchanges.iter().map(ToString::to_string).collect();
        assert_eq!(names, ["login/002-Login", "login/010-Logout"]);
        assert_eq!(exchanges[0].request, "text of 002-Login.request.xml");
        assert_eq!(exchanges[0].response, "text of 002-Login.response.xml");
    }

    #[test]
    fn half_an_exchange_is_refused_by_name() {
        let root = conversation(&["002-Login.request.xml"]);
        let error = read(root.path()).unwrap_err();
        assert_eq!(error.to_string(), "login/002-Login has no response");
    }

    #[test]
    fn a_file_that_does_not_say_what_it_is_is_refused() {
        for name in ["Login.request.xml", "x-Login.request.xml", "001-Login.xml"] {
            let root = conversation(&[name]);
            let error = read(root.path()).unwrap_err();
            assert!(error.to_string().contains(name), "{error}");
        }
    }
}
