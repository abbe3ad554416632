//! What the catalogues know, laid over the model: managed objects with their properties, owners of operations, tasks,
//! targets of references, versions and privileges.

mod managed_objects;
mod operations;
mod types;

use std::collections::{BTreeMap, BTreeSet};

use super::targets::Targets;
use crate::catalog::{Catalog, Member, Named};
use crate::diagnostic::{Diagnostic, Diagnostics, Problem, Severity};
use crate::model::{Field, ManagedObjectId, Model, NamespaceId, Service, ServiceId, TypeRef};
use crate::nearest::suggestion;

/// For how many of the names in one part of a catalogue that the WSDL does not have others are suggested.
const SUGGESTED: usize = 20;

/// Applies each catalogue to the service of its namespace.
///
/// # Errors
/// Every name that a catalogue has and its WSDL has not, or the other way round.
pub(super) fn apply(mut model: Model, catalogs: &[Catalog]) -> Result<Model, Diagnostics> {
    let of_services = assign(&model, catalogs)?;
    model.managed_objects = managed_objects::declare(&model, &of_services);
    let mut layer = Layer {
        targets: Targets::of(&model),
        model,
        errors: Vec::new(),
    };
    layer.own_by_stubs();
    for (service, catalog) in &of_services {
        let found_before = layer.errors.len();
        let other_version = other_version(&layer.model[*service], catalog);
        let hint = other_version
            .as_ref()
            .map(|problem| format!("{problem}: use one of the same, or none"));
        let home = Home {
            service: *service,
            namespace: layer.model[*service].namespace,
            catalog,
            hint: hint.as_deref(),
        };
        layer.managed_objects(home);
        layer.data_objects(home);
        layer.enumerations(home);
        layer.operations(home);
        layer.model.warnings.extend(catalog.odd_versions());
        if let Some(problem) = other_version.filter(|_| layer.errors.len() == found_before) {
            let warning = at(catalog, problem, &["service", "version"])
                .with_severity(Severity::Warning)
                .help("both name the same things; the version of the catalogue is the one that is asked of servers");
            layer.model.warnings.push(warning);
        }
    }
    let mut model = Diagnostics::unless(layer.errors, layer.model)?;
    for id in model.operation_ids() {
        let owner = model[id].owner;
        model.managed_objects[owner.index()].operations.push(id);
    }
    Ok(model)
}

/// The catalogue of each service that has one.
fn assign<'c>(
    model: &Model,
    catalogs: &'c [Catalog],
) -> Result<BTreeMap<ServiceId, &'c Catalog>, Diagnostics> {
    let mut errors = Vec::new();
    let mut of_services = BTreeMap::new();
    for catalog in catalogs {
        let uri = &catalog.facts.service.namespace;
        let fail = |message| {
            at(
                catalog,
                Problem::Inconsistent(message),
                &["service", "namespace"],
            )
        };
        let service = model
            .services
            .iter()
            .position(|service| model[service.namespace].uri == *uri);
        match service.map(ServiceId::from) {
            None => errors.push(
                fail(format!(
                    "the catalogue is about `{uri}`, and no service of that namespace was read"
                ))
                .help("read the .wsdl files of the service too, or leave the catalogue out"),
            ),
            Some(service) => {
                if of_services.insert(service, catalog).is_some() {
                    errors.push(fail(format!("two catalogues are about `{uri}`")));
                }
            }
        }
    }
    Diagnostics::unless(errors, of_services)
}

/// A diagnostic at a member of a catalogue.
fn at(catalog: &Catalog, problem: Problem, keys: &[&str]) -> Diagnostic {
    Diagnostic::new(problem).located(catalog.locate(keys))
}

/// The model while the catalogues are being laid over it.
struct Layer {
    model: Model,
    targets: Targets,
    errors: Vec<Diagnostic>,
}

/// A service with its catalogue.
#[derive(Clone, Copy)]
struct Home<'c> {
    service: ServiceId,
    namespace: NamespaceId,
    catalog: &'c Catalog,
    /// Why the catalogue and the WSDL may disagree.
    hint: Option<&'c str>,
}

impl Layer {
    /// Adds the facts to fields or parameters.
    fn members(
        &mut self,
        home: Home<'_>,
        mut fields: Vec<Field>,
        facts: &Named<Member>,
        what: &'static str,
        keys: [&str; 3],
    ) -> Vec<Field> {
        let mut known = BTreeSet::new();
        for field in &mut fields {
            known.insert(field.name.clone());
            let Some(facts) = facts.get(&field.name) else {
                self.errors.push(missing(
                    home,
                    what,
                    &format!("{}.{}", keys[1], field.name),
                    &keys,
                ));
                continue;
            };
            field.since.clone_from(&facts.since);
            field.privilege.clone_from(&facts.privilege);
            field.secret = facts.secret;
            if let Some(target) = &facts.target {
                let keys = [keys[0], keys[1], keys[2], &field.name, "target"];
                if let Some(of) = self.accept(self.retarget(home, field.shape.of, target, &keys)) {
                    field.shape.of = of;
                }
            }
        }
        for (name, _) in facts.iter().filter(|(name, _)| !known.contains(*name)) {
            let problem = Problem::CatalogUnknown {
                what,
                name: format!("{}.{name}", keys[1]),
            };
            let error = disagreement(home, problem, &[keys[0], keys[1], keys[2], name]);
            let suggestion = suggestion(name, known.iter().map(String::as_str));
            self.errors
                .push(suggestion.into_iter().fold(error, Diagnostic::help));
        }
        fields
    }

    fn managed_object(
        &self,
        home: Home<'_>,
        name: &str,
        keys: &[&str],
    ) -> Result<ManagedObjectId, Diagnostic> {
        self.targets
            .managed_object(name, home.service)
            .ok_or_else(|| {
                let suggestion = suggestion(name, self.targets.managed_object_names());
                unresolved(home, "managed object", name, keys, suggestion)
            })
    }

    fn value_type(
        &self,
        home: Home<'_>,
        name: &str,
        target: Option<&str>,
        keys: &[&str],
    ) -> Result<TypeRef, Diagnostic> {
        let of = self
            .targets
            .value_type(name, home.namespace)
            .ok_or_else(|| {
                let suggestion = suggestion(name, self.targets.type_names());
                unresolved(home, "type", name, keys, suggestion)
            })?;
        match target {
            Some(target) => self.retarget(home, of, target, keys),
            None => Ok(of),
        }
    }

    /// The same reference, to a managed object of a name.
    fn retarget(
        &self,
        home: Home<'_>,
        of: TypeRef,
        target: &str,
        keys: &[&str],
    ) -> Result<TypeRef, Diagnostic> {
        match of {
            TypeRef::Reference(_) => Ok(TypeRef::Reference(Some(
                self.managed_object(home, target, keys)?,
            ))),
            _ => {
                let message =
                    format!("the catalogue names the target `{target}` for what is no reference");
                Err(at(home.catalog, Problem::Inconsistent(message), keys))
            }
        }
    }

    /// The value, or nothing after noting the error.
    fn accept<T>(&mut self, result: Result<T, Diagnostic>) -> Option<T> {
        result.map_err(|error| self.errors.push(error)).ok()
    }
}

/// Says when the catalogue is of another version than the WSDL.
fn other_version(service: &Service, catalog: &Catalog) -> Option<Problem> {
    let (_, of_wsdl) = service.soap_action.rsplit_once('/')?;
    let of_catalog = &catalog.facts.service.version;
    (of_wsdl != of_catalog).then(|| Problem::OtherVersion {
        catalog: of_catalog.clone(),
        wsdl: of_wsdl.to_owned(),
    })
}

/// A diagnostic for a name on which the catalogue and the WSDL do not agree.
fn disagreement(home: Home<'_>, problem: Problem, keys: &[&str]) -> Diagnostic {
    let error = at(home.catalog, problem, keys);
    match home.hint {
        Some(hint) => error.help(hint),
        None => error,
    }
}

/// A diagnostic for a name in the catalogue that refers to nothing.
fn unresolved(
    home: Home<'_>,
    what: &'static str,
    name: &str,
    keys: &[&str],
    suggestion: Option<String>,
) -> Diagnostic {
    let problem = Problem::Unresolved {
        what,
        name: name.to_owned(),
        user: format!("`{}`", keys.join(".")),
    };
    suggestion
        .into_iter()
        .fold(at(home.catalog, problem, keys), Diagnostic::help)
}

fn missing(home: Home<'_>, what: &'static str, name: &str, keys: &[&str]) -> Diagnostic {
    disagreement(
        home,
        Problem::CatalogMissing {
            what,
            name: name.to_owned(),
        },
        keys,
    )
}

fn unknown<'a, T>(
    home: Home<'a>,
    what: &'static str,
    facts: &'a Named<T>,
    section: &'a str,
    known: &'a BTreeSet<String>,
) -> impl Iterator<Item = Diagnostic> + 'a {
    facts
        .iter()
        .filter(|(name, _)| !known.contains(*name))
        .enumerate()
        .map(move |(index, (name, _))| {
            let problem = Problem::CatalogUnknown {
                what,
                name: name.to_owned(),
            };
            let error = disagreement(home, problem, &[section, name]);
            // Looking for what is meant takes time, and nobody reads it when whole versions apart make thousands.
            let known = known
                .iter()
                .map(String::as_str)
                .filter(|_| index < SUGGESTED);
            suggestion(name, known)
                .into_iter()
                .fold(error, Diagnostic::help)
        })
}
