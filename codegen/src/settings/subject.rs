//! What a rule can be about.

use crate::model::{DataObjectId, EnumerationId, ManagedObjectId, Model, NamespaceId, OperationId};
use crate::pattern::Pattern;

/// A thing of a model.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Subject {
    /// A data object.
    DataObject(DataObjectId),
    /// A field, by its place among the data object's own.
    Field(DataObjectId, usize),
    /// An enumeration.
    Enumeration(EnumerationId),
    /// A value, by its place in the enumeration.
    Value(EnumerationId, usize),
    /// A managed object.
    ManagedObject(ManagedObjectId),
    /// A property, by its place among the managed object's own.
    Property(ManagedObjectId, usize),
    /// An operation.
    Operation(OperationId),
    /// A parameter, by its place in the operation.
    Parameter(OperationId, usize),
}

impl Subject {
    /// Whether this is a type.
    pub(super) fn is_type(self) -> bool {
        matches!(
            self,
            Self::DataObject(_) | Self::Enumeration(_) | Self::ManagedObject(_)
        )
    }

    /// Whether something is emitted for it that can have attributes.
    pub(super) fn has_item(self) -> bool {
        !matches!(self, Self::Property(..) | Self::Parameter(..))
    }

    /// Whether this is a field or a value: a member of a type that the runtime has a description of.
    pub(super) fn is_described_member(self) -> bool {
        matches!(self, Self::Field(..) | Self::Value(..))
    }

    /// Whether this is an operation, for which a method is emitted.
    pub(super) fn is_operation(self) -> bool {
        matches!(self, Self::Operation(_))
    }

    /// What it is, in the plural.
    pub(super) fn noun(self) -> &'static str {
        match self {
            Self::DataObject(_) => "data objects",
            Self::Field(..) => "fields",
            Self::Enumeration(_) => "enumerations",
            Self::Value(..) => "values of enumerations",
            Self::ManagedObject(_) => "managed objects",
            Self::Property(..) => "properties",
            Self::Operation(_) => "operations",
            Self::Parameter(..) => "parameters",
        }
    }
}

/// Everything that has members, with its name and its members' names.
struct Holder<'m> {
    subject: Option<Subject>,
    namespace: NamespaceId,
    name: &'m str,
    members: Vec<(&'m str, Subject)>,
}

/// The types of a model and the requests of its operations.
fn holders(model: &Model) -> impl Iterator<Item = Holder<'_>> {
    let data_objects = model.data_object_ids().map(|id| {
        let object = &model[id];
        let fields = object.fields.iter().enumerate();
        Holder {
            subject: Some(Subject::DataObject(id)),
            namespace: object.namespace,
            name: &object.name,
            members: fields
                .map(|(place, field)| (field.name.as_str(), Subject::Field(id, place)))
                .collect(),
        }
    });
    let enumerations = model.enumeration_ids().map(|id| {
        let enumeration = &model[id];
        let values = enumeration.values.iter().enumerate();
        Holder {
            subject: Some(Subject::Enumeration(id)),
            namespace: enumeration.namespace,
            name: &enumeration.name,
            members: values
                .map(|(place, value)| (value.value.as_str(), Subject::Value(id, place)))
                .collect(),
        }
    });
    let managed_objects = model.managed_object_ids().map(|id| {
        let object = &model[id];
        let properties = object.properties.iter().enumerate();
        let properties =
            properties.map(|(place, of)| (of.name.as_str(), Subject::Property(id, place)));
        let operations = model.operations_of(id);
        let operations = operations.map(|id| (model[id].name.as_str(), Subject::Operation(id)));
        Holder {
            subject: Some(Subject::ManagedObject(id)),
            namespace: model[object.service].namespace,
            name: &object.name,
            members: properties.chain(operations).collect(),
        }
    });
    let requests = model.operation_ids().map(|id| {
        let operation = &model[id];
        let parameters = operation.parameters.iter().enumerate();
        Holder {
            subject: None,
            namespace: model[operation.service].namespace,
            name: &operation.request,
            members: parameters
                .map(|(place, of)| (of.name.as_str(), Subject::Parameter(id, place)))
                .collect(),
        }
    });
    data_objects
        .chain(enumerations)
        .chain(managed_objects)
        .chain(requests)
}

/// What a pattern is about, in the order of the model.
pub(super) fn find(model: &Model, pattern: &Pattern) -> Vec<Subject> {
    let mut found = Vec::new();
    for holder in holders(model) {
        let namespace = &model[holder.namespace].short;
        if !pattern.is_about_members() {
            let is_it = pattern.matches(namespace, holder.name);
            found.extend(holder.subject.filter(|_| is_it));
        } else if pattern.matches_type_of_member(namespace, holder.name) {
            let members = holder.members.into_iter();
            let members = members
                .filter(|(member, _)| pattern.matches_member(namespace, holder.name, member));
            found.extend(members.map(|(_, subject)| subject));
        }
    }
    found
}

/// The names that a pattern might have meant: those of types, or with the type's the members of the types that it is
/// about.
pub(super) fn candidates(model: &Model, pattern: &Pattern) -> Vec<String> {
    let mut names = Vec::new();
    for holder in holders(model) {
        let namespace = &model[holder.namespace].short;
        if pattern.is_about_members() && pattern.matches_type_of_member(namespace, holder.name) {
            let members = holder.members.iter();
            names.extend(members.map(|(member, _)| format!("{}.{member}", holder.name)));
        }
    }
    if names.is_empty() {
        names.extend(holders(model).map(|holder| holder.name.to_owned()));
    }
    names
}

/// The owner of an operation that a pattern names as if it were a type.
pub(super) fn owner_of_operation<'m>(model: &'m Model, pattern: &Pattern) -> Option<&'m str> {
    let operation = model.operations.iter().find(|operation| {
        let namespace = &model[model[operation.service].namespace].short;
        pattern.matches(namespace, &operation.name)
    })?;
    Some(&model[operation.owner].name)
}
