//! What is said of answers that are not of the protocol, or of the protocol with an odd status.

use std::pin::pin;
use std::sync::Arc;
use std::task::{Context, Poll, Waker};
use std::time::Duration;

use vmomi_runtime::transport::http::{HeaderMap, HeaderName, HeaderValue, StatusCode};
use vmomi_runtime::transport::{
    BoxFuture, Request, Response, RetryAfter, Transport, TransportError,
};
use vmomi_runtime::{Connection, Error, ErrorKind, ManagedObjectReference};

use crate::documents::{fault, response};
use crate::support::*;

/// Answers every request with the same.
#[derive(Debug)]
pub struct Canned {
    status: u16,
    headers: HeaderMap,
    body: Vec<u8>,
}

impl Canned {
    pub fn new(status: u16, headers: &[(&str, &str)], body: impl Into<Vec<u8>>) -> Self {
        let headers = headers.iter().map(|(name, value)| {
            let name: HeaderName = name.parse().expect("a name");
            (name, HeaderValue::from_str(value).expect("a value"))
        });
        Self {
            status,
            headers: headers.collect(),
            body: body.into(),
        }
    }

    /// The error of a call that is answered so.
    pub fn error(self) -> Error {
        let connection = Connection::new(Arc::new(self), &SERVICE);
        error_of(&connection)
    }

    #[cfg(feature = "json")]
    fn error_in_json(self) -> Error {
        let connection = Connection::new(Arc::new(self), &SERVICE);
        error_of(&connection.with_protocol(vmomi_runtime::Protocol::Json))
    }
}

/// The outcome of a future that waits for nothing but its turn.
fn outcome<F: IntoFuture>(future: F) -> F::Output {
    let mut future = pin!(future.into_future());
    let mut context = Context::from_waker(Waker::noop());
    loop {
        if let Poll::Ready(outcome) = future.as_mut().poll(&mut context) {
            return outcome;
        }
    }
}

fn error_of(connection: &Connection) -> Error {
    let vm = ManagedObjectReference::new("VirtualMachine", "vm-1").typed::<VirtualMachine>();
    outcome(vm.bind(connection).shares()).expect_err("no list")
}

impl Transport for Canned {
    fn send(&self, _: Request) -> BoxFuture<'_, Result<Response, TransportError>> {
        let status = StatusCode::from_u16(self.status).expect("a status");
        let response = Response::complete(status, self.headers.clone(), self.body.clone());
        Box::pin(async { Ok(response) })
    }
}

const PAGE: &str = "<!DOCTYPE html>\n<html><head><title>Sign in</title><meta charset=utf-8></head>\
    <body>hunter2<br></body></html>";

const PLAIN: &str = "503 Service Unavailable (Failed to connect to endpoint: hunter2)";

/// Status, content type, `Retry-After`, body, message.
type Row<'a> = (u16, &'a str, &'a str, &'a str, &'a str);

const ADDRESS: &str = "; is this the address of a vSphere API endpoint?";

#[test]
fn what_came_in_place_of_an_envelope_is_told_by_its_status() {
    let rows: &[Row<'_>] = &[
        (
            200,
            "text/html",
            "",
            PAGE,
            "HTTP 200 with an HTML page in place of a SOAP envelope{page}{address}",
        ),
        (
            200,
            "",
            "",
            PAGE,
            "HTTP 200 with an HTML page in place of a SOAP envelope{page}{address}",
        ),
        (
            200,
            "text/xml",
            "",
            "",
            "HTTP 200 with an empty body in place of a SOAP envelope{address}",
        ),
        (
            200,
            "",
            "",
            " \r\n",
            "HTTP 200 with an empty body in place of a SOAP envelope{address}",
        ),
        (
            200,
            "text/plain; charset=utf-8",
            "",
            "hunter2",
            "HTTP 200 with text/plain in place of a SOAP envelope{address}",
        ),
        (
            200,
            "",
            "",
            "{\"a\": \"hunter2\"}",
            "HTTP 200 with no content type in place of a SOAP envelope{address}",
        ),
        (
            200,
            "text/xml",
            "",
            "<definitions a='hunter2'/>",
            "HTTP 200 with text/xml in place of a SOAP envelope (it begins <definitions/>){address}",
        ),
        (
            204,
            "",
            "",
            "",
            "HTTP 204 with an empty body in place of a SOAP envelope{address}",
        ),
        (
            302,
            "text/html",
            "",
            PAGE,
            "the server redirects elsewhere, which is not followed: HTTP 302 with an HTML page in place of a SOAP envelope{page}",
        ),
        (
            400,
            "text/html",
            "",
            PAGE,
            "the server refuses the request: HTTP 400 with an HTML page in place of a SOAP envelope{page}",
        ),
        (
            401,
            "text/html",
            "",
            PAGE,
            "access is refused before the call reaches the vSphere API: HTTP 401 with an HTML page in place of a SOAP envelope{page}",
        ),
        (
            403,
            "",
            "",
            "",
            "access is refused before the call reaches the vSphere API: HTTP 403 with an empty body in place of a SOAP envelope",
        ),
        (
            404,
            "text/html",
            "",
            PAGE,
            "HTTP 404 with an HTML page in place of a SOAP envelope{page}{address}",
        ),
        (
            404,
            "application/json",
            "",
            "{\"session\": \"hunter2\"}",
            "HTTP 404 with application/json in place of a SOAP envelope{address}",
        ),
        (
            405,
            "",
            "",
            "no",
            "HTTP 405 with no content type in place of a SOAP envelope{address}",
        ),
        (
            407,
            "",
            "",
            "",
            "a proxy asks for credentials: HTTP 407 with an empty body in place of a SOAP envelope",
        ),
        (
            408,
            "",
            "",
            "",
            "the server gave up waiting for the request: HTTP 408 with an empty body in place of a SOAP envelope",
        ),
        (
            410,
            "",
            "",
            "",
            "HTTP 410 with an empty body in place of a SOAP envelope{address}",
        ),
        (
            413,
            "",
            "",
            "",
            "the request is larger than the server allows: HTTP 413 with an empty body in place of a SOAP envelope",
        ),
        (
            429,
            "text/plain",
            "7",
            "slow down",
            "the server accepts no more requests for now: HTTP 429 with text/plain in place of a SOAP envelope; retry after 7 s",
        ),
        (
            500,
            "text/plain",
            "",
            "hunter2",
            "the server failed: HTTP 500 with text/plain in place of a SOAP envelope",
        ),
        (
            502,
            "text/html",
            "",
            "<html><head><TITLE>502\n</TITLE>",
            "the service is unavailable: HTTP 502 with an HTML page in place of a SOAP envelope (it begins <html><head><TITLE>502\\n</TITLE>)",
        ),
        (
            503,
            "text/plain",
            "30",
            PLAIN,
            "the service is unavailable: HTTP 503 with text/plain in place of a SOAP envelope; retry after 30 s",
        ),
        (
            503,
            "text/plain",
            "Sun, 06 Nov 1994 08:49:37 GMT",
            PLAIN,
            "the service is unavailable: HTTP 503 with text/plain in place of a SOAP envelope; retry after 1994-11-06 08:49:37 UTC",
        ),
        (
            503,
            "text/plain",
            "soon",
            PLAIN,
            "the service is unavailable: HTTP 503 with text/plain in place of a SOAP envelope",
        ),
        (
            503,
            "",
            "",
            "",
            "the service is unavailable: HTTP 503 with an empty body in place of a SOAP envelope",
        ),
        (
            504,
            "",
            "",
            "",
            "the service did not answer its gateway in time: HTTP 504 with an empty body in place of a SOAP envelope",
        ),
        (
            599,
            "",
            "",
            "",
            "the server failed: HTTP 599 with an empty body in place of a SOAP envelope",
        ),
    ];
    for (status, content_type, retry_after, body, message) in rows {
        let error = answered(*status, content_type, retry_after, body).error();
        let page = " (it begins <html><head><title>Sign in</title><meta></head><body>…)";
        let message = message
            .replace("{address}", ADDRESS)
            .replace("{page}", page);
        assert_eq!(error.to_string(), format!("Shares: {message}"));
        assert!(matches!(error.kind(), ErrorKind::NotVsphere { .. }));
        check(&error, *status);
    }
}

fn answered(status: u16, content_type: &str, retry_after: &str, body: &str) -> Canned {
    let headers = [("content-type", content_type), ("retry-after", retry_after)];
    let headers = headers
        .iter()
        .copied()
        .filter(|(_, value)| !value.is_empty());
    Canned::new(status, &headers.collect::<Vec<_>>(), body)
}

/// What holds of every error.
fn check(error: &Error, status: u16) {
    let shown = format!("{error} {error:?}");
    assert!(!shown.contains("hunter2"), "{shown}");
    let message = error.to_string();
    assert!(!message.contains(char::is_control), "{message:?}");
    assert_eq!(error.status(), Some(status));
    let passes = matches!(status, 408 | 429 | 502..=504);
    assert_eq!(error.is_retryable(), passes, "{message}");
}

/// What begins as XML does but cannot be decoded is told by what is wrong with it.
#[test]
fn what_is_wrong_before_the_envelope_is_told() {
    let declared = |name: &str| {
        let text = response("").replacen("UTF-8", name, 1);
        text.into_bytes()
    };
    let many = format!("<Envelope {}>", "a='hunter2' ".repeat(65));
    let long = format!("<Envelope a='{}'>", "x".repeat(70 << 10));
    let rows: [(u16, &str, Vec<u8>, &str); 12] = [
        (
            200,
            "text/xml",
            declared("Shift_JIS"),
            "the encoding Shift_JIS is not decoded; {decoded} (byte 0)",
        ),
        (
            503,
            "text/xml",
            declared("Shift_JIS"),
            "the encoding Shift_JIS is not decoded; {decoded} (byte 0); the status is 503",
        ),
        (
            200,
            "text/xml; charset=\"KOI8-R\"",
            declared("UTF-8"),
            "the encoding KOI8-R is not decoded; {decoded} (byte 0)",
        ),
        (
            200,
            "text/xml",
            b"\x4C\x6F\xA7\x94\x93".to_vec(),
            "the encoding EBCDIC is not decoded; {decoded} (byte 0)",
        ),
        (
            500,
            "text/xml",
            b"<!DOCTYPE a [<!ENTITY b 'hunter2'>]><a/>".to_vec(),
            "a document type declaration, which is refused for safety (byte 0, near <…>",
        ),
        (
            200,
            "text/xml",
            many.into_bytes(),
            "an element has too many attributes (limit `attributes`) (byte 0, near <Envelope>)",
        ),
        (
            200,
            "text/xml",
            long.into_bytes(),
            "a tag is too long (limit `tag_bytes`) (byte 0, near <Envelope>)",
        ),
        (
            200,
            "text/xml",
            b"<Envelope a=hunter2>".to_vec(),
            "an attribute without a quoted value (byte 0, near <Envelope>)",
        ),
        (
            200,
            "text/xml",
            b"<?xml version='1.0'?><!-- -->".to_vec(),
            "the document ends before its root element does (byte 29)",
        ),
        (
            404,
            "text/xml",
            b"<?xml version='1.0'?>".to_vec(),
            "the document ends before its root element does (byte 21); the status is 404",
        ),
        (
            200,
            "",
            b"<1/>".to_vec(),
            "a tag or attribute without a proper name (byte 0, near <…/>)",
        ),
        (
            429,
            "text/xml",
            response("<returnval><shares>x").into_bytes(),
            "at RetrieveResponse",
        ),
    ];
    for (status, content_type, body, message) in rows {
        let headers = [("content-type", content_type)];
        let error = Canned::new(
            status,
            &headers[usize::from(content_type.is_empty())..],
            body,
        );
        let error = error.error();
        let decoded = if cfg!(feature = "encodings") {
            "UTF-8, UTF-16, US-ASCII, ISO-8859-1 and windows-1252 are"
        } else {
            "without the feature `encodings` only UTF-8 is"
        };
        let expected = format!("Shares: {}", message.replace("{decoded}", decoded));
        assert!(error.to_string().starts_with(&expected), "{error}");
        assert!(matches!(error.kind(), ErrorKind::Decode(_)), "{error}");
        check(&error, status);
    }
}

/// HTML is told as such, whatever it would be an error of as XML, and however it is written.
#[test]
fn a_page_is_told_as_a_page() {
    let utf_16 = |text: &str| -> Vec<u8> {
        let mut bytes = vec![0xFF, 0xFE];
        bytes.extend(text.encode_utf16().flat_map(u16::to_le_bytes));
        bytes
    };
    for (content_type, body) in [
        (
            "text/html",
            b"<meta charset=utf-8><title>x</title>".to_vec(),
        ),
        ("text/html; charset=Shift_JIS", PAGE.into()),
        ("text/html", b"<!-- hunter2 --><!DOCTYPE x>".to_vec()),
        ("text/xml", b"<!doctype HTML><html>".to_vec()),
        (
            "text/xml",
            b"\xEF\xBB\xBF\n<HTML><body>&nbsp;hunter2".to_vec(),
        ),
        ("application/xhtml+xml", b"<!DOCTYPE html>".to_vec()),
        ("text/xml", utf_16("<!DOCTYPE html><html><body>hunter2")),
    ] {
        let error = Canned::new(200, &[("content-type", content_type)], body).error();
        assert!(
            matches!(error.kind(), ErrorKind::NotVsphere { .. }),
            "{error}"
        );
        assert!(
            error.to_string().contains("in place of a SOAP envelope"),
            "{error}"
        );
        check(&error, 200);
    }
}

#[test]
fn a_fault_comes_with_any_status() {
    let detail = "<detail><x xmlns='urn:vim25' xsi:type='InvalidLogin'/></detail>";
    for status in [200, 202, 400, 401, 403, 404, 429, 500, 502, 503] {
        let canned = answered(status, "text/xml", "", &fault(detail));
        let error = canned.error();
        assert!(error.fault_is::<InvalidLogin>(), "{error}");
        assert_eq!(error.to_string(), "Shares: InvalidLogin: It <failed>.");
        check(&error, status);
    }
    let waiting = answered(503, "", "2", &fault(detail)).error();
    let after = RetryAfter::Delay(Duration::from_secs(2));
    assert_eq!(waiting.retry_after(), Some(after));
}

/// The status of what is decoded does not matter either.
#[test]
fn a_value_comes_with_any_status() {
    for status in [200, 203, 500] {
        let body = response("<returnval><shares>1</shares></returnval>");
        let connection = Connection::new(Arc::new(Canned::new(status, &[], body)), &SERVICE);
        let vm = ManagedObjectReference::new("VirtualMachine", "vm-1").typed::<VirtualMachine>();
        let shares = outcome(vm.bind(&connection).shares()).expect("a list");
        assert_eq!(shares.len(), 1);
    }
}

#[test]
fn a_fault_that_breaks_off_is_told_with_its_message() {
    let whole =
        fault("<detail><x xmlns='urn:vim25' xsi:type='InvalidLogin'><y>hunter2</y></x></detail>");
    let cut = whole.split("</y>").next().expect("a part");
    let error = answered(500, "text/xml", "", cut).error();
    assert!(error.fault_is::<InvalidLogin>(), "{error}");
    assert!(
        error.to_string().starts_with(
            "Shares: InvalidLogin: It <failed>. (its detail cannot be decoded: at Fault/detail: \
             the document ends before its root element does (byte "
        ),
        "{error}"
    );
    check(&error, 500);
}

#[cfg(feature = "encodings")]
#[test]
fn the_charset_of_an_answer_is_that_of_its_content_type() {
    for (content_type, message) in [
        ("text/xml", "\u{FFFD}"),
        ("text/xml;charset=ISO-8859-1", "ü"),
        ("text/xml; boundary=x; CharSet = \"windows-1252\"", "ü"),
        ("text/xml; charset=''", "\u{FFFD}"),
    ] {
        let body = fault("").replace("It &lt;failed&gt;.", "@").into_bytes();
        let body = body
            .iter()
            .map(|byte| if *byte == b'@' { 0xFC } else { *byte });
        let body: Vec<u8> = body.collect();
        let error = Canned::new(500, &[("content-type", content_type)], body).error();
        let fault = error.fault().expect("a fault");
        assert_eq!(fault.message, message, "{content_type}");
    }
}

/// A body that goes on for ever is given up as soon as it shows that it is no envelope.
#[test]
fn no_more_is_awaited_than_tells_what_it_is() {
    let long = "no envelope ".repeat(1 << 20);
    let connection = Connection::new(Arc::new(Canned::new(200, &[], long)), &SERVICE);
    let error = error_of(&connection.keeping_bodies(10));
    let kept = error.raw_body().expect("kept");
    assert!(kept.is_cut() && kept.as_bytes().len() < 1000);
}

#[cfg(feature = "json")]
#[test]
fn what_came_in_place_of_a_json_document_is_told_by_its_status() {
    let soap = fault("<detail/>");
    let rows: &[Row<'_>] = &[
        (
            200,
            "text/html",
            "",
            PAGE,
            "HTTP 200 with an HTML page in place of a JSON document{page}{address}",
        ),
        (
            200,
            "application/json",
            "",
            PAGE,
            "HTTP 200 with an HTML page in place of a JSON document{page}{address}",
        ),
        (
            500,
            "text/xml",
            "",
            &soap,
            "the server failed: HTTP 500 with a SOAP envelope in place of a JSON document (it begins <soapenv:Envelope><soapenv:Header><operationID>…",
        ),
        (
            404,
            "application/json",
            "",
            "{\"error_type\":\"NOT_FOUND\"}",
            "HTTP 404 with application/json in place of a JSON document{address}",
        ),
        (
            401,
            "application/json",
            "",
            "{\"error_type\":\"UNAUTHENTICATED\"}",
            "access is refused before the call reaches the vSphere API: HTTP 401 with application/json in place of a JSON document",
        ),
        (
            503,
            "text/plain",
            "30",
            PLAIN,
            "the service is unavailable: HTTP 503 with text/plain in place of a JSON document; retry after 30 s",
        ),
        (
            503,
            "",
            "",
            "",
            "the service is unavailable: HTTP 503 with an empty body in place of a JSON document",
        ),
    ];
    for (status, content_type, retry_after, body, message) in rows {
        let error = answered(*status, content_type, retry_after, body).error_in_json();
        let page = " (it begins <html><head><title>Sign in</title><meta></head><body>…)";
        let message = message
            .replace("{address}", ADDRESS)
            .replace("{page}", page);
        assert!(
            error.to_string().starts_with(&format!("Shares: {message}")),
            "{error}"
        );
        assert!(matches!(error.kind(), ErrorKind::NotVsphere { .. }));
        check(&error, *status);
    }
}

#[cfg(feature = "json")]
#[test]
fn a_fault_in_json_comes_with_any_status_and_content_type() {
    let body = r#"{"_typeName":"InvalidLogin","faultstring":"no"}"#;
    for status in [200, 202, 400, 401, 403, 404, 500, 503] {
        for content_type in ["application/json", "text/plain", "text/html", ""] {
            let error = answered(status, content_type, "", body).error_in_json();
            assert!(error.fault_is::<InvalidLogin>(), "{error}");
            assert_eq!(error.to_string(), "Shares: InvalidLogin: no");
            check(&error, status);
        }
    }
    // Broken off, it is no answer; what is wrong with it is told.
    let error = answered(500, "application/json", "", &body[..30]).error_in_json();
    assert!(matches!(error.kind(), ErrorKind::Decode(_)), "{error}");
    check(&error, 500);
    // A detail that cannot be read into its type.
    let body = r#"{"_typeName":"InvalidLogin","faultstring":"no","faultMessage":7}"#;
    let error = answered(500, "application/json", "", body).error_in_json();
    let fault = error.fault().expect("a fault");
    let why = fault.detail_error.as_deref().expect("why");
    assert_eq!((why.path(), &*fault.message), ("faultMessage", "no"));
}

#[cfg(feature = "json")]
#[test]
fn json_in_other_encodings_is_refused_by_name() {
    let utf_16: Vec<u8> = "[]".encode_utf16().flat_map(u16::to_le_bytes).collect();
    for (content_type, body, name) in [
        ("application/json", utf_16, "UTF-16LE"),
        (
            "application/json; charset=ISO-8859-1",
            b"[\"\xFC\"]".to_vec(),
            "ISO-8859-1",
        ),
    ] {
        let error = Canned::new(200, &[("content-type", content_type)], body).error_in_json();
        let expected =
            format!("Shares: the encoding {name} is not decoded; JSON is in UTF-8 (byte 0)");
        assert_eq!(error.to_string(), expected);
    }
    // What is ASCII is the same in all of them.
    let error = answered(503, "application/json; charset=ISO-8859-1", "", "{}").error_in_json();
    assert!(
        matches!(error.kind(), ErrorKind::NotVsphere { .. }),
        "{error}"
    );
}
