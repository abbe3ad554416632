//! Calls: what is sent, and what is made of the answer.

use std::pin::pin;
use std::sync::{Arc, Mutex};
use std::task::{Context, Poll, Waker};

use vmomi_runtime::decode::DecodeErrorKind;
use vmomi_runtime::transport::http::{HeaderMap, StatusCode};
use vmomi_runtime::transport::{BoxFuture, Request, Response, Transport, TransportError};
use vmomi_runtime::{Connection, EncodeErrorKind, ErrorKind, ManagedObjectReference, MoRef};

use crate::documents::{envelope, fault, response};
use crate::support::*;

/// Answers every request with the same, and keeps the last one.
#[derive(Debug)]
struct Canned {
    status: u16,
    body: String,
    sent: Mutex<Option<Request>>,
}

impl Transport for Canned {
    fn send(&self, request: Request) -> BoxFuture<'_, Result<Response, TransportError>> {
        *self.sent.lock().expect("no panic") = Some(request);
        let status = StatusCode::from_u16(self.status).expect("a status");
        let response = Response::complete(status, HeaderMap::new(), self.body.clone());
        Box::pin(async { Ok(response) })
    }
}

struct Server {
    transport: Arc<Canned>,
    vm: VirtualMachine,
}

impl Server {
    fn answering(status: u16, body: String) -> Self {
        let sent = Mutex::default();
        let transport = Arc::new(Canned { status, body, sent });
        let connection = Connection::new(transport.clone(), &SERVICE);
        let reference = ManagedObjectReference::new("VirtualMachine", "vm-1");
        let vm = reference.typed::<VirtualMachine>().bind(&connection);
        Self { transport, vm }
    }

    /// The body that was sent.
    fn sent(&self) -> String {
        let sent = self.transport.sent.lock().expect("no panic").take();
        String::from_utf8(sent.expect("a request").body.to_vec()).expect("UTF-8")
    }
}

/// The outcome of a future that never waits.
pub fn outcome<F: IntoFuture>(future: F) -> F::Output {
    let mut future = pin!(future.into_future());
    match future
        .as_mut()
        .poll(&mut Context::from_waker(Waker::noop()))
    {
        Poll::Ready(outcome) => outcome,
        Poll::Pending => panic!("it waits"),
    }
}

const BEGINNING: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\"?><soapenv:Envelope \
    xmlns:soapenv=\"http://schemas.xmlsoap.org/soap/envelope/\" xmlns:xsd=\"http://www.w3.org/2001/XMLSchema\" \
    xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\"><soapenv:Body>";

#[test]
fn a_request_holds_the_object_and_what_is_set_of_the_parameters() {
    let server = Server::answering(200, response(""));
    outcome(server.vm.log_on("a<b", "p&q", None)).expect("nothing to return");
    assert_eq!(
        server.sent(),
        format!(
            "{BEGINNING}<LogOn xmlns=\"urn:vim25\"><_this type=\"VirtualMachine\">vm-1</_this>\
             <userName>a&lt;b</userName><password>p&amp;q</password></LogOn></soapenv:Body></soapenv:Envelope>"
        )
    );
    outcome(server.vm.log_on("", "", Some(""))).expect("nothing to return");
    let sent = server.sent();
    assert!(
        sent.contains("<userName></userName><password></password><locale></locale>"),
        "{sent}"
    );
}

#[test]
fn parameters_of_every_sort_are_sent() {
    let task = "<returnval type=\"Task\">task-1</returnval>";
    let server = Server::answering(200, response(task));
    let spec = Everything {
        opt_int: Some(0),
        ..Everything::default()
    };
    let hosts = ["h-1", "h-2"].map(|host| ManagedObjectReference::new("HostSystem", host).typed());
    let state = PowerState::Suspended;
    let call = server.vm.reconfigure_task(&spec, Some(&state), &hosts, -5);
    let task = outcome(call).expect("a task");
    assert_eq!(task.task().untyped_reference().value(), "task-1");
    let sent = server.sent();
    for part in [
        "<spec><flag>false</flag>",
        "<optInt>0</optInt>",
        "</spec><state>suspended</state><host type=\"HostSystem\">h-1</host><host type=\"HostSystem\">h-2</host><limit>-5</limit></Reconfigure_Task>",
    ] {
        assert!(sent.contains(part), "{part} in {sent}");
    }
    let none: &[MoRef<ManagedEntity>] = &[];
    outcome(server.vm.reconfigure_task(&spec, None, none, 0)).expect("a task");
    assert!(server.sent().contains("</spec><limit>0</limit>"));
}

#[test]
fn the_result_is_of_the_declared_type() {
    let list = "<returnval><shares>1</shares></returnval><returnval><shares>2</shares></returnval>";
    let shares = outcome(Server::answering(200, response(list)).vm.shares()).expect("a list");
    assert_eq!(shares.len(), 2);
    let none = outcome(Server::answering(200, response("")).vm.retrieve()).expect("optional");
    assert_eq!(none, None);
    let one = response("<returnval><token>t</token></returnval>");
    let one = outcome(Server::answering(200, one).vm.retrieve()).expect("optional");
    assert_eq!(
        one.and_then(|result| result.token.clone()).as_deref(),
        Some("t")
    );
}

#[test]
fn a_fault_is_an_error_that_tells_it() {
    let detail = "<detail><InvalidLoginFault xmlns='urn:vim25' xsi:type='InvalidLogin'/></detail>";
    for status in [500, 200] {
        let server = Server::answering(status, fault(detail));
        let error = outcome(server.vm.log_on("u", "hunter2", None)).expect_err("a fault");
        assert!(error.fault_is::<InvalidLogin>() && error.fault_is::<VimFault>());
        assert!(!error.fault_is::<NotAuthenticated>() && !error.is_retryable());
        assert_eq!(error.to_string(), "LogOn: InvalidLogin: It <failed>.");
        assert!(!format!("{error:?}").contains("hunter2"));
    }
}

#[test]
fn an_answer_that_cannot_be_read_is_an_error_that_says_why() {
    let error = |status, body: &str| {
        outcome(Server::answering(status, body.to_owned()).vm.shares()).expect_err(body)
    };
    let broken = response("<returnval><shares>x</shares></returnval>");
    let broken = error(200, &broken);
    let ErrorKind::Decode(cause) = broken.kind() else {
        panic!("{broken}")
    };
    assert_eq!(cause.path(), "RetrieveResponse/returnval[0]/shares");
    for body in ["<html>Bad Gateway</html>", "Bad Gateway", ""] {
        assert!(matches!(
            error(502, body).kind(),
            ErrorKind::NotVsphere { status: 502, .. }
        ));
        assert!(matches!(
            error(200, body).kind(),
            ErrorKind::NotVsphere { status: 200, .. }
        ));
    }
    let empty = error(200, &envelope(""));
    assert!(
        matches!(empty.kind(), ErrorKind::Decode(error) if error.kind() == &DecodeErrorKind::NoResponse)
    );
    let missing = Server::answering(200, response(""));
    let missing = outcome(
        missing
            .vm
            .reconfigure_task(&Everything::default(), None, &[], 0),
    );
    let missing = missing.expect_err("a task is required");
    assert!(
        matches!(missing.kind(), ErrorKind::UnexpectedResult { .. }),
        "{missing}"
    );
}

/// Of a body that is not what it should be, nothing is shown that might be a secret.
#[test]
fn an_error_tells_where_it_is_and_shows_no_text() {
    let body = response("<returnval><shares>1</shares><level>hunter2</shares></returnval>");
    let error = outcome(Server::answering(200, body).vm.shares()).expect_err("broken");
    assert_eq!(error.path(), Some("RetrieveResponse/returnval[0]/level"));
    assert_eq!(
        (error.expected(), error.found()),
        (Some("level"), Some("shares"))
    );
    assert!(error.offset().is_some_and(|offset| offset > 300));
    assert_eq!(
        error.excerpt(),
        Some("</shares><level>…</shares></returnval>")
    );
    for (status, body, shown) in [
        (
            503,
            "<html><head><title>Service\nUnavailable</title></head><p>hunter2",
            "shares: the service is unavailable: HTTP 503 with an HTML page in place of a SOAP envelope (it begins <html><head><title>Service\\nUnavailable</title></head><p>…)",
        ),
        (
            404,
            "{\"session\": \"hunter2\"}",
            "shares: HTTP 404 with no content type in place of a SOAP envelope; is this the address of a vSphere API endpoint?",
        ),
    ] {
        let error =
            outcome(Server::answering(status, body.to_owned()).vm.shares()).expect_err(body);
        assert_eq!(error.to_string().to_lowercase(), shown.to_lowercase());
        assert_eq!(error.is_retryable(), status == 503);
        assert!(!format!("{error:?}").contains("hunter2"));
    }
}

#[test]
fn a_body_is_kept_on_request_and_never_shown() {
    let good = response("<returnval><shares>1</shares><level>hunter2</level></returnval>");
    let detail = "<detail><x xmlns='urn:vim25' xsi:type='InvalidLogin'>hunter2</x></detail>";
    for (status, body) in [
        (200, good.replace("</level>", "</bevel>")),
        (200, good[..good.len() - 20].to_owned()),
        (200, "<html>hunter2".to_owned()),
        (503, "hunter2".to_owned()),
        (500, fault(detail)),
    ] {
        let server = Server::answering(status, body.clone());
        let call = |bytes| {
            let connection = Connection::new(server.transport.clone(), &SERVICE);
            let connection = connection.keeping_bodies(bytes);
            let vm = ManagedObjectReference::new("VirtualMachine", "vm-1");
            let vm = vm.typed::<VirtualMachine>().bind(&connection);
            outcome(vm.shares()).expect_err(&body)
        };
        assert!(call(0).raw_body().is_none(), "only on request");
        let error = call(1 << 20);
        let kept = error.raw_body().expect("kept");
        assert_eq!(
            (kept.as_bytes(), kept.is_cut()),
            (body.as_bytes(), false),
            "{error}"
        );
        assert!(
            !format!("{error} {error:?} {kept:?}").contains("hunter2"),
            "{error:?}"
        );
        let error = call(5);
        let kept = error.raw_body().expect("kept");
        assert!(body.as_bytes().starts_with(kept.as_bytes()) && kept.as_bytes().len() >= 5);
    }
    let server = Server::answering(200, good);
    assert!(outcome(server.vm.shares()).is_ok());
}

#[test]
fn what_cannot_be_sent_is_told_before_anything_is() {
    let server = Server::answering(200, response(""));
    let spec = Everything {
        texts: vec!["a".into(), "\0".into()],
        ..Everything::default()
    };
    let error =
        outcome(server.vm.reconfigure_task(&spec, None, &[], 0)).expect_err("no such character");
    let ErrorKind::Encode(cause) = error.kind() else {
        panic!("{error}")
    };
    assert_eq!(
        (cause.path(), cause.kind()),
        ("spec/texts[1]", &EncodeErrorKind::Character('\0'))
    );
    assert!(server.transport.sent.lock().expect("no panic").is_none());
}

#[test]
fn debug_of_a_call_shows_no_secret() {
    let server = Server::answering(200, response(""));
    let call = server.vm.log_on("user", "hunter2", None);
    assert_eq!(
        format!("{call:?}"),
        r#"LogOn { _this: VirtualMachine:vm-1, userName: (4 bytes), password: (secret) }"#
    );
}
