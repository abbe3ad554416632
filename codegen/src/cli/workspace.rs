//! The workspace that the program is run in.

use std::fmt;
use std::path::{Path, PathBuf};

/// The nearest folder, from the current one upwards, that has a folder `wsdl` and a crate
/// `generated`. Folders of these names alone may be anyone's.
pub(super) struct Workspace {
    root: PathBuf,
}

/// What makes the folder `generated` a crate.
const CRATE: &str = "generated/Cargo.toml";

/// There is no such folder.
#[derive(Debug)]
pub(super) struct NoWorkspace;

impl Workspace {
    /// The service that the generated crate always has. Every other is a Cargo feature of its own name.
    pub(super) const ALWAYS: &'static str = "vim25";

    pub(super) fn find() -> Result<Self, NoWorkspace> {
        let current = std::env::current_dir().map_err(|_| NoWorkspace)?;
        let mut root = PathBuf::new();
        for folder in current.ancestors() {
            if folder.join("wsdl").is_dir() && folder.join(CRATE).is_file() {
                return Ok(Self { root });
            }
            // Relative to where the user is, so that messages name files as the user would.
            root.push("..");
        }
        Err(NoWorkspace)
    }

    /// The descriptions to generate from.
    pub(super) fn descriptions(&self) -> PathBuf {
        self.root.join("wsdl")
    }

    /// The folder of the generated crate that is the generator's.
    pub(super) fn generated(&self) -> PathBuf {
        self.root
            .join(Path::new("generated").join("src").join("api"))
    }
}

impl fmt::Display for NoWorkspace {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(
            "there is no workspace here: neither this folder nor one above it has a folder `wsdl` and a \
             crate `generated`\n  help: run it in the workspace, or name input and output: \
             --wsdl PATH --out DIR, or --bundled vim25 --out DIR",
        )
    }
}

impl std::error::Error for NoWorkspace {}
