//! The error of every call.

use std::error::Error as StdError;
use std::fmt;

use http::StatusCode;

use crate::any::Any;
use crate::decode::DecodeError;
use crate::encode::EncodeError;
use crate::erased::DataObject;
use crate::fault::Fault;
use crate::one_line::OneLine;
use crate::operation::OperationInfo;
use crate::protocol::ForeignAnswer;
use crate::raw_body::RawBody;
use crate::transport::{RetryAfter, TransportError, may_pass};

/// Why a call failed, and in which call.
///
/// Shown, it is one line. Neither that nor `Debug` holds an argument, a header, or text of a field
/// that is a secret, or of which it is not known whether it is one.
pub struct Error {
    operation: &'static str,
    kind: Box<ErrorKind>,
    /// The status of the answer.
    status: Option<StatusCode>,
    /// What the answer asks for.
    retry_after: Option<RetryAfter>,
    body: Option<RawBody>,
}

/// What went wrong.
#[derive(Debug)]
#[non_exhaustive]
pub enum ErrorKind {
    /// The exchange with the server did not complete.
    Transport(TransportError),
    /// The server answered with a fault.
    Fault(Fault),
    /// The answer is not what the protocol has: a proxy's error page, another product, a wrong path.
    NotVsphere {
        /// What must come back: `a SOAP envelope`.
        expected: &'static str,
        /// The HTTP status.
        status: u16,
        /// The `Content-Type`, where one was sent.
        content_type: Option<String>,
        /// The tags that the body begins with, and the title of a page; `…` for other text.
        excerpt: String,
    },
    /// The answer cannot be read.
    Decode(DecodeError),
    /// An argument cannot be sent.
    Encode(EncodeError),
    /// The answer holds a value of another type than the operation returns.
    UnexpectedResult {
        /// What the operation returns.
        expected: &'static str,
        /// What came.
        found: String,
    },
}

impl Error {
    /// An error in a call of the operation.
    #[must_use]
    pub fn new(operation: &'static OperationInfo, kind: ErrorKind) -> Self {
        Self {
            operation: operation.name(),
            kind: Box::new(kind),
            status: None,
            retry_after: None,
            body: None,
        }
    }

    /// The same error, made of an answer with this status.
    pub(crate) fn with_answer(self, status: StatusCode, retry_after: Option<RetryAfter>) -> Self {
        Self {
            status: Some(status),
            retry_after,
            ..self
        }
    }

    pub(crate) fn with_body(self, body: Option<RawBody>) -> Self {
        Self { body, ..self }
    }

    pub(crate) fn unexpected_result(operation: &'static OperationInfo, found: &Any) -> Self {
        let expected = operation
            .result()
            .map_or("nothing", |shape| shape.kind.wire_name());
        let kind = ErrorKind::UnexpectedResult {
            expected,
            found: found.shown_type_name(),
        };
        Self::new(operation, kind)
    }

    /// The wire name of the operation that was called.
    #[must_use]
    pub fn operation(&self) -> &'static str {
        self.operation
    }

    /// What went wrong.
    #[must_use]
    pub fn kind(&self) -> &ErrorKind {
        &self.kind
    }

    /// The HTTP status of the answer, if one came. It does not decide what the error is: faults
    /// come with any.
    #[must_use]
    pub fn status(&self) -> Option<u16> {
        self.status.map(|status| status.as_u16())
    }

    /// When the server, or a proxy, asks to be called again, if it does.
    #[must_use]
    pub fn retry_after(&self) -> Option<RetryAfter> {
        match &*self.kind {
            ErrorKind::Transport(error) => self.retry_after.or(error.retry_after()),
            _ => self.retry_after,
        }
    }

    /// The place of the value that is wrong: in the answer, as [`DecodeError::path`] tells, or among
    /// the arguments.
    #[must_use]
    pub fn path(&self) -> Option<&str> {
        match &*self.kind {
            ErrorKind::Decode(error) => Some(error.path()),
            ErrorKind::Encode(error) => Some(error.path()),
            _ => None,
        }
    }

    /// How many bytes of the answer were read before what is wrong with it.
    #[must_use]
    pub fn offset(&self) -> Option<u64> {
        self.decode_error().map(DecodeError::offset)
    }

    /// What must stand there, as far as that can be said in a word.
    #[must_use]
    pub fn expected(&self) -> Option<&str> {
        match &*self.kind {
            ErrorKind::UnexpectedResult { expected, .. } => Some(expected),
            _ => self.decode_error()?.expected(),
        }
    }

    /// What stands there instead, as far as that can be said in a word and is no secret.
    #[must_use]
    pub fn found(&self) -> Option<&str> {
        match &*self.kind {
            ErrorKind::UnexpectedResult { found, .. } => Some(found),
            _ => self.decode_error()?.found(),
        }
    }

    /// The tags of the answer around the place, without any text.
    #[must_use]
    pub fn excerpt(&self) -> Option<&str> {
        match &*self.kind {
            ErrorKind::NotVsphere { excerpt, .. } => Some(excerpt),
            _ => Some(self.decode_error()?.excerpt()),
        }
    }

    /// The body of the answer, where it was asked to be kept by
    /// [`Connection::keeping_bodies`](crate::Connection::keeping_bodies) and one arrived.
    #[must_use]
    pub fn raw_body(&self) -> Option<&RawBody> {
        self.body.as_ref()
    }

    fn decode_error(&self) -> Option<&DecodeError> {
        match &*self.kind {
            ErrorKind::Decode(error) => Some(error),
            _ => None,
        }
    }

    /// The fault that the server answered with, if it did.
    #[must_use]
    pub fn fault(&self) -> Option<&Fault> {
        match &*self.kind {
            ErrorKind::Fault(fault) => Some(fault),
            _ => None,
        }
    }

    /// Whether the server answered with a fault that is a `T`, extends it, or was caused by one.
    #[must_use]
    pub fn fault_is<T: DataObject>(&self) -> bool {
        self.fault().is_some_and(Fault::is::<T>)
    }

    /// Whether the same call may succeed if it is made again later: the exchange failed for a
    /// reason that may pass, or the answer, whatever was in it, had the status 408, 429, 502, 503
    /// or 504. When to make it is what [`Self::retry_after`] says, if anything does.
    ///
    /// Whether it may be made again is for the caller to know: see
    /// [`TransportError::request_was_sent`].
    #[must_use]
    pub fn is_retryable(&self) -> bool {
        match &*self.kind {
            ErrorKind::Transport(error) => error.is_retryable(),
            _ => self.status.is_some_and(may_pass),
        }
    }
}

impl fmt::Debug for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut shown = f.debug_struct("Error");
        shown
            .field("operation", &self.operation)
            .field("kind", &self.kind);
        if let Some(status) = self.status {
            shown.field("status", &status.as_u16());
        }
        if let Some(retry_after) = &self.retry_after {
            shown.field("retry_after", retry_after);
        }
        if let Some(body) = &self.body {
            shown.field("body", body);
        }
        shown.finish()
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: ", self.operation)?;
        match &*self.kind {
            ErrorKind::Transport(error) => error.fmt(f),
            ErrorKind::Fault(fault) => fault.fmt(f),
            ErrorKind::NotVsphere {
                expected,
                status,
                content_type,
                excerpt,
            } => ForeignAnswer {
                expected,
                status: *status,
                content_type: content_type.as_deref(),
                excerpt,
            }
            .fmt(f),
            ErrorKind::Decode(error) => error.fmt(f),
            ErrorKind::Encode(error) => error.fmt(f),
            ErrorKind::UnexpectedResult { expected, found } => {
                let found = OneLine(found);
                write!(f, "the response holds {found} where {expected} is declared")
            }
        }?;
        // The others say it themselves, or it says no more than that they are faults.
        if let (ErrorKind::Decode(_), Some(status)) = (&*self.kind, self.status)
            && !matches!(status, StatusCode::OK | StatusCode::INTERNAL_SERVER_ERROR)
        {
            write!(f, "; the status is {}", status.as_u16())?;
        }
        match self.retry_after() {
            Some(retry_after) => write!(f, "; retry after {retry_after}"),
            None => Ok(()),
        }
    }
}

impl StdError for Error {
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        match &*self.kind {
            ErrorKind::Transport(error) => error.source(),
            ErrorKind::Decode(error) => error.source(),
            _ => None,
        }
    }
}
