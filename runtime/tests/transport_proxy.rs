//! Through a proxy: the ways of asking it, and that trust in the server is the same behind it.

#![cfg(feature = "https")]

mod transport_support;

use std::net::SocketAddr;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use tokio::net::TcpListener;
use transport_support::certificates::{Authority, Identity};
use transport_support::child::{self, Call};
use transport_support::{Peer, Server, answer_to, echo, failure};
use vmomi_runtime::transport::{
    HttpsTransport, HttpsTransportBuilder, Proxy, RetryAfter, ServerUrl, TlsFailure,
    TransportErrorKind, Trust,
};

/// A server that nobody can reach but through a proxy that knows better.
const SERVER: &str = "vc.example";

/// `user:s3cr3t` as a proxy gets it.
const BASIC: &str = "Basic dXNlcjpzM2NyM3Q=";

/// What a proxy was asked, request line first.
type Asked = Arc<Mutex<Vec<String>>>;

fn asked_of(asked: &Asked) -> Vec<String> {
    asked.lock().expect("no panic").clone()
}

/// A proxy that tunnels every `CONNECT` to `target`.
async fn tunnel(target: SocketAddr) -> (Server, Asked) {
    let asked = Asked::default();
    let record = Arc::clone(&asked);
    let proxy = Server::http(move |peer| tunnel_one(peer, target, Arc::clone(&record))).await;
    (proxy, asked)
}

async fn tunnel_one(mut peer: Peer, target: SocketAddr, asked: Asked) {
    let Some(request) = peer.receive().await else {
        return;
    };
    asked.lock().expect("no panic").push(request.head);
    peer.send("HTTP/1.1 200 Connection established\r\n\r\n")
        .await;
    peer.relay(target).await;
}

fn through(server: &str, proxy: &str) -> HttpsTransportBuilder {
    let server: ServerUrl = server.parse().expect("a URL");
    HttpsTransport::builder(server).proxy(Proxy::url(proxy).expect("a proxy"))
}

#[tokio::test]
async fn a_pin_holds_through_a_tunnel() {
    let identity = Identity::self_signed(SERVER, false);
    let server = Server::https(identity.server(), echo).await;
    let (tunnel, asked) = tunnel(server.address).await;
    let proxy = format!("http://{}", tunnel.address);
    let url = format!("https://{SERVER}/sdk");

    let pinned = through(&url, &proxy).trust(Trust::Fingerprint(identity.sha256()));
    let transport = pinned.build().expect("a transport");
    assert_eq!(answer_to(&transport, "hello").await, "hello");
    assert_eq!(answer_to(&transport, "again").await, "again");
    let [request] = &asked_of(&asked)[..] else {
        panic!("the tunnel is used again");
    };
    assert!(
        request.starts_with("CONNECT vc.example:443 HTTP/1.1\r\n"),
        "{request}"
    );
    assert!(
        !request.to_lowercase().contains("proxy-authorization"),
        "{request}"
    );

    let expected = Identity::self_signed(SERVER, false).sha256();
    let pinned = through(&url, &proxy).trust(Trust::Fingerprint(expected));
    let error = failure(&pinned.build().expect("a transport")).await;
    let expected = TransportErrorKind::Tls {
        address: "vc.example:443".to_owned(),
        failure: TlsFailure::FingerprintMismatch {
            expected,
            found: identity.sha256(),
        },
    };
    assert_eq!(error.kind(), &expected);
    assert!(!error.request_was_sent() && !error.is_retryable());
}

#[tokio::test]
async fn a_bundle_holds_through_a_tunnel_and_by_the_name_of_the_server() {
    let authority = Authority::new();
    let server = Server::https(authority.issue(SERVER).server(), echo).await;
    let (tunnel, _) = tunnel(server.address).await;
    let proxy = format!("http://{}", tunnel.address);
    let trusting = |host: &str| {
        through(&format!("https://{host}/sdk"), &proxy)
            .trust(Trust::Pem(authority.pem()))
            .build()
            .expect("a transport")
    };
    assert_eq!(answer_to(&trusting(SERVER), "hello").await, "hello");
    let error = failure(&trusting("other.example")).await;
    assert!(
        error.to_string().contains("is not for other.example"),
        "{error}"
    );
}

#[tokio::test]
async fn a_proxy_is_given_its_credentials_and_the_server_is_not() {
    let identity = Identity::self_signed(SERVER, false);
    let heads = Arc::new(Mutex::new(Vec::new()));
    let record = Arc::clone(&heads);
    let server = Server::https(identity.server(), move |mut peer: Peer| {
        let record = Arc::clone(&record);
        async move {
            while let Some(request) = peer.receive().await {
                record.lock().expect("no panic").push(request.head);
                peer.answer("200 OK", "", "").await;
            }
        }
    })
    .await;
    let (tunnel, asked) = tunnel(server.address).await;
    let proxy = format!("http://user:s3cr3t@{}", tunnel.address);
    let transport = through("https://vc.example:8443", &proxy).trust(Trust::Insecure);
    let transport = transport.build().expect("a transport");
    assert_eq!(answer_to(&transport, "").await, "");
    let asked = asked_of(&asked).join("");
    assert!(
        asked.starts_with("CONNECT vc.example:8443 HTTP/1.1\r\n"),
        "{asked}"
    );
    assert!(
        asked.contains(&format!("\r\nProxy-Authorization: {BASIC}\r\n")),
        "{asked}"
    );
    let heads = heads.lock().expect("no panic").join("");
    assert!(
        !heads.to_lowercase().contains("proxy-authorization"),
        "{heads}"
    );
    assert!(
        !format!("{transport:?}").contains("s3cr3t"),
        "{transport:?}"
    );
}

#[tokio::test]
async fn a_proxy_that_refuses_is_named_and_nothing_was_sent() {
    for (answer, says, status, seconds) in [
        (
            "HTTP/1.1 407 Proxy Authentication Required\r\n\r\n",
            "authorization required",
            Some(407),
            None,
        ),
        (
            "HTTP/1.1 502 Bad Gateway\r\n\r\n",
            "(status 502): ",
            Some(502),
            None,
        ),
        (
            "HTTP/1.1 503 Service Unavailable\r\nRetry-After: 30\r\n\r\nbusy",
            "(status 503): ",
            Some(503),
            Some(30),
        ),
        ("", "unexpected end", None, None),
    ] {
        let proxy = Server::http(move |mut peer| async move {
            peer.receive().await;
            peer.send(answer).await;
            peer.close().await;
        })
        .await;
        let address = proxy.address;
        let url = format!("http://user:s3cr3t@{address}");
        let error = failure(&through("https://vc.example", &url).build().expect("one")).await;
        let proxy = format!("http://{address}");
        assert_eq!(
            error.kind(),
            &TransportErrorKind::Proxy {
                proxy: proxy.clone(),
                status,
            }
        );
        let retry_after = seconds.map(|it| RetryAfter::Delay(Duration::from_secs(it)));
        assert_eq!(error.retry_after(), retry_after);
        let message = error.to_string();
        assert!(
            message.contains(&proxy) && message.contains(says),
            "{message}"
        );
        // A proxy that is busy, or does not reach the server now, may do so later.
        assert_eq!(error.is_retryable(), matches!(status, Some(502 | 503)));
        assert!(!error.request_was_sent());
        assert!(
            !format!("{message} {error:?}").contains("s3cr3t"),
            "{error:?}"
        );
    }
}

#[tokio::test]
async fn a_proxy_that_is_not_there_may_be_tried_again() {
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("loopback");
    let address = listener.local_addr().expect("an address");
    drop(listener);
    for scheme in ["http", "socks5"] {
        let url = format!("{scheme}://{address}");
        let transport = through("https://vc.example", &url).trust(Trust::Insecure);
        let error = failure(&transport.build().expect("a transport")).await;
        let expected = format!("cannot get through the proxy {url}: cannot connect to {address}");
        assert!(error.to_string().starts_with(&expected), "{error}");
        assert!(!error.request_was_sent() && error.is_retryable());
    }
}

#[tokio::test]
async fn a_proxy_that_falls_silent_is_given_up() {
    let proxy = Server::http(Peer::hang).await;
    let soon = Duration::from_millis(50);
    let url = format!("http://{}", proxy.address);
    let transport = through("https://vc.example", &url).connect_timeout(soon);
    let error = failure(&transport.trust(Trust::Insecure).build().expect("one")).await;
    assert!(
        error.to_string().starts_with("no connection within"),
        "{error}"
    );
    assert!(!error.request_was_sent() && error.is_retryable());
}

#[tokio::test]
async fn requests_in_the_clear_are_forwarded() {
    let proxy = Server::http(async |mut peer| {
        while let Some(request) = peer.receive().await {
            if request.header("proxy-authorization") == [BASIC] {
                peer.answer("200 OK", "", request.head).await;
            } else {
                peer.answer("407 Proxy Authentication Required", "", "")
                    .await;
            }
        }
    })
    .await;
    let with_password = format!("http://user:s3cr3t@{}", proxy.address);
    let transport = through("http://vc.example:8080", &with_password).build();
    let transport = transport.expect("a transport");
    let seen = answer_to(&transport, "").await;
    assert!(
        seen.starts_with("POST http://vc.example:8080/sdk HTTP/1.1\r\n"),
        "{seen}"
    );
    assert!(seen.contains("\r\nhost: vc.example:8080\r\n"), "{seen}");

    let without = through("http://vc.example", &format!("http://{}", proxy.address));
    let error = failure(&without.build().expect("a transport")).await;
    assert!(
        matches!(error.kind(), TransportErrorKind::Proxy { .. }),
        "{error:?}"
    );
    assert!(error.to_string().contains("407"), "{error}");
    assert!(!error.request_was_sent() && !error.is_retryable());
}

#[tokio::test]
async fn a_socks_proxy_resolves_the_name_and_checks_the_password() {
    let identity = Identity::self_signed(SERVER, false);
    let server = Server::https(identity.server(), echo).await;
    let target = server.address;
    let proxy = Server::http(move |mut peer: Peer| async move {
        assert_eq!(
            peer.read_exactly(3).await,
            [5, 1, 2],
            "one method: a password"
        );
        peer.send([5, 2]).await;
        let authentication = peer.read_exactly(13).await;
        let valid = authentication == *b"\x01\x04user\x06s3cr3t";
        peer.send([1, u8::from(!valid)]).await;
        if valid {
            let request = peer.read_exactly(4 + 1 + SERVER.len() + 2).await;
            assert_eq!(
                request,
                [b"\x05\x01\x00\x03\x0a", SERVER.as_bytes(), b"\x01\xbb"].concat()
            );
            peer.send([5, 0, 0, 1, 0, 0, 0, 0, 0, 0]).await;
            peer.relay(target).await;
        }
    })
    .await;
    let transport = |password: &str| {
        through(
            "https://vc.example",
            &format!("socks5://user:{password}@{}", proxy.address),
        )
        .trust(Trust::Fingerprint(identity.sha256()))
        .build()
        .expect("a transport")
    };
    assert_eq!(answer_to(&transport("s3cr3t"), "hello").await, "hello");
    let error = failure(&transport("wr0ng!")).await;
    let proxy = format!("socks5://{}", proxy.address);
    assert_eq!(
        error.kind(),
        &TransportErrorKind::Proxy {
            proxy,
            status: None
        }
    );
    assert!(!error.request_was_sent() && !error.is_retryable());
    assert!(
        !format!("{error} {error:?}").contains("wr0ng!"),
        "{error:?}"
    );
}

#[tokio::test]
async fn the_environment_names_a_proxy_and_its_exceptions() {
    if child::is_asked_to_call().await {
        return;
    }
    let identity = Identity::self_signed(SERVER, false);
    let server = Server::https(identity.server(), echo).await;
    let (tunnel, asked) = tunnel(server.address).await;
    let proxy = format!("http://user:s3cr3t@{}", tunnel.address);
    let pin = Some(identity.sha256());

    let environment = [("HTTPS_PROXY", &*proxy), ("NO_PROXY", "direct.invalid")];
    let outcome = async |url: &str| {
        let call = Call {
            test: "the_environment_names_a_proxy_and_its_exceptions",
            url,
            pin,
            environment: &environment,
            ..Call::default()
        };
        call.outcome().await
    };
    assert_eq!(outcome("https://vc.example").await, "answer: hello");
    let heads = asked_of(&asked);
    assert!(heads.len() == 1 && heads[0].contains(BASIC), "{heads:?}");
    let excepted = outcome("https://direct.invalid").await;
    assert!(excepted.starts_with("error: cannot resolve"), "{excepted}");
    let this_machine = outcome(&server.url().to_string()).await;
    assert_eq!(this_machine, "answer: hello");
    assert_eq!(asked_of(&asked).len(), 1);
}

#[tokio::test]
async fn a_proxy_may_speak_tls_itself() {
    if child::is_asked_to_call().await {
        return;
    }
    let identity = Identity::self_signed(SERVER, false);
    let server = Server::https(identity.server(), echo).await;
    let authority = Authority::new();
    let folder = tempfile::tempdir().expect("a folder");
    let roots = folder.path().join("roots.pem");
    std::fs::write(&roots, authority.pem()).expect("a file");
    let roots = roots.to_string_lossy();
    let target = server.address;
    for (shown, begins, contains) in [
        (authority.issue("127.0.0.1"), "answer: hello", ""),
        (
            Identity::self_signed("127.0.0.1", false),
            "error: ",
            "signed by no trusted issuer",
        ),
    ] {
        let tunnel = move |peer| tunnel_one(peer, target, Asked::default());
        let server = Server::https(shown.server(), tunnel).await;
        let proxy = format!("https://{}", server.address);
        let call = Call {
            test: "a_proxy_may_speak_tls_itself",
            url: "https://vc.example",
            pin: Some(identity.sha256()),
            proxy: Some(&proxy),
            environment: &[("SSL_CERT_FILE", &roots)],
        };
        let outcome = call.outcome().await;
        assert!(
            outcome.starts_with(begins) && outcome.contains(contains),
            "{outcome}"
        );
        if begins == "error: " {
            let named = format!("cannot get through the proxy {proxy}: ");
            assert!(outcome.contains(&named), "{outcome}");
        }
    }
}
