//! Setting up an [`HttpsTransport`].

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use http::HeaderValue;
use hyper_util::client::legacy::Client;
use hyper_util::rt::{TokioExecutor, TokioTimer};

use super::super::cookie_jar::CookieJar;
use super::super::error::{TransportError, TransportErrorKind};
use super::super::server_url::{Scheme, ServerUrl};
use super::connector::Connector;
use super::proxy::{Proxy, Route};
use super::trust::{ClientCertificate, Trust, client_config};
use super::{HeadLimits, HttpsTransport, Inner, Limits};
use crate::shown::Plain;

/// The name and version of this crate, sent as `User-Agent` unless another is set.
const USER_AGENT: &str = concat!("vmomi/", env!("CARGO_PKG_VERSION"));

/// How many headers a response may have unless set otherwise.
const DEFAULT_HEADERS: usize = 256;
/// The most that can be allowed: the map that holds them takes no more than 24,576.
const MAX_HEADERS: usize = 16_384;
/// How long the head of a response may be unless set otherwise, in bytes.
const DEFAULT_HEAD_BYTES: usize = 400 << 10;
/// The least that can be allowed: with less hyper cannot read at all.
const MIN_HEAD_BYTES: usize = 8 << 10;

/// hyper-util adds the time to a point in time, which `Duration::MAX` would overflow.
const LONGEST_IDLE: Duration = Duration::from_secs(24 * 3600);

/// The settings of an [`HttpsTransport`] to be.
///
/// A time limit of [`Duration::MAX`] is none.
#[derive(Clone)]
#[must_use = "a builder does nothing until `build` is called"]
pub struct HttpsTransportBuilder {
    server: ServerUrl,
    trust: Trust,
    client_certificate: Option<ClientCertificate>,
    proxy: Proxy,
    connect_timeout: Duration,
    idle_timeout: Duration,
    limits: Limits,
    user_agent: String,
    gzip: bool,
}

impl HttpsTransportBuilder {
    pub(super) fn new(server: ServerUrl) -> Self {
        Self {
            server,
            trust: Trust::default(),
            client_certificate: None,
            proxy: Proxy::default(),
            connect_timeout: Duration::from_secs(15),
            idle_timeout: Duration::from_secs(30),
            limits: Limits {
                response: Duration::from_secs(300),
                body: Duration::from_secs(60),
                exchange: Duration::from_secs(3600),
                body_bytes: 1 << 30,
                head: HeadLimits {
                    headers: DEFAULT_HEADERS,
                    bytes: DEFAULT_HEAD_BYTES,
                },
            },
            user_agent: USER_AGENT.to_owned(),
            gzip: true,
        }
    }

    /// Which certificate the server may have; [`Trust::SystemRoots`] unless set.
    pub fn trust(mut self, trust: Trust) -> Self {
        self.trust = trust;
        self
    }

    /// A certificate to show to a server that asks for one; none unless set.
    pub fn client_certificate(mut self, certificate: ClientCertificate) -> Self {
        self.client_certificate = Some(certificate);
        self
    }

    /// The proxy to go through; [`Proxy::environment`] unless set.
    pub fn proxy(mut self, proxy: Proxy) -> Self {
        self.proxy = proxy;
        self
    }

    /// How long making a connection may take, from resolving the name to the end of the TLS
    /// handshake; 15 seconds unless set.
    pub fn connect_timeout(mut self, limit: Duration) -> Self {
        self.connect_timeout = limit;
        self
    }

    /// How long the head of an answer may take once the request has a connection; 5 minutes
    /// unless set, since a server computes the whole answer to a large retrieval first.
    /// [`Request::timeout`](super::super::Request::timeout) overrides it for one request.
    pub fn response_timeout(mut self, limit: Duration) -> Self {
        self.limits.response = limit;
        self
    }

    /// How long the server may stay silent within a body; 1 minute unless set.
    /// [`Request::timeout`](super::super::Request::timeout) overrides it for one request.
    pub fn body_timeout(mut self, limit: Duration) -> Self {
        self.limits.body = limit;
        self
    }

    /// How long an exchange may take in all, from the request to the end of the body, whatever
    /// trickles in meanwhile; 1 hour unless set.
    pub fn exchange_timeout(mut self, limit: Duration) -> Self {
        self.limits.exchange = limit;
        self
    }

    /// How many bytes the body of an answer may have, as received and after decompression;
    /// 1 GiB unless set. It guards against an endless answer: the transport itself holds one
    /// piece of a body at a time.
    pub fn body_limit(mut self, bytes: u64) -> Self {
        self.limits.body_bytes = bytes;
        self
    }

    /// How many headers a response may have: 256 unless set, and at most 16,384.
    ///
    /// A response with more fails with [`TransportErrorKind::HeadOverLimit`]. The same
    /// limit applies to the trailers after its body.
    pub fn header_limit(mut self, headers: usize) -> Self {
        self.limits.head.headers = headers;
        self
    }

    /// How many bytes the head of a response may have, which is its status line and all of its
    /// headers: 400 KiB unless set, and at least 8 KiB. Each connection may take as much memory for
    /// what it receives.
    ///
    /// A response with more fails with [`TransportErrorKind::HeadOverLimit`].
    pub fn head_limit(mut self, bytes: usize) -> Self {
        self.limits.head.bytes = bytes;
        self
    }

    /// How long an unused connection is kept for the next request; 30 seconds unless set. Longer
    /// than the server keeps it only means that requests meet a connection that is being closed.
    pub fn idle_timeout(mut self, limit: Duration) -> Self {
        self.idle_timeout = limit;
        self
    }

    /// The `User-Agent` to send, by which administrators recognise a session; `vmomi/VERSION`
    /// unless set.
    pub fn user_agent(mut self, user_agent: impl Into<String>) -> Self {
        self.user_agent = user_agent.into();
        self
    }

    /// Whether to offer gzip to the server; it is offered unless this is set to `false`.
    pub fn gzip(mut self, offered: bool) -> Self {
        self.gzip = offered;
        self
    }

    /// The transport. Nothing is connected yet.
    ///
    /// # Errors
    ///
    /// [`TransportErrorKind::InvalidConfiguration`] when the trusted certificates, the client
    /// certificate or the `User-Agent` cannot be used, when a certificate is asked for and the URL
    /// says `http`, or when a limit on the head of a response is out of range; [`TransportErrorKind::InvalidUrl`] for a proxy that cannot be used.
    pub fn build(self) -> Result<HttpsTransport, TransportError> {
        let user_agent = HeaderValue::try_from(&self.user_agent)
            .map_err(|error| invalid("the User-Agent is not a header value").with_source(error))?;
        let tls = match self.server.scheme() {
            Scheme::Https => Some(Arc::new(client_config(
                &self.trust,
                self.client_certificate.as_ref(),
            )?)),
            Scheme::Http => {
                refuse_unencrypted(&self.trust, self.client_certificate.is_some())?;
                None
            }
        };
        let head = self.limits.head;
        head.check()?;
        let route = Route::choose(&self.proxy, &self.server)?;
        let route_description = match &tls {
            Some(_) => format!("{route}, {:?}", self.trust),
            None => format!("{route}, unencrypted"),
        };
        let proxy_authorization = route.authorization_of_requests();
        let forwarding_proxy = route.forwarding_proxy();
        let connector = Connector::new(&self.server, route, tls, self.connect_timeout)?;
        let client = Client::builder(TokioExecutor::new())
            .pool_timer(TokioTimer::new())
            .pool_idle_timeout(self.idle_timeout.min(LONGEST_IDLE))
            .http1_max_headers(head.headers)
            .http1_max_buf_size(head.bytes)
            .build(connector);
        Ok(HttpsTransport(Arc::new(Inner {
            server: self.server,
            client,
            cookies: CookieJar::new(),
            limits: self.limits,
            user_agent,
            accepts_gzip: self.gzip,
            proxy_authorization,
            forwarding_proxy,
            route: route_description,
        })))
    }
}

impl HeadLimits {
    /// Refuses what hyper and the map of headers would not put up with.
    fn check(self) -> Result<(), TransportError> {
        if !(1..=MAX_HEADERS).contains(&self.headers) {
            return Err(invalid(&format!(
                "a limit of {} headers is not between 1 and {MAX_HEADERS}",
                self.headers
            )));
        }
        if self.bytes < MIN_HEAD_BYTES {
            return Err(invalid(&format!(
                "a limit of {} bytes for the head of a response is below {MIN_HEAD_BYTES}",
                self.bytes
            )));
        }
        Ok(())
    }
}

impl fmt::Debug for HttpsTransportBuilder {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("HttpsTransportBuilder")
            .field("server", &self.server)
            .field("trust", &self.trust)
            .field("client_certificate", &self.client_certificate)
            .field("proxy", &self.proxy)
            .field("connect_timeout", &self.connect_timeout)
            .field("idle_timeout", &self.idle_timeout)
            .field("limits", &self.limits)
            .field("user_agent", &Plain(&self.user_agent))
            .field("gzip", &self.gzip)
            .finish()
    }
}

/// Someone who names a certificate expects it to be checked, which nothing does without TLS.
fn refuse_unencrypted(trust: &Trust, client_certificate: bool) -> Result<(), TransportError> {
    match trust {
        Trust::SystemRoots | Trust::Insecure if !client_certificate => Ok(()),
        _ => Err(invalid(
            "a certificate is asked for, but the URL begins with http://",
        )),
    }
}

fn invalid(reason: &str) -> TransportError {
    TransportError::new(TransportErrorKind::InvalidConfiguration {
        reason: reason.to_owned(),
    })
}
