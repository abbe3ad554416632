//! WSDL 1.1, as far as the vSphere descriptions use it: the syntax as written, nothing resolved.
//!
//! The dialect: document style, literal use, one part per message, SOAP 1.1 over HTTP.

use crate::diagnostic::Diagnostic;
use crate::source::Position;
use crate::xml::{Element, QName, SOAP, WSDL, XSD};
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
    pub(crate) binding: QName,
    pub(crate) address: String,
    pub(crate) position: Position,
}

/// Reads a `definitions` element; what is wrong in one definition does not hide what is wrong in the next.
pub(crate) fn definitions(
    element: Element<'_, '_>,
    errors: &mut Vec<Diagnostic>,
) -> Option<Definitions> {
    let head = element
        .only_attributes(&["targetNamespace", "name"])
        .and_then(|()| element.required("targetNamespace"));
    let namespace = match head {
        Ok(namespace) => namespace.to_owned(),
        Err(error) => {
            errors.push(error);
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
    match element.children() {
        Ok(children) => {
            for child in children {
                if let Err(error) = read_into(&mut definitions, child, errors) {
                    errors.push(error);
                }
            }
        }
        Err(error) => errors.push(error),
    }
    Some(definitions)
}

/// What a WSDL document may hold.
const IN_DEFINITIONS: [&str; 6] = [
    "import", "types", "message", "portType", "binding", "service",
];

fn read_into(
    definitions: &mut Definitions,
    child: Element<'_, '_>,
    errors: &mut Vec<Diagnostic>,
) -> Result<(), Diagnostic> {
    match child.name_in(WSDL) {
        "import" => definitions.links.push(xsd::import(child, "location")?),
        "types" => {
            child.only_attributes(&[])?;
            for schema in child.children()? {
                if !schema.is(XSD, "schema") {
                    return Err(schema.refuse(&["schema"]));
                }
                definitions.schemas.extend(xsd::schema(schema, errors));
            }
        }
        "message" => definitions.messages.push(message(child)?),
        "portType" => definitions.port_types.push(port_type(child)?),
        "binding" => definitions.bindings.push(binding(child)?),
        "service" => definitions.services.push(service(child)?),
        _ => return Err(child.refuse(&IN_DEFINITIONS)),
    }
    Ok(())
}

fn message(element: Element<'_, '_>) -> Result<Message, Diagnostic> {
    element.only_attributes(&["name"])?;
    let part = child_of(element, WSDL, "part")?;
    part.only_attributes(&["name", "element"])?;
    part.no_children()?;
    Ok(Message {
        name: element.required_name("name")?,
        element: part.required_qname("element")?,
        position: element.position(),
    })
}

fn port_type(element: Element<'_, '_>) -> Result<PortType, Diagnostic> {
    element.only_attributes(&["name"])?;
    let operations = element
        .children()?
        .into_iter()
        .map(operation)
        .collect::<Result<_, _>>()?;
    Ok(PortType {
        name: element.required_name("name")?,
        operations,
        position: element.position(),
    })
}

fn operation(element: Element<'_, '_>) -> Result<Operation, Diagnostic> {
    if !element.is(WSDL, "operation") {
        return Err(element.refuse(&["operation"]));
    }
    element.only_attributes(&["name"])?;
    let name = element.required_name("name")?;
    let (mut input, mut output, mut faults) = (None, None, Vec::new());
    for child in element.children()? {
        child.only_attributes(&["name", "message"])?;
        child.no_children()?;
        let message = child.required_qname("message")?;
        match child.name_in(WSDL) {
            "input" if input.is_none() => input = Some(message),
            "output" if output.is_none() => output = Some(message),
            "fault" => {
                let name = child.required_name("name")?;
                faults.push(DeclaredFault {
                    name,
                    message,
                    position: child.position(),
                });
            }
            _ => return Err(child.refuse(&["one input", "one output", "fault"])),
        }
    }
    let missing = |what| element.error(missing_child(element, what));
    Ok(Operation {
        name,
        input: input.ok_or_else(|| missing("input"))?,
        output: output.ok_or_else(|| missing("output"))?,
        faults,
        position: element.position(),
    })
}

fn binding(element: Element<'_, '_>) -> Result<Binding, Diagnostic> {
    element.only_attributes(&["name", "type"])?;
    let mut operations = Vec::new();
    let mut is_soap = false;
    for child in element.children()? {
        if child.is(SOAP, "binding") {
            child.only_attributes(&["style", "transport"])?;
            child.only_values("style", &["document"])?;
            child.only_values("transport", &["http://schemas.xmlsoap.org/soap/http"])?;
            child.no_children()?;
            is_soap = true;
        } else if child.is(WSDL, "operation") {
            operations.push(bound_operation(child)?);
        } else {
            return Err(child.refuse(&["soap:binding", "operation"]));
        }
    }
    if !is_soap {
        return Err(element.error(missing_child(element, "soap:binding")));
    }
    Ok(Binding {
        name: element.required_name("name")?,
        port_type: element.required_qname("type")?,
        operations,
        position: element.position(),
    })
}

fn bound_operation(element: Element<'_, '_>) -> Result<BoundOperation, Diagnostic> {
    element.only_attributes(&["name"])?;
    let mut soap_action = None;
    let mut faults = Vec::new();
    for child in element.children()? {
        if child.is(SOAP, "operation") {
            child.only_attributes(&["soapAction", "style"])?;
            child.only_values("style", &["document"])?;
            child.no_children()?;
            soap_action = Some(child.required("soapAction")?.to_owned());
            continue;
        }
        child.only_attributes(&["name"])?;
        match child.name_in(WSDL) {
            "input" | "output" => literal(child_of(child, SOAP, "body")?)?,
            "fault" => {
                literal(child_of(child, SOAP, "fault")?)?;
                faults.push(child.required_name("name")?);
            }
            _ => return Err(child.refuse(&["soap:operation", "input", "output", "fault"])),
        }
    }
    let soap_action =
        soap_action.ok_or_else(|| element.error(missing_child(element, "soap:operation")))?;
    Ok(BoundOperation {
        name: element.required_name("name")?,
        soap_action,
        faults,
        position: element.position(),
    })
}

/// A `soap:body` or `soap:fault`.
fn literal(element: Element<'_, '_>) -> Result<(), Diagnostic> {
    element.only_attributes(&["use", "name"])?;
    element.only_values("use", &["literal"])?;
    element.no_children()
}

fn service(element: Element<'_, '_>) -> Result<Service, Diagnostic> {
    element.only_attributes(&["name"])?;
    let mut ports = Vec::new();
    for child in element.children()? {
        if !child.is(WSDL, "port") {
            return Err(child.refuse(&["port"]));
        }
        child.only_attributes(&["name", "binding"])?;
        let address = child_of(child, SOAP, "address")?;
        address.only_attributes(&["location"])?;
        address.no_children()?;
        ports.push(Port {
            binding: child.required_qname("binding")?,
            address: address.required("location")?.to_owned(),
            position: child.position(),
        });
    }
    Ok(Service {
        name: element.required_name("name")?,
        ports,
    })
}

fn child_of<'a, 'input>(
    element: Element<'a, 'input>,
    namespace: &str,
    name: &'static str,
) -> Result<Element<'a, 'input>, Diagnostic> {
    match element.only_child()? {
        Some(child) if child.is(namespace, name) => Ok(child),
        Some(child) => Err(child.refuse(&[name])),
        None => Err(element.error(missing_child(element, name))),
    }
}

fn missing_child(element: Element<'_, '_>, child: &str) -> crate::diagnostic::Problem {
    crate::diagnostic::Problem::Inconsistent(format!("{} has no `{child}`", element.describe()))
}
