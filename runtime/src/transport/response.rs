//! What a transport brings back.

use std::fmt;
use std::future::poll_fn;
use std::pin::Pin;
use std::task::{Context, Poll};

use bytes::Bytes;
use futures_core::Stream;
use http::header::CONTENT_LENGTH;
use http::{HeaderMap, StatusCode};

use super::error::{TransportError, TransportErrorKind};
use super::redacted::RedactedHeaders;
use crate::pace::Pace;

/// The pieces of a body as they arrive. After an error or the end it yields nothing more.
pub type BodyStream = Pin<Box<dyn Stream<Item = Result<Bytes, TransportError>> + Send>>;

/// An answer whose head has arrived and whose body may still be on its way.
///
/// `Debug` shows no header that may be a secret, and not the body.
#[non_exhaustive]
pub struct Response {
    /// The status, whatever it is.
    pub status: StatusCode,
    /// The headers as they apply to the body handed over: where the transport has undone a
    /// content encoding, the headers that describe it are gone.
    pub headers: HeaderMap,
    body: BodyStream,
    /// Pieces may be at hand whenever one is asked for.
    pace: Pace,
}

impl Response {
    /// An answer with a body that is still arriving.
    pub fn new(status: StatusCode, headers: HeaderMap, body: BodyStream) -> Self {
        Self {
            status,
            headers,
            body,
            pace: Pace::default(),
        }
    }

    /// An answer that is complete.
    pub fn complete(status: StatusCode, headers: HeaderMap, body: impl Into<Bytes>) -> Self {
        Self::new(status, headers, Box::pin(Complete(Some(body.into()))))
    }

    /// The next piece of the body, never empty; `None` at its end.
    ///
    /// Dropping the future loses nothing: the piece it waited for comes with the next call.
    ///
    /// # Errors
    ///
    /// When the body cannot be read to its end: the connection closed early, the server fell
    /// silent, the body is over the transport's limit or not what its headers claim.
    pub async fn chunk(&mut self) -> Result<Option<Bytes>, TransportError> {
        loop {
            self.pace.turn().await;
            self.pace.short_step();
            match poll_fn(|context| self.body.as_mut().poll_next(context)).await {
                Some(Ok(chunk)) if chunk.is_empty() => {}
                Some(Ok(chunk)) => return Ok(Some(chunk)),
                Some(Err(error)) => return Err(error),
                None => return Ok(None),
            }
        }
    }

    /// The rest of the body in one piece of at most `limit` bytes.
    ///
    /// # Errors
    ///
    /// As [`Response::chunk`], and [`TransportErrorKind::BodyOverLimit`] as soon as more than
    /// `limit` bytes have arrived.
    pub async fn collect(mut self, limit: usize) -> Result<Bytes, TransportError> {
        let over_limit = || {
            let limit = u64::try_from(limit).unwrap_or(u64::MAX);
            TransportError::new(TransportErrorKind::BodyOverLimit { limit })
        };
        let Some(first) = self.chunk().await? else {
            return Ok(Bytes::new());
        };
        if first.len() > limit {
            return Err(over_limit());
        }
        let Some(mut next) = self.chunk().await? else {
            return Ok(first);
        };
        let mut body = Vec::with_capacity(self.expected_length(limit).max(first.len()));
        body.extend_from_slice(&first);
        loop {
            if next.len() > limit - body.len() {
                return Err(over_limit());
            }
            body.extend_from_slice(&next);
            match self.chunk().await? {
                Some(chunk) => next = chunk,
                None => {
                    body.shrink_to_fit();
                    return Ok(body.into());
                }
            }
        }
    }

    /// The body alone.
    pub fn into_body(self) -> BodyStream {
        self.body
    }

    /// How much to set aside for the body. A server's word alone does not allocate more than
    /// a megabyte.
    fn expected_length(&self, limit: usize) -> usize {
        const TRUSTED: usize = 1 << 20;
        self.headers
            .get(CONTENT_LENGTH)
            .and_then(|length| length.to_str().ok()?.parse::<usize>().ok())
            .map_or(0, |length| length.min(limit).min(TRUSTED))
    }
}

impl fmt::Debug for Response {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("Response")
            .field("status", &self.status)
            .field("headers", &RedactedHeaders(&self.headers))
            .finish_non_exhaustive()
    }
}

/// A body that is there already.
struct Complete(Option<Bytes>);

impl Stream for Complete {
    type Item = Result<Bytes, TransportError>;

    fn poll_next(mut self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        Poll::Ready(self.0.take().map(Ok))
    }
}
