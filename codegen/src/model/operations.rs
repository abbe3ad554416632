//! Services, managed objects and their operations.

use super::{DataObjectId, Field, ManagedObjectId, NamespaceId, OperationId, ServiceId, Shape};
use crate::source::Position;

/// An endpoint with the operations that it serves.
#[derive(Debug, Clone)]
pub struct Service {
    /// Its short name, such as `vim25`: the catalogue's, or that of its namespace.
    pub name: String,
    /// The namespace of its messages.
    pub namespace: NamespaceId,
    /// The path on the host under which it is served, such as `/sdk`.
    pub endpoint: String,
    /// The API version of the description: the catalogue's, or the end of the SOAP action.
    pub version: String,
    /// The `SOAPAction` header, such as `urn:vim25/9.1.1.0`.
    pub soap_action: String,
    /// The name of the WSDL's port type.
    pub port_type: String,
    /// Every version that a `since` in the service may name, oldest first. Empty without a catalogue.
    pub versions: Vec<String>,
    /// Whether a catalogue told the owners of its operations.
    pub catalogued: bool,
    /// Where its port type is defined.
    pub position: Position,
}

/// A type of server-side objects, which are named by reference and never sent.
#[derive(Debug, Clone)]
pub struct ManagedObject {
    /// The wire name; for the stub that stands for a service without catalogue, the name of the port type.
    pub name: String,
    /// The service that serves it.
    pub service: ServiceId,
    /// The managed object that it extends.
    pub base: Option<ManagedObjectId>,
    /// Its own properties in the catalogue's order.
    pub properties: Vec<Field>,
    /// Its own operations, sorted by name.
    pub operations: Vec<OperationId>,
    /// Whether it is the stub that owns every operation of a service without catalogue. No reference is of its type.
    pub service_wide: bool,
    /// How many properties and operations of its own a slice has left out.
    pub members_left_out: usize,
    /// Its name in VMODL, where the catalogue gives it.
    pub vmodl: Option<String>,
    /// The API version that introduced it, where the catalogue gives it.
    pub since: Option<String>,
}

/// A method of a managed object.
#[derive(Debug, Clone)]
pub struct Operation {
    /// The wire name: of the operation and of the element in the request's body.
    pub name: String,
    /// The service that serves it.
    pub service: ServiceId,
    /// The managed object that it is called on.
    pub owner: ManagedObjectId,
    /// The name of the request's type, such as `PowerOnVMRequestType`.
    pub request: String,
    /// The parameters in wire order, without the object that the operation is called on (`_this`).
    pub parameters: Vec<Field>,
    /// What the response's `returnval` holds; nothing when the response is empty.
    pub result: Option<Shape>,
    /// Set when the operation returns a task: what the task yields.
    pub task: Option<Task>,
    /// The faults that it declares, in the order of the WSDL.
    pub faults: Vec<DataObjectId>,
    /// The `SOAPAction` header, if it is not that of the service.
    pub soap_action: Option<String>,
    /// The privilege that calling it needs, where the catalogue gives one.
    pub privilege: Option<String>,
    /// Its name in VMODL, such as `powerOn`, where the catalogue gives it.
    pub vmodl: Option<String>,
    /// The API version that introduced it, where the catalogue gives it.
    pub since: Option<String>,
    /// Where it is defined.
    pub position: Position,
}

/// What is known of the task that an operation returns.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Task {
    /// What its `info.result` holds when it has succeeded; nothing when it yields nothing.
    pub result: Option<Shape>,
}
