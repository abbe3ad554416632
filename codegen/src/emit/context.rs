//! What all emitters look things up in.

use std::collections::BTreeSet;

use super::usage::Usage;
use crate::graph::Graph;
use crate::model::{Model, NamespaceId, Service};
use crate::names;
use crate::settings::Decisions;

/// How many API versions of a service the generated code tells apart. The runtime counts them in a byte, whose last
/// value means that the version is not known.
pub(crate) const MOST_VERSIONS: usize = u8::MAX as usize;

/// The model with what has been computed of it.
pub(super) struct Context<'m> {
    pub(super) model: &'m Model,
    pub(super) graph: &'m Graph,
    pub(super) decisions: &'m Decisions,
    pub(super) usage: Usage,
    /// The Rust names of all types.
    types: BTreeSet<(NamespaceId, String)>,
}

impl<'m> Context<'m> {
    pub(super) fn new(model: &'m Model, graph: &'m Graph, decisions: &'m Decisions) -> Self {
        let naming = &decisions.naming;
        let objects = model.data_object_ids();
        let objects = objects.map(|id| (model[id].namespace, naming.data_object(model, id)));
        let enumerations = model.enumeration_ids();
        let enumerations =
            enumerations.map(|id| (model[id].namespace, naming.enumeration(model, id)));
        let managed = model.managed_object_ids();
        let managed = managed.map(|id| {
            let namespace = model[model[id].service].namespace;
            (namespace, naming.managed_object(model, id))
        });
        Self {
            model,
            graph,
            decisions,
            usage: Usage::of(model),
            types: objects.chain(enumerations).chain(managed).collect(),
        }
    }

    /// Whether a namespace has a type of a Rust name.
    pub(super) fn has_type(&self, namespace: NamespaceId, name: &str) -> bool {
        self.types.contains(&(namespace, name.to_owned()))
    }

    /// The namespaces that have types, managed objects among them.
    pub(super) fn namespaces(&self) -> BTreeSet<NamespaceId> {
        self.types.iter().map(|(namespace, _)| *namespace).collect()
    }

    /// The service of a namespace. There is none where only types were read.
    pub(super) fn service(&self, namespace: NamespaceId) -> Option<&'m Service> {
        let mut services = self.model.services.iter();
        services.find(|service| service.namespace == namespace)
    }

    /// The API versions that the types of a namespace may name, oldest first. Any further ones become the
    /// version that is not known.
    pub(super) fn versions(&self, namespace: NamespaceId) -> &'m [String] {
        let service = self.service(namespace);
        let versions = service.map_or(&[][..], |service| &service.versions);
        &versions[..versions.len().min(MOST_VERSIONS)]
    }

    /// Whether a version is one of those.
    pub(super) fn has_version(&self, namespace: NamespaceId, version: &str) -> bool {
        self.versions(namespace)
            .iter()
            .any(|known| known == version)
    }

    /// The Cargo feature that a namespace is behind.
    pub(super) fn feature(&self, namespace: NamespaceId) -> Option<&'m str> {
        self.decisions.features.get(&namespace).map(String::as_str)
    }

    /// The name of a namespace's module.
    pub(super) fn module(&self, namespace: NamespaceId) -> String {
        names::module_name(&self.model[namespace].short)
    }
}
