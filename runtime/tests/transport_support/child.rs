//! Calls made by another process, because a process cannot change its own environment safely.
//!
//! The other process is the test program itself, told to run the same test, which begins by asking
//! whether it is the one to make the call: [`is_asked_to_call`].

use std::path::Path;
use std::process::Command;

use vmomi_runtime::transport::{Fingerprint, HttpsTransport, Proxy, ServerUrl, Trust};

use super::call;

const URL: &str = "TEST_URL";
const PIN: &str = "TEST_PIN";
const PROXY: &str = "TEST_PROXY";
const OUTCOME: &str = "TEST_OUTCOME";

/// The environment that decides about proxies and trust, cleared for the child.
const INHERITED: [&str; 10] = [
    "HTTP_PROXY",
    "http_proxy",
    "HTTPS_PROXY",
    "https_proxy",
    "ALL_PROXY",
    "all_proxy",
    "NO_PROXY",
    "no_proxy",
    "SSL_CERT_FILE",
    "SSL_CERT_DIR",
];

/// A call to be made by a child.
#[derive(Clone, Default)]
pub struct Call<'a> {
    /// The name of the test that the call is made for.
    pub test: &'a str,
    pub url: &'a str,
    /// The certificate to pin; otherwise the authorities of the system are trusted.
    pub pin: Option<Fingerprint>,
    /// The proxy to set; otherwise the environment decides.
    pub proxy: Option<&'a str>,
    pub environment: &'a [(&'a str, &'a str)],
}

impl Call<'_> {
    /// What came of it: `answer: ...` with an echo of `hello`, or `error: ...`.
    pub async fn outcome(&self) -> String {
        let folder = tempfile::tempdir().expect("a folder");
        let file = folder.path().join("outcome");
        let mut child = Command::new(std::env::current_exe().expect("this program"));
        child.args(["--exact", self.test]);
        for name in INHERITED {
            child.env_remove(name);
        }
        child.envs(self.environment.iter().copied());
        child.env(URL, self.url).env(OUTCOME, &file);
        if let Some(pin) = self.pin {
            child.env(PIN, pin.to_string());
        }
        if let Some(proxy) = self.proxy {
            child.env(PROXY, proxy);
        }
        // The servers that the child talks to go on in the meantime.
        let output = tokio::task::spawn_blocking(move || child.output()).await;
        let output = output.expect("no panic").expect("a child");
        let printed = String::from_utf8_lossy(&output.stdout);
        assert!(output.status.success(), "{printed}");
        read(&file)
    }
}

fn read(file: &Path) -> String {
    std::fs::read_to_string(file).expect("the child has written what came of its call")
}

/// Whether this process is a child. If so, what a test of the parent wants of it is done now.
pub async fn is_asked_to_call() -> bool {
    let variable = |name| std::env::var(name).ok();
    let (Some(url), Some(file)) = (variable(URL), variable(OUTCOME)) else {
        return false;
    };
    let url: ServerUrl = url.parse().expect("a URL");
    let mut builder = HttpsTransport::builder(url);
    if let Some(pin) = variable(PIN) {
        builder = builder.trust(Trust::Fingerprint(pin.parse().expect("a fingerprint")));
    }
    if let Some(proxy) = variable(PROXY) {
        builder = builder.proxy(Proxy::url(&proxy).expect("a proxy"));
    }
    let outcome = match builder.build() {
        Ok(transport) => call(&transport, "hello").await,
        Err(error) => Err(error),
    };
    let outcome = match outcome {
        Ok(answer) => format!("answer: {answer}"),
        Err(error) => format!("error: {error}"),
    };
    std::fs::write(file, outcome).expect("a file");
    true
}
