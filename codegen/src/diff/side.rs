//! One of the two descriptions, and one namespace of it.

use std::collections::BTreeMap;

use super::travel::Travel;
use crate::describe::Describer;
use crate::graph::Graph;
use crate::model::{
    DataObjectId, EnumerationId, Field, ManagedObjectId, Model, NamespaceId, OperationId, Scalar,
    Service, Shape, TypeRef,
};

/// A description with what has been computed of it.
pub(super) struct Side<'m> {
    pub(super) model: &'m Model,
    pub(super) graph: Graph,
    pub(super) travel: Travel,
    /// For each data object how many members are of its type.
    users: Vec<usize>,
}

/// A namespace of a description.
#[derive(Clone, Copy)]
pub(super) struct View<'m> {
    pub(super) side: &'m Side<'m>,
    pub(super) namespace: NamespaceId,
    /// Whether to look at what only catalogues know.
    pub(super) catalogued: bool,
}

/// A type as Rust or the wire tells it from others, the same in both descriptions.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum TypeKey<'m> {
    Scalar(Scalar),
    Any,
    Array(&'m str, &'m str),
    Reference(Option<(&'m str, &'m str)>),
    DataObject(&'m str, &'m str),
    Enumeration(&'m str, &'m str),
}

/// How a Rust type holds values of another.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Container {
    Plain,
    Option,
    Vec,
}

/// What decides on the Rust type of a member.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct RustType<'m> {
    container: Container,
    of: TypeKey<'m>,
    /// Whether it is a `Dyn` of a type of another namespace. Of those of its own that is told once, for the type.
    is_foreign_dyn: bool,
}

impl<'m> Side<'m> {
    pub(super) fn of(model: &'m Model) -> Self {
        let graph = Graph::of(model);
        Self {
            model,
            travel: Travel::of(model, &graph),
            graph,
            users: users(model),
        }
    }

    /// How many fields, properties, parameters and results are of a data object's type.
    pub(super) fn users(&self, id: DataObjectId) -> usize {
        self.users[id.index()]
    }
}

impl<'m> View<'m> {
    pub(super) fn describer(&self) -> Describer<'m> {
        Describer {
            model: self.side.model,
            home: self.namespace,
            catalogued: self.catalogued,
        }
    }

    pub(super) fn service(&self) -> Option<&'m Service> {
        let mut services = self.side.model.services.iter();
        services.find(|service| service.namespace == self.namespace)
    }

    pub(super) fn data_objects(&self) -> BTreeMap<&'m str, DataObjectId> {
        let model = self.side.model;
        (model.data_object_ids())
            .filter(|id| model[*id].namespace == self.namespace)
            .map(|id| (model[id].name.as_str(), id))
            .collect()
    }

    pub(super) fn enumerations(&self) -> BTreeMap<&'m str, EnumerationId> {
        let model = self.side.model;
        (model.enumeration_ids())
            .filter(|id| model[*id].namespace == self.namespace)
            .map(|id| (model[id].name.as_str(), id))
            .collect()
    }

    /// The managed objects; none where the description is taken to know none.
    pub(super) fn managed_objects(&self) -> BTreeMap<&'m str, ManagedObjectId> {
        let model = self.side.model;
        let is_own = |id: &ManagedObjectId| {
            let object = &model[*id];
            model[object.service].namespace == self.namespace
        };
        (model.managed_object_ids())
            .filter(|id| self.catalogued && is_own(id) && !model[*id].service_wide)
            .map(|id| (model[id].name.as_str(), id))
            .collect()
    }

    pub(super) fn operations(&self) -> BTreeMap<&'m str, OperationId> {
        let model = self.side.model;
        (model.operation_ids())
            .filter(|id| model[model[*id].service].namespace == self.namespace)
            .map(|id| (model[id].name.as_str(), id))
            .collect()
    }

    /// What tells a type from others on the wire.
    pub(super) fn key(&self, of: TypeRef) -> TypeKey<'m> {
        let model = self.side.model;
        let uri = |namespace: NamespaceId| model[namespace].uri.as_str();
        match of {
            TypeRef::Scalar(scalar) => TypeKey::Scalar(scalar),
            TypeRef::Any => TypeKey::Any,
            TypeRef::Reference(target) => {
                TypeKey::Reference(target.filter(|_| self.catalogued).map(|id| {
                    let object = &model[id];
                    (uri(model[object.service].namespace), object.name.as_str())
                }))
            }
            TypeRef::DataObject(id) => {
                TypeKey::DataObject(uri(model[id].namespace), &model[id].name)
            }
            TypeRef::Enumeration(id) => {
                TypeKey::Enumeration(uri(model[id].namespace), &model[id].name)
            }
            TypeRef::Array(id) => TypeKey::Array(uri(model[id].namespace), &model[id].name),
        }
    }

    /// The Rust type of a property, parameter or result.
    pub(super) fn rust(&self, shape: Shape) -> RustType<'m> {
        let container = match shape {
            Shape { list: true, .. } => Container::Vec,
            Shape { optional: true, .. } => Container::Option,
            Shape { .. } => Container::Plain,
        };
        let key = match self.key(shape.of) {
            TypeKey::Scalar(Scalar::AnyUri) => TypeKey::Scalar(Scalar::String),
            TypeKey::Array(..) => TypeKey::Any,
            key => key,
        };
        let is_foreign_dyn = matches!(
            shape.of,
            TypeRef::DataObject(id) if self.side.model[id].namespace != self.namespace
                && self.side.graph.is_dyn(self.side.model, id, self.namespace)
        );
        RustType {
            container,
            of: key,
            is_foreign_dyn,
        }
    }

    /// The Rust type of a data object's field.
    pub(super) fn rust_of_field(&self, holder: DataObjectId, field: &Field) -> RustType<'m> {
        let recursive = self.side.graph.is_recursive(holder, field);
        self.rust(Shape {
            optional: field.shape.optional || recursive,
            ..field.shape
        })
    }
}

impl RustType<'_> {
    /// What the description does not tell: `Option of Dyn`.
    pub(super) fn form(self) -> String {
        let container = match self.container {
            Container::Plain => "plain",
            Container::Option => "Option",
            Container::Vec => "Vec",
        };
        let of = if self.is_foreign_dyn { " of Dyn" } else { "" };
        format!("{container}{of}")
    }
}

fn users(model: &Model) -> Vec<usize> {
    let mut users = vec![0; model.data_objects.len()];
    let fields = model.data_objects.iter().flat_map(|of| &of.fields);
    let properties = model.managed_objects.iter().flat_map(|of| &of.properties);
    let parameters = model.operations.iter().flat_map(|of| &of.parameters);
    let members = fields.chain(properties).chain(parameters);
    let results = model
        .operations
        .iter()
        .flat_map(|of| [of.result, of.task.and_then(|task| task.result)])
        .flatten();
    for shape in members.map(|member| member.shape).chain(results) {
        if let TypeRef::DataObject(id) = shape.of {
            users[id.index()] += 1;
        }
    }
    users
}
