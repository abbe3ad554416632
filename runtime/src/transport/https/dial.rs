//! Opening TCP connections, and TLS on top of a connection.

use std::error::Error;
use std::fmt;
use std::future::poll_fn;
use std::io;
use std::sync::Arc;
use std::task::{Context, Poll};
use std::time::Duration;

use http::Uri;
use hyper_util::client::legacy::connect::HttpConnector;
use hyper_util::client::legacy::connect::dns::{GaiAddrs, GaiResolver, Name};
use rustls::ClientConfig;
use rustls::pki_types::ServerName;
use tokio::io::{AsyncRead, AsyncWrite};
use tokio_rustls::TlsConnector;
use tower_service::Service;

use super::super::BoxFuture;
use super::super::error::{TimeoutPhase, TransportError, TransportErrorKind, causes};
use super::failure;

/// How often an idle connection shows that it is alive, so that a firewall on the way does not
/// forget one on which a call waits for changes.
const KEEPALIVE: Duration = Duration::from_secs(60);

/// A connection of whatever layers. One dynamic call per read is nothing beside the read, and the
/// HTTP implementation is compiled once instead of once per stack of layers.
pub(super) type Stream = Box<dyn Duplex>;

/// Both directions of a connection.
pub(super) trait Duplex: AsyncRead + AsyncWrite + Unpin + Send {}

impl<T: AsyncRead + AsyncWrite + Unpin + Send> Duplex for T {}

/// Opens TCP connections, trying the addresses of a host as RFC 8305 recommends.
#[derive(Clone, Debug)]
pub(super) struct Dialer {
    tcp: HttpConnector<Resolver>,
    timeout: Duration,
}

impl Dialer {
    /// `timeout` is shared by the addresses of a host, so that one that swallows packets leaves
    /// time for the others.
    pub(super) fn new(timeout: Duration) -> Self {
        let mut tcp = HttpConnector::new_with_resolver(Resolver(GaiResolver::new()));
        tcp.enforce_http(false);
        tcp.set_nodelay(true);
        tcp.set_keepalive(Some(KEEPALIVE));
        tcp.set_connect_timeout(Some(timeout));
        Self { tcp, timeout }
    }

    /// Connects to the host and port of `uri`.
    pub(super) async fn open(&self, uri: &Uri) -> Result<Stream, TransportError> {
        let mut tcp = self.tcp.clone();
        let opened = async {
            poll_fn(|context| tcp.poll_ready(context)).await?;
            tcp.call(uri.clone()).await
        };
        match opened.await {
            Ok(stream) => Ok(Box::new(stream.into_inner())),
            Err(error) => Err(self.failure(uri, error)),
        }
    }

    fn failure(&self, uri: &Uri, error: impl Error + Send + Sync + 'static) -> TransportError {
        let host = uri.host().unwrap_or_default();
        let kind = if causes(&error).any(|cause| cause.is::<ResolveError>()) {
            let host = host.to_owned();
            TransportErrorKind::Dns { host }
        } else if causes(&error).any(is_timeout) {
            TransportErrorKind::Timeout {
                phase: TimeoutPhase::Connect,
                limit: self.timeout,
            }
        } else {
            let port = uri
                .port_u16()
                .unwrap_or(if uri.scheme_str() == Some("https") {
                    443
                } else {
                    80
                });
            TransportErrorKind::Connect {
                address: format!("{host}:{port}"),
            }
        };
        TransportError::new(kind).with_source(error)
    }
}

fn is_timeout(cause: &(dyn Error + 'static)) -> bool {
    cause
        .downcast_ref::<io::Error>()
        .is_some_and(|error| error.kind() == io::ErrorKind::TimedOut)
}

/// The TLS that is put on top of a connection to one host.
#[derive(Clone)]
pub(super) struct TlsLayer {
    connector: TlsConnector,
    name: ServerName<'static>,
    /// Host and port, for errors.
    address: String,
}

impl TlsLayer {
    /// `host` is a name or an address without brackets.
    pub(super) fn new(
        config: Arc<ClientConfig>,
        host: &str,
        address: String,
    ) -> Result<Self, TransportError> {
        let name = ServerName::try_from(host.to_owned()).map_err(|error| {
            let reason = format!("{host} cannot be the name in a certificate");
            TransportError::new(TransportErrorKind::InvalidUrl { reason }).with_source(error)
        })?;
        Ok(Self {
            connector: TlsConnector::from(config),
            name,
            address,
        })
    }

    /// Does the handshake on `stream`.
    pub(super) async fn secure(&self, stream: Stream) -> Result<Stream, TransportError> {
        match self.connector.connect(self.name.clone(), stream).await {
            Ok(stream) => Ok(Box::new(stream)),
            Err(error) => Err(failure::of_handshake(&self.address, error)),
        }
    }
}

/// The system's resolver with errors that can be told from those of connecting.
#[derive(Clone, Debug)]
struct Resolver(GaiResolver);

impl Service<Name> for Resolver {
    type Response = GaiAddrs;
    type Error = ResolveError;
    type Future = BoxFuture<'static, Result<GaiAddrs, ResolveError>>;

    fn poll_ready(&mut self, context: &mut Context<'_>) -> Poll<Result<(), ResolveError>> {
        self.0.poll_ready(context).map_err(ResolveError)
    }

    fn call(&mut self, name: Name) -> Self::Future {
        let addresses = self.0.call(name);
        Box::pin(async { addresses.await.map_err(ResolveError) })
    }
}

#[derive(Debug)]
struct ResolveError(io::Error);

impl fmt::Display for ResolveError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(formatter)
    }
}

impl Error for ResolveError {}
