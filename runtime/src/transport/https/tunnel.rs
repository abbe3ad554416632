//! Ways through proxies: tunnels by `CONNECT`, with what the proxy says when it refuses one, and
//! by SOCKS 5.

use std::future::{Ready, poll_fn, ready};
use std::io::{self, IoSlice};
use std::pin::Pin;
use std::sync::{Arc, Mutex, PoisonError};
use std::task::{Context, Poll};

use http::{HeaderValue, StatusCode, Uri};
use hyper_util::client::legacy::connect::proxy::{SocksV5, Tunnel};
use hyper_util::rt::TokioIo;
use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tower_service::Service;

use super::super::error::{TransportError, TransportErrorKind};
use super::super::retry::RetryAfter;
use super::dial::Stream;
use super::proxy::shown;

/// How much of an answer is looked at: as much as the library reads.
const MAX_HEAD: usize = 8 << 10;

/// Asks the proxy at the other end of a stream for a tunnel to the server, by `CONNECT`.
pub(super) async fn by_connect(
    proxy: Uri,
    stream: Stream,
    authorization: Option<HeaderValue>,
    server: Uri,
) -> Result<Stream, TransportError> {
    let opened = Opened::new(stream);
    let heard = opened.heard.clone();
    let mut tunnel = Tunnel::new(proxy.clone(), opened);
    if let Some(authorization) = authorization {
        tunnel = tunnel.with_auth(authorization);
    }
    match call(tunnel, server).await {
        Ok(stream) => Ok(stream.into_inner().stream),
        Err(error) => {
            let head = heard.take();
            let status = status(&head).map(|status| status.as_u16());
            let error = refused(&proxy, status).with_source(error);
            Err(error.with_retry_after(retry_after(&head)))
        }
    }
}

/// The same by SOCKS 5.
pub(super) async fn by_socks(
    proxy: Uri,
    stream: Stream,
    credentials: Option<(String, String)>,
    server: Uri,
) -> Result<Stream, TransportError> {
    let mut socks = SocksV5::new(proxy.clone(), Opened::new(stream));
    if let Some((user, password)) = credentials {
        socks = socks.with_auth(user, password);
    }
    match call(socks, server).await {
        Ok(stream) => Ok(stream.into_inner().stream),
        Err(error) => Err(refused(&proxy, None).with_source(error)),
    }
}

/// The error for a way through a proxy that could not be had.
pub(super) fn refused(proxy: &Uri, status: Option<u16>) -> TransportError {
    let proxy = shown(proxy);
    TransportError::new(TransportErrorKind::Proxy { proxy, status })
}

async fn call<S: Service<Uri>>(mut service: S, uri: Uri) -> Result<S::Response, S::Error> {
    poll_fn(|context| service.poll_ready(context)).await?;
    service.call(uri).await
}

/// A connection that is open already, in the place where hyper-util's proxy protocols expect
/// something that opens one. Opening it beforehand keeps the type of the error.
struct Opened {
    stream: Option<Stream>,
    heard: Heard,
}

impl Opened {
    fn new(stream: Stream) -> Self {
        Self {
            stream: Some(stream),
            heard: Heard::default(),
        }
    }
}

impl Service<Uri> for Opened {
    type Response = TokioIo<Overheard>;
    type Error = io::Error;
    type Future = Ready<io::Result<TokioIo<Overheard>>>;

    fn poll_ready(&mut self, _: &mut Context<'_>) -> Poll<io::Result<()>> {
        Poll::Ready(Ok(()))
    }

    fn call(&mut self, _: Uri) -> Self::Future {
        let heard = self.heard.clone();
        let stream = self.stream.take();
        let stream = stream.map(|stream| TokioIo::new(Overheard { stream, heard }));
        ready(stream.ok_or_else(|| io::ErrorKind::NotConnected.into()))
    }
}

/// The status in the head of an answer.
fn status(head: &[u8]) -> Option<StatusCode> {
    let (_, rest) = head.strip_prefix(b"HTTP/1.")?.split_first()?;
    let digits = rest.strip_prefix(b" ")?.get(..3)?;
    StatusCode::from_bytes(digits).ok()
}

/// When the head of an answer asks to be called again.
fn retry_after(head: &[u8]) -> Option<RetryAfter> {
    let lines = head.split(|byte| *byte == b'\n').map(<[u8]>::trim_ascii);
    let values = lines
        .skip(1)
        .take_while(|line| !line.is_empty())
        .filter_map(|line| {
            let (name, value) = std::str::from_utf8(line).ok()?.split_once(':')?;
            name.eq_ignore_ascii_case("retry-after").then_some(value)
        });
    values.filter_map(RetryAfter::parse).next()
}

/// What was read from a stream first.
#[derive(Clone, Default)]
struct Heard(Arc<Mutex<Vec<u8>>>);

impl Heard {
    fn push(&self, bytes: &[u8]) {
        // Nothing that is done with it can leave it half done.
        let mut heard = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let room = MAX_HEAD.saturating_sub(heard.len());
        heard.extend_from_slice(&bytes[..bytes.len().min(room)]);
    }

    fn take(&self) -> Vec<u8> {
        std::mem::take(&mut *self.0.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

/// A stream of which is kept what is read first. The library tells no more of a refusal than that
/// it is one.
struct Overheard {
    stream: Stream,
    heard: Heard,
}

impl AsyncRead for Overheard {
    fn poll_read(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        let before = buffer.filled().len();
        let read = Pin::new(&mut self.stream).poll_read(context, buffer);
        self.heard.push(&buffer.filled()[before..]);
        read
    }
}

impl AsyncWrite for Overheard {
    fn poll_write(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        bytes: &[u8],
    ) -> Poll<io::Result<usize>> {
        Pin::new(&mut self.stream).poll_write(context, bytes)
    }

    fn poll_write_vectored(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        slices: &[IoSlice<'_>],
    ) -> Poll<io::Result<usize>> {
        Pin::new(&mut self.stream).poll_write_vectored(context, slices)
    }

    fn is_write_vectored(&self) -> bool {
        self.stream.is_write_vectored()
    }

    fn poll_flush(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_flush(context)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_shutdown(context)
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;

    #[test]
    fn a_refusal_is_read_from_its_head() {
        let after = |seconds| Some(RetryAfter::Delay(Duration::from_secs(seconds)));
        for (head, expected) in [
            (
                "HTTP/1.1 503 Busy\r\nRetry-After: 30\r\n\r\n",
                (Some(503), after(30)),
            ),
            (
                "HTTP/1.0 407\nA: b\nretry-after:1\n\n",
                (Some(407), after(1)),
            ),
            (
                "HTTP/1.1 502 Bad\r\n\r\nRetry-After: 30\r\n",
                (Some(502), None),
            ),
            ("HTTP/1.1 503 Busy\r\nRetry-After: soon", (Some(503), None)),
            ("HTTP/1.1 5", (None, None)),
            ("HTTP/1.1 abc", (None, None)),
            ("SSH-2.0", (None, None)),
            ("", (None, None)),
        ] {
            let found = status(head.as_bytes()).map(|status| status.as_u16());
            assert_eq!((found, retry_after(head.as_bytes())), expected, "{head:?}");
        }
    }
}
