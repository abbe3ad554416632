//! Things of two sides, brought together by name.

use std::collections::{BTreeMap, BTreeSet};

use super::report::{Breaks, Change, ItemChange, MemberChange, MemberKind};
use super::side::View;
use crate::kind::Kind;

/// Something that is on one side or on both.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Pair<Old, New> {
    Removed(Old),
    Added(New),
    Kept(Old, New),
}

/// Brings together what has the same name, in order of the names.
pub(super) fn pair<K: Ord, Old, New>(
    old: BTreeMap<K, Old>,
    mut new: BTreeMap<K, New>,
) -> BTreeMap<K, Pair<Old, New>> {
    let mut pairs = BTreeMap::new();
    for (name, old) in old {
        let pair = match new.remove(&name) {
            Some(new) => Pair::Kept(old, new),
            None => Pair::Removed(old),
        };
        pairs.insert(name, pair);
    }
    pairs.extend(new.into_iter().map(|(name, new)| (name, Pair::Added(new))));
    pairs
}

/// What is said of the things of one kind and of their changes.
pub(super) struct Rules<'r, 'm, Id> {
    pub(super) kind: &'r dyn Fn(&View<'m>, Id) -> Kind,
    pub(super) owner: &'r dyn Fn(&View<'m>, Id) -> Option<String>,
    /// What is told of one that came or went.
    pub(super) detail: &'r dyn Fn(&View<'m>, Id) -> String,
    /// What breaks when one goes.
    pub(super) removed: &'r dyn Fn(Id) -> Breaks,
    /// How one that stayed has changed.
    pub(super) changes: &'r dyn Fn(Id, Id) -> Vec<MemberChange>,
}

/// Compares the things of one kind, in order of their names.
pub(super) fn items<'m, Id: Copy>(
    (old_view, old): (&View<'m>, BTreeMap<&'m str, Id>),
    (new_view, new): (&View<'m>, BTreeMap<&'m str, Id>),
    rules: &Rules<'_, 'm, Id>,
) -> Vec<ItemChange> {
    let item = |name: &str, view, id, change, breaks| ItemChange {
        kind: (rules.kind)(view, id),
        name: name.to_owned(),
        owner: (rules.owner)(view, id),
        change,
        breaks,
        detail: (change != Change::Changed).then(|| (rules.detail)(view, id)),
        members: Vec::new(),
    };
    let compared = |(name, pair)| match pair {
        Pair::Removed(id) => {
            let breaks = (rules.removed)(id);
            Some(item(name, old_view, id, Change::Removed, breaks))
        }
        Pair::Added(id) => {
            let breaks = Breaks::NOTHING;
            Some(item(name, new_view, id, Change::Added, breaks))
        }
        Pair::Kept(before, after) => {
            let members = (rules.changes)(before, after);
            let breaks = members.iter().map(|member| member.breaks);
            let breaks = breaks.fold(Breaks::NOTHING, Breaks::or);
            (!members.is_empty()).then(|| ItemChange {
                members,
                ..item(name, new_view, after, Change::Changed, breaks)
            })
        }
    };
    pair(old, new).into_iter().filter_map(compared).collect()
}

/// Compares members of which there is nothing to tell but their names. Adding one breaks nothing.
pub(super) fn names(
    kind: MemberKind,
    old: &BTreeSet<String>,
    new: &BTreeSet<String>,
    removed: Breaks,
) -> Vec<MemberChange> {
    let change = |name: &String, change, breaks| MemberChange {
        kind,
        name: Some(name.clone()),
        change,
        old: None,
        new: None,
        breaks,
    };
    let gone = old.difference(new);
    let gone = gone.map(|name| change(name, Change::Removed, removed));
    let added = new.difference(old);
    let added = added.map(|name| change(name, Change::Added, Breaks::NOTHING));
    gone.chain(added).collect()
}
