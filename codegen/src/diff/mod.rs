//! What differs between two descriptions, and for whom it breaks something.
//!
//! `codegen/docs/diff.md` tells the rules. They are about what the generated code and the messages are, not about the
//! files: where something stands, in what order, and what names a catalogue gives in VMODL makes no difference.

mod data_objects;
mod enumerations;
mod managed_objects;
mod markdown;
mod members;
mod operations;
mod pairs;
mod report;
mod side;
mod text;
mod travel;

use std::collections::BTreeMap;

pub use markdown::Markdown;
pub use report::{
    Breaks, Change, Comparison, Count, Counted, ItemChange, MemberChange, MemberKind,
    ServiceComparison,
};

pub use text::Text;

use crate::kind::Kind;
use crate::model::{Model, NamespaceId};
use pairs::{Pair, pair};
use side::{Side, View};

/// Compares two descriptions, service by service.
///
/// ```
/// # fn main() -> Result<(), Box<dyn std::error::Error>> {
/// # let folder = tempfile::tempdir()?;
/// # let schema = |fields: &str| format!(r#"<schema xmlns="http://www.w3.org/2001/XMLSchema" targetNamespace="urn:small"
/// #     elementFormDefault="qualified" xmlns:xsd="http://www.w3.org/2001/XMLSchema">
/// #     <complexType name="Thing"><sequence>{fields}</sequence></complexType></schema>"#);
/// # let [old, new] = ["old.xsd", "new.xsd"].map(|name| folder.path().join(name));
/// # std::fs::write(&old, schema(r#"<element name="size" type="xsd:int"/>"#))?;
/// # std::fs::write(&new, schema(r#"<element name="size" type="xsd:long"/>"#))?;
/// use vmomi_codegen::{Builder, diff};
///
/// let comparison = diff::compare(&Builder::new().wsdl(old).model()?, &Builder::new().wsdl(new).model()?);
/// let field = &comparison.services[0].items[0].members[0];
/// assert_eq!(field.name.as_deref(), Some("size"));
/// assert_eq!((field.old.as_deref(), field.new.as_deref()), (Some("xsd:int"), Some("xsd:long")));
/// assert!(field.breaks.source && field.breaks.wire);
/// # Ok(())
/// # }
/// ```
pub fn compare(old: &Model, new: &Model) -> Comparison {
    let (old, new) = (Side::of(old), Side::of(new));
    let namespaces = pair(namespaces(&old), namespaces(&new));
    let services = namespaces
        .into_iter()
        .map(|(uri, pair)| match pair {
            Pair::Removed(view) => whole(uri, &view, Change::Removed),
            Pair::Added(view) => whole(uri, &view, Change::Added),
            Pair::Kept(old, new) => service(uri, old, new),
        })
        .collect();
    Comparison { services }
}

/// The namespaces that have something in them, by URI.
fn namespaces<'m>(side: &'m Side<'m>) -> BTreeMap<&'m str, View<'m>> {
    let model = side.model;
    let view = |(index, namespace)| {
        let namespace: &crate::model::Namespace = namespace;
        let mut view = View {
            side,
            namespace: NamespaceId::from(index),
            catalogued: false,
        };
        view.catalogued = view.service().is_none_or(|service| service.catalogued);
        (namespace.uri.as_str(), view)
    };
    let views = model.namespaces.iter().enumerate().map(view);
    views
        .filter(|(_, view)| {
            view.service().is_some() || counts(view).values().any(|count| *count > 0)
        })
        .collect()
}

/// A service that came or went.
fn whole(uri: &str, view: &View<'_>, change: Change) -> ServiceComparison {
    let is_gone = change == Change::Removed;
    let version = version(view);
    let count = |of| match is_gone {
        true => Count {
            old: of,
            removed: of,
            breaking: of,
            ..Count::default()
        },
        false => Count {
            new: of,
            added: of,
            ..Count::default()
        },
    };
    ServiceComparison {
        name: name(view),
        namespace: uri.to_owned(),
        old_version: version.clone().filter(|_| is_gone),
        new_version: version.filter(|_| !is_gone),
        change: Some(change),
        without_catalog: false,
        breaks: if is_gone {
            Breaks::ALL
        } else {
            Breaks::NOTHING
        },
        facts: Vec::new(),
        counts: counts(view)
            .into_iter()
            .map(|(what, number)| (what, count(number)))
            .collect(),
        items: Vec::new(),
    }
}

/// A service that stayed.
fn service(uri: &str, mut old: View<'_>, mut new: View<'_>) -> ServiceComparison {
    let without_catalog = old.catalogued != new.catalogued;
    if without_catalog {
        (old.catalogued, new.catalogued) = (false, false);
    }
    let mut items = [
        data_objects::compare(&old, &new),
        enumerations::compare(&old, &new),
        managed_objects::compare(&old, &new),
        operations::compare(&old, &new),
    ]
    .concat();
    items.sort_by(|a, b| (a.kind, &a.name).cmp(&(b.kind, &b.name)));
    let facts: Vec<MemberChange> = endpoint(&old, &new).into_iter().collect();
    let breaks = facts.iter().map(|fact| fact.breaks);
    ServiceComparison {
        name: name(&new),
        namespace: uri.to_owned(),
        old_version: version(&old),
        new_version: version(&new),
        change: (!items.is_empty() || !facts.is_empty()).then_some(Change::Changed),
        without_catalog,
        breaks: breaks.fold(Breaks::NOTHING, Breaks::or),
        facts,
        counts: count(&counts(&old), &counts(&new), &items),
        items,
    }
}

/// Without a catalogue the endpoint is a guess.
fn endpoint(old: &View<'_>, new: &View<'_>) -> Option<MemberChange> {
    let of = |view: &View<'_>| {
        let service = view.service().filter(|_| view.catalogued);
        service.map(|service| service.endpoint.clone())
    };
    let (was, is) = (of(old), of(new));
    let breaks = Breaks {
        source: false,
        wire: true,
    };
    (was != is).then(|| MemberChange::of(MemberKind::Endpoint, was, is, breaks))
}

fn name(view: &View<'_>) -> String {
    match view.service() {
        Some(service) => service.name.clone(),
        None => view.side.model[view.namespace].short.clone(),
    }
}

fn version(view: &View<'_>) -> Option<String> {
    let version = view.service().map(|service| service.version.clone());
    version.filter(|version| !version.is_empty())
}

/// How many there are of everything in a namespace.
fn counts(view: &View<'_>) -> BTreeMap<Counted, usize> {
    let model = view.side.model;
    let mut counts = BTreeMap::new();
    let mut add = |what: Counted, number: usize| *counts.entry(what).or_insert(0) += number;
    for kind in Kind::NAMED {
        add(Counted::of(kind), 0);
    }
    for id in view.data_objects().into_values() {
        add(Counted::of(Kind::of(&model[id])), 1);
        add(Counted::Fields, model[id].fields.len());
    }
    for id in view.enumerations().into_values() {
        add(Counted::Enumerations, 1);
        add(Counted::Values, model[id].values.len());
    }
    for id in view.managed_objects().into_values() {
        add(Counted::ManagedObjects, 1);
        add(Counted::Properties, model[id].properties.len());
    }
    for id in view.operations().into_values() {
        add(Counted::Operations, 1);
        add(Counted::Parameters, model[id].parameters.len());
    }
    counts
}

fn count(
    old: &BTreeMap<Counted, usize>,
    new: &BTreeMap<Counted, usize>,
    items: &[ItemChange],
) -> BTreeMap<Counted, Count> {
    let mut counts: BTreeMap<Counted, Count> = BTreeMap::new();
    for (what, number) in old {
        counts.entry(*what).or_default().old = *number;
    }
    for (what, number) in new {
        counts.entry(*what).or_default().new = *number;
    }
    for item in items {
        let count = counts.entry(Counted::of(item.kind)).or_default();
        count.add(item.change, item.breaks);
        for member in &item.members {
            if let Some(what) = member.kind.counted() {
                let count = counts.entry(what).or_default();
                count.add(member.change, member.breaks);
            }
        }
    }
    counts
}

/// `1 field`, `2 fields`.
fn counted(number: usize, one: &str, many: &str) -> String {
    let what = if number == 1 { one } else { many };
    format!("{number} {what}")
}
