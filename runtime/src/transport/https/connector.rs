//! How hyper gets its connections: directly or through a proxy, with TLS or without.

use std::io::{self, IoSlice};
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};
use std::time::Duration;

use http::Uri;
use hyper::rt::{Read, ReadBufCursor, Write};
use hyper_util::client::legacy::connect::{Connected, Connection};
use hyper_util::rt::TokioIo;
use rustls::ClientConfig;
use tower_service::Service;

use super::super::BoxFuture;
use super::super::error::{TimeoutPhase, TransportError, TransportErrorKind};
use super::super::server_url::ServerUrl;
use super::dial::{Dialer, Stream, TlsLayer};
use super::proxy::{Route, Way, server_uri, shown};
use super::trust::{Trust, client_config};
use super::tunnel;

/// Connects to one server, whatever address it is asked for.
#[derive(Clone)]
pub(super) struct Connector(Arc<Setup>);

struct Setup {
    server: Uri,
    route: Route,
    dialer: Dialer,
    /// TLS with the proxy itself.
    proxy_tls: Option<TlsLayer>,
    /// TLS with the server.
    tls: Option<TlsLayer>,
    timeout: Duration,
}

impl Connector {
    pub(super) fn new(
        server: &ServerUrl,
        route: Route,
        tls: Option<Arc<ClientConfig>>,
        timeout: Duration,
    ) -> Result<Self, TransportError> {
        let tls = tls
            .map(|config| TlsLayer::new(config, &server.host(), server.address()))
            .transpose()?;
        let proxy_tls = match &route {
            Route::Through { proxy, .. } if proxy.scheme_str() == Some("https") => {
                let config = client_config(&Trust::SystemRoots, None)?;
                let host = proxy.host().unwrap_or_default();
                let host = host.trim_matches(['[', ']']);
                Some(TlsLayer::new(Arc::new(config), host, shown(proxy))?)
            }
            Route::Direct | Route::Through { .. } => None,
        };
        Ok(Self(Arc::new(Setup {
            server: server_uri(server)?,
            route,
            dialer: Dialer::new(timeout),
            proxy_tls,
            tls,
            timeout,
        })))
    }
}

impl Setup {
    async fn connect(&self) -> Result<HttpConnection, TransportError> {
        let mut forwards = false;
        let stream = match &self.route {
            Route::Direct => self.dialer.open(&self.server).await?,
            Route::Through { proxy, way } => {
                forwards = matches!(way, Way::Forward { .. });
                self.open_through(proxy, way).await?
            }
        };
        let stream = match &self.tls {
            Some(tls) => tls.secure(stream).await?,
            None => stream,
        };
        Ok(HttpConnection {
            stream: TokioIo::new(stream),
            forwards,
        })
    }

    /// A connection on which the server answers, or a proxy that forwards to it.
    async fn open_through(&self, proxy: &Uri, way: &Way) -> Result<Stream, TransportError> {
        let opened = async {
            let stream = self.dialer.open(proxy).await?;
            match &self.proxy_tls {
                Some(tls) => tls.secure(stream).await,
                None => Ok(stream),
            }
        };
        let failed = |error| tunnel::refused(proxy, None).with_source(error);
        let stream = opened.await.map_err(failed)?;
        let (proxy, server) = (proxy.clone(), self.server.clone());
        match way.clone() {
            Way::Forward { .. } => Ok(stream),
            Way::Tunnel { authorization } => {
                tunnel::by_connect(proxy, stream, authorization, server).await
            }
            Way::Socks { credentials } => {
                tunnel::by_socks(proxy, stream, credentials, server).await
            }
        }
    }
}

impl Service<Uri> for Connector {
    type Response = HttpConnection;
    type Error = TransportError;
    type Future = BoxFuture<'static, Result<HttpConnection, TransportError>>;

    fn poll_ready(&mut self, _: &mut Context<'_>) -> Poll<Result<(), TransportError>> {
        Poll::Ready(Ok(()))
    }

    fn call(&mut self, _: Uri) -> Self::Future {
        let setup = Arc::clone(&self.0);
        Box::pin(async move {
            let limit = setup.timeout;
            let connected = match tokio::time::timeout(limit, setup.connect()).await {
                Ok(connected) => connected,
                Err(_) => Err(TransportError::new(TransportErrorKind::Timeout {
                    phase: TimeoutPhase::Connect,
                    limit,
                })),
            };
            // Whatever goes wrong here, the request is still in our hands.
            connected.map_err(TransportError::before_sending)
        })
    }
}

/// A connection as hyper uses it.
pub(super) struct HttpConnection {
    stream: TokioIo<Stream>,
    /// Whether a proxy reads the requests, which then name the server.
    forwards: bool,
}

impl Connection for HttpConnection {
    fn connected(&self) -> Connected {
        Connected::new().proxy(self.forwards)
    }
}

impl Read for HttpConnection {
    fn poll_read(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        buffer: ReadBufCursor<'_>,
    ) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_read(context, buffer)
    }
}

impl Write for HttpConnection {
    fn poll_write(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        bytes: &[u8],
    ) -> Poll<io::Result<usize>> {
        Pin::new(&mut self.stream).poll_write(context, bytes)
    }

    fn poll_write_vectored(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        bytes: &[IoSlice<'_>],
    ) -> Poll<io::Result<usize>> {
        Pin::new(&mut self.stream).poll_write_vectored(context, bytes)
    }

    fn is_write_vectored(&self) -> bool {
        self.stream.is_write_vectored()
    }

    fn poll_flush(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_flush(context)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_shutdown(context)
    }
}
