//! The transport this crate brings: HTTP/1.1 over TCP or TLS, on hyper and rustls.
//!
//! hyper with hyper-util was chosen over reqwest, which stands on the same two and adds a URL
//! library with Unicode tables, a redirect policy and a platform verifier that are not wanted
//! here: half the crates, half the build time, a smaller program, and errors that keep their
//! type. Cryptography is ring, which builds with a C compiler alone.

mod body;
mod builder;
mod connector;
mod dial;
mod failure;
mod gzip;
mod proxy;
mod trust;
mod tunnel;
mod verifier;

use std::fmt;
use std::pin::pin;
use std::sync::Arc;
use std::time::{Duration, Instant};

use bytes::Bytes;
use futures_util::future::{Either, select};
use http::header::{
    ACCEPT_ENCODING, COOKIE, HeaderValue, LOCATION, PROXY_AUTHORIZATION, USER_AGENT,
};
use http::uri::PathAndQuery;
use http::{HeaderMap, StatusCode, Uri};
use http_body_util::Full;
use hyper::body::Incoming;
use hyper_util::client::legacy::Client;
use hyper_util::client::legacy::connect::capture_connection;

use super::cookie_jar::CookieJar;
use super::error::{TimeoutPhase, TransportError, TransportErrorKind};
use super::redacted::without_query;
use super::request::Request;
use super::response::Response;
use super::retry::RetryAfter;
use super::server_url::ServerUrl;
use super::{BoxFuture, Transport};
use crate::shown::PathWords;
use body::{Body, BodyLimits};
use connector::Connector;

pub use builder::HttpsTransportBuilder;
pub use proxy::Proxy;
pub use trust::{ClientCertificate, Trust};

/// A [`Transport`] to one server over HTTPS (or HTTP in the clear, where the URL says so).
///
/// Connections are kept and reused, cookies are kept in a [`CookieJar`], gzip is undone, and every
/// wait and every size has a limit; see [`HttpsTransportBuilder`] for what can be set. Clones
/// share connections and cookies. It has to be used within a tokio runtime whose I/O and time are
/// enabled.
#[derive(Clone)]
pub struct HttpsTransport(Arc<Inner>);

struct Inner {
    server: ServerUrl,
    client: Client<Connector, Full<Bytes>>,
    cookies: CookieJar,
    limits: Limits,
    user_agent: HeaderValue,
    accepts_gzip: bool,
    /// Sent with each request where the proxy reads the requests instead of tunnelling them.
    proxy_authorization: Option<HeaderValue>,
    /// The proxy that reads the requests, and may answer them, where there is one.
    forwarding_proxy: Option<String>,
    /// How the connections are made, for `Debug`.
    route: String,
}

/// What an exchange may take.
#[derive(Clone, Copy, Debug)]
struct Limits {
    response: Duration,
    body: Duration,
    exchange: Duration,
    body_bytes: u64,
    head: HeadLimits,
}

/// What the head of an answer may take.
#[derive(Clone, Copy, Debug)]
struct HeadLimits {
    headers: usize,
    bytes: usize,
}

impl HttpsTransport {
    /// Begins to set up a transport to `server`, whose path and credentials are not used here:
    /// each [`Request`] brings its own path, and signing in is done with a call. The credentials
    /// are not kept.
    pub fn builder(server: ServerUrl) -> HttpsTransportBuilder {
        HttpsTransportBuilder::new(server.without_credentials())
    }

    /// The server this transport is bound to, without credentials.
    pub fn server(&self) -> &ServerUrl {
        &self.0.server
    }

    async fn exchange(&self, request: Request) -> Result<Response, TransportError> {
        // Without a runtime the timers and sockets of tokio would panic.
        if tokio::runtime::Handle::try_current().is_err() {
            let reason = "it is used outside a tokio runtime".to_owned();
            let kind = TransportErrorKind::InvalidConfiguration { reason };
            return Err(TransportError::new(kind));
        }
        let inner = &*self.0;
        let started = Instant::now();
        let limits = match request.timeout {
            None => inner.limits,
            Some(silence) => Limits {
                response: silence,
                body: silence,
                ..inner.limits
            },
        };
        let path = request.path.clone();
        let method = request.method.clone();
        let outcome = inner.receive_head(inner.to_http(request)?, limits).await;
        let milliseconds = started.elapsed().as_millis();
        let shown_path = PathWords(without_query(&path));
        let (head, body) = match outcome {
            Ok(response) => response.into_parts(),
            Err(error) => {
                tracing::debug!(%method, path = ?shown_path, milliseconds, %error, "no answer");
                return Err(error);
            }
        };
        let status = head.status.as_u16();
        tracing::debug!(%method, path = ?shown_path, milliseconds, status, "answer begins");
        inner.refuse_unauthorized(head.status, &head.headers)?;
        inner.cookies.store(&path, &head.headers);
        refuse_redirect(head.status, &head.headers)?;
        let mut headers = head.headers;
        let body_limits = BodyLimits {
            silence: limits.body,
            exchange: limits.exchange,
            exchange_end: started.checked_add(limits.exchange),
            bytes: limits.body_bytes,
        };
        let body = Body::new(body, &mut headers, inner.server.address(), body_limits)?;
        Ok(Response::new(head.status, headers, Box::pin(body)))
    }
}

impl Inner {
    /// The request as hyper takes it.
    fn to_http(&self, request: Request) -> Result<http::Request<Full<Bytes>>, TransportError> {
        let invalid = |reason: &str| {
            TransportError::new(TransportErrorKind::InvalidRequest {
                reason: reason.to_owned(),
            })
        };
        if !request.path.starts_with('/') {
            return Err(invalid("its path does not begin with /"));
        }
        let allowed = |byte: u8| byte.is_ascii_graphic() && byte != b'#';
        if !request.path.bytes().all(allowed) {
            return Err(invalid(
                "its path has a character that has to be percent-encoded",
            ));
        }
        let path = PathAndQuery::try_from(request.path.as_str())
            .map_err(|error| invalid("its path cannot be used").with_source(error))?;
        let uri = Uri::builder()
            .scheme(self.server.scheme().to_string().as_str())
            .authority(self.server.address())
            .path_and_query(path)
            .build()
            .map_err(|error| invalid("its path cannot be used").with_source(error))?;
        let mut http = http::Request::new(Full::new(request.body));
        *http.method_mut() = request.method;
        *http.uri_mut() = uri;
        *http.headers_mut() = request.headers;
        let headers = http.headers_mut();
        if self.accepts_gzip {
            let gzip = HeaderValue::from_static("gzip");
            headers.entry(ACCEPT_ENCODING).or_insert(gzip);
        }
        headers
            .entry(USER_AGENT)
            .or_insert_with(|| self.user_agent.clone());
        if let Some(authorization) = &self.proxy_authorization {
            headers
                .entry(PROXY_AUTHORIZATION)
                .or_insert_with(|| authorization.clone());
        }
        if !headers.contains_key(COOKIE)
            && let Some(cookies) = self.cookies.header(&request.path)
        {
            headers.insert(COOKIE, cookies);
        }
        Ok(http)
    }

    /// A proxy that forwards requests answers by itself when it does not know the client.
    fn refuse_unauthorized(
        &self,
        status: StatusCode,
        headers: &HeaderMap,
    ) -> Result<(), TransportError> {
        match &self.forwarding_proxy {
            Some(proxy) if status == StatusCode::PROXY_AUTHENTICATION_REQUIRED => {
                Err(TransportError::new(TransportErrorKind::Proxy {
                    proxy: proxy.clone(),
                    status: Some(status.as_u16()),
                })
                .with_source("it wants other credentials")
                .with_retry_after(RetryAfter::from_headers(headers))
                .before_sending())
            }
            _ => Ok(()),
        }
    }

    /// Sends a request and waits for the head of the answer.
    ///
    /// The time it takes to connect is limited by the connector, so the silence of the server is
    /// measured from the moment the request has a connection.
    async fn receive_head(
        &self,
        mut request: http::Request<Full<Bytes>>,
        limits: Limits,
    ) -> Result<http::Response<Incoming>, TransportError> {
        let connection = capture_connection(&mut request);
        let response = pin!(self.client.request(request));
        let silence = {
            let mut connection = connection.clone();
            pin!(async move {
                drop(connection.wait_for_connection_metadata().await);
                tokio::time::sleep(limits.response).await;
            })
        };
        let head_or_silence = select(response, silence);
        let (phase, limit) = match tokio::time::timeout(limits.exchange, head_or_silence).await {
            Ok(Either::Left((Ok(response), _))) => return Ok(response),
            Ok(Either::Left((Err(error), _))) => {
                return Err(failure::of_request(&self.server, limits.head, error));
            }
            Ok(Either::Right(_)) => (TimeoutPhase::Response, limits.response),
            Err(_) => (TimeoutPhase::Exchange, limits.exchange),
        };
        let error = TransportError::new(TransportErrorKind::Timeout { phase, limit });
        Err(if connection.connection_metadata().is_some() {
            error
        } else {
            error.before_sending()
        })
    }
}

/// A redirect is never followed: a call that changes state, and the session cookie with it, would
/// go to a server that nobody has named.
fn refuse_redirect(status: StatusCode, headers: &HeaderMap) -> Result<(), TransportError> {
    if !matches!(status.as_u16(), 301 | 302 | 303 | 307 | 308) {
        return Ok(());
    }
    let status = status.as_u16();
    let Some(location) = headers.get(LOCATION) else {
        let target = "an unnamed place".to_owned();
        let kind = TransportErrorKind::Redirect { status, target };
        return Err(TransportError::new(kind));
    };
    let location = String::from_utf8_lossy(location.as_bytes());
    Err(TransportError::redirect(status, &location))
}

impl Transport for HttpsTransport {
    fn send(&self, request: Request) -> BoxFuture<'_, Result<Response, TransportError>> {
        Box::pin(self.exchange(request))
    }

    fn cookies(&self) -> Option<&CookieJar> {
        Some(&self.0.cookies)
    }
}

impl fmt::Debug for HttpsTransport {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("HttpsTransport")
            .field("server", &self.0.server)
            .field("route", &format_args!("{}", self.0.route))
            .field("cookies", &self.0.cookies)
            .field("limits", &self.0.limits)
            .finish_non_exhaustive()
    }
}
