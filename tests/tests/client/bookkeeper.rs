//! A server in memory that knows what it keeps for its clients, fails when told to, and comes to a
//! halt wherever a future can be dropped.

use std::collections::{BTreeMap, BTreeSet};
use std::future::poll_fn;
use std::sync::{Arc, Mutex, MutexGuard};
use std::task::Poll;

use bytes::Bytes;
use futures_util::stream;
use http::header::{CONTENT_TYPE, SET_COOKIE};
use http::{HeaderMap, HeaderValue, StatusCode};
use vmomi::runtime::decode::{DecodeOptions, from_xml};
use vmomi::transport::{
    BoxFuture, Request, Response, Transport, TransportError, TransportErrorKind,
};
use vmomi::vim25::{RetrieveResult, TYPES, UpdateSet};
use vmomi::{Client, ClientBuilder, Credentials, ManagedObjectReference, Protocol};

/// The machines that there are; a page has one of them.
pub const MACHINES: [&str; 3] = ["vm-1", "vm-2", "vm-3"];

/// How a request fails.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Failure {
    /// It is not sent.
    Unsent,
    /// It is answered with a fault, and nothing is done.
    Fault,
    /// It is answered by a proxy that cannot reach the server.
    Unavailable,
    /// It is done, and the connection ends before the head of the answer.
    ClosedBeforeHead,
    /// It is done, and the connection ends within the answer.
    ClosedInBody,
    /// It is done, and the answer cannot be read.
    Malformed,
}

impl Failure {
    pub const ALL: [Self; 6] = [
        Self::Unsent,
        Self::Fault,
        Self::Unavailable,
        Self::ClosedBeforeHead,
        Self::ClosedInBody,
        Self::Malformed,
    ];

    /// Whether the server has done what it was asked for.
    pub fn comes_after_the_deed(self) -> bool {
        matches!(
            self,
            Self::ClosedBeforeHead | Self::ClosedInBody | Self::Malformed
        )
    }
}

/// What a server offers besides SOAP.
#[derive(Clone, Debug)]
pub struct Offer {
    /// Its list of versions.
    pub list: Option<String>,
    /// The version that it speaks JSON in.
    pub json: Option<&'static str>,
    /// The versions that it takes calls in; all where there are none.
    pub accepts: Vec<&'static str>,
    /// How it refuses the others.
    pub refusal: Refusal,
    /// The version that it says it has.
    pub api_version: &'static str,
}

/// How a server refuses a version that it does not know.
#[derive(Clone, Copy, Debug)]
pub enum Refusal {
    /// A fault of this name, or of none.
    Fault(&'static str),
    Status(u16),
}

impl Default for Offer {
    fn default() -> Self {
        Self {
            list: None,
            json: None,
            accepts: Vec::new(),
            refusal: Refusal::Fault(""),
            api_version: "8.0.3.0",
        }
    }
}

#[derive(Clone, Debug, Default)]
pub struct Bookkeeper(Arc<Mutex<State>>);

#[derive(Debug, Default)]
struct State {
    offer: Offer,
    names: usize,
    sessions: BTreeSet<String>,
    views: BTreeSet<String>,
    collectors: BTreeSet<String>,
    /// The collectors of filters.
    filters: BTreeMap<String, String>,
    /// How many machines were given before, by token.
    pages: BTreeMap<String, usize>,
    /// How often a task of a service besides vim25 was asked for its state.
    asked: usize,
    /// What was asked for, in order.
    requests: Vec<String>,
    /// Which request fails.
    failure: Option<(usize, Failure)>,
    /// What the client's transport keeps.
    cookie: Option<String>,
}

/// What is asked for, and what proves the session.
struct Asked {
    operation: String,
    version: String,
    body: String,
    session: Option<String>,
    /// The path of a call in JSON.
    json_path: Option<String>,
}

enum Answer {
    Value(String),
    /// The name of a fault, empty for none, and a message.
    Fault(&'static str, String),
}

impl Bookkeeper {
    pub fn offering(offer: Offer) -> Self {
        Self(Arc::new(Mutex::new(State {
            offer,
            ..State::default()
        })))
    }

    /// A server that speaks JSON too.
    pub fn speaking_both() -> Self {
        Self::offering(Offer {
            json: Some("8.0.3.0"),
            ..Offer::default()
        })
    }

    pub fn builder(&self) -> ClientBuilder {
        Client::builder("http://bookkeeper.invalid/sdk")
            .unwrap()
            .credentials(Credentials::password("user", "password"))
    }

    /// A client that is logged in.
    pub async fn connect(&self) -> Client {
        self.connect_by(Protocol::Soap).await
    }

    /// A client that is logged in, and speaks a protocol.
    pub async fn connect_by(&self, protocol: Protocol) -> Client {
        let client = self.builder().version("8.0.3.0").protocol(protocol);
        client.connect_through(self.clone()).await.unwrap()
    }

    /// Lets the request with this number fail, counted from now on.
    pub fn fail(&self, number: usize, failure: Failure) {
        let mut state = self.lock();
        let number = state.requests.len() + number;
        state.failure = Some((number, failure));
    }

    /// What was asked for, in order.
    pub fn requests(&self) -> Vec<String> {
        self.lock().requests.clone()
    }

    /// What is kept besides sessions.
    pub fn kept(&self) -> Vec<String> {
        let state = self.lock();
        let names = state.views.iter().chain(&state.collectors);
        let names = names.chain(state.filters.keys()).chain(state.pages.keys());
        names.cloned().collect()
    }

    pub fn sessions(&self) -> usize {
        self.lock().sessions.len()
    }

    /// Forgets everything but sessions.
    pub fn forget(&self) {
        let mut state = self.lock();
        state.views.clear();
        state.collectors.clear();
        state.filters.clear();
        state.pages.clear();
    }

    fn lock(&self) -> MutexGuard<'_, State> {
        self.0.lock().unwrap()
    }

    async fn exchange(self, request: Request) -> Result<Response, TransportError> {
        let closed = || TransportError::new(TransportErrorKind::ClosedEarly);
        let session = self.lock().cookie.clone();
        halt().await;
        let (response, failure) = {
            let mut state = self.lock();
            let asked = Asked::new(&request, session);
            let number = state.requests.len();
            state.requests.push(asked.operation.clone());
            let failure = state.failure.filter(|(at, _)| *at == number);
            let failure = failure.map(|(_, failure)| failure);
            match failure {
                Some(Failure::Unsent) => {
                    let address = "bookkeeper.invalid".to_owned();
                    return Err(TransportError::new(TransportErrorKind::Connect { address }));
                }
                Some(Failure::Unavailable) => (plain(503, "text/plain", "no server"), None),
                Some(Failure::Fault) => {
                    let fault = fault("RuntimeFault", "It does not want to.");
                    (asked.response(fault), None)
                }
                failure => (state.respond(&request, &asked), failure),
            }
        };
        halt().await;
        if failure == Some(Failure::ClosedBeforeHead) {
            return Err(closed());
        }
        let (status, headers, body) = response;
        if let Some(cookie) = headers.get(SET_COOKIE) {
            let (_, value) = cookie.to_str().unwrap().split_once('=').unwrap();
            self.lock().cookie = Some(value.to_owned());
        } else if let Some(token) = headers.get("vmware-api-session-id") {
            self.lock().cookie = Some(token.to_str().unwrap().to_owned());
        }
        let body = match failure {
            Some(Failure::Malformed) if body.is_empty() => "<".to_owned(),
            Some(Failure::Malformed) => body.replace('>', ">\u{1}<<").replace(':', "::"),
            _ => body,
        };
        let (first, rest) = body.split_at(body.len() / 2);
        let mut pieces = vec![Ok(Bytes::from(first.to_owned()))];
        pieces.push(match failure {
            Some(Failure::ClosedInBody) => Err(closed()),
            _ => Ok(Bytes::from(rest.to_owned())),
        });
        let body = stream::unfold(pieces.into_iter(), |mut pieces| async move {
            halt().await;
            Some((pieces.next()?, pieces))
        });
        Ok(Response::new(status, headers, Box::pin(body)))
    }
}

impl Transport for Bookkeeper {
    fn send(&self, request: Request) -> BoxFuture<'_, Result<Response, TransportError>> {
        Box::pin(self.clone().exchange(request))
    }
}

/// Pending once. The future that waits for this may be dropped here.
async fn halt() {
    let mut has_halted = false;
    poll_fn(|context| {
        if std::mem::replace(&mut has_halted, true) {
            return Poll::Ready(());
        }
        context.waker().wake_by_ref();
        Poll::Pending
    })
    .await;
}

type Parts = (StatusCode, HeaderMap, String);

fn plain(status: u16, content_type: &'static str, body: &str) -> Parts {
    let mut headers = HeaderMap::new();
    headers.insert(CONTENT_TYPE, HeaderValue::from_static(content_type));
    (
        StatusCode::from_u16(status).unwrap(),
        headers,
        body.to_owned(),
    )
}

fn fault(name: &'static str, message: &str) -> Answer {
    Answer::Fault(name, message.to_owned())
}

/// What stands between two marks.
fn between<'t>(text: &'t str, before: &str, after: &str) -> Option<&'t str> {
    let (_, rest) = text.split_once(before)?;
    Some(rest.split_once(after)?.0)
}

impl Asked {
    fn new(request: &Request, session: Option<String>) -> Self {
        let body = String::from_utf8(request.body.to_vec()).unwrap();
        let is_json = request.path.starts_with("/sdk/vim25/");
        let (operation, version) = if is_json {
            let version = request.path.split('/').nth(3).unwrap();
            (request.path.rsplit('/').next().unwrap(), version)
        } else if let Some(operation) = between(&body, "<soapenv:Body><", " ") {
            let action = request.headers["soapaction"].to_str().unwrap();
            (
                operation,
                between(action, "\"urn:vim25/", "\"").unwrap_or(""),
            )
        } else if request.path.contains("hello") {
            ("hello", "")
        } else {
            ("list", "")
        };
        Self {
            operation: operation.to_owned(),
            version: version.to_owned(),
            body: body.clone(),
            session,
            json_path: is_json.then(|| request.path.clone()),
        }
    }

    fn is_json(&self) -> bool {
        self.json_path.is_some()
    }

    /// The identifier of the object that the operation is called on.
    fn object(&self) -> &str {
        if let Some(path) = &self.json_path {
            return path.split('/').nth(5).unwrap();
        }
        let this = between(&self.body, "<_this ", "</_this>").unwrap();
        this.split_once('>').unwrap().1
    }

    fn parameter(&self, name: &str) -> &str {
        let (before, after) = match self.is_json() {
            true => (format!(r#""{name}":""#), "\"".to_owned()),
            false => (format!("<{name}>"), format!("</{name}>")),
        };
        between(&self.body, &before, &after).unwrap_or_default()
    }

    /// The view that properties are retrieved of the objects in.
    fn view(&self) -> Option<&str> {
        let (before, after) = match self.is_json() {
            true => (r#""type":"ContainerView","value":""#, "\""),
            false => (r#"<obj type="ContainerView">"#, "</obj>"),
        };
        between(&self.body, before, after)
    }

    fn response(&self, answer: Answer) -> Parts {
        let (status, name, content) = match answer {
            Answer::Value(content) if self.is_json() => {
                let content = match content.strip_prefix("<returnval") {
                    Some(rest) => in_json(&self.operation, rest),
                    None => content,
                };
                return plain(200, "application/json", &content);
            }
            Answer::Fault(name, message) if self.is_json() => {
                let fault = format!(r#"{{"_typeName":"{name}","faultstring":"{message}"}}"#);
                return plain(500, "application/json", &fault);
            }
            Answer::Value(content) => (200, format!("{}Response", self.operation), content),
            Answer::Fault(name, message) => {
                let detail = match name {
                    "" => String::new(),
                    name => format!(r#"<detail><{name}Fault xsi:type="{name}"/></detail>"#),
                };
                let fault = format!(
                    "<faultcode>ServerFaultCode</faultcode><faultstring>{message}</faultstring>"
                );
                (500, "soapenv:Fault".to_owned(), format!("{fault}{detail}"))
            }
        };
        let envelope = format!(
            r#"<soapenv:Envelope xmlns:soapenv="http://schemas.xmlsoap.org/soap/envelope/"
                xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"
                xmlns:xsd="http://www.w3.org/2001/XMLSchema" xmlns="urn:vim25">
                <soapenv:Body><{name}>{content}</{name}></soapenv:Body></soapenv:Envelope>"#
        );
        plain(status, "text/xml", &envelope)
    }
}

impl State {
    fn respond(&mut self, request: &Request, asked: &Asked) -> Parts {
        let offer = &self.offer;
        match &*asked.operation {
            "list" => {
                return match &offer.list {
                    Some(list) if request.path == "/sdk/vimServiceVersions.xml" => {
                        plain(200, "text/xml", list)
                    }
                    _ => plain(404, "text/html", "<html>no</html>"),
                };
            }
            "hello" => {
                return match offer.json {
                    Some(version) => {
                        let body = format!(r#"{{"api_release":"{version}"}}"#);
                        plain(200, "application/json", &body)
                    }
                    None => plain(404, "text/html", "<html>no</html>"),
                };
            }
            _ => {}
        }
        let is_accepted = if asked.is_json() {
            offer.json == Some(&*asked.version)
        } else {
            offer.accepts.is_empty() || offer.accepts.contains(&&*asked.version)
        };
        if !is_accepted {
            return match offer.refusal {
                Refusal::Status(status) => plain(status, "text/plain", "Unsupported version"),
                Refusal::Fault(name) => {
                    let version = &asked.version;
                    let message = format!("Unsupported version URI urn:vim25/{version}");
                    asked.response(Answer::Fault(name, message))
                }
            };
        }
        let is_open = matches!(&*asked.operation, "RetrieveServiceContent" | "Login");
        let session = asked.session.as_deref().unwrap_or_default();
        if !is_open && !self.sessions.contains(session) {
            let fault = fault("NotAuthenticated", "The session is not authenticated.");
            return asked.response(fault);
        }
        let answer = self.perform(asked);
        let (status, mut headers, body) = asked.response(answer);
        if asked.operation == "Login" {
            let key = self.sessions.last().unwrap();
            let (name, value) = if asked.is_json() {
                ("vmware-api-session-id", key.clone())
            } else {
                ("set-cookie", format!("vmware_soap_session={key}"))
            };
            headers.insert(name, value.parse().unwrap());
        }
        (status, headers, body)
    }

    fn name(&mut self, prefix: &str) -> String {
        self.names += 1;
        format!("{prefix}-{:03}", self.names)
    }

    fn perform(&mut self, asked: &Asked) -> Answer {
        let value = |content: String| Answer::Value(format!("<returnval>{content}</returnval>"));
        let reference = |kind: &str, id: &str| {
            Answer::Value(format!(r#"<returnval type="{kind}">{id}</returnval>"#))
        };
        let gone = || fault("ManagedObjectNotFound", "It is gone.");
        let done = |is_known: bool| {
            if is_known {
                Answer::Value(String::new())
            } else {
                gone()
            }
        };
        let object = |asked: &Asked| asked.object().to_owned();
        match &*asked.operation {
            "RetrieveServiceContent" if asked.is_json() => Answer::Value(self.content_in_json()),
            "RetrieveServiceContent" => value(self.content()),
            "Login" => {
                let key = self.name("session");
                self.sessions.insert(key);
                if asked.is_json() {
                    let session = r#"{"_typeName":"UserSession","key":"1","userName":"u",
                        "fullName":"u","loginTime":"2026-01-01T00:00:00Z",
                        "lastActiveTime":"2026-01-01T00:00:00Z","locale":"en","messageLocale":"en"}"#;
                    return Answer::Value(session.to_owned());
                }
                value("<key>1</key><userName>u</userName><fullName>u</fullName>".to_owned())
            }
            "Logout" => {
                let session = asked.session.clone().unwrap_or_default();
                done(self.sessions.remove(&session))
            }
            "CreateContainerView" => {
                let name = self.name("view");
                self.views.insert(name.clone());
                reference("ContainerView", &name)
            }
            "DestroyView" => done(self.views.remove(&object(asked))),
            "RetrievePropertiesEx" => {
                if asked.view().is_some_and(|view| !self.views.contains(view)) {
                    return gone();
                }
                value(self.page(0))
            }
            "ContinueRetrievePropertiesEx" => match self.pages.remove(asked.parameter("token")) {
                Some(given) => value(self.page(given)),
                None => fault("InvalidArgument", "There is no such token."),
            },
            "CancelRetrievePropertiesEx" => {
                done(self.pages.remove(asked.parameter("token")).is_some())
            }
            "PowerOnVM_Task" => reference("Task", "task-1"),
            "QuerySmsTaskInfo" | "VslmQueryInfo" => {
                self.asked += 1;
                let state = match self.asked % 3 {
                    0 => "success",
                    _ => "running",
                };
                value(format!("<key>1</key><state>{state}</state>"))
            }
            "CreatePropertyCollector" => {
                let name = self.name("collector");
                self.collectors.insert(name.clone());
                reference("PropertyCollector", &name)
            }
            "CreateFilter" => {
                let name = self.name("filter");
                self.filters.insert(name.clone(), object(asked));
                reference("PropertyFilter", &name)
            }
            "WaitForUpdatesEx" => {
                let collector = object(asked);
                match self.filters.values().any(|of| *of == collector) {
                    true => value(update(asked.parameter("version"))),
                    false => gone(),
                }
            }
            "DestroyPropertyCollector" => {
                let collector = object(asked);
                self.filters.retain(|_, of| *of != collector);
                done(self.collectors.remove(&collector))
            }
            other => panic!("{other} is not served"),
        }
    }

    fn page(&mut self, given: usize) -> String {
        let machine = MACHINES[given];
        let token = (given + 1 < MACHINES.len()).then(|| self.name("token"));
        if let Some(token) = &token {
            self.pages.insert(token.clone(), given + 1);
        }
        let token = token.map_or(String::new(), |token| format!("<token>{token}</token>"));
        format!(
            r#"{token}<objects><obj type="VirtualMachine">{machine}</obj><propSet><name>name</name>
               <val xsi:type="xsd:string">name of {machine}</val></propSet></objects>"#
        )
    }

    fn content(&self) -> String {
        let version = self.offer.api_version;
        format!(
            r#"<rootFolder type="Folder">group-d1</rootFolder>
               <propertyCollector type="PropertyCollector">propertyCollector</propertyCollector>
               <viewManager type="ViewManager">ViewManager</viewManager>
               <about><name>b</name><fullName>b</fullName><vendor>test</vendor>
               <version>1</version><build>1</build><osType>none</osType>
               <productLineId>vpx</productLineId><apiType>VirtualCenter</apiType>
               <apiVersion>{version}</apiVersion></about>
               <sessionManager type="SessionManager">SessionManager</sessionManager>"#
        )
    }

    fn content_in_json(&self) -> String {
        let one = |kind: &str, id: &str| {
            format!(r#"{{"_typeName":"ManagedObjectReference","type":"{kind}","value":"{id}"}}"#)
        };
        format!(
            r#"{{"_typeName":"ServiceContent","rootFolder":{},"propertyCollector":{},
               "sessionManager":{},"viewManager":{},"about":{{"_typeName":"AboutInfo","name":"b","fullName":"b",
               "vendor":"test","version":"1","build":"1","osType":"none","productLineId":"vpx",
               "apiType":"VirtualCenter","apiVersion":"{}"}}}}"#,
            one("Folder", "group-d1"),
            one("PropertyCollector", "propertyCollector"),
            one("SessionManager", "SessionManager"),
            one("ViewManager", "ViewManager"),
            self.offer.api_version,
        )
    }
}

/// The answer of an operation in JSON, from what follows the name of its element in XML.
fn in_json(operation: &str, xml: &str) -> String {
    const NAMESPACES: &str = r#"xmlns="urn:vim25"
        xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"
        xmlns:xsd="http://www.w3.org/2001/XMLSchema""#;
    let xml = format!("<returnval {NAMESPACES}{xml}");
    let options = DecodeOptions::default();
    let xml = xml.as_bytes();
    match operation {
        "RetrievePropertiesEx" | "ContinueRetrievePropertiesEx" => {
            serde_json::to_string(&from_xml::<RetrieveResult>(xml, &TYPES, &options).unwrap())
        }
        "WaitForUpdatesEx" => {
            serde_json::to_string(&from_xml::<UpdateSet>(xml, &TYPES, &options).unwrap())
        }
        _ => serde_json::to_string(
            &from_xml::<ManagedObjectReference>(xml, &TYPES, &options).unwrap(),
        ),
    }
    .unwrap()
}

/// What has changed of the task since a version.
fn update(since: &str) -> String {
    let (version, state) = match since {
        "" => ("1", "running"),
        _ => ("2", "success"),
    };
    format!(
        r#"<version>{version}</version><filterSet><filter type="PropertyFilter">f</filter>
           <objectSet><kind>modify</kind><obj type="Task">task-1</obj><changeSet>
           <name>info.state</name><op>assign</op><val xsi:type="TaskInfoState">{state}</val>
           </changeSet></objectSet></filterSet>"#
    )
}
