//! Where a file is: on disk, or among the descriptions that are built in.

use std::borrow::Cow;
use std::fmt;
use std::fs;
use std::io::{self, Read};
use std::path::{Path, PathBuf};
use std::string::FromUtf8Error;

/// A file to read.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Origin {
    /// The file of this path.
    Disk(PathBuf),
    /// The file of this path among the built-in descriptions: the name of a set, `/`, and a name.
    #[cfg(feature = "bundled")]
    Bundled(String),
}

/// Why there is no text.
#[derive(Debug)]
pub(crate) enum Unread {
    /// The file is not there or cannot be read.
    Failed(io::Error),
    /// It is a pipe, a device or the like: reading it may never end.
    NoFile,
    /// It holds more than this many bytes.
    TooLarge(u64),
    /// It holds something else than UTF-8.
    NotUtf8(FromUtf8Error),
}

/// The maximum size of a document or catalogue in bytes. The largest of vSphere have 4 MB.
const MAX_BYTES: u64 = 64 << 20;

/// The text of a file that has no more than some bytes.
pub(crate) fn read_text(path: &Path, limit: u64) -> Result<String, Unread> {
    // Before it is opened: to open a pipe waits for its other end.
    let metadata = fs::metadata(path)?;
    if !(metadata.is_file() || metadata.is_dir()) {
        return Err(Unread::NoFile);
    }
    let mut bytes = Vec::new();
    // Of a file that grows, no more is read than that it has grown.
    fs::File::open(path)?
        .take(limit + 1)
        .read_to_end(&mut bytes)?;
    if bytes.len() as u64 > limit {
        return Err(Unread::TooLarge(limit));
    }
    String::from_utf8(bytes).map_err(Unread::NotUtf8)
}

impl From<io::Error> for Unread {
    fn from(error: io::Error) -> Self {
        Self::Failed(error)
    }
}

impl Origin {
    /// The text that the file holds.
    pub(crate) fn read(&self) -> Result<Cow<'static, str>, Unread> {
        match self {
            Self::Disk(path) => Ok(read_text(path, MAX_BYTES)?.into()),
            #[cfg(feature = "bundled")]
            Self::Bundled(path) => match vmomi_wsdl::file(path) {
                Some(file) => Ok(file.text.into()),
                None => Err(Unread::Failed(io::ErrorKind::NotFound.into())),
            },
        }
    }

    /// The one among the ways to name this file that tells whether two lead to the same.
    pub(crate) fn identity(&self) -> io::Result<Self> {
        match self {
            Self::Disk(path) => fs::canonicalize(path).map(Self::Disk),
            #[cfg(feature = "bundled")]
            Self::Bundled(_) => Ok(self.clone()),
        }
    }

    /// The file that this one names by a path relative to itself.
    pub(crate) fn beside(&self, location: &str) -> Self {
        match self {
            Self::Disk(path) => {
                let folder = path.parent().unwrap_or(Path::new(""));
                Self::Disk(folder.join(location))
            }
            #[cfg(feature = "bundled")]
            Self::Bundled(path) => {
                let mut parts: Vec<&str> = path.split('/').collect();
                parts.pop();
                for part in location.split('/') {
                    match part {
                        "." => {}
                        ".." => drop(parts.pop()),
                        part => parts.push(part),
                    }
                }
                Self::Bundled(parts.join("/"))
            }
        }
    }

    /// The name for messages.
    pub(crate) fn path(&self) -> PathBuf {
        match self {
            Self::Disk(path) => path.clone(),
            #[cfg(feature = "bundled")]
            Self::Bundled(_) => PathBuf::from(self.to_string()),
        }
    }

    /// The path on disk, if it is there.
    pub(crate) fn on_disk(&self) -> Option<&Path> {
        match self {
            Self::Disk(path) => Some(path),
            #[cfg(feature = "bundled")]
            Self::Bundled(_) => None,
        }
    }
}

impl fmt::Display for Origin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Disk(path) => path.display().fmt(f),
            #[cfg(feature = "bundled")]
            Self::Bundled(path) => write!(f, "bundled {path}"),
        }
    }
}

#[cfg(all(test, feature = "bundled"))]
mod tests {
    use super::*;

    #[test]
    fn built_in_files_name_each_other_by_relative_paths() {
        let from = Origin::Bundled("pbm/pbm-types.xsd".into());
        for (location, path) in [
            ("pbm.wsdl", "pbm/pbm.wsdl"),
            ("./pbm.wsdl", "pbm/pbm.wsdl"),
            ("../vim25/core-types.xsd", "vim25/core-types.xsd"),
            ("../../../x.xsd", "x.xsd"),
        ] {
            assert_eq!(from.beside(location), Origin::Bundled(path.into()));
        }
    }

    #[test]
    fn what_is_not_built_in_is_not_found() {
        let origin = Origin::Bundled("vim25/none.xsd".into());
        let error = origin.read().expect_err("no such file");
        assert!(matches!(error, Unread::Failed(error) if error.kind() == io::ErrorKind::NotFound));
        assert_eq!(origin.to_string(), "bundled vim25/none.xsd");
    }
}
