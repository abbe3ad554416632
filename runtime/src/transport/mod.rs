//! How requests reach a server and answers come back: the [`Transport`] trait and its values.
//!
//! A transport speaks HTTP and nothing above it. It does not know SOAP or JSON, never looks into
//! a body, and reports an answer of any status, 500 with a fault included, as a [`Response`];
//! only an exchange that did not complete is a [`TransportError`].
//!
//! The crate brings one implementation, `HttpsTransport` (feature `https`). A program with an HTTP
//! client of its own implements [`Transport`] for it instead: everything here that is not in the
//! `https` module builds without a runtime, TLS or an HTTP implementation, and [`CookieJar`] and
//! [`ServerUrl`] can be used by any transport.

mod cookie_jar;
mod error;
mod fingerprint;
#[cfg(feature = "https")]
mod https;
mod redacted;
mod request;
mod response;
mod retry;
mod server_url;
mod tls_failure;

use std::fmt::Debug;
use std::pin::Pin;
use std::sync::Arc;

pub use bytes::Bytes;
pub use http;

pub use cookie_jar::CookieJar;
pub use error::{TimeoutPhase, TransportError, TransportErrorKind};
pub use fingerprint::{Fingerprint, ParseFingerprintError};
#[cfg(feature = "https")]
pub use https::{ClientCertificate, HttpsTransport, HttpsTransportBuilder, Proxy, Trust};
pub use request::Request;
pub use response::{BodyStream, Response};
pub use retry::RetryAfter;
pub(crate) use retry::may_pass;
pub use server_url::{Scheme, ServerUrl};
pub use tls_failure::TlsFailure;

/// A future that can be moved between threads, boxed so that [`Transport`] works as a trait object.
pub type BoxFuture<'a, T> = Pin<Box<dyn Future<Output = T> + Send + 'a>>;

/// Carries requests to one server.
///
/// The contract an implementation keeps, because sessions and retries are built on it:
///
/// - A status is not judged: a 404 or a 500 is a [`Response`].
/// - Nothing is sent twice. A request that may have reached the server is never repeated, and the
///   error says by [`TransportError::request_was_sent`] whether it may have.
/// - Redirects are not followed: a call that changes state must not end up elsewhere unnoticed.
/// - The body is handed over as it arrives, not collected first.
/// - Dropping the future or the [`Response`] ends the exchange.
/// - No credential, cookie or token appears in `Debug`, in an error or in a log.
pub trait Transport: Send + Sync + Debug + 'static {
    /// Sends `request` and resolves as soon as the head of the answer is there.
    ///
    /// # Errors
    ///
    /// A [`TransportError`] when no answer could be had; a failure after the head has arrived is
    /// reported by [`Response::chunk`] instead.
    fn send(&self, request: Request) -> BoxFuture<'_, Result<Response, TransportError>>;

    /// The cookies this transport keeps, where it keeps any.
    ///
    /// A session reads its token here to pass it to another service of the same server, and puts
    /// a saved one back. The default is `None`: no cookies are kept.
    fn cookies(&self) -> Option<&CookieJar> {
        None
    }
}

impl<T: Transport + ?Sized> Transport for Arc<T> {
    fn send(&self, request: Request) -> BoxFuture<'_, Result<Response, TransportError>> {
        (**self).send(request)
    }

    fn cookies(&self) -> Option<&CookieJar> {
        (**self).cookies()
    }
}
