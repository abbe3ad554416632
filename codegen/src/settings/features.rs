//! Which services are behind Cargo features.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

use crate::diagnostic::{Diagnostic, Diagnostics, Problem};
use crate::model::{Model, NamespaceId};

/// The choice of the namespaces whose modules are compiled only with a Cargo feature.
///
/// A namespace is named by its short name, such as `pbm`, or by its URI.
#[derive(Debug, Clone, Default)]
pub struct Features {
    of_namespaces: BTreeMap<String, String>,
    /// The services that are always compiled, if all others are behind features of their own names.
    always: Option<BTreeSet<String>>,
}

/// A Cargo feature that the code asks for, to be declared in the manifest of the crate that it is part of.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Feature {
    /// Its name.
    pub name: String,
    /// The short names of the namespaces that are behind it.
    pub namespaces: BTreeSet<String>,
    /// The features that the manifest must have it imply: its namespaces use what is behind them.
    pub implies: BTreeSet<String>,
}

impl Features {
    /// Puts a namespace behind a feature.
    pub fn put(&mut self, namespace: impl Into<String>, feature: impl Into<String>) {
        self.of_namespaces.insert(namespace.into(), feature.into());
    }

    /// Puts each service behind a feature of its own name, but for those that are always compiled; these need not be
    /// there.
    pub fn put_each_service_but(&mut self, always: impl IntoIterator<Item = impl Into<String>>) {
        let always = always.into_iter().map(Into::into);
        self.always.get_or_insert_default().extend(always);
    }

    /// The feature of each namespace that is behind one.
    ///
    /// # Errors
    /// Each name that is not that of a namespace, or that no feature can have; and each namespace that is compiled
    /// without what it uses.
    pub(crate) fn resolve(
        &self,
        model: &Model,
    ) -> Result<BTreeMap<NamespaceId, String>, Diagnostics> {
        let mut errors = Vec::new();
        let mut resolved = BTreeMap::new();
        if let Some(always) = &self.always {
            for service in &model.services {
                let namespace = &model[service.namespace];
                if !always.contains(&namespace.short) && !always.contains(&namespace.uri) {
                    resolved.insert(service.namespace, namespace.short.clone());
                }
            }
        }
        for (name, feature) in &self.of_namespaces {
            match find(model, name) {
                _ if !is_feature_name(feature) => errors.push(invalid_name(feature)),
                Some(namespace) => drop(resolved.insert(namespace, feature.clone())),
                None => errors.push(unknown(model, name)),
            }
        }
        errors.extend(left_without(model, &resolved));
        Diagnostics::unless(errors, resolved)
    }
}

/// The features that the resolved choice asks for, sorted by name.
pub(crate) fn declared(model: &Model, resolved: &BTreeMap<NamespaceId, String>) -> Vec<Feature> {
    let mut features: BTreeMap<&str, Feature> = BTreeMap::new();
    for (namespace, name) in resolved {
        let feature = features.entry(name).or_insert_with(|| Feature {
            name: name.clone(),
            namespaces: BTreeSet::new(),
            implies: BTreeSet::new(),
        });
        feature.namespaces.insert(model[*namespace].short.clone());
        let used = model[*namespace].sees.iter();
        let needed = used.filter_map(|used| resolved.get(used));
        let others = needed.filter(|other| *other != name).cloned();
        feature.implies.extend(others);
    }
    features.into_values().collect()
}

/// What is always compiled and uses what is not.
fn left_without<'a>(
    model: &'a Model,
    resolved: &'a BTreeMap<NamespaceId, String>,
) -> impl Iterator<Item = Diagnostic> + 'a {
    let ids = (0..model.namespaces.len()).map(NamespaceId::from);
    let always = ids.filter(|id| !resolved.contains_key(id));
    always.flat_map(move |id| {
        let needed = model[id].sees.iter();
        let needed = needed.filter_map(|used| Some((*used, resolved.get(used)?)));
        needed.map(move |(used, feature)| {
            let (user, used) = (&model[id].short, &model[used].short);
            let message =
                format!("`{user}` uses `{used}`, which is behind the feature `{feature}`");
            Diagnostic::new(Problem::Setting(message)).help(format!(
                "put `{user}` behind that feature too, or behind one that implies it"
            ))
        })
    })
}

fn find(model: &Model, name: &str) -> Option<NamespaceId> {
    let mut namespaces = model.namespaces.iter();
    let found = namespaces.position(|of| of.short == name || of.uri == name);
    found.map(NamespaceId::from)
}

fn unknown(model: &Model, name: &str) -> Diagnostic {
    let known: Vec<&str> = model
        .namespaces
        .iter()
        .map(|of| of.short.as_str())
        .collect();
    let message = format!("there is no namespace `{name}` to be put behind a feature");
    Diagnostic::new(Problem::Setting(message)).help(format!("there are: {}", known.join(", ")))
}

fn invalid_name(name: &str) -> Diagnostic {
    let message = format!("{name:?} is no name of a Cargo feature");
    Diagnostic::new(Problem::Setting(message))
        .help("letters, digits, `_`, `-` and `+`, and at the beginning a letter, a digit or `_`")
}

fn is_feature_name(name: &str) -> bool {
    let follows = |c: char| c.is_ascii_alphanumeric() || "_-+".contains(c);
    let begins = |c: char| c.is_ascii_alphanumeric() || c == '_';
    name.starts_with(begins) && name.chars().all(follows)
}

#[cfg(test)]
mod tests {
    use super::is_feature_name;

    #[test]
    fn knows_the_names_of_features() {
        for (name, is) in [
            ("pbm", true),
            ("with-pbm", true),
            ("2_5+", true),
            ("", false),
            ("-pbm", false),
            ("a/b", false),
            ("a b", false),
        ] {
            assert_eq!(is_feature_name(name), is, "{name:?}");
        }
    }
}
