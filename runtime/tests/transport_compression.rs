//! Bodies that come compressed.

#![cfg(feature = "https")]

mod transport_support;

use std::io::Write;
use std::sync::Arc;

use flate2::Compression;
use flate2::write::GzEncoder;
use tokio::sync::Notify;
use transport_support::{Server, answer_to, failure, text};
use vmomi_runtime::transport::http::header::{CONTENT_ENCODING, CONTENT_LENGTH, CONTENT_TYPE};
use vmomi_runtime::transport::{Request, Transport, TransportErrorKind};

const GZIP: &str = "Content-Encoding: gzip\r\n";

fn gzip(content: &[u8]) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
    encoder.write_all(content).expect("writing to memory");
    encoder.finish().expect("writing to memory")
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

#[tokio::test]
async fn a_compressed_body_arrives_as_what_was_compressed() {
    let content = "<returnval/>".repeat(100_000);
    for headers in [
        "Content-Encoding: gzip\r\nContent-Type: text/xml\r\n",
        "Content-Encoding: X-GZip\r\nContent-Type: text/xml\r\n",
    ] {
        let server = serve(headers, gzip(content.as_bytes())).await;
        let transport = server.transport().build().expect("a transport");
        let response = transport.send(Request::get("/")).await.expect("an answer");
        assert_eq!(response.headers[CONTENT_TYPE], "text/xml");
        // They described the body on the wire.
        assert!(!response.headers.contains_key(CONTENT_ENCODING));
        assert!(!response.headers.contains_key(CONTENT_LENGTH));
        assert!(text(response).await.expect("a body") == content);
        // The connection is whole.
        assert!(answer_to(&transport, "").await == content);
        assert_eq!(server.connections(), 1);
    }
}

#[tokio::test]
async fn compression_is_offered_unless_it_is_turned_off() {
    let server = Server::http(async |mut peer| {
        while let Some(request) = peer.receive().await {
            let offered = request.header("accept-encoding").join(",");
            peer.answer("200 OK", "Content-Encoding: identity\r\n", offered)
                .await;
        }
    })
    .await;
    let offering = server.transport().build().expect("a transport");
    assert_eq!(answer_to(&offering, "").await, "gzip");
    let silent = server.transport().gzip(false).build().expect("a transport");
    assert_eq!(answer_to(&silent, "").await, "");
}

#[tokio::test]
async fn an_empty_body_may_be_called_compressed() {
    let server = serve(GZIP, Vec::new()).await;
    let transport = server.transport().build().expect("a transport");
    assert_eq!(answer_to(&transport, "").await, "");
}

#[tokio::test]
async fn a_bomb_goes_off_within_the_limit() {
    let bomb = gzip(&vec![b' '; 32 << 20]);
    let length = bomb.len() as u64;
    let server = serve(GZIP, bomb).await;
    let limit = 1 << 20;
    assert!(length < limit);
    let transport = server.transport().body_limit(limit).build();
    let transport = transport.expect("a transport");
    let mut response = transport.send(Request::get("/")).await.expect("an answer");
    let mut delivered = 0;
    let error = loop {
        match response.chunk().await {
            Ok(chunk) => delivered += chunk.expect("not the end").len() as u64,
            Err(error) => break error,
        }
    };
    assert_eq!(error.kind(), &TransportErrorKind::BodyOverLimit { limit });
    assert!(delivered <= limit, "{delivered}");
}

#[tokio::test]
async fn an_endless_body_that_decompresses_to_nothing_is_cut_off() {
    let server = Server::http(async |mut peer| {
        peer.receive().await;
        peer.send(format!("HTTP/1.1 200 OK\r\n{GZIP}\r\n")).await;
        let nothing = gzip(b"");
        while peer.send(&nothing).await {}
    })
    .await;
    let limit = 100_000;
    let transport = server.transport().body_limit(limit).build();
    let error = failure(&transport.expect("a transport")).await;
    assert_eq!(error.kind(), &TransportErrorKind::BodyOverLimit { limit });
}

#[tokio::test]
async fn compressed_pieces_are_handed_over_while_they_arrive() {
    let consumed = Arc::new(Notify::new());
    let go_on = Arc::clone(&consumed);
    let server = Server::http(move |mut peer| {
        let go_on = Arc::clone(&go_on);
        async move {
            peer.receive().await.expect("a request");
            peer.send(format!("HTTP/1.1 200 OK\r\n{GZIP}\r\n")).await;
            let mut encoder = GzEncoder::new(Vec::new(), Compression::default());
            for piece in ["<one>", "<more>", "<e>"] {
                encoder
                    .write_all(piece.as_bytes())
                    .expect("writing to memory");
                encoder.flush().expect("writing to memory");
                peer.send(std::mem::take(encoder.get_mut())).await;
                go_on.notified().await;
            }
            peer.send(encoder.finish().expect("writing to memory"))
                .await;
            peer.close().await;
        }
    })
    .await;
    let transport = server.transport().build().expect("a transport");
    let mut response = transport.send(Request::get("/")).await.expect("an answer");
    // The server sends a piece only after the one before has been consumed here.
    for piece in ["<one>", "<more>", "<e>"] {
        let chunk = response
            .chunk()
            .await
            .expect("a piece")
            .expect("not the end");
        assert_eq!(chunk, piece);
        consumed.notify_one();
    }
    assert_eq!(response.chunk().await.expect("the end"), None);
}

#[tokio::test]
async fn what_is_not_gzip_is_an_error() {
    let whole = gzip(b"content");
    for body in [
        b"<html>no gzip here</html>".to_vec(),
        whole[..whole.len() - 1].to_vec(),
        whole[..5].to_vec(),
        [&whole[..], b"<html>"].concat(),
    ] {
        let server = serve(GZIP, body).await;
        let error = failure(&server.transport().build().expect("a transport")).await;
        let invalid = matches!(error.kind(), TransportErrorKind::InvalidResponse { .. });
        assert!(invalid, "{error:?}");
        assert!(error.to_string().contains("not valid gzip"), "{error}");
        assert!(error.request_was_sent() && !error.is_retryable());
    }
}

#[tokio::test]
async fn an_encoding_that_was_not_offered_is_named() {
    for (headers, named) in [
        ("Content-Encoding: br\r\n", "(br)"),
        ("Content-Encoding: gzip, br\r\n", "(gzip, br)"),
        (
            "Content-Encoding: gzip\r\nContent-Encoding: br\r\n",
            "(several at once)",
        ),
    ] {
        let server = serve(headers, b"x".to_vec()).await;
        let error = failure(&server.transport().build().expect("a transport")).await;
        assert!(error.to_string().contains(named), "{error}");
    }
}
