//! Calls over the JSON protocol: what is sent, and what is made of the answer.

use std::sync::{Arc, Mutex};

use vmomi_runtime::decode::{DecodeErrorKind, DecodeOptions, JsonTextError};
use vmomi_runtime::transport::http::{HeaderMap, HeaderValue, StatusCode};
use vmomi_runtime::transport::{
    BoxFuture, Request, Response, Transport, TransportError, TransportErrorKind,
};
use vmomi_runtime::{
    Connection, EncodeErrorKind, ErrorKind, FaultDetail, ManagedObjectReference, Protocol,
};

use crate::calls::outcome;
use crate::erased::sample::disk;
use crate::support::*;

/// Answers every request with the same, and keeps what was sent.
#[derive(Debug, Default)]
struct Canned {
    status: u16,
    headers: HeaderMap,
    body: Vec<u8>,
    sent: Mutex<Vec<Request>>,
}

impl Transport for Canned {
    fn send(&self, request: Request) -> BoxFuture<'_, Result<Response, TransportError>> {
        self.sent.lock().expect("no panic").push(request);
        let status = StatusCode::from_u16(self.status).expect("a status");
        let response = Response::complete(status, self.headers.clone(), self.body.clone());
        Box::pin(async { Ok(response) })
    }
}

pub struct Server {
    transport: Arc<Canned>,
    connection: Connection,
}

impl Server {
    pub fn answering<B: AsRef<[u8]> + ?Sized>(status: u16, body: &B) -> Self {
        Self::with_headers(status, &[("content-type", "application/json")], body)
    }

    fn with_headers<B: AsRef<[u8]> + ?Sized>(
        status: u16,
        headers: &[(&'static str, &'static str)],
        body: &B,
    ) -> Self {
        let headers = headers.iter().map(|(name, value)| {
            let name = name.parse().expect("a name");
            (name, HeaderValue::from_static(value))
        });
        let transport = Arc::new(Canned {
            status,
            headers: headers.collect(),
            body: body.as_ref().to_owned(),
            ..Canned::default()
        });
        let connection = Connection::new(transport.clone(), &SERVICE)
            .with_protocol(Protocol::Json)
            .with_version("8.0.1.0")
            .expect("a version");
        Self {
            transport,
            connection,
        }
    }

    pub fn vm(&self) -> VirtualMachine {
        let reference = ManagedObjectReference::new("VirtualMachine", "vm-1");
        reference.typed::<VirtualMachine>().bind(&self.connection)
    }

    fn sent(&self) -> Request {
        let mut sent = self.transport.sent.lock().expect("no panic");
        sent.pop().expect("a request")
    }

    fn body(&self) -> String {
        String::from_utf8(self.sent().body.to_vec()).expect("UTF-8")
    }
}

#[test]
fn a_request_names_the_call_in_its_path_and_holds_what_is_set() {
    let server = Server::answering(204, "");
    outcome(server.vm().log_on("a<b", "p\"q", None)).expect("nothing to return");
    let sent = server.sent();
    assert_eq!(sent.method, "POST");
    assert_eq!(sent.path, "/sdk/vim25/8.0.1.0/VirtualMachine/vm-1/LogOn");
    assert_eq!(sent.headers["content-type"], "application/json");
    assert!(!sent.headers.contains_key("soapaction"));
    assert_eq!(sent.body, r#"{"userName":"a<b","password":"p\"q"}"#);
    assert!(!format!("{sent:?}").contains("p\""));
}

#[test]
fn an_identifier_is_escaped() {
    let server = Server::answering(204, "");
    let odd = ManagedObjectReference::new("Task", "session[5]/x");
    let odd: VirtualMachine = odd.typed().bind(&server.connection);
    outcome(odd.log_on("", "", Some(""))).expect("nothing to return");
    let sent = server.sent();
    assert_eq!(
        sent.path,
        "/sdk/vim25/8.0.1.0/Task/session%5B5%5D%2Fx/LogOn"
    );
    assert_eq!(sent.body, r#"{"userName":"","password":"","locale":""}"#);
}

/// `..` and the like are steps to a server, so that the call would be another one.
#[test]
fn a_step_in_place_of_a_name_is_refused_before_anything_is_sent() {
    let calls = |type_name: &str, value: &str, version: &str| {
        let server = Server::answering(204, "");
        let connection = server.connection.clone().with_version(version);
        let odd = ManagedObjectReference::new(type_name, value);
        let odd: VirtualMachine = odd.typed().bind(&connection.expect("a version"));
        let outcome = outcome(odd.log_on("", "", None));
        let sent = server.transport.sent.lock().expect("no panic").pop();
        (outcome, sent.map(|request| request.path))
    };
    for step in ["", ".", ".."] {
        for (call, part) in [
            (calls(step, "vm-1", "8.0.1.0"), "type of the object"),
            (calls("Task", step, "8.0.1.0"), "identifier of the object"),
            (calls("Task", "vm-1", step), "API version"),
        ] {
            let (outcome, sent) = call;
            assert_eq!(sent, None, "{part} {step:?}");
            let error = outcome.expect_err("it is refused");
            let ErrorKind::Encode(error) = error.kind() else {
                panic!("{error}");
            };
            assert_eq!(error.kind(), &EncodeErrorKind::PathSegment(part));
        }
    }
    for (value, segment) in [("...", "..."), ("%2e%2e", "%252e%252e"), ("../x", "..%2Fx")] {
        let (outcome, sent) = calls("Task", value, "8.0.1.0");
        outcome.expect("nothing to return");
        let path = format!("/sdk/vim25/8.0.1.0/Task/{segment}/LogOn");
        assert_eq!(sent, Some(path));
    }
}

#[test]
fn parameters_of_every_sort_are_sent() {
    let task = r#"{"_typeName":"ManagedObjectReference","type":"Task","value":"task-1"}"#;
    let server = Server::answering(200, task);
    let spec = Everything {
        device: vmomi_runtime::Dyn::new(disk(7)),
        ..Everything::default()
    };
    let hosts = ["h-1", "h-2"].map(|host| ManagedObjectReference::new("HostSystem", host).typed());
    let state = PowerState::Suspended;
    let vm = server.vm();
    let task = outcome(vm.reconfigure_task(&spec, Some(&state), &hosts, -5)).expect("a task");
    assert_eq!(task.task().untyped_reference().value(), "task-1");
    let body = server.body();
    for part in [
        r#"{"spec":{"_typeName":"Everything","flag":false,"#,
        r#""device":{"_typeName":"VirtualDisk","key":7,"#,
        r#","state":"suspended","host":[{"_typeName":"ManagedObjectReference","type":"HostSystem","value":"h-1"},"#,
        r#"],"limit":-5}"#,
    ] {
        assert!(body.contains(part), "{part} in {body}");
    }
    outcome(vm.reconfigure_task(&spec, None, &[], 0)).expect("a task");
    assert!(server.body().ends_with(r#"},"limit":0}"#));
}

#[test]
fn the_result_is_of_the_declared_type() {
    let list = r#"[{"shares":1,"_typeName":"SharesInfo"},{"shares":2}]"#;
    let boxed = format!(r#"{{"_typeName":"ArrayOfSharesInfo","_value":{list}}}"#);
    for list in [list, &boxed] {
        let shares = outcome(Server::answering(200, list).vm().shares()).expect("a list");
        assert_eq!(shares.len(), 2);
    }
    for (status, nothing) in [(204, ""), (200, ""), (200, " \n"), (200, "null")] {
        let server = Server::answering(status, nothing);
        assert_eq!(outcome(server.vm().retrieve()).expect("optional"), None);
        assert_eq!(outcome(server.vm().shares()).expect("a list"), []);
    }
    // What is not asked for is not looked at.
    let server = Server::answering(200, r#"{"whatever":1}"#);
    outcome(server.vm().log_on("u", "p", None)).expect("nothing to return");
}

#[test]
fn a_fault_is_an_error_that_tells_it() {
    let body = r#"{"faultstring":"It <failed>.","_typeName":"InvalidLogin"}"#;
    for status in [500, 400, 401, 403] {
        let server = Server::answering(status, body);
        let error = outcome(server.vm().log_on("u", "hunter2", None)).expect_err("a fault");
        assert!(error.fault_is::<InvalidLogin>() && error.fault_is::<VimFault>());
        assert!(!error.fault_is::<NotAuthenticated>() && !error.is_retryable());
        assert_eq!(error.to_string(), "LogOn: InvalidLogin: It <failed>.");
        assert!(!format!("{error:?}").contains("hunter2"));
    }
}

#[test]
fn a_fault_may_carry_its_message_within() {
    let body = r#"{"_typeName":"InvalidLogin","faultMessage":[
        {"_typeName":"LocalizableMessage","key":"k","message":"no"},
        {"_typeName":"LocalizableMessage","key":"l","message":"never"}]}"#;
    let error = outcome(Server::answering(500, body).vm().shares()).expect_err("a fault");
    assert_eq!(error.to_string(), "Shares: InvalidLogin: no");
}

#[test]
fn a_fault_that_cannot_be_read_is_kept() {
    for (body, name) in [
        (
            r#"{"_typeName":"FutureFault","faultstring":"m","faultMessage":7}"#,
            "FutureFault",
        ),
        (
            r#"{"_typeName":"InvalidLogin","faultstring":"m","faultMessage":7}"#,
            "InvalidLogin",
        ),
    ] {
        let error = outcome(Server::answering(500, body).vm().shares()).expect_err("a fault");
        let fault = error.fault().expect("a fault");
        assert_eq!((fault.type_name(), &*fault.message), (Some(name), "m"));
        let FaultDetail::Unknown(kept) = &fault.detail else {
            panic!("{fault:?}");
        };
        assert_eq!(kept.elements().count(), 1, "{kept:?}");
        let why = fault.detail_error.as_deref().expect("why");
        assert_eq!(why.path(), "faultMessage");
    }
}

#[test]
fn an_error_of_a_type_that_no_fault_has_is_kept() {
    for type_name in [
        "string",
        "ArrayOfInt",
        "PowerState",
        "ManagedObjectReference",
    ] {
        let body = format!(r#"{{"_typeName":"{type_name}","faultstring":"m","_value":"x"}}"#);
        let error = outcome(Server::answering(500, &body).vm().shares()).expect_err("a fault");
        let fault = error.fault().expect("a fault");
        assert!(matches!(fault.detail, FaultDetail::Unknown(_)), "{fault:?}");
        assert_eq!((&*fault.message, &fault.detail_error), ("m", &None));
        assert!(!error.fault_is::<MethodFault>(), "{fault:?}");
    }
}

/// As with SOAP: what all faults have can be read, and the rest is kept.
#[test]
fn a_fault_of_a_newer_server_is_one_of_those_known() {
    let body = r#"{"limit":3,"faultCause":{"_typeName":"LocalizedMethodFault","fault":
        {"_typeName":"InvalidLogin"}},"faultstring":"m","_typeName":"FutureFault"}"#;
    let error = outcome(Server::answering(500, body).vm().shares()).expect_err("a fault");
    assert!(error.fault_is::<MethodFault>() && error.fault_is::<InvalidLogin>());
    assert!(!error.fault_is::<NotAuthenticated>());
    let fault = error.fault().expect("a fault");
    assert_eq!(fault.type_name(), Some("FutureFault"));
    assert_eq!((&*fault.message, &fault.detail_error), ("m", &None));
    let FaultDetail::Typed(object) = &fault.detail else {
        panic!("{fault:?}");
    };
    let kept: Vec<_> = object.as_object().extra().elements().iter().collect();
    assert_eq!(kept.len(), 1);
    assert_eq!((&*kept[0].name.local, &*kept[0].text()), ("limit", "3"));
}

#[test]
fn an_answer_of_another_sort_is_told() {
    for (status, content_type, body) in [
        (200, "text/html", "<html>Welcome</html>"),
        (502, "text/html", "<html>Bad Gateway</html>"),
        (500, "text/xml", "<soapenv:Envelope/>"),
        (
            404,
            "application/json",
            r#"{"error_type":"NOT_FOUND","messages":[]}"#,
        ),
        (503, "application/json", ""),
        (500, "application/json", "not JSON"),
        (500, "application/json", r#"[{"_typeName":"InvalidLogin"}]"#),
    ] {
        let server = Server::with_headers(status, &[("content-type", content_type)], body);
        let error = outcome(server.vm().shares()).expect_err(body);
        let ErrorKind::NotVsphere { status: told, .. } = error.kind() else {
            panic!("{error}");
        };
        assert_eq!(*told, status);
        assert!(
            error.to_string().contains("in place of a JSON document"),
            "{error}"
        );
        assert_eq!(error.is_retryable(), matches!(status, 502 | 503), "{error}");
    }
}

#[test]
fn an_answer_that_cannot_be_read_is_told_with_its_place() {
    let body = "[{\"shares\":1},\n{\"level\":\"low\",\"shares\":\"hunter2\"}]";
    let error = outcome(Server::answering(200, body).vm().shares()).expect_err("no number");
    let ErrorKind::Decode(cause) = error.kind() else {
        panic!("{error}");
    };
    assert_eq!(cause.path(), "Shares[1]/shares");
    assert_eq!(
        (cause.expected(), cause.found()),
        (Some("xsd:int"), Some("another text"))
    );
    assert!((40..60).contains(&cause.offset()), "{error}");
    assert!(!format!("{error} {error:?}").contains("hunter2"), "{error}");
    let error = outcome(Server::answering(200, "[{").vm().shares()).expect_err("it ends early");
    assert!(error.to_string().contains("EOF"), "{error}");
}

/// Of an answer and of a fault, as with SOAP.
#[test]
fn broken_text_costs_neither_the_answer_nor_the_fault() {
    let body =
        b"\xEF\xBB\xBF[{\"_typeName\":\"SharesInfo\",\"shares\":1,\"level\":\"\\ud83d\xFF\x07\"}]";
    let shares = outcome(Server::answering(200, body).vm().shares()).expect("it is mended");
    let level = SharesLevel::Unknown("\u{FFFD}\u{FFFD}\u{FFFD}".into());
    assert_eq!(shares[0].level, level);

    let server = Server::answering(200, body);
    let mut options = DecodeOptions::default();
    options.strict = true;
    let connection = server.connection.clone().with_decode_options(options);
    let vm = ManagedObjectReference::new("VirtualMachine", "vm-1").typed::<VirtualMachine>();
    let error = outcome(vm.bind(&connection).shares()).expect_err("not strictly right");
    let ErrorKind::Decode(cause) = error.kind() else {
        panic!("{error}");
    };
    assert_eq!(
        cause.kind(),
        &DecodeErrorKind::JsonText(JsonTextError::ByteOrderMark)
    );

    let body =
        b"\xEF\xBB\xBF{\"_typeName\":\"InvalidLogin\",\"faultstring\":\"no\x00\xC0\\uDE00\"}";
    let error = outcome(Server::answering(500, body).vm().shares()).expect_err("a fault");
    assert!(error.fault_is::<InvalidLogin>());
    assert_eq!(
        error.to_string(),
        "Shares: InvalidLogin: no\u{FFFD}\u{FFFD}\u{FFFD}"
    );
}

#[test]
fn a_body_over_the_limit_is_not_read() {
    let server = Server::answering(200, &format!("[{}]", " ".repeat(2000)));
    let mut options = DecodeOptions::default();
    options.limits.json_bytes = 1000;
    let connection = server.connection.clone().with_decode_options(options);
    let vm = ManagedObjectReference::new("VirtualMachine", "vm-1").typed::<VirtualMachine>();
    let error = outcome(vm.bind(&connection).shares()).expect_err("it is too long");
    let ErrorKind::Transport(cause) = error.kind() else {
        panic!("{error}");
    };
    assert_eq!(
        cause.kind(),
        &TransportErrorKind::BodyOverLimit { limit: 1000 }
    );
}

#[test]
fn what_is_too_deep_is_told_before_anything_is_sent() {
    let mut chain = Tree::default();
    for _ in 0..200 {
        chain = Tree {
            content: Some(vmomi_runtime::Dyn::new(chain)),
            ..Tree::default()
        };
    }
    let spec = Everything {
        any: vmomi_runtime::Any::Object(vmomi_runtime::AnyObject::new(chain)),
        ..Everything::default()
    };
    let server = Server::answering(204, "");
    let error = outcome(server.vm().reconfigure_task(&spec, None, &[], 0)).expect_err("too deep");
    let ErrorKind::Encode(cause) = error.kind() else {
        panic!("{error}");
    };
    assert_eq!(cause.kind(), &EncodeErrorKind::TooDeep);
    assert!(server.transport.sent.lock().expect("no panic").is_empty());
}

#[test]
fn the_session_goes_with_every_call_until_it_is_forgotten() {
    const HEADER: &str = "vmware-api-session-id";
    let headers = [("content-type", "application/json"), (HEADER, "hunter2")];
    let server = Server::with_headers(200, &headers, "[]");
    outcome(server.vm().shares()).expect("a list");
    assert!(!server.sent().headers.contains_key(HEADER));
    // Also with what was made of the connection before.
    outcome(server.vm().shares()).expect("a list");
    let sent = server.sent();
    assert_eq!(sent.headers[HEADER], "hunter2");
    let shown = format!("{sent:?} {:?}", sent.headers[HEADER]);
    assert!(!shown.contains("hunter2"), "{shown}");
    server.connection.forget_session();
    outcome(server.vm().shares()).expect("a list");
    assert!(!server.sent().headers.contains_key(HEADER));
}

#[test]
fn an_error_starts_no_session() {
    const HEADER: &str = "vmware-api-session-id";
    let headers = [("content-type", "application/json"), (HEADER, "hunter2")];
    let body = r#"{"_typeName":"InvalidLogin"}"#;
    let server = Server::with_headers(500, &headers, body);
    for _ in 0..2 {
        outcome(server.vm().shares()).expect_err("a fault");
        assert!(!server.sent().headers.contains_key(HEADER));
    }
}

#[test]
fn a_body_is_kept_on_request() {
    for (status, body) in [
        (200, r#"[{"shares":"hunter2"}]"#),
        (200, "hunter2"),
        (500, r#"{"_typeName":"InvalidLogin","faultstring":"no"}"#),
        (404, r#"{"error_type":"hunter2"}"#),
    ] {
        let server = Server::answering(status, body);
        let connection = server.connection.clone().keeping_bodies(1 << 20);
        let vm = ManagedObjectReference::new("VirtualMachine", "vm-1").typed::<VirtualMachine>();
        let error = outcome(vm.bind(&connection).shares()).expect_err(body);
        let kept = error.raw_body().expect("it is kept");
        assert_eq!(kept.as_bytes(), body.as_bytes());
        assert!(
            !format!("{error} {error:?}").contains("hunter2"),
            "{error:?}"
        );
        let error = outcome(server.vm().shares()).expect_err(body);
        assert!(error.raw_body().is_none());
    }
}
