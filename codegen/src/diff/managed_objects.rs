//! Managed objects: what they extend, and their properties.

use super::members::{self, Rules};
use super::pairs;
use super::report::{Breaks, ItemChange, MemberChange, MemberKind};
use super::side::View;
use super::travel::Ways;
use crate::kind::Kind;
use crate::model::{Field, ManagedObjectId};

/// Compares the managed objects of a namespace.
pub(super) fn compare<'m>(old: &View<'m>, new: &View<'m>) -> Vec<ItemChange> {
    let rules = pairs::Rules {
        kind: &|_, _| Kind::ManagedObject,
        owner: &|_, _| None,
        detail: &detail,
        removed: &|_| Breaks::ALL,
        changes: &|before, after| changes((old, before), (new, after)),
    };
    let (was, is) = (old.managed_objects(), new.managed_objects());
    pairs::items((old, was), (new, is), &rules)
}

fn changes<'m>(
    (old, before): (&View<'m>, ManagedObjectId),
    (new, after): (&View<'m>, ManagedObjectId),
) -> Vec<MemberChange> {
    let (was, is) = (&old.side.model[before], &new.side.model[after]);
    let rules = Rules {
        kind: MemberKind::Property,
        ways: Ways::RECEIVED,
        added: |_, _| Breaks::NOTHING,
        // Asking for a property that is not there fails as a whole.
        removed: |_, _| Breaks::ALL,
        old_type: |property: &Field| old.rust(property.shape),
        new_type: |property: &Field| new.rust(property.shape),
    };
    let properties = members::compare((old, &was.properties), (new, &is.properties), &rules);
    let base = base((old, before), (new, after));
    base.into_iter().chain(properties).collect()
}

/// A stub that still descends from its old base has all that it had from it.
fn base(
    (old, before): (&View<'_>, ManagedObjectId),
    (new, after): (&View<'_>, ManagedObjectId),
) -> Option<MemberChange> {
    let was = old.side.model[before].base.map(|id| name(old, id));
    let is = new.side.model[after].base.map(|id| name(new, id));
    (was != is).then(|| {
        let mut ancestors = new.side.model.managed_ancestors(after);
        let is_still_one = was
            .as_ref()
            .is_none_or(|was| ancestors.any(|id| name(new, id) == *was));
        let breaks = if is_still_one {
            Breaks::NOTHING
        } else {
            Breaks::ALL
        };
        MemberChange::of(MemberKind::Base, was, is, breaks)
    })
}

/// The name of a managed object as it is told in a namespace.
pub(super) fn name(view: &View<'_>, id: ManagedObjectId) -> String {
    let object = &view.side.model[id];
    let namespace = view.side.model[object.service].namespace;
    view.describer().name(namespace, &object.name)
}

fn detail(view: &View<'_>, id: ManagedObjectId) -> String {
    let object = &view.side.model[id];
    let own = [
        super::counted(object.properties.len(), "property", "properties"),
        super::counted(object.operations.len(), "operation", "operations"),
    ];
    let base = object.base.map(|id| format!("extends {}", name(view, id)));
    base.into_iter().chain(own).collect::<Vec<_>>().join(", ")
}
