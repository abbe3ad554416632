//! `vmomi-codegen generate`: the code of whole descriptions.

use std::error::Error;
use std::fmt;
use std::path::PathBuf;
use std::process::ExitCode;
use std::time::Instant;

use clap::{Args, ValueEnum};
use serde::Serialize;
use vmomi_codegen::select::{Chain, Reasons};
use vmomi_codegen::settings::SecretNames;
use vmomi_codegen::{Builder, Generated, Summary};

use super::Outcome;
use super::check;
use super::slice::SliceArguments;
use super::terminal::Terminal;
use super::workspace::{NoWorkspace, Workspace};

#[derive(Debug, Args)]
pub(super) struct Arguments {
    /// The same as `vmomi-codegen check`
    #[arg(long)]
    check: bool,
    #[command(flatten)]
    choice: Choice,
}

/// What to generate, and where.
#[derive(Debug, Args)]
pub(super) struct Choice {
    /// A .wsdl or .xsd file, or a folder: all such files in it. Repeatable
    #[arg(long, value_name = "PATH", requires = "out")]
    wsdl: Vec<PathBuf>,
    /// A folder from which documents may include files, besides those of --wsdl. Repeatable
    #[arg(long, value_name = "DIR")]
    include_folder: Vec<PathBuf>,
    /// A service whose description is built in, such as vim25. Repeatable
    #[arg(long, value_name = "SERVICE", requires = "out")]
    bundled: Vec<String>,
    /// What the WSDL cannot say; a folder's catalog.json is found by itself. Repeatable
    #[arg(long, value_name = "FILE")]
    catalog: Vec<PathBuf>,
    /// Ignore the catalog.json of folders
    #[arg(long)]
    no_catalog: bool,
    /// Put a namespace behind a Cargo feature, such as pbm=policies; alone, behind one of its own name. Repeatable
    #[arg(long, value_name = "NAMESPACE[=FEATURE]", requires = "out")]
    feature: Vec<String>,
    /// VMware's OpenAPI description of the VI JSON API, YAML or JSON: its texts go into the documentation
    #[arg(long, value_name = "FILE", requires = "out")]
    docs: Option<PathBuf>,
    /// The folder to write to
    #[arg(long, value_name = "DIR")]
    out: Option<PathBuf>,
    /// Fail where there would only be warnings
    #[arg(long)]
    deny_warnings: bool,
    /// Show the counts, or the files that are not up to date, as JSON
    #[arg(long)]
    pub(super) json: bool,
    /// Members named like secrets, without a catalog: warn (the default), accept them as secrets, or ignore
    #[arg(long, value_name = "WHAT", value_enum, hide_possible_values = true)]
    secret_names: Option<SecretNamesArgument>,
    #[command(flatten)]
    pub(super) slice: SliceArguments,
}

/// What to do about members that are named like secrets.
#[derive(Debug, Clone, Copy, ValueEnum)]
enum SecretNamesArgument {
    /// They are secrets, and a warning names them
    Warn,
    /// They are secrets
    Accept,
    /// They are like any other
    Ignore,
}

impl From<SecretNamesArgument> for SecretNames {
    fn from(argument: SecretNamesArgument) -> Self {
        match argument {
            SecretNamesArgument::Warn => Self::Warn,
            SecretNamesArgument::Accept => Self::Accept,
            SecretNamesArgument::Ignore => Self::Ignore,
        }
    }
}

/// Generates.
pub(super) fn run(arguments: Arguments, terminal: Terminal) -> Outcome {
    if arguments.check {
        return check::run(&arguments.choice, terminal);
    }
    let choice = arguments.choice;
    let started = Instant::now();
    let progress = terminal.progress();
    let (builder, out) = choice.builder()?;
    let generated = builder.observe(progress.observer()).generate();
    progress.finish();
    let generated = generated?;
    warn(&generated, terminal);
    if choice.json {
        show_json(&generated, &choice.slice, terminal)?;
        return Ok(ExitCode::SUCCESS);
    }
    if !terminal.is_quiet() {
        terminal.show(&report(&generated, &out.display(), started))?;
    }
    choice.slice.show(generated.reasons.as_ref(), terminal)?;
    Ok(ExitCode::SUCCESS)
}

impl Choice {
    /// The builder that was chosen, and the folder that it writes to.
    ///
    /// # Errors
    /// When it takes a workspace, and there is none.
    pub(super) fn builder(&self) -> Result<(Builder, PathBuf), NoWorkspace> {
        let mut builder = Builder::new();
        let is_named = !self.wsdl.is_empty() || !self.bundled.is_empty();
        let out = match (is_named, &self.out) {
            (true, Some(out)) => out.clone(),
            (_, out) => {
                let workspace = Workspace::find()?;
                builder = builder.wsdl(workspace.descriptions());
                // The features are those of the workspace's own crate, which is never a slice.
                if !self.slice.is_any() {
                    builder = builder.features_but([Workspace::ALWAYS]);
                }
                out.clone().unwrap_or_else(|| workspace.generated())
            }
        };
        builder = self.wsdl.iter().fold(builder, Builder::wsdl);
        let included = self.include_folder.iter();
        builder = included.fold(builder, Builder::include_folder);
        builder = self.bundled.iter().fold(builder, Builder::bundled);
        builder = self.catalog.iter().fold(builder, Builder::catalog);
        if self.no_catalog {
            builder = builder.ignore_catalogs();
        }
        if let Some(docs) = &self.docs {
            builder = builder.docs(docs);
        }
        if self.deny_warnings {
            builder = builder.deny_warnings();
        }
        if let Some(what) = self.secret_names {
            builder = builder.secret_names(what.into());
        }
        builder = self.slice.choose(builder);
        for choice in &self.feature {
            let (namespace, feature) = choice.split_once('=').unwrap_or((choice, choice));
            builder = builder.feature(namespace, feature);
        }
        Ok((builder.out_dir(&out), out))
    }
}

/// Says what is odd in the descriptions.
pub(super) fn warn(generated: &Generated, terminal: Terminal) {
    for warning in &generated.warnings {
        terminal.note(&format_args!("{warning}\n"));
    }
}

/// Shows the counts, and what was asked for of a slice.
fn show_json(
    generated: &Generated,
    slice: &SliceArguments,
    terminal: Terminal,
) -> Result<(), Box<dyn Error>> {
    #[derive(Serialize)]
    struct Output<'g> {
        #[serde(flatten)]
        summary: &'g Summary,
        #[serde(skip_serializing_if = "Option::is_none")]
        slice: Option<&'g Reasons>,
        #[serde(skip_serializing_if = "Vec::is_empty")]
        explained: Vec<&'g Chain>,
    }
    let reasons = generated.reasons.as_ref();
    let output = Output {
        summary: &generated.summary,
        slice: reasons.filter(|_| slice.report),
        explained: slice.explained(reasons)?,
    };
    Ok(terminal.show_json(&output)?)
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
