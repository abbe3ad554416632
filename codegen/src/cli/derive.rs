//! `vmomi-codegen derive`: the workspace's own tool that derives descriptions.

use std::fmt;
use std::io;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, ExitCode, ExitStatus, Stdio};

use clap::Args;

use super::Outcome;
use super::terminal::Terminal;
use super::workspace::{NoWorkspace, Workspace};

#[derive(Debug, Args)]
pub(super) struct Arguments {
    /// The API version, such as 8.0.3.0; without --service, of vim25 [default: the newest]
    #[arg(long, value_name = "VERSION")]
    version: Option<String>,
    /// Only this service [default: all at their newest versions, or with --version vim25]
    #[arg(long, value_name = "NAME")]
    service: Option<String>,
    /// The folder to write to [default: those of the workspace]
    #[arg(long, value_name = "DIR")]
    out: Option<PathBuf>,
}

/// Derives.
pub(super) fn run(arguments: &Arguments, terminal: Terminal) -> Outcome {
    let out = arguments.out.as_ref().map(|out| out.to_string_lossy());
    let options = [
        ("--version", arguments.version.as_deref()),
        ("--service", arguments.service.as_deref()),
        ("--out", out.as_deref()),
    ];
    let options: Vec<&str> = options
        .into_iter()
        .filter_map(|(option, value)| value.map(|value| [option, value]))
        .flatten()
        .collect();
    derive(&options, terminal.is_quiet())?;
    Ok(ExitCode::SUCCESS)
}

/// Runs `wsdl/derive` of the workspace. Unless it is to be silent, it says on standard error what it does.
///
/// # Errors
/// When there is no workspace, the tool is not there or cannot be run, or it fails.
pub(super) fn derive(arguments: &[&str], silent: bool) -> Result<(), DeriveFailed> {
    let tool = Workspace::find()?.descriptions().join("derive");
    if !tool.is_file() {
        return Err(DeriveFailed::NoTool(tool));
    }
    let mut python = Command::new(PYTHON);
    python.arg(&tool).args(arguments).stdin(Stdio::null());
    let stderr = if silent {
        Stdio::piped()
    } else {
        Stdio::inherit()
    };
    let output = (python.stderr(stderr).spawn())
        .and_then(Child::wait_with_output)
        .map_err(DeriveFailed::NoPython)?;
    if output.status.success() {
        return Ok(());
    }
    Err(DeriveFailed::Failed {
        tool,
        status: output.status,
        said: String::from_utf8_lossy(&output.stderr).trim().to_owned(),
    })
}

/// The program that runs the tool.
const PYTHON: &str = "python3";

/// Why nothing was derived.
#[derive(Debug)]
pub(super) enum DeriveFailed {
    /// It is not run in a workspace.
    NoWorkspace,
    /// The workspace has no such tool.
    NoTool(PathBuf),
    /// Python cannot be run.
    NoPython(io::Error),
    /// The tool failed and has said why, here or on standard error.
    Failed {
        tool: PathBuf,
        status: ExitStatus,
        said: String,
    },
}

impl From<NoWorkspace> for DeriveFailed {
    fn from(_: NoWorkspace) -> Self {
        Self::NoWorkspace
    }
}

impl fmt::Display for DeriveFailed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NoWorkspace => f.write_str(
                "deriving an API version takes the workspace of vmomi: neither this folder nor one above it \
                 has a folder `wsdl` and a crate `generated`\n  help: run it in a checkout of vmomi",
            ),
            Self::NoTool(tool) => write!(
                f,
                "deriving an API version takes {}, which is not there\n  help: run it in a checkout of vmomi",
                tool.display()
            ),
            Self::NoPython(cause) => write!(
                f,
                "cannot run {PYTHON}: {cause}\n  help: deriving an API version takes Python 3.9 or later"
            ),
            Self::Failed { tool, status, said } => {
                write!(f, "{} failed ({status})", Path::display(tool))?;
                for line in said.lines() {
                    write!(f, "\n  {line}")?;
                }
                Ok(())
            }
        }
    }
}

impl std::error::Error for DeriveFailed {}
