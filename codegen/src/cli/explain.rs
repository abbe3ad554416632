//! `vmomi-codegen explain`: one thing, and what leads to it.

use std::process::ExitCode;

use clap::Args;
use vmomi_codegen::explain::{self, Text};

use super::Outcome;
use super::description::{self, From};
use super::generated_file;
use super::terminal::Terminal;

#[derive(Debug, Args)]
pub(super) struct Arguments {
    /// A type, managed object, operation, or `Type.member`, by its name on the wire, in Rust or in VMODL
    name: String,
    /// Show all of long lists
    #[arg(long)]
    all: bool,
    /// Show an array of objects, complete
    #[arg(long)]
    json: bool,
    #[command(flatten)]
    from: From,
}

/// Explains.
pub(super) fn run(arguments: &Arguments, terminal: Terminal) -> Outcome {
    let model = description::model(&arguments.from, terminal)?;
    let explained = explain::explain(&model, &arguments.name)?;
    if arguments.json {
        terminal.show_json(&explained)?;
        return Ok(ExitCode::SUCCESS);
    }
    let texts = explained.iter().map(|explanation| {
        let text = Text::new(explanation);
        let text = if arguments.all { text.complete() } else { text };
        let file = generated_file::find(explanation);
        let file = file.map(|file| format!("\n\n  generated at {file}"));
        format!("{text}{}", file.unwrap_or_default())
    });
    terminal.show(&texts.collect::<Vec<_>>().join("\n\n"))?;
    Ok(ExitCode::SUCCESS)
}
