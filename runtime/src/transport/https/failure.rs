//! From the errors of hyper, rustls and the system to a [`TransportError`].

use std::error::Error;
use std::io;

use hyper_util::client::legacy;
use rustls::{AlertDescription, CertificateError, InvalidMessage, OtherError};

use super::super::error::{TransportError, TransportErrorKind, causes};
use super::super::server_url::ServerUrl;
use super::super::tls_failure::TlsFailure;
use super::HeadLimits;
use super::verifier::RejectedCertificate;

/// The failure of a request before the head of its answer.
pub(super) fn of_request(
    server: &ServerUrl,
    limits: HeadLimits,
    error: legacy::Error,
) -> TransportError {
    // What our own connector reported comes back inside hyper's error.
    if let Some(own) = causes(&error).find_map(|cause| cause.downcast_ref::<TransportError>()) {
        return own.clone();
    }
    let unsent = error.is_connect()
        || causes(&error)
            .filter_map(|cause| cause.downcast_ref::<hyper::Error>())
            .any(hyper::Error::is_canceled);
    let is_too_large = causes(&error)
        .filter_map(|cause| cause.downcast_ref::<hyper::Error>())
        .any(is_head_over_limit);
    let kind = if is_too_large {
        TransportErrorKind::HeadOverLimit {
            headers: limits.headers,
            bytes: limits.bytes,
        }
    } else {
        classify(&server.address(), &error)
    };
    let error = TransportError::new(kind).with_source(error);
    if unsent {
        error.before_sending()
    } else {
        error
    }
}

/// Whether it is a limit on the head of the answer that was exceeded. To clients hyper tells it only
/// in words.
fn is_head_over_limit(error: &hyper::Error) -> bool {
    error.is_parse() && error.to_string() == "message head is too large"
}

/// The failure of a body.
pub(super) fn of_body(server: &str, error: hyper::Error) -> TransportError {
    TransportError::new(classify(server, &error)).with_source(error)
}

/// The failure of a TLS handshake.
pub(super) fn of_handshake(address: &str, error: io::Error) -> TransportError {
    let address = address.to_owned();
    let kind = match find_tls_error(&error) {
        Some(tls) => TransportErrorKind::Tls {
            failure: tls_failure(tls),
            address,
        },
        // Closed or reset by the server: as with a refused connection, a reason that may pass.
        None => TransportErrorKind::Connect { address },
    };
    TransportError::new(kind).with_source(error)
}

fn classify(address: &str, error: &(dyn Error + 'static)) -> TransportErrorKind {
    if let Some(tls) = find_tls_error(error) {
        return TransportErrorKind::Tls {
            address: address.to_owned(),
            failure: tls_failure(tls),
        };
    }
    for cause in causes(error) {
        if let Some(http) = cause.downcast_ref::<hyper::Error>() {
            if http.is_incomplete_message() || http.is_closed() || http.is_canceled() {
                return TransportErrorKind::ClosedEarly;
            }
            if http.is_parse() {
                return TransportErrorKind::InvalidResponse {
                    reason: "it is not HTTP".to_owned(),
                };
            }
        } else if let Some(system) = cause.downcast_ref::<io::Error>() {
            match system.kind() {
                io::ErrorKind::UnexpectedEof
                | io::ErrorKind::ConnectionReset
                | io::ErrorKind::ConnectionAborted
                | io::ErrorKind::BrokenPipe
                | io::ErrorKind::NotConnected
                // The system gave up on a peer that acknowledges nothing any more.
                | io::ErrorKind::TimedOut => return TransportErrorKind::ClosedEarly,
                io::ErrorKind::InvalidData | io::ErrorKind::InvalidInput => {
                    return TransportErrorKind::InvalidResponse {
                        reason: what_is_wrong_with_body(system).to_owned(),
                    };
                }
                _ => {}
            }
        }
    }
    TransportErrorKind::Other {
        reason: format!("the exchange with {address} failed"),
    }
}

/// Why a body cannot be parsed. hyper reports its own limits as text only.
fn what_is_wrong_with_body(error: &io::Error) -> &'static str {
    match &*error.to_string() {
        "chunk trailers count overflow" => {
            "it has more trailers than it may have headers (limit `header_limit`)"
        }
        "chunk trailers bytes over limit" => "it has more than 16 KiB of trailers",
        "chunk extensions over limit" => "its chunks have more than 16 KiB of extensions",
        _ => "its body is not what its headers claim",
    }
}

/// The error of rustls among the causes. `io::Error` holds it without naming it as its source.
fn find_tls_error<'a>(error: &'a (dyn Error + 'static)) -> Option<&'a rustls::Error> {
    causes(error).find_map(|cause| {
        cause.downcast_ref::<rustls::Error>().or_else(|| {
            let held = cause.downcast_ref::<io::Error>()?.get_ref()?;
            held.downcast_ref::<rustls::Error>()
        })
    })
}

fn tls_failure(error: &rustls::Error) -> TlsFailure {
    match error {
        rustls::Error::InvalidCertificate(CertificateError::Other(OtherError(cause))) => {
            if let Some(RejectedCertificate(failure)) = cause.downcast_ref() {
                return failure.clone();
            }
        }
        rustls::Error::InvalidMessage(InvalidMessage::InvalidContentType) => {
            return TlsFailure::NotTls;
        }
        _ => {}
    }
    let reason = match error {
        rustls::Error::AlertReceived(
            AlertDescription::ProtocolVersion | AlertDescription::HandshakeFailure,
        ) => "the server has no TLS version or cipher suite in common with TLS 1.2 and 1.3".into(),
        rustls::Error::AlertReceived(AlertDescription::CertificateRequired) => {
            "the server asks for a client certificate".into()
        }
        other => other.to_string(),
    };
    TlsFailure::Handshake { reason }
}
