//! A way to the services of one server: encodes calls, sends them, decodes the answers.

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
use crate::routes::Routes;
use crate::service::Service;
use crate::shown::{PathWords, Plain};
use crate::transport::{RetryAfter, Transport, TransportError, TransportErrorKind};

/// A connection to the services of one server. Cheap to clone; clones share everything.
///
/// Every call goes to the endpoint of the service that its operation belongs to. The service that the
/// connection was made for is the one that sessions are opened on, and the only one that it speaks
/// JSON with; the others take part in its session. [`Self::with_service`] turns to another one, to
/// set where and in which version that is called.
///
/// With SOAP logging in makes the server set a cookie, which the transport keeps. With JSON the server
/// sends a token, which the connection and its clones keep. Services besides the first are told the
/// session in the header of the envelope too, as `vcSessionCookie`.
#[derive(Clone)]
pub struct Connection(Arc<Inner>);

#[derive(Clone)]
struct Inner {
    transport: Arc<dyn Transport>,
    protocol: Protocol,
    routes: Routes,
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
            routes: Routes::new(service),
            protocol: Protocol::default(),
            options: DecodeOptions::default(),
            session: SessionToken::default(),
            kept_bytes: 0,
        }))
    }

    /// The same connection, turned to another service of the server: endpoint and version are now
    /// those of that service. Calls of all services go where they went before.
    #[must_use]
    pub fn with_service(mut self, service: &'static Service) -> Self {
        self.change().routes.turn_to(service);
        self
    }

    /// The same connection, calling its service at another path on the server.
    #[must_use]
    pub fn with_endpoint(mut self, path: impl Into<String>) -> Self {
        self.change().routes.current_mut().endpoint = path.into();
        self
    }

    /// The same connection, speaking another protocol.
    #[must_use]
    pub fn with_protocol(mut self, protocol: Protocol) -> Self {
        self.change().protocol = protocol;
        self
    }

    /// The same connection, asking its service to act in an API version: `8.0.1.0`.
    ///
    /// # Errors
    /// When the version holds a character that an HTTP header cannot carry.
    pub fn with_version(mut self, version: &str) -> Result<Self, TransportError> {
        if HeaderValue::from_str(version).is_err() {
            let reason = "the API version holds a character that a header cannot carry".to_owned();
            return Err(TransportError::new(TransportErrorKind::InvalidRequest {
                reason,
            }));
        }
        version.clone_into(&mut self.change().routes.current_mut().version);
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

    /// The service that the connection is turned to.
    #[must_use]
    pub fn service(&self) -> &'static Service {
        self.0.routes.current().service
    }

    /// The API version that this service is asked to act in.
    #[must_use]
    pub fn version(&self) -> &str {
        &self.0.routes.current().version
    }

    /// The path of the endpoint that this service is called at.
    #[must_use]
    pub fn endpoint(&self) -> &str {
        &self.0.routes.current().endpoint
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
        let target = inner.routes.to(operation.types().service);
        let (protocol, guest) = if target.is_home {
            (inner.protocol, None)
        } else {
            (Protocol::Soap, inner.session.text())
        };
        let mut request = protocol
            .request(Outgoing {
                operation,
                this,
                arguments,
                endpoint: target.endpoint,
                version: target.version,
                session: guest.as_deref(),
            })
            .map_err(|error| fail(ErrorKind::Encode(error)))?;
        if target.is_home {
            inner.session.add_to(&mut request, protocol);
        }
        let response = inner
            .transport
            .send(request)
            .await
            .map_err(|error| fail(ErrorKind::Transport(error)))?;
        if target.is_home {
            inner.session.take_from(&response, protocol);
        }
        let status = response.status;
        let retry_after = RetryAfter::from_headers(&response.headers);
        let fail = |kind| fail(kind).with_answer(status, retry_after);
        let mut received = Received::default();
        let answer = protocol.answer(Incoming {
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
            .field("endpoint", &PathWords(self.endpoint()))
            .field("protocol", &self.0.protocol)
            .field("version", &Plain(self.version()))
            .field("transport", &self.0.transport)
            .finish_non_exhaustive()
    }
}
