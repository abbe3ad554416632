//! The Rust names of one model: those that the rules for names give, and those that a user gave.

use std::collections::BTreeMap;

use super::Subject;
use crate::model::{DataObjectId, EnumerationId, ManagedObjectId, Model, OperationId};
use crate::names;

/// What things are called in Rust.
#[derive(Debug, Default)]
pub(crate) struct Naming {
    given: BTreeMap<Subject, String>,
}

impl Naming {
    /// Gives something another name than the rules do.
    pub(super) fn give(&mut self, subject: Subject, name: String) {
        self.given.insert(subject, name);
    }

    /// The name of a data object's structure.
    pub(crate) fn data_object(&self, model: &Model, id: DataObjectId) -> String {
        self.or(Subject::DataObject(id), || {
            names::type_name(&model[id].name)
        })
    }

    /// The name of an enumeration.
    pub(crate) fn enumeration(&self, model: &Model, id: EnumerationId) -> String {
        self.or(Subject::Enumeration(id), || {
            names::type_name(&model[id].name)
        })
    }

    /// The name of a managed object's stub.
    pub(crate) fn managed_object(&self, model: &Model, id: ManagedObjectId) -> String {
        self.or(Subject::ManagedObject(id), || {
            names::type_name(&model[id].name)
        })
    }

    /// The name of a data object's field.
    pub(crate) fn field(&self, model: &Model, holder: DataObjectId, place: usize) -> String {
        self.or(Subject::Field(holder, place), || {
            names::field_name(&model[holder].fields[place].name)
        })
    }

    /// The name of an enumeration's variant.
    pub(crate) fn variant(&self, model: &Model, holder: EnumerationId, place: usize) -> String {
        self.or(Subject::Value(holder, place), || {
            names::variant_name(&model[holder].values[place].value)
        })
    }

    /// The name of an operation's method.
    pub(crate) fn method(&self, model: &Model, id: OperationId) -> String {
        self.or(Subject::Operation(id), || {
            names::method_name(&model[id].name)
        })
    }

    /// The name of an operation's parameter.
    pub(crate) fn parameter(&self, model: &Model, of: OperationId, place: usize) -> String {
        self.or(Subject::Parameter(of, place), || {
            names::parameter_name(&model[of].parameters[place].name)
        })
    }

    fn or(&self, subject: Subject, rule: impl FnOnce() -> String) -> String {
        self.given.get(&subject).cloned().unwrap_or_else(rule)
    }
}
