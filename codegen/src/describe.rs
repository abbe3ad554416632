//! What types and members are, in a few words for people.

use crate::model::{Field, Model, NamespaceId, Operation, Shape, TypeRef};

/// Describes members of one namespace.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Describer<'m> {
    pub(crate) model: &'m Model,
    /// The namespace whose types are named plainly; the names of others begin with theirs.
    pub(crate) home: NamespaceId,
    /// Whether to tell what only catalogues know.
    pub(crate) catalogued: bool,
}

impl Describer<'_> {
    /// What a field, property or parameter is: `list of VirtualDevice, optional`.
    pub(crate) fn member(&self, field: &Field) -> String {
        let mut text = self.shape(field.shape);
        if self.catalogued {
            if field.secret {
                text.push_str(", secret");
            }
            if let Some(privilege) = &field.privilege {
                text.push_str(", privilege ");
                text.push_str(privilege);
            }
        }
        text
    }

    /// A type and how often it occurs.
    pub(crate) fn shape(&self, shape: Shape) -> String {
        let list = if shape.list { "list of " } else { "" };
        let optional = if shape.optional { ", optional" } else { "" };
        format!("{list}{}{optional}", self.type_name(shape.of, shape.list))
    }

    /// What an operation gives: `task giving ManagedEntity`; nothing when it gives nothing.
    pub(crate) fn result(&self, operation: &Operation) -> Option<String> {
        match operation.task.filter(|_| self.catalogued) {
            Some(task) => Some(match task.result {
                Some(shape) => format!("task giving {}", self.shape(shape)),
                None => "task".to_owned(),
            }),
            None => operation.result.map(|shape| self.shape(shape)),
        }
    }

    /// `PowerOnVM_Task(host: reference to HostSystem, optional) -> task`.
    pub(crate) fn signature(&self, operation: &Operation) -> String {
        let parameters: Vec<String> = operation
            .parameters
            .iter()
            .map(|parameter| format!("{}: {}", parameter.name, self.shape(parameter.shape)))
            .collect();
        let mut text = format!("{}({})", operation.name, parameters.join("; "));
        if let Some(result) = self.result(operation) {
            text.push_str(" -> ");
            text.push_str(&result);
        }
        text
    }

    /// The name of something in a namespace.
    pub(crate) fn name(&self, namespace: NamespaceId, name: &str) -> String {
        if namespace == self.home {
            name.to_owned()
        } else {
            format!("{}:{name}", self.model[namespace].short)
        }
    }

    fn type_name(&self, of: TypeRef, plural: bool) -> String {
        let references = if plural { "references" } else { "reference" };
        match of {
            TypeRef::Scalar(scalar) => format!("xsd:{}", scalar.xsd_name()),
            TypeRef::Any => "xsd:anyType".to_owned(),
            TypeRef::Reference(Some(id)) if self.catalogued => {
                let object = &self.model[id];
                let name = self.name(self.model[object.service].namespace, &object.name);
                format!("{references} to {name}")
            }
            TypeRef::Reference(_) => references.to_owned(),
            TypeRef::DataObject(id) => self.name(self.model[id].namespace, &self.model[id].name),
            TypeRef::Enumeration(id) => self.name(self.model[id].namespace, &self.model[id].name),
            TypeRef::Array(id) => self.name(self.model[id].namespace, &self.model[id].name),
        }
    }
}
