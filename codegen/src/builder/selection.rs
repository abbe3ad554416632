//! What the builder generates of the descriptions.

use super::Builder;
use crate::diagnostic::Diagnostics;
use crate::select::{Selection, Slice, Subtypes, select};

impl Builder {
    /// Generates only these managed objects, with all of their operations and properties, and what they need. See
    /// [`Selection::managed_objects`].
    ///
    /// ```no_run
    /// # fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// use vmomi_codegen::{Builder, select::Subtypes};
    ///
    /// Builder::new()
    ///     .wsdl("wsdl/vim25")
    ///     .managed_objects(["VirtualMachine", "PropertyCollector", "SessionManager"])
    ///     .subtypes("VirtualDevice", Subtypes::All)
    ///     .out_dir(std::env::var("OUT_DIR")?)
    ///     .generate()?;
    /// # Ok(())
    /// # }
    /// ```
    #[must_use]
    pub fn managed_objects(self, patterns: impl IntoIterator<Item = impl Into<String>>) -> Self {
        self.choose(|selection| selection.managed_objects(patterns))
    }

    /// Generates only these operations, and what they need. See [`Selection::operations`].
    #[must_use]
    pub fn operations(self, patterns: impl IntoIterator<Item = impl Into<String>>) -> Self {
        self.choose(|selection| selection.operations(patterns))
    }

    /// Generates only these data objects and enumerations, and what they need. See [`Selection::types`].
    #[must_use]
    pub fn types(self, patterns: impl IntoIterator<Item = impl Into<String>>) -> Self {
        self.choose(|selection| selection.types(patterns))
    }

    /// Generates only what has such a name, and what it needs. See [`Selection::names`].
    #[must_use]
    pub fn names(self, patterns: impl IntoIterator<Item = impl Into<String>>) -> Self {
        self.choose(|selection| selection.names(patterns))
    }

    /// Does not generate these types, operations, properties or fields. See [`Selection::without`].
    #[must_use]
    pub fn without(self, patterns: impl IntoIterator<Item = impl Into<String>>) -> Self {
        self.choose(|selection| selection.without(patterns))
    }

    /// Does not generate these, nor whatever is of such a type or extends it: fields, properties, operations, types. See
    /// [`Selection::skip`].
    ///
    /// ```no_run
    /// # fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// vmomi_codegen::Builder::new()
    ///     .wsdl("wsdl/vim25")
    ///     .managed_objects(["VirtualMachine"])
    ///     .skip(["VirtualMachineConfigInfo.vAppConfig", "*FaultTolerance*"])
    ///     .build()?;
    /// # Ok(())
    /// # }
    /// ```
    #[must_use]
    pub fn skip(self, patterns: impl IntoIterator<Item = impl Into<String>>) -> Self {
        self.choose(|selection| selection.skip(patterns))
    }

    /// Says which subtypes of a data object are generated where a value of it may be any of them. See
    /// [`Selection::subtypes`].
    #[must_use]
    pub fn subtypes(self, base: impl Into<String>, taken: Subtypes) -> Self {
        self.choose(|selection| selection.subtypes(base, taken))
    }

    /// Says which subtypes are generated of data objects that no rule is about. See [`Selection::other_subtypes`].
    #[must_use]
    pub fn other_subtypes(self, taken: Subtypes) -> Self {
        self.choose(|selection| selection.other_subtypes(taken))
    }

    /// Replaces whatever was chosen, cut and said of subtypes.
    #[must_use]
    pub fn select(self, selection: Selection) -> Self {
        self.choose(|_| selection)
    }

    /// Reads the descriptions and makes the part of them that was chosen, with the reasons for all that is in it.
    ///
    /// # Errors
    /// Those of [`Builder::model`] and of [`select`](crate::select::select).
    pub fn slice(&self) -> Result<Slice, Diagnostics> {
        select(&self.model()?, &self.selection)
    }

    fn choose(mut self, choose: impl FnOnce(Selection) -> Selection) -> Self {
        self.selection = choose(std::mem::take(&mut self.selection));
        self
    }
}
