//! Compares two objects.

use std::collections::{HashMap, HashSet};
use std::fmt;

use super::key;
use super::path::{PropertyPath, Step};
use crate::erased::{ListRef, ObjectRef, ValueRef};

/// One value in which two objects differ.
#[derive(Clone, PartialEq)]
pub struct Difference<'a> {
    /// The way to the value.
    pub path: PropertyPath,
    /// The value in the first object; [`ValueRef::Unset`] where it is only in the second.
    pub before: ValueRef<'a>,
    /// The value in the second object; [`ValueRef::Unset`] where it is only in the first.
    pub after: ValueRef<'a>,
    /// Whether the value is a secret, such as a password. Showing the difference hides it.
    pub is_secret: bool,
}

impl Difference<'_> {
    /// The difference to be shown with texts, unless it is a secret: `name: "old" -> "new"`.
    /// `Display` and `Debug` show of texts the length: `name: (3 bytes) -> (3 bytes)`.
    #[must_use]
    pub fn revealed(&self) -> impl fmt::Display + '_ {
        RevealedDifference(self)
    }
}

struct RevealedDifference<'d, 'a>(&'d Difference<'a>);

impl fmt::Display for RevealedDifference<'_, '_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Difference { before, after, .. } = self.0;
        write!(f, "{}: ", self.0.path.to_text())?;
        if self.0.is_secret {
            f.write_str("(secret)")
        } else {
            write!(f, "{} -> {}", before.revealed(), after.revealed())
        }
    }
}

/// What is different between two objects, in the order of the schema.
///
/// Each difference is as far in as it goes: `hardware.numCPU` and not `hardware`. Only what is
/// set in one of them, or of another type, is told as a whole. Items of lists are told apart by
/// their keys, whatever their order, and by their positions where none has a key; a list in which
/// two have the same key is told as a whole.
/// Content that the types do not describe is told as the whole object that holds it.
///
/// ```
/// # use vmomi_runtime::erased::{DataObject, ObjectRef};
/// # use vmomi_runtime::reflect::differences;
/// fn report<T: DataObject>(before: &T, after: &T) {
///     for difference in differences(ObjectRef::of(before), ObjectRef::of(after)) {
///         println!("{difference}"); // config.hardware.numCPU: 2 -> 4
///     }
/// }
/// ```
#[must_use]
pub fn differences<'a>(before: ObjectRef<'a>, after: ObjectRef<'a>) -> Vec<Difference<'a>> {
    let mut comparison = Comparison::default();
    comparison.values(ValueRef::Object(before), ValueRef::Object(after), false);
    comparison.found
}

#[derive(Default)]
struct Comparison<'a> {
    path: PropertyPath,
    found: Vec<Difference<'a>>,
}

impl<'a> Comparison<'a> {
    fn at(&mut self, step: Step, before: ValueRef<'a>, after: ValueRef<'a>, is_secret: bool) {
        self.path.push(step);
        self.values(before, after, is_secret);
        self.path.pop();
    }

    fn values(&mut self, before: ValueRef<'a>, after: ValueRef<'a>, is_secret: bool) {
        let (before, after) = (key::within(before), key::within(after));
        match (before, after) {
            (ValueRef::Object(one), ValueRef::Object(other))
                if std::ptr::eq(one.type_info(), other.type_info()) =>
            {
                self.objects(one, other, is_secret);
            }
            _ => match (key::as_list(before), key::as_list(after)) {
                (Some(one), Some(other)) if self.lists(one, other, is_secret) => {}
                _ if before == after => {}
                _ => self.whole(before, after, is_secret),
            },
        }
    }

    fn whole(&mut self, before: ValueRef<'a>, after: ValueRef<'a>, is_secret: bool) {
        self.found.push(Difference {
            path: self.path.clone(),
            before,
            after,
            is_secret,
        });
    }

    fn objects(&mut self, before: ObjectRef<'a>, after: ObjectRef<'a>, is_secret: bool) {
        if before.extra() != after.extra() {
            let (before, after) = (ValueRef::Object(before), ValueRef::Object(after));
            return self.whole(before, after, is_secret);
        }
        for ((field, one), (_, other)) in before.fields().zip(after.fields()) {
            let step = Step::Property(field.name().to_owned());
            self.at(step, one, other, is_secret || field.is_secret());
        }
    }

    /// Compares the items; `false` where they cannot be told apart.
    fn lists(&mut self, before: ListRef<'a>, after: ListRef<'a>, is_secret: bool) -> bool {
        let of_one_kind = before.kind().wire_name() == after.kind().wire_name();
        match (keyed(before), keyed(after)) {
            _ if !of_one_kind => return false,
            (Some(one), Some(other)) => self.keyed_lists(one, other, is_secret),
            _ if has_keys(before) || has_keys(after) => return false,
            _ => self.positions(before, after, is_secret),
        }
        true
    }

    fn positions(&mut self, before: ListRef<'a>, after: ListRef<'a>, is_secret: bool) {
        for index in 0..before.len().max(after.len()) {
            let item = |list: ListRef<'a>| list.get(index).unwrap_or(ValueRef::Unset);
            let step = Step::Number(i64::try_from(index).unwrap_or(i64::MAX));
            self.at(step, item(before), item(after), is_secret);
        }
    }

    fn keyed_lists(&mut self, before: Keyed<'a>, after: Keyed<'a>, is_secret: bool) {
        let mut rest: HashMap<_, _> = after.iter().cloned().collect();
        for (key, one) in before {
            let other = rest.remove(&key).unwrap_or(ValueRef::Unset);
            self.at(key, one, other, is_secret);
        }
        for (key, other) in after {
            if rest.contains_key(&key) {
                self.at(key, ValueRef::Unset, other, is_secret);
            }
        }
    }
}

type Keyed<'a> = Vec<(Step, ValueRef<'a>)>;

/// The items with their keys, if all have one and no two the same.
fn keyed(list: ListRef<'_>) -> Option<Keyed<'_>> {
    let items: Option<Keyed<'_>> = list
        .iter()
        .map(|item| key::of_item(item).map(|key| (key, item)))
        .collect();
    let items = items?;
    let keys: HashSet<_> = items.iter().map(|(key, _)| key).collect();
    (keys.len() == items.len()).then_some(items)
}

fn has_keys(list: ListRef<'_>) -> bool {
    list.iter().any(|item| key::of_item(item).is_some())
}

impl fmt::Display for Difference<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self {
            path,
            before,
            after,
            is_secret,
        } = self;
        if *is_secret {
            write!(f, "{path}: (secret)")
        } else {
            write!(f, "{path}: {before:?} -> {after:?}")
        }
    }
}

impl fmt::Debug for Difference<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}
