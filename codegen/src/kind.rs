//! The kinds of things that have a name of their own.

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
}

impl Kind {
    /// All of them, in the order in which they are told.
    pub const ALL: [Self; 6] = [
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
        })
    }
}
