//! The description that a live server serves of itself, with all that it includes.
//!
//! A server serves its WSDL beside its endpoint, to anyone: nothing is signed in, and credentials in a URL are not
//! used. Everything is read before anything is written, so that a folder has the whole set or is as it was.

mod crawl;
mod document;
mod error;
mod folder;
mod location;
mod origin;

use std::collections::BTreeMap;
use std::fmt;
use std::path::Path;
use std::time::Duration;

pub use error::{FetchError, Unusable};
pub use origin::ServedVersion;
pub use vmomi_runtime::transport::{Fingerprint, ServerUrl, Trust};

use vmomi_runtime::transport::HttpsTransport;

/// What to fetch, and how.
///
/// ```no_run
/// # fn main() -> Result<(), Box<dyn std::error::Error>> {
/// use vmomi_codegen::fetch::{Fetch, Trust};
///
/// let set = Fetch::new("https://vc.example/sdk".parse()?).trust(Trust::SystemRoots).run()?;
/// set.write("wsdl/fetched".as_ref(), false)?;
/// # Ok(())
/// # }
/// ```
pub struct Fetch {
    server: ServerUrl,
    trust: Trust,
    timeout: Duration,
    observer: Option<Box<Observer>>,
}

/// Is told the path of each document before it is fetched.
type Observer = dyn Fn(&str);

impl Fetch {
    /// Fetches from the endpoint of a service, such as `https://vc.example/sdk`, or from the URL of a `.wsdl`. A proxy
    /// comes from the environment, as for every connection of the runtime.
    pub fn new(server: ServerUrl) -> Self {
        Self {
            server,
            trust: Trust::default(),
            timeout: Duration::from_secs(60),
            observer: None,
        }
    }

    /// Which certificate the server may have; one that the system trusts, unless set.
    #[must_use]
    pub fn trust(mut self, trust: Trust) -> Self {
        self.trust = trust;
        self
    }

    /// How long the server may stay silent, and how long connecting may take; a minute unless set.
    #[must_use]
    pub fn timeout(mut self, timeout: Duration) -> Self {
        self.timeout = timeout;
        self
    }

    /// Calls a function with the path of each document before it is fetched.
    #[must_use]
    pub fn observe(mut self, observer: impl Fn(&str) + 'static) -> Self {
        self.observer = Some(Box::new(observer));
        self
    }

    /// Fetches the set, and writes nothing.
    ///
    /// # Errors
    /// The first document that cannot be had or used, with what named it.
    pub fn run(&self) -> Result<FetchedSet, FetchError> {
        let runtime = tokio::runtime::Builder::new_current_thread()
            .enable_all()
            .build()
            .map_err(FetchError::Runtime)?;
        let transport = HttpsTransport::builder(self.server.clone())
            .trust(self.trust.clone())
            .connect_timeout(self.timeout)
            .response_timeout(self.timeout)
            .body_timeout(self.timeout)
            .build()
            .map_err(FetchError::Setup)?;
        runtime.block_on(crawl::crawl(&transport, &self.server, &|path| {
            if let Some(observer) = &self.observer {
                observer(path);
            }
        }))
    }
}

impl fmt::Debug for Fetch {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Fetch")
            .field("server", &self.server)
            .field("trust", &self.trust)
            .field("timeout", &self.timeout)
            .finish_non_exhaustive()
    }
}

/// A set that was fetched: the documents in one folder, which name each other by their names there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FetchedSet {
    /// The documents by file name, and a note of where they come from. It tells no time, so that fetching the same set
    /// again gives the same files.
    pub files: BTreeMap<String, String>,
    /// The API versions that the server says it speaks; none where it does not say.
    pub versions: Vec<ServedVersion>,
}

impl FetchedSet {
    /// Writes the set in one step: the folder is as it was until everything is there.
    ///
    /// A folder that is not there, is empty, or has nothing in it but a set that was fetched before is filled or
    /// replaced. With `force`, so is one that has other descriptions.
    ///
    /// # Errors
    /// When something else is in the way, or a file cannot be written.
    pub fn write(&self, folder: &Path, force: bool) -> Result<(), FetchError> {
        folder::write(&self.files, folder, force)
    }
}

/// Whether a set may be written to a folder, to be asked before anything is fetched.
///
/// # Errors
/// What is in the way, as [`FetchedSet::write`] would say.
pub fn check_folder(folder: &Path, force: bool) -> Result<(), FetchError> {
    folder::check(folder, force)
}
