//! What a user chooses of an API.

use std::collections::BTreeSet;
use std::fmt;

use serde::Serialize;

/// A choice of some parts of an API. One that chooses nothing stands for everything.
///
/// Each method takes [patterns](crate::pattern), as texts; one that is no pattern, or that nothing answers to, is an
/// error of [`select`](crate::select::select). The order of choices makes no difference.
///
/// ```
/// use vmomi_codegen::select::{Selection, Subtypes};
///
/// let selection = Selection::new()
///     .managed_objects(["VirtualMachine", "Datastore.summary"])
///     .operations(["RetrievePropertiesEx", "ContinueRetrievePropertiesEx"])
///     .types(["InvalidLogin", "VirtualMachineGuestOsIdentifier"])
///     .subtypes("VirtualDevice", Subtypes::All)
///     .without(["VirtualMachine.*Customiz*"]);
/// assert!(!selection.is_everything());
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Selection {
    pub(super) choices: BTreeSet<Choice>,
    pub(super) without: BTreeSet<String>,
    pub(super) skipped: BTreeSet<String>,
    /// Later ones win over earlier ones.
    pub(super) subtypes: Vec<(String, Subtypes)>,
    pub(super) other_subtypes: Subtypes,
}

impl Selection {
    /// A selection that chooses nothing yet, and so stands for everything.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Chooses managed objects with all of their operations and properties, those that they inherit too; or only some:
    /// `VirtualMachine.PowerOnVM_Task`, `VirtualMachine.config`, `HostSystem.*`.
    #[must_use]
    pub fn managed_objects(self, patterns: impl IntoIterator<Item = impl Into<String>>) -> Self {
        self.choose(ChoiceKind::ManagedObjects, patterns)
    }

    /// Chooses operations, by their own names or, as in `VirtualMachine.*_Task`, with those of their owners.
    #[must_use]
    pub fn operations(self, patterns: impl IntoIterator<Item = impl Into<String>>) -> Self {
        self.choose(ChoiceKind::Operations, patterns)
    }

    /// Chooses data objects, faults and events among them, and enumerations.
    #[must_use]
    pub fn types(self, patterns: impl IntoIterator<Item = impl Into<String>>) -> Self {
        self.choose(ChoiceKind::Types, patterns)
    }

    /// Chooses whatever has such a name: managed objects, their members, operations, data objects, enumerations.
    #[must_use]
    pub fn names(self, patterns: impl IntoIterator<Item = impl Into<String>>) -> Self {
        self.choose(ChoiceKind::Names, patterns)
    }

    /// Cuts types, operations, properties or fields that were chosen or that something chosen leads to.
    ///
    /// A managed object that is cut is a bare stub where something refers to it. A data object or an enumeration that
    /// is cut and that a member needs is an error, which names the member, so that it can be cut too.
    #[must_use]
    pub fn without(mut self, patterns: impl IntoIterator<Item = impl Into<String>>) -> Self {
        self.without.extend(patterns.into_iter().map(Into::into));
        self
    }

    /// Cuts types, operations, properties or fields, as [`Selection::without`], and with a type whatever is of it: fields
    /// and properties, operations that take or give it, and what extends it.
    ///
    /// What a server sends for a field that is cut is left out, or kept where the runtime's `DecodeOptions::keep_unknown`
    /// says so; a value of a subtype that is cut always keeps its content. A field that servers require is not sent any
    /// more, so an object that has lost one is good for reading alone. What has gone with a type is told in
    /// [`Model::set_aside`](crate::model::Model::set_aside).
    #[must_use]
    pub fn skip(mut self, patterns: impl IntoIterator<Item = impl Into<String>>) -> Self {
        self.skipped.extend(patterns.into_iter().map(Into::into));
        self
    }

    /// Says which subtypes of a data object are taken where a value of it may be any of them. It holds for what extends
    /// that data object too, unless that has a rule of its own. Of several rules on one data object the last holds.
    #[must_use]
    pub fn subtypes(mut self, base: impl Into<String>, taken: Subtypes) -> Self {
        self.subtypes.push((base.into(), taken));
        self
    }

    /// Says which subtypes are taken of data objects that no rule is about: none, unless this says otherwise.
    #[must_use]
    pub fn other_subtypes(mut self, taken: Subtypes) -> Self {
        self.other_subtypes = taken;
        self
    }

    /// Whether nothing was chosen and nothing cut, so that this stands for everything.
    #[must_use]
    pub fn is_everything(&self) -> bool {
        self.choices.is_empty() && self.without.is_empty() && self.skipped.is_empty()
    }

    fn choose(
        mut self,
        kind: ChoiceKind,
        patterns: impl IntoIterator<Item = impl Into<String>>,
    ) -> Self {
        let patterns = patterns.into_iter().map(Into::into);
        self.choices
            .extend(patterns.map(|pattern| Choice { kind, pattern }));
        self
    }
}

/// Which subtypes of a data object come into a slice. A value of one that did not come decodes as the base, and keeps
/// its name and content.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum Subtypes {
    /// Every one of them.
    All,
    /// None but those that something else needs.
    #[default]
    None,
    /// Those that one of these patterns is about.
    Only(Vec<String>),
}

impl Subtypes {
    /// Those that one of some patterns is about.
    ///
    /// ```
    /// # use vmomi_codegen::select::Subtypes;
    /// let devices = Subtypes::only(["VirtualDisk", "Virtual*Card"]);
    /// assert_eq!(devices, Subtypes::Only(vec!["VirtualDisk".to_owned(), "Virtual*Card".to_owned()]));
    /// ```
    #[must_use]
    pub fn only(patterns: impl IntoIterator<Item = impl Into<String>>) -> Self {
        Self::Only(patterns.into_iter().map(Into::into).collect())
    }
}

/// Something that was chosen, as the user said it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Choice {
    /// Of what.
    pub kind: ChoiceKind,
    /// Which ones.
    pub pattern: String,
}

/// Of what something was chosen.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum ChoiceKind {
    /// By [`Selection::managed_objects`].
    ManagedObjects,
    /// By [`Selection::operations`].
    Operations,
    /// By [`Selection::types`].
    Types,
    /// By [`Selection::names`].
    Names,
}

impl ChoiceKind {
    /// What answers to such a choice, for messages.
    pub(super) fn noun(self) -> &'static str {
        match self {
            Self::ManagedObjects => "managed object or member of one",
            Self::Operations => "operation",
            Self::Types => "data object or enum",
            Self::Names => "type, managed object, member or operation",
        }
    }
}

impl fmt::Display for Choice {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let kind = match self.kind {
            ChoiceKind::ManagedObjects => "managed objects",
            ChoiceKind::Operations => "operations",
            ChoiceKind::Types => "types",
            ChoiceKind::Names => "names",
        };
        write!(f, "{kind} `{}`", self.pattern)
    }
}
