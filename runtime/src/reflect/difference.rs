//! Compares two objects.

use std::collections::{HashMap, HashSet};
use std::fmt;

use super::key;
use super::path::{PropertyPath, Step};
use crate::erased::{Fields, ListRef, ObjectRef, ValueRef};

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
    comparison.rest();
    comparison.found
}

#[derive(Default)]
struct Comparison<'a> {
    path: PropertyPath,
    /// What is being compared, outermost first. A list and not the stack, as values may be nested to
    /// any depth.
    open: Vec<Open<'a>>,
    found: Vec<Difference<'a>>,
}

/// Two objects or lists of which not all was compared.
struct Open<'a> {
    rest: Rest<'a>,
    is_secret: bool,
}

enum Rest<'a> {
    Fields(Fields<'a>, Fields<'a>),
    Items {
        before: ListRef<'a>,
        after: ListRef<'a>,
        /// The position of the next items.
        next: usize,
    },
    Keyed(std::vec::IntoIter<(Step, ValueRef<'a>, ValueRef<'a>)>),
}

impl<'a> Open<'a> {
    /// The next two values, and whether they are secrets.
    fn next(&mut self) -> Option<(Step, ValueRef<'a>, ValueRef<'a>, bool)> {
        let is_secret = self.is_secret;
        match &mut self.rest {
            Rest::Fields(before, after) => {
                let ((_, field, one), (_, _, other)) = (before.next()?, after.next()?);
                let step = Step::Property(field.name().to_owned());
                Some((step, one, other, is_secret || field.is_secret()))
            }
            Rest::Items {
                before,
                after,
                next,
            } => {
                let index = *next;
                if index >= before.len().max(after.len()) {
                    return None;
                }
                *next += 1;
                let item = |list: &ListRef<'a>| list.get(index).unwrap_or(ValueRef::Unset);
                let step = Step::Number(i64::try_from(index).unwrap_or(i64::MAX));
                Some((step, item(before), item(after), is_secret))
            }
            Rest::Keyed(items) => {
                let (step, one, other) = items.next()?;
                Some((step, one, other, is_secret))
            }
        }
    }
}

impl<'a> Comparison<'a> {
    /// Compares what is open to its end.
    fn rest(&mut self) {
        while let Some(innermost) = self.open.last_mut() {
            let Some((step, before, after, is_secret)) = innermost.next() else {
                self.open.pop();
                self.path.pop();
                continue;
            };
            self.path.push(step);
            if !self.values(before, after, is_secret) {
                self.path.pop();
            }
        }
    }

    /// Compares two values, or opens what is within them. Returns whether it did that.
    fn values(&mut self, before: ValueRef<'a>, after: ValueRef<'a>, is_secret: bool) -> bool {
        let (before, after) = (key::within(before), key::within(after));
        let within = match (before, after) {
            (ValueRef::Object(one), ValueRef::Object(other))
                if std::ptr::eq(one.type_info(), other.type_info()) =>
            {
                if one.extra() != other.extra() {
                    self.whole(before, after, is_secret);
                    return false;
                }
                Some(Rest::Fields(one.fields_by_level(), other.fields_by_level()))
            }
            _ => match (key::as_list(before), key::as_list(after)) {
                (Some(one), Some(other)) => lists(one, other),
                _ => None,
            },
        };
        if let Some(rest) = within {
            self.open.push(Open { rest, is_secret });
            return true;
        }
        if before != after {
            self.whole(before, after, is_secret);
        }
        false
    }

    fn whole(&mut self, before: ValueRef<'a>, after: ValueRef<'a>, is_secret: bool) {
        self.found.push(Difference {
            path: self.path.clone(),
            before,
            after,
            is_secret,
        });
    }
}

/// The items of two lists, each with its counterpart; `None` where they cannot be told apart.
fn lists<'a>(before: ListRef<'a>, after: ListRef<'a>) -> Option<Rest<'a>> {
    if before.kind().wire_name() != after.kind().wire_name() {
        return None;
    }
    match (keyed(before), keyed(after)) {
        (Some(one), Some(other)) => Some(Rest::Keyed(counterparts(one, other).into_iter())),
        _ if has_keys(before) || has_keys(after) => None,
        _ => Some(Rest::Items {
            before,
            after,
            next: 0,
        }),
    }
}

/// The items of two lists by their keys: those of the first, and then those that are only in the
/// second.
fn counterparts<'a>(
    before: Keyed<'a>,
    after: Keyed<'a>,
) -> Vec<(Step, ValueRef<'a>, ValueRef<'a>)> {
    let mut rest: HashMap<_, _> = after.iter().cloned().collect();
    let mut found = Vec::with_capacity(before.len().max(after.len()));
    for (key, one) in before {
        let other = rest.remove(&key).unwrap_or(ValueRef::Unset);
        found.push((key, one, other));
    }
    for (key, other) in after {
        if rest.contains_key(&key) {
            found.push((key, ValueRef::Unset, other));
        }
    }
    found
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
