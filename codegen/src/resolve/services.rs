//! Services: which there are, where they are served, and in what version.

use super::scope::{Key, Scope, key};
use crate::catalog::{Catalog, Facts};
use crate::diagnostic::{Diagnostic, Diagnostics, Problem, Severity};
use crate::model::{ManagedObject, Service, ServiceId};
use crate::wsdl::{Binding, Port, PortType};

/// Where servers serve the known services. The address in VMware's own WSDL files names `localhost` and a path that
/// only some servers answer; the catalogue, where there is one, comes before both.
const KNOWN_ENDPOINTS: [(&str, &str); 6] = [
    ("urn:eam", "/eam/sdk"),
    ("urn:pbm", "/pbm/sdk"),
    ("urn:sms", "/sms/sdk"),
    ("urn:vim25", "/sdk"),
    ("urn:vsan", "/vsanHealth"),
    ("urn:vslm", "/vslm/sdk"),
];

/// The services, and for each its port type and binding.
pub(super) struct Services<'a> {
    pub(super) services: Vec<Service>,
    pub(super) ports: Vec<BoundPort<'a>>,
    pub(super) warnings: Vec<Diagnostic>,
}

/// The operations of a service, abstract and bound.
pub(super) struct BoundPort<'a> {
    pub(super) port_type: &'a PortType,
    pub(super) binding: &'a Binding,
}

impl Services<'_> {
    /// A managed object for each service that owns all of its operations, until a catalogue tells the owners.
    pub(super) fn stubs(&self) -> Vec<ManagedObject> {
        let stub = |(index, service): (usize, &Service)| ManagedObject {
            name: service.port_type.clone(),
            service: ServiceId::from(index),
            base: None,
            properties: Vec::new(),
            operations: Vec::new(),
            service_wide: true,
            members_left_out: 0,
            vmodl: None,
            since: None,
        };
        self.services.iter().enumerate().map(stub).collect()
    }
}

/// Makes a service of each port type.
///
/// # Errors
/// A namespace with two port types; a port type without binding or with two; bindings of unknown port types; a service
/// without address.
pub(super) fn resolve<'a>(
    scope: &Scope<'a>,
    catalogs: &[Catalog],
) -> Result<Services<'a>, Diagnostics> {
    let mut errors = Vec::new();
    for binding in scope.bindings.values() {
        if !scope.port_types.contains_key(&key(&binding.port_type)) {
            let user = format!("binding `{}`", binding.name);
            errors.push(scope.unresolved("port type", &binding.port_type, user, binding.position));
        }
    }
    for service in &scope.services {
        for port in service
            .ports
            .iter()
            .filter(|port| !scope.bindings.contains_key(&key(&port.binding)))
        {
            let user = format!("service `{}`", service.name);
            errors.push(scope.unresolved("binding", &port.binding, user, port.position));
        }
    }
    for (first, second) in scope.port_types.iter().zip(scope.port_types.iter().skip(1)) {
        let ((namespace, name), port_type) = second;
        if first.0.0 == *namespace {
            let message = format!(
                "the namespace `{namespace}` has several port types: `{}` and `{name}`",
                first.0.1
            );
            let error = Diagnostic::at(
                Problem::Inconsistent(message),
                scope.sources,
                port_type.position,
            );
            errors.push(error.related("the other", scope.sources.locate(first.1.position)));
        }
    }
    // A service whose port leads nowhere says where nothing is served; that it leads nowhere is
    // said above.
    let may_lack_address = !errors.is_empty();
    let mut services = Services {
        services: Vec::new(),
        ports: Vec::new(),
        warnings: Vec::new(),
    };
    for (name, port_type) in &scope.port_types {
        match service(scope, *name, port_type, catalogs) {
            Ok((service, port, several)) => {
                services.services.push(service);
                services.ports.push(port);
                services.warnings.extend(several);
            }
            Err(Unserved::NoAddress(_)) if may_lack_address => {}
            Err(Unserved::NoAddress(error) | Unserved::Other(error)) => errors.push(error),
        }
    }
    Diagnostics::unless(errors, services)
}

/// Why a port type makes no service.
enum Unserved {
    /// Nothing says where it is served.
    NoAddress(Diagnostic),
    Other(Diagnostic),
}

fn service<'a>(
    scope: &Scope<'a>,
    (uri, name): Key<'a>,
    port_type: &'a PortType,
    catalogs: &[Catalog],
) -> Result<(Service, BoundPort<'a>, Option<Diagnostic>), Unserved> {
    let fail = |message: String| {
        Diagnostic::at(
            Problem::Inconsistent(message),
            scope.sources,
            port_type.position,
        )
    };
    let mut bindings = scope
        .bindings
        .iter()
        .filter(|(_, binding)| key(&binding.port_type) == (uri, name));
    let (binding_key, binding) = match (bindings.next(), bindings.next()) {
        (Some((binding_key, binding)), None) => (*binding_key, *binding),
        (None, _) => {
            let message = format!("the port type `{name}` has no binding");
            return Err(Unserved::Other(fail(message)));
        }
        (Some((_, first)), Some((_, second))) => {
            let message = format!(
                "the port type `{name}` has several bindings: `{}` and `{}`",
                first.name, second.name
            );
            let place = |binding: &Binding| scope.sources.locate(binding.position);
            let error = Diagnostic::new(Problem::Inconsistent(message)).located(place(second));
            let error = error.related("the other", place(first));
            return Err(Unserved::Other(error.help(
                "take one out, with the ports of it: nothing says which of them a client is to use",
            )));
        }
    };
    let ports = ports_of(scope, binding_key);
    let facts: Option<&Facts> = catalogs
        .iter()
        .map(|catalog| &catalog.facts)
        .find(|facts| facts.service.namespace == uri);
    let namespace = scope.namespace(uri);
    let soap_action = most_used(
        binding
            .operations
            .iter()
            .map(|operation| operation.soap_action.as_str()),
    );
    let endpoint = match facts {
        Some(facts) => facts.service.endpoint.clone(),
        None => endpoint(uri, &ports).ok_or_else(|| {
            let error = fail(format!("no service says where `{name}` is served"));
            Unserved::NoAddress(error.help("read its *Service.wsdl too"))
        })?,
    };
    let several = several_ports(scope, name, &ports, &endpoint);
    let version = match facts {
        Some(facts) => facts.service.version.clone(),
        None => soap_action
            .rsplit_once('/')
            .map_or("", |(_, version)| version)
            .to_owned(),
    };
    let short = scope
        .namespaces
        .get(namespace.index())
        .map(|namespace| namespace.short.clone());
    let service = Service {
        name: facts
            .map(|facts| facts.service.name.clone())
            .or(short)
            .unwrap_or_default(),
        namespace,
        endpoint,
        version,
        soap_action: soap_action.to_owned(),
        port_type: name.to_owned(),
        versions: facts
            .map(|facts| facts.versions.clone())
            .unwrap_or_default(),
        catalogued: facts.is_some(),
        position: port_type.position,
    };
    Ok((service, BoundPort { port_type, binding }, several))
}

/// The ports of a binding, in the order of reading.
fn ports_of<'a>(scope: &Scope<'a>, binding: Key<'_>) -> Vec<&'a Port> {
    let ports = scope.services.iter().flat_map(|service| &service.ports);
    ports.filter(|port| key(&port.binding) == binding).collect()
}

/// A warning where several ports serve a port type: only one address can be the service's.
fn several_ports(
    scope: &Scope<'_>,
    port_type: &str,
    ports: &[&Port],
    endpoint: &str,
) -> Option<Diagnostic> {
    let [first, second, ..] = ports else {
        return None;
    };
    let named = |port: &&Port| format!("`{}` at `{}`", port.name, port.address);
    let named: Vec<String> = ports.iter().map(named).collect();
    let message = format!(
        "`{port_type}` is served at several ports, {}, of which `{endpoint}` is used",
        named.join(" and ")
    );
    let place = |port: &Port| scope.sources.locate(port.position);
    let warning = Diagnostic::new(Problem::SeveralPorts(message))
        .with_severity(Severity::Warning)
        .located(place(second))
        .related("the other", place(first));
    Some(warning.help("take out those that are not meant; a client may be told another address"))
}

fn endpoint(uri: &str, ports: &[&Port]) -> Option<String> {
    let known = KNOWN_ENDPOINTS.iter().find(|(known, _)| *known == uri);
    match (known, ports) {
        (Some((_, path)), _) => Some((*path).to_owned()),
        (None, [first, ..]) => Some(path_of(&first.address).to_owned()),
        (None, []) => None,
    }
}

/// The path of an address.
fn path_of(address: &str) -> &str {
    let rest = address.split_once("://").map_or(address, |(_, rest)| rest);
    rest.find('/').map_or("/", |slash| &rest[slash..])
}

/// The value that occurs most, the first of them in alphabetical order; empty if there is none.
fn most_used<'a>(values: impl Iterator<Item = &'a str>) -> &'a str {
    let mut counts = std::collections::BTreeMap::new();
    for value in values {
        *counts.entry(value).or_insert(0_usize) += 1;
    }
    counts
        .into_iter()
        .rev()
        .max_by_key(|(_, count)| *count)
        .map_or("", |(value, _)| value)
}

#[cfg(test)]
mod tests {
    use super::{most_used, path_of};

    #[test]
    fn takes_the_path_of_an_address() {
        assert_eq!(
            path_of("https://localhost/sdk/vimService"),
            "/sdk/vimService"
        );
        assert_eq!(path_of("https://localhost"), "/");
        assert_eq!(path_of("/x"), "/x");
    }

    #[test]
    fn takes_the_most_used_value() {
        assert_eq!(most_used(["b", "a", "b"].into_iter()), "b");
        assert_eq!(most_used(["b", "a"].into_iter()), "a");
        assert_eq!(most_used([].into_iter()), "");
    }
}
