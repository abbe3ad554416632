//! Calls and their outcomes, in either protocol.

use std::collections::HashMap;

use roxmltree::{Document, Node};
use serde_json::Value;
use vmomi::runtime::decode::{DecodeOptions, from_xml};
use vmomi::runtime::erased::{Field, Returned};
use vmomi::runtime::json::{self, from_json};
use vmomi::runtime::to_xml;
use vmomi::vim25::{MethodFault, SERVICE, TYPES};
use vmomi::{Any, Dyn, ManagedObjectReference};

use crate::http::{Request, Response};

/// A call as it was understood.
pub struct Call {
    pub protocol: &'static str,
    pub session: Option<String>,
    pub object: ManagedObjectReference,
    pub operation: String,
    arguments: HashMap<String, Vec<Argument>>,
}

/// One value of a parameter, as a document of its own.
enum Argument {
    Xml(String),
    Json(String),
}

/// What came of a call.
pub struct Outcome {
    pub result: Result<Option<Reply>, Fault>,
    /// The session that began with the call.
    pub new_session: Option<String>,
}

/// A result, in both forms.
pub struct Reply {
    xml: String,
    json: Vec<u8>,
}

pub struct Fault {
    fault: Dyn<MethodFault>,
    message: &'static str,
}

impl Fault {
    pub fn new(fault: impl Into<Dyn<MethodFault>>, message: &'static str) -> Self {
        let fault = fault.into();
        Self { fault, message }
    }
}

impl Reply {
    pub fn of<F: Field>(value: &F) -> Self {
        let mut json = Vec::new();
        json::serialize(value, &mut serde_json::Serializer::new(&mut json)).unwrap();
        Self {
            xml: to_xml("returnval", value, &SERVICE).unwrap(),
            json,
        }
    }
}

impl Call {
    /// Every value of a parameter that takes many.
    pub fn list<T: Returned>(&self, parameter: &str) -> Vec<T> {
        let values = self.arguments.get(parameter).into_iter().flatten();
        values.map(Argument::read).collect()
    }

    pub fn optional<T: Returned>(&self, parameter: &str) -> Option<T> {
        self.list(parameter).pop()
    }

    pub fn required<T: Returned>(&self, parameter: &str) -> T {
        self.optional(parameter)
            .unwrap_or_else(|| panic!("{} without {parameter}", self.operation))
    }

    /// A POST of an envelope to the endpoint.
    pub fn from_soap(request: &Request) -> Option<Self> {
        let text = std::str::from_utf8(&request.body).ok()?;
        let document = Document::parse(text).ok()?;
        let body = document.root_element().first_element_child()?;
        let operation = body.first_element_child()?;
        let mut parameters = operation.children().filter(Node::is_element);
        let this = parameters.next()?;
        let mut arguments = HashMap::<String, Vec<Argument>>::new();
        for parameter in parameters {
            let text = in_context(&text[parameter.range()]);
            let values = arguments.entry(parameter.tag_name().name().to_owned());
            values.or_default().push(Argument::Xml(text));
        }
        let cookie = request.header("cookie").unwrap_or_default();
        let session = cookie.strip_prefix("vmware_soap_session=");
        Some(Self {
            protocol: "SOAP",
            session: session.map(str::to_owned),
            object: ManagedObjectReference::new(
                this.attribute("type").unwrap_or_default(),
                this.text().unwrap_or_default(),
            ),
            operation: operation.tag_name().name().to_owned(),
            arguments,
        })
    }

    /// A POST of an object to `/sdk/vim25/RELEASE/TYPE/ID/METHOD`.
    pub fn from_json(request: &Request, release: &str) -> Option<Self> {
        let rest = request.path.strip_prefix("/sdk/vim25/")?;
        let rest = rest.strip_prefix(release)?.strip_prefix('/')?;
        let segments: Vec<_> = rest.split('/').map(unescape).collect();
        let [type_name, id, operation] = &segments[..] else {
            return None;
        };
        let Ok(Value::Object(members)) = serde_json::from_slice(&request.body) else {
            return None;
        };
        let value = |value: Value| Argument::Json(value.to_string());
        let arguments = members.into_iter().map(|(name, values)| match values {
            Value::Array(items) => (name, items.into_iter().map(value).collect()),
            single => (name, vec![value(single)]),
        });
        let session = request.header("vmware-api-session-id");
        Some(Self {
            protocol: "JSON",
            session: session.map(str::to_owned),
            object: ManagedObjectReference::new(type_name, id),
            operation: operation.clone(),
            arguments: arguments.collect(),
        })
    }
}

impl Argument {
    fn read<T: Returned>(&self) -> T {
        let mut options = DecodeOptions::default();
        options.strict = true;
        match self {
            Self::Xml(text) => from_xml(text.as_bytes(), &TYPES, &options),
            Self::Json(text) => from_json(text.as_bytes(), &TYPES, &options),
        }
        .unwrap()
    }
}

/// The element with the declarations of the envelope that it was cut out of.
fn in_context(element: &str) -> String {
    let name_end = element.find([' ', '>', '/']).unwrap();
    let (start, rest) = element.split_at(name_end);
    format!(
        "{start} xmlns=\"{}\" xmlns:xsd=\"http://www.w3.org/2001/XMLSchema\" \
         xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\"{rest}",
        SERVICE.namespace
    )
}

fn unescape(segment: &str) -> String {
    let mut parts = segment.split('%');
    let mut bytes = parts.next().unwrap_or_default().as_bytes().to_vec();
    for part in parts {
        bytes.push(u8::from_str_radix(&part[..2], 16).unwrap());
        bytes.extend_from_slice(&part.as_bytes()[2..]);
    }
    String::from_utf8(bytes).unwrap()
}

impl Outcome {
    pub fn into_soap(self, operation: &str) -> Response {
        let (status, body) = match &self.result {
            Ok(reply) => {
                let value = reply.as_ref().map_or("", |reply| &reply.xml);
                let namespace = SERVICE.namespace;
                let name = format!("{operation}Response");
                (
                    200,
                    format!("<{name} xmlns=\"{namespace}\">{value}</{name}>"),
                )
            }
            Err(fault) => {
                let name = format!("{}Fault", fault.fault.type_info().name());
                let object = Any::Object(fault.fault.clone().into_any());
                let detail = to_xml(&name, &object, &SERVICE).unwrap();
                let message = fault.message;
                (
                    500,
                    format!(
                        "<soapenv:Fault><faultcode>ServerFaultCode</faultcode>\
                         <faultstring>{message}</faultstring><detail>{detail}</detail></soapenv:Fault>"
                    ),
                )
            }
        };
        let envelope = format!(
            "<soapenv:Envelope xmlns:soapenv=\"http://schemas.xmlsoap.org/soap/envelope/\">\
             <soapenv:Body>{body}</soapenv:Body></soapenv:Envelope>"
        );
        let mut response = Response::new(status, "text/xml; charset=utf-8", envelope);
        let cookie = |session| format!("vmware_soap_session={session}; Path=/; HttpOnly");
        let session = self.new_session.map(cookie);
        response
            .headers
            .extend(session.map(|cookie| ("Set-Cookie", cookie)));
        response
    }

    pub fn into_json(self) -> Response {
        const JSON: &str = "application/json";
        let mut response = match &self.result {
            Ok(Some(reply)) => Response::new(200, JSON, reply.json.clone()),
            Ok(None) => Response::new(204, JSON, ""),
            Err(fault) => {
                let mut body = serde_json::to_value(&fault.fault).unwrap();
                body["faultstring"] = fault.message.into();
                Response::new(500, JSON, body.to_string())
            }
        };
        let session = self.new_session;
        response
            .headers
            .extend(session.map(|session| ("vmware-api-session-id", session)));
        response
    }
}
