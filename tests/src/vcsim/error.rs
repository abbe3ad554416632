//! Why there is no server.

use std::io;
use std::path::PathBuf;
use std::process::ExitStatus;
use std::time::Duration;

/// The server cannot be built or started.
#[derive(Debug, thiserror::Error)]
pub enum VcsimError {
    /// The Go toolchain that builds the server is not on the path.
    #[error(
        "the test server vcsim needs Go, and there is no `go` on the path: run tests/run, or \
         `apt-get install golang-go golang-github-vmware-govmomi-dev`, or set VCSIM to the path \
         of a vcsim program"
    )]
    NoGo,
    /// The simulator's sources that the server is built from are not installed.
    #[error(
        "the test server vcsim needs govmomi's sources, and {} is not there: run tests/run, or \
         `apt-get install golang-github-vmware-govmomi-dev`, or set VCSIM to the path of a vcsim \
         program",
        .0.display()
    )]
    NoSources(PathBuf),
    /// The Go toolchain refused to build the server.
    #[error("`go build` of the test server vcsim failed with {status}:\n{log}")]
    BuildFailed {
        /// How it ended.
        status: ExitStatus,
        /// What it wrote to standard error.
        log: String,
    },
    /// A file, folder or certificate that the server needs cannot be made.
    #[error("cannot {action}")]
    Preparation {
        /// What was to be done, as it reads after "cannot".
        action: String,
        /// What stood in the way.
        source: Box<dyn std::error::Error + Send + Sync>,
    },
    /// The program cannot be run.
    #[error("cannot run {}", program.display())]
    NotStarted {
        /// The program.
        program: PathBuf,
        /// What stood in the way.
        source: io::Error,
    },
    /// The program ended before it had said where it listens.
    #[error("{} ended with {status} before it was ready; it wrote:\n{log}", program.display())]
    Ended {
        /// The program.
        program: PathBuf,
        /// How it ended.
        status: ExitStatus,
        /// The last that it wrote to standard error.
        log: String,
    },
    /// The program did not say in time where it listens.
    #[error("{} was not ready within {timeout:?}; it wrote:\n{log}", program.display())]
    TimedOut {
        /// The program.
        program: PathBuf,
        /// How long it was given.
        timeout: Duration,
        /// The last that it wrote to standard error.
        log: String,
    },
}

impl VcsimError {
    /// For `map_err`: `action` reads after "cannot".
    pub(super) fn preparation<E>(action: impl Into<String>) -> impl FnOnce(E) -> Self
    where
        E: Into<Box<dyn std::error::Error + Send + Sync>>,
    {
        let action = action.into();
        move |source| Self::Preparation {
            action,
            source: source.into(),
        }
    }
}
