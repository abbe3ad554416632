//! The object that everything on a server is found from.

use vmomi_runtime::{Connection, ManagedObjectReference, Stub};

use crate::vim25::ServiceInstance;

/// The service instance, whose reference is the same on every server.
pub(crate) fn service_instance(connection: &Connection) -> ServiceInstance {
    const NAME: &str = "ServiceInstance";
    ServiceInstance::bind(ManagedObjectReference::new(NAME, NAME), connection)
}
