//! Requests that a server need not answer: nothing depends on what comes of them.

use std::time::{Duration, Instant};

use vmomi_runtime::Connection;
use vmomi_runtime::transport::{
    Request, Response, TimeoutPhase, TransportError, TransportErrorKind,
};

/// How long a server may stay silent, unless set otherwise. It is asked while someone waits to be
/// connected.
pub(crate) const DEFAULT_LIMIT: Duration = Duration::from_secs(10);

/// The body of a successful answer; `None` for anything else that a server, or what stands between,
/// makes of the request: another status, a redirect, silence, a body that is cut off or too large.
///
/// It takes twice the limit at the most.
///
/// # Errors
/// When the server cannot be reached at all, so that no other request would fare better.
pub(crate) async fn ask(
    connection: &Connection,
    request: Request,
    limit: Duration,
    max_bytes: usize,
) -> Result<Option<Vec<u8>>, TransportError> {
    let begun = Instant::now();
    let response = connection.transport().send(request.with_timeout(limit));
    match response.await {
        Ok(response) if response.status.is_success() => {
            Ok(body(response, begun, limit, max_bytes).await)
        }
        Ok(_) => Ok(None),
        Err(error) if is_out_of_reach(error.kind()) => Err(error),
        Err(_) => Ok(None),
    }
}

async fn body(
    mut response: Response,
    begun: Instant,
    limit: Duration,
    max_bytes: usize,
) -> Option<Vec<u8>> {
    let mut body = Vec::new();
    while let Some(piece) = response.chunk().await.ok()? {
        // The transport limits how long it is silent, not how long it goes on in small pieces.
        if piece.len() > max_bytes - body.len() || begun.elapsed() > limit {
            return None;
        }
        body.extend_from_slice(&piece);
    }
    Some(body)
}

/// Whether the server was not reached, so that every request fails in the same way.
pub(crate) fn is_out_of_reach(kind: &TransportErrorKind) -> bool {
    matches!(
        kind,
        TransportErrorKind::InvalidUrl { .. }
            | TransportErrorKind::InvalidConfiguration { .. }
            | TransportErrorKind::InvalidRequest { .. }
            | TransportErrorKind::Dns { .. }
            | TransportErrorKind::Connect { .. }
            | TransportErrorKind::Proxy { .. }
            | TransportErrorKind::Tls { .. }
            | TransportErrorKind::Timeout {
                phase: TimeoutPhase::Connect,
                ..
            }
    )
}
