//! The JSON protocol of vCenter 8.0.1 and later: every call is a POST to a path of its own,
//! `/sdk/vim25/8.0.1.0/Folder/group-d1/CreateFolder`, with the parameters in an object.

use http::header::{ACCEPT, CONTENT_TYPE};
use http::{HeaderMap, HeaderName, HeaderValue, StatusCode};

use super::foreign::{Head, charset, in_place_of, media_type};
use super::paced::apart;
use super::{BEGINNING, Incoming, Outgoing};
use crate::any::Any;
use crate::decode::{Answer, DecodeError, DecodeOptions};
use crate::encode::{EncodeError, EncodeErrorKind};
use crate::erased::Returned;
use crate::error::ErrorKind;
use crate::fault::Fault;
use crate::json;
use crate::operation::OperationInfo;
use crate::transport::Request;
use crate::xml::space::is_space;

/// Tells the session. The server sends it with the response of what logs in.
pub(super) const SESSION_HEADER: HeaderName = HeaderName::from_static("vmware-api-session-id");

/// The largest body with the status of success in which a fault is looked for.
const MAX_FAULT: usize = 1 << 20;

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
    let (status, headers) = (response.status, response.headers.clone());
    let limits = &options.limits;
    // While it is received it takes up to three times its length, as its buffer grows.
    let allowed = usize::try_from(limits.decoded_bytes / 3).unwrap_or(usize::MAX);
    let body = response
        .collect(limits.json_bytes.min(allowed))
        .await
        .map_err(ErrorKind::Transport)?;
    received.push(&body, kept_bytes.max(BEGINNING));
    if status == StatusCode::NO_CONTENT || (status.is_success() && is_blank(&body)) {
        return Ok(Answer::Value(Any::Nil));
    }
    let head = Head {
        status,
        headers: &headers,
    };
    if !is_json(&headers, &body) {
        return Err(in_place_of(DOCUMENT, head, received));
    }
    json::check_encoding(&body, charset(&headers)).map_err(ErrorKind::Decode)?;
    let mut options = options.clone();
    options.limits.decoded_bytes -= (body.len() as u64).min(options.limits.decoded_bytes);
    let length = body.len();
    if status.is_success() {
        let read = move || success(operation, &options, &body);
        return apart(length, read).await?.map_err(ErrorKind::Decode);
    }
    // Proxies and other endpoints of vCenter send JSON too, but no faults.
    let read = move || fault(operation, &options, &body);
    match apart(length, read).await?.map_err(ErrorKind::Decode)? {
        Some(fault) => Ok(Answer::Fault(fault)),
        None => Err(in_place_of(DOCUMENT, head, received)),
    }
}

/// The value in a body, unless a fault came with the status of success.
fn success(
    operation: &'static OperationInfo,
    options: &DecodeOptions,
    body: &[u8],
) -> Result<Answer, DecodeError> {
    let types = operation.types();
    let value = match operation.result() {
        None => Ok(Any::Nil),
        Some(shape) => json::read_any(body, shape, types, options),
    };
    let is_fault_name = |name: &str| json::is_fault_name(name, types);
    let may_be_fault = match &value {
        // What is not asked for is not looked at otherwise.
        Ok(Any::Nil) | Err(_) => true,
        // An object of another type than the declared one is read as far as that goes.
        Ok(Any::Object(object)) => {
            let name = object.as_object().extra().type_name();
            name.is_some_and(|name| is_fault_name(&name.local))
        }
        Ok(_) => false,
    };
    if may_be_fault
        && body.len() <= MAX_FAULT
        && let Ok(Some(fault)) = json::fault(body, types, options)
        && fault.type_name().is_some_and(is_fault_name)
    {
        return Ok(Answer::Fault(fault));
    }
    let value = value.map_err(|error| error.within(operation.name()))?;
    Ok(Answer::Value(value))
}

/// The fault in a body, if it is one. What begins as an object has to be JSON.
fn fault(
    operation: &'static OperationInfo,
    options: &DecodeOptions,
    body: &[u8],
) -> Result<Option<Fault>, DecodeError> {
    let found = json::fault(body, operation.types(), options).map_err(|error| {
        let error = DecodeError::new(error.into(), "fault".to_owned(), 0, String::new());
        error.within(operation.name())
    })?;
    if found.is_none()
        && first_byte(body) == Some(b'{')
        && let Some(shape) = <Any as Returned>::SHAPE
    {
        json::read_any(body, shape, operation.types(), options)
            .map_err(|error| error.within(operation.name()))?;
    }
    Ok(found)
}

/// No server pads a response; looking through a gigabyte would take long.
const MAX_PADDING: usize = 4 << 10;

fn is_blank(body: &[u8]) -> bool {
    body.len() <= MAX_PADDING && body.iter().copied().all(is_space)
}

/// The byte that the content of a body begins with, behind a mark of UTF-8.
fn first_byte(body: &[u8]) -> Option<u8> {
    let body = body.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(body);
    let mut bytes = body.iter().copied().take(MAX_PADDING);
    bytes.find(|byte| !is_space(*byte))
}

/// Whether the body is JSON: it begins so, or is said to be by what came with it. One of which
/// nothing is said may be.
fn is_json(headers: &HeaderMap, body: &[u8]) -> bool {
    let is_media = |media: String| media == "application/json" || media.ends_with("+json");
    match first_byte(body) {
        Some(b'{' | b'[') => true,
        Some(b'<') => false,
        _ => media_type(headers).is_none_or(is_media),
    }
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
