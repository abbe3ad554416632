//! How the items of a list are told apart.

use super::path::Step;
use crate::erased::{ListRef, ValueRef};

/// The key of an item: its property `key`, or the value of a reference.
pub(super) fn of_item(item: ValueRef<'_>) -> Option<Step> {
    match within(item) {
        ValueRef::Object(object) => match within(object.get("key")?) {
            ValueRef::Byte(key) => Some(Step::Number(key.into())),
            ValueRef::Short(key) => Some(Step::Number(key.into())),
            ValueRef::Int(key) => Some(Step::Number(key.into())),
            ValueRef::Long(key) => Some(Step::Number(key)),
            ValueRef::String(key) | ValueRef::Enum(key, _) => Some(Step::Text(key.to_owned())),
            ValueRef::Reference(key) => Some(Step::Text(key.value().to_owned())),
            _ => None,
        },
        ValueRef::Reference(reference) => Some(Step::Text(reference.value().to_owned())),
        _ => None,
    }
}

/// The key of an item, or its position where it has none.
pub(super) fn or_position(item: ValueRef<'_>, index: usize) -> Step {
    of_item(item).unwrap_or(Step::Number(i64::try_from(index).unwrap_or(i64::MAX)))
}

/// Where the item is that a step leads to.
pub(super) fn position(list: ListRef<'_>, step: &Step) -> Option<usize> {
    let mut items = list.iter().enumerate();
    items.find_map(|(index, item)| (or_position(item, index) == *step).then_some(index))
}

/// The list that a value is, if it is one.
pub(super) fn as_list(value: ValueRef<'_>) -> Option<ListRef<'_>> {
    match value {
        ValueRef::List(list) => Some(list),
        ValueRef::Any(crate::any::Any::Array(array)) => Some(ListRef::of_array(array)),
        _ => None,
    }
}

/// What an `Any` holds, or the value itself.
pub(super) fn within(value: ValueRef<'_>) -> ValueRef<'_> {
    match value {
        ValueRef::Any(any) => ValueRef::within(any),
        value => value,
    }
}

/// Whether there is a value at all: an empty list is none, as servers cannot tell the two apart.
pub(super) fn is_set(value: ValueRef<'_>) -> bool {
    match as_list(value) {
        Some(list) => !list.is_empty(),
        None => within(value) != ValueRef::Unset,
    }
}
