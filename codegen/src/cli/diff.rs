//! `vmomi-codegen diff`: what changed between two descriptions.

use std::process::ExitCode;

use clap::{Args, ValueEnum};
use vmomi_codegen::diff::{self, Comparison, Markdown, Text};
use vmomi_codegen::visible::Lines;

use super::Outcome;
use super::description::{self, Reading};
use super::terminal::Terminal;

#[derive(Debug, Args)]
pub(super) struct Arguments {
    /// The old description: a built-in service such as vim25, an API version such as 8.0.3.0, or a
    /// path to a folder or file with WSDL; ./vim25 is the folder of that name
    old: String,
    /// The new description, likewise
    new: String,
    #[command(flatten)]
    reading: Reading,
    /// The form of the result
    #[arg(long, value_name = "FORM", default_value = "text")]
    format: Form,
    /// The same as --format json
    #[arg(long, conflicts_with = "format")]
    json: bool,
    /// Only what breaks something
    #[arg(long)]
    breaking: bool,
    /// Only versions and counts
    #[arg(long)]
    summary: bool,
    /// Exit with 1 when anything is shown as different, and with 2 when something is wrong
    #[arg(long)]
    exit_code: bool,
    /// The level of the headings for services in Markdown
    #[arg(long, value_name = "LEVEL", default_value_t = 2, value_parser = clap::value_parser!(u8).range(1..=5))]
    heading_level: u8,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Form {
    Text,
    Json,
    Markdown,
}

impl Arguments {
    /// What the program exits with when something is wrong.
    pub(super) fn failure(&self) -> ExitCode {
        if self.exit_code {
            ExitCode::from(2)
        } else {
            ExitCode::FAILURE
        }
    }
}

/// Compares.
pub(super) fn run(arguments: &Arguments, terminal: Terminal) -> Outcome {
    let old = description::read(&arguments.old, &arguments.reading, terminal)?;
    let new = description::read(&arguments.new, &arguments.reading, terminal)?;
    let mut comparison = diff::compare(&old, &new);
    let mut is_different = !comparison.is_empty();
    if arguments.breaking {
        is_different = comparison.breaks().any();
        comparison = comparison.breaking();
    }
    if arguments.summary {
        comparison = comparison.summary();
    }
    match arguments.form() {
        Form::Json => terminal.show_json(&comparison)?,
        Form::Markdown => {
            let markdown = Markdown::new(&comparison).heading_level(arguments.heading_level);
            terminal.show(&markdown)?;
        }
        Form::Text if terminal.has_colours() => terminal.show_coloured(&coloured(&comparison))?,
        Form::Text => terminal.show(&Text(&comparison))?,
    }
    Ok(if arguments.exit_code && is_different {
        ExitCode::FAILURE
    } else {
        ExitCode::SUCCESS
    })
}

impl Arguments {
    fn form(&self) -> Form {
        if self.json { Form::Json } else { self.format }
    }
}

/// The text with each change in the colour of its mark.
fn coloured(comparison: &Comparison) -> String {
    const RESET: &str = "\u{1b}[0m";
    let text = Lines(Text(comparison)).to_string();
    let lines = text.lines().map(|line| {
        let colour = match line.trim_start().chars().next() {
            Some('+') => "\u{1b}[32m",
            Some('-') => "\u{1b}[31m",
            Some('~') => "\u{1b}[33m",
            _ => return line.to_owned(),
        };
        format!("{colour}{line}{RESET}")
    });
    lines.collect::<Vec<_>>().join("\n")
}
