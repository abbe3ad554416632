//! The harness itself: a server holds what was asked for, checks the login, and ends.
//!
//! It speaks to the server over a bare socket, so that a fault of the client cannot hide one here.

#![expect(clippy::unwrap_used, reason = "a test says by a panic what went wrong")]

use std::io::{Read, Write};
use std::net::TcpStream;

use vmomi_tests::vcsim::{Vcsim, VcsimError};

/// Host and port of a server.
fn address(server: &Vcsim) -> &str {
    let (_, rest) = server.url().split_once("://").unwrap();
    rest.strip_suffix("/sdk").unwrap()
}

/// The whole answer, from the status line on, to a SOAP body sent over plain http.
fn call(server: &Vcsim, cookie: &str, body: &str) -> String {
    let envelope = format!(
        r#"<Envelope xmlns="http://schemas.xmlsoap.org/soap/envelope/"><Body>{body}</Body></Envelope>"#
    );
    let length = envelope.len();
    let request = format!(
        "POST /sdk HTTP/1.0\r\nCookie: {cookie}\r\nContent-Length: {length}\r\n\r\n{envelope}"
    );
    exchange(server, &request)
}

fn exchange(server: &Vcsim, request: &str) -> String {
    let mut stream = TcpStream::connect(address(server)).unwrap();
    stream.write_all(request.as_bytes()).unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).unwrap();
    answer
}

fn login(server: &Vcsim, user: &str, password: &str) -> String {
    let body = format!(
        r#"<Login xmlns="urn:vim25"><_this type="SessionManager">SessionManager</_this>
           <userName>{user}</userName><password>{password}</password></Login>"#
    );
    call(server, "", &body)
}

/// The text between the first `start` and the `end` after it.
fn between<'a>(text: &'a str, start: &str, end: &str) -> &'a str {
    let (_, rest) = text
        .split_once(start)
        .unwrap_or_else(|| panic!("no {start} in {text}"));
    rest.split_once(end)
        .unwrap_or_else(|| panic!("no {end} in {text}"))
        .0
}

/// Logs in and counts the objects of a type in the whole inventory.
fn count(server: &Vcsim, kind: &str) -> usize {
    let answer = login(server, server.user(), server.password());
    let cookie = between(&answer, "Set-Cookie: ", ";");
    let created = call(
        server,
        cookie,
        &format!(
            r#"<CreateContainerView xmlns="urn:vim25"><_this type="ViewManager">ViewManager</_this>
               <container type="Folder">group-d1</container><type>{kind}</type>
               <recursive>true</recursive></CreateContainerView>"#
        ),
    );
    let view = between(&created, r#"<returnval type="ContainerView">"#, "</");
    let answer = call(
        server,
        cookie,
        &format!(
            r#"<RetrieveProperties xmlns="urn:vim25">
               <_this type="PropertyCollector">propertyCollector</_this>
               <specSet><propSet><type>ContainerView</type><pathSet>view</pathSet></propSet>
               <objectSet><obj type="ContainerView">{view}</obj></objectSet></specSet>
               </RetrieveProperties>"#
        ),
    );
    answer.matches(&format!(r#"type="{kind}""#)).count()
}

#[test]
fn only_the_right_password_is_taken() {
    let server = Vcsim::builder()
        .plain_http()
        .credentials("someone", "s3cret")
        .start()
        .unwrap();
    let refused = login(&server, "someone", "pass");
    assert!(refused.starts_with("HTTP/1.0 500"), "{refused}");
    assert!(refused.contains(r#"xsi:type="InvalidLogin""#), "{refused}");
    let taken = login(&server, "someone", "s3cret");
    assert!(taken.starts_with("HTTP/1.0 200"), "{taken}");
    assert!(taken.contains("<userName>someone</userName>"), "{taken}");
}

#[test]
fn the_inventory_is_the_one_asked_for() {
    let server = Vcsim::builder()
        .plain_http()
        .datacenters(2)
        .folders(1)
        .clusters(1)
        .hosts_per_cluster(4)
        .standalone_hosts(0)
        .resource_pools(1)
        .virtual_apps(1)
        .storage_pods(1)
        .datastores(2)
        .port_groups(1)
        .virtual_machines(3)
        .start()
        .unwrap();
    assert_eq!(count(&server, "Datacenter"), 2);
    assert_eq!(count(&server, "HostSystem"), 8);
    assert_eq!(count(&server, "VirtualApp"), 2);
    assert_eq!(count(&server, "StoragePod"), 2);
    assert_eq!(count(&server, "Datastore"), 4);
}

#[test]
fn an_esxi_host_has_no_center() {
    let server = Vcsim::builder().plain_http().esx().start().unwrap();
    let content = call(
        &server,
        "",
        r#"<RetrieveServiceContent xmlns="urn:vim25">
           <_this type="ServiceInstance">ServiceInstance</_this></RetrieveServiceContent>"#,
    );
    assert!(
        content.contains("<apiType>HostAgent</apiType>"),
        "{content}"
    );
}

#[test]
fn https_is_served_with_a_certificate_that_the_test_knows() {
    let server = Vcsim::builder().start().unwrap();
    assert!(
        server.url().starts_with("https://127.0.0.1:"),
        "{}",
        server.url()
    );
    let with_credentials = format!("https://user:pass@{}/sdk", address(&server));
    assert_eq!(server.url_with_credentials(), with_credentials);
    let certificate = server.certificate_pem().unwrap();
    assert!(
        certificate.starts_with("-----BEGIN CERTIFICATE-----"),
        "{certificate}"
    );
    // Short enough to be read in one go: what a server leaves unread can cost its answer.
    let answer = exchange(&server, "GET / HTTP/1.0\r\n\r\n");
    assert!(
        answer.contains("HTTP request to an HTTPS server"),
        "{answer}"
    );
}

#[test]
fn servers_run_side_by_side_and_end_when_dropped() {
    let first = Vcsim::builder().plain_http().start().unwrap();
    let second = Vcsim::builder().plain_http().start().unwrap();
    let gone = address(&first).to_owned();
    assert_ne!(gone, address(&second));
    drop(first);
    assert!(TcpStream::connect(&gone).is_err());
    assert!(TcpStream::connect(address(&second)).is_ok());
}

#[test]
fn a_server_that_cannot_start_says_why() {
    let error = Vcsim::builder()
        .flag("no-such-flag", 1)
        .start()
        .unwrap_err();
    assert!(matches!(error, VcsimError::Ended { .. }), "{error}");
    assert!(error.to_string().contains("no-such-flag"), "{error}");
}
