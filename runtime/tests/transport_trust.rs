//! Whom a transport trusts, and what it says when it does not.

#![cfg(feature = "https")]

mod transport_support;

use std::time::Duration;

use tokio::net::TcpListener;
use transport_support::certificates::{Authority, Identity};
use transport_support::child::{self, Call};
use transport_support::{Server, answer_to, call, echo, failure};
use vmomi_runtime::transport::{
    ClientCertificate, Fingerprint, HttpsTransport, Proxy, TimeoutPhase, TlsFailure,
    TransportError, TransportErrorKind, Trust,
};

const LOOPBACK: &str = "127.0.0.1";

async fn serve(identity: &Identity) -> Server {
    Server::https(identity.server(), echo).await
}

fn trusting(server: &Server, trust: Trust) -> HttpsTransport {
    server
        .transport()
        .trust(trust)
        .build()
        .expect("a transport")
}

/// The reason for which the server is not trusted, with what holds for all of them checked.
async fn refusal(server: &Server, trust: Trust) -> TlsFailure {
    tls_failure(server, &failure(&trusting(server, trust)).await)
}

fn tls_failure(server: &Server, error: &TransportError) -> TlsFailure {
    let TransportErrorKind::Tls { address, failure } = error.kind() else {
        panic!("{error}: {error:?}");
    };
    assert_eq!(address, &server.address.to_string());
    let message = format!("no trusted connection to {address}: {failure}");
    assert_eq!(error.to_string(), message);
    assert!(!error.request_was_sent() && !error.is_retryable());
    failure.clone()
}

#[tokio::test]
async fn an_authority_in_a_bundle_is_trusted_and_no_other() {
    let authority = Authority::new();
    let identity = authority.issue(LOOPBACK);
    let server = serve(&identity).await;
    let bundle = [Authority::new().pem(), authority.pem()].concat();
    let transport = trusting(&server, Trust::Pem(bundle));
    assert_eq!(answer_to(&transport, "hello").await, "hello");
    assert_eq!(answer_to(&transport, "again").await, "again");
    assert_eq!(server.connections(), 1);

    let found = identity.sha256();
    let stranger = Trust::Pem(Authority::new().pem());
    let refused = refusal(&server, stranger).await;
    assert_eq!(refused, TlsFailure::UnknownIssuer { found });
    assert!(
        refused.to_string().contains(&found.to_string()),
        "{refused}"
    );
}

#[tokio::test]
async fn both_versions_of_tls_are_spoken() {
    let identity = Identity::self_signed(LOOPBACK, false);
    for version in [&rustls::version::TLS12, &rustls::version::TLS13] {
        let server = Server::https(identity.server_with_versions(&[version]), echo).await;
        for trust in [
            Trust::Pem(identity.pem()),
            Trust::Fingerprint(identity.sha256()),
            Trust::Insecure,
        ] {
            assert_eq!(answer_to(&trusting(&server, trust), "hello").await, "hello");
        }
    }
}

#[tokio::test]
#[expect(clippy::print_stderr, reason = "a test that is skipped says why")]
async fn an_address_of_version_6_is_a_name_too() {
    if let Err(error) = std::net::TcpListener::bind("[::1]:0") {
        eprintln!("skipped: this machine has no IPv6 loopback address ({error}); enable IPv6");
        return;
    }
    let identity = Identity::self_signed("::1", false);
    let server = Server::https_on("[::1]:0", identity.server(), async |mut peer| {
        while let Some(request) = peer.receive().await {
            peer.answer("200 OK", "", request.header("host").join(""))
                .await;
        }
    });
    let server = server.await;
    let transport = trusting(&server, Trust::Pem(identity.pem()));
    assert_eq!(answer_to(&transport, "").await, server.address.to_string());
}

#[tokio::test]
async fn a_name_that_does_not_fit_is_refused_with_both_names() {
    let authority = Authority::new();
    let server = serve(&authority.issue("vc.example")).await;
    let refused = refusal(&server, Trust::Pem(authority.pem())).await;
    let TlsFailure::NameMismatch {
        expected,
        presented,
    } = &refused
    else {
        panic!("{refused:?}");
    };
    assert_eq!(expected, LOOPBACK);
    assert!(
        presented.iter().any(|name| name.contains("vc.example")),
        "{presented:?}"
    );
    assert!(
        refused
            .to_string()
            .contains("is not for 127.0.0.1 but for "),
        "{refused}"
    );
}

#[tokio::test]
async fn a_certificate_out_of_its_time_is_refused_with_the_day() {
    let authority = Authority::new();
    let server = serve(&authority.issue_for_years(LOOPBACK, 2001, 2002)).await;
    let refused = refusal(&server, Trust::Pem(authority.pem())).await;
    assert!(
        matches!(refused, TlsFailure::Expired { not_after: Some(_) }),
        "{refused:?}"
    );
    assert!(
        refused.to_string().contains("valid until 2002-01-01"),
        "{refused}"
    );

    let server = serve(&authority.issue_for_years(LOOPBACK, 2201, 2202)).await;
    let refused = refusal(&server, Trust::Pem(authority.pem())).await;
    let in_future = matches!(
        refused,
        TlsFailure::NotYetValid {
            not_before: Some(_)
        }
    );
    assert!(in_future, "{refused:?}");
    assert!(
        refused.to_string().contains("valid from 2201-01-01"),
        "{refused}"
    );
}

#[tokio::test]
async fn a_certificate_in_a_bundle_is_trusted_for_its_own_name() {
    for authority in [false, true] {
        let identity = Identity::self_signed(LOOPBACK, authority);
        let server = serve(&identity).await;
        let transport = trusting(&server, Trust::Pem(identity.pem()));
        assert_eq!(answer_to(&transport, "hello").await, "hello");

        let other = Identity::self_signed(LOOPBACK, authority);
        let refused = refusal(&server, Trust::Pem(other.pem())).await;
        let found = identity.sha256();
        assert_eq!(
            refused,
            TlsFailure::UnknownIssuer { found },
            "authority: {authority}"
        );

        let old = Identity::self_signed_in(LOOPBACK, authority, 2001);
        let refused = refusal(&serve(&old).await, Trust::Pem(old.pem())).await;
        let expired = matches!(refused, TlsFailure::Expired { .. });
        assert!(expired, "authority: {authority}: {refused:?}");

        let elsewhere = Identity::self_signed("vc.example", authority);
        let server = serve(&elsewhere).await;
        let refused = refusal(&server, Trust::Pem(elsewhere.pem())).await;
        let wrong_name = matches!(refused, TlsFailure::NameMismatch { .. });
        assert!(wrong_name, "authority: {authority}: {refused:?}");
    }
}

#[tokio::test]
async fn a_pinned_certificate_is_trusted_whatever_else_it_is() {
    let old = Authority::new().issue_for_years("vc.example", 2001, 2002);
    let server = serve(&old).await;
    for pin in [old.sha256(), old.sha1()] {
        let transport = trusting(&server, Trust::Fingerprint(pin));
        assert_eq!(answer_to(&transport, "hello").await, "hello");
        // As a user gets it: as text.
        let parsed: Fingerprint = pin.to_string().to_lowercase().parse().expect("a pin");
        assert_eq!(parsed, pin);
    }
}

#[tokio::test]
async fn another_certificate_than_the_pinned_one_is_named() {
    let (pinned, shown) = (Authority::new(), Identity::self_signed(LOOPBACK, false));
    let pinned = pinned.issue(LOOPBACK);
    let server = serve(&shown).await;
    for (expected, found) in [
        (pinned.sha256(), shown.sha256()),
        (pinned.sha1(), shown.sha1()),
    ] {
        let refused = refusal(&server, Trust::Fingerprint(expected)).await;
        assert_eq!(refused, TlsFailure::FingerprintMismatch { expected, found });
        let message = refused.to_string();
        assert!(message.contains(&expected.to_string()), "{message}");
        assert!(message.contains(&found.to_string()), "{message}");
    }
}

/// A pinned certificate that anyone may show is worth nothing without a proof of its key.
#[tokio::test]
async fn a_pinned_certificate_without_its_key_is_refused() {
    let real = Identity::self_signed(LOOPBACK, false);
    for version in [&rustls::version::TLS12, &rustls::version::TLS13] {
        let server = Server::https(real.stolen_by_server(version), echo).await;
        let refused = refusal(&server, Trust::Fingerprint(real.sha256())).await;
        assert!(
            matches!(refused, TlsFailure::Handshake { .. }),
            "{refused:?}"
        );
        assert!(
            refused.to_string().to_lowercase().contains("signature"),
            "{refused}"
        );
    }
}

#[tokio::test]
async fn anyone_is_trusted_on_request_alone() {
    let server = serve(&Authority::new().issue_for_years("vc.example", 2001, 2002)).await;
    let transport = trusting(&server, Trust::Insecure);
    assert_eq!(answer_to(&transport, "hello").await, "hello");
    let untrusting = trusting(&server, Trust::Pem(Authority::new().pem()));
    call(&untrusting, "").await.expect_err("a refusal");
}

#[tokio::test]
async fn a_client_certificate_is_shown_to_a_server_that_asks() {
    let authority = Authority::new();
    let identity = authority.issue(LOOPBACK);
    let server = Server::https(identity.server_for_clients_of(&authority), echo).await;
    let trust = || Trust::Fingerprint(identity.sha256());
    let client = authority.issue("client.example");
    let certificate = ClientCertificate::from_pem(client.pem_with_key().as_bytes());
    let certificate = certificate.expect("a client certificate");
    let transport = server
        .transport()
        .trust(trust())
        .client_certificate(certificate);
    let transport = transport.build().expect("a transport");
    assert_eq!(answer_to(&transport, "hello").await, "hello");

    let error = failure(&trusting(&server, trust())).await;
    let TransportErrorKind::Tls { failure, .. } = error.kind() else {
        panic!("{error:?}");
    };
    assert!(
        failure
            .to_string()
            .contains("asks for a client certificate"),
        "{failure}"
    );

    for pem in [
        client.pem(),
        b"-----BEGIN CERTIFICATE-----\n".to_vec(),
        Vec::new(),
    ] {
        let error = ClientCertificate::from_pem(&pem).expect_err("incomplete");
        let kind = error.kind();
        assert!(
            matches!(kind, TransportErrorKind::InvalidConfiguration { .. }),
            "{error:?}"
        );
    }
}

#[tokio::test]
async fn a_plain_server_is_told_from_an_untrusted_one() {
    let server = Server::http(async |mut peer| {
        peer.send("HTTP/1.1 400 Bad Request\r\n\r\n").await;
        peer.hang().await;
    })
    .await;
    let url = format!("https://{}/sdk", server.address)
        .parse()
        .expect("a URL");
    let transport = HttpsTransport::builder(url)
        .proxy(Proxy::none())
        .trust(Trust::Insecure);
    let error = failure(&transport.build().expect("a transport")).await;
    assert_eq!(tls_failure(&server, &error), TlsFailure::NotTls);
    assert!(
        error
            .to_string()
            .ends_with("does not speak TLS on this port"),
        "{error}"
    );
}

#[tokio::test]
async fn a_handshake_that_never_ends_is_given_up_before_anything_is_sent() {
    // It accepts, by the backlog, and says nothing.
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("loopback");
    let address = listener.local_addr().expect("an address");
    let soon = Duration::from_millis(50);
    let builder = || {
        let url = format!("https://{address}/sdk").parse().expect("a URL");
        HttpsTransport::builder(url)
            .proxy(Proxy::none())
            .trust(Trust::Insecure)
    };
    for (builder, phase) in [
        (builder().connect_timeout(soon), TimeoutPhase::Connect),
        (builder().exchange_timeout(soon), TimeoutPhase::Exchange),
    ] {
        let error = failure(&builder.build().expect("a transport")).await;
        let expected = TransportErrorKind::Timeout { phase, limit: soon };
        assert_eq!(error.kind(), &expected);
        assert!(!error.request_was_sent() && error.is_retryable());
    }
}

#[tokio::test]
async fn a_server_that_hangs_up_in_the_handshake_may_be_tried_again() {
    let server = Server::http(async |peer| peer.close().await).await;
    let url = format!("https://{}/sdk", server.address)
        .parse()
        .expect("a URL");
    let transport = HttpsTransport::builder(url)
        .proxy(Proxy::none())
        .trust(Trust::Insecure);
    let error = failure(&transport.build().expect("a transport")).await;
    assert!(
        matches!(error.kind(), TransportErrorKind::Connect { .. }),
        "{error:?}"
    );
    assert!(!error.request_was_sent() && error.is_retryable());
}

#[test]
fn trust_that_cannot_be_set_up_is_refused_at_once() {
    let build = |url: &str, trust: Trust| {
        let url = url.parse().expect("a URL");
        let built = HttpsTransport::builder(url)
            .proxy(Proxy::none())
            .trust(trust)
            .build();
        let error = built.expect_err("a refusal");
        assert!(!error.request_was_sent() && !error.is_retryable());
        error.to_string()
    };
    let message = build("https://vc.example", Trust::Pem(Vec::new()));
    assert!(message.contains("has no certificate"), "{message}");
    let broken = b"-----BEGIN CERTIFICATE-----\n!\n-----END CERTIFICATE-----\n".to_vec();
    let message = build("https://vc.example", Trust::Pem(broken));
    assert!(message.contains("cannot be read"), "{message}");
    let other = b"-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n".to_vec();
    let message = build("https://vc.example", Trust::Pem(other));
    assert!(message.contains("cannot be read"), "{message}");
    let pin = Trust::Fingerprint(Fingerprint::Sha256([0; 32]));
    let message = build("http://vc.example", pin);
    assert!(message.contains("begins with http://"), "{message}");
}

#[tokio::test]
async fn the_authorities_of_the_system_are_trusted() {
    if child::is_asked_to_call().await {
        return;
    }
    let folder = tempfile::tempdir().expect("a folder");
    let authority = Authority::new();
    let server = serve(&authority.issue(LOOPBACK)).await;
    let url = server.url().to_string();
    for (roots, begins, contains) in [
        (authority.pem(), "answer: hello", ""),
        (
            Authority::new().pem(),
            "error: ",
            "signed by no trusted issuer",
        ),
        (
            Vec::new(),
            "error: ",
            "the system has no trusted certificates",
        ),
    ] {
        let file = folder.path().join("roots.pem");
        std::fs::write(&file, roots).expect("a file");
        let file = file.to_string_lossy();
        let call = Call {
            test: "the_authorities_of_the_system_are_trusted",
            url: &url,
            environment: &[("SSL_CERT_FILE", &file)],
            ..Call::default()
        };
        let outcome = call.outcome().await;
        assert!(
            outcome.starts_with(begins) && outcome.contains(contains),
            "{outcome}"
        );
    }
}
