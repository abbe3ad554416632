//! A session over HTTP with a server that puts a canary into everything it sends: what the client
//! shows of it, its errors, and what is logged.

use vmomi::runtime::{Connection, ManagedObjectReference};
use vmomi::transport::{HttpsTransport, Proxy};
use vmomi::vim25::{
    CustomFieldsManager, PropertyCollector, SERVICE, SessionManager, VirtualMachine,
};
use vmomi::{Any, Client, Credentials, Error, Protocol, Stub, TaskExt, eam, runtime};

use crate::canary::{CANARY, MESSAGE, SECRET, assert_error_hidden, assert_hidden, debug, is_in};
use crate::http::{HttpServer, Request, Response};
use crate::log::Log;

const XML: &str = "text/xml; charset=utf-8";
const JSON: &str = "application/json";
const NAMESPACES: &str = "xmlns='urn:vim25' xmlns:xsi='http://www.w3.org/2001/XMLSchema-instance' \
     xmlns:xsd='http://www.w3.org/2001/XMLSchema'";

/// A server that answers in SOAP or JSON, whatever it is asked in.
fn start() -> HttpServer {
    HttpServer::start(|request| {
        let mut response = respond(request);
        let cookie = format!("vmware_soap_session=\"{SECRET}\"; Path=/");
        response.headers.push(("Set-Cookie", cookie));
        response
            .headers
            .push(("vmware-api-session-id", SECRET.to_owned()));
        response.headers.push(("Server", CANARY.to_owned()));
        response.headers.push(("X-Token", SECRET.to_owned()));
        response
    })
}

fn respond(request: &Request) -> Response {
    let body = String::from_utf8_lossy(&request.body);
    if request.method == "GET" {
        return Response::new(404, "text/html", CANARY);
    }
    if request.header("content-type") == Some(JSON) {
        return json(&request.path);
    }
    let operation = body.split("<soapenv:Body><").nth(1).unwrap_or_default();
    let operation = operation.split(' ').next().unwrap_or_default();
    soap(operation, &body)
}

fn envelope(status: u16, content: &str) -> Response {
    let body = format!(
        "<?xml version='1.0'?><e:Envelope xmlns:e='http://schemas.xmlsoap.org/soap/envelope/' \
         {NAMESPACES}><e:Header><id>{CANARY}</id></e:Header><e:Body>{content}</e:Body></e:Envelope>"
    );
    Response::new(status, XML, body)
}

fn fault(detail: &str) -> Response {
    envelope(
        500,
        &format!(
            "<e:Fault><faultcode>{CANARY}</faultcode><faultstring>{MESSAGE}</faultstring>\
             <detail>{detail}</detail></e:Fault>"
        ),
    )
}

fn reference(name: &str, of: &str) -> String {
    format!("<{name} type='{of}' serverGuid='{CANARY}'>session[{CANARY}]</{name}>")
}

/// A localized fault, such as that of a task.
fn localized(name: &str, of: &str) -> String {
    format!(
        "<{name} xsi:type='LocalizedMethodFault'><fault xsi:type='{of}'><name>{CANARY}</name>\
         <future>{CANARY}</future></fault><localizedMessage>{MESSAGE}</localizedMessage></{name}>"
    )
}

fn soap(operation: &str, body: &str) -> Response {
    let returned = |value: String| {
        envelope(
            200,
            &format!("<{operation}Response>{value}</{operation}Response>"),
        )
    };
    match operation {
        "RetrieveServiceContent" => {
            let texts = [
                "name",
                "fullName",
                "vendor",
                "version",
                "build",
                "osType",
                "productLineId",
            ];
            let texts = texts
                .map(|name| format!("<{name}>{CANARY}</{name}>"))
                .concat();
            returned(format!(
                "<returnval>{}{}<about>{texts}<apiType>{CANARY}</apiType><apiVersion>8.0.1.0</apiVersion>\
                 <instanceUuid>{CANARY}</instanceUuid></about>{}{}</returnval>",
                reference("rootFolder", "Folder"),
                reference("propertyCollector", "PropertyCollector"),
                reference("viewManager", "ViewManager"),
                reference("sessionManager", "SessionManager"),
            ))
        }
        "Login" => {
            assert!(body.contains(SECRET), "the password is sent");
            let texts = ["userName", "fullName"].map(|name| format!("<{name}>{CANARY}</{name}>"));
            let times = ["loginTime", "lastActiveTime"];
            let times = times.map(|name| format!("<{name}>2020-01-01T00:00:00Z</{name}>"));
            returned(format!(
                "<returnval><key>{SECRET}</key>{}{}<locale>{CANARY}</locale>\
                 <messageLocale>{CANARY}</messageLocale></returnval>",
                texts.concat(),
                times.concat()
            ))
        }
        "CreateContainerView" => returned(reference("returnval", "ContainerView")),
        "CreatePropertyCollector" => returned(reference("returnval", "PropertyCollector")),
        "CreateFilter" => returned(reference("returnval", "PropertyFilter")),
        "PowerOnVM_Task" => returned(reference("returnval", "Task")),
        "DestroyView" | "DestroyPropertyCollector" | "CancelRetrievePropertiesEx" => {
            returned(String::new())
        }
        "RetrievePropertiesEx" => returned(format!(
            "<returnval><token>{SECRET}</token><objects>{}<propSet><name>name</name>\
             <val xsi:type='xsd:string'>{CANARY}</val></propSet><propSet><name>a[\"{CANARY}\"]</name>\
             <val xsi:type='{CANARY}'>{CANARY}</val></propSet><missingSet><path>b[\"{CANARY}\"]</path>{}\
             </missingSet><missingSet><path>config</path>{}</missingSet></objects></returnval>",
            reference("obj", "VirtualMachine"),
            localized("fault", "Future"),
            localized("fault", "NotSupported"),
        )),
        "WaitForUpdatesEx" => returned(format!(
            "<returnval><version>{CANARY}</version><filterSet>{}<objectSet><kind>modify</kind>{}\
             <changeSet><name>info.state</name><op>assign</op><val xsi:type='TaskInfoState'>error</val>\
             </changeSet><changeSet><name>info.error</name><op>assign</op>{}</changeSet></objectSet>\
             </filterSet></returnval>",
            reference("filter", "PropertyFilter"),
            reference("obj", "Task"),
            localized("val", "InvalidPowerState"),
        )),
        "Logout" => fault(&format!(
            "<NotAuthenticatedFault xsi:type='NotAuthenticated'>{}<privilegeId>{CANARY}</privilegeId>\
             <future>{CANARY}</future></NotAuthenticatedFault>",
            reference("object", "Folder")
        )),
        "AcquireCloneTicket" => fault(&format!(
            "<BrandNewFault a='{CANARY}'>{CANARY}</BrandNewFault>"
        )),
        // SOAP 1.2, with a detail that is known and cannot be decoded.
        "CloneSession" => Response::new(
            400,
            "application/soap+xml",
            format!(
                "<e:Envelope xmlns:e='http://www.w3.org/2003/05/soap-envelope' {NAMESPACES}><e:Body>\
                 <e:Fault><e:Code><e:Value>{CANARY}</e:Value><e:Subcode><e:Value>{CANARY}</e:Value>\
                 </e:Subcode></e:Code><e:Reason><e:Text xml:lang='en'>{MESSAGE}</e:Text>\
                 <e:Text xml:lang='{CANARY}'>{CANARY}</e:Text></e:Reason><e:Detail>\
                 <trace>{CANARY}</trace><NotEnoughCpusFault xsi:type='NotEnoughCpus'><numCpuDest>{CANARY}\
                 </numCpuDest></NotEnoughCpusFault></e:Detail></e:Fault></e:Body></e:Envelope>"
            ),
        ),
        "AddCustomFieldDef" => returned(format!("<returnval><key>{CANARY}</key></returnval>")),
        "RemoveCustomFieldDef" => Response::new(
            503,
            "text/html",
            format!("<html><head><title>{CANARY}</title></head><body>{CANARY}</body></html>"),
        ),
        "RenameCustomFieldDef" => {
            let mut response = Response::new(302, "text/html", CANARY);
            let location = "https://user:s3kr3t@other.example/k4n4r1-71/?t=k4n4r1".to_owned();
            response.headers.push(("Location", location));
            response
        }
        _ => Response::new(200, "text/html", format!("Bad request: {body} {CANARY}")),
    }
}

fn json(path: &str) -> Response {
    let fault = |name: &str| {
        let body = format!(
            "{{\"_typeName\":\"{name}\",\"faultstring\":\"{MESSAGE}\",\"{CANARY}\":\"{CANARY}\",\
             \"verificationToken\":\"{SECRET}\",\"hostname\":\"{CANARY}\"}}"
        );
        Response::new(500, JSON, body)
    };
    match path.rsplit('/').next().unwrap_or_default() {
        "AcquireCloneTicket" => fault("GatewayToHostTrustVerifyFault"),
        "Logout" => fault("BrandNewFault"),
        "AddCustomFieldDef" => Response::new(200, JSON, format!("{{\"key\":\"{CANARY}\"}}")),
        "RemoveCustomFieldDef" => Response::new(503, JSON, format!("[\"{CANARY}\"]")),
        _ => Response::new(200, JSON, format!("{{\"{CANARY}")),
    }
}

fn url(server: &HttpServer) -> String {
    let escape =
        |text: &str| -> String { text.bytes().map(|byte| format!("%{byte:02X}")).collect() };
    format!(
        "http://{}:{}@{}/sdk",
        escape(CANARY),
        escape(SECRET),
        server.address()
    )
}

fn is_call(error: &Error) -> bool {
    matches!(error, Error::Call(_))
}

#[tokio::test]
async fn no_session_shows_a_text() {
    let log = Log::default();
    let guard = tracing::subscriber::set_default(log.clone());
    let server = start();

    let builder = Client::builder(&url(&server)).unwrap().locale(CANARY);
    assert_hidden(&debug(&builder));
    assert_hidden(&debug(&Credentials::password(CANARY, SECRET)));
    let builder = builder
        .version("8.0.1.0")
        .transport(|https| https.proxy(Proxy::none()).user_agent(CANARY));
    assert_hidden(&debug(&builder));
    let client = builder.connect().await.unwrap();
    assert_hidden(&debug(&client));
    assert_hidden(&debug(client.connection()));
    assert_hidden(&debug(client.service_content()));
    assert_hidden(&debug(client.root_folder()));
    assert!(
        is_in(CANARY, client.root_folder().value()),
        "the server's answers are read"
    );
    let transport = client.connection().transport();
    assert!(
        transport
            .cookies()
            .is_some_and(|jar| jar.header("/").is_some())
    );

    retrieval(&client).await;
    task(&client).await;
    failures(&client).await;
    assert_error_hidden(&client.logout().await.unwrap_err(), true);
    drop(client);
    drop(guard);
    let log = log.text();
    assert_hidden(&log);
    assert!(log.matches("answer begins").count() > 10, "{log}");
}

async fn retrieval(client: &Client) {
    let paths = [
        "name",
        "config",
        "a[\"5f3b! k4n4r1-71\"]",
        "config.5f3b! k4n4r1-71",
    ];
    let retrieval = client.retrieve::<VirtualMachine>(paths);
    assert_hidden(&debug(&retrieval));
    let mut pages = retrieval.start().await.unwrap();
    assert_hidden(&debug(&pages));
    let mut objects = pages.next_page().await.unwrap().unwrap();
    assert_hidden(&debug(&pages));
    assert_hidden(&debug(&objects));
    let object = &mut objects[0];
    assert_eq!(object.missing().len(), 2);
    assert_hidden(&debug(object.missing()));
    for path in [
        "config",
        "config.hardware",
        "b[\"5f3b! k4n4r1-71\"]",
        "never[\"5f3b! k4n4r1-71\"].asked",
        "5f3b! k4n4r1-71",
        "5f3b! k4n4r1-71[",
        "a[\"5f3b! k4n4r1-71\"].b",
        "name.5f3b! k4n4r1-71",
        "name[\"5f3b! k4n4r1-71\"]",
    ] {
        if let Err(error) = object.read::<Any>(path) {
            assert_error_hidden(&error, false);
        }
        let error = object.read::<i32>(path).unwrap_err();
        assert_error_hidden(&error, false);
    }
    for path in [
        "a[\"5f3b! k4n4r1-71\"]",
        "name",
        "config",
        "5f3b! k4n4r1-71",
    ] {
        assert_error_hidden(&object.take::<i32>(path).unwrap_err(), false);
    }
}

async fn task(client: &Client) {
    let machine = ManagedObjectReference::new("VirtualMachine", CANARY);
    let machine = VirtualMachine::bind(machine, client.connection());
    assert_hidden(&debug(&machine));
    let call = machine.power_on_vm_task(None);
    assert_hidden(&debug(&call));
    let task = call.await.unwrap();
    assert_hidden(&debug(&task));
    let error = task.wait().await.unwrap_err();
    assert!(matches!(error, Error::Task { .. }), "{error}");
    assert_error_hidden(&error, true);
}

/// Faults, answers that cannot be read, pages of proxies and redirects, in both protocols.
async fn failures(client: &Client) {
    let soap = client.connection().clone();
    let json = soap.clone().with_protocol(runtime::Protocol::Json);
    for connection in [soap, json] {
        let reference = || ManagedObjectReference::new("SessionManager", CANARY);
        let sessions = SessionManager::bind(reference(), &connection);
        let fields = CustomFieldsManager::bind(reference(), &connection);
        let collector = PropertyCollector::bind(reference(), &connection);
        let error = Error::from(sessions.acquire_clone_ticket().await.unwrap_err());
        assert!(is_call(&error), "{error}");
        assert_error_hidden(&error, true);
        assert_error_hidden(&sessions.logout().await.unwrap_err(), true);
        let call = sessions.login(CANARY, SECRET, Some(CANARY));
        assert_hidden(&debug(&call));
        drop(call);
        let added = fields.add_custom_field_def(CANARY, None, None, None).await;
        assert_error_hidden(&added.unwrap_err(), false);
        assert_error_hidden(&fields.remove_custom_field_def(1).await.unwrap_err(), false);
        let renamed = fields.rename_custom_field_def(1, CANARY).await;
        let ended = collector.cancel_wait_for_updates().await;
        // With JSON, of an answer where there is no result nothing is read.
        if connection.protocol() == runtime::Protocol::Soap {
            assert_error_hidden(&renamed.unwrap_err(), false);
            let cloned = sessions.clone_session(SECRET).await.unwrap_err();
            let fault = cloned.fault().unwrap();
            assert!(fault.detail_error.is_some(), "{cloned}");
            assert_hidden(&debug(&fault.translations));
            assert_error_hidden(&cloned, true);
            assert_error_hidden(&ended.unwrap_err(), false);
        }
        // What is kept on request is not shown either.
        let keeping = connection.clone().keeping_bodies(1 << 20);
        let fields = CustomFieldsManager::bind(reference(), &keeping);
        let error = fields.remove_custom_field_def(1).await.unwrap_err();
        assert!(error.raw_body().is_some(), "{error}");
        assert_error_hidden(&error, false);
        assert_hidden(&debug(error.raw_body().unwrap()));
    }
}

#[tokio::test]
async fn no_error_in_connecting_shows_a_text() {
    let log = Log::default();
    let guard = tracing::subscriber::set_default(log.clone());
    let server = HttpServer::start(|_| {
        let body = format!("<html><title>{CANARY}</title>{CANARY}");
        Response::new(403, "text/html", body)
    });
    for protocol in [Protocol::Soap, Protocol::Json, Protocol::Negotiate] {
        let builder = Client::builder(&url(&server)).unwrap().protocol(protocol);
        let builder = builder.transport(|https| https.proxy(Proxy::none()));
        assert_error_hidden(&builder.connect().await.unwrap_err(), false);
    }
    for url in [
        format!("https://{CANARY}:{SECRET}/sdk"),
        format!("https://u:{SECRET}@h/{CANARY}"),
        format!("https://u:{SECRET}@h/?{CANARY}"),
        format!("{CANARY}://{SECRET}"),
    ] {
        if let Err(error) = Client::builder(&url) {
            assert_error_hidden(&error, false);
        }
    }
    let url = url(&server).parse().unwrap();
    let transport = HttpsTransport::builder(url)
        .proxy(Proxy::none())
        .build()
        .unwrap();
    let connection = Connection::new(std::sync::Arc::new(transport), &SERVICE);
    assert_error_hidden(
        &connection
            .clone()
            .with_version(&format!("{CANARY}\n"))
            .unwrap_err(),
        false,
    );
    let connection = connection
        .with_endpoint(format!("/{CANARY}"))
        .with_version(CANARY)
        .unwrap();
    assert_hidden(&debug(&connection));
    let connection = connection.with_service(&eam::SERVICE);
    assert_hidden(&debug(&connection));
    drop(guard);
    assert_hidden(&log.text());
}
