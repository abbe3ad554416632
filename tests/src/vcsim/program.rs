//! Which program serves: the one that `VCSIM` names, or our own, built here.

use std::fs::File;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::{Mutex, PoisonError};

use super::VcsimError;

/// The variable that names another program.
const VARIABLE: &str = "VCSIM";

/// Where Debian installs the sources of Go packages.
const GOPATH: &str = "/usr/share/gocode";

/// A program that serves, and how it learns that the test's process is gone.
#[derive(Clone, Debug)]
pub(super) enum Program {
    /// Built from `tests/vcsim`; it ends when its standard input does.
    Own(PathBuf),
    /// Any other; it knows nothing of tests and has to be ended.
    Foreign(PathBuf),
}

impl Program {
    /// The program to run, built if need be.
    pub(super) fn find() -> Result<Self, VcsimError> {
        match std::env::var_os(VARIABLE).filter(|path| !path.is_empty()) {
            Some(path) => Ok(Self::Foreign(path.into())),
            None => built().map(Self::Own),
        }
    }

    pub(super) fn path(&self) -> &Path {
        let (Self::Own(path) | Self::Foreign(path)) = self;
        path
    }
}

/// Our own program, built once by whichever test of this process comes first.
fn built() -> Result<PathBuf, VcsimError> {
    static BUILT: Mutex<Option<PathBuf>> = Mutex::new(None);
    // A panic while it was held leaves nothing half-done: the path is set last.
    let mut built = BUILT.lock().unwrap_or_else(PoisonError::into_inner);
    if let Some(path) = &*built {
        return Ok(path.clone());
    }
    let path = build(&target_folder().join("vcsim"))?;
    Ok(built.insert(path).clone())
}

/// Brings the program in `folder` up to date; Go does nothing, and quickly, when it already is.
fn build(folder: &Path) -> Result<PathBuf, VcsimError> {
    let sources = Path::new(GOPATH).join("src/github.com/vmware/govmomi/simulator");
    if !sources.is_dir() {
        return Err(VcsimError::NoSources(sources));
    }
    let action = || format!("make the folder {}", folder.display());
    std::fs::create_dir_all(folder).map_err(VcsimError::preparation(action()))?;
    // Other test programs may run at the same time; the lock ends with the file's handle.
    let lock_path = folder.join("lock");
    let action = format!("lock {}", lock_path.display());
    let _lock = File::create(&lock_path)
        .and_then(|file| fs4::FileExt::lock(&file).map(|()| file))
        .map_err(VcsimError::preparation(action))?;

    let program = folder.join("vcsim");
    let output = Command::new("go")
        .args(["build", "-o"])
        .arg(&program)
        .arg(".")
        .current_dir(Path::new(env!("CARGO_MANIFEST_DIR")).join("vcsim"))
        // Debian's packages are a GOPATH; nothing of the user's own settings may get in the way.
        .envs([("GO111MODULE", "off"), ("GOPATH", GOPATH)])
        .envs([("GOENV", "off"), ("GOFLAGS", ""), ("GOTOOLCHAIN", "local")])
        .env("CGO_ENABLED", "0")
        .env("GOCACHE", folder.join("go-cache"))
        .output()
        .map_err(|source| match source.kind() {
            ErrorKind::NotFound => VcsimError::NoGo,
            _ => VcsimError::NotStarted {
                program: "go".into(),
                source,
            },
        })?;
    if output.status.success() {
        return Ok(program);
    }
    Err(VcsimError::BuildFailed {
        status: output.status,
        log: String::from_utf8_lossy(&output.stderr).into_owned(),
    })
}

/// Cargo's target folder, wherever that was put: the running program lies in it.
fn target_folder() -> PathBuf {
    let program = std::env::current_exe().unwrap_or_default();
    program
        .ancestors()
        // Cargo writes the one whenever it builds, and the other only into a folder that it made.
        .find(|folder| {
            [".rustc_info.json", "CACHEDIR.TAG"]
                .iter()
                .any(|mark| folder.join(mark).is_file())
        })
        .map_or_else(
            || Path::new(env!("CARGO_MANIFEST_DIR")).join("../target"),
            Path::to_owned,
        )
}
