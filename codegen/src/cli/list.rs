//! `vmomi-codegen list`: what is in a description.

use std::process::ExitCode;

use clap::{Args, ValueEnum};
use vmomi_codegen::kind::Kind;
use vmomi_codegen::list::{self, Entry, Filter, Name};
use vmomi_codegen::visible::visible;

use super::Outcome;
use super::description::{self, From};
use super::terminal::Terminal;

#[derive(Debug, Args)]
pub(super) struct Arguments {
    /// Names, with `*` and `?` for any letters: Virtual*Disk, VirtualDisk.*, pbm:*, vim.vm.device.*. Any of them will do
    #[arg(value_name = "PATTERN")]
    names: Vec<Name>,
    /// Only what is of this kind; `type` is data objects, faults, events and enums. Repeatable
    #[arg(long, value_name = "KIND")]
    kind: Vec<Kinds>,
    /// Only what is new since this API version
    #[arg(long, value_name = "VERSION")]
    since: Option<String>,
    /// Show an array of objects with name, kind, namespace, since and vmodl
    #[arg(long)]
    json: bool,
    #[command(flatten)]
    from: From,
}

/// The words for kinds.
#[derive(Debug, Clone, Copy, ValueEnum)]
enum Kinds {
    Type,
    DataObject,
    Fault,
    Event,
    #[value(alias = "enumeration")]
    Enum,
    ManagedObject,
    Operation,
    Field,
    Value,
    Property,
}

impl Kinds {
    fn kinds(self) -> &'static [Kind] {
        match self {
            Self::Type => &[
                Kind::DataObject,
                Kind::Fault,
                Kind::Event,
                Kind::Enumeration,
            ],
            Self::DataObject => &[Kind::DataObject],
            Self::Fault => &[Kind::Fault],
            Self::Event => &[Kind::Event],
            Self::Enum => &[Kind::Enumeration],
            Self::ManagedObject => &[Kind::ManagedObject],
            Self::Operation => &[Kind::Operation],
            Self::Field => &[Kind::Field],
            Self::Value => &[Kind::Value],
            Self::Property => &[Kind::Property],
        }
    }
}

/// Lists.
pub(super) fn run(arguments: Arguments, terminal: Terminal) -> Outcome {
    let model = description::model(&arguments.from, terminal)?;
    let filter = Filter {
        names: arguments.names,
        kinds: arguments
            .kind
            .iter()
            .flat_map(|kinds| kinds.kinds())
            .copied()
            .collect(),
        since: arguments.since,
    };
    let entries = list::list(&model, &filter)?;
    if arguments.json {
        terminal.show_json(&entries)?;
    } else if !entries.is_empty() {
        let lines = if terminal.is_watched() {
            columns(&entries)
        } else {
            (entries.iter())
                .map(|entry| visible(&entry.name).into_owned())
                .collect()
        };
        terminal.show(&lines.join("\n"))?;
    }
    if entries.is_empty() {
        let nothing = "nothing in the description is like that";
        let suggestion = (filter.names.iter()).find_map(|name| list::suggestion(&model, name));
        match suggestion {
            Some(suggestion) => terminal.note(&format_args!("{nothing}\n  help: {suggestion}")),
            None => terminal.note(&nothing),
        }
        return Ok(ExitCode::FAILURE);
    }
    Ok(ExitCode::SUCCESS)
}

/// The entries in columns: name, kind, version, and the namespace if there is more than one.
fn columns(entries: &[Entry]) -> Vec<String> {
    let widest = |of: fn(&Entry) -> &str| {
        let lengths = entries.iter().map(|entry| of(entry).chars().count());
        // One name that is longer than a line moves no other.
        lengths.filter(|length| *length <= 60).max().unwrap_or(0)
    };
    let name = widest(|entry| &entry.name);
    let since = widest(|entry| entry.since.as_deref().unwrap_or_default());
    let kinds: Vec<String> = entries.iter().map(|entry| entry.kind.to_string()).collect();
    let kind = kinds.iter().map(String::len).max().unwrap_or(0);
    let has_many_namespaces = entries
        .iter()
        .any(|entry| entry.namespace != entries[0].namespace);
    let line = |(entry, kind_name): (&Entry, &String)| {
        let version = entry.since.as_deref().unwrap_or_default();
        let line = format!(
            "{:name$}  {kind_name:kind$}  {version:since$}",
            visible(&entry.name)
        );
        if has_many_namespaces {
            format!("{line}  {}", entry.namespace)
        } else {
            line.trim_end().to_owned()
        }
    };
    entries.iter().zip(&kinds).map(line).collect()
}
