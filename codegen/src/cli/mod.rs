//! Arguments, and what is said on the terminal. A command is a file of its own.

mod check;
mod completions;
mod derive;
mod description;
mod diff;
mod explain;
#[cfg(feature = "fetch")]
mod fetch;
mod generate;
mod generated_file;
mod list;
mod progress;
mod slice;
mod terminal;
mod workspace;

use std::process::ExitCode;

use clap::{CommandFactory, Parser, Subcommand};
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

const EXIT_CODES: &str = "Exit codes: 0 done; 1 something is wrong, not up to date, or nothing was found; \
    2 wrong arguments.\nWith `diff --exit-code`: 0 nothing differs, 1 something does, 2 something is wrong.\n\
    Results go to standard output, everything else to standard error.";

#[derive(Debug, Subcommand)]
enum Command {
    /// Generate the code; without arguments, `generated/` from `wsdl/` of the workspace
    Generate(generate::Arguments),
    /// Tell whether the generated code is up to date: the files that are not, and exit code 1 if there are any
    Check(generate::Choice),
    /// List types, managed objects and operations, by name, kind and version
    List(list::Arguments),
    /// Explain a type, managed object, operation or member: definition, Rust name, what uses it and what leads to it
    Explain(explain::Arguments),
    /// Show what changed between two API versions or two sets of WSDL, and what of it breaks programs
    Diff(diff::Arguments),
    /// Fetch the description that a live server serves of itself, with all that it includes
    #[cfg(feature = "fetch")]
    Fetch(fetch::Arguments),
    /// Derive descriptions from public tables by `wsdl/derive` of the workspace
    Derive(derive::Arguments),
    /// Show a script that makes a shell complete the arguments of this program
    Completions(completions::Arguments),
}

/// What a command ends with: its exit code, or an error that is shown.
type Outcome = Result<ExitCode, Box<dyn std::error::Error>>;

/// Runs the program.
pub(crate) fn run() -> ExitCode {
    let arguments = Arguments::parse();
    let terminal = Terminal::new(arguments.quiet);
    let failure = match &arguments.command {
        Command::Diff(arguments) => arguments.failure(),
        _ => ExitCode::FAILURE,
    };
    let outcome = match arguments.command {
        Command::Generate(arguments) => generate::run(arguments, terminal),
        Command::Check(choice) => check::run(&choice, terminal),
        Command::List(arguments) => list::run(arguments, terminal),
        Command::Explain(arguments) => explain::run(&arguments, terminal),
        Command::Diff(arguments) => diff::run(&arguments, terminal),
        #[cfg(feature = "fetch")]
        Command::Fetch(arguments) => fetch::run(arguments, terminal),
        Command::Derive(arguments) => derive::run(&arguments, terminal),
        Command::Completions(chosen) => completions::run(&chosen, Arguments::command(), terminal),
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
