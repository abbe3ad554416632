//! WSDL 1.1, as far as the vSphere descriptions use it: the syntax as written, nothing resolved.
//!
//! The dialect: document style, literal use, one part per message, SOAP 1.1 over HTTP.

use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::source::Position;
use crate::xml::{Child, Element, QName, SOAP, WSDL, XSD, many, one};
use crate::xsd::{self, Link, Schema};

/// One `definitions` document.
#[derive(Debug)]
pub(crate) struct Definitions {
    pub(crate) namespace: String,
    pub(crate) links: Vec<Link>,
    pub(crate) schemas: Vec<Schema>,
    pub(crate) messages: Vec<Message>,
    pub(crate) port_types: Vec<PortType>,
    pub(crate) bindings: Vec<Binding>,
    pub(crate) services: Vec<Service>,
}

/// A `message`: the element that it carries.
#[derive(Debug)]
pub(crate) struct Message {
    pub(crate) name: String,
    pub(crate) element: QName,
    pub(crate) position: Position,
}

/// A `portType`: the operations.
#[derive(Debug)]
pub(crate) struct PortType {
    pub(crate) name: String,
    pub(crate) operations: Vec<Operation>,
    pub(crate) position: Position,
}

/// An operation of a port type, by its messages.
#[derive(Debug)]
pub(crate) struct Operation {
    pub(crate) name: String,
    pub(crate) input: QName,
    pub(crate) output: QName,
    pub(crate) faults: Vec<DeclaredFault>,
    pub(crate) position: Position,
}

/// A `fault` of an operation.
#[derive(Debug)]
pub(crate) struct DeclaredFault {
    pub(crate) name: String,
    pub(crate) message: QName,
    pub(crate) position: Position,
}

/// A `binding` of a port type to SOAP.
#[derive(Debug)]
pub(crate) struct Binding {
    pub(crate) name: String,
    pub(crate) port_type: QName,
    pub(crate) operations: Vec<BoundOperation>,
    pub(crate) position: Position,
}

/// An operation of a binding.
#[derive(Debug)]
pub(crate) struct BoundOperation {
    pub(crate) name: String,
    pub(crate) soap_action: String,
    pub(crate) faults: Vec<String>,
    pub(crate) position: Position,
}

/// A `service`: where its bindings are served.
#[derive(Debug)]
pub(crate) struct Service {
    pub(crate) name: String,
    pub(crate) ports: Vec<Port>,
}

/// A `port` of a service.
#[derive(Debug)]
pub(crate) struct Port {
    pub(crate) name: String,
    pub(crate) binding: QName,
    pub(crate) address: String,
    pub(crate) position: Position,
}

/// What a WSDL document may hold.
const IN_DEFINITIONS: [Child; 6] = [
    many(WSDL, "import"),
    many(WSDL, "types"),
    many(WSDL, "message"),
    many(WSDL, "portType"),
    many(WSDL, "binding"),
    many(WSDL, "service"),
];

const SOAP_BINDING: Child = one(SOAP, "binding");
const SOAP_OPERATION: Child = one(SOAP, "operation");
const INPUT: Child = one(WSDL, "input");
const OUTPUT: Child = one(WSDL, "output");
const FAULT: Child = many(WSDL, "fault");

/// Reads a `definitions` element; what is wrong in one definition does not hide what is wrong in the next.
pub(crate) fn definitions(
    element: Element<'_, '_>,
    errors: &mut Vec<Diagnostic>,
) -> Option<Definitions> {
    let head = (element.only_attributes(&["targetNamespace", "name"]))
        .and_then(|()| Ok(element.required_uri("targetNamespace")?));
    let namespace = match head {
        Ok(namespace) => namespace,
        Err(head) => {
            errors.extend(head);
            return None;
        }
    };
    let mut definitions = Definitions {
        namespace,
        links: Vec::new(),
        schemas: Vec::new(),
        messages: Vec::new(),
        port_types: Vec::new(),
        bindings: Vec::new(),
        services: Vec::new(),
    };
    for child in element.content_or_errors(&IN_DEFINITIONS, errors) {
        if let Err(child) = read_into(&mut definitions, child, errors) {
            errors.extend(child);
        }
    }
    Some(definitions)
}

fn read_into(
    definitions: &mut Definitions,
    child: Element<'_, '_>,
    errors: &mut Vec<Diagnostic>,
) -> Result<(), Diagnostics> {
    match child.name_in(WSDL) {
        "import" => definitions.links.push(xsd::import(child, "location")?),
        "types" => {
            child.only_attributes(&[])?;
            for schema in child.content(&[many(XSD, "schema")])? {
                definitions.schemas.extend(xsd::schema(schema, errors));
            }
        }
        "message" => definitions.messages.push(message(child)?),
        "portType" => definitions.port_types.push(port_type(child)?),
        "binding" => definitions.bindings.push(binding(child)?),
        _ => definitions.services.push(service(child)?),
    }
    Ok(())
}

fn message(element: Element<'_, '_>) -> Result<Message, Diagnostics> {
    element.only_attributes(&["name"])?;
    let part = element.only_child(one(WSDL, "part"))?;
    part.only_attributes(&["name", "element"])?;
    part.no_children()?;
    Ok(Message {
        name: element.required_name("name")?,
        element: part.required_qname("element")?,
        position: element.position(),
    })
}

fn port_type(element: Element<'_, '_>) -> Result<PortType, Diagnostics> {
    element.only_attributes(&["name"])?;
    let mut operations = Vec::new();
    let mut errors = Vec::new();
    for child in element.content_or_errors(&[many(WSDL, "operation")], &mut errors) {
        match operation(child) {
            Ok(operation) => operations.push(operation),
            Err(operation) => errors.extend(operation),
        }
    }
    let port_type = PortType {
        name: element.required_name("name")?,
        operations,
        position: element.position(),
    };
    Diagnostics::unless(errors, port_type)
}

fn operation(element: Element<'_, '_>) -> Result<Operation, Diagnostics> {
    element.only_attributes(&["name"])?;
    let name = element.required_name("name")?;
    let (mut input, mut output, mut faults) = (None, None, Vec::new());
    for child in element.content(&[INPUT, OUTPUT, FAULT])? {
        child.only_attributes(&["name", "message"])?;
        child.no_children()?;
        let message = child.required_qname("message")?;
        match child.name_in(WSDL) {
            "input" => input = Some(message),
            "output" => output = Some(message),
            _ => faults.push(DeclaredFault {
                name: child.required_name("name")?,
                message,
                position: child.position(),
            }),
        }
    }
    Ok(Operation {
        name,
        input: input.ok_or_else(|| element.lacks(INPUT))?,
        output: output.ok_or_else(|| element.lacks(OUTPUT))?,
        faults,
        position: element.position(),
    })
}

fn binding(element: Element<'_, '_>) -> Result<Binding, Diagnostics> {
    element.only_attributes(&["name", "type"])?;
    let mut operations = Vec::new();
    let mut errors = Vec::new();
    let mut is_soap = false;
    let allowed = [SOAP_BINDING, many(WSDL, "operation")];
    for child in element.content_or_errors(&allowed, &mut errors) {
        if child.is(SOAP, "binding") {
            is_soap = true;
            errors.extend(soap_binding(child).err().into_iter().flatten());
        } else {
            match bound_operation(child) {
                Ok(operation) => operations.push(operation),
                Err(operation) => errors.extend(operation),
            }
        }
    }
    if !is_soap && errors.is_empty() {
        errors.push(element.lacks(SOAP_BINDING));
    }
    let binding = Binding {
        name: element.required_name("name")?,
        port_type: element.required_qname("type")?,
        operations,
        position: element.position(),
    };
    Diagnostics::unless(errors, binding)
}

fn soap_binding(element: Element<'_, '_>) -> Result<(), Diagnostics> {
    element.only_attributes(&["style", "transport"])?;
    element.only_string("style", "document")?;
    element.only_tokens("transport", &["http://schemas.xmlsoap.org/soap/http"])?;
    element.no_children()
}

fn bound_operation(element: Element<'_, '_>) -> Result<BoundOperation, Diagnostics> {
    element.only_attributes(&["name"])?;
    let mut soap_action = None;
    let mut faults = Vec::new();
    for child in element.content(&[SOAP_OPERATION, INPUT, OUTPUT, FAULT])? {
        if child.is(SOAP, "operation") {
            child.only_attributes(&["soapAction", "style"])?;
            child.only_string("style", "document")?;
            child.no_children()?;
            soap_action = Some(child.required_uri_or_empty("soapAction")?);
            continue;
        }
        child.only_attributes(&["name"])?;
        if child.is(WSDL, "fault") {
            literal(child.only_child(one(SOAP, "fault"))?)?;
            faults.push(child.required_name("name")?);
        } else {
            literal(child.only_child(one(SOAP, "body"))?)?;
        }
    }
    Ok(BoundOperation {
        name: element.required_name("name")?,
        soap_action: soap_action.ok_or_else(|| element.lacks(SOAP_OPERATION))?,
        faults,
        position: element.position(),
    })
}

/// A `body` or `fault` of SOAP.
fn literal(element: Element<'_, '_>) -> Result<(), Diagnostics> {
    element.only_attributes(&["use", "name"])?;
    element.only_string("use", "literal")?;
    element.no_children()
}

fn service(element: Element<'_, '_>) -> Result<Service, Diagnostics> {
    element.only_attributes(&["name"])?;
    let mut ports = Vec::new();
    let mut errors = Vec::new();
    for child in element.content_or_errors(&[many(WSDL, "port")], &mut errors) {
        match port(child) {
            Ok(port) => ports.push(port),
            Err(port) => errors.extend(port),
        }
    }
    let service = Service {
        name: element.required_name("name")?,
        ports,
    };
    Diagnostics::unless(errors, service)
}

fn port(element: Element<'_, '_>) -> Result<Port, Diagnostics> {
    element.only_attributes(&["name", "binding"])?;
    let address = element.only_child(one(SOAP, "address"))?;
    address.only_attributes(&["location"])?;
    address.no_children()?;
    Ok(Port {
        name: element.required_name("name")?,
        binding: element.required_qname("binding")?,
        address: address.required_uri("location")?,
        position: element.position(),
    })
}
