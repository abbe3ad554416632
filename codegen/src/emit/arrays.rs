//! `ArrayOfX` types. Nothing is generated for them: the runtime knows one by its name, as a list of X.

use crate::ledger::Ledger;
use crate::model::{ArrayType, Model, SetAside, TypeRef};

const PREFIX: &str = "ArrayOf";

/// Enters into the ledger the arrays that the runtime knows by their names, and tells the others: a value of one of
/// those stays the element that was sent.
pub(super) fn account(model: &Model, ledger: &mut Ledger) -> Vec<SetAside> {
    let mut set_aside = Vec::new();
    for id in model.array_ids() {
        let array = &model[id];
        if !is_known_by_name(model, array) {
            set_aside.push(SetAside {
                what: format!("array type `{}`", array.name),
                reason: "its name does not tell the type of its items, so they are kept as they are sent",
            });
        }
        ledger.array(id);
    }
    set_aside
}

/// Whether the name is that of the items' type with `ArrayOf` before it, where the first letter may be raised.
pub(crate) fn is_known_by_name(model: &Model, array: &ArrayType) -> bool {
    let item = item_name(model, array.of);
    let mut letters = item.chars();
    let raised: String = letters
        .next()
        .map(|first| first.to_ascii_uppercase())
        .into_iter()
        .chain(letters)
        .collect();
    array.element == item
        && array
            .name
            .strip_prefix(PREFIX)
            .is_some_and(|name| name == item || name == raised)
}

/// The wire name of a type, without prefix.
fn item_name(model: &Model, of: TypeRef) -> &str {
    match of {
        TypeRef::Scalar(scalar) => scalar.xsd_name(),
        TypeRef::Any => "anyType",
        TypeRef::Reference(_) => "ManagedObjectReference",
        TypeRef::DataObject(id) => &model[id].name,
        TypeRef::Enumeration(id) => &model[id].name,
        TypeRef::Array(id) => &model[id].name,
    }
}
