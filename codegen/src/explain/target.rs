//! From a name that someone knows to what it names.

use crate::model::{DataObjectId, EnumerationId, ManagedObjectId, Model, NamespaceId, OperationId};
use crate::names;

/// Something that can be explained.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Target {
    DataObject(DataObjectId),
    Enumeration(EnumerationId),
    ManagedObject(ManagedObjectId),
    Operation(OperationId),
    /// A field: the data object that was named, the one that declares it, and its place there.
    Field(DataObjectId, DataObjectId, usize),
    /// A value, by its place.
    Value(EnumerationId, usize),
    /// A property: the managed object that was named, the one that declares it, and its place there.
    Property(ManagedObjectId, ManagedObjectId, usize),
}

/// Finds everything that a name means: a type, managed object or operation by its name on the wire, in Rust or in
/// VMODL, or a member of one after a dot (or `::`), with or without a namespace before it.
pub(super) fn find(model: &Model, name: &str) -> Vec<Target> {
    let rust = name.replace("::", ".");
    let (namespace, rest) = match rust.split_once(':') {
        Some((namespace, rest)) => (Some(namespace), rest),
        None => (None, rust.as_str()),
    };
    let mut found = items(model, namespace, rest);
    if let Some((owner, member)) = rest.rsplit_once('.') {
        let mut owners = items(model, namespace, owner);
        // In Rust a type stands in the module of its namespace.
        if let Some((module, owner)) = owner.split_once('.') {
            owners.extend(items(model, Some(module), owner));
        }
        found.extend(
            owners
                .into_iter()
                .flat_map(|owner| members(model, owner, member)),
        );
        found.extend(items(model, Some(owner), member));
    }
    let mut unique: Vec<Target> = Vec::new();
    for target in found {
        if !unique.contains(&target) {
            unique.push(target);
        }
    }
    unique
}

/// The types, managed objects and operations of a name.
fn items(model: &Model, namespace: Option<&str>, name: &str) -> Vec<Target> {
    let is_in = |id: NamespaceId| namespace.is_none_or(|wanted| wanted == model[id].short);
    let is_type = |wire: &str, vmodl: Option<&str>, home| {
        is_in(home) && (wire == name || vmodl == Some(name) || names::type_name(wire) == name)
    };
    let objects = model.data_object_ids().filter(|id| {
        let of = &model[*id];
        is_type(&of.name, of.vmodl.as_deref(), of.namespace)
    });
    let enumerations = model.enumeration_ids().filter(|id| {
        let of = &model[*id];
        is_type(&of.name, of.vmodl.as_deref(), of.namespace)
    });
    let managed = model.managed_object_ids().filter(|id| {
        let of = &model[*id];
        is_type(&of.name, of.vmodl.as_deref(), model[of.service].namespace)
    });
    let operations = model.operation_ids().filter(|id| {
        let of = &model[*id];
        is_in(model[of.service].namespace)
            && (of.name == name || names::method_name(&of.name) == name)
    });
    (objects.map(Target::DataObject))
        .chain(enumerations.map(Target::Enumeration))
        .chain(managed.map(Target::ManagedObject))
        .chain(operations.map(Target::Operation))
        .collect()
}

/// The members of a name, inherited ones too.
fn members(model: &Model, owner: Target, name: &str) -> Vec<Target> {
    let is_field = |wire: &str| wire == name || names::field_name(wire) == name;
    match owner {
        Target::DataObject(id) => {
            let declarers = [id].into_iter().chain(model.ancestors(id));
            let fields = declarers.flat_map(|declarer| {
                let fields = model[declarer].fields.iter().enumerate();
                fields
                    .filter(|(_, field)| is_field(&field.name))
                    .map(move |(place, _)| Target::Field(id, declarer, place))
            });
            fields.collect()
        }
        Target::Enumeration(id) => {
            let values = model[id].values.iter().enumerate();
            let is_value = |wire: &str| wire == name || names::variant_name(wire) == name;
            values
                .filter(|(_, value)| is_value(&value.value))
                .map(|(place, _)| Target::Value(id, place))
                .collect()
        }
        Target::ManagedObject(id) => {
            let declarers = [id].into_iter().chain(model.managed_ancestors(id));
            let mut found = Vec::new();
            for declarer in declarers {
                let properties = model[declarer].properties.iter().enumerate();
                let properties = properties.filter(|(_, property)| is_field(&property.name));
                found.extend(properties.map(|(place, _)| Target::Property(id, declarer, place)));
                let operations = model.operations_of(declarer).filter(|id| {
                    let of = &model[*id];
                    of.name == name
                        || of.vmodl.as_deref() == Some(name)
                        || names::method_name(&of.name) == name
                });
                found.extend(operations.map(Target::Operation));
            }
            found
        }
        Target::Operation(_) | Target::Field(..) | Target::Value(..) | Target::Property(..) => {
            Vec::new()
        }
    }
}
