//! Enumerations and their values. The order of the values means nothing.

use std::collections::BTreeSet;

use super::pairs;
use super::report::{Breaks, ItemChange, MemberChange, MemberKind};
use super::side::View;
use crate::kind::Kind;
use crate::model::EnumerationId;

/// Compares the enumerations of a namespace.
pub(super) fn compare<'m>(old: &View<'m>, new: &View<'m>) -> Vec<ItemChange> {
    let rules = pairs::Rules {
        kind: &|_, _| Kind::Enumeration,
        owner: &|_, _| None,
        detail: &|view: &View<'m>, id: EnumerationId| {
            super::counted(view.side.model[id].values.len(), "value", "values")
        },
        removed: &|id| lost(old, id),
        changes: &|before, after| values((old, before), (new, after)),
    };
    pairs::items((old, old.enumerations()), (new, new.enumerations()), &rules)
}

/// The generated enumerations are open and non-exhaustive: another value breaks nothing.
fn values(
    (old, before): (&View<'_>, EnumerationId),
    (new, after): (&View<'_>, EnumerationId),
) -> Vec<MemberChange> {
    let values = |view: &View<'_>, id: EnumerationId| -> BTreeSet<String> {
        let values = view.side.model[id].values.iter();
        values.map(|of| of.value.clone()).collect()
    };
    let (was, is) = (values(old, before), values(new, after));
    pairs::names(MemberKind::Value, &was, &is, lost(old, before))
}

/// What breaks when values go: what names their variants, and what sends them.
fn lost(old: &View<'_>, id: EnumerationId) -> Breaks {
    Breaks {
        source: true,
        wire: old.side.travel.of_enumeration(id).sent,
    }
}
