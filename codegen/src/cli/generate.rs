//! `vmomi-codegen generate`: the code of whole descriptions.

use std::fmt;
use std::path::PathBuf;
use std::process::ExitCode;
use std::time::Instant;

use clap::Args;
use vmomi_codegen::{Builder, Generated};

use super::Outcome;
use super::slice::SliceArguments;
use super::terminal::Terminal;
use super::workspace::Workspace;

#[derive(Debug, Args)]
pub(super) struct Arguments {
    /// A .wsdl or .xsd file, or a folder: all such files in it. Repeatable
    #[arg(long, value_name = "PATH", requires = "out")]
    wsdl: Vec<PathBuf>,
    /// What the WSDL cannot say; a folder's catalog.json is found by itself. Repeatable
    #[arg(long, value_name = "FILE")]
    catalog: Vec<PathBuf>,
    /// Ignore the catalog.json of folders
    #[arg(long)]
    no_catalog: bool,
    /// Put a namespace behind a Cargo feature, such as pbm=policies; alone, behind one of its own name. Repeatable
    #[arg(long, value_name = "NAMESPACE[=FEATURE]", requires = "wsdl")]
    feature: Vec<String>,
    /// The folder to write to
    #[arg(long, value_name = "DIR")]
    out: Option<PathBuf>,
    /// Write nothing; name the files that are not up to date, and fail if there are any
    #[arg(long)]
    check: bool,
    /// Fail where there would only be warnings
    #[arg(long)]
    deny_warnings: bool,
    #[command(flatten)]
    slice: SliceArguments,
}

/// Generates, or checks.
pub(super) fn run(arguments: Arguments, terminal: Terminal) -> Outcome {
    let started = Instant::now();
    let progress = terminal.progress();
    let mut builder = Builder::new();
    let out = match (arguments.wsdl.is_empty(), arguments.out) {
        (false, Some(out)) => out,
        (_, out) => {
            let workspace = Workspace::find()?;
            builder = builder
                .wsdl(workspace.descriptions())
                .features_but([Workspace::ALWAYS]);
            out.unwrap_or_else(|| workspace.generated())
        }
    };
    builder = arguments.wsdl.into_iter().fold(builder, Builder::wsdl);
    builder = arguments
        .catalog
        .into_iter()
        .fold(builder, Builder::catalog);
    if arguments.no_catalog {
        builder = builder.ignore_catalogs();
    }
    if arguments.deny_warnings {
        builder = builder.deny_warnings();
    }
    builder = arguments.slice.choose(builder);
    for choice in &arguments.feature {
        let (namespace, feature) = choice.split_once('=').unwrap_or((choice, choice));
        builder = builder.feature(namespace, feature);
    }
    let builder = builder.out_dir(&out).observe(progress.observer());
    if arguments.check {
        let checked = builder.check();
        progress.finish();
        let (generated, differences) = checked?;
        warn(&generated, terminal);
        if differences.is_empty() {
            if !terminal.is_quiet() {
                terminal.show(&format_args!("{} is up to date", out.display()))?;
            }
            return Ok(ExitCode::SUCCESS);
        }
        for (path, difference) in &differences {
            terminal.complain(&format_args!("{difference}: {}", path.display()));
        }
        let count = differences.len();
        terminal.complain(&format_args!(
            "{count} files in {} are not up to date; generate them again",
            out.display()
        ));
        return Ok(ExitCode::FAILURE);
    }
    let generated = builder.generate();
    progress.finish();
    let generated = generated?;
    warn(&generated, terminal);
    if !terminal.is_quiet() {
        terminal.show(&report(&generated, &out.display(), started))?;
    }
    for lines in arguments.slice.told(generated.reasons.as_ref())? {
        terminal.show(&lines)?;
    }
    Ok(ExitCode::SUCCESS)
}

fn warn(generated: &Generated, terminal: Terminal) {
    for warning in &generated.warnings {
        terminal.note(&format_args!("{warning}\n"));
    }
}

fn report(generated: &Generated, out: &dyn fmt::Display, started: Instant) -> String {
    let summary = &generated.summary;
    let services: Vec<String> = summary
        .services
        .iter()
        .map(|(name, version)| format!("{name} {version}").trim().to_owned())
        .collect();
    let from = if services.is_empty() {
        "types".to_owned()
    } else {
        services.join(", ")
    };
    let seconds = started.elapsed().as_secs_f64();
    format!("{from} to {out}\n{summary}\n{seconds:>9.2}  seconds")
}
