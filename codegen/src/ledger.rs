//! What has been emitted, to compare with what was read.

use crate::diagnostic::{Diagnostic, Diagnostics, Problem};
use crate::model::{ArrayId, DataObjectId, EnumerationId, ManagedObjectId, Model, OperationId};

/// The account that an emitter keeps: what it has written, member by member.
///
/// Nothing that was read may be lost in silence, so the account is checked against the model after every run, and not
/// only in tests.
#[derive(Debug)]
pub struct Ledger {
    data_objects: Vec<Option<usize>>,
    enumerations: Vec<Option<usize>>,
    arrays: Vec<Option<usize>>,
    managed_objects: Vec<Option<usize>>,
    operations: Vec<Option<usize>>,
}

impl Ledger {
    /// An empty account for a model.
    pub fn of(model: &Model) -> Self {
        Self {
            data_objects: vec![None; model.data_objects.len()],
            enumerations: vec![None; model.enumerations.len()],
            arrays: vec![None; model.arrays.len()],
            managed_objects: vec![None; model.managed_objects.len()],
            operations: vec![None; model.operations.len()],
        }
    }

    /// A data object has been emitted, with so many fields of its own.
    pub fn data_object(&mut self, id: DataObjectId, fields: usize) {
        self.data_objects[id.index()] = Some(fields);
    }

    /// An enumeration has been emitted, with so many values.
    pub fn enumeration(&mut self, id: EnumerationId, values: usize) {
        self.enumerations[id.index()] = Some(values);
    }

    /// An array type has been made known to whatever reads `anyType`.
    pub fn array(&mut self, id: ArrayId) {
        self.arrays[id.index()] = Some(0);
    }

    /// A managed object has been emitted, with so many properties of its own.
    pub fn managed_object(&mut self, id: ManagedObjectId, properties: usize) {
        self.managed_objects[id.index()] = Some(properties);
    }

    /// An operation has been emitted, with so many parameters.
    pub fn operation(&mut self, id: OperationId, parameters: usize) {
        self.operations[id.index()] = Some(parameters);
    }

    /// Compares the account with the model.
    ///
    /// # Errors
    /// Each definition of the model that was not emitted, or not with all of its members.
    pub fn check(&self, model: &Model) -> Result<(), Diagnostics> {
        let data_objects = model
            .data_objects
            .iter()
            .map(|of| (of.name.as_str(), of.fields.len()));
        let enumerations = model
            .enumerations
            .iter()
            .map(|of| (of.name.as_str(), of.values.len()));
        let arrays = model.arrays.iter().map(|of| (of.name.as_str(), 0));
        let managed_objects = model
            .managed_objects
            .iter()
            .map(|of| (of.name.as_str(), of.properties.len()));
        let operations = model
            .operations
            .iter()
            .map(|of| (of.name.as_str(), of.parameters.len()));
        let read = data_objects
            .chain(enumerations)
            .chain(arrays)
            .chain(managed_objects)
            .chain(operations);
        let lists = [
            &self.data_objects,
            &self.enumerations,
            &self.arrays,
            &self.managed_objects,
            &self.operations,
        ];
        let mut errors = Vec::new();
        for ((name, members), emitted) in read.zip(lists.into_iter().flatten()) {
            let message = match emitted {
                None => name.to_owned(),
                Some(emitted) if *emitted != members => {
                    format!("{name}: {emitted} of {members} members")
                }
                Some(_) => continue,
            };
            errors.push(Diagnostic::new(Problem::NotEmitted(message)));
        }
        Diagnostics::unless(errors, ())
    }
}
