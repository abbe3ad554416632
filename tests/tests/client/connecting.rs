//! Connecting to servers of any age, with anything in place of what a server need not have.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::sync::Arc;
use std::time::{Duration, Instant};

use vmomi::pbm;
use vmomi::transport::TransportErrorKind;
use vmomi::vim25::{InvalidLogin, SERVICE};
use vmomi::{Client, ClientBuilder, Credentials, Error, Protocol};

use crate::bookkeeper::{Bookkeeper, Offer, Refusal};

/// How long a server may stay silent in these tests, on what it need not answer.
const LIMIT: Duration = Duration::from_millis(400);

/// What is sent in place of what a server need not have. The connection is closed afterwards.
#[derive(Clone)]
enum Sent {
    Bytes(Vec<u8>),
    /// The same, and the connection stays open for the next request.
    KeptOpen(Vec<u8>),
    /// Nothing, and the connection stays open.
    Silence,
    /// The head of an answer, and then byte after byte.
    Trickle,
}

/// A vCenter 6.0 on a port of this machine, which takes no version that is newer.
struct Server {
    address: SocketAddr,
}

impl Server {
    /// It ends with the process.
    fn sending(sent: Sent) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = listener.local_addr().unwrap();
        let sent = Arc::new(sent);
        std::thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let sent = Arc::clone(&sent);
                std::thread::spawn(move || serve(stream, &sent));
            }
        });
        Self { address }
    }

    fn builder(&self, protocol: Protocol) -> ClientBuilder {
        Client::builder(&format!("http://{}/sdk", self.address))
            .unwrap()
            .credentials(Credentials::password("u", "p"))
            .protocol(protocol)
            .negotiation_timeout(LIMIT)
    }
}

/// Serves the requests of a connection. What the client makes of it is no matter of the server's.
fn serve(mut stream: TcpStream, sent: &Sent) {
    while serve_one(&mut stream, sent) {}
}

/// Serves one request; whether there may be another.
fn serve_one(stream: &mut TcpStream, sent: &Sent) -> bool {
    let Some((head, body)) = read(stream) else {
        return false;
    };
    let is_optional = head.starts_with("GET ") || head.contains("/api/");
    match sent {
        _ if !is_optional => {
            let _ = stream.write_all(&answer(&head, &body));
        }
        Sent::Bytes(bytes) => {
            let _ = stream.write_all(bytes);
        }
        Sent::KeptOpen(bytes) => return stream.write_all(bytes).is_ok(),
        Sent::Silence => std::thread::sleep(LIMIT * 20),
        Sent::Trickle => {
            let head = "HTTP/1.1 200 OK\r\nContent-Length: 10000\r\n\r\n<namespaces>";
            let mut sent = stream.write_all(head.as_bytes());
            while sent.is_ok() {
                std::thread::sleep(LIMIT / 8);
                sent = stream.write_all(b" ");
            }
        }
    }
    false
}

fn read(stream: &TcpStream) -> Option<(String, String)> {
    let mut reader = BufReader::new(stream);
    let mut head = String::new();
    while !head.ends_with("\r\n\r\n") {
        let read = reader.read_line(&mut head).ok()?;
        (read > 0).then_some(())?;
    }
    let lower = head.to_ascii_lowercase();
    let length = lower
        .split_once("content-length: ")
        .map_or("0", |(_, rest)| rest.split_once("\r\n").unwrap().0);
    let mut body = vec![0; length.parse().unwrap()];
    reader.read_exact(&mut body).ok()?;
    Some((head, String::from_utf8(body).unwrap()))
}

fn answer(head: &str, body: &str) -> Vec<u8> {
    const KNOWN: [&str; 4] = ["4.0", "5.0", "5.5", "6.0"];
    let action = |version: &&str| head.contains(&format!("\"urn:vim25/{version}\""));
    let (status, content) = if !KNOWN.iter().any(action) {
        let fault = "<soapenv:Fault><faultcode>ServerFaultCode</faultcode><faultstring>Unsupported \
                     version URI</faultstring></soapenv:Fault>";
        (500, fault.to_owned())
    } else if body.contains("<Login ") {
        let session = "<key>1</key><userName>u</userName><fullName>u</fullName>";
        let session = format!("<returnval>{session}</returnval>");
        (200, format!("<LoginResponse>{session}</LoginResponse>"))
    } else {
        let content = r#"<returnval><rootFolder type="Folder">f</rootFolder>
            <propertyCollector type="PropertyCollector">p</propertyCollector>
            <about><name>b</name><fullName>b</fullName><vendor>test</vendor>
            <version>6.0.0</version><build>1</build><osType>none</osType>
            <productLineId>vpx</productLineId><apiType>VirtualCenter</apiType>
            <apiVersion>6.0</apiVersion></about>
            <sessionManager type="SessionManager">s</sessionManager></returnval>"#;
        let name = "RetrieveServiceContentResponse";
        (200, format!("<{name}>{content}</{name}>"))
    };
    let envelope = format!(
        r#"<soapenv:Envelope xmlns:soapenv="http://schemas.xmlsoap.org/soap/envelope/"
            xmlns="urn:vim25"><soapenv:Body>{content}</soapenv:Body></soapenv:Envelope>"#
    );
    http(status, "Content-Type: text/xml\r\n", envelope.as_bytes())
}

fn http(status: u16, headers: &str, body: &[u8]) -> Vec<u8> {
    let length = body.len();
    let head = format!(
        "HTTP/1.1 {status} x\r\n{headers}Content-Length: {length}\r\nConnection: close\r\n\r\n"
    );
    [head.as_bytes(), body].concat()
}

/// What may be sent in place of the list.
fn answers() -> Vec<(&'static str, Sent)> {
    const PAGE: &str = "<!DOCTYPE html><html><head><meta charset=utf-8></head>\
                        <body>Sign in<br></body></html>";
    let list = |name: &str, version: &str| {
        format!(
            "<?xml version='1.0'?><namespaces version='1.0'><namespace><name>{name}</name>\
             <version>{version}</version></namespace></namespaces>"
        )
    };
    let page = |status| http(status, "Content-Type: text/html\r\n", PAGE.as_bytes());
    let xml = |body: &str| http(200, "Content-Type: text/xml\r\n", body.as_bytes());
    let bytes = [
        ("404", page(404)),
        ("401", page(401)),
        ("403", page(403)),
        ("500", page(500)),
        (
            "503",
            http(503, "Retry-After: 120\r\n", b"no healthy upstream"),
        ),
        ("HTML", page(200)),
        ("nothing", xml("")),
        ("white space", xml(" \r\n")),
        (
            "204",
            b"HTTP/1.1 204 x\r\nConnection: close\r\n\r\n".to_vec(),
        ),
        (
            "a redirect",
            http(302, "Location: https://sso.example/login\r\n", b""),
        ),
        ("a redirect to nowhere", http(301, "", b"")),
        ("closed before the head", Vec::new()),
        (
            "closed within the head",
            b"HTTP/1.1 200 OK\r\nContent-Le".to_vec(),
        ),
        (
            "closed within the body",
            b"HTTP/1.1 200 OK\r\nContent-Length: 900\r\n\r\n<namespaces><namespace>".to_vec(),
        ),
        (
            "chunks cut off",
            b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\n<name".to_vec(),
        ),
        ("not HTTP", b"SSH-2.0-OpenSSH_9.2\r\n".to_vec()),
        (
            "no gzip",
            http(200, "Content-Encoding: gzip\r\n", b"\x1f\x8bnot really"),
        ),
        (
            "another encoding",
            http(200, "Content-Encoding: br\r\n", b"\x01\x02"),
        ),
        ("too much", xml(&" ".repeat(2 << 20))),
        ("too deep", xml(&"<a>".repeat(200_000))),
        (
            "too many",
            xml(&format!("<a>{}</a>", "<b/>".repeat(200_000))),
        ),
        ("an XML that ends early", xml("<namespaces><namespace>")),
        ("not UTF-8", http(200, "", b"\xff\xfe<\0n\0a\0")),
        ("JSON", xml("{\"error_type\":\"NOT_FOUND\"}")),
        ("another namespace", xml(&list("urn:other", "6.0"))),
        ("newer versions alone", xml(&list("urn:vim25", "99.0.0.0"))),
        ("no versions", xml("<namespaces/>")),
        // It is not true.
        (
            "versions that are refused",
            xml(&list("urn:vim25", "8.0.3.0")),
        ),
    ];
    let mut answers: Vec<_> = bytes
        .into_iter()
        .map(|(name, bytes)| (name, Sent::Bytes(bytes)))
        .collect();
    let kept_open = [
        ("404, kept open", "404 x", "Content-Length: 2\r\n\r\nno"),
        (
            "a redirect, kept open",
            "302 x",
            "Content-Length: 0\r\n\r\n",
        ),
        // What is too much comes before the answer to the next request.
        ("204 with a body", "204 x", "Content-Length: 2\r\n\r\nno"),
        (
            "more than its length",
            "404 x",
            "Content-Length: 2\r\n\r\nno one",
        ),
        (
            "two answers",
            "404 x",
            "Content-Length: 0\r\n\r\nHTTP/1.1 404 x\r\nContent-Length: 0\r\n\r\n",
        ),
    ];
    answers.extend(kept_open.map(|(name, status, rest)| {
        let bytes = format!("HTTP/1.1 {status}\r\n{rest}").into_bytes();
        (name, Sent::KeptOpen(bytes))
    }));
    answers.push(("silence", Sent::Silence));
    answers.push(("byte after byte", Sent::Trickle));
    answers
}

#[tokio::test]
async fn nothing_depends_on_the_list_of_versions() {
    for (name, sent) in answers() {
        let server = Server::sending(sent);
        let begun = Instant::now();
        let client = server.builder(Protocol::Soap).connect().await;
        let client = client.unwrap_or_else(|error| panic!("{name}: {error}"));
        assert_eq!(client.connection().version(), "6.0", "{name}");
        assert!(
            begun.elapsed() < LIMIT * 10,
            "{name}: {:?}",
            begun.elapsed()
        );
        assert_eq!(client.service_content().about.api_version, "6.0");

        let pbm = client.service(&pbm::SERVICE).await;
        let pbm = pbm.unwrap_or_else(|error| panic!("{name}: {error}"));
        assert_eq!(pbm.version(), "2.0", "{name}");
    }
}

#[tokio::test]
async fn nothing_depends_on_json() {
    for (name, sent) in answers() {
        let server = Server::sending(sent);
        let client = server.builder(Protocol::Negotiate).connect().await;
        let client = client.unwrap_or_else(|error| panic!("{name}: {error}"));
        assert_eq!(client.connection().protocol().to_string(), "SOAP", "{name}");
        assert_eq!(client.connection().version(), "6.0", "{name}");

        let error = server.builder(Protocol::Json).connect().await.unwrap_err();
        let text = error.to_string();
        assert!(
            text.contains("JSON protocol") || text.contains("in place of a JSON document"),
            "{name}: {text}"
        );
    }
}

#[tokio::test]
async fn a_server_that_is_out_of_reach_is_tried_once() {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap();
    drop(listener);
    for protocol in [Protocol::Soap, Protocol::Json, Protocol::Negotiate] {
        let server = Server { address };
        let error = server.builder(protocol).connect().await.unwrap_err();
        // Of the optional request, not of a call after it.
        let Error::Transport(error) = error else {
            panic!("{error}");
        };
        assert!(
            matches!(error.kind(), TransportErrorKind::Connect { .. }),
            "{error}"
        );
    }
}

/// The version that is agreed on, and how often the server was asked what it is.
async fn agreed(offer: Offer) -> (Result<String, Error>, usize) {
    let server = Bookkeeper::offering(offer);
    let client = server.builder().connect_through(server.clone()).await;
    let version = client.map(|client| client.connection().version().to_owned());
    let requests = server.requests();
    let asked = requests
        .iter()
        .filter(|name| *name == "RetrieveServiceContent");
    (version, asked.count())
}

fn list(version: &str) -> Option<String> {
    Some(format!(
        "<namespaces><namespace><name>urn:vim25</name><version>{version}</version></namespace>\
         </namespaces>"
    ))
}

#[tokio::test]
async fn a_server_is_asked_in_a_version_that_it_takes() {
    let refusals = [
        Refusal::Fault(""),
        Refusal::Fault("InvalidRequest"),
        Refusal::Status(400),
        Refusal::Status(500),
    ];
    for refusal in refusals {
        let offer = |accepts: &[&'static str], api_version: &'static str| Offer {
            accepts: accepts.to_vec(),
            api_version,
            refusal,
            ..Offer::default()
        };
        let listing = |offer: Offer, version: &str| Offer {
            list: list(version),
            ..offer
        };
        for (offer, expected, asked) in [
            // An old server without a list.
            (offer(&["2.5", "4.0", "4.1"], "4.1"), "4.1", 2),
            (offer(&["2.5", "4.0"], "4.0"), "4.0", 1),
            (offer(&["4.0", "6.0"], "6.0"), "6.0", 2),
            // An update that has no version of its own.
            (offer(&["4.0", "6.7.3"], "6.7.3.9"), "6.7.3", 2),
            // One that knows no version as old as that.
            (offer(&["6.7", "7.0.3.2"], "7.0.3.2"), "7.0.3.2", 3),
            (offer(&[SERVICE.version], "12.0.0.0"), SERVICE.version, 3),
            // One that says that it is newer than what it takes.
            (offer(&["4.0", "7.0.3.2"], "9.1.1.0"), "7.0.3.2", 4),
            (offer(&["4.0"], "9.1.1.0"), "4.0", 5),
            (offer(&["4.0"], "no number"), "4.0", 1),
            // One whose list is right, and one whose list is not.
            (
                listing(offer(&["8.0.2.0"], "8.0.2.0"), "8.0.2.0"),
                "8.0.2.0",
                1,
            ),
            (
                listing(offer(&["4.0", "7.0.3.2"], "8.0.3.0"), "8.0.3.0"),
                "7.0.3.2",
                4,
            ),
        ] {
            let shown = format!("{offer:?}");
            let (version, times) = agreed(offer).await;
            let version = version.unwrap_or_else(|error| panic!("{error}: {shown}"));
            assert_eq!(version, expected, "{shown}");
            assert!(times <= asked, "{times}: {shown}");
        }
        // The error is that of the first call; it is not tried for ever.
        let (version, times) = agreed(offer(&["1.0"], "1.0")).await;
        let error = version.unwrap_err().to_string();
        assert!(error.contains("4.0") || error.contains("HTTP"), "{error}");
        assert_eq!(times, 3);
    }
    // What has nothing to do with versions is not asked again.
    for status in [401, 403, 404, 429, 502, 503] {
        let (version, times) = agreed(Offer {
            accepts: vec!["1.0"],
            refusal: Refusal::Status(status),
            ..Offer::default()
        })
        .await;
        version.unwrap_err();
        assert_eq!(times, 1, "{status}");
    }
}

#[tokio::test]
async fn a_version_that_is_set_is_used_and_nothing_else_is_asked() {
    let server = Bookkeeper::offering(Offer {
        accepts: vec!["6.5"],
        list: list("8.0.3.0"),
        ..Offer::default()
    });
    let connect = async |version: &str| {
        let builder = server.builder().version(version);
        builder.connect_through(server.clone()).await
    };
    let client = connect("6.5").await.unwrap();
    assert_eq!(client.connection().version(), "6.5");
    assert_eq!(server.requests(), ["RetrieveServiceContent", "Login"]);
    let error = connect("6.7").await.unwrap_err().to_string();
    assert!(error.contains("Unsupported version"), "{error}");
    assert_eq!(server.requests().len(), 3);
}

#[tokio::test]
async fn a_refused_login_is_sent_once() {
    let server = crate::server();
    for protocol in [Protocol::Soap, Protocol::Negotiate] {
        let recorder = crate::recorder::Recorder::new(&server);
        let error = Client::builder(server.url())
            .unwrap()
            .credentials(Credentials::password(server.user(), "not the password"))
            .protocol(protocol)
            .connect_through(recorder.clone())
            .await
            .unwrap_err();
        assert!(error.fault_is::<InvalidLogin>(), "{error}");
        tokio::time::sleep(LIMIT).await;
        assert_eq!(recorder.count_of("Login"), 1);
        assert_eq!(recorder.count_of("Logout"), 0);
    }
}
