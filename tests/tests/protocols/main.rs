//! The client over both protocols, against a server that speaks both and has one set of data.

#![expect(clippy::unwrap_used, reason = "a test says by a panic what went wrong")]

mod http;
mod story;
mod vcenter;
mod wire;

use vmomi::runtime::ErrorKind;
use vmomi::vim25::{InvalidLogin, NotAuthenticated};
use vmomi::{Client, ClientBuilder, Credentials, Error, Protocol};
use vmomi_tests::shared::skip;
use vmomi_tests::vcsim::Vcsim;

use vcenter::{Offer, PASSWORD, RELEASE, USER, VCenter};

fn builder(server: &VCenter, protocol: Protocol) -> ClientBuilder {
    Client::builder(&server.url())
        .unwrap()
        .credentials(Credentials::password(USER, PASSWORD))
        .protocol(protocol)
}

/// Which protocol a client ends up with.
async fn agreed(server: &VCenter, protocol: Protocol) -> String {
    let client = builder(server, protocol).connect().await.unwrap();
    let connection = client.connection();
    format!("{} {}", connection.protocol(), connection.version())
}

#[tokio::test]
async fn everything_is_the_same_over_both() {
    let mut told = Vec::new();
    for protocol in [Protocol::Soap, Protocol::Json] {
        let server = VCenter::start(Offer::JsonAndHello);
        let client = builder(&server, protocol).connect().await.unwrap();
        told.push(story::tell(&client).await);
        let spoken = client.connection().protocol().to_string();
        let calls = server.calls();
        assert!(
            calls.iter().all(|call| call.starts_with(&spoken)),
            "{calls:?}"
        );
        assert!(calls.len() > 20, "{calls:?}");
    }
    assert!(told[0].len() > 15, "{told:#?}");
    assert_eq!(told[0], told[1]);
}

#[tokio::test]
async fn the_protocol_is_negotiated() {
    let json = format!("JSON {RELEASE}");
    let soap = format!("SOAP {RELEASE}");
    for (offer, expected) in [
        (Offer::JsonAndHello, &json),
        (Offer::Json, &json),
        (Offer::Nothing, &soap),
    ] {
        let server = VCenter::start(offer);
        assert_eq!(&agreed(&server, Protocol::Negotiate).await, expected);
        assert_eq!(agreed(&server, Protocol::Soap).await, soap);
    }
}

#[tokio::test]
async fn json_is_spoken_in_the_version_asked_for() {
    let server = VCenter::start(Offer::Json);
    let connect = async |protocol, version: &str| {
        let builder = builder(&server, protocol).version(version);
        builder.connect().await
    };
    let client = connect(Protocol::Json, RELEASE).await.unwrap();
    assert_eq!(client.connection().version(), RELEASE);
    let error = connect(Protocol::Json, "1.0").await.unwrap_err();
    assert!(error.to_string().contains("a JSON document"), "{error}");
    let client = connect(Protocol::Negotiate, "1.0").await.unwrap();
    assert_eq!(client.connection().protocol().to_string(), "SOAP");
}

#[tokio::test]
async fn a_server_without_json_is_told_when_json_is_asked_for() {
    let server = VCenter::start(Offer::Nothing);
    let error = builder(&server, Protocol::Json)
        .connect()
        .await
        .unwrap_err();
    assert!(error.to_string().contains("HTTP 500"), "{error}");
}

#[tokio::test]
async fn a_wrong_password_is_a_typed_fault_over_both() {
    let mut shown = Vec::new();
    for protocol in [Protocol::Soap, Protocol::Json] {
        let server = VCenter::start(Offer::JsonAndHello);
        let error = builder(&server, protocol)
            .credentials(Credentials::password(USER, "not the password"))
            .connect()
            .await
            .unwrap_err();
        assert!(error.fault_is::<InvalidLogin>(), "{error:?}");
        let all = format!("{error} {error:?}");
        assert!(!all.contains("not the password"), "{all}");
        shown.push(error.to_string());
    }
    assert_eq!(shown[0], "Login: InvalidLogin: Cannot complete login.");
    assert_eq!(shown[0], shown[1]);
}

/// Each client has a session of its own, which clones share.
#[tokio::test]
async fn the_session_is_that_of_the_client() {
    let server = VCenter::start(Offer::JsonAndHello);
    let first = builder(&server, Protocol::Json).connect().await.unwrap();
    let clone = first.clone();
    let shown = format!("{first:?}");
    assert!(!shown.contains("session-1"), "{shown}");
    assert!(story::names(&clone).await.is_ok());
    clone.logout().await.unwrap();
    let error = story::names(&first).await.unwrap_err();
    assert!(error.fault_is::<NotAuthenticated>(), "{error:?}");
}

/// The simulator, if it speaks JSON: that of Debian does not.
#[tokio::test]
async fn vcsim_says_the_same_over_both_where_it_speaks_json() {
    let server = Vcsim::builder().plain_http().start().unwrap();
    let connect = async |protocol| {
        Client::builder(server.url_with_credentials())
            .unwrap()
            .protocol(protocol)
            .version("8.0.1.0")
            .connect()
            .await
    };
    let json = match connect(Protocol::Json).await {
        Ok(client) => client,
        Err(Error::Call(error)) if matches!(error.kind(), ErrorKind::NotVsphere { .. }) => {
            skip("this vcsim does not speak JSON; set VCSIM=/path/to/vcsim to one that does");
            return;
        }
        Err(error) => panic!("{error}"),
    };
    let soap = connect(Protocol::Soap).await.unwrap();
    assert_eq!(
        story::names(&json).await.unwrap(),
        story::names(&soap).await.unwrap()
    );
    json.logout().await.unwrap();
    let error = story::names(&json).await.unwrap_err();
    assert!(error.fault_is::<NotAuthenticated>(), "{error:?}");
}
