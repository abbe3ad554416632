//! `vmomi-codegen check`: whether generated code is what it would be now.

use std::path::PathBuf;
use std::process::ExitCode;

use serde::Serialize;
use vmomi_codegen::output::{Difference, Differences};

use super::Outcome;
use super::generate::{self, Choice};
use super::terminal::Terminal;

/// Checks, and writes nothing.
pub(super) fn run(choice: &Choice, terminal: Terminal) -> Outcome {
    let progress = terminal.progress();
    let (builder, out) = choice.builder()?;
    let checked = builder.observe(progress.observer()).check();
    progress.finish();
    let (generated, differences) = checked?;
    generate::warn(&generated, terminal);
    if choice.json {
        terminal.show_json(&files(&differences))?;
    } else if differences.is_empty() && !terminal.is_quiet() {
        terminal.show(&format_args!("{} is up to date", out.display()))?;
    }
    if !choice.json {
        choice.slice.show(generated.reasons.as_ref(), terminal)?;
    }
    if differences.is_empty() {
        return Ok(ExitCode::SUCCESS);
    }
    for (path, difference) in differences.iter().filter(|_| !choice.json) {
        terminal.complain(&format_args!("{difference}: {}", path.display()));
    }
    terminal.complain(&format_args!(
        "{} files in {} are not up to date; generate them again",
        differences.len(),
        out.display()
    ));
    Ok(ExitCode::FAILURE)
}

/// A file that is not up to date.
#[derive(Serialize)]
struct File<'d> {
    path: &'d PathBuf,
    difference: &'static str,
}

fn files(differences: &Differences) -> Vec<File<'_>> {
    let files = differences.iter().map(|(path, difference)| File {
        path,
        difference: match difference {
            Difference::Missing => "missing",
            Difference::Stale => "stale",
            Difference::Changed => "changed",
        },
    });
    files.collect()
}
