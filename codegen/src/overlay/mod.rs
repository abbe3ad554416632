//! Texts that VMware wrote on the API, put on what is generated.
//!
//! They are in the OpenAPI description of the VI JSON API, which anyone may download and nothing of which is in this
//! project. The user names the file; the texts are made fit for rustdoc and stand before the facts of the descriptions.

#[cfg(feature = "docs")]
mod open_api;
mod sanitise;
#[cfg(feature = "docs")]
mod values;
#[cfg(feature = "docs")]
mod yaml;

use std::collections::BTreeMap;

pub(crate) use sanitise::sanitise;

use serde::Serialize;

use crate::model::Model;

/// Texts by the names of the wire.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Overlay {
    /// On data objects, enumerations and managed objects.
    types: BTreeMap<String, String>,
    /// On fields, values of enumerations, operations, and the parameters of requests; by the name of the type.
    members: BTreeMap<String, BTreeMap<String, String>>,
}

/// How much of an [`Overlay`] a model has.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
pub struct Coverage {
    /// Texts that stand on something.
    pub used: usize,
    /// Texts on what the model does not have.
    pub unused: usize,
}

impl Overlay {
    /// The text on a type.
    pub(crate) fn of_type(&self, name: &str) -> Option<&str> {
        self.types.get(name).map(String::as_str)
    }

    /// The text on a member of a type.
    pub(crate) fn of_member(&self, of: &str, name: &str) -> Option<&str> {
        self.members.get(of)?.get(name).map(String::as_str)
    }

    /// How many texts are on things that a model has.
    #[must_use]
    pub fn coverage(&self, model: &Model) -> Coverage {
        let mut used = 0;
        let mut count = |text: Option<&str>| used += usize::from(text.is_some());
        for object in &model.data_objects {
            count(self.of_type(&object.name));
            for field in &object.fields {
                count(self.of_member(&object.name, &field.name));
            }
        }
        for enumeration in &model.enumerations {
            count(self.of_type(&enumeration.name));
            for value in &enumeration.values {
                count(self.of_member(&enumeration.name, &value.value));
            }
        }
        for object in &model.managed_objects {
            count(self.of_type(&object.name));
        }
        for operation in &model.operations {
            let owner = &model[operation.owner].name;
            count(self.of_member(owner, &operation.name));
            for parameter in &operation.parameters {
                count(self.of_member(&operation.request, &parameter.name));
            }
        }
        let members: usize = self.members.values().map(BTreeMap::len).sum();
        Coverage {
            used,
            unused: (self.types.len() + members).saturating_sub(used),
        }
    }
}
