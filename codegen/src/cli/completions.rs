//! `vmomi-codegen completions`: scripts that make shells complete its arguments.

use std::process::ExitCode;

use clap::{Args, Command};
use clap_complete::Shell;

use super::Outcome;
use super::terminal::Terminal;

#[derive(Debug, Args)]
pub(super) struct Arguments {
    /// The shell
    shell: Shell,
}

/// Shows the script for a shell.
pub(super) fn run(arguments: &Arguments, mut program: Command, terminal: Terminal) -> Outcome {
    let name = program.get_name().to_owned();
    let mut script = Vec::new();
    clap_complete::generate(arguments.shell, &mut program, name, &mut script);
    terminal.show(&String::from_utf8_lossy(&script).trim_end())?;
    Ok(ExitCode::SUCCESS)
}
