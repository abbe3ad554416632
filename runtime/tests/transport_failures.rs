//! Exchanges over plain HTTP that end badly: no connection, no answer, too much of one.

#![cfg(feature = "https")]

mod transport_support;

use std::error::Error;
use std::time::Duration;

use tokio::net::TcpListener;
use transport_support::{Server, answer_to, call, echo, failure, text};
use vmomi_runtime::transport::{
    HttpsTransport, Proxy, Request, ServerUrl, TimeoutPhase, Transport, TransportError,
    TransportErrorKind,
};

/// A limit that a test means to reach.
const SOON: Duration = Duration::from_millis(250);

fn to(url: &str) -> HttpsTransport {
    let url: ServerUrl = url.parse().expect("a URL");
    let builder = HttpsTransport::builder(url).proxy(Proxy::none());
    builder.build().expect("a transport")
}

fn assert_timeout(error: &TransportError, phase: TimeoutPhase) {
    let expected = TransportErrorKind::Timeout { phase, limit: SOON };
    assert_eq!(error.kind(), &expected);
    assert!(error.is_retryable());
    assert_eq!(error.request_was_sent(), phase != TimeoutPhase::Connect);
}

#[tokio::test]
async fn nobody_listening_is_a_failure_to_connect_before_anything_is_sent() {
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("loopback");
    let address = listener.local_addr().expect("an address").to_string();
    drop(listener);
    let error = failure(&to(&format!("http://user:s3cr3t@{address}/sdk"))).await;
    let expected = TransportErrorKind::Connect {
        address: address.clone(),
    };
    assert_eq!(error.kind(), &expected);
    assert!(!error.request_was_sent() && error.is_retryable());
    let message = error.to_string();
    assert!(
        message.starts_with(&format!("cannot connect to {address}: ")),
        "{message}"
    );
    assert!(message.contains("refused"), "{message}");
    assert!(error.source().is_some());
    assert!(!format!("{error:?}").contains("s3cr3t"));
}

#[tokio::test]
async fn a_host_that_does_not_exist_is_a_failure_to_resolve() {
    let error = failure(&to("http://vcenter.invalid/sdk")).await;
    let host = "vcenter.invalid".to_owned();
    assert_eq!(error.kind(), &TransportErrorKind::Dns { host });
    assert!(error.to_string().contains("vcenter.invalid"), "{error}");
    assert!(!error.request_was_sent() && error.is_retryable());
}

#[tokio::test]
async fn a_server_that_does_not_answer_is_given_up() {
    let server = Server::http(async |mut peer| {
        peer.receive().await;
        peer.hang().await;
    })
    .await;
    let patient = server.transport().build().expect("a transport");
    let request = Request::post("/sdk", "x").with_timeout(SOON);
    let error = patient.send(request).await.expect_err("a timeout");
    assert_timeout(&error, TimeoutPhase::Response);
    assert_eq!(error.to_string(), "no answer within 250ms");
    let hasty = server.transport().response_timeout(SOON).build();
    assert_timeout(
        &failure(&hasty.expect("a transport")).await,
        TimeoutPhase::Response,
    );
}

#[tokio::test]
async fn a_server_that_falls_silent_within_a_body_is_given_up() {
    let server = Server::http(async |mut peer| {
        peer.receive().await;
        peer.send("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nhalf")
            .await;
        peer.hang().await;
    })
    .await;
    let hasty = server
        .transport()
        .body_timeout(SOON)
        .build()
        .expect("a transport");
    let mut response = hasty.send(Request::get("/")).await.expect("an answer");
    assert_eq!(
        response
            .chunk()
            .await
            .expect("a piece")
            .expect("not the end"),
        "half"
    );
    let error = response.chunk().await.expect_err("a timeout");
    assert_timeout(&error, TimeoutPhase::Body);
    assert_eq!(response.chunk().await.expect("the end"), None);

    let patient = server.transport().build().expect("a transport");
    let request = Request::get("/").with_timeout(SOON);
    let response = patient.send(request).await.expect("an answer");
    assert_timeout(
        &text(response).await.expect_err("a timeout"),
        TimeoutPhase::Body,
    );
}

#[tokio::test]
async fn a_body_that_trickles_forever_is_given_up() {
    let server = Server::http(async |mut peer| {
        peer.receive().await;
        peer.send("HTTP/1.1 200 OK\r\n\r\n").await;
        while peer.send("x").await {
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
    })
    .await;
    let transport = server.transport().exchange_timeout(SOON).build();
    let error = failure(&transport.expect("a transport")).await;
    assert_timeout(&error, TimeoutPhase::Exchange);
}

#[tokio::test]
async fn limits_of_time_can_be_lifted() {
    let server = Server::http(echo).await;
    let transport = server
        .transport()
        .connect_timeout(Duration::MAX)
        .response_timeout(Duration::MAX)
        .body_timeout(Duration::MAX)
        .exchange_timeout(Duration::MAX)
        .idle_timeout(Duration::MAX)
        .body_limit(u64::MAX)
        .build()
        .expect("a transport");
    for _ in 0..2 {
        assert_eq!(answer_to(&transport, "x").await, "x");
    }
}

#[tokio::test]
async fn a_body_over_the_limit_is_refused_however_it_is_framed() {
    for framing in [
        "Content-Length: 2000\r\n\r\n",
        "\r\n",
        "Transfer-Encoding: chunked\r\n\r\n",
    ] {
        let server = Server::http(async |mut peer| {
            let framing = peer.receive().await.expect("a request").body;
            let chunked = framing.starts_with(b"Transfer");
            peer.send([b"HTTP/1.1 200 OK\r\n", &framing[..]].concat())
                .await;
            let (before, after) = if chunked {
                ("64\r\n", "\r\n")
            } else {
                ("", "")
            };
            let hundred = format!("{before}{}{after}", "x".repeat(100));
            for _ in 0..20 {
                peer.send(&hundred).await;
            }
            peer.send(if chunked { "0\r\n\r\n" } else { "" }).await;
            peer.close().await;
        })
        .await;
        let tight = server
            .transport()
            .body_limit(1999)
            .build()
            .expect("a transport");
        let error = call(&tight, framing).await.expect_err("over the limit");
        let expected = TransportErrorKind::BodyOverLimit { limit: 1999 };
        assert_eq!(error.kind(), &expected, "{framing}");
        assert!(error.request_was_sent() && !error.is_retryable());
        let wide = server
            .transport()
            .body_limit(2000)
            .build()
            .expect("a transport");
        assert_eq!(answer_to(&wide, framing).await.len(), 2000, "{framing}");
    }
}

#[tokio::test]
async fn an_endless_body_is_cut_off() {
    let server = Server::http(async |mut peer| {
        peer.receive().await;
        peer.send("HTTP/1.1 200 OK\r\n\r\n").await;
        while peer.send([b'x'; 8192]).await {}
    })
    .await;
    let transport = server
        .transport()
        .body_limit(1 << 20)
        .build()
        .expect("a transport");
    let kind = failure(&transport).await.kind().clone();
    assert_eq!(kind, TransportErrorKind::BodyOverLimit { limit: 1 << 20 });
}

#[tokio::test]
async fn a_head_without_end_is_cut_off() {
    let server = Server::http(async |mut peer| {
        peer.receive().await;
        peer.send("HTTP/1.1 200 OK\r\n").await;
        while peer
            .send(format!("X-Filler: {}\r\n", "x".repeat(1000)))
            .await
        {}
    })
    .await;
    let error = failure(&server.transport().build().expect("a transport")).await;
    let expected = TransportErrorKind::HeadOverLimit {
        headers: 256,
        bytes: 400 << 10,
    };
    assert_eq!(error.kind(), &expected, "{error:?}");
}

#[tokio::test]
async fn the_limits_on_a_head_are_named_and_can_be_set() {
    let server = Server::http(async |mut peer| {
        while let Some(request) = peer.receive().await {
            let body = String::from_utf8(request.body).expect("two numbers");
            let (count, length) = body.split_once(' ').expect("two numbers");
            let length = length.parse().expect("a number");
            let header = format!("X-Filler: {}\r\n", "x".repeat(length));
            let headers = header.repeat(count.parse().expect("a number"));
            peer.answer("200 OK", &headers, "y").await;
        }
    })
    .await;
    let usual = server.transport().build().expect("a transport");
    for (answer, is_within) in [("150 1", true), ("300 1", false), ("10 90000", false)] {
        let outcome = call(&usual, answer).await;
        assert_eq!(outcome.is_ok(), is_within, "{answer}: {outcome:?}");
    }
    let error = call(&usual, "300 1").await.expect_err("too many");
    assert_eq!(
        error.to_string(),
        "the answer has more than 256 headers (limit `header_limit`), or a head of more than \
         409600 bytes (limit `head_limit`)"
    );
    assert!(error.request_was_sent() && !error.is_retryable());
    let wide = server.transport().header_limit(400).head_limit(1 << 20);
    let wide = wide.build().expect("a transport");
    for answer in ["300 1", "10 90000"] {
        assert_eq!(call(&wide, answer).await.expect("within"), "y");
    }
    let tight = server.transport().header_limit(10).head_limit(8 << 10);
    let tight = tight.build().expect("a transport");
    for answer in ["20 1", "2 5000"] {
        let error = call(&tight, answer).await.expect_err("beyond");
        let kind = error.kind();
        assert!(
            matches!(
                kind,
                TransportErrorKind::HeadOverLimit {
                    headers: 10,
                    bytes: 8192
                }
            ),
            "{answer}: {kind:?}"
        );
    }
}

/// The limits of the library on what is sent with a body in chunks are no faults of its headers.
#[tokio::test]
async fn the_limits_on_chunks_are_named() {
    let server = Server::http(async |mut peer| {
        let request = peer.receive().await.expect("a request").body;
        let (extensions, trailers) = match &*request {
            b"extensions" => (";x".repeat(10_000), String::new()),
            b"trailers" => (String::new(), "X-Filler: x\r\n".repeat(300)),
            _ => (
                String::new(),
                format!("X-Filler: {}\r\n", "x".repeat(20_000)),
            ),
        };
        let head = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n";
        peer.send(format!("{head}1{extensions}\r\ny\r\n0\r\n{trailers}\r\n"))
            .await;
        peer.close().await;
    })
    .await;
    let usual = server.transport().build().expect("a transport");
    for (kind, named) in [
        (
            "extensions",
            "its chunks have more than 16 KiB of extensions",
        ),
        (
            "trailers",
            "it has more trailers than it may have headers (limit `header_limit`)",
        ),
        ("long trailers", "it has more than 16 KiB of trailers"),
    ] {
        let error = call(&usual, kind).await.expect_err("beyond");
        let expected = TransportErrorKind::InvalidResponse {
            reason: named.to_owned(),
        };
        assert_eq!(error.kind(), &expected, "{error:?}");
    }
    let wide = server.transport().header_limit(400);
    let wide = wide.build().expect("a transport");
    assert_eq!(call(&wide, "trailers").await.expect("within"), "y");
}

#[test]
fn limits_on_a_head_that_cannot_be_kept_are_refused() {
    let builder = || HttpsTransport::builder("http://localhost".parse().expect("a URL"));
    for (builder, named) in [
        (builder().header_limit(0), "limit of 0 headers"),
        (builder().header_limit(usize::MAX), "headers is not between"),
        (builder().head_limit(8191), "limit of 8191 bytes"),
    ] {
        let error = builder.build().expect_err("out of range");
        assert!(
            matches!(
                error.kind(),
                TransportErrorKind::InvalidConfiguration { .. }
            ),
            "{error:?}"
        );
        assert!(error.to_string().contains(named), "{error}");
    }
}

#[tokio::test]
async fn a_connection_that_ends_early_is_told_from_a_complete_answer() {
    for part in [
        "",
        "HTTP/1.1 200 OK\r\nContent-Le",
        "HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nhalf",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhalf",
    ] {
        let server = Server::http(async |mut peer| {
            let part = peer.receive().await.expect("a request").body;
            peer.send(part).await;
            peer.close().await;
        })
        .await;
        let transport = server.transport().build().expect("a transport");
        let error = call(&transport, part).await.expect_err("an end");
        assert_eq!(error.kind(), &TransportErrorKind::ClosedEarly, "{part:?}");
        assert!(error.request_was_sent() && error.is_retryable());
        assert!(
            error
                .to_string()
                .starts_with("the connection closed before"),
            "{error}"
        );
        assert_eq!(server.connections(), 1, "nothing is sent twice");
    }
}

#[tokio::test]
async fn what_is_not_http_is_an_error() {
    for answer in [
        "SSH-2.0-OpenSSH_9.9\r\n\r\n",
        "HTTP/1.1 abc\r\n\r\n",
        "\x15\x03\x01\x00\x02\x02",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nno length\r\n",
        "HTTP/1.1 200 OK\r\nContent-Length: many\r\n\r\n",
    ] {
        let server = Server::http(async |mut peer| {
            let answer = peer.receive().await.expect("a request").body;
            peer.send(answer).await;
            peer.close().await;
        })
        .await;
        let transport = server.transport().build().expect("a transport");
        let error = call(&transport, answer).await.expect_err("nonsense");
        let invalid = matches!(error.kind(), TransportErrorKind::InvalidResponse { .. });
        assert!(invalid, "{answer:?}: {error:?}");
        assert!(error.request_was_sent() && !error.is_retryable());
    }
}
