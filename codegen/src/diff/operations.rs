//! Operations: who has them, what they take, give and declare.

use std::collections::BTreeSet;

use super::managed_objects;
use super::members::{self, Rules, breaks_wire};
use super::pairs;
use super::report::{Breaks, ItemChange, MemberChange, MemberKind};
use super::side::{RustType, View};
use super::travel::Ways;
use crate::kind::Kind;
use crate::model::{Field, Operation, OperationId, Shape};

/// Compares the operations of a namespace.
pub(super) fn compare<'m>(old: &View<'m>, new: &View<'m>) -> Vec<ItemChange> {
    let rules = pairs::Rules {
        kind: &|_, _| Kind::Operation,
        owner: &owner,
        detail: &|view: &View<'m>, id: OperationId| {
            view.describer().signature(&view.side.model[id])
        },
        removed: &|_| Breaks::ALL,
        changes: &|before, after| changes((old, before), (new, after)),
    };
    pairs::items((old, old.operations()), (new, new.operations()), &rules)
}

fn changes<'m>(
    (old, before): (&View<'m>, OperationId),
    (new, after): (&View<'m>, OperationId),
) -> Vec<MemberChange> {
    let (was, is) = (&old.side.model[before], &new.side.model[after]);
    // Arguments of a method have no names, so one more or less is another method.
    let rules = Rules {
        kind: MemberKind::Parameter,
        ways: Ways::SENT,
        added: |parameter, _| Breaks {
            source: true,
            wire: !parameter.shape.optional,
        },
        removed: |_, _| Breaks::ALL,
        old_type: |parameter: &Field| old.rust(parameter.shape),
        new_type: |parameter: &Field| new.rust(parameter.shape),
    };
    let parameters = members::compare((old, &was.parameters), (new, &is.parameters), &rules);
    owner_change((old, before), (new, after))
        .into_iter()
        .chain(members::order(&was.parameters, &is.parameters, Breaks::ALL))
        .chain(parameters)
        .chain(result((old, was), (new, is)))
        .chain(faults((old, was), (new, is)))
        .chain(privilege((old, was), (new, is)))
        .collect()
}

/// An operation that goes to what the old owner descends from is still one of the old owner's.
fn owner_change(
    (old, before): (&View<'_>, OperationId),
    (new, after): (&View<'_>, OperationId),
) -> Option<MemberChange> {
    let (was, is) = (owner(old, before)?, owner(new, after)?);
    (was != is).then(|| {
        let model = new.side.model;
        let mut descendants = model.managed_object_ids().filter(|id| {
            let mut ancestors = model.managed_ancestors(*id);
            ancestors.any(|ancestor| ancestor == model[after].owner)
        });
        let is_inherited = descendants.any(|id| managed_objects::name(new, id) == was);
        let breaks = if is_inherited {
            Breaks::NOTHING
        } else {
            Breaks::ALL
        };
        MemberChange::of(MemberKind::Owner, Some(was), Some(is), breaks)
    })
}

fn owner(view: &View<'_>, id: OperationId) -> Option<String> {
    let owner = view.side.model[id].owner;
    view.catalogued.then(|| managed_objects::name(view, owner))
}

fn result<'m>(
    (old, was): (&View<'m>, &Operation),
    (new, is): (&View<'m>, &Operation),
) -> Option<MemberChange> {
    let (before, after) = (given(old, was), given(new, is));
    let wire = match (before.shape, after.shape) {
        (Some(before), Some(after)) => breaks_wire((old, before), (new, after), Ways::RECEIVED),
        (Some(before), None) => !before.optional,
        (None, _) => false,
    };
    let breaks = Breaks {
        source: (before.task, before.rust) != (after.task, after.rust),
        wire,
    };
    let (was, is) = (old.describer().result(was), new.describer().result(is));
    (was != is || breaks.any()).then(|| MemberChange::of(MemberKind::Result, was, is, breaks))
}

/// What a call gives in the end.
struct Given<'m> {
    task: bool,
    shape: Option<Shape>,
    rust: Option<RustType<'m>>,
}

fn given<'m>(view: &View<'m>, operation: &Operation) -> Given<'m> {
    let task = operation.task.filter(|_| view.catalogued);
    let shape = match task {
        Some(task) => task.result,
        None => operation.result,
    };
    Given {
        task: task.is_some(),
        shape,
        rust: shape.map(|shape| view.rust(shape)),
    }
}

/// Whatever an operation declares, its errors are of one type.
fn faults(
    (old, was): (&View<'_>, &Operation),
    (new, is): (&View<'_>, &Operation),
) -> Vec<MemberChange> {
    let names = |view: &View<'_>, operation: &Operation| -> BTreeSet<String> {
        let faults = operation.faults.iter().map(|id| &view.side.model[*id]);
        faults
            .map(|fault| view.describer().name(fault.namespace, &fault.name))
            .collect()
    };
    let (was, is) = (names(old, was), names(new, is));
    pairs::names(MemberKind::Fault, &was, &is, Breaks::NOTHING)
}

fn privilege(
    (old, was): (&View<'_>, &Operation),
    (new, is): (&View<'_>, &Operation),
) -> Option<MemberChange> {
    let known = |view: &View<'_>, of: &Operation| of.privilege.clone().filter(|_| view.catalogued);
    let (was, is) = (known(old, was), known(new, is));
    (was != is).then(|| MemberChange::of(MemberKind::Privilege, was, is, Breaks::NOTHING))
}
