//! Operations: the messages followed to parameters, result and faults.

use std::collections::{BTreeMap, BTreeSet};

use super::scope::{Definition, Key, Scope, key};
use super::services::{BoundPort, Services};
use super::types::fields;
use crate::diagnostic::{Diagnostic, Diagnostics, Problem, Severity};
use crate::model::{
    DataObject, DataObjectId, Family, ManagedObjectId, Operation, ServiceId, SetAside, Shape,
    TypeRef,
};
use crate::source::Position;
use crate::wsdl::{self, BoundOperation};
use crate::xml::QName;
use crate::xsd::{ElementContent, GlobalElement, LocalElement};

/// The object that an operation is called on, first among its parameters.
const THIS: &str = "_this";
/// The only element of a response.
const RETURN_VALUE: &str = "returnval";

/// All operations, and the definitions that none of them uses.
pub(super) struct Operations {
    pub(super) operations: Vec<Operation>,
    pub(super) set_aside: Vec<SetAside>,
    pub(super) warnings: Vec<Diagnostic>,
}

/// Resolves the operations of every service, owned by the stub of the service.
///
/// # Errors
/// Messages, elements, types and faults that are not there; operations that are bound and not defined, or defined
/// and not bound; requests and responses of another form than the dialect's.
pub(super) fn resolve(
    scope: &Scope<'_>,
    services: &Services<'_>,
    data_objects: &[DataObject],
) -> Result<Operations, Diagnostics> {
    let mut resolver = Resolver {
        scope,
        data_objects,
        used_messages: BTreeSet::new(),
        used_elements: BTreeSet::new(),
        errors: Vec::new(),
        warnings: Vec::new(),
    };
    let mut operations = Vec::new();
    for (index, port) in services.ports.iter().enumerate() {
        let bound = resolver.bound_operations(port);
        let mut of_service = BTreeMap::new();
        for operation in &port.port_type.operations {
            if of_service.contains_key(operation.name.as_str()) {
                let problem = Problem::Duplicate {
                    what: "operation",
                    name: operation.name.clone(),
                };
                resolver
                    .errors
                    .push(Diagnostic::at(problem, scope.sources, operation.position));
                continue;
            }
            let soap_action = bound
                .get(operation.name.as_str())
                .map(|bound| bound.soap_action.as_str());
            match resolver.operation(operation, index, soap_action.unwrap_or_default()) {
                Ok(resolved) => {
                    of_service.insert(operation.name.as_str(), resolved);
                }
                Err(error) => resolver.errors.push(error),
            }
        }
        let common = &services.services[index].soap_action;
        operations.extend(of_service.into_values().map(|mut operation| {
            operation.soap_action = operation.soap_action.filter(|action| action != common);
            operation
        }));
    }
    let set_aside = resolver.unused();
    Diagnostics::unless(
        resolver.errors,
        Operations {
            operations,
            set_aside,
            warnings: resolver.warnings,
        },
    )
}

struct Resolver<'s, 'a> {
    scope: &'s Scope<'a>,
    data_objects: &'s [DataObject],
    used_messages: BTreeSet<Key<'a>>,
    used_elements: BTreeSet<Key<'a>>,
    errors: Vec<Diagnostic>,
    warnings: Vec<Diagnostic>,
}

impl<'a> Resolver<'_, 'a> {
    /// The bound operations by name, after comparing them with those of the port type.
    fn bound_operations(&mut self, port: &BoundPort<'a>) -> BTreeMap<&'a str, &'a BoundOperation> {
        let defined: BTreeMap<&str, &wsdl::Operation> = port
            .port_type
            .operations
            .iter()
            .map(|operation| (operation.name.as_str(), operation))
            .collect();
        let mut bound = BTreeMap::new();
        for operation in &port.binding.operations {
            let name = operation.name.as_str();
            let Some(definition) = defined.get(name) else {
                self.fail(
                    operation.position,
                    format!("`{name}` is bound but not an operation of its port type"),
                );
                continue;
            };
            let declared = |fault: &&String| {
                !definition
                    .faults
                    .iter()
                    .any(|declared| declared.name == **fault)
            };
            if let Some(fault) = operation.faults.iter().find(declared) {
                self.fail(
                    operation.position,
                    format!(
                        "`{name}` is bound with the fault `{fault}`, which it does not declare"
                    ),
                );
            }
            bound.insert(name, operation);
        }
        for operation in &port.port_type.operations {
            if !bound.contains_key(operation.name.as_str()) {
                self.fail(
                    operation.position,
                    format!("the operation `{}` has no binding", operation.name),
                );
            }
        }
        bound
    }

    fn operation(
        &mut self,
        operation: &'a wsdl::Operation,
        service: usize,
        soap_action: &str,
    ) -> Result<Operation, Diagnostic> {
        let request = self.element(&operation.input, &operation.name, operation.position)?;
        if request.name != operation.name {
            let message = format!(
                "the request of the operation `{}` is named `{}`",
                operation.name, request.name
            );
            return Err(self.inconsistent(request.position, message));
        }
        let (request_name, elements) = self.request(request)?;
        let (this, parameters) = elements.split_first().unzip();
        if !this.is_some_and(|this| self.is_this(this)) {
            let message = format!(
                "the request of `{}` does not begin with a reference `{THIS}`",
                operation.name
            );
            return Err(self.inconsistent(request.position, message));
        }
        let response = self.element(&operation.output, &operation.name, operation.position)?;
        let result = self.result(response)?;
        let mut faults = Vec::with_capacity(operation.faults.len());
        for fault in &operation.faults {
            faults.push(self.fault(fault, &operation.name)?);
        }
        Ok(Operation {
            name: operation.name.clone(),
            service: ServiceId::from(service),
            owner: ManagedObjectId::from(service),
            request: request_name,
            parameters: fields(
                self.scope,
                parameters.unwrap_or_default(),
                &operation.name,
                &mut self.errors,
            ),
            result,
            task: None,
            faults,
            soap_action: Some(soap_action.to_owned()),
            privilege: None,
            vmodl: None,
            since: None,
            position: operation.position,
        })
    }

    /// The element that a message carries.
    fn element(
        &mut self,
        message: &'a QName,
        user: &str,
        at: Position,
    ) -> Result<&'a GlobalElement, Diagnostic> {
        let scope = self.scope;
        let user = format!("operation `{user}`");
        let (name, message) = scope
            .messages
            .get_key_value(&key(message))
            .ok_or_else(|| scope.unresolved("message", message, user, at))?;
        self.used_messages.insert(*name);
        let user = format!("message `{}`", message.name);
        let (name, element) = scope
            .elements
            .get_key_value(&key(&message.element))
            .ok_or_else(|| scope.unresolved("element", &message.element, user, message.position))?;
        self.used_elements.insert(*name);
        Ok(*element)
    }

    /// The name of a request's type and its elements.
    fn request(
        &self,
        element: &'a GlobalElement,
    ) -> Result<(String, &'a [LocalElement]), Diagnostic> {
        match &element.content {
            ElementContent::Inline(elements) => Ok((element.name.clone(), elements)),
            ElementContent::Named(of) => match self.scope.types.get(&key(of)) {
                Some(Definition::Request(elements)) => Ok((of.local.clone(), elements)),
                Some(_) => {
                    let message = format!(
                        "the request `{}` is no plain sequence of parameters",
                        of.local
                    );
                    Err(self.inconsistent(element.position, message))
                }
                None => {
                    let user = format!("element `{}`", element.name);
                    Err(self.scope.unresolved("type", of, user, element.position))
                }
            },
        }
    }

    fn is_this(&self, element: &LocalElement) -> bool {
        let of = self.scope.type_named(&element.of);
        element.name == THIS
            && of == Some(TypeRef::Reference(None))
            && !element.list
            && !element.optional
    }

    fn result(&self, element: &GlobalElement) -> Result<Option<Shape>, Diagnostic> {
        match &element.content {
            ElementContent::Inline(elements) => match elements.as_slice() {
                [] => Ok(None),
                [value] if value.name == RETURN_VALUE => {
                    let of = self.scope.type_of(value, &element.name)?;
                    Ok(Some(Shape {
                        of,
                        optional: value.optional,
                        list: value.list,
                    }))
                }
                [other, ..] => {
                    let message = format!(
                        "the response `{}` holds other than one `{RETURN_VALUE}`",
                        element.name
                    );
                    Err(self.inconsistent(other.position, message))
                }
            },
            ElementContent::Named(_) => {
                let message = format!("the response `{}` is of a named type", element.name);
                Err(self.inconsistent(element.position, message))
            }
        }
    }

    fn fault(
        &mut self,
        fault: &'a wsdl::DeclaredFault,
        operation: &str,
    ) -> Result<DataObjectId, Diagnostic> {
        let element = self.element(&fault.message, operation, fault.position)?;
        let of = match &element.content {
            ElementContent::Named(of) => self.scope.type_named(of),
            ElementContent::Inline(_) => None,
        };
        let is_fault = |id: DataObjectId| {
            self.data_objects
                .get(id.index())
                .is_some_and(|object| object.family == Family::Fault)
        };
        match (of, &element.content) {
            (Some(TypeRef::DataObject(id)), _) if is_fault(id) => Ok(id),
            (None, ElementContent::Named(of)) => {
                let user = format!("element `{}`", element.name);
                Err(self.scope.unresolved("type", of, user, element.position))
            }
            _ => {
                let message = format!(
                    "the fault `{}` of `{operation}` is no MethodFault",
                    fault.name
                );
                Err(self.inconsistent(element.position, message))
            }
        }
    }

    /// The elements that nothing uses and that are more than another name for a type. Messages and elements that no
    /// operation uses have to resolve all the same.
    fn unused(&mut self) -> Vec<SetAside> {
        let scope = self.scope;
        for (name, message) in &scope.messages {
            if !self.used_messages.contains(name)
                && !scope.elements.contains_key(&key(&message.element))
            {
                let user = format!("message `{}`", message.name);
                self.errors.push(scope.unresolved(
                    "element",
                    &message.element,
                    user,
                    message.position,
                ));
            }
        }
        let mut set_aside = Vec::new();
        for (_, element) in scope
            .elements
            .iter()
            .filter(|(name, _)| !self.used_elements.contains(*name))
        {
            match &element.content {
                ElementContent::Named(of) => match scope.type_named(of) {
                    None => {
                        let user = format!("element `{}`", element.name);
                        self.errors
                            .push(scope.unresolved("type", of, user, element.position));
                    }
                    // Such as the fault elements, one for every fault.
                    Some(TypeRef::DataObject(_) | TypeRef::Enumeration(_) | TypeRef::Array(_)) => {}
                    Some(_) => set_aside.push(aside(element)),
                },
                ElementContent::Inline(elements) => {
                    fields(scope, elements, &element.name, &mut self.errors);
                    self.warnings.push(unused(scope, element));
                    set_aside.push(aside(element));
                }
            }
        }
        set_aside
    }

    fn fail(&mut self, position: Position, message: String) {
        self.errors.push(self.inconsistent(position, message));
    }

    fn inconsistent(&self, position: Position, message: String) -> Diagnostic {
        Diagnostic::at(Problem::Inconsistent(message), self.scope.sources, position)
    }
}

/// An element without a named type defines something of its own, which is lost.
fn unused(scope: &Scope<'_>, element: &GlobalElement) -> Diagnostic {
    let problem = Problem::UnusedElement(element.name.clone());
    Diagnostic::at(problem, scope.sources, element.position)
        .with_severity(Severity::Warning)
        .help("define what it holds as a complexType with a name, or read the .wsdl whose operation uses it")
}

fn aside(element: &GlobalElement) -> SetAside {
    SetAside {
        what: format!("element `{}`", element.name),
        reason: "no operation uses it",
    }
}
