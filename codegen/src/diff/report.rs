//! What a comparison found, as values. Everything is sorted, so that equal descriptions give equal reports.

use std::collections::BTreeMap;
use std::fmt;

use serde::Serialize;
use serde::ser::{SerializeSeq, Serializer};

use crate::kind::Kind;

/// The differences between two descriptions.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Comparison {
    /// Those of each service, or of each namespace that has no service, by the URI of the namespace. One that has no
    /// difference is listed too.
    pub services: Vec<ServiceComparison>,
}

/// The differences in one service.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ServiceComparison {
    /// Its short name, such as `vim25`.
    pub name: String,
    /// The URI of its namespace.
    pub namespace: String,
    /// Its API version before; nothing when it was not there or has none.
    pub old_version: Option<String>,
    /// Its API version after.
    pub new_version: Option<String>,
    /// Whether it came, went, or stayed with or without changes.
    pub change: Option<Change>,
    /// Set when only one side had a catalogue, and so only what WSDL tells was compared.
    pub without_catalog: bool,
    /// What breaks by changes to the service itself.
    pub breaks: Breaks,
    /// Changes to the service itself, such as its endpoint.
    pub facts: Vec<MemberChange>,
    /// How many there are of each kind, and how many of them changed.
    pub counts: BTreeMap<Counted, Count>,
    /// The changed types, managed objects and operations, by kind and name. Empty when the whole service came or went.
    pub items: Vec<ItemChange>,
}

/// A type, managed object or operation that is not as it was.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ItemChange {
    /// What it is.
    pub kind: Kind,
    /// Its wire name.
    pub name: String,
    /// The managed object that has it, of an operation whose owner is known.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub owner: Option<String>,
    /// What became of it.
    pub change: Change,
    /// What breaks by that; of its members, anything that breaks by one of them.
    pub breaks: Breaks,
    /// What came or went, in a few words.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub detail: Option<String>,
    /// How it changed.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub members: Vec<MemberChange>,
}

/// A part of a type, managed object, operation or service that is not as it was.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct MemberChange {
    /// What it is.
    pub kind: MemberKind,
    /// Its wire name, if it has one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// What became of it.
    pub change: Change,
    /// What it was; nothing when it was not there.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub old: Option<String>,
    /// What it is; nothing when it is not there any more.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub new: Option<String>,
    /// What breaks by that.
    pub breaks: Breaks,
}

/// What became of something.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Change {
    /// It is new.
    Added,
    /// It is gone.
    Removed,
    /// It is there, and not as it was.
    Changed,
}

/// The parts that a change can be about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum MemberKind {
    /// What a type or managed object extends.
    Base,
    /// Whether anything extends a data object.
    Subtypes,
    /// The managed object that has an operation.
    Owner,
    /// A field of a data object.
    Field,
    /// A value of an enumeration.
    Value,
    /// A property of a managed object.
    Property,
    /// A parameter of an operation.
    Parameter,
    /// The order of the fields or parameters that were there before.
    Order,
    /// What an operation gives.
    Result,
    /// A fault that an operation declares.
    Fault,
    /// The privilege that an operation needs.
    Privilege,
    /// Where a service is served.
    Endpoint,
}

/// For whom a change is not compatible.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Breaks {
    /// A program that was written for the code generated before may not compile with the code generated now.
    pub source: bool,
    /// A program that speaks as it did before may be refused, or miss something, by a server that is spoken to in the
    /// new version.
    pub wire: bool,
}

/// What is counted of a service.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum Counted {
    /// Data objects that are neither faults nor events.
    DataObjects,
    /// Faults.
    Faults,
    /// Events.
    Events,
    /// Fields of all of these, each counted where it is declared.
    Fields,
    /// Enumerations.
    Enumerations,
    /// Values of enumerations.
    Values,
    /// Managed objects.
    ManagedObjects,
    /// Their properties.
    Properties,
    /// Operations.
    Operations,
    /// Their parameters.
    Parameters,
}

/// How many there are of something, and what became of them. Members of types and operations that came or went as a
/// whole are not among the added and removed ones.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
pub struct Count {
    /// How many there were.
    pub old: usize,
    /// How many there are.
    pub new: usize,
    /// How many are new.
    pub added: usize,
    /// How many are gone.
    pub removed: usize,
    /// How many changed.
    pub changed: usize,
    /// How many of these break something.
    pub breaking: usize,
}

impl Comparison {
    /// Whether nothing differs.
    pub fn is_empty(&self) -> bool {
        self.services.iter().all(ServiceComparison::is_empty)
    }

    /// The changes that break something, and nothing else. The counts stay those of all changes.
    #[must_use]
    pub fn breaking(mut self) -> Self {
        self.services.retain_mut(|service| {
            service.facts.retain(|fact| fact.breaks.any());
            service.items.retain_mut(|item| {
                item.members.retain(|member| member.breaks.any());
                item.breaks.any()
            });
            service.breaks.any() || !service.items.is_empty()
        });
        self
    }

    /// Everything but the changes one by one: versions and counts.
    #[must_use]
    pub fn summary(mut self) -> Self {
        for service in &mut self.services {
            service.items.clear();
        }
        self
    }

    /// What breaks by all changes together.
    pub fn breaks(&self) -> Breaks {
        let services = self.services.iter();
        services
            .flat_map(|service| {
                let items = service.items.iter().map(|item| item.breaks);
                items.chain([service.breaks])
            })
            .fold(Breaks::NOTHING, Breaks::or)
    }
}

impl ServiceComparison {
    /// The changes, by kind: those of which there are any.
    pub(super) fn by_kind(
        &self,
    ) -> impl Iterator<Item = (Kind, impl Iterator<Item = &ItemChange>)> {
        Kind::NAMED.into_iter().filter_map(|kind| {
            let of_kind = move |item: &&ItemChange| item.kind == kind;
            let mut items = self.items.iter().filter(of_kind).peekable();
            items.peek().is_some().then_some((kind, items))
        })
    }

    /// Whether nothing differs but the version.
    pub fn is_empty(&self) -> bool {
        let is_quiet = |count: &Count| count.added + count.removed + count.changed == 0;
        self.change.is_none() && self.counts.values().all(is_quiet)
    }
}

impl Breaks {
    /// Nothing breaks.
    pub const NOTHING: Self = Self {
        source: false,
        wire: false,
    };
    /// All breaks.
    pub const ALL: Self = Self {
        source: true,
        wire: true,
    };

    /// Whether anything breaks.
    pub fn any(self) -> bool {
        self.source || self.wire
    }

    /// What breaks by either of two changes.
    #[must_use]
    pub fn or(self, other: Self) -> Self {
        Self {
            source: self.source || other.source,
            wire: self.wire || other.wire,
        }
    }

    fn names(self) -> impl Iterator<Item = &'static str> {
        let named = [(self.source, "source"), (self.wire, "wire")];
        named
            .into_iter()
            .filter_map(|(breaks, name)| breaks.then_some(name))
    }
}

impl fmt::Display for Breaks {
    /// `source, wire`; nothing when nothing breaks.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.names().collect::<Vec<_>>().join(", "))
    }
}

impl Serialize for Breaks {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut names = serializer.serialize_seq(None)?;
        for name in self.names() {
            names.serialize_element(name)?;
        }
        names.end()
    }
}

impl MemberChange {
    /// A change of something that has no name, told as what it was and what it is: nothing where it is not.
    pub(super) fn of(
        kind: MemberKind,
        old: Option<String>,
        new: Option<String>,
        breaks: Breaks,
    ) -> Self {
        let change = match (&old, &new) {
            (None, Some(_)) => Change::Added,
            (Some(_), None) => Change::Removed,
            _ => Change::Changed,
        };
        Self {
            kind,
            name: None,
            change,
            old,
            new,
            breaks,
        }
    }
}

impl MemberKind {
    /// What is counted of it, if anything.
    pub(super) fn counted(self) -> Option<Counted> {
        match self {
            Self::Field => Some(Counted::Fields),
            Self::Value => Some(Counted::Values),
            Self::Property => Some(Counted::Properties),
            Self::Parameter => Some(Counted::Parameters),
            _ => None,
        }
    }
}

impl fmt::Display for MemberKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Base => "base",
            Self::Subtypes => "subtypes",
            Self::Owner => "owner",
            Self::Field => "field",
            Self::Value => "value",
            Self::Property => "property",
            Self::Parameter => "parameter",
            Self::Order => "order",
            Self::Result => "result",
            Self::Fault => "fault",
            Self::Privilege => "privilege",
            Self::Endpoint => "endpoint",
        })
    }
}

impl Counted {
    /// What is counted of things of a kind.
    pub(super) fn of(kind: Kind) -> Self {
        match kind {
            Kind::DataObject => Self::DataObjects,
            Kind::Fault => Self::Faults,
            Kind::Event => Self::Events,
            Kind::Enumeration => Self::Enumerations,
            Kind::ManagedObject => Self::ManagedObjects,
            Kind::Operation => Self::Operations,
            Kind::Field => Self::Fields,
            Kind::Value => Self::Values,
            Kind::Property => Self::Properties,
        }
    }
}

impl fmt::Display for Counted {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::DataObjects => "data objects",
            Self::Faults => "faults",
            Self::Events => "events",
            Self::Fields => "fields",
            Self::Enumerations => "enumerations",
            Self::Values => "values",
            Self::ManagedObjects => "managed objects",
            Self::Properties => "properties",
            Self::Operations => "operations",
            Self::Parameters => "parameters",
        })
    }
}

impl Count {
    /// Adds one that is not as it was.
    pub(super) fn add(&mut self, change: Change, breaks: Breaks) {
        match change {
            Change::Added => self.added += 1,
            Change::Removed => self.removed += 1,
            Change::Changed => self.changed += 1,
        }
        self.breaking += usize::from(breaks.any());
    }
}
