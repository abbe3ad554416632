//! A way to one service of one server: encodes calls, sends them, decodes the answers.

use std::fmt;
use std::sync::Arc;

use http::HeaderValue;

use crate::any::Any;
use crate::decode::{Answer, DecodeOptions};
use crate::erased::ValueRef;
use crate::error::{Error, ErrorKind};
use crate::operation::OperationInfo;
use crate::protocol::{Incoming, Outgoing, Protocol, SessionToken};
use crate::raw_body::{RawBody, Received};
use crate::reference::ManagedObjectReference;
use crate::service::Service;
use crate::transport::{Transport, TransportError, TransportErrorKind};

/// A connection to one service of one server. Cheap to clone; clones share everything.
///
/// With SOAP it holds no session of its own: logging in makes the server set a cookie, which the
/// transport keeps. With JSON the server sends a token, which the connection and its clones keep.
#[derive(Clone)]
pub struct Connection(Arc<Inner>);

#[derive(Clone)]
struct Inner {
    transport: Arc<dyn Transport>,
    protocol: Protocol,
    endpoint: String,
    version: String,
    options: DecodeOptions,
    session: SessionToken,
    /// How much of a body an error keeps.
    kept_bytes: usize,
}

impl Connection {
    /// A connection to a service at its usual endpoint, in the newest API version that the
    /// service's description covers. Nothing is sent.
    #[must_use]
    pub fn new(transport: Arc<dyn Transport>, service: &'static Service) -> Self {
        Self(Arc::new(Inner {
            transport,
            endpoint: service.endpoint.to_owned(),
            protocol: Protocol::default(),
            version: service.version.to_owned(),
            options: DecodeOptions::default(),
            session: SessionToken::default(),
            kept_bytes: 0,
        }))
    }

    /// The same connection, calling another path on the server.
    #[must_use]
    pub fn with_endpoint(mut self, path: impl Into<String>) -> Self {
        self.change().endpoint = path.into();
        self
    }

    /// The same connection, speaking another protocol.
    #[must_use]
    pub fn with_protocol(mut self, protocol: Protocol) -> Self {
        self.change().protocol = protocol;
        self
    }

    /// The same connection, asking the server to act in an API version: `8.0.1.0`.
    ///
    /// # Errors
    /// When the version holds a character that an HTTP header cannot carry.
    pub fn with_version(mut self, version: &str) -> Result<Self, TransportError> {
        if HeaderValue::from_str(version).is_err() {
            let reason = format!("{version:?} is no API version");
            return Err(TransportError::new(TransportErrorKind::InvalidRequest {
                reason,
            }));
        }
        version.clone_into(&mut self.change().version);
        Ok(self)
    }

    /// The same connection, decoding in another way.
    #[must_use]
    pub fn with_decode_options(mut self, options: DecodeOptions) -> Self {
        self.change().options = options;
        self
    }

    /// The same connection, whose errors keep the body of the answer, up to so many bytes of it:
    /// see [`Error::raw_body`]. It may hold secrets that errors otherwise never show.
    ///
    /// A call that fails then waits for as much of the answer, for as long as the transport does.
    #[must_use]
    pub fn keeping_bodies(mut self, bytes: usize) -> Self {
        self.change().kept_bytes = bytes;
        self
    }

    /// The transport that calls go through.
    #[must_use]
    pub fn transport(&self) -> &Arc<dyn Transport> {
        &self.0.transport
    }

    /// The protocol that calls are made by.
    #[must_use]
    pub fn protocol(&self) -> Protocol {
        self.0.protocol
    }

    /// Forgets the session of this connection and its clones, once it has ended. Cookies are the
    /// transport's, and stay.
    pub fn forget_session(&self) {
        self.0.session.forget();
    }

    /// The API version that the server is asked to act in.
    #[must_use]
    pub fn version(&self) -> &str {
        &self.0.version
    }

    /// The path of the endpoint that is called.
    #[must_use]
    pub fn endpoint(&self) -> &str {
        &self.0.endpoint
    }

    /// Calls an operation on the object that a reference leads to.
    ///
    /// The methods of stubs are the typed way to this.
    ///
    /// # Errors
    /// When an argument cannot be encoded, the exchange does not complete, the server answers
    /// with a fault, or its answer cannot be decoded.
    pub async fn invoke(
        &self,
        operation: &'static OperationInfo,
        this: &ManagedObjectReference,
        arguments: &[ValueRef<'_>],
    ) -> Result<Any, Error> {
        let (value, _) = self.invoke_keeping(operation, this, arguments).await?;
        Ok(value)
    }

    /// As [`Self::invoke`], with the body of the answer where it is asked to be kept.
    pub(crate) async fn invoke_keeping(
        &self,
        operation: &'static OperationInfo,
        this: &ManagedObjectReference,
        arguments: &[ValueRef<'_>],
    ) -> Result<(Any, Option<RawBody>), Error> {
        let fail = |kind| Error::new(operation, kind);
        let inner = &*self.0;
        let mut request = inner
            .protocol
            .request(Outgoing {
                operation,
                this,
                arguments,
                endpoint: &inner.endpoint,
                version: &inner.version,
            })
            .map_err(|error| fail(ErrorKind::Encode(error)))?;
        inner.session.add_to(&mut request, inner.protocol);
        let response = inner
            .transport
            .send(request)
            .await
            .map_err(|error| fail(ErrorKind::Transport(error)))?;
        inner.session.take_from(&response, inner.protocol);
        let mut received = Received::default();
        let answer = inner.protocol.answer(Incoming {
            operation,
            options: &inner.options,
            response,
            received: &mut received,
            kept_bytes: inner.kept_bytes,
        });
        let answer = answer.await;
        let kept = (inner.kept_bytes > 0).then(|| received.into_body());
        match answer {
            Ok(Answer::Value(value)) => Ok((value, kept)),
            Ok(Answer::Fault(fault)) => Err(fail(ErrorKind::Fault(fault)).with_body(kept)),
            Err(kind) => Err(fail(kind).with_body(kept)),
        }
    }
}

impl Connection {
    fn change(&mut self) -> &mut Inner {
        Arc::make_mut(&mut self.0)
    }
}

impl fmt::Debug for Connection {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Connection")
            .field("endpoint", &self.0.endpoint)
            .field("protocol", &self.0.protocol)
            .field("version", &self.0.version)
            .field("transport", &self.0.transport)
            .finish_non_exhaustive()
    }
}
