//! What a user decides about the code, beyond what the descriptions say.
//!
//! A [`Settings`] is a list of rules. Each names what it is about by a [`Pattern`](crate::pattern::Pattern), on the names
//! of the wire: a type (`VirtualDisk`, `Host*`, `pbm:*`) or members of types (`VirtualDisk.capacityInKB`,
//! `VirtualMachine.PowerOnVM_Task`, `VirtualMachinePowerState.poweredOn`, `*.password`). The parameters of an operation
//! are members of its request: `PowerOnVMRequestType.host`.
//!
//! Where two rules say different things of one thing, the later one holds; attributes add up. A rule that is about
//! nothing in the descriptions, or that cannot be followed, is an error: a name that was mistyped, or that a new version
//! of the API no longer has, is not to be overlooked.

mod decisions;
mod features;
mod naming;
mod subject;
mod syntax;

pub(crate) use decisions::Decisions;
pub(crate) use features::declared as declared_features;
pub use features::{Feature, Features};
pub(crate) use naming::Naming;
pub(crate) use subject::Subject;

use std::sync::Arc;

use crate::overlay::Overlay;

/// The decisions for one run. The default decides nothing.
///
/// They are a value of their own, so that [`generate`](crate::generate) is a function of the model and of them alone;
/// [`Builder`](crate::Builder) fills one by methods of the same names, which have the examples.
///
/// ```
/// let mut settings = vmomi_codegen::Settings::default();
/// settings.rename("VirtualDevice.controllerKey", "controller").derive("VirtualDeviceFileExtension", "Hash");
/// ```
#[derive(Debug, Clone, Default)]
pub struct Settings {
    /// The services that are behind Cargo features.
    pub features: Features,
    rules: Vec<Rule>,
    /// Texts for the documentation.
    pub(crate) overlay: Option<Arc<Overlay>>,
    /// What is done about fields that are named like secrets, where no catalog tells.
    pub secret_names: SecretNames,
}

/// What is done about fields and parameters that are named like secrets, such as `password`, in descriptions without a
/// catalog, which would tell what is one.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum SecretNames {
    /// They are secrets, and a warning names them, but for those of which a rule decides.
    #[default]
    Warn,
    /// They are secrets.
    Accept,
    /// They are like any other.
    Ignore,
}

/// One rule, as it was given: it is read when there is a model, so that all that is wrong is told at once.
#[derive(Debug, Clone)]
struct Rule {
    pattern: String,
    decision: Decision,
}

/// What is decided, with the text that was given.
#[derive(Debug, Clone)]
enum Decision {
    Attribute(String),
    Derive(String),
    Rename(String),
    Replace(String),
    Secret(bool),
}

impl Settings {
    /// Puts attributes, each with its `#[` and `]`, on types, fields, values of enumerations, stubs of managed objects
    /// and methods. [`Builder::attribute`](crate::Builder::attribute) says which are allowed.
    pub fn attribute(
        &mut self,
        pattern: impl Into<String>,
        attribute: impl Into<String>,
    ) -> &mut Self {
        self.add(pattern, Decision::Attribute(attribute.into()))
    }

    /// Derives traits, a list of paths, on types.
    pub fn derive(&mut self, pattern: impl Into<String>, traits: impl Into<String>) -> &mut Self {
        self.add(pattern, Decision::Derive(traits.into()))
    }

    /// Gives a type, field, value, method or parameter another name in Rust. That of the wire stays.
    pub fn rename(&mut self, pattern: impl Into<String>, name: impl Into<String>) -> &mut Self {
        self.add(pattern, Decision::Rename(name.into()))
    }

    /// Takes a type that there is already in place of one of the description's. A path that ends in `::*` stands for the
    /// type of the same Rust name in that module.
    pub fn replace(&mut self, pattern: impl Into<String>, path: impl Into<String>) -> &mut Self {
        self.add(pattern, Decision::Replace(path.into()))
    }

    /// Decides whether fields or parameters are secrets, which nothing shows, whatever the catalog or their names say.
    pub fn secret(&mut self, pattern: impl Into<String>, is_secret: bool) -> &mut Self {
        self.add(pattern, Decision::Secret(is_secret))
    }

    /// Decides what is done about fields and parameters that are named like secrets, where no catalog tells.
    pub fn secret_names(&mut self, names: SecretNames) -> &mut Self {
        self.secret_names = names;
        self
    }

    /// Puts texts on what is generated, before the facts that stand there.
    pub fn docs(&mut self, overlay: Overlay) -> &mut Self {
        self.overlay = Some(Arc::new(overlay));
        self
    }

    fn add(&mut self, pattern: impl Into<String>, decision: Decision) -> &mut Self {
        self.rules.push(Rule {
            pattern: pattern.into(),
            decision,
        });
        self
    }
}

impl Rule {
    /// As it would be written.
    fn shown(&self) -> String {
        let (method, argument) = match &self.decision {
            Decision::Attribute(attribute) => ("attribute", attribute),
            Decision::Derive(traits) => ("derive", traits),
            Decision::Rename(name) => ("rename", name),
            Decision::Replace(path) => ("replace", path),
            Decision::Secret(is_secret) => {
                return format!("secret({:?}, {is_secret})", self.pattern);
            }
        };
        format!("{method}({:?}, {argument:?})", self.pattern)
    }
}
