//! From rules to what they say of each thing of one model.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::sync::Arc;

use proc_macro2::TokenStream;

use super::naming::Naming;
use super::subject::{self, Subject};
use super::syntax::{self, Attributes, Replacement};
use super::{Decision, Rule, SecretNames, Settings};
use crate::diagnostic::{Diagnostic, Diagnostics, Problem};
use crate::model::{Model, NamespaceId};
use crate::names::{self, Role};
use crate::nearest;
use crate::overlay::Overlay;
use crate::pattern::Pattern;
use crate::secret_names;

/// What settings say of a model.
#[derive(Debug, Default)]
pub(crate) struct Decisions {
    /// What things are called.
    pub(crate) naming: Naming,
    /// The Cargo features that namespaces are behind.
    pub(crate) features: BTreeMap<NamespaceId, String>,
    /// Texts on the API.
    pub(crate) overlay: Option<Arc<Overlay>>,
    /// Texts, since tokens stay on one thread and emitting does not.
    attributes: BTreeMap<Subject, String>,
    replaced: BTreeMap<Subject, Replacement>,
    /// The fields and parameters of which a rule says whether they are secrets.
    secrets: BTreeMap<Subject, bool>,
    pub(crate) secret_names: SecretNames,
}

impl Decisions {
    /// Follows the rules one after the other.
    ///
    /// # Errors
    /// Each rule that is no rule, is about nothing, or about something of which it cannot say what it says.
    pub(crate) fn of(model: &Model, settings: &Settings) -> Result<Self, Diagnostics> {
        let mut decisions = Self {
            features: settings.features.resolve(model)?,
            overlay: settings.overlay.clone(),
            secret_names: settings.secret_names,
            ..Self::default()
        };
        let mut errors = Vec::new();
        for rule in &settings.rules {
            errors.extend(decisions.follow(model, rule).err());
        }
        Diagnostics::unless(errors, decisions)
    }

    /// The attributes that the user put on something.
    pub(crate) fn attributes(&self, subject: Subject) -> Option<TokenStream> {
        self.attributes
            .get(&subject)
            .map(|text| syntax::tokens(text))
    }

    /// The path of the type that is taken in place of one of the model's.
    pub(crate) fn replacement(&self, model: &Model, subject: Subject) -> Option<TokenStream> {
        let path = match self.replaced.get(&subject)? {
            Replacement::Type(path) => path.clone(),
            Replacement::In(module) => format!("{module}::{}", type_name(model, subject)?),
        };
        Some(syntax::tokens(&path))
    }

    /// The types that there are already, in the order of the model.
    pub(crate) fn replaced(&self) -> impl Iterator<Item = Subject> {
        self.replaced.keys().copied()
    }

    /// Whether a type is one that there is already.
    pub(crate) fn is_replaced(&self, subject: Subject) -> bool {
        self.replaced.contains_key(&subject)
    }

    /// The model with what is decided of secrets.
    pub(crate) fn secrets_in<'m>(&self, model: &'m Model) -> Cow<'m, Model> {
        let mut model = Cow::Borrowed(model);
        if self.secret_names == SecretNames::Ignore {
            for subject in secret_names::recognised(&model) {
                set_secret(model.to_mut(), subject, false);
            }
        }
        for (subject, is_secret) in &self.secrets {
            set_secret(model.to_mut(), *subject, *is_secret);
        }
        model
    }

    /// Whether a rule says whether something is a secret.
    pub(crate) fn decides_secret(&self, subject: Subject) -> bool {
        self.secrets.contains_key(&subject)
    }

    fn follow(&mut self, model: &Model, rule: &Rule) -> Result<(), Diagnostic> {
        let refused = |cause: String| refused(rule, cause);
        let pattern: Pattern = rule
            .pattern
            .parse()
            .map_err(|error| refused(format!("{error}")))?;
        let subjects = subject::find(model, &pattern);
        if subjects.is_empty() {
            return Err(about_nothing(model, rule, &pattern));
        }
        match &rule.decision {
            Decision::Attribute(text) => {
                let attributes = syntax::attributes(text).map_err(refused)?;
                self.put(rule, &subjects, &attributes)
            }
            Decision::Derive(text) => {
                let attribute = syntax::derive(text).map_err(refused)?;
                self.put(rule, &subjects, &attribute)
            }
            Decision::Rename(text) => self.rename(rule, &subjects, text),
            Decision::Secret(is_secret) => {
                let members = subjects.iter();
                let members: Vec<_> = members.filter(|of| can_be_secret(**of)).collect();
                if members.is_empty() {
                    return Err(refused(not_for(&subjects)));
                }
                let members = members.into_iter();
                self.secrets.extend(members.map(|of| (*of, *is_secret)));
                Ok(())
            }
            Decision::Replace(text) => {
                let replacement = syntax::replacement(text).map_err(refused)?;
                let types: Vec<_> = subjects.iter().filter(|of| of.is_type()).collect();
                if types.is_empty() {
                    return Err(refused(not_for(&subjects)));
                }
                for subject in types {
                    self.replaced.insert(*subject, replacement.clone());
                }
                Ok(())
            }
        }
    }

    /// Adds attributes to whatever can have them.
    fn put(
        &mut self,
        rule: &Rule,
        subjects: &[Subject],
        put: &Attributes,
    ) -> Result<(), Diagnostic> {
        let mut found = false;
        for subject in subjects.iter().filter(|subject| put.fit(**subject)) {
            found = true;
            let attributes = self.attributes.entry(*subject).or_default();
            attributes.push_str(&put.text);
            attributes.push('\n');
        }
        if found {
            Ok(())
        } else {
            Err(refused(rule, not_for(subjects)))
        }
    }

    fn rename(&mut self, rule: &Rule, subjects: &[Subject], text: &str) -> Result<(), Diagnostic> {
        let mut found = false;
        for subject in subjects {
            if let Some(role) = role(*subject) {
                let name = syntax::name(text, role).map_err(|cause| refused(rule, cause))?;
                self.naming.give(*subject, name);
                found = true;
            }
        }
        if found {
            Ok(())
        } else {
            Err(refused(rule, not_for(subjects)))
        }
    }
}

/// The name that the rules give a type: it is that of the type elsewhere, whatever it is called here.
fn type_name(model: &Model, subject: Subject) -> Option<String> {
    let wire = match subject {
        Subject::DataObject(id) => &model[id].name,
        Subject::Enumeration(id) => &model[id].name,
        Subject::ManagedObject(id) => &model[id].name,
        _ => return None,
    };
    Some(names::type_name(wire))
}

/// What a thing's Rust name is of. Properties have none: they are rows of a table.
fn role(subject: Subject) -> Option<Role> {
    match subject {
        Subject::DataObject(_) | Subject::Enumeration(_) | Subject::ManagedObject(_) => {
            Some(Role::Type)
        }
        Subject::Field(..) => Some(Role::Field),
        Subject::Value(..) => Some(Role::Variant),
        Subject::Operation(_) => Some(Role::Method),
        Subject::Parameter(..) => Some(Role::Parameter),
        Subject::Property(..) => None,
    }
}

fn can_be_secret(subject: Subject) -> bool {
    matches!(subject, Subject::Field(..) | Subject::Parameter(..))
}

fn set_secret(model: &mut Model, subject: Subject, is_secret: bool) {
    match subject {
        Subject::Field(id, place) => {
            model.data_objects[id.index()].fields[place].secret = is_secret;
        }
        Subject::Parameter(id, place) => {
            model.operations[id.index()].parameters[place].secret = is_secret;
        }
        _ => {}
    }
}

fn not_for(subjects: &[Subject]) -> String {
    let nouns: std::collections::BTreeSet<_> = subjects.iter().map(|of| of.noun()).collect();
    let nouns: Vec<_> = nouns.into_iter().collect();
    format!("it is about {}, which cannot have it", nouns.join(" and "))
}

fn refused(rule: &Rule, cause: String) -> Diagnostic {
    Diagnostic::new(Problem::Setting(format!("{}: {cause}", rule.shown())))
}

fn about_nothing(model: &Model, rule: &Rule, pattern: &Pattern) -> Diagnostic {
    let error = refused(rule, format!("nothing is named `{pattern}`"));
    if let Some(owner) = subject::owner_of_operation(model, pattern) {
        return error.help(format!(
            "an operation is named with its managed object: `{owner}.{pattern}`"
        ));
    }
    let candidates = subject::candidates(model, pattern);
    match nearest::suggestion(&pattern.to_string(), candidates.iter().map(String::as_str)) {
        Some(help) => error.help(help),
        None => error,
    }
}
