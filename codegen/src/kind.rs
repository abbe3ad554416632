//! The kinds of things that have a name.

use std::fmt;

use serde::Serialize;

use crate::model::{DataObject, Family};

/// What something in a description is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum Kind {
    /// A data object that is neither fault nor event.
    DataObject,
    /// A data object that descends from `MethodFault`.
    Fault,
    /// A data object that descends from `Event`.
    Event,
    /// An enumeration.
    Enumeration,
    /// A managed object.
    ManagedObject,
    /// An operation.
    Operation,
    /// A field of a data object.
    Field,
    /// A value of an enumeration.
    Value,
    /// A property of a managed object.
    Property,
}

impl Kind {
    /// Those that have a name of their own, in the order in which they are told.
    pub const NAMED: [Self; 6] = [
        Self::DataObject,
        Self::Fault,
        Self::Event,
        Self::Enumeration,
        Self::ManagedObject,
        Self::Operation,
    ];

    /// The kind of a data object.
    pub fn of(object: &DataObject) -> Self {
        match object.family {
            Family::Data => Self::DataObject,
            Family::Fault => Self::Fault,
            Family::Event => Self::Event,
        }
    }

    /// What several are called.
    pub fn plural(self) -> &'static str {
        match self {
            Self::DataObject => "data objects",
            Self::Fault => "faults",
            Self::Event => "events",
            Self::Enumeration => "enumerations",
            Self::ManagedObject => "managed objects",
            Self::Operation => "operations",
            Self::Field => "fields",
            Self::Value => "values",
            Self::Property => "properties",
        }
    }
}

impl fmt::Display for Kind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::DataObject => "data object",
            Self::Fault => "fault",
            Self::Event => "event",
            Self::Enumeration => "enumeration",
            Self::ManagedObject => "managed object",
            Self::Operation => "operation",
            Self::Field => "field",
            Self::Value => "value",
            Self::Property => "property",
        })
    }
}
