//! What the names in a catalogue refer to.

use std::collections::BTreeMap;

use crate::model::{ManagedObjectId, Model, NamespaceId, Scalar, ServiceId, TypeRef};

/// How a catalogue writes a builtin of XML Schema.
const BUILTIN: &str = "xsd:";

/// An index of the model's names: a catalogue writes them without namespace.
pub(super) struct Targets {
    types: BTreeMap<String, Vec<(NamespaceId, TypeRef)>>,
    managed_objects: BTreeMap<String, Vec<(ServiceId, ManagedObjectId)>>,
}

impl Targets {
    /// Indexes a model.
    pub(super) fn of(model: &Model) -> Self {
        let mut types: BTreeMap<String, Vec<_>> = BTreeMap::new();
        for id in model.data_object_ids() {
            let object = &model[id];
            types
                .entry(object.name.clone())
                .or_default()
                .push((object.namespace, TypeRef::DataObject(id)));
        }
        for id in model.enumeration_ids() {
            let enumeration = &model[id];
            let of = TypeRef::Enumeration(id);
            types
                .entry(enumeration.name.clone())
                .or_default()
                .push((enumeration.namespace, of));
        }
        let mut managed_objects: BTreeMap<String, Vec<_>> = BTreeMap::new();
        for id in model
            .managed_object_ids()
            .filter(|id| !model[*id].service_wide)
        {
            let object = &model[id];
            managed_objects
                .entry(object.name.clone())
                .or_default()
                .push((object.service, id));
        }
        Self {
            types,
            managed_objects,
        }
    }

    /// The type of a name: the builtin, that of the namespace, or the only one of all namespaces.
    pub(super) fn value_type(&self, name: &str, namespace: NamespaceId) -> Option<TypeRef> {
        match name.strip_prefix(BUILTIN) {
            Some("anyType") => Some(TypeRef::Any),
            Some(builtin) => Scalar::from_xsd_name(builtin).map(TypeRef::Scalar),
            None if name == "ManagedObjectReference" => Some(TypeRef::Reference(None)),
            None => nearest(self.types.get(name)?, namespace),
        }
    }

    /// The names of all types but the builtins.
    pub(super) fn type_names(&self) -> impl Iterator<Item = &str> {
        self.types.keys().map(String::as_str)
    }

    /// The names of all managed objects.
    pub(super) fn managed_object_names(&self) -> impl Iterator<Item = &str> {
        self.managed_objects.keys().map(String::as_str)
    }

    /// The managed object of a name: that of the service, or the only one of all services.
    pub(super) fn managed_object(&self, name: &str, service: ServiceId) -> Option<ManagedObjectId> {
        nearest(self.managed_objects.get(name)?, service)
    }
}

fn nearest<Home: PartialEq, T: Copy>(candidates: &[(Home, T)], home: Home) -> Option<T> {
    match (candidates.iter().find(|(of, _)| *of == home), candidates) {
        (Some((_, own)), _) => Some(*own),
        (None, [(_, only)]) => Some(*only),
        _ => None,
    }
}
