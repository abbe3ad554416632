//! Connecting, trusting, logging in and out.

use vmomi::transport::{TlsFailure, TransportErrorKind};
use vmomi::vim25::{InvalidLogin, NotAuthenticated, SERVICE, VirtualMachine};
use vmomi::{Client, Credentials, Error, Trust};
use vmomi_tests::vcsim::Vcsim;

use crate::{connect, server};

#[tokio::test]
async fn service_content_tells_what_the_server_is() {
    let server = server();
    let client = connect(&server).await;
    let content = client.service_content();
    assert_eq!(content.about.api_type, "VirtualCenter");
    assert_eq!(content.root_folder.type_name(), "Folder");
    assert!(content.session_manager.is_some());
    // The simulator speaks an older version than the one this API was generated from.
    let version = client.connection().version();
    assert!(SERVICE.versions.contains(&version), "{version}");
    if SERVICE.versions.contains(&&*content.about.api_version) {
        assert_eq!(version, content.about.api_version);
    }
}

#[tokio::test]
async fn credentials_in_the_url_are_used() {
    let server = server();
    let client = Client::builder(server.url_with_credentials())
        .unwrap()
        .trust(Trust::Insecure)
        .connect()
        .await
        .unwrap();
    assert!(!client.service_content().about.name.is_empty());
}

#[tokio::test]
async fn a_wrong_password_is_a_typed_fault() {
    let server = server();
    let error = Client::builder(server.url())
        .unwrap()
        .credentials(Credentials::password(server.user(), "not the password"))
        .trust(Trust::Insecure)
        .connect()
        .await
        .unwrap_err();
    assert!(error.fault_is::<InvalidLogin>(), "{error:?}");
    assert!(!error.fault_is::<NotAuthenticated>(), "{error:?}");
    assert!(!error.is_retryable());
    let shown = format!("{error} {error:?}");
    assert!(!shown.contains("not the password"), "{shown}");
    assert!(
        error.to_string().starts_with("Login: InvalidLogin"),
        "{error}"
    );
}

#[tokio::test]
async fn without_credentials_nothing_is_sent() {
    let error = Client::builder("https://127.0.0.1:1/sdk")
        .unwrap()
        .connect()
        .await
        .unwrap_err();
    assert!(matches!(error, Error::NoCredentials), "{error:?}");
}

#[tokio::test]
async fn the_certificate_is_checked_unless_told_otherwise() {
    let server = server();
    let attempt = async |trust| {
        Client::builder(server.url_with_credentials())
            .unwrap()
            .trust(trust)
            .connect()
            .await
    };
    let Err(Error::Transport(error)) = attempt(Trust::SystemRoots).await else {
        panic!("a certificate that nobody vouches for is trusted");
    };
    assert!(
        matches!(
            error.kind(),
            TransportErrorKind::Tls {
                failure: TlsFailure::UnknownIssuer { .. },
                ..
            }
        ),
        "{error:?}"
    );
    if let Some(pem) = server.certificate_pem() {
        attempt(Trust::Pem(pem.as_bytes().to_vec())).await.unwrap();
    }
}

#[tokio::test]
async fn plain_http_works_too() {
    let server = Vcsim::builder().plain_http().start().unwrap();
    let client = Client::builder(server.url_with_credentials())
        .unwrap()
        .connect()
        .await
        .unwrap();
    client.logout().await.unwrap();
}

#[tokio::test]
async fn after_logout_calls_are_not_authenticated() {
    let server = server();
    let client = connect(&server).await;
    client.logout().await.unwrap();
    let error = client
        .retrieve::<VirtualMachine>(["name"])
        .collect()
        .await
        .unwrap_err();
    assert!(error.fault_is::<NotAuthenticated>(), "{error:?}");
}

#[tokio::test]
async fn another_address_is_told_from_a_vsphere_server() {
    let server = server();
    let url = server
        .url_with_credentials()
        .replace("/sdk", "/about-nothing");
    let error = Client::builder(&url)
        .unwrap()
        .trust(Trust::Insecure)
        .connect()
        .await
        .unwrap_err();
    assert!(error.to_string().contains("404"), "{error}");
}
