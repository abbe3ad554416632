//! The descriptions that a user names: files, an API version, or a service that is built in.

use std::fmt;
use std::path::{Path, PathBuf};

use clap::Args;
use vmomi_codegen::Builder;
use vmomi_codegen::model::Model;

use super::derive::derive;
use super::terminal::Terminal;
use super::workspace::Workspace;

/// Where to look things up.
#[derive(Debug, Args)]
pub(super) struct From {
    /// The description: a built-in service such as vim25, an API version such as 8.0.3.0, or a path
    /// to a folder or file with WSDL; ./vim25 is the folder of that name. Without it, that of the
    /// workspace, or outside of one all that is built in
    #[arg(long, value_name = "NAME")]
    from: Option<String>,
    #[command(flatten)]
    reading: Reading,
}

/// How descriptions are read.
#[derive(Debug, Args)]
pub(super) struct Reading {
    /// The service whose API versions are meant
    #[arg(long, value_name = "NAME", default_value = DEFAULT_SERVICE)]
    service: String,
    /// A folder from which documents may include files, besides those of the description.
    /// Repeatable
    #[arg(long, value_name = "DIR")]
    include_folder: Vec<PathBuf>,
}

/// The service whose API versions are meant unless another is named.
const DEFAULT_SERVICE: &str = "vim25";

/// Reads the description to look things up in.
///
/// # Errors
/// Those of [`read`].
pub(super) fn model(from: &From, terminal: Terminal) -> Result<Model, Box<dyn std::error::Error>> {
    if let Some(name) = &from.from {
        return read(name, &from.reading, terminal);
    }
    let progress = terminal.progress();
    let builder = from.reading.builder().observe(progress.observer());
    let builder = match Workspace::find() {
        Ok(workspace) => builder.wsdl(workspace.descriptions()),
        Err(_) => (vmomi_wsdl::SETS.iter()).fold(builder, |builder, set| builder.bundled(set.name)),
    };
    let model = builder.model()?;
    progress.finish();
    Ok(model)
}

impl Reading {
    fn builder(&self) -> Builder {
        let folders = self.include_folder.iter();
        folders.fold(Builder::new(), Builder::include_folder)
    }
}

/// What a name stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Meaning {
    /// A service whose description is built in.
    BuiltIn,
    /// An API version.
    Version,
    /// A file or folder.
    Path,
}

impl Meaning {
    /// By the name alone, so that it means the same whatever there is in the current folder.
    fn of(name: &str) -> Self {
        if vmomi_wsdl::set(name).is_some() {
            Self::BuiltIn
        } else if is_version(name) {
            Self::Version
        } else {
            Self::Path
        }
    }
}

/// Reads a description: of the name of a service what is built in; of a version what `wsdl/derive`
/// of the workspace makes of it; of anything else the file or folder. Where there is a file or
/// folder too that has the name of a service or version, a note says so.
///
/// # Errors
/// When it is none of these, or what is wrong with the description or with deriving it.
pub(super) fn read(
    name: &str,
    reading: &Reading,
    terminal: Terminal,
) -> Result<Model, Box<dyn std::error::Error>> {
    let meaning = Meaning::of(name);
    if meaning != Meaning::Path && Path::new(name).exists() {
        terminal.note(&Ambiguous(name, meaning));
    }
    let progress = terminal.progress();
    let builder = reading.builder().observe(progress.observer());
    let model = match meaning {
        Meaning::BuiltIn => builder.bundled(name).model()?,
        Meaning::Version => {
            let service = &reading.service;
            progress.say(format!("deriving {service} {name}"));
            let folder = tempfile::tempdir()?;
            let out = folder.path().to_string_lossy();
            let choice = ["--service", service, "--version", name];
            derive(
                &[&choice[..], &["--with-imports", "--out", &out]].concat(),
                true,
            )?;
            builder.wsdl(folder.path()).model()?
        }
        Meaning::Path if Path::new(name).exists() => builder.wsdl(name).model()?,
        Meaning::Path => return Err(NoDescription(name.to_owned()).into()),
    };
    progress.finish();
    Ok(model)
}

/// A file or folder has the name of something else.
struct Ambiguous<'n>(&'n str, Meaning);

impl fmt::Display for Ambiguous<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self(name, meaning) = self;
        let taken = match meaning {
            Meaning::BuiltIn => "the description that is built in",
            Meaning::Version => "the API version",
            Meaning::Path => "the file or folder",
        };
        write!(
            f,
            "warning: `{name}` is taken for {taken}, and there is a file or folder of that name \
             too\n  help: for that one write ./{name}"
        )
    }
}

/// Whether a text may name an API version: `8.0.3.0`, `2.5u2`, `m5CA1EF4D`.
fn is_version(text: &str) -> bool {
    let is_number = text.starts_with(|c: char| c.is_ascii_digit());
    let is_mark = text.starts_with('m') && text[1..].starts_with(|c: char| c.is_ascii_digit());
    let is_allowed = |c: char| c.is_ascii_alphanumeric() || c == '.';
    let is_file = [".wsdl", ".xsd"].iter().any(|end| text.ends_with(end));
    (is_number || is_mark) && text.chars().all(is_allowed) && !is_file
}

/// A name that leads to no description.
#[derive(Debug)]
struct NoDescription(String);

impl fmt::Display for NoDescription {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let services: Vec<&str> = vmomi_wsdl::SETS.iter().map(|set| set.name).collect();
        write!(
            f,
            "`{}` is no service that is built in, no API version, and no file or folder\n  \
             help: name one of {}, a version such as 8.0.3.0, or a folder with WSDL",
            self.0,
            services.join(", "),
        )
    }
}

impl std::error::Error for NoDescription {}

#[cfg(test)]
mod tests {
    use super::{Meaning, is_version};

    #[test]
    fn a_name_means_the_same_whatever_is_on_disk() {
        for (name, meaning) in [
            ("vim25", Meaning::BuiltIn),
            ("./vim25", Meaning::Path),
            ("vim25/", Meaning::Path),
            ("9.1.1.0", Meaning::Version),
            ("./9.1.1.0", Meaning::Path),
            ("9.1.wsdl", Meaning::Path),
            ("7.xsd", Meaning::Path),
            ("mine", Meaning::Path),
            ("/vim25", Meaning::Path),
        ] {
            assert_eq!(Meaning::of(name), meaning, "{name}");
        }
    }

    #[test]
    fn versions() {
        for version in ["8.0.3.0", "6.7", "2.5u2server", "m5CA1EF4D"] {
            assert!(is_version(version), "{version}");
        }
        for other in ["", "m", "vim25", "my/folder", "5.5/", "é", "mé", "9.1 "] {
            assert!(!is_version(other), "{other}");
        }
    }
}
