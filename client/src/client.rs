//! A client: a connection, a session on it, and what the server offers.

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use vmomi_runtime::shown::Plain;
use vmomi_runtime::transport::{ServerUrl, Transport};
use vmomi_runtime::{Connection, MoRef, Service, Stub};

use crate::credentials::Credentials;
use crate::error::Error;
use crate::protocol::Protocol;
use crate::retrieve::Retrieval;
use crate::service::service_instance;
use crate::view::View;
use crate::vim25::{Folder, SERVICE, ServiceContent, ServiceInstance};
use crate::{optional, protocol, session, version};

/// The path of the vim25 endpoint, for a URL that names none.
const DEFAULT_ENDPOINT: &str = "/sdk";

/// A connected client. Cheap to clone; clones share connection and session.
#[derive(Clone, Debug)]
pub struct Client(Arc<Inner>);

#[derive(Debug)]
struct Inner {
    connection: Connection,
    content: ServiceContent,
    negotiation_timeout: Duration,
}

impl Client {
    /// Begins to set up a client for a server: `https://vcenter.example/sdk`.
    ///
    /// The path may be left out. A user and password in the URL are taken as credentials.
    ///
    /// # Errors
    /// When the URL cannot be used.
    pub fn builder(url: &str) -> Result<ClientBuilder, Error> {
        ClientBuilder::new(url)
    }

    /// The connection that stubs are bound to.
    #[must_use]
    pub fn connection(&self) -> &Connection {
        &self.0.connection
    }

    /// What the server offers: its version, and references to its managers.
    #[must_use]
    pub fn service_content(&self) -> &ServiceContent {
        &self.0.content
    }

    /// The root of the inventory.
    #[must_use]
    pub fn root_folder(&self) -> &MoRef<Folder> {
        &self.0.content.root_folder
    }

    /// The stub for a reference, whose methods are the operations. Nothing is sent.
    #[must_use]
    pub fn bind<T: Stub>(&self, reference: &MoRef<T>) -> T {
        reference.bind(self.connection())
    }

    /// The service instance, for what is asked of the server as a whole.
    #[must_use]
    pub fn service_instance(&self) -> ServiceInstance {
        service_instance(self.connection())
    }

    /// A connection to another service of the same server, in the same session:
    ///
    /// ```no_run
    /// # #[cfg(feature = "pbm")]
    /// # async fn example(client: vmomi::Client) -> Result<(), vmomi::Error> {
    /// use vmomi::Stub;
    /// use vmomi::pbm::{self, PbmProfileResourceType, PbmServiceInstance};
    ///
    /// let pbm = client.service(&pbm::SERVICE).await?;
    /// let content = PbmServiceInstance::with_id("ServiceInstance", &pbm)
    ///     .pbm_retrieve_service_content()
    ///     .await?;
    /// let profiles = content.profile_manager.bind(&pbm);
    /// let storage = PbmProfileResourceType { resource_type: "STORAGE".into(), ..Default::default() };
    /// for id in profiles.pbm_query_profile(&storage, None).await? {
    ///     println!("{}", id.unique_id);
    /// }
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// The server is asked which versions of the service it speaks; where it does not tell, the version is one as old
    /// as that of vim25. [`Connection::with_version`] and [`Connection::with_endpoint`] say otherwise, such as `/vsan`
    /// for vSAN on an ESXi host. Calls of vim25 go where they went, also through this connection: a task that a service
    /// gives is awaited as any other. Nothing is kept on the server; the future can be dropped at any time.
    ///
    /// # Errors
    /// When the server cannot be reached.
    pub async fn service(&self, service: &'static Service) -> Result<Connection, Error> {
        let connection = self.connection();
        let limit = self.0.negotiation_timeout;
        let version = version::negotiate_service(connection, service, limit).await?;
        Ok(connection
            .clone()
            .with_service(service)
            .with_version(version)?)
    }

    /// Begins to retrieve properties of many objects at once.
    ///
    /// `T` is their type, and `paths` are property paths such as `name` or
    /// `config.hardware.numCPU`; none at all asks for everything.
    pub fn retrieve<T: Stub>(
        &self,
        paths: impl IntoIterator<Item = impl Into<String>>,
    ) -> Retrieval<T> {
        Retrieval::new(self, paths)
    }

    /// Makes the server keep a view of all objects of type `T` in a container, at any depth.
    ///
    /// When the future is dropped, the view is destroyed in the background.
    ///
    /// # Errors
    /// When the server has no views, or a call fails.
    pub async fn container_view<T: Stub>(
        &self,
        container: impl AsRef<vmomi_runtime::ManagedObjectReference>,
    ) -> Result<View<T>, Error> {
        View::create(self, container.as_ref()).await
    }

    /// Ends the session. The client and its clones can make no more calls that need one.
    ///
    /// When the future is dropped after it has begun, the session is ended in the background. When the
    /// call fails, the session is as it was, and this can be called again.
    ///
    /// # Errors
    /// When the call fails: a session that has already ended is reported as `NotAuthenticated`.
    pub async fn logout(&self) -> Result<(), Error> {
        session::logout(self).await
    }
}

/// A client that is not yet connected.
pub struct ClientBuilder {
    url: ServerUrl,
    credentials: Option<Credentials>,
    locale: String,
    version: Option<String>,
    protocol: Protocol,
    negotiation_timeout: Duration,
    decode_options: vmomi_runtime::decode::DecodeOptions,
    #[cfg(feature = "https")]
    https: vmomi_runtime::transport::HttpsTransportBuilder,
}

impl fmt::Debug for ClientBuilder {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ClientBuilder")
            .field("url", &self.url)
            .field("credentials", &self.credentials)
            .field("locale", &Plain(&self.locale))
            .field("version", &self.version.as_deref().map(Plain))
            .field("protocol", &self.protocol)
            .field("decode_options", &self.decode_options)
            .finish_non_exhaustive()
    }
}

impl ClientBuilder {
    fn new(url: &str) -> Result<Self, Error> {
        let url: ServerUrl = url.parse()?;
        let credentials = url
            .credentials()
            .map(|(user, password)| Credentials::password(user, password));
        Ok(Self {
            credentials,
            locale: "en_US".to_owned(),
            version: None,
            protocol: Protocol::default(),
            negotiation_timeout: optional::DEFAULT_LIMIT,
            decode_options: Default::default(),
            #[cfg(feature = "https")]
            https: vmomi_runtime::transport::HttpsTransport::builder(url.clone()),
            url: url.without_credentials(),
        })
    }

    /// Who logs in.
    #[must_use]
    pub fn credentials(mut self, credentials: Credentials) -> Self {
        self.credentials = Some(credentials);
        self
    }

    /// The language of the server's messages; `en_US` unless set.
    #[must_use]
    pub fn locale(mut self, locale: impl Into<String>) -> Self {
        self.locale = locale.into();
        self
    }

    /// The API version that the server is asked to act in, such as `8.0.1.0`; unless set, the
    /// newest that the server and this crate both know.
    #[must_use]
    pub fn version(mut self, version: impl Into<String>) -> Self {
        self.version = Some(version.into());
        self
    }

    /// The protocol to speak; SOAP unless set.
    #[must_use]
    pub fn protocol(mut self, protocol: Protocol) -> Self {
        self.protocol = protocol;
        self
    }

    /// How long the server may stay silent when it is asked what it speaks: its list of API
    /// versions, and the version that it prefers for JSON. It need not answer either; connecting goes
    /// on without. 10 seconds unless set.
    #[must_use]
    pub fn negotiation_timeout(mut self, limit: Duration) -> Self {
        self.negotiation_timeout = limit;
        self
    }

    /// How responses are decoded: limits, strictness, what is kept of the unknown.
    #[must_use]
    pub fn decode_options(mut self, options: vmomi_runtime::decode::DecodeOptions) -> Self {
        self.decode_options = options;
        self
    }

    /// Which certificate is accepted of the server; those of the system's authorities unless set.
    #[cfg(feature = "https")]
    #[must_use]
    pub fn trust(mut self, trust: vmomi_runtime::transport::Trust) -> Self {
        self.https = self.https.trust(trust);
        self
    }

    /// Sets up the transport further: timeouts, proxy, limits, client certificate.
    #[cfg(feature = "https")]
    #[must_use]
    pub fn transport(
        mut self,
        set_up: impl FnOnce(
            vmomi_runtime::transport::HttpsTransportBuilder,
        ) -> vmomi_runtime::transport::HttpsTransportBuilder,
    ) -> Self {
        self.https = set_up(self.https);
        self
    }

    /// Connects and logs in.
    ///
    /// The login is sent once. When it may have opened a session, but its answer cannot be had or
    /// read, or the future is dropped meanwhile, that session is closed in the background.
    ///
    /// # Errors
    /// When the server cannot be reached or trusted, is no vSphere server, or refuses the login.
    #[cfg(feature = "https")]
    pub async fn connect(self) -> Result<Client, Error> {
        let transport = self.https.clone().build()?;
        self.connect_through(transport).await
    }

    /// Connects through a transport of your own, and logs in. All else is as for
    /// [`Self::connect`].
    ///
    /// # Errors
    /// As for [`Self::connect`].
    pub async fn connect_through(self, transport: impl Transport) -> Result<Client, Error> {
        let credentials = self.credentials.as_ref().ok_or(Error::NoCredentials)?;
        let endpoint = match self.url.path() {
            "" | "/" => DEFAULT_ENDPOINT,
            path => path,
        };
        let connection = Connection::new(Arc::new(transport), &SERVICE)
            .with_endpoint(endpoint)
            .with_decode_options(self.decode_options);
        let limit = self.negotiation_timeout;
        let agreed = protocol::agree(connection, self.protocol, self.version, limit);
        let (connection, content) = agreed.await?;
        session::login(&connection, &content, credentials, &self.locale).await?;
        Ok(Client(Arc::new(Inner {
            connection,
            content,
            negotiation_timeout: limit,
        })))
    }
}
