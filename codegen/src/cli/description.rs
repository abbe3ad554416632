//! The descriptions that a user names: files, an API version, or a service that is built in.

use std::fmt;
use std::path::Path;

use clap::Args;
use vmomi_codegen::Builder;
use vmomi_codegen::model::Model;

use super::derive::derive;
use super::terminal::Terminal;
use super::workspace::Workspace;

/// Where to look things up.
#[derive(Debug, Args)]
pub(super) struct From {
    /// The description: a folder or file with WSDL, an API version, or a built-in service. Without it, that of the
    /// workspace, or outside of one all that is built in
    #[arg(long, value_name = "NAME")]
    from: Option<String>,
    /// The service whose API versions are meant
    #[arg(long, value_name = "NAME", default_value = DEFAULT_SERVICE)]
    service: String,
}

/// The service whose API versions are meant unless another is named.
pub(super) const DEFAULT_SERVICE: &str = "vim25";

/// Reads the description to look things up in.
///
/// # Errors
/// Those of [`read`].
pub(super) fn model(from: &From, terminal: Terminal) -> Result<Model, Box<dyn std::error::Error>> {
    if let Some(name) = &from.from {
        return read(name, &from.service, terminal);
    }
    let progress = terminal.progress();
    let builder = Builder::new().observe(progress.observer());
    let builder = match Workspace::find() {
        Ok(workspace) => builder.wsdl(workspace.descriptions()),
        Err(_) => (vmomi_wsdl::SETS.iter()).fold(builder, |builder, set| builder.bundled(set.name)),
    };
    let model = builder.model()?;
    progress.finish();
    Ok(model)
}

/// Reads a description: of an existing file or folder that; of a version what `wsdl/derive` of the workspace makes of
/// it; of the name of a service what is built in.
///
/// # Errors
/// When it is none of these, or what is wrong with the description or with deriving it.
pub(super) fn read(
    name: &str,
    service: &str,
    terminal: Terminal,
) -> Result<Model, Box<dyn std::error::Error>> {
    let progress = terminal.progress();
    let builder = Builder::new().observe(progress.observer());
    let model = if Path::new(name).exists() {
        builder.wsdl(name).model()?
    } else if vmomi_wsdl::set(name).is_some() {
        builder.bundled(name).model()?
    } else if is_version(name) {
        progress.say(format!("deriving {service} {name}"));
        let folder = tempfile::tempdir()?;
        let out = folder.path().to_string_lossy();
        let choice = ["--service", service, "--version", name];
        derive(
            &[&choice[..], &["--with-imports", "--out", &out]].concat(),
            true,
        )?;
        builder.wsdl(folder.path()).model()?
    } else {
        return Err(NoDescription(name.to_owned()).into());
    };
    progress.finish();
    Ok(model)
}

/// Whether a text may name an API version: `8.0.3.0`, `2.5u2`, `m5CA1EF4D`.
fn is_version(text: &str) -> bool {
    let is_number = text.starts_with(|c: char| c.is_ascii_digit());
    let is_mark = text.starts_with('m') && text[1..].starts_with(|c: char| c.is_ascii_digit());
    let is_allowed = |c: char| c.is_ascii_alphanumeric() || c == '.';
    (is_number || is_mark) && text.chars().all(is_allowed)
}

/// A name that leads to no description.
#[derive(Debug)]
struct NoDescription(String);

impl fmt::Display for NoDescription {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let services: Vec<&str> = vmomi_wsdl::SETS.iter().map(|set| set.name).collect();
        write!(
            f,
            "`{}` is no file or folder, no API version, and no service that is built in\n  \
             help: name a folder with WSDL, a version such as 8.0.3.0, or one of {}",
            self.0,
            services.join(", ")
        )
    }
}

impl std::error::Error for NoDescription {}

#[cfg(test)]
mod tests {
    use super::is_version;

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
