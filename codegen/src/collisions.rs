//! The check that names which differ on the wire still differ in Rust.

use std::collections::BTreeMap;

use crate::diagnostic::{Diagnostic, Diagnostics, Problem};
use crate::model::{Model, NamespaceId, Operation};
use crate::names;
use crate::settings::Naming;
use crate::source::Position;

/// Checks every scope of names that the generated code has.
///
/// # Errors
/// Each pair of wire names that become one Rust name.
pub(crate) fn check(model: &Model, naming: &Naming) -> Result<(), Diagnostics> {
    let mut errors = Vec::new();
    types(model, naming, &mut errors);
    if errors.is_empty() {
        statics(model, &mut errors);
    }
    for id in model.data_object_ids() {
        let object = &model[id];
        let mut scope = Scope::new(model, format!("`{}`", object.name));
        for (place, field) in object.fields.iter().enumerate() {
            let name = naming.field(model, id, place);
            scope.add(&field.name, name, field.position);
        }
        errors.extend(scope.errors);
    }
    for id in model.enumeration_ids() {
        let enumeration = &model[id];
        let mut scope = Scope::new(model, format!("`{}`", enumeration.name));
        for (place, value) in enumeration.values.iter().enumerate() {
            let name = naming.variant(model, id, place);
            scope.add(&value.value, name, Some(value.position));
        }
        errors.extend(scope.errors);
    }
    for id in model.operation_ids() {
        let operation = &model[id];
        let mut scope = Scope::new(model, format!("the parameters of `{}`", operation.name));
        for (place, parameter) in operation.parameters.iter().enumerate() {
            let name = naming.parameter(model, id, place);
            scope.add(&parameter.name, name, parameter.position);
        }
        errors.extend(scope.errors);
    }
    managed_objects(model, naming, &mut errors);
    versions(model, &mut errors);
    Diagnostics::unless(errors, ())
}

/// Data objects, enumerations and managed objects of a namespace share one scope.
fn types(model: &Model, naming: &Naming, errors: &mut Vec<Diagnostic>) {
    let mut scopes: BTreeMap<NamespaceId, Scope<'_>> = BTreeMap::new();
    let mut add = |namespace: NamespaceId, wire: &str, rust: String, position| {
        let within = || Scope::new(model, format!("the namespace `{}`", model[namespace].uri));
        scopes
            .entry(namespace)
            .or_insert_with(within)
            .add(wire, rust, position);
    };
    for id in model.data_object_ids() {
        let object = &model[id];
        let rust = naming.data_object(model, id);
        add(object.namespace, &object.name, rust, Some(object.position));
    }
    for id in model.enumeration_ids() {
        let of = &model[id];
        let rust = naming.enumeration(model, id);
        add(of.namespace, &of.name, rust, Some(of.position));
    }
    for id in model.managed_object_ids() {
        let object = &model[id];
        let namespace = model[object.service].namespace;
        let rust = naming.managed_object(model, id);
        add(namespace, &object.name, rust, None);
    }
    errors.extend(scopes.into_values().flat_map(|scope| scope.errors));
}

/// So do the statics that describe data objects and managed objects. Their names differ in fewer letters.
fn statics(model: &Model, errors: &mut Vec<Diagnostic>) {
    let mut scopes: BTreeMap<NamespaceId, Scope<'_>> = BTreeMap::new();
    let objects = model.data_objects.iter();
    let objects = objects.map(|object| (object.namespace, &object.name, Some(object.position)));
    let managed = model.managed_objects.iter();
    let managed = managed.map(|object| (model[object.service].namespace, &object.name, None));
    for (namespace, name, position) in objects.chain(managed) {
        let within = || {
            let within = format!("the statics of `{}`", model[namespace].uri);
            Scope::fixed(
                model,
                within,
                "leave one of them out: `Builder::without`, `Builder::skip`",
            )
        };
        let scope = scopes.entry(namespace).or_insert_with(within);
        scope.add(name, names::static_name(name), position);
    }
    errors.extend(scopes.into_values().flat_map(|scope| scope.errors));
}

/// The constants for API versions, which a catalogue names.
fn versions(model: &Model, errors: &mut Vec<Diagnostic>) {
    for service in &model.services {
        let within = format!("the versions of `{}`", service.name);
        let mut scope = Scope::fixed(model, within, "take one of them out of the catalogue");
        for version in &service.versions {
            scope.add(version, names::version_constant(version), None);
        }
        errors.extend(scope.errors);
    }
}

fn managed_objects(model: &Model, naming: &Naming, errors: &mut Vec<Diagnostic>) {
    for id in model.managed_object_ids() {
        let object = &model[id];
        let within = format!("the properties of `{}`", object.name);
        let help = "leave one of them out: `Builder::without`, `Builder::skip`";
        let mut scope = Scope::fixed(model, within, help);
        for property in &object.properties {
            let name = names::field_name(&property.name);
            scope.add(&property.name, name, property.position);
        }
        errors.extend(scope.errors);
        let mut scope = Scope::new(model, format!("the operations of `{}`", object.name));
        // A method would hide that of an ancestor.
        for owner in model.managed_ancestors(id).chain([id]) {
            for operation in model.operations_of(owner) {
                let name = naming.method(model, operation);
                let Operation {
                    name: wire,
                    position,
                    ..
                } = &model[operation];
                scope.add(wire, name, Some(*position));
            }
        }
        errors.extend(scope.errors);
    }
}

/// The names of one scope.
struct Scope<'m> {
    model: &'m Model,
    within: String,
    help: &'static str,
    taken: BTreeMap<String, (String, Option<Position>)>,
    errors: Vec<Diagnostic>,
}

impl<'m> Scope<'m> {
    fn new(model: &'m Model, within: String) -> Self {
        Self {
            model,
            within,
            help: "give one of them another name: `rename` of the settings, `Builder::rename`",
            taken: BTreeMap::new(),
            errors: Vec::new(),
        }
    }

    /// A scope of names that no setting changes.
    fn fixed(model: &'m Model, within: String, help: &'static str) -> Self {
        Self {
            help,
            ..Self::new(model, within)
        }
    }

    fn add(&mut self, wire: &str, rust: String, position: Option<Position>) {
        let Some((first, first_position)) = self.taken.get(&rust) else {
            self.taken.insert(rust, (wire.to_owned(), position));
            return;
        };
        let problem = Problem::NameCollision {
            first: first.clone(),
            second: wire.to_owned(),
            rust,
            within: self.within.clone(),
        };
        let mut error = Diagnostic::new(problem).help(self.help);
        if let Some(position) = position {
            error = error.located(self.model.sources.locate(position));
        }
        if let Some(position) = first_position {
            error = error.related("the other one", self.model.sources.locate(*position));
        }
        self.errors.push(error);
    }
}
