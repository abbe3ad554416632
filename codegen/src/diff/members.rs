//! Fields, properties and parameters, compared one by one.

use std::collections::{BTreeMap, BTreeSet};

use super::report::{Breaks, Change, MemberChange, MemberKind};
use super::side::{RustType, TypeKey, View};
use super::travel::Ways;
use crate::model::{Field, Scalar, Shape};

/// What is said of a member and of its changes.
pub(super) struct Rules<O, N> {
    pub(super) kind: MemberKind,
    /// Which way the members' values went before.
    pub(super) ways: Ways,
    /// What breaks when one is added.
    pub(super) added: fn(&Field, Ways) -> Breaks,
    /// What breaks when one is removed.
    pub(super) removed: fn(&Field, Ways) -> Breaks,
    /// The Rust type before.
    pub(super) old_type: O,
    /// The Rust type after.
    pub(super) new_type: N,
}

/// Compares members: those that went, in their order, then those that came or changed, in theirs.
pub(super) fn compare<'m>(
    (old_view, old): (&View<'m>, &'m [Field]),
    (new_view, new): (&View<'m>, &'m [Field]),
    rules: &Rules<impl Fn(&Field) -> RustType<'m>, impl Fn(&Field) -> RustType<'m>>,
) -> Vec<MemberChange> {
    let by_name = |fields: &'m [Field]| -> BTreeMap<&'m str, &'m Field> {
        fields.iter().map(|of| (of.name.as_str(), of)).collect()
    };
    let (before, after) = (by_name(old), by_name(new));
    let change = |name: &str, change, old, new, breaks| MemberChange {
        kind: rules.kind,
        name: Some(name.to_owned()),
        change,
        old,
        new,
        breaks,
    };
    let removed = old
        .iter()
        .filter(|field| !after.contains_key(field.name.as_str()))
        .map(|field| {
            let label = old_view.describer().member(field);
            let breaks = (rules.removed)(field, rules.ways);
            change(&field.name, Change::Removed, Some(label), None, breaks)
        });
    let others = new.iter().filter_map(|field| {
        let label = new_view.describer().member(field);
        let Some(former) = before.get(field.name.as_str()) else {
            let breaks = (rules.added)(field, rules.ways);
            return Some(change(
                &field.name,
                Change::Added,
                None,
                Some(label),
                breaks,
            ));
        };
        let mut former_label = old_view.describer().member(former);
        let mut label = label;
        let (old_type, new_type) = ((rules.old_type)(former), (rules.new_type)(field));
        let breaks = Breaks {
            source: old_type != new_type,
            wire: breaks_wire(
                (old_view, former.shape),
                (new_view, field.shape),
                rules.ways,
            ),
        };
        if former_label != label || breaks.any() {
            if former_label == label {
                former_label.push_str(&format!(" ({} in Rust)", old_type.form()));
                label.push_str(&format!(" ({} in Rust)", new_type.form()));
            }
            let (old, new) = (Some(former_label), Some(label));
            return Some(change(&field.name, Change::Changed, old, new, breaks));
        }
        None
    });
    removed.chain(others).collect()
}

/// Whether the members that both sides have stand in another order, told as both orders.
pub(super) fn order(old: &[Field], new: &[Field], breaks: Breaks) -> Option<MemberChange> {
    let names = |fields: &[Field], others: &[Field]| -> Vec<String> {
        let others: BTreeSet<&str> = others.iter().map(|of| of.name.as_str()).collect();
        let names = fields.iter().map(|of| &of.name);
        let common = names.filter(|name| others.contains(name.as_str()));
        common.cloned().collect()
    };
    let (before, after) = (names(old, new), names(new, old));
    (before != after).then(|| {
        let (before, after) = (before.join(", "), after.join(", "));
        MemberChange::of(MemberKind::Order, Some(before), Some(after), breaks)
    })
}

/// Whether messages with a value of the old form are wrong where the new one is expected, on the ways that it goes.
pub(super) fn breaks_wire(
    (old_view, old): (&View<'_>, Shape),
    (new_view, new): (&View<'_>, Shape),
    ways: Ways,
) -> bool {
    let (before, after) = (old_view.key(old.of), new_view.key(new.of));
    let is_other_type = match (before, after) {
        (TypeKey::Reference(_), TypeKey::Reference(_)) => false,
        // All of these are text. A program that gets an unknown value keeps it; a server refuses it.
        _ if is_text(before) && is_text(after) => {
            before != after && ways.sent && matches!(after, TypeKey::Enumeration(..))
        }
        _ => before != after,
    };
    is_other_type || (ways.sent && !is_within(old, new)) || (ways.received && !is_within(new, old))
}

/// Whether a value that may occur so often may occur as often as another says.
fn is_within(inner: Shape, outer: Shape) -> bool {
    (outer.optional || !inner.optional) && (outer.list || !inner.list)
}

fn is_text(key: TypeKey<'_>) -> bool {
    matches!(
        key,
        TypeKey::Scalar(Scalar::String | Scalar::AnyUri) | TypeKey::Enumeration(..)
    )
}
