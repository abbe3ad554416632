//! SOAP 1.1: every call is a POST to the endpoint, and the envelope says which. Envelopes of SOAP
//! 1.2, which gateways in front of servers send, are answers too.

use http::header::CONTENT_TYPE;
use http::{HeaderName, HeaderValue};

use super::foreign::{Head, before_envelope, charset};
use super::paced::PacedDecoder;
use super::{BEGINNING, Incoming, Outgoing};
use crate::decode::Answer;
use crate::encode::{EncodeError, encode_request};
use crate::error::ErrorKind;
use crate::raw_body::Received;
use crate::transport::{Request, Response};

/// What must come back, for messages.
const ENVELOPE: &str = "a SOAP envelope";

pub(super) fn request(call: Outgoing<'_>) -> Result<Request, EncodeError> {
    let body = encode_request(call.operation, call.this, call.arguments, call.session)?;
    let namespace = call.operation.types().service.namespace;
    Ok(Request::post(call.endpoint, body)
        .with_header(
            CONTENT_TYPE,
            HeaderValue::from_static("text/xml; charset=utf-8"),
        )
        .with_header(
            HeaderName::from_static("soapaction"),
            action(namespace, call.version).unwrap_or(HeaderValue::from_static("")),
        ))
}

/// `"urn:vim25/8.0.1.0"`, with the quotes that SOAP 1.1 demands.
fn action(namespace: &str, version: &str) -> Option<HeaderValue> {
    HeaderValue::from_str(&format!("\"{namespace}/{version}\"")).ok()
}

/// Decodes the answer while it arrives.
pub(super) async fn answer(incoming: Incoming<'_>) -> Result<Answer, ErrorKind> {
    let Incoming {
        operation,
        options,
        mut response,
        received,
        kept_bytes,
    } = incoming;
    let kept = kept_bytes.max(BEGINNING);
    let charset = charset(&response.headers);
    let mut decoder = PacedDecoder::new(operation.result(), operation.types(), options, charset);
    while let Some(piece) = response.chunk().await.map_err(ErrorKind::Transport)? {
        received.push(&piece, kept);
        if decoder.feed(&piece).await.is_err() {
            let wanted = if decoder.is_in_envelope() {
                kept_bytes
            } else {
                kept
            };
            receive_rest(&mut response, received, wanted).await;
            break;
        }
    }
    let is_in_envelope = decoder.is_in_envelope();
    decoder.finish().await?.map_err(|error| {
        let (status, headers) = (response.status, &response.headers);
        match is_in_envelope {
            true => ErrorKind::Decode(error),
            false => before_envelope(error, ENVELOPE, Head { status, headers }, received),
        }
    })
}

/// Receives what is still to be kept of an answer that cannot be read.
async fn receive_rest(response: &mut Response, received: &mut Received, kept_bytes: usize) {
    while !received.is_full(kept_bytes) {
        match response.chunk().await {
            Ok(Some(piece)) => received.push(&piece, kept_bytes),
            Ok(None) => return,
            // What is wrong with the answer is known by now.
            Err(_) => break,
        }
    }
    received.cut();
}
