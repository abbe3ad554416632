//! Arguments, and what is said on the terminal. A command is a file of its own.

mod generate;
mod progress;
mod say;
mod slice;
mod workspace;

use std::io;
use std::process::ExitCode;

use clap::{Parser, Subcommand};

use say::say;

/// Generates Rust from the WSDL and XSD of the vSphere API
#[derive(Debug, Parser)]
#[command(name = "vmomi-codegen", version, arg_required_else_help = true)]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Generate the code; without arguments, `generated/` from `wsdl/` of the workspace
    Generate(generate::Arguments),
}

/// What a command ends with: its exit code, or an error that is shown and makes it 1.
type Outcome = Result<ExitCode, Box<dyn std::error::Error>>;

/// Runs the program.
pub(crate) fn run() -> ExitCode {
    let outcome = match Arguments::parse().command {
        Command::Generate(arguments) => generate::run(arguments),
    };
    outcome.unwrap_or_else(|error| {
        say(io::stderr(), &error);
        ExitCode::FAILURE
    })
}
