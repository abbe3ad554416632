//! What a server is to hold, and starting it.

use std::time::Duration;

use super::certificate::Certificate;
use super::process::Process;
use super::program::Program;
use super::{Vcsim, VcsimError, url_in, without_credentials};

/// Describes a server; see [`Vcsim::builder`].
///
/// Numbers that are not set are those of vcsim: 1 datacenter with 1 cluster of 3 hosts and 1
/// standalone host, 1 datastore, and 2 virtual machines in each of the 2 resource pools.
#[derive(Clone, Debug)]
#[must_use = "a builder does nothing until `start`"]
pub struct Builder {
    arguments: Vec<String>,
    user: String,
    password: String,
    https: bool,
    timeout: Duration,
}

impl Default for Builder {
    fn default() -> Self {
        Self {
            arguments: Vec::new(),
            user: "user".to_owned(),
            password: "pass".to_owned(),
            https: true,
            timeout: Duration::from_secs(120),
        }
    }
}

impl Builder {
    /// A standalone ESXi host instead of a vCenter; of the numbers only those of datastores and
    /// virtual machines apply.
    pub fn esx(self) -> Self {
        self.flag("esx", true)
    }

    /// How many datacenters there are.
    pub fn datacenters(self, number: usize) -> Self {
        self.flag("dc", number)
    }

    /// How many of the datacenters lie within folders, which also hold what is in them.
    pub fn folders(self, number: usize) -> Self {
        self.flag("folder", number)
    }

    /// How many clusters each datacenter has.
    pub fn clusters(self, number: usize) -> Self {
        self.flag("cluster", number)
    }

    /// How many hosts each cluster has.
    pub fn hosts_per_cluster(self, number: usize) -> Self {
        self.flag("host", number)
    }

    /// How many hosts outside of clusters each datacenter has.
    pub fn standalone_hosts(self, number: usize) -> Self {
        self.flag("standalone-host", number)
    }

    /// How many resource pools each cluster has beside its root pool.
    pub fn resource_pools(self, number: usize) -> Self {
        self.flag("pool", number)
    }

    /// How many virtual apps each cluster has.
    pub fn virtual_apps(self, number: usize) -> Self {
        self.flag("app", number)
    }

    /// How many storage pods each datacenter has.
    pub fn storage_pods(self, number: usize) -> Self {
        self.flag("pod", number)
    }

    /// How many datastores there are.
    pub fn datastores(self, number: usize) -> Self {
        self.flag("ds", number)
    }

    /// How many distributed port groups each datacenter has.
    pub fn port_groups(self, number: usize) -> Self {
        self.flag("pg", number)
    }

    /// How many virtual machines each resource pool has.
    pub fn virtual_machines(self, number: usize) -> Self {
        self.flag("vm", number)
    }

    /// Leaves the virtual machines powered off; they are on otherwise.
    pub fn powered_off(self) -> Self {
        self.flag("autostart", false)
    }

    /// The one user that can log in; `user` with `pass` otherwise.
    pub fn credentials(mut self, user: impl Into<String>, password: impl Into<String>) -> Self {
        self.user = user.into();
        self.password = password.into();
        self
    }

    /// Serves without TLS.
    pub fn plain_http(mut self) -> Self {
        self.https = false;
        self
    }

    /// How long the server may take to be ready; 2 minutes otherwise, which does for thousands of
    /// virtual machines.
    pub fn timeout(mut self, timeout: Duration) -> Self {
        self.timeout = timeout;
        self
    }

    /// Passes `-name=value` to the program, for what has no method here.
    pub fn flag(mut self, name: &str, value: impl ToString) -> Self {
        self.arguments
            .push(format!("-{name}={}", value.to_string()));
        self
    }

    /// Starts the server on a free port of the loopback interface and waits until it listens.
    ///
    /// # Errors
    ///
    /// When the program cannot be built or run, ends at once, or is not ready in time.
    pub fn start(self) -> Result<Vcsim, VcsimError> {
        let program = Program::find()?;
        let certificate = self.https.then(Certificate::generate).transpose()?;
        let mut described = self
            .clone()
            .flag("l", "127.0.0.1:0")
            .flag("username", &self.user)
            .flag("password", &self.password)
            .flag("tls", self.https);
        if let Some(certificate) = &certificate {
            described = described
                .flag("tlscert", certificate.file().display())
                .flag("tlskey", certificate.key_file().display());
        }
        let mut process = Process::start(&program, &described.arguments)?;
        let printed_url =
            process.wait_for_line(self.timeout, |line| url_in(line).map(str::to_owned))?;
        Ok(Vcsim {
            process,
            url: without_credentials(&printed_url),
            printed_url,
            user: self.user,
            password: self.password,
            certificate: certificate.map(|certificate| certificate.pem),
        })
    }
}
