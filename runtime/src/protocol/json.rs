//! The JSON protocol of vCenter 8.0.1 and later: every call is a POST to a path of its own,
//! `/sdk/vim25/8.0.1.0/Folder/group-d1/CreateFolder`, with the parameters in an object.

use http::header::{ACCEPT, CONTENT_TYPE};
use http::{HeaderName, HeaderValue, StatusCode};

use super::paced::apart;
use super::{BEGINNING, Incoming, Outgoing, in_place_of};
use crate::any::Any;
use crate::decode::{Answer, DecodeError, DecodeOptions};
use crate::encode::{EncodeError, EncodeErrorKind};
use crate::error::ErrorKind;
use crate::fault::Fault;
use crate::json;
use crate::operation::OperationInfo;
use crate::transport::{Bytes, Request, Response};
use crate::xml::space::is_space;

/// Tells the session. The server sends it with the response of what logs in.
pub(super) const SESSION_HEADER: HeaderName = HeaderName::from_static("vmware-api-session-id");

/// What must come back, for messages.
const DOCUMENT: &str = "a JSON document";

const CONTENT: HeaderValue = HeaderValue::from_static("application/json");

pub(super) fn request(call: Outgoing<'_>) -> Result<Request, EncodeError> {
    let body = json::arguments(call.operation, call.arguments)?;
    Ok(Request::post(path(call)?, body)
        .with_header(CONTENT_TYPE, CONTENT)
        .with_header(ACCEPT, CONTENT))
}

/// The service is named by its namespace, and the object by type and identifier.
fn path(call: Outgoing<'_>) -> Result<String, EncodeError> {
    let namespace = call.operation.types().service.namespace;
    let mut path = call.endpoint.trim_end_matches('/').to_owned();
    for (part, segment) in [
        (
            "name of the service",
            namespace.strip_prefix("urn:").unwrap_or(namespace),
        ),
        ("API version", call.version),
        ("type of the object", call.this.type_name()),
        ("identifier of the object", call.this.value()),
        ("name of the operation", call.operation.name()),
    ] {
        // Servers, and proxies before them, take these for steps, so that the call would be another.
        if matches!(segment, "" | "." | "..") {
            return Err(EncodeError::new(EncodeErrorKind::PathSegment(part)));
        }
        path.push('/');
        push_segment(&mut path, segment);
    }
    Ok(path)
}

/// Appends a segment of a path, with everything escaped that could mean something in a URL:
/// identifiers hold brackets and slashes.
fn push_segment(path: &mut String, segment: &str) {
    const HEX: &[u8; 16] = b"0123456789ABCDEF";
    for byte in segment.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) {
            path.push(byte.into());
        } else {
            path.push('%');
            path.push(HEX[usize::from(byte >> 4)].into());
            path.push(HEX[usize::from(byte & 15)].into());
        }
    }
}

/// Reads the answer as a whole: a value, or with an HTTP error a fault.
pub(super) async fn answer(incoming: Incoming<'_>) -> Result<Answer, ErrorKind> {
    let Incoming {
        operation,
        options,
        response,
        received,
        kept_bytes,
    } = incoming;
    let head = Response::complete(response.status, response.headers.clone(), "");
    let limits = &options.limits;
    // While it is received it takes up to three times its length, as its buffer grows.
    let allowed = usize::try_from(limits.decoded_bytes / 3).unwrap_or(usize::MAX);
    let body = response
        .collect(limits.json_bytes.min(allowed))
        .await
        .map_err(ErrorKind::Transport)?;
    received.push(&body, kept_bytes.max(BEGINNING));
    let status = head.status;
    if status == StatusCode::NO_CONTENT || (status.is_success() && is_blank(&body)) {
        return Ok(Answer::Value(Any::Nil));
    }
    if !is_json(&head) {
        return Err(in_place_of(DOCUMENT, &head, received));
    }
    let mut options = options.clone();
    options.limits.decoded_bytes -= (body.len() as u64).min(options.limits.decoded_bytes);
    if status.is_success() {
        let value = value(operation, options, body).await;
        return value.map(Answer::Value);
    }
    // Proxies and other endpoints of vCenter send JSON too, but no faults.
    match fault(operation, options, body).await? {
        Some(fault) => Ok(Answer::Fault(fault)),
        None => Err(in_place_of(DOCUMENT, &head, received)),
    }
}

async fn value(
    operation: &'static OperationInfo,
    options: DecodeOptions,
    body: Bytes,
) -> Result<Any, ErrorKind> {
    let Some(shape) = operation.result() else {
        return Ok(Any::Nil);
    };
    let length = body.len();
    let read = move || json::read_any(&body, shape, operation.types(), &options);
    apart(length, read)
        .await?
        .map_err(|error| ErrorKind::Decode(error.within(operation.name())))
}

async fn fault(
    operation: &'static OperationInfo,
    options: DecodeOptions,
    body: Bytes,
) -> Result<Option<Fault>, ErrorKind> {
    let length = body.len();
    let read = move || json::fault(&body, operation.types(), &options);
    apart(length, read).await?.map_err(|error| {
        let error = DecodeError::new(error.into(), "fault".to_owned(), 0, String::new());
        ErrorKind::Decode(error.within(operation.name()))
    })
}

fn is_blank(body: &[u8]) -> bool {
    // No server pads a response without content; looking through a gigabyte would take long.
    const MAX_PADDING: usize = 4 << 10;
    body.len() <= MAX_PADDING && body.iter().copied().all(is_space)
}

/// Whether the body is said to be JSON; one of which nothing is said may be.
fn is_json(head: &Response) -> bool {
    let Some(content_type) = head.headers.get(CONTENT_TYPE) else {
        return true;
    };
    let content_type = content_type.to_str().unwrap_or_default();
    let media = content_type.split(';').next().unwrap_or_default().trim();
    media.eq_ignore_ascii_case("application/json") || media.to_ascii_lowercase().ends_with("+json")
}

#[cfg(test)]
mod tests {
    use super::push_segment;

    #[test]
    fn what_could_mean_something_in_a_url_is_escaped() {
        for (segment, escaped) in [
            ("group-d1", "group-d1"),
            ("session[52]5f-a", "session%5B52%5D5f-a"),
            ("a/b?c#d%20 \u{fc}", "a%2Fb%3Fc%23d%2520%20%C3%BC"),
            ("...", "..."),
            // What would be a step once it is decoded stays a name.
            ("%2e%2E", "%252e%252E"),
            ("..%2f..", "..%252f.."),
            ("../..", "..%2F.."),
            ("..\\", "..%5C"),
            ("..;", "..%3B"),
        ] {
            let mut path = String::new();
            push_segment(&mut path, segment);
            assert_eq!(path, escaped);
        }
    }
}
