//! A simulated vCenter or ESXi host, run by the tests as a process of its own.
//!
//! ```no_run
//! use vmomi_tests::vcsim::Vcsim;
//!
//! let server = Vcsim::builder().virtual_machines(5).start()?;
//! println!("{} as {}", server.url(), server.user());
//! # Ok::<(), vmomi_tests::vcsim::VcsimError>(())
//! ```
//!
//! The program is built from `tests/vcsim` on first use, with Debian's `golang-go` and
//! `golang-github-vmware-govmomi-dev`. `VCSIM=/path/to/vcsim` runs another one instead, such as a
//! newer one of govmomi itself. A test that cannot have its server fails: it would prove nothing
//! by being skipped, and `tests/run` installs what is missing.

mod builder;
mod certificate;
mod error;
mod process;
mod program;

pub use builder::Builder;
pub use error::VcsimError;

use process::Process;

/// A running server; it ends when this is dropped, and no later than the test's process.
#[derive(Debug)]
pub struct Vcsim {
    process: Process,
    /// As the server printed it, with user and password.
    printed_url: String,
    url: String,
    user: String,
    password: String,
    certificate: Option<String>,
}

impl Vcsim {
    /// Describes a server: by default a vCenter with the inventory that vcsim has by default.
    pub fn builder() -> Builder {
        Builder::default()
    }

    /// The address of the SOAP endpoint, such as `https://127.0.0.1:40123/sdk`.
    #[must_use]
    pub fn url(&self) -> &str {
        &self.url
    }

    /// The address with user and password in it, for a command line.
    #[must_use]
    pub fn url_with_credentials(&self) -> &str {
        &self.printed_url
    }

    /// The one user that can log in.
    #[must_use]
    pub fn user(&self) -> &str {
        &self.user
    }

    /// The password of [`user`](Self::user); any other is refused.
    #[must_use]
    pub fn password(&self) -> &str {
        &self.password
    }

    /// The self-signed certificate that the server presents for `127.0.0.1` and `localhost`, as
    /// PEM; `None` over plain http.
    #[must_use]
    pub fn certificate_pem(&self) -> Option<&str> {
        self.certificate.as_deref()
    }

    /// The last that the server wrote to its standard error, to explain a failed test.
    #[must_use]
    pub fn log(&self) -> String {
        self.process.log()
    }
}

/// The address in a line that the server prints, if it has one: the bare address, or among
/// govmomi's `export GOVC_URL=... GOVC_SIM_PID=...`.
fn url_in(line: &str) -> Option<&str> {
    let start = line.find("https://").or_else(|| line.find("http://"))?;
    let url = &line[start..];
    let end = url
        .find(|c: char| c.is_whitespace() || matches!(c, '"' | '\''))
        .unwrap_or(url.len());
    Some(&url[..end])
}

/// The address without the user and password that may stand before its host.
fn without_credentials(url: &str) -> String {
    let Some((scheme, rest)) = url.split_once("://") else {
        return url.to_owned();
    };
    let (authority, path) = rest.split_at(rest.find('/').unwrap_or(rest.len()));
    let host = authority
        .rsplit_once('@')
        .map_or(authority, |(_, host)| host);
    format!("{scheme}://{host}{path}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_address_is_found_in_what_either_program_prints() {
        let url = "https://user:pass@127.0.0.1:8989/sdk";
        assert_eq!(url_in(url), Some(url));
        let line = format!("export GOVC_URL={url} GOVC_SIM_PID=4711");
        assert_eq!(url_in(&line), Some(url));
        assert_eq!(url_in(&format!("export GOVC_URL='{url}'")), Some(url));
        assert_eq!(
            url_in("http://127.0.0.1:1/sdk"),
            Some("http://127.0.0.1:1/sdk")
        );
        assert_eq!(url_in("Press any key to exit"), None);
    }

    #[test]
    fn credentials_are_taken_out_of_an_address() {
        for (with, without) in [
            (
                "https://user:pass@127.0.0.1:89/sdk",
                "https://127.0.0.1:89/sdk",
            ),
            ("https://u%40d:p%2F@[::1]:89/sdk", "https://[::1]:89/sdk"),
            (
                "http://127.0.0.1:89/sdk?at=a@b",
                "http://127.0.0.1:89/sdk?at=a@b",
            ),
            ("http://user@127.0.0.1", "http://127.0.0.1"),
        ] {
            assert_eq!(without_credentials(with), without);
        }
    }
}
