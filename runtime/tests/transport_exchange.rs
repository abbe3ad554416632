//! Requests and answers over plain HTTP: what is sent, and what comes back.

#![cfg(feature = "https")]

mod transport_support;

use tokio::sync::Notify;
use transport_support::{Server, answer_to, call, echo, text};
use vmomi_runtime::transport::http::header::{
    ACCEPT_ENCODING, CONTENT_TYPE, COOKIE, HeaderName, HeaderValue, USER_AGENT,
};
use vmomi_runtime::transport::{
    HttpsTransport, Proxy, Request, ServerUrl, Transport, TransportErrorKind,
};

fn to(url: &str) -> HttpsTransport {
    let url: ServerUrl = url.parse().expect("a URL");
    let builder = HttpsTransport::builder(url).proxy(Proxy::none());
    builder.build().expect("a transport")
}

#[tokio::test]
async fn a_request_arrives_with_what_the_transport_adds() {
    let server = Server::http(async |mut peer| {
        while let Some(request) = peer.receive().await {
            let body = [request.head.as_bytes(), &request.body].concat();
            peer.answer("200 OK", "Content-Type: text/xml\r\n", body)
                .await;
        }
    })
    .await;
    let transport = server.transport().build().expect("a transport");
    let action = HeaderName::from_static("soapaction");
    let request = Request::post("/sdk?x=1", "<Login/>")
        .with_header(CONTENT_TYPE, HeaderValue::from_static("text/xml"))
        .with_header(action, HeaderValue::from_static("urn:vim25/9.1"));
    let response = transport.send(request).await.expect("an answer");
    assert_eq!(response.status, 200);
    assert_eq!(response.headers[CONTENT_TYPE], "text/xml");
    let seen = text(response).await.expect("a body");
    assert!(seen.starts_with("POST /sdk?x=1 HTTP/1.1\r\n"), "{seen}");
    assert!(seen.ends_with("\r\n\r\n<Login/>"), "{seen}");
    let host = format!("host: {}", server.address);
    let agent = concat!("user-agent: vmomi/", env!("CARGO_PKG_VERSION"));
    for header in [
        &host,
        agent,
        "accept-encoding: gzip",
        "content-length: 8",
        "content-type: text/xml",
        "soapaction: urn:vim25/9.1",
    ] {
        assert!(
            seen.contains(&format!("\r\n{header}\r\n")),
            "{header}: {seen}"
        );
    }
    assert!(!seen.contains("cookie"));

    let request = Request::get("/")
        .with_header(USER_AGENT, HeaderValue::from_static("backup/2"))
        .with_header(ACCEPT_ENCODING, HeaderValue::from_static("identity"))
        .with_header(COOKIE, HeaderValue::from_static("a=b"));
    let seen = text(transport.send(request).await.expect("an answer")).await;
    let seen = seen.expect("a body");
    assert!(seen.starts_with("GET / HTTP/1.1\r\n"), "{seen}");
    for header in [
        "user-agent: backup/2",
        "accept-encoding: identity",
        "cookie: a=b",
    ] {
        assert!(
            seen.contains(&format!("\r\n{header}\r\n")),
            "{header}: {seen}"
        );
    }
    assert!(
        !seen.contains("vmomi") && !seen.contains("content-length"),
        "{seen}"
    );
}

#[tokio::test]
async fn a_connection_is_used_again() {
    let server = Server::http(echo).await;
    let transport = server.transport().build().expect("a transport");
    for number in 0..5 {
        let body = number.to_string();
        let clone = transport.clone();
        assert_eq!(answer_to(&clone, &body).await, &*body);
    }
    assert_eq!(server.connections(), 1);
    let (one, two) = tokio::join!(answer_to(&transport, "1"), answer_to(&transport, "2"));
    assert_eq!((one.as_str(), two.as_str()), ("1", "2"));
    assert!(server.connections() <= 2);
}

#[tokio::test]
async fn a_server_that_closes_after_each_answer_is_connected_to_again() {
    let server = Server::http(async |mut peer| {
        let request = peer.receive().await.expect("a request");
        peer.answer("200 OK", "Connection: close\r\n", request.body)
            .await;
        peer.close().await;
    })
    .await;
    let transport = server.transport().build().expect("a transport");
    for number in 0..3 {
        assert_eq!(answer_to(&transport, "x").await, "x");
        assert_eq!(server.connections(), number + 1);
    }
}

#[tokio::test]
async fn any_status_is_an_answer() {
    const HTML: &str = "<html><body>not SOAP at all</body></html>";
    let server = Server::http(async |mut peer| {
        while let Some(request) = peer.receive().await {
            let status = String::from_utf8(request.body).expect("a status");
            peer.answer(&status, "Content-Type: text/html\r\n", HTML)
                .await;
        }
    })
    .await;
    let transport = server.transport().build().expect("a transport");
    for status in [
        "404 Not Found",
        "500 Oh",
        "401 Unauthorized",
        "503 Later",
        "207 Multi",
    ] {
        let response = transport.send(Request::post("/sdk", status)).await;
        let response = response.expect("an answer");
        assert_eq!(response.status.as_str(), &status[..3]);
        assert_eq!(text(response).await.expect("a body"), HTML);
    }
}

#[tokio::test]
async fn a_redirect_is_an_error_that_names_its_target_and_is_not_followed() {
    let server = Server::http(async |mut peer| {
        while let Some(request) = peer.receive().await {
            let target = String::from_utf8(request.body).expect("a target");
            let location = match target.as_str() {
                "" => String::new(),
                target => format!("Location: {target}\r\n"),
            };
            peer.answer("302 Found", &location, "").await;
        }
    })
    .await;
    let transport = server.transport().build().expect("a transport");
    for (location, target) in [
        (
            "https://user:s3cr3t@other.example/ui/?ticket=s3cr3t",
            "https://other.example/ui/",
        ),
        ("/ui/?ticket=s3cr3t", "/ui/"),
        ("", "an unnamed place"),
    ] {
        let error = call(&transport, location).await.expect_err("a redirect");
        let expected = TransportErrorKind::Redirect {
            status: 302,
            target: target.to_owned(),
        };
        assert_eq!(error.kind(), &expected);
        assert!(error.to_string().contains(target), "{error}");
        assert!(!format!("{error} {error:?}").contains("s3cr3t"));
        assert!(error.request_was_sent() && !error.is_retryable());
    }
    assert_eq!(server.connections(), 1);
}

#[tokio::test]
async fn a_session_cookie_is_kept_read_and_put_back() {
    let server = Server::http(async |mut peer| {
        while let Some(request) = peer.receive().await {
            let cookies = request.header("cookie").join(" and ");
            let change = String::from_utf8(request.body).expect("a header");
            peer.answer("200 OK", &change, cookies).await;
        }
    })
    .await;
    let transport = server.transport().build().expect("a transport");
    let login = "Set-Cookie: vmware_soap_session=\"5bd0-s3cr3t\"; Path=/; HttpOnly; Secure\r\n";
    assert_eq!(answer_to(&transport, login).await, "");
    let sent = answer_to(&transport, "").await;
    assert_eq!(sent, "vmware_soap_session=\"5bd0-s3cr3t\"");
    let jar = transport.cookies().expect("cookies are kept");
    let session = jar.get("vmware_soap_session", "/sdk").expect("a session");
    assert!(!format!("{transport:?}").contains("s3cr3t"));
    assert!(format!("{transport:?}").contains("vmware_soap_session"));

    let other = server.transport().build().expect("a transport");
    assert_eq!(answer_to(&other, "").await, "");
    let jar = other.cookies().expect("cookies are kept");
    jar.set("vmware_soap_session", &session).expect("a cookie");
    assert_eq!(answer_to(&other, "").await, sent);
    let logout = "Set-Cookie: vmware_soap_session=; Path=/; Max-Age=0\r\n";
    assert_eq!(answer_to(&other, logout).await, sent);
    assert_eq!(answer_to(&other, "").await, "");
}

#[tokio::test]
async fn a_body_is_handed_over_while_it_arrives() {
    let consumed = std::sync::Arc::new(Notify::new());
    let go_on = std::sync::Arc::clone(&consumed);
    let server = Server::http(move |mut peer| {
        let go_on = std::sync::Arc::clone(&go_on);
        async move {
            peer.receive().await.expect("a request");
            peer.send("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n")
                .await;
            for chunk in ["5\r\n<one>\r\n", "6\r\n<more>\r\n", "3\r\n<e>\r\n0\r\n\r\n"] {
                peer.send(chunk).await;
                go_on.notified().await;
            }
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
    assert_eq!(response.chunk().await.expect("still the end"), None);
}

#[tokio::test]
async fn collecting_has_a_limit_of_its_own() {
    let server = Server::http(echo).await;
    let transport = server.transport().build().expect("a transport");
    let body = "x".repeat(300_000);
    for (limit, fits) in [
        (0, false),
        (299_999, false),
        (300_000, true),
        (usize::MAX, true),
    ] {
        let response = transport.send(Request::post("/", body.clone())).await;
        let collected = response.expect("an answer").collect(limit).await;
        match collected {
            Ok(collected) => assert!(fits && collected == body),
            Err(error) => {
                let limit = limit as u64;
                assert_eq!(error.kind(), &TransportErrorKind::BodyOverLimit { limit });
                assert!(!fits);
            }
        }
    }
    let response = transport.send(Request::get("/")).await.expect("an answer");
    assert_eq!(response.collect(0).await.expect("an empty body"), "");
}

#[tokio::test]
async fn a_request_that_cannot_be_written_is_refused_before_it_is_sent() {
    let server = Server::http(echo).await;
    let transport = server.transport().build().expect("a transport");
    for path in [
        "",
        "sdk",
        "http://other.example/",
        "/a b",
        "/a\r\nX: y",
        "/a#b",
        "/\u{e9}",
    ] {
        let error = transport.send(Request::get(path)).await.expect_err(path);
        let refused = matches!(error.kind(), TransportErrorKind::InvalidRequest { .. });
        assert!(refused, "{path:?}: {error:?}");
        assert!(!error.request_was_sent() && !error.is_retryable());
    }
    assert_eq!(server.connections(), 0);
}

#[test]
fn outside_a_runtime_there_is_an_error_and_no_panic() {
    let transport = to("http://127.0.0.1:1/sdk");
    let mut sending = transport.send(Request::get("/"));
    let mut context = std::task::Context::from_waker(std::task::Waker::noop());
    let std::task::Poll::Ready(Err(error)) = sending.as_mut().poll(&mut context) else {
        panic!("it fails at once");
    };
    assert!(
        error.to_string().contains("outside a tokio runtime"),
        "{error}"
    );
    assert!(!error.request_was_sent());
}

#[test]
fn a_user_agent_has_to_be_a_header_value() {
    let url: ServerUrl = "https://vc.example".parse().expect("a URL");
    let error = HttpsTransport::builder(url).user_agent("a\r\nb").build();
    let error = error.expect_err("an invalid header");
    assert!(error.to_string().contains("User-Agent"), "{error}");
}

#[tokio::test]
async fn dropping_an_answer_ends_the_exchange() {
    let gone = std::sync::Arc::new(Notify::new());
    let noticed = std::sync::Arc::clone(&gone);
    let server = Server::http(move |mut peer| {
        let noticed = std::sync::Arc::clone(&noticed);
        async move {
            peer.receive().await;
            peer.send("HTTP/1.1 200 OK\r\n\r\n").await;
            while peer.send([b'x'; 65536]).await {}
            noticed.notify_one();
        }
    })
    .await;
    let transport = server.transport().build().expect("a transport");
    let mut response = transport.send(Request::get("/")).await.expect("an answer");
    response
        .chunk()
        .await
        .expect("a piece")
        .expect("not the end");
    drop(response);
    gone.notified().await;
}
