//! Data objects, enumerations and arrays, with the types of their fields resolved.

use std::collections::{BTreeMap, BTreeSet};

use super::scope::{Definition, Key, Scope, key};
use crate::diagnostic::{Diagnostic, Diagnostics, Problem};
use crate::model::{
    ArrayType, DataObject, DataObjectId, Enumeration, EnumerationValue, Family, Field, Shape,
    TypeRef,
};
use crate::source::{Position, Sources};
use crate::xml::QName;
use crate::xsd::{LocalElement, SimpleType};

/// All types.
pub(super) struct Types {
    pub(super) data_objects: Vec<DataObject>,
    pub(super) enumerations: Vec<Enumeration>,
    pub(super) arrays: Vec<ArrayType>,
}

/// Resolves the types in the order of their ids.
pub(super) fn resolve(scope: &Scope<'_>) -> Result<Types, Diagnostics> {
    let mut errors = Vec::new();
    let mut types = Types {
        data_objects: Vec::new(),
        enumerations: Vec::new(),
        arrays: Vec::new(),
    };
    for (name, definition) in &scope.types {
        match *definition {
            Definition::DataObject {
                base,
                elements,
                position,
                ..
            } => {
                types.data_objects.push(data_object(
                    scope,
                    *name,
                    base,
                    elements,
                    position,
                    &mut errors,
                ));
            }
            Definition::Enumeration { definition, .. } => {
                types
                    .enumerations
                    .push(enumeration(scope, *name, definition, &mut errors));
            }
            Definition::Array {
                element, position, ..
            } => match scope.type_of(element, name.1) {
                Ok(of) => types.arrays.push(ArrayType {
                    name: name.1.to_owned(),
                    namespace: scope.namespace(name.0),
                    element: element.name.clone(),
                    of,
                    position,
                }),
                Err(error) => errors.push(error),
            },
            Definition::Reference | Definition::Request(_) => {}
        }
    }
    errors.extend(array_of_itself(&types.arrays, scope.sources));
    Diagnostics::unless(errors, types)
}

/// The error for array types whose items are in the end of that same type: there is nothing that
/// they are a list of.
fn array_of_itself(arrays: &[ArrayType], sources: &Sources) -> Option<Diagnostic> {
    // After as many steps as there are array types, the walk is in a circle. One error for all:
    // every member of it, and all that lead there, would give the same.
    let member = arrays
        .iter()
        .find_map(|array| lists(arrays, array).nth(arrays.len()))?;
    let others = lists(arrays, member)
        .skip(1)
        .take_while(|array| !std::ptr::eq(*array, member));
    let circle = [member].into_iter().chain(others).chain([member]);
    let names: Vec<&str> = circle.map(|array| array.name.as_str()).collect();
    let problem = Problem::Inconsistent(format!(
        "the items of an array type are of that same type: {}",
        names.join(" is a list of ")
    ));
    let error = Diagnostic::at(problem, sources, member.position);
    Some(error.help("name the type of what is in the lists in the end"))
}

/// An array type, that of its items if these are lists too, and so on.
fn lists<'a>(arrays: &'a [ArrayType], first: &'a ArrayType) -> impl Iterator<Item = &'a ArrayType> {
    std::iter::successors(Some(first), |array| match array.of {
        TypeRef::Array(id) => arrays.get(id.index()),
        _ => None,
    })
}

fn data_object(
    scope: &Scope<'_>,
    (namespace, name): Key<'_>,
    base: Option<&QName>,
    elements: &[LocalElement],
    position: Position,
    errors: &mut Vec<Diagnostic>,
) -> DataObject {
    let base = base.and_then(|base| match base_of(scope, base, name, position) {
        Ok(base) => Some(base),
        Err(error) => {
            errors.push(error);
            None
        }
    });
    DataObject {
        name: name.to_owned(),
        namespace: scope.namespace(namespace),
        base,
        family: Family::Data,
        extended_in: BTreeSet::new(),
        open: false,
        subtypes_left_out: 0,
        fields: fields(scope, elements, name, errors),
        vmodl: None,
        since: None,
        position,
    }
}

fn base_of(
    scope: &Scope<'_>,
    base: &QName,
    name: &str,
    position: Position,
) -> Result<DataObjectId, Diagnostic> {
    match scope.types.get(&key(base)) {
        Some(Definition::DataObject { id, .. }) => Ok(*id),
        Some(_) => {
            let problem = Problem::Inconsistent(format!(
                "`{name}` extends `{}`, which is no data object",
                base.local
            ));
            Err(Diagnostic::at(problem, scope.sources, position)
                .help("enumerations, arrays, requests and references cannot be extended"))
        }
        None => Err(scope.unresolved("type", base, format!("the extension of `{name}`"), position)),
    }
}

/// Resolves the elements of a sequence.
pub(super) fn fields(
    scope: &Scope<'_>,
    elements: &[LocalElement],
    owner: &str,
    errors: &mut Vec<Diagnostic>,
) -> Vec<Field> {
    let named = elements
        .iter()
        .map(|element| (element.name.as_str(), element.position));
    errors.extend(twice(scope.sources, "field", owner, named));
    let mut fields = Vec::with_capacity(elements.len());
    for element in elements {
        match scope.type_of(element, owner) {
            Ok(of) => fields.push(Field {
                name: element.name.clone(),
                shape: Shape {
                    of,
                    optional: element.optional,
                    list: element.list,
                },
                since: None,
                privilege: None,
                secret: false,
                position: Some(element.position),
            }),
            Err(error) => errors.push(error),
        }
    }
    fields
}

fn enumeration(
    scope: &Scope<'_>,
    (namespace, name): Key<'_>,
    definition: &SimpleType,
    errors: &mut Vec<Diagnostic>,
) -> Enumeration {
    let named = definition
        .values
        .iter()
        .map(|value| (value.value.as_str(), value.position));
    errors.extend(twice(scope.sources, "value", name, named));
    let value = |value: &crate::xsd::EnumerationValue| EnumerationValue {
        value: value.value.clone(),
        position: value.position,
    };
    Enumeration {
        name: name.to_owned(),
        namespace: scope.namespace(namespace),
        values: definition.values.iter().map(value).collect(),
        vmodl: None,
        since: None,
        position: definition.position,
    }
}

/// A diagnostic for each name that came before.
fn twice<'a>(
    sources: &Sources,
    what: &'static str,
    owner: &str,
    names: impl Iterator<Item = (&'a str, Position)>,
) -> Vec<Diagnostic> {
    let mut seen = BTreeMap::new();
    let mut errors = Vec::new();
    for (name, position) in names {
        if let Some(first) = seen.insert(name, position) {
            let problem = Problem::Duplicate {
                what,
                name: format!("{owner}.{name}"),
            };
            let first = sources.locate(first);
            errors.push(
                Diagnostic::at(problem, sources, position)
                    .related("first defined here", first)
                    .help("take one of them out"),
            );
        }
    }
    errors
}
