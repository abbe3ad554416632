//! Limits of time hold while data flows, and no answer keeps other tasks waiting.

#![cfg(all(feature = "https", feature = "json"))]

mod support;
mod transport_support;

use std::fmt;
use std::fs;
use std::io::Write;
use std::pin::pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::task::{Context, Poll, Waker};
use std::time::{Duration, Instant};

use flate2::Compression;
use flate2::write::GzEncoder;
use support::{SERVICE, TYPES, V1, VirtualMachine};
use tokio::time::timeout;
use transport_support::{Peer, Server};
use vmomi_runtime::generated::*;
use vmomi_runtime::transport::http::{HeaderMap, StatusCode};
use vmomi_runtime::transport::{
    BoxFuture, Bytes, HttpsTransport, Request, Response, TimeoutPhase, Transport, TransportError,
    TransportErrorKind,
};
use vmomi_runtime::{ErrorKind, Protocol};

/// A limit that a test means to reach.
const SOON: Duration = Duration::from_millis(250);

/// For how long no answer may keep other tasks waiting. Without optimisation everything takes some
/// twenty times as long, and so may this.
const MAX_DELAY: Duration = Duration::from_millis(if cfg!(debug_assertions) { 1000 } else { 50 });

const BEFORE: &str = "<e:Envelope xmlns:e='http://schemas.xmlsoap.org/soap/envelope/' \
    xmlns:xsi='http://www.w3.org/2001/XMLSchema-instance'><e:Body><R xmlns='urn:vim25'>";

fn gzip(content: &[u8]) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
    encoder.write_all(content).expect("writing to memory");
    encoder.finish().expect("writing to memory")
}

/// What becomes a beginning and then a gigabyte of the same again and again.
fn bomb(beginning: &str, again: &str) -> Vec<u8> {
    let again = gzip(again.repeat((4 << 20) / again.len()).as_bytes());
    [gzip(beginning.as_bytes()), again.repeat(256)].concat()
}

/// A server that gives every request the same answer.
async fn serve(headers: &'static str, body: Vec<u8>) -> Server {
    let body = Arc::new(body);
    Server::http(move |mut peer| {
        let body = Arc::clone(&body);
        async move {
            while peer.receive().await.is_some() {
                peer.answer("200 OK", headers, &*body).await;
            }
        }
    })
    .await
}

fn machine(transport: impl Transport, protocol: Protocol) -> VirtualMachine {
    let connection = Connection::new(Arc::new(transport), &SERVICE).with_protocol(protocol);
    let reference = ManagedObjectReference::new("VirtualMachine", "vm-1");
    reference.typed::<VirtualMachine>().bind(&connection)
}

fn out_of_time() -> TransportErrorKind {
    TransportErrorKind::Timeout {
        phase: TimeoutPhase::Exchange,
        limit: SOON,
    }
}

/// The time for which this thread has run, as far as the system tells; the time of day elsewhere. What
/// other programs take at the same time is no fault of ours.
fn time_run(start: Instant) -> Duration {
    let statistics = fs::read_to_string("/proc/thread-self/schedstat").unwrap_or_default();
    let nanoseconds = statistics.split(' ').next().unwrap_or_default().parse();
    nanoseconds.map_or_else(|_| start.elapsed(), Duration::from_nanos)
}

/// How long other tasks of the runtime, which has one thread, wait at most while something is done.
async fn longest_delay(work: impl Future<Output = ()>) -> Duration {
    let done = Arc::new(AtomicBool::new(false));
    let is_done = Arc::clone(&done);
    let other = tokio::spawn(async move {
        let start = Instant::now();
        let mut longest = Duration::ZERO;
        while !is_done.load(Ordering::SeqCst) {
            let before = time_run(start);
            tokio::time::sleep(Duration::from_millis(1)).await;
            longest = longest.max(time_run(start) - before);
        }
        longest
    });
    // It is under way before the work begins, and sees the end of it.
    tokio::time::sleep(Duration::from_millis(5)).await;
    work.await;
    done.store(true, Ordering::SeqCst);
    other.await.expect("no panic")
}

/// The error that a body ends with, all of which is passed over.
async fn error_of(transport: &HttpsTransport) -> TransportErrorKind {
    let mut response = match transport.send(Request::get("/")).await {
        Ok(response) => response,
        Err(error) => return error.kind().clone(),
    };
    loop {
        match response.chunk().await {
            Ok(piece) => assert!(piece.is_some(), "it ends"),
            Err(error) => return error.kind().clone(),
        }
    }
}

#[tokio::test]
async fn a_server_that_never_pauses_is_given_up() {
    let server = Server::http(async |mut peer: Peer| {
        peer.receive().await;
        peer.send("HTTP/1.1 200 OK\r\n\r\n").await;
        while peer.send([b' '; 8192]).await {}
    })
    .await;
    let transport = server.transport().exchange_timeout(SOON);
    let transport = transport.body_limit(u64::MAX).build();
    let error = error_of(&transport.expect("a transport")).await;
    assert_eq!(error, out_of_time());
}

#[tokio::test]
async fn a_bomb_does_not_outrun_the_time_of_an_exchange() {
    let nothing = gzip(b"").repeat(1 << 19);
    for body in [bomb("", " "), nothing] {
        let server = serve("Content-Encoding: gzip\r\n", body).await;
        let transport = server.transport().exchange_timeout(SOON);
        let transport = transport.body_limit(u64::MAX).build();
        let error = error_of(&transport.expect("a transport")).await;
        assert_eq!(error, out_of_time());
    }
}

/// As it is received, decompressed, decoded, and in the end dropped: within a call that is given up.
#[tokio::test]
async fn no_answer_keeps_other_tasks_waiting() {
    let list = "<returnval xsi:type='ArrayOfAnyType'>";
    let boxed = "{\"_typeName\":\"ArrayOfAnyType\",\"_value\":[";
    let gzip_alone = "Content-Encoding: gzip\r\n";
    let gzip_json = "Content-Encoding: gzip\r\nContent-Type: application/json\r\n";
    for (protocol, headers, beginning, again) in [
        (Protocol::Soap, gzip_alone, BEFORE, " "),
        (Protocol::Soap, gzip_alone, BEFORE, "<a/>"),
        (Protocol::Soap, gzip_alone, &[BEFORE, list].concat(), "<a/>"),
        (
            Protocol::Soap,
            gzip_alone,
            &[BEFORE, list].concat(),
            "<a xsi:type='Everything'/>",
        ),
        (
            Protocol::Soap,
            gzip_alone,
            &[BEFORE, "<returnval xsi:type='xsd:string'>"].concat(),
            "&amp;",
        ),
        (Protocol::Json, gzip_json, "", " "),
        (Protocol::Json, gzip_json, boxed, "{},"),
    ] {
        let server = serve(headers, bomb(beginning, again)).await;
        let transport = server.transport().body_limit(u64::MAX).build();
        let machine = machine(transport.expect("a transport"), protocol);
        let delay = longest_delay(async {
            let outcome = timeout(4 * SOON, machine.retrieve()).await;
            // A timeout, or an error of a limit.
            assert!(!matches!(outcome, Ok(Ok(_))), "{again} is no answer");
        })
        .await;
        assert!(delay < MAX_DELAY, "{again}: {delay:?}");
    }
}

#[tokio::test]
async fn a_timeout_around_a_call_ends_it() {
    let server = serve("Content-Encoding: gzip\r\n", bomb(BEFORE, "<a/>")).await;
    let transport = server.transport().body_limit(u64::MAX).build();
    let machine = machine(transport.expect("a transport"), Protocol::Soap);
    // Without it, an answer with a gigabyte of nothing is one.
    timeout(SOON, machine.retrieve())
        .await
        .expect_err("it takes longer");
}

/// What was decoded and is then replaced by another value, or belongs to no answer, takes long to drop.
#[tokio::test]
async fn what_is_replaced_keeps_no_other_task_waiting() {
    const COUNT: usize = if cfg!(debug_assertions) {
        100_000
    } else {
        1_500_000
    };
    let texts = "<string>a</string>".repeat(COUNT);
    let any = format!("<any xsi:type='ArrayOfString'>{texts}</any>");
    let unknown = |name: &str| {
        let content = "<a/>".repeat(COUNT);
        format!("<{name} xsi:type='Future'>{content}</{name}><{name}/>")
    };
    let object = |fields: &str| format!("<returnval xsi:type='Everything'>{fields}</returnval>");
    static ANYTHING: Operation<Any> = Operation::new("Anything", &TYPES, V1, &[]);
    for content in [
        object(&format!("{any}<any/>")),
        object(&unknown("any")),
        object(&unknown("optAny")),
        object(&unknown("boxed")),
        object(&unknown("inline")),
        object(&unknown("device")),
        object(&unknown("optDevice")),
        format!("{}<returnval/>", object(&any)),
    ] {
        let body = format!("{BEFORE}{content}</R></e:Body></e:Envelope>").into();
        let machine = machine(Ready { headers: &[], body }, Protocol::Soap);
        let delay = longest_delay(async {
            let outcome = ANYTHING.call(&machine, []).await;
            outcome.expect("an answer, whose last value is a small one");
        })
        .await;
        let beginning: String = content.chars().take(60).collect();
        assert!(delay < MAX_DELAY, "{beginning}: {delay:?}");
    }
}

/// Its details are decoded into types when all of it has come.
#[tokio::test]
async fn a_long_fault_keeps_no_other_task_waiting() {
    let messages = "<faultMessage/>".repeat(2_500);
    let body = format!(
        "{}<e:Fault><faultcode>a</faultcode><faultstring>b</faultstring><detail>\
         <InvalidStateFault xmlns='urn:vim25' xsi:type='InvalidState'>{messages}</InvalidStateFault>\
         </detail></e:Fault></e:Body></e:Envelope>",
        BEFORE.replace("<R xmlns='urn:vim25'>", "")
    );
    let ready = Ready {
        headers: &[],
        body: body.into(),
    };
    let machine = machine(ready, Protocol::Soap);
    let delay = longest_delay(async {
        let error = machine.retrieve().await.expect_err("a fault");
        assert!(error.fault_is::<support::InvalidState>(), "{error}");
    })
    .await;
    assert!(delay < MAX_DELAY, "{delay:?}");
}

/// Has an answer to every request, all of it at once.
struct Ready {
    headers: &'static [(&'static str, &'static str)],
    body: Bytes,
}

impl fmt::Debug for Ready {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Ready")
    }
}

impl Transport for Ready {
    fn send(&self, _: Request) -> BoxFuture<'_, Result<Response, TransportError>> {
        let headers = self.headers.iter().map(|(name, value)| {
            let header = (name.parse(), value.parse());
            (header.0.expect("a name"), header.1.expect("a value"))
        });
        let headers: HeaderMap = headers.collect();
        let response = Response::complete(StatusCode::OK, headers, self.body.clone());
        Box::pin(async { Ok(response) })
    }
}

/// Without a clock in it: whatever the machine, no more than a megabyte is decoded at a time.
#[test]
fn an_answer_that_is_there_already_is_decoded_in_turns() {
    const MEGABYTES: usize = 4;
    let content = "<a/>".repeat(MEGABYTES << 18);
    let body = format!("{BEFORE}{content}</R></e:Body></e:Envelope>").into();
    let machine = machine(Ready { headers: &[], body }, Protocol::Soap);
    let mut call = pin!(machine.retrieve().into_future());
    let mut turns = 1;
    let mut context = Context::from_waker(Waker::noop());
    let outcome = loop {
        match call.as_mut().poll(&mut context) {
            Poll::Pending => turns += 1,
            Poll::Ready(outcome) => break outcome,
        }
    };
    assert!(outcome.expect("an answer").is_none());
    assert!(turns > MEGABYTES, "{turns}");
}

#[test]
fn a_short_json_document_is_decoded_at_once_and_a_long_one_elsewhere() {
    let runtime = tokio::runtime::Builder::new_current_thread().build();
    let runtime = runtime.expect("a runtime");
    for (bytes, at_once) in [(1 << 10, true), (1 << 20, false)] {
        let body = format!("{}{{\"_typeName\":\"RetrieveResult\"}}", " ".repeat(bytes)).into();
        let machine = machine(Ready { headers: &[], body }, Protocol::Json);
        let call = machine.retrieve().into_future();
        runtime.block_on(async {
            let mut call = pin!(call);
            let first = call.as_mut().poll(&mut Context::from_waker(Waker::noop()));
            assert_eq!(first.is_ready(), at_once, "{bytes}");
            if first.is_pending() {
                call.await.expect("an answer").expect("a result");
            }
        });
        if !at_once {
            // Without tokio there is nowhere else.
            let call = pin!(machine.retrieve().into_future());
            let only = call.poll(&mut Context::from_waker(Waker::noop()));
            assert!(only.is_ready());
        }
    }
}

#[tokio::test]
async fn what_is_wrong_with_a_long_json_document_is_reported_from_there() {
    let items = "{},".repeat(100_000);
    let body = format!("{{\"_typeName\":\"RetrieveResult\",\"objects\":[{items}7]}}").into();
    let machine = machine(Ready { headers: &[], body }, Protocol::Json);
    let error = machine.retrieve().await.expect_err("7 is no object");
    assert!(matches!(error.kind(), ErrorKind::Decode(_)), "{error}");
    assert_eq!(error.path(), Some("Retrieve/objects[100000]"));
}
