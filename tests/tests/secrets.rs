//! Passwords, tickets and tokens are in no message, no `Debug` and no error, whatever the server
//! makes of them.
//!
//! Headers, cookies and logs are tested beside the transport, in `transport_secrets` of the runtime.

#![expect(clippy::unwrap_used, reason = "a test says by a panic what went wrong")]

use std::fmt::Debug;
use std::sync::Arc;

use http::{HeaderMap, StatusCode};
use vmomi::runtime::decode::{DecodeOptions, from_xml};
use vmomi::runtime::erased::{Budget, FieldInfo, ObjectBuilder, Slot, TypeInfo};
use vmomi::runtime::{AnyArray, Call, CallResult, TypeRegistry, to_xml};
use vmomi::transport::{BoxFuture, Request, Response, Transport, TransportError};
use vmomi::vim25::{
    Datacenter, Folder, HostActiveDirectoryAuthentication, HostConnectSpec, HostDatastoreSystem,
    HostLocalAccountManager, HostStorageSystem, SERVICE, SessionManager,
};
use vmomi::{Any, Connection, ManagedObjectReference, Stub};
use vmomi::{eam, pbm, sms, vim25, vsan, vslm};

const SECRET: &str = "hunter2";

fn assert_hidden(shown: &str) {
    assert!(!shown.contains(SECRET), "{shown}");
}

fn shown(value: &(impl Debug + ?Sized)) -> String {
    format!("{value:?} {value:#?}")
}

/// What values of each service may be.
static SERVICES: [&TypeRegistry; 6] = [
    &eam::TYPES,
    &pbm::TYPES,
    &sms::TYPES,
    &vim25::TYPES,
    &vsan::TYPES,
    &vslm::TYPES,
];

/// A field that is a secret, with a type that has it and the service of that.
struct SecretField {
    types: &'static TypeRegistry,
    info: &'static TypeInfo,
    field: &'static FieldInfo,
}

/// Every one of every service.
fn secret_fields() -> impl Iterator<Item = SecretField> {
    let objects = SERVICES.iter().flat_map(|types| {
        let objects = types.data_objects.iter().map(|link| link.get());
        let own = objects.filter(|info| info.service().namespace == types.service.namespace);
        own.map(move |info| (*types, info))
    });
    objects.flat_map(|(types, info)| {
        let fields = info.ancestry().flat_map(TypeInfo::own_fields);
        let secrets = fields.filter(|field| field.is_secret());
        secrets.map(move |field| SecretField { types, info, field })
    })
}

#[test]
fn not_only_vim25_has_secrets() {
    for service in ["sms", "vsan"] {
        let is_own = |secret: SecretField| secret.info.service().name == service;
        assert!(secret_fields().any(is_own), "{service}");
    }
}

#[test]
fn no_object_shows_a_secret_field() {
    let mut seen = 0;
    for SecretField { types, info, field } in secret_fields() {
        let mut builder = ObjectBuilder::new(Budget::unlimited());
        builder.enter(info).unwrap().unwrap();
        builder.aim_at_field(field.name().as_bytes()).unwrap();
        let put = match builder.slot().unwrap() {
            Slot::String(place) => place.put(SECRET.to_owned()),
            Slot::Binary(place) => place.put(SECRET.as_bytes().to_vec().into()),
            Slot::Any(place) => place.put(Any::String(SECRET.to_owned())),
            _ => continue,
        };
        put.unwrap();
        let value = builder.finish();
        let xml = to_xml("value", &value, types.service).unwrap();
        assert!(xml.contains(SECRET) || xml.contains("aHVudGVyMg"), "{xml}");
        let Any::Object(object) = &value else {
            panic!("{xml}")
        };
        assert_hidden(&shown(object));
        assert_hidden(&shown(&AnyArray::Any(vec![value.clone()].into())));
        assert_hidden(&shown(&value));
        seen += 1;
    }
    assert!(seen >= 25, "only {seen} fields");
}

/// Of a field that is a secret nothing is told but that it is wrong, whatever is wrong with it.
#[test]
fn no_error_in_decoding_shows_a_secret_field() {
    let mut strict = DecodeOptions::default();
    strict.strict = true;
    let mut seen = 0;
    for SecretField { types, info, field } in secret_fields() {
        let name = field.name();
        for content in [
            format!("<{name}>a&{SECRET};</{name}>"),
            format!("<{name}>a&{SECRET}</{name}>"),
            format!("<{name}>a<{SECRET}</{name}>"),
            format!("<{name}>a<{SECRET}>b</{name}>"),
            format!("<{name}>a</{SECRET}></{name}>"),
            format!("<{name} a='{SECRET}'>{SECRET}</{name}"),
            format!("<{name}>{SECRET}\u{1}</{name}>"),
            format!("<{name}>{SECRET}</{name}><{name}>{SECRET}</{name}>"),
            format!("<{name}>{SECRET}</{name}><unknown>{SECRET}&{SECRET};</unknown>"),
        ] {
            let xml = format!(
                "<value xmlns='{}' xmlns:xsi='http://www.w3.org/2001/XMLSchema-instance' \
                 xsi:type='{}'>{content}</value>",
                info.service().namespace,
                info.name()
            );
            for options in [&DecodeOptions::default(), &strict] {
                if let Err(error) = from_xml::<Any>(xml.as_bytes(), types, options) {
                    assert_hidden(&format!("{error} {error:?}"));
                    seen += 1;
                }
            }
        }
    }
    assert!(seen > 300, "only {seen} errors");
}

#[test]
fn no_error_in_encoding_shows_a_secret_field() {
    let spec = HostConnectSpec {
        password: Some(format!("{SECRET}\0")),
        ..Default::default()
    };
    let error = to_xml("value", &spec, &SERVICE).unwrap_err();
    assert_hidden(&format!("{error} {error:?}"));
    assert!(error.to_string().contains("password"), "{error}");
}

/// Answers with the request itself, changed and in one piece or several.
#[derive(Debug)]
struct Echo {
    status: u16,
    change: fn(String) -> String,
}

impl Transport for Echo {
    fn send(&self, request: Request) -> BoxFuture<'_, Result<Response, TransportError>> {
        let body = String::from_utf8_lossy(&request.body).into_owned();
        assert!(body.contains(SECRET), "{body}");
        let status = StatusCode::from_u16(self.status).unwrap();
        let response = Response::complete(status, HeaderMap::new(), (self.change)(body));
        Box::pin(async { Ok(response) })
    }
}

/// What a server may make of a request that it does not understand.
fn echoes() -> Vec<Echo> {
    let changes: [fn(String) -> String; 7] = [
        |body| body,
        |body| body[..body.find(SECRET).unwrap() + 4].to_owned(),
        |body| body.replace("</soapenv:Body>", "</soapenv:Bod>"),
        |body| body.replace(SECRET, "<hunter2"),
        |body| body.replace(SECRET, "&hunter2;"),
        |body| format!("<html><body>The request was: {body}"),
        |body| format!("Bad request: {body}"),
    ];
    let mut echoes = Vec::new();
    for status in [200, 400, 500] {
        echoes.extend(changes.map(|change| Echo { status, change }));
    }
    echoes
}

fn stub<S: Stub>(connection: &Connection) -> S {
    S::bind(
        ManagedObjectReference::new(S::TYPE.name, "object-1"),
        connection,
    )
}

async fn assert_call_hides<R: CallResult>(call: Call<'_, R>) {
    assert_hidden(&shown(&call));
    if let Err(error) = call.await {
        assert_hidden(&format!("{error} {}", shown(&error)));
        let error = vmomi::Error::from(error);
        // On request the whole of it can be had.
        let kept = error.call().and_then(|call| call.raw_body());
        assert!(kept.is_some_and(|body| !body.as_bytes().is_empty()));
        assert_hidden(&format!("{error} {}", shown(&error)));
    }
}

#[tokio::test]
async fn no_call_shows_a_secret_argument_nor_does_its_error() {
    for echo in echoes() {
        let connection = Connection::new(Arc::new(echo), &SERVICE).keeping_bodies(1 << 20);
        let sessions: SessionManager = stub(&connection);
        assert_call_hides(sessions.login("user", SECRET, None)).await;
        assert_call_hides(sessions.clone_session(SECRET)).await;
        let accounts: HostLocalAccountManager = stub(&connection);
        assert_call_hides(accounts.change_password("user", SECRET, SECRET)).await;
        let datacenter: Datacenter = stub(&connection);
        let call = datacenter.query_connection_info("host", 443, "user", SECRET, None, None);
        assert_call_hides(call).await;
        let datastores: HostDatastoreSystem = stub(&connection);
        assert_call_hides(datastores.configure_datastore_principal("user", Some(SECRET))).await;
        let storage: HostStorageSystem = stub(&connection);
        assert_call_hides(storage.set_nfs_user("user", SECRET)).await;
        let domain: HostActiveDirectoryAuthentication = stub(&connection);
        assert_call_hides(domain.join_domain_task("domain", "user", SECRET)).await;
        let folder: Folder = stub(&connection);
        let spec = HostConnectSpec {
            password: Some(SECRET.into()),
            vim_account_password: Some(SECRET.into()),
            ..Default::default()
        };
        let call = folder.add_standalone_host_task(&spec, None, false, None);
        assert_call_hides(call).await;
    }
}
