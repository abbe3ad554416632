//! Arguments, and what is said on the terminal. A command is a file of its own.

mod derive;
mod description;
mod diff;
mod generate;
mod progress;
mod slice;
mod terminal;
mod workspace;

use std::process::ExitCode;

use clap::{Parser, Subcommand};
use vmomi_codegen::diagnostic::{Diagnostic, Diagnostics};

use terminal::Terminal;

/// Generates Rust from the WSDL and XSD of the vSphere API
#[derive(Debug, Parser)]
#[command(
    name = "vmomi-codegen",
    version,
    arg_required_else_help = true,
    after_help = EXIT_CODES
)]
struct Arguments {
    #[command(subcommand)]
    command: Command,
    /// Say nothing but results and errors
    #[arg(long, short, global = true)]
    quiet: bool,
}

const EXIT_CODES: &str = "Exit codes: 0 done, up to date; 1 anything wrong with input or output, not up to date; \
    2 wrong arguments. `diff --exit-code` says in its help what it adds.\n\
    Results go to standard output, everything else to standard error.";

#[derive(Debug, Subcommand)]
enum Command {
    /// Generate the code; without arguments, `generated/` from `wsdl/` of the workspace
    Generate(generate::Arguments),
    /// Show what changed between two API versions or two sets of WSDL, and what of it breaks programs
    Diff(diff::Arguments),
}

/// What a command ends with: its exit code, or an error that is shown.
type Outcome = Result<ExitCode, Box<dyn std::error::Error>>;

/// Runs the program.
pub(crate) fn run() -> ExitCode {
    let arguments = Arguments::parse();
    let terminal = Terminal::new(arguments.quiet);
    let (outcome, failure) = match arguments.command {
        Command::Generate(arguments) => (generate::run(arguments, terminal), ExitCode::FAILURE),
        Command::Diff(arguments) => (diff::run(&arguments, terminal), arguments.failure()),
    };
    outcome.unwrap_or_else(|error| {
        if error.is::<Diagnostics>() || error.is::<Diagnostic>() {
            terminal.complain(&error);
        } else {
            terminal.complain(&format_args!("error: {error}"));
        }
        failure
    })
}
