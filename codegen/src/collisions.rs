//! The check that names which differ on the wire still differ in Rust.

use std::collections::BTreeMap;

use crate::diagnostic::{Diagnostic, Diagnostics, Problem};
use crate::model::{Field, Model, NamespaceId};
use crate::names;
use crate::source::Position;

/// Checks every scope of names that the generated code has.
///
/// # Errors
/// Each pair of wire names that become one Rust name.
pub(crate) fn check(model: &Model) -> Result<(), Diagnostics> {
    let mut errors = Vec::new();
    types(model, &mut errors);
    if errors.is_empty() {
        statics(model, &mut errors);
    }
    for object in &model.data_objects {
        let mut scope = Scope::new(model, format!("`{}`", object.name));
        scope.add_fields(&object.fields, names::field_name);
        errors.extend(scope.errors);
    }
    for enumeration in &model.enumerations {
        let mut scope = Scope::new(model, format!("`{}`", enumeration.name));
        for value in &enumeration.values {
            scope.add(
                &value.value,
                names::variant_name(&value.value),
                Some(value.position),
            );
        }
        errors.extend(scope.errors);
    }
    for operation in &model.operations {
        let mut scope = Scope::new(model, format!("the parameters of `{}`", operation.name));
        scope.add_fields(&operation.parameters, names::parameter_name);
        errors.extend(scope.errors);
    }
    managed_objects(model, &mut errors);
    Diagnostics::unless(errors, ())
}

/// Data objects, enumerations and managed objects of a namespace share one scope.
fn types(model: &Model, errors: &mut Vec<Diagnostic>) {
    let mut scopes: BTreeMap<NamespaceId, Scope<'_>> = BTreeMap::new();
    let mut add = |namespace: NamespaceId, name: &str, position| {
        let within = || Scope::new(model, format!("the namespace `{}`", model[namespace].uri));
        scopes
            .entry(namespace)
            .or_insert_with(within)
            .add(name, names::type_name(name), position);
    };
    for object in &model.data_objects {
        add(object.namespace, &object.name, Some(object.position));
    }
    for enumeration in &model.enumerations {
        add(
            enumeration.namespace,
            &enumeration.name,
            Some(enumeration.position),
        );
    }
    for object in &model.managed_objects {
        add(model[object.service].namespace, &object.name, None);
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
        let within = || Scope::new(model, format!("the statics of `{}`", model[namespace].uri));
        let scope = scopes.entry(namespace).or_insert_with(within);
        scope.add(name, names::static_name(name), position);
    }
    errors.extend(scopes.into_values().flat_map(|scope| scope.errors));
}

fn managed_objects(model: &Model, errors: &mut Vec<Diagnostic>) {
    for id in model.managed_object_ids() {
        let object = &model[id];
        let mut scope = Scope::new(model, format!("the properties of `{}`", object.name));
        scope.add_fields(&object.properties, names::field_name);
        errors.extend(scope.errors);
        let mut scope = Scope::new(model, format!("the operations of `{}`", object.name));
        // A method would hide that of an ancestor.
        for owner in model.managed_ancestors(id).chain([id]) {
            for operation in model
                .operations_of(owner)
                .map(|operation| &model[operation])
            {
                scope.add(
                    &operation.name,
                    names::method_name(&operation.name),
                    Some(operation.position),
                );
            }
        }
        errors.extend(scope.errors);
    }
}

/// The names of one scope.
struct Scope<'m> {
    model: &'m Model,
    within: String,
    taken: BTreeMap<String, (String, Option<Position>)>,
    errors: Vec<Diagnostic>,
}

impl<'m> Scope<'m> {
    fn new(model: &'m Model, within: String) -> Self {
        Self {
            model,
            within,
            taken: BTreeMap::new(),
            errors: Vec::new(),
        }
    }

    fn add_fields(&mut self, fields: &[Field], rule: fn(&str) -> String) {
        for field in fields {
            self.add(&field.name, rule(&field.name), field.position);
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
        let mut error = Diagnostic::new(problem)
            .help("add an exception to the table of spellings in the generator's rules for names");
        if let Some(position) = position {
            error = error.located(self.model.sources.locate(position));
        }
        if let Some(position) = first_position {
            error = error.related("the other one", self.model.sources.locate(*position));
        }
        self.errors.push(error);
    }
}
