//! Whom the program trusts, and through whom it goes.

use crate::program::{Done, run, run_with};
use crate::served::Site;
use crate::transport_support::certificates::{Authority, Identity};
use crate::transport_support::{Peer, Server};

const LOOPBACK: &str = "127.0.0.1";

async fn fetch(server: &Server, arguments: &[&str]) -> Done {
    let here = tempfile::tempdir().expect("a folder");
    let from = format!("https://{}/small/sdk", server.address);
    let fixed = ["fetch", "--from", &from, "--out", "wsdl"];
    run(here.path(), &[&fixed[..], arguments].concat()).await
}

#[tokio::test(flavor = "multi_thread")]
async fn an_unknown_certificate_tells_its_fingerprint_which_can_then_be_trusted() {
    let identity = Identity::self_signed(LOOPBACK, false);
    let (server, asked) = Site::small().serve(&identity).await;
    let refused = fetch(&server, &[]).await;
    assert_eq!(refused.code, Some(1));
    let fingerprint = identity.sha256().to_string();
    assert!(
        refused
            .error
            .contains("its certificate is signed by no trusted issuer")
            && refused
                .error
                .contains(&format!("--fingerprint {fingerprint}")),
        "{}",
        refused.error
    );
    assert!(asked.paths().is_empty());
    let trusted = fetch(&server, &["--fingerprint", &fingerprint]).await;
    assert_eq!(trusted.code, Some(0), "{}", trusted.error);

    let other = Identity::self_signed(LOOPBACK, false).sha256().to_string();
    let wrong = fetch(&server, &["--fingerprint", &other]).await;
    assert_eq!(wrong.code, Some(1));
    assert!(wrong.error.contains("not the pinned"), "{}", wrong.error);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_authority_from_a_file() {
    let authority = Authority::new();
    let (server, _) = Site::small().serve(&authority.issue(LOOPBACK)).await;
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("ca.pem");
    std::fs::write(&file, authority.pem()).expect("written");
    let file = file.to_string_lossy();
    let trusted = fetch(&server, &["--ca", &file]).await;
    assert_eq!(trusted.code, Some(0), "{}", trusted.error);
    let missing = fetch(&server, &["--ca", "nowhere.pem"]).await;
    assert!(
        missing.error.starts_with("error: nowhere.pem: "),
        "{}",
        missing.error
    );
    let both = fetch(&server, &["--ca", &file, "--insecure"]).await;
    assert_eq!(both.code, Some(2), "{}", both.error);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_certificate_for_another_name() {
    let authority = Authority::new();
    let (server, _) = Site::small().serve(&authority.issue("vc.example")).await;
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("ca.pem");
    std::fs::write(&file, authority.pem()).expect("written");
    let refused = fetch(&server, &["--ca", &file.to_string_lossy()]).await;
    assert!(
        refused
            .error
            .contains("its certificate is not for 127.0.0.1")
            && refused.error.contains("help: pin"),
        "{}",
        refused.error
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn the_proxy_of_the_environment() {
    let identity = Identity::self_signed("vc.invalid", false);
    let (server, _) = Site::small().serve(&identity).await;
    let to = server.address;
    // The proxy alone knows where the host is.
    let proxy = Server::http(move |mut peer: Peer| async move {
        let request = peer.receive().await.expect("a request");
        assert!(
            request.head.starts_with("CONNECT vc.invalid:443 "),
            "{}",
            request.head
        );
        assert_eq!(
            request.header("proxy-authorization"),
            ["Basic dXNlcjpzM2NyM3Q="]
        );
        peer.send("HTTP/1.1 200 OK\r\n\r\n").await;
        peer.relay(to).await;
    })
    .await;
    let here = tempfile::tempdir().expect("a folder");
    let fixed = [
        "fetch",
        "--from",
        "https://vc.invalid/small/sdk",
        "--out",
        "wsdl",
    ];
    let pin = identity.sha256().to_string();
    let arguments = [&fixed[..], &["--fingerprint", &pin]].concat();
    let through = format!("http://user:s3cr3t@{}", proxy.address);
    let done = run_with(here.path(), &arguments, &[("HTTPS_PROXY", &through)]).await;
    assert_eq!(done.code, Some(0), "{}", done.error);
    assert!(proxy.connections() > 0);
    let excepted = [("HTTPS_PROXY", &*through), ("NO_PROXY", "vc.invalid")];
    let refused = run_with(here.path(), &arguments, &excepted).await;
    assert!(
        refused
            .error
            .contains("cannot resolve the host name vc.invalid"),
        "{}",
        refused.error
    );
    assert!(!refused.error.contains("s3cr3t"), "{}", refused.error);
}
