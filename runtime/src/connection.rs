//! A way to one service of one server: encodes calls, sends them, decodes the answers.

use std::fmt;
use std::sync::Arc;

use http::header::CONTENT_TYPE;
use http::{HeaderName, HeaderValue, StatusCode};

use crate::any::Any;
use crate::decode::{Answer, DecodeOptions, EnvelopeDecoder, beginning};
use crate::encode::encode_request;
use crate::erased::ValueRef;
use crate::error::{Error, ErrorKind};
use crate::operation::OperationInfo;
use crate::raw_body::Received;
use crate::reference::ManagedObjectReference;
use crate::service::Service;
use crate::transport::{Request, Response, Transport, TransportError, TransportErrorKind};

/// How much of a body is looked at to tell what it is, if it is no envelope.
const BEGINNING: usize = 500;

/// A connection to one service of one server. Cheap to clone; clones share everything.
///
/// It holds no session of its own: logging in makes the server set a cookie, which the transport
/// keeps.
#[derive(Clone)]
pub struct Connection(Arc<Inner>);

#[derive(Clone)]
struct Inner {
    transport: Arc<dyn Transport>,
    endpoint: String,
    soap_action: HeaderValue,
    version: String,
    options: DecodeOptions,
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
            soap_action: soap_action(service, service.version)
                .unwrap_or(HeaderValue::from_static("")),
            version: service.version.to_owned(),
            options: DecodeOptions::default(),
            kept_bytes: 0,
        }))
    }

    /// The same connection, calling another path on the server.
    #[must_use]
    pub fn with_endpoint(mut self, path: impl Into<String>) -> Self {
        self.change().endpoint = path.into();
        self
    }

    /// The same connection, asking the server to act in an API version: `8.0.1.0`.
    ///
    /// # Errors
    /// When the version holds a character that an HTTP header cannot carry.
    pub fn with_version(
        mut self,
        service: &'static Service,
        version: &str,
    ) -> Result<Self, TransportError> {
        let Some(action) = soap_action(service, version) else {
            let reason = format!("{version:?} is no API version");
            return Err(TransportError::new(TransportErrorKind::InvalidRequest {
                reason,
            }));
        };
        let inner = self.change();
        inner.soap_action = action;
        version.clone_into(&mut inner.version);
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
        let fail = |kind| Error::new(operation, kind);
        let body = encode_request(operation, this, arguments)
            .map_err(|error| fail(ErrorKind::Encode(error)))?;
        let response = self
            .0
            .transport
            .send(self.request(body))
            .await
            .map_err(|error| fail(ErrorKind::Transport(error)))?;
        let mut received = Received::default();
        let kind = match self.read(operation, response, &mut received).await {
            Ok(Answer::Value(value)) => return Ok(value),
            Ok(Answer::Fault(fault)) => ErrorKind::Fault(fault),
            Err(kind) => kind,
        };
        let kept = self.0.kept_bytes > 0;
        Err(fail(kind).with_body(kept.then(|| received.into_body())))
    }

    fn request(&self, body: String) -> Request {
        Request::post(&self.0.endpoint, body)
            .with_header(
                CONTENT_TYPE,
                HeaderValue::from_static("text/xml; charset=utf-8"),
            )
            .with_header(
                HeaderName::from_static("soapaction"),
                self.0.soap_action.clone(),
            )
    }

    /// Decodes the answer while it arrives, and leaves of its body what is to be kept.
    async fn read(
        &self,
        operation: &'static OperationInfo,
        mut response: Response,
        received: &mut Received,
    ) -> Result<Answer, ErrorKind> {
        // A server sends faults with 500; 200 and 500 alone come with an envelope.
        let may_be_soap = matches!(
            response.status,
            StatusCode::OK | StatusCode::INTERNAL_SERVER_ERROR
        );
        let kept = self.0.kept_bytes.max(BEGINNING);
        let mut decoder =
            EnvelopeDecoder::new(operation.result(), operation.types(), &self.0.options);
        while let Some(chunk) = response.chunk().await.map_err(ErrorKind::Transport)? {
            received.push(&chunk, kept);
            if !may_be_soap {
                if received.is_full(kept) {
                    break;
                }
                continue;
            }
            if let Err(error) = decoder.feed(&chunk) {
                self.receive_rest(&mut response, received).await;
                return Err(if decoder.is_in_envelope() {
                    ErrorKind::Decode(error)
                } else {
                    not_soap(&response, received)
                });
            }
        }
        if !may_be_soap || !decoder.is_in_envelope() {
            return Err(not_soap(&response, received));
        }
        decoder.finish().map_err(ErrorKind::Decode)
    }

    /// Receives what is still to be kept of an answer that cannot be read.
    async fn receive_rest(&self, response: &mut Response, received: &mut Received) {
        while !received.is_full(self.0.kept_bytes) {
            match response.chunk().await {
                Ok(Some(chunk)) => received.push(&chunk, self.0.kept_bytes),
                Ok(None) => return,
                // What is wrong with the answer is known by now.
                Err(_) => break,
            }
        }
        received.cut();
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
            .field("version", &self.0.version)
            .field("transport", &self.0.transport)
            .finish_non_exhaustive()
    }
}

/// `"urn:vim25/8.0.1.0"`, with the quotes that SOAP 1.1 demands.
fn soap_action(service: &Service, version: &str) -> Option<HeaderValue> {
    HeaderValue::from_str(&format!("\"{}/{version}\"", service.namespace)).ok()
}

fn not_soap(response: &Response, received: &Received) -> ErrorKind {
    let content_type = response.headers.get(CONTENT_TYPE);
    ErrorKind::NotSoap {
        status: response.status.as_u16(),
        content_type: content_type
            .and_then(|value| value.to_str().ok())
            .map(str::to_owned),
        excerpt: beginning(received.as_bytes()),
    }
}
