//! Connecting and logging out, dropped and failing anywhere.

use vmomi::vim25::NotAuthenticated;
use vmomi::{Client, Error, Protocol};

use super::{MANY_POLLS, cut, settle};
use crate::bookkeeper::{Bookkeeper, Failure, Offer};

/// What servers offer, and the protocol that they are spoken to by.
fn servers() -> Vec<(Offer, Protocol)> {
    let list = "<namespaces><namespace><name>urn:vim25</name><version>8.0.3.0</version>\
                </namespace></namespaces>";
    let listing = Offer {
        list: Some(list.to_owned()),
        ..Offer::default()
    };
    let json = Offer {
        json: Some("8.0.3.0"),
        ..Offer::default()
    };
    let old = Offer {
        accepts: vec!["4.0", "6.0"],
        api_version: "6.0",
        ..Offer::default()
    };
    vec![
        (Offer::default(), Protocol::Soap),
        (listing.clone(), Protocol::Soap),
        (old, Protocol::Negotiate),
        (json.clone(), Protocol::Negotiate),
        (json, Protocol::Json),
        (listing, Protocol::Negotiate),
    ]
}

async fn connect(server: &Bookkeeper, protocol: Protocol) -> Result<Client, Error> {
    let builder = server.builder().protocol(protocol);
    builder.connect_through(server.clone()).await
}

fn spoken(client: &Client) -> String {
    let connection = client.connection();
    format!("{} {}", connection.protocol(), connection.version())
}

#[tokio::test]
async fn connecting_dropped_anywhere_opens_no_session_for_good() {
    for (offer, protocol) in servers() {
        let server = Bookkeeper::offering(offer.clone());
        let undisturbed = spoken(&connect(&server, protocol).await.unwrap());
        let mut is_complete = false;
        for polls in 1..MANY_POLLS {
            let server = Bookkeeper::offering(offer.clone());
            let client = cut(connect(&server, protocol), polls).await;
            settle().await;
            is_complete = client.is_some();
            assert_eq!(server.sessions(), usize::from(is_complete), "after {polls}");
            let client = match client {
                Some(client) => client.unwrap(),
                None => connect(&server, protocol).await.unwrap(),
            };
            assert_eq!(spoken(&client), undisturbed, "after {polls}");
            client.logout().await.unwrap();
            assert_eq!(server.sessions(), 0, "after {polls}");
            let logins = server.requests();
            let logins = logins.iter().filter(|request| *request == "Login").count();
            assert!(logins <= 2, "after {polls}");
            if is_complete {
                assert!(polls > 8, "{polls}");
                break;
            }
        }
        assert!(is_complete, "{offer:?}");
    }
}

#[tokio::test]
async fn connecting_fails_only_with_what_it_needs_and_leaves_no_session() {
    for (offer, protocol) in servers() {
        let server = Bookkeeper::offering(offer.clone());
        connect(&server, protocol).await.unwrap();
        let requests = server.requests();
        for (number, request) in requests.iter().enumerate() {
            for failure in Failure::ALL {
                let shown = format!("{protocol:?} {offer:?} {request}: {failure:?}");
                let server = Bookkeeper::offering(offer.clone());
                server.fail(number, failure);
                let client = connect(&server, protocol).await;
                settle().await;
                let logins = server.requests();
                let logins = logins.iter().filter(|request| *request == "Login");
                assert!(logins.count() <= 1, "{shown}");
                match client {
                    Ok(client) => {
                        assert_ne!(request, "Login", "{shown}");
                        assert_eq!(server.sessions(), 1, "{shown}");
                        client.logout().await.unwrap();
                    }
                    Err(error) => {
                        let is_optional = matches!(&**request, "list" | "hello");
                        let insists = protocol == Protocol::Json;
                        assert!(
                            !is_optional || insists || failure == Failure::Unsent,
                            "{shown}: {error}"
                        );
                    }
                }
                // Without the head of the answer there is no cookie by which to name the session.
                if request == "Login" && failure == Failure::ClosedBeforeHead {
                    continue;
                }
                assert_eq!(server.sessions(), 0, "{shown}");
                connect(&server, protocol).await.unwrap();
            }
        }
    }
}

#[tokio::test]
async fn a_session_is_ended_by_a_logout_that_is_dropped_or_repeated() {
    for (offer, protocol) in servers() {
        for polls in 1..8 {
            let server = Bookkeeper::offering(offer.clone());
            let client = connect(&server, protocol).await.unwrap();
            let ended = cut(client.logout(), polls).await;
            assert!(ended.is_none_or(|ended| ended.is_ok()));
            settle().await;
            assert_eq!(server.sessions(), 0, "after {polls}");
            let error = client.logout().await.unwrap_err();
            assert!(error.fault_is::<NotAuthenticated>() || protocol != Protocol::Soap);
        }
        for failure in Failure::ALL {
            let server = Bookkeeper::offering(offer.clone());
            let client = connect(&server, protocol).await.unwrap();
            server.fail(0, failure);
            let first = client.logout().await;
            if failure.comes_after_the_deed() {
                assert_eq!(server.sessions(), 0, "{failure:?}");
            } else {
                first.unwrap_err();
                assert_eq!(server.sessions(), 1, "{failure:?}");
                client.logout().await.unwrap();
                assert_eq!(server.sessions(), 0, "{failure:?}");
            }
        }
    }
}
