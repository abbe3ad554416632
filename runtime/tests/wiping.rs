//! No password stays behind in memory that was given back: not of a URL, and not of requests,
//! however large they grow, and also where they cannot be written.
//!
//! The allocator of this program looks for the password in every block that is freed.

mod freed;
#[path = "support/mod.rs"]
mod support;

use std::pin::pin;
use std::sync::Arc;
use std::task::{Context, Poll, Waker};

use freed::{PASSWORD, left_behind};
use support::{SERVICE, VirtualMachine};
use vmomi_runtime::transport::http::{HeaderMap, StatusCode};
use vmomi_runtime::transport::{
    BoxFuture, Request, Response, ServerUrl, Transport, TransportError,
};
use vmomi_runtime::{Connection, ManagedObjectReference, Protocol};

#[test]
fn what_is_left_behind_is_found() {
    assert_eq!(left_behind(|| drop(PASSWORD.to_owned())), 1);
    let grown = left_behind(|| {
        let mut text = String::with_capacity(PASSWORD.len());
        text.push_str(PASSWORD);
        text.reserve(1000);
        text.clear();
        text.push_str(&"x".repeat(PASSWORD.len()));
    });
    assert_eq!(grown, 1);
    assert_eq!(left_behind(|| drop("something else".to_owned())), 0);
}

#[test]
fn a_url_leaves_no_password_behind() {
    const URL: &str = "https://user:correct%20horse battery staple@vc.example/sdk";
    let found = left_behind(|| {
        let url: ServerUrl = URL.parse().expect("a URL");
        assert_eq!(url.credentials(), Some(("user", PASSWORD)));
        let copy = url.clone();
        assert_eq!(copy.without_credentials().credentials(), None);
    });
    assert_eq!(found, 0);
}

#[cfg(feature = "https")]
#[test]
fn a_transport_keeps_no_password() {
    use vmomi_runtime::transport::{HttpsTransport, Proxy, Trust};
    let found = left_behind(|| {
        let url: ServerUrl = format!("https://user:{}@vc.example", PASSWORD.replace(' ', "%20"))
            .parse()
            .expect("a URL");
        let builder = HttpsTransport::builder(url).proxy(Proxy::none());
        let transport = builder.trust(Trust::Insecure).build().expect("a transport");
        assert_eq!(transport.server().credentials(), None);
    });
    assert_eq!(found, 0);
}

/// Looks at the request and drops it.
#[derive(Debug)]
struct Sink;

impl Transport for Sink {
    fn send(&self, request: Request) -> BoxFuture<'_, Result<Response, TransportError>> {
        let length = PASSWORD.len();
        let mut parts = request.body.windows(length);
        assert!(parts.any(|part| part == PASSWORD.as_bytes()));
        drop(request);
        let status = StatusCode::INTERNAL_SERVER_ERROR;
        let response = Response::complete(status, HeaderMap::new(), "");
        Box::pin(async { Ok(response) })
    }
}

/// Logs on by a call that does not wait, and fails.
fn log_on(protocol: Protocol, locale: &str) {
    let connection = Connection::new(Arc::new(Sink), &SERVICE).with_protocol(protocol);
    let reference = ManagedObjectReference::new("VirtualMachine", "vm-1");
    let vm = reference.typed::<VirtualMachine>().bind(&connection);
    let mut call = pin!(vm.log_on("user", PASSWORD, Some(locale)).into_future());
    let outcome = call.as_mut().poll(&mut Context::from_waker(Waker::noop()));
    assert!(matches!(outcome, Poll::Ready(Err(_))));
}

fn protocols() -> Vec<Protocol> {
    vec![
        Protocol::Soap,
        #[cfg(feature = "json")]
        Protocol::Json,
    ]
}

#[test]
fn a_request_leaves_no_password_behind_however_large() {
    for protocol in protocols() {
        for length in [1, 1_000, 10_000, 100_000, 1_000_000] {
            let locale = "x".repeat(length);
            assert_eq!(
                left_behind(|| log_on(protocol, &locale)),
                0,
                "{protocol} {length}"
            );
        }
    }
}

#[test]
fn a_request_that_cannot_be_written_leaves_no_password_behind() {
    for length in [1, 10_000] {
        let locale = "x".repeat(length) + "\0";
        assert_eq!(left_behind(|| log_on(Protocol::Soap, &locale)), 0);
    }
}
