//! A way to one service of one server: encodes calls, sends them, decodes the answers.

use std::fmt;
use std::sync::Arc;

use http::header::CONTENT_TYPE;
use http::{HeaderName, HeaderValue, StatusCode};

use crate::any::Any;
use crate::decode::{Answer, DecodeOptions, EnvelopeDecoder};
use crate::encode::encode_request;
use crate::erased::ValueRef;
use crate::error::{Error, ErrorKind};
use crate::operation::OperationInfo;
use crate::reference::ManagedObjectReference;
use crate::service::Service;
use crate::transport::{Bytes, Request, Response, Transport, TransportError, TransportErrorKind};

/// How much of a body that is no envelope goes into the error.
const EXCERPT_BYTES: usize = 200;

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
        match self.read(operation, response).await.map_err(fail)? {
            Answer::Value(value) => Ok(value),
            Answer::Fault(fault) => Err(fail(ErrorKind::Fault(fault))),
        }
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

    /// Decodes the answer while it arrives.
    async fn read(
        &self,
        operation: &'static OperationInfo,
        mut response: Response,
    ) -> Result<Answer, ErrorKind> {
        // A server sends faults with 500; 200 and 500 alone come with an envelope.
        let may_be_soap = matches!(
            response.status,
            StatusCode::OK | StatusCode::INTERNAL_SERVER_ERROR
        );
        let mut beginning = Vec::new();
        let mut decoder =
            EnvelopeDecoder::new(operation.result(), operation.types(), &self.0.options);
        while let Some(chunk) = response.chunk().await.map_err(ErrorKind::Transport)? {
            keep_beginning(&mut beginning, &chunk);
            if !may_be_soap {
                if beginning.len() >= EXCERPT_BYTES {
                    break;
                }
                continue;
            }
            if let Err(error) = decoder.feed(&chunk) {
                return Err(if decoder.is_in_envelope() {
                    ErrorKind::Decode(error)
                } else {
                    not_soap(&response, &beginning)
                });
            }
        }
        if !may_be_soap || !decoder.is_in_envelope() {
            return Err(not_soap(&response, &beginning));
        }
        decoder.finish().map_err(ErrorKind::Decode)
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

fn keep_beginning(beginning: &mut Vec<u8>, chunk: &Bytes) {
    let room = EXCERPT_BYTES.saturating_sub(beginning.len());
    beginning.extend_from_slice(&chunk[..chunk.len().min(room)]);
}

fn not_soap(response: &Response, beginning: &[u8]) -> ErrorKind {
    let content_type = response.headers.get(CONTENT_TYPE);
    ErrorKind::NotSoap {
        status: response.status.as_u16(),
        content_type: content_type
            .and_then(|value| value.to_str().ok())
            .map(str::to_owned),
        excerpt: String::from_utf8_lossy(beginning).into_owned(),
    }
}
