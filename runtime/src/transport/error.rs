//! Why an exchange with a server did not complete.

use std::error::Error;
use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use http::StatusCode;

use super::redacted::without_secrets;
use super::retry::{RetryAfter, may_pass};
use super::tls_failure::TlsFailure;

/// An exchange that did not complete.
///
/// The message is one line that stands by itself, the innermost cause included; [`Error::source`]
/// gives the causes one by one to a program that looks for one of them. Neither shows a
/// credential, a cookie or the user information of a URL. Cheap to clone, so that several callers
/// who wait for one login can all be told.
#[derive(Clone)]
pub struct TransportError(Box<Inner>);

#[derive(Clone)]
struct Inner {
    kind: TransportErrorKind,
    request_was_sent: bool,
    retry_after: Option<RetryAfter>,
    source: Option<Arc<dyn Error + Send + Sync>>,
}

/// What went wrong, see [`TransportError`].
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum TransportErrorKind {
    /// The URL of the server or of a proxy is not one that can be used.
    InvalidUrl {
        /// What is wrong with it.
        reason: String,
    },
    /// The transport cannot be set up as asked for.
    InvalidConfiguration {
        /// What is wrong.
        reason: String,
    },
    /// The request cannot be written as HTTP.
    InvalidRequest {
        /// What is wrong.
        reason: String,
    },
    /// The name of a host could not be resolved.
    Dns {
        /// The name.
        host: String,
    },
    /// No connection could be made.
    Connect {
        /// Host and port.
        address: String,
    },
    /// The way through the proxy could not be had: it was not reachable, or it refused.
    Proxy {
        /// The proxy's URL, without credentials.
        proxy: String,
        /// The HTTP status that it refused with.
        status: Option<u16>,
    },
    /// TLS could not be established.
    Tls {
        /// Host and port.
        address: String,
        /// Why.
        failure: TlsFailure,
    },
    /// The server, or the network, took too long.
    Timeout {
        /// What was waited for.
        phase: TimeoutPhase,
        /// The limit that was reached.
        limit: Duration,
    },
    /// The connection ended before the answer was complete.
    ClosedEarly,
    /// The head of the answer has too many headers, or is too long. Which of the two it was, hyper
    /// does not tell.
    HeadOverLimit {
        /// The limit on the number of headers, see `HttpsTransportBuilder::header_limit`.
        headers: usize,
        /// The limit on the length in bytes, see `HttpsTransportBuilder::head_limit`.
        bytes: usize,
    },
    /// The body of the answer, after decompression, is larger than allowed.
    BodyOverLimit {
        /// The limit in bytes.
        limit: u64,
    },
    /// The server wants the request to go elsewhere.
    Redirect {
        /// The status.
        status: u16,
        /// Where to, without user information and query.
        target: String,
    },
    /// The answer is not HTTP, or not what its headers claim.
    InvalidResponse {
        /// What is wrong.
        reason: String,
    },
    /// Anything else.
    Other {
        /// What happened.
        reason: String,
    },
}

/// What a [`TransportErrorKind::Timeout`] was waiting for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum TimeoutPhase {
    /// The connection: name resolution, TCP, the proxy, TLS.
    Connect,
    /// The head of the answer.
    Response,
    /// More of the body.
    Body,
    /// The end of the whole exchange.
    Exchange,
}

impl TransportError {
    /// An error of the given kind, which counts as sent unless the kind rules that out.
    pub fn new(kind: TransportErrorKind) -> Self {
        let request_was_sent = match &kind {
            TransportErrorKind::InvalidUrl { .. }
            | TransportErrorKind::InvalidConfiguration { .. }
            | TransportErrorKind::InvalidRequest { .. }
            | TransportErrorKind::Dns { .. }
            | TransportErrorKind::Connect { .. } => false,
            TransportErrorKind::Timeout { phase, .. } => *phase != TimeoutPhase::Connect,
            TransportErrorKind::Proxy { .. }
            | TransportErrorKind::Tls { .. }
            | TransportErrorKind::ClosedEarly
            | TransportErrorKind::HeadOverLimit { .. }
            | TransportErrorKind::BodyOverLimit { .. }
            | TransportErrorKind::Redirect { .. }
            | TransportErrorKind::InvalidResponse { .. }
            | TransportErrorKind::Other { .. } => true,
        };
        Self(Box::new(Inner {
            kind,
            request_was_sent,
            retry_after: None,
            source: None,
        }))
    }

    /// The error for an answer that sends the caller elsewhere: its status, and its `Location` as
    /// it came, from which user information and query are removed.
    pub fn redirect(status: u16, location: &str) -> Self {
        let target = without_secrets(location);
        Self::new(TransportErrorKind::Redirect { status, target })
    }

    /// The same with a cause.
    #[must_use]
    pub fn with_source(mut self, source: impl Into<Box<dyn Error + Send + Sync>>) -> Self {
        self.0.source = Some(Arc::from(source.into()));
        self
    }

    /// The same, where the answer asks for this.
    #[must_use]
    pub fn with_retry_after(mut self, retry_after: Option<RetryAfter>) -> Self {
        self.0.retry_after = retry_after;
        self
    }

    /// The same, where it is certain that nothing of the request was sent.
    #[must_use]
    pub fn before_sending(mut self) -> Self {
        self.0.request_was_sent = false;
        self
    }

    /// What went wrong.
    pub fn kind(&self) -> &TransportErrorKind {
        &self.0.kind
    }

    /// Whether the server may have got the request, and so may have acted on it.
    ///
    /// `false` only where it is certain that it has not. A call that changes anything may be
    /// repeated only then.
    pub fn request_was_sent(&self) -> bool {
        self.0.request_was_sent
    }

    /// When the proxy asks to be tried again, if it does.
    pub fn retry_after(&self) -> Option<RetryAfter> {
        self.0.retry_after
    }

    /// Whether the same may succeed when tried again, as the cause is one that passes.
    ///
    /// This speaks of the cause alone. Whether a call may be repeated depends on
    /// [`TransportError::request_was_sent`] and on what the call does.
    pub fn is_retryable(&self) -> bool {
        match &self.0.kind {
            TransportErrorKind::Dns { .. }
            | TransportErrorKind::Connect { .. }
            | TransportErrorKind::Timeout { .. }
            | TransportErrorKind::ClosedEarly => true,
            TransportErrorKind::Proxy { status, .. } => {
                let status = status.and_then(|status| StatusCode::from_u16(status).ok());
                status.is_some_and(may_pass) || self.nested().is_some_and(Self::is_retryable)
            }
            TransportErrorKind::InvalidUrl { .. }
            | TransportErrorKind::InvalidConfiguration { .. }
            | TransportErrorKind::InvalidRequest { .. }
            | TransportErrorKind::Tls { .. }
            | TransportErrorKind::HeadOverLimit { .. }
            | TransportErrorKind::BodyOverLimit { .. }
            | TransportErrorKind::Redirect { .. }
            | TransportErrorKind::InvalidResponse { .. }
            | TransportErrorKind::Other { .. } => false,
        }
    }

    /// The first transport error among the causes: what a proxy's error is about.
    fn nested(&self) -> Option<&Self> {
        causes(self.source()?).find_map(|cause| cause.downcast_ref())
    }
}

/// An error and its causes, outermost first.
pub(super) fn causes<'a>(
    error: &'a (dyn Error + 'static),
) -> impl Iterator<Item = &'a (dyn Error + 'static)> {
    std::iter::successors(Some(error), |&error| error.source())
}

impl fmt::Display for TransportErrorKind {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::InvalidUrl { reason } => write!(formatter, "the URL cannot be used: {reason}"),
            Self::InvalidConfiguration { reason } => {
                write!(formatter, "the transport cannot be set up: {reason}")
            }
            Self::InvalidRequest { reason } => {
                write!(formatter, "the request cannot be sent: {reason}")
            }
            Self::Dns { host } => write!(formatter, "cannot resolve the host name {host}"),
            Self::Connect { address } => write!(formatter, "cannot connect to {address}"),
            Self::Proxy { proxy, status } => {
                write!(formatter, "cannot get through the proxy {proxy}")?;
                match status {
                    Some(status) => write!(formatter, " (status {status})"),
                    None => Ok(()),
                }
            }
            Self::Tls { address, failure } => {
                write!(formatter, "no trusted connection to {address}: {failure}")
            }
            Self::Timeout { phase, limit } => write!(formatter, "{phase} within {limit:?}"),
            Self::ClosedEarly => {
                formatter.write_str("the connection closed before the answer was complete")
            }
            Self::HeadOverLimit { headers, bytes } => write!(
                formatter,
                "the answer has more than {headers} headers (limit `header_limit`), or a head of more \
                 than {bytes} bytes (limit `head_limit`)"
            ),
            Self::BodyOverLimit { limit } => {
                write!(
                    formatter,
                    "the answer is larger than the {limit} bytes allowed"
                )
            }
            Self::Redirect { status, target } => write!(
                formatter,
                "the server redirects to {target} (status {status}), which is not followed"
            ),
            Self::InvalidResponse { reason } => {
                write!(formatter, "the answer cannot be read: {reason}")
            }
            Self::Other { reason } => formatter.write_str(reason),
        }
    }
}

impl fmt::Display for TimeoutPhase {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(match self {
            Self::Connect => "no connection",
            Self::Response => "no answer",
            Self::Body => "no more of the answer",
            Self::Exchange => "no complete answer",
        })
    }
}

impl fmt::Display for TransportError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{}", self.0.kind)?;
        // These say it all already.
        let complete = matches!(
            self.0.kind,
            TransportErrorKind::Tls { .. }
                | TransportErrorKind::Timeout { .. }
                | TransportErrorKind::HeadOverLimit { .. }
        );
        if complete {
            return Ok(());
        }
        if let Some(nested) = self.nested() {
            return write!(formatter, ": {nested}");
        }
        match self.source().and_then(|source| causes(source).last()) {
            Some(cause) => write!(formatter, ": {cause}"),
            None => Ok(()),
        }
    }
}

impl fmt::Debug for TransportError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("TransportError")
            .field("kind", &self.0.kind)
            .field("request_was_sent", &self.0.request_was_sent)
            .field("retry_after", &self.0.retry_after)
            .field("source", &self.0.source)
            .finish()
    }
}

impl Error for TransportError {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        match &self.0.source {
            Some(source) => Some(&**source),
            None => None,
        }
    }
}
