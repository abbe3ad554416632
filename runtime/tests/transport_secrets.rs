//! Nothing shows a secret: not what is sent, not what comes back, not a setting, not an error.

#![cfg(feature = "https")]

mod transport_support;

use std::error::Error;
use std::fmt::{Debug, Write};
use std::sync::{Arc, Mutex};

use tracing::field::{Field, Visit};
use tracing::span::{Attributes, Id, Record};
use tracing::{Event, Metadata, Subscriber};
use transport_support::certificates::{Authority, Identity};
use transport_support::{Server, call};
use vmomi_runtime::transport::http::header::{AUTHORIZATION, COOKIE, HeaderName, HeaderValue};
use vmomi_runtime::transport::{
    ClientCertificate, HttpsTransport, Proxy, Request, ServerUrl, Transport, Trust,
};

const SECRET: &str = "s3cr3t";

/// `s3cr3t` in the ways it may be encoded on its way.
const ENCODED: [&str; 3] = [SECRET, "czNjcjN0", "dXNlcjpzM2NyM3Q"];

fn assert_hidden(shown: &str) {
    assert!(!shown.is_empty());
    for secret in ENCODED {
        assert!(!shown.contains(secret), "{shown}");
    }
}

#[test]
fn values_hide_their_secrets() {
    let token = HeaderName::from_static("x-token-nobody-has-heard-of");
    let request = Request::post("/sdk?ticket=s3cr3t", "<password>s3cr3t</password>")
        .with_header(
            AUTHORIZATION,
            HeaderValue::from_static("Basic dXNlcjpzM2NyM3Q="),
        )
        .with_header(
            COOKIE,
            HeaderValue::from_static("vmware_soap_session=s3cr3t"),
        )
        .with_header(token, HeaderValue::from_static("s3cr3t"));
    let shown = format!("{request:?} {request:#?}");
    assert_hidden(&shown);
    assert!(shown.contains("\"/sdk\"") && shown.contains("x-token-nobody-has-heard-of"));
    assert!(shown.contains("27 bytes"), "{shown}");

    let url: ServerUrl = "https://user:s3cr3t@vc.example/sdk".parse().expect("a URL");
    assert_hidden(&format!("{url} {url:?}"));
    let proxy = Proxy::url("http://user:s3cr3t@proxy.example").expect("a proxy");
    assert_hidden(&format!("{proxy:?}"));
    let identity = Identity::self_signed("client.example", false);
    let pem = identity.pem_with_key();
    let certificate = ClientCertificate::from_pem(pem.as_bytes()).expect("a certificate");
    let builder = HttpsTransport::builder(url)
        .proxy(proxy)
        .trust(Trust::Pem(Authority::new().pem()))
        .client_certificate(certificate);
    let shown = format!("{builder:?}");
    assert_hidden(&shown);
    let key_line = pem.lines().rev().nth(1).expect("the last line of the key");
    assert!(
        !shown.contains(key_line) && !shown.contains("PrivateKey"),
        "{shown}"
    );
    let transport = builder.build().expect("a transport");
    let jar = transport.cookies().expect("cookies are kept");
    jar.set("vmware_soap_session", SECRET).expect("a cookie");
    let shown = format!(
        "{transport:?} {:?}",
        Arc::new(transport.clone()) as Arc<dyn Transport>
    );
    assert_hidden(&shown);
    assert!(
        shown.contains("vmware_soap_session") && shown.contains("vc.example"),
        "{shown}"
    );
}

#[tokio::test]
async fn answers_and_errors_hide_their_secrets_and_so_does_the_log() {
    let log = Log::default();
    let guard = tracing::subscriber::set_default(log.clone());
    let server = Server::http(async |mut peer| {
        while let Some(request) = peer.receive().await {
            let kind = String::from_utf8(request.body).expect("a kind");
            let headers = "Set-Cookie: vmware_soap_session=s3cr3t; Path=/\r\n\
                           X-Token: s3cr3t\r\nServer: vcsim\r\n";
            match kind.as_str() {
                "answer" => peer.answer("200 OK", headers, "s3cr3t").await,
                "redirect" => {
                    let location = "Location: https://user:s3cr3t@h/?t=s3cr3t\r\n";
                    peer.answer("307 Elsewhere", &format!("{headers}{location}"), "")
                        .await
                }
                "nonsense" => peer.send("s3cr3t s3cr3t\r\n\r\n").await,
                "gzip" => {
                    let encoding = "Content-Encoding: gzip\r\n";
                    peer.answer("200 OK", &format!("{headers}{encoding}"), "s3cr3t")
                        .await
                }
                _ => {
                    peer.send("HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\ns3cr3t")
                        .await
                }
            };
            if kind != "answer" {
                return;
            }
        }
    })
    .await;
    let url = format!("http://user:s3cr3t@{}/sdk", server.address);
    let url: ServerUrl = url.parse().expect("a URL");
    let transport = HttpsTransport::builder(url).proxy(Proxy::none()).build();
    let transport = transport.expect("a transport");
    let request = Request::post("/sdk?ticket=s3cr3t", "answer");
    let response = transport.send(request).await.expect("an answer");
    let shown = format!("{response:?}");
    assert_hidden(&shown);
    assert!(
        shown.contains("vcsim") && shown.contains("set-cookie"),
        "{shown}"
    );
    for kind in ["redirect", "nonsense", "gzip", "early end"] {
        let error = call(&transport, kind).await.expect_err(kind);
        let mut shown = format!("{error} {error:?} {error:#?}");
        let mut cause = error.source();
        while let Some(error) = cause {
            write!(shown, " {error} {error:?}").expect("writing to memory");
            cause = error.source();
        }
        assert_hidden(&shown);
    }
    drop(guard);
    let log = log.0.lock().expect("no panic").clone();
    assert_hidden(&log);
    assert!(
        log.contains("answer begins") && log.contains("path=\"/sdk\""),
        "{log}"
    );
}

/// Everything that is logged by anyone, as text.
#[derive(Clone, Default)]
struct Log(Arc<Mutex<String>>);

impl Visit for Log {
    fn record_debug(&mut self, field: &Field, value: &dyn Debug) {
        let mut log = self.0.lock().expect("no panic");
        write!(log, "{field}={value:?} ").expect("writing to memory");
    }
}

impl Subscriber for Log {
    fn enabled(&self, _: &Metadata<'_>) -> bool {
        true
    }

    fn new_span(&self, attributes: &Attributes<'_>) -> Id {
        attributes.record(&mut self.clone());
        Id::from_u64(1)
    }

    fn record(&self, _: &Id, values: &Record<'_>) {
        values.record(&mut self.clone());
    }

    fn record_follows_from(&self, _: &Id, _: &Id) {}

    fn event(&self, event: &Event<'_>) {
        event.record(&mut self.clone());
    }

    fn enter(&self, _: &Id) {}

    fn exit(&self, _: &Id) {}
}
