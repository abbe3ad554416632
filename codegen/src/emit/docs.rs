//! Documentation, made of facts: names on the wire, types, occurrence, versions, privileges, faults and uses.

use std::collections::BTreeSet;

use proc_macro2::TokenStream;
use quote::quote;

use super::scope::Scope;
use super::usage::User;
use crate::markdown::{cell, code, plain};
use crate::model::{
    DataObject, DataObjectId, Enumeration, EnumerationId, EnumerationValue, Family, Field,
    ManagedObject, ManagedObjectId, NamespaceId, Operation, OperationId, Shape, TypeRef,
};
use crate::overlay::sanitise;

/// How many of a long list are named.
const NAMED: usize = 6;

/// The attributes that hold lines of documentation.
///
/// ```text
/// /// Data object `VirtualDisk`, extends [`VirtualDevice`]. Since API 2.0.
/// ```
pub(super) fn attributes(lines: &[String]) -> TokenStream {
    let lines = lines.iter().map(|line| {
        if line.is_empty() {
            String::new()
        } else {
            format!(" {line}")
        }
    });
    quote! { #(#[doc = #lines])* }
}

/// The documentation of a data object.
///
/// ```text
/// Data object `VirtualDisk`, extends [`VirtualDevice`]. Since API 2.0.
///
/// In VMODL `vim.vm.device.VirtualDisk`.
/// Extended by [`A`] and [`B`].
/// Types of other services extend it.
/// Used by [`C`], [`VirtualMachine::d_task`] and 12 more.
/// ```
pub(super) fn data_object(scope: &Scope<'_>, id: DataObjectId, object: &DataObject) -> Vec<String> {
    let kind = match object.family {
        Family::Data => "Data object",
        Family::Fault => "Fault",
        Family::Event => "Event",
    };
    let base = object.base.map(|base| link_to_object(scope, base));
    let model = scope.context.model;
    let children = visible(scope, scope.context.graph.children(id), |id| {
        model[id].namespace
    });
    let declarers = visible(scope, scope.context.usage.declarers(id), |id| {
        model[model[id].service].namespace
    });
    let facts = with_facts(
        head(kind, &object.name, base, object.since.as_deref()),
        [
            object.vmodl.as_deref().map(vmodl),
            some_of("Extended by", &children, |child| {
                link_to_object(scope, *child)
            }),
            left_out(
                object.subtypes_left_out,
                "type that extends it",
                "types that extend it",
            ),
            // The same whichever services are generated, so it neither names nor links them.
            (object.open).then(|| "Types of other services extend it.".to_owned()),
            some_of("Declared by", &declarers, |id| {
                link_to_operation(scope, *id)
            }),
            used_by(scope, scope.context.usage.of_data_object(id)),
        ],
    );
    with_text(
        scope
            .overlay()
            .and_then(|overlay| overlay.of_type(&object.name)),
        facts,
    )
}

/// The documentation of an enumeration.
pub(super) fn enumeration(
    scope: &Scope<'_>,
    id: EnumerationId,
    enumeration: &Enumeration,
) -> Vec<String> {
    let facts = with_facts(
        head(
            "Enum",
            &enumeration.name,
            None,
            enumeration.since.as_deref(),
        ),
        [
            enumeration.vmodl.as_deref().map(vmodl),
            used_by(scope, scope.context.usage.of_enumeration(id)),
        ],
    );
    with_text(
        scope
            .overlay()
            .and_then(|overlay| overlay.of_type(&enumeration.name)),
        facts,
    )
}

/// The documentation of an enumeration's value: as it stands on the wire.
pub(super) fn value(
    scope: &Scope<'_>,
    enumeration: &Enumeration,
    value: &EnumerationValue,
) -> Vec<String> {
    let text = scope
        .overlay()
        .and_then(|overlay| overlay.of_member(&enumeration.name, &value.value));
    let shown = match value.value.as_str() {
        "" => "The empty string.".to_owned(),
        value => code(value),
    };
    with_text(text, vec![shown])
}

/// The documentation of a managed object's stub.
///
/// ```text
/// Managed object `VirtualMachine`, extends [`ManagedEntity`]. Since API 2.0.
///
/// In VMODL `vim.VirtualMachine`.
///
/// | property | type | since | privilege |
/// |---|---|---|---|
/// | `config` | [`VirtualMachineConfigInfo`], optional | 2.0 | |
/// ```
pub(super) fn managed_object(
    scope: &Scope<'_>,
    id: ManagedObjectId,
    object: &ManagedObject,
) -> Vec<String> {
    let base = object.base.map(|base| link_to_managed_object(scope, base));
    let mut lines = with_facts(
        head(
            "Managed object",
            &object.name,
            base,
            object.since.as_deref(),
        ),
        [
            object.vmodl.as_deref().map(vmodl),
            used_by(scope, scope.context.usage.of_managed_object(id)),
            left_out(object.members_left_out, "member of it", "members of it"),
        ],
    );
    if !object.properties.is_empty() {
        lines.extend(
            [
                "",
                "| property | type | since | privilege |",
                "|---|---|---|---|",
            ]
            .map(String::from),
        );
        lines.extend(object.properties.iter().map(|property| {
            let privilege = property.privilege.as_deref().map(code).unwrap_or_default();
            format!(
                "| {} | {} | {} | {} |",
                cell(&code(&property.name)),
                cell(&shape(scope, property.shape)),
                plain(property.since.as_deref().unwrap_or_default()),
                cell(&privilege),
            )
        }));
    }
    with_text(
        scope
            .overlay()
            .and_then(|overlay| overlay.of_type(&object.name)),
        lines,
    )
}

/// The documentation of the stub that stands for a service whose managed objects are not known.
pub(super) fn service_wide(object: &ManagedObject) -> Vec<String> {
    vec![
        format!("Every operation of the service {}.", code(&object.name)),
        String::new(),
        "Which managed object has which of them is not known without a catalogue: each takes the one to call.".into(),
    ]
}

/// The documentation of an operation's method.
///
/// ```text
/// Operation `PowerOnVM_Task`. Since API 2.0. Privilege `VirtualMachine.Interact.PowerOn`.
///
/// - `host`: reference to [`HostSystem`], optional. Since API 2.0.
///
/// # Errors
/// [`TaskInProgress`], [`VmConfigFault`].
/// ```
pub(super) fn operation(scope: &Scope<'_>, operation: &Operation) -> Vec<String> {
    let mut summary = head(
        "Operation",
        &operation.name,
        None,
        operation.since.as_deref(),
    );
    summary.extend(operation.privilege.as_deref().map(privilege));
    let mut lines = vec![summary];
    if !operation.parameters.is_empty() {
        lines.push(String::new());
        for parameter in &operation.parameters {
            lines.push(format!("- {}", member(scope, parameter)));
            let text = scope
                .overlay()
                .and_then(|overlay| overlay.of_member(&operation.request, &parameter.name));
            lines.extend(within_item(text));
        }
    }
    if !operation.faults.is_empty() {
        let faults: Vec<_> = operation
            .faults
            .iter()
            .map(|id| link_to_object(scope, *id))
            .collect();
        lines.extend([
            String::new(),
            "# Errors".into(),
            format!("{}.", faults.join(", ")),
        ]);
    }
    let owner = &scope.context.model[operation.owner].name;
    let text = scope
        .overlay()
        .and_then(|overlay| overlay.of_member(owner, &operation.name));
    with_text(text, lines)
}

/// The documentation of a field.
pub(super) fn field(scope: &Scope<'_>, holder: DataObjectId, field: &Field) -> Vec<String> {
    let mut text = member(scope, field);
    if scope.context.graph.is_recursive(holder, field) {
        text.push_str(" Required, but absent at the end, as no value could have one otherwise.");
    }
    let holder = &scope.context.model[holder].name;
    let told = scope
        .overlay()
        .and_then(|overlay| overlay.of_member(holder, &field.name));
    with_text(told, vec![text])
}

/// The documentation of the field that holds what a data object inherits.
pub(super) fn base(scope: &Scope<'_>, base: DataObjectId) -> Vec<String> {
    vec![format!("The fields of {}.", link_to_object(scope, base))]
}

/// The documentation of the field that every data object without base begins with.
pub(super) fn extra() -> Vec<String> {
    vec!["What a server sent beyond the type.".into()]
}

/// ``Data object `VirtualDisk`, extends [`VirtualDevice`]. Since API 2.0.``
fn head(kind: &str, name: &str, base: Option<String>, since: Option<&str>) -> String {
    let mut text = format!("{kind} {}", code(name));
    if let Some(base) = base {
        text.push_str(&format!(", extends {base}"));
    }
    text.push('.');
    text.extend(since.map(self::since));
    text
}

/// A text on the thing, if there is one, before the facts.
fn with_text(text: Option<&str>, facts: Vec<String>) -> Vec<String> {
    let mut lines = text.map(sanitise).unwrap_or_default();
    if !lines.is_empty() {
        lines.push(String::new());
    }
    lines.extend(facts);
    lines
}

/// A text as further paragraphs of an item in a list.
fn within_item(text: Option<&str>) -> Vec<String> {
    let lines = text.map(sanitise).unwrap_or_default();
    let before = (!lines.is_empty()).then(String::new);
    let lines = lines.into_iter().map(|line| match line.as_str() {
        "" => line,
        _ => format!("  {line}"),
    });
    before.into_iter().chain(lines).collect()
}

/// The summary and, in a paragraph of its own, the facts that there are.
fn with_facts<const N: usize>(summary: String, facts: [Option<String>; N]) -> Vec<String> {
    let mut lines = vec![summary, String::new()];
    lines.extend(facts.into_iter().flatten());
    if lines.len() == 2 {
        lines.pop();
    }
    lines
}

/// ```host`: reference to [`HostSystem`], optional. Since API 2.0.``
fn member(scope: &Scope<'_>, field: &Field) -> String {
    let mut text = format!("{}: {}.", code(&field.name), shape(scope, field.shape));
    text.extend(field.since.as_deref().map(since));
    text.extend(field.privilege.as_deref().map(privilege));
    if field.secret {
        text.push_str(" A secret.");
    }
    text
}

fn shape(scope: &Scope<'_>, shape: Shape) -> String {
    let plural = if shape.list { "s" } else { "" };
    let of = match shape.of {
        TypeRef::Scalar(scalar) => code(&format!("xsd:{}", scalar.xsd_name())),
        TypeRef::Any => code("xsd:anyType"),
        TypeRef::Reference(None) => format!("reference{plural}"),
        TypeRef::Reference(Some(id)) => {
            format!("reference{plural} to {}", link_to_managed_object(scope, id))
        }
        TypeRef::DataObject(id) => link_to_object(scope, id),
        TypeRef::Enumeration(id) => {
            let model = scope.context.model;
            let name = scope.naming().enumeration(model, id);
            link(&model[id].name, &scope.path(model[id].namespace, name))
        }
        TypeRef::Array(id) => code(&scope.context.model[id].name),
    };
    let list = if shape.list { "list of " } else { "" };
    let optional = if shape.optional { ", optional" } else { "" };
    format!("{list}{of}{optional}")
}

fn since(version: &str) -> String {
    format!(" Since API {}.", plain(version))
}

fn privilege(privilege: &str) -> String {
    format!(" Privilege {}.", code(privilege))
}

fn vmodl(name: &str) -> String {
    format!("In VMODL {}.", code(name))
}

fn used_by(scope: &Scope<'_>, users: &BTreeSet<User>) -> Option<String> {
    let model = scope.context.model;
    let users: Vec<User> = users.iter().copied().collect();
    let users = visible(scope, &users, |user| match user {
        User::DataObject(id) => model[id].namespace,
        User::ManagedObject(id) => model[model[id].service].namespace,
        User::Operation(id) => model[model[id].service].namespace,
    });
    some_of("Used by", &users, |user| match *user {
        User::DataObject(id) => link_to_object(scope, id),
        User::ManagedObject(id) => link_to_managed_object(scope, id),
        User::Operation(id) => link_to_operation(scope, id),
    })
}

/// Those of a list that are in namespaces which the documented item's namespace sees. The others may be left out of the
/// build, and a link to them would lead nowhere.
fn visible<T: Copy>(scope: &Scope<'_>, list: &[T], namespace: impl Fn(T) -> NamespaceId) -> Vec<T> {
    let list = list.iter().copied();
    list.filter(|item| scope.sees(namespace(*item))).collect()
}

/// What a slice does not have.
fn left_out(count: usize, one: &str, many: &str) -> Option<String> {
    match count {
        0 => None,
        1 => Some(format!("One {one} is not in this slice.")),
        count => Some(format!("{count} {many} are not in this slice.")),
    }
}

/// The first few of a list, and how many there are besides.
fn some_of<T>(what: &str, list: &[T], show: impl Fn(&T) -> String) -> Option<String> {
    let (last, rest) = list.split_last()?;
    let named = if list.len() > NAMED {
        &list[..NAMED]
    } else {
        rest
    };
    let mut text = named.iter().map(&show).collect::<Vec<_>>().join(", ");
    let last = match list.len() {
        1 => show(last),
        count if count > NAMED => format!(" and {} more", count - NAMED),
        _ => format!(" and {}", show(last)),
    };
    text.push_str(&last);
    Some(format!("{what} {text}."))
}

fn link_to_object(scope: &Scope<'_>, id: DataObjectId) -> String {
    let model = scope.context.model;
    let name = scope.naming().data_object(model, id);
    link(&model[id].name, &scope.path(model[id].namespace, name))
}

fn link_to_managed_object(scope: &Scope<'_>, id: ManagedObjectId) -> String {
    let model = scope.context.model;
    let name = scope.naming().managed_object(model, id);
    let namespace = model[model[id].service].namespace;
    link(&model[id].name, &scope.path(namespace, name))
}

fn link_to_operation(scope: &Scope<'_>, id: OperationId) -> String {
    let model = scope.context.model;
    let owner = model[id].owner;
    let namespace = model[model[owner].service].namespace;
    let name = scope.naming().managed_object(model, owner);
    let method = scope.naming().method(model, id);
    let text = format!("{name}::{method}");
    link(&text, &format!("{}::{method}", scope.path(namespace, name)))
}

/// A link to an item, with the target only where the text does not tell it.
fn link(text: &str, path: &str) -> String {
    if text == path {
        format!("[{}]", code(text))
    } else {
        format!("[{}]({path})", code(text))
    }
}
