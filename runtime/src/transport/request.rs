//! What a transport is asked to send.

use std::fmt;
use std::time::Duration;

use bytes::Bytes;
use http::{HeaderMap, HeaderName, HeaderValue, Method};

use super::redacted::{RedactedHeaders, without_query};
use crate::shown::PathWords;

/// One HTTP request to the server a transport is bound to.
///
/// `Debug` shows neither the body, the query nor the value of any header that may be a secret, and
/// of the path what consists of words: with JSON it holds the identifier of an object.
#[derive(Clone)]
#[non_exhaustive]
pub struct Request {
    /// The HTTP method.
    pub method: Method,
    /// The path on the server, absolute and already percent-encoded, with a query where one is
    /// meant: `/sdk`, `/sdk/vimServiceVersions.xml`.
    pub path: String,
    /// The headers to send. The transport adds those of its own trade (`Host`, `Content-Length`,
    /// `User-Agent`, `Accept-Encoding`, `Cookie`); one given here is sent as given instead.
    pub headers: HeaderMap,
    /// The body. That of a call is in memory that is zeroed when the last clone of it is dropped,
    /// as it may hold a password. A transport that copies it is to zero the copy.
    pub body: Bytes,
    /// How long the server may stay silent, before the head of its answer and between two pieces
    /// of it; `None` for what the transport has been set up with. A call that waits for changes
    /// on the server needs more than others.
    pub timeout: Option<Duration>,
}

impl Request {
    /// A POST of `body` to `path`.
    pub fn post(path: impl Into<String>, body: impl Into<Bytes>) -> Self {
        Self::new(Method::POST, path, body)
    }

    /// A GET of `path`.
    pub fn get(path: impl Into<String>) -> Self {
        Self::new(Method::GET, path, Bytes::new())
    }

    /// A request with the given method, path and body, and nothing else.
    pub fn new(method: Method, path: impl Into<String>, body: impl Into<Bytes>) -> Self {
        Self {
            method,
            path: path.into(),
            headers: HeaderMap::new(),
            body: body.into(),
            timeout: None,
        }
    }

    /// The same with a header, replacing one of the same name.
    #[must_use]
    pub fn with_header(mut self, name: HeaderName, value: HeaderValue) -> Self {
        self.headers.insert(name, value);
        self
    }

    /// The same with its own limit on the server's silence, see [`Request::timeout`].
    #[must_use]
    pub fn with_timeout(mut self, timeout: Duration) -> Self {
        self.timeout = Some(timeout);
        self
    }
}

impl fmt::Debug for Request {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("Request")
            .field("method", &self.method)
            .field("path", &PathWords(without_query(&self.path)))
            .field("headers", &RedactedHeaders(&self.headers))
            .field("body", &format_args!("{} bytes", self.body.len()))
            .field("timeout", &self.timeout)
            .finish()
    }
}
