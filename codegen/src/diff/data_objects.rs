//! Data objects: what they extend, whether they are extended, and their fields.

use super::members::{self, Rules};
use super::pairs;
use super::report::{Breaks, ItemChange, MemberChange, MemberKind};
use super::side::View;
use crate::kind::Kind;
use crate::model::DataObjectId;

/// Compares the data objects of a namespace.
pub(super) fn compare<'m>(old: &View<'m>, new: &View<'m>) -> Vec<ItemChange> {
    let rules = pairs::Rules {
        kind: &|view: &View<'m>, id: DataObjectId| Kind::of(&view.side.model[id]),
        owner: &|_, _| None,
        detail: &detail,
        removed: &|id| Breaks {
            source: true,
            wire: old.side.travel.of_data_object(id).sent,
        },
        changes: &|before, after| changes((old, before), (new, after)),
    };
    pairs::items((old, old.data_objects()), (new, new.data_objects()), &rules)
}

fn changes<'m>(
    (old, before): (&View<'m>, DataObjectId),
    (new, after): (&View<'m>, DataObjectId),
) -> Vec<MemberChange> {
    let (was, is) = (&old.side.model[before], &new.side.model[after]);
    let ways = old.side.travel.of_data_object(before);
    let rules = Rules {
        kind: MemberKind::Field,
        ways,
        // What is written with `..Default::default()` goes on compiling, and then lacks what is required.
        added: |field, ways| Breaks {
            source: false,
            wire: ways.sent && !field.shape.optional,
        },
        removed: |field, ways| Breaks {
            source: true,
            wire: ways.sent || !field.shape.optional,
        },
        old_type: |field: &_| old.rust_of_field(before, field),
        new_type: |field: &_| new.rust_of_field(after, field),
    };
    let order = Breaks {
        source: false,
        wire: ways.sent,
    };
    base((old, before), (new, after))
        .into_iter()
        .chain(subtypes((old, before), (new, after)))
        .chain(members::order(&was.fields, &is.fields, order))
        .chain(members::compare(
            (old, &was.fields),
            (new, &is.fields),
            &rules,
        ))
        .collect()
}

/// Another base moves what a literal and a cast say. On the wire it shows in the inherited fields, and where a value of
/// the old base is expected.
fn base(
    (old, before): (&View<'_>, DataObjectId),
    (new, after): (&View<'_>, DataObjectId),
) -> Option<MemberChange> {
    let name = |view: &View<'_>, id: DataObjectId| {
        let base = view.side.model[id].base?;
        let object = &view.side.model[base];
        Some(view.describer().name(object.namespace, &object.name))
    };
    let (was, is) = (name(old, before), name(new, after));
    let ancestors = |view: &View<'_>, id| -> Vec<String> {
        let model = view.side.model;
        let ancestors = model.ancestors(id);
        let name = |id: DataObjectId| (view.describer()).name(model[id].namespace, &model[id].name);
        ancestors.map(name).collect()
    };
    let inherited = |view: &View<'_>, id| -> Vec<String> {
        let ancestors: Vec<DataObjectId> = view.side.model.ancestors(id).collect();
        let fields = ancestors.iter().rev();
        let fields = fields.flat_map(|id| &view.side.model[*id].fields);
        fields.map(|field| field.name.clone()).collect()
    };
    (was != is).then(|| {
        let is_still_one = was
            .as_ref()
            .is_none_or(|was| ancestors(new, after).contains(was));
        let breaks = Breaks {
            source: true,
            wire: !is_still_one || inherited(old, before) != inherited(new, after),
        };
        MemberChange::of(MemberKind::Base, was, is, breaks)
    })
}

/// A type becomes `Dyn` wherever it is used when it gets its first subtype, in any service, or
/// becomes recursive. It is plain again when it loses its last subtype and is not recursive.
fn subtypes(
    (old, before): (&View<'_>, DataObjectId),
    (new, after): (&View<'_>, DataObjectId),
) -> Option<MemberChange> {
    let names = |view: &View<'_>, id: DataObjectId| {
        let children = view.side.graph.children(id).iter();
        let model = view.side.model;
        let seen = children.filter(|id| model.sees(view.namespace, model[**id].namespace));
        let names = seen.map(|id| {
            view.describer()
                .name(model[*id].namespace, &model[*id].name)
        });
        let elsewhere = model[id].open.then(|| "types of other services".to_owned());
        let itself = view.side.graph.owns_its_own_type(id);
        let itself = itself.then(|| "recursive".to_owned());
        names
            .chain(elsewhere)
            .chain(itself)
            .collect::<Vec<_>>()
            .join(", ")
    };
    let (was, is) = (
        old.side.graph.is_dyn(old.side.model, before, old.namespace),
        new.side.graph.is_dyn(new.side.model, after, new.namespace),
    );
    (was != is).then(|| {
        let breaks = Breaks {
            source: old.side.users(before) > 0,
            wire: false,
        };
        let (was, is) = (
            was.then(|| names(old, before)),
            is.then(|| names(new, after)),
        );
        MemberChange::of(MemberKind::Subtypes, was, is, breaks)
    })
}

fn detail(view: &View<'_>, id: DataObjectId) -> String {
    let object = &view.side.model[id];
    let fields = super::counted(object.fields.len(), "field", "fields");
    match object.base {
        Some(base) => {
            let base = &view.side.model[base];
            let base = view.describer().name(base.namespace, &base.name);
            format!("extends {base}, {fields}")
        }
        None => fields,
    }
}
