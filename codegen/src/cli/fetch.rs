//! `vmomi-codegen fetch`: what a live server serves of its own description.

use std::fmt;
use std::fs;
use std::path::PathBuf;
use std::process::ExitCode;
use std::time::Duration;

use clap::Args;
use serde::Serialize;
use vmomi_codegen::fetch::{self, Fetch, FetchError, FetchedSet, Fingerprint, ServerUrl, Trust};

use super::Outcome;
use super::terminal::Terminal;

#[derive(Debug, Args)]
pub(super) struct Arguments {
    /// The endpoint of a service, such as https://vc.example/sdk or https://vc.example/pbm/sdk, or the URL of a .wsdl
    // Parsed later: clap's error would print the rejected value, including the password.
    #[arg(long, value_name = "URL")]
    from: Address,
    /// The folder to write to
    #[arg(long, value_name = "DIR")]
    out: PathBuf,
    /// Replace the folder even if it has descriptions that were not fetched
    #[arg(long)]
    force: bool,
    /// Trust the certificate of this SHA-256 (or SHA-1) fingerprint, and no other
    #[arg(long, value_name = "SHA256", group = "trusted")]
    fingerprint: Option<Fingerprint>,
    /// Trust the authorities and certificates in this PEM file, and no others
    #[arg(long, value_name = "FILE", group = "trusted")]
    ca: Option<PathBuf>,
    /// Trust any certificate: whoever is on the way can change what is fetched
    #[arg(long, group = "trusted")]
    insecure: bool,
    /// How long the server may stay silent
    #[arg(long, value_name = "SECONDS", default_value_t = 60, value_parser = clap::value_parser!(u64).range(1..=3600))]
    timeout: u64,
    /// Show the files and versions as JSON
    #[arg(long)]
    json: bool,
}

/// A URL as typed, which may contain a password.
#[derive(Clone)]
struct Address(String);

impl fmt::Debug for Address {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "({} bytes)", self.0.len())
    }
}

impl From<String> for Address {
    fn from(text: String) -> Self {
        Self(text)
    }
}

/// Fetches.
pub(super) fn run(arguments: Arguments, terminal: Terminal) -> Outcome {
    let out = &arguments.out;
    let server: ServerUrl = arguments.from.0.parse()?;
    fetch::check_folder(out, arguments.force).map_err(Advised)?;
    if server.credentials().is_some() {
        terminal.note(&"note: descriptions are fetched without signing in; the credentials in the URL are not used");
    }
    let trust = match (&arguments.fingerprint, &arguments.ca) {
        (Some(fingerprint), _) => Trust::Fingerprint(*fingerprint),
        (_, Some(file)) => {
            let pem = fs::read(file).map_err(|cause| format!("{}: {cause}", file.display()))?;
            Trust::Pem(pem)
        }
        _ if arguments.insecure => Trust::Insecure,
        _ => Trust::SystemRoots,
    };
    let progress = terminal.progress();
    let shown = progress.clone();
    let fetched = Fetch::new(server)
        .trust(trust)
        .timeout(Duration::from_secs(arguments.timeout))
        .observe(move |path| shown.say(format!("fetching {path}")))
        .run();
    progress.finish();
    let set = fetched.map_err(Advised)?;
    set.write(out, arguments.force).map_err(Advised)?;
    if arguments.json {
        terminal.show_json(&Shown::of(&set))?;
    } else if !terminal.is_quiet() {
        let versions: Vec<String> = (set.versions.iter())
            .map(|served| {
                format!(
                    "\n  the server speaks {} {}",
                    served.namespace, served.version
                )
            })
            .collect();
        let bytes: usize = set.files.values().map(String::len).sum();
        terminal.show(&format_args!(
            "{} files with {bytes} bytes to {}{}",
            set.files.len(),
            out.display(),
            versions.concat()
        ))?;
    }
    Ok(ExitCode::SUCCESS)
}

/// What was fetched, for programs.
#[derive(Serialize)]
struct Shown<'s> {
    files: Vec<&'s str>,
    versions: Vec<[&'s str; 2]>,
}

impl<'s> Shown<'s> {
    fn of(set: &'s FetchedSet) -> Self {
        let versions = set.versions.iter();
        Self {
            files: set.files.keys().map(String::as_str).collect(),
            versions: versions
                .map(|served| [served.namespace.as_str(), &served.version])
                .collect(),
        }
    }
}

/// An error with what to do about it.
#[derive(Debug)]
struct Advised(FetchError);

impl fmt::Display for Advised {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.0)?;
        match self.0.help() {
            Some(help) => write!(f, "\n  help: {help}"),
            None => Ok(()),
        }
    }
}

impl std::error::Error for Advised {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        Some(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::Address;

    #[test]
    fn the_password_in_a_url_is_not_shown() {
        let address = Address::from("https://user:hunter2@vc.example/sdk".to_owned());
        assert_eq!(format!("{address:?}"), "(35 bytes)");
    }
}
