//! SOAP 1.1: every call is a POST to the endpoint, and the envelope tells which.

use http::header::CONTENT_TYPE;
use http::{HeaderName, HeaderValue, StatusCode};

use super::paced::PacedDecoder;
use super::{BEGINNING, Incoming, Outgoing, in_place_of};
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
    // A server sends faults with 500; 200 and 500 alone come with an envelope.
    let may_be_soap = matches!(
        response.status,
        StatusCode::OK | StatusCode::INTERNAL_SERVER_ERROR
    );
    let kept = kept_bytes.max(BEGINNING);
    let mut decoder = PacedDecoder::new(operation.result(), operation.types(), options);
    while let Some(piece) = response.chunk().await.map_err(ErrorKind::Transport)? {
        received.push(&piece, kept);
        if !may_be_soap {
            if received.is_full(kept) {
                break;
            }
            continue;
        }
        if let Err(error) = decoder.feed(&piece).await {
            receive_rest(&mut response, received, kept_bytes).await;
            return Err(if decoder.is_in_envelope() {
                ErrorKind::Decode(error)
            } else {
                in_place_of(ENVELOPE, &response, received)
            });
        }
    }
    if !may_be_soap || !decoder.is_in_envelope() {
        return Err(in_place_of(ENVELOPE, &response, received));
    }
    decoder.finish().map_err(ErrorKind::Decode)
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
