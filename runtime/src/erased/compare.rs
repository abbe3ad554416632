//! Comparison of any two values, by their tables, however deep they are.
//!
//! What lies within them is compared by recursion for a number of levels. Pairs that lie further in
//! are put on a list, from which they are taken when the recursion is back at the outermost pair. So
//! the stack that is needed does not depend on the values.

use super::view::{ListRef, ObjectRef, ValueRef};
use crate::any::{Any, AnyArray};

/// How many levels are compared by recursion.
const LEVELS: u32 = 32;

/// A comparison that is under way, as far as all was equal.
struct Comparison<'a> {
    levels_left: u32,
    /// Pairs that were found too deep to be compared there.
    later: Vec<Pair<'a>>,
}

enum Pair<'a> {
    Objects(ObjectRef<'a>, ObjectRef<'a>),
    Lists(ListRef<'a>, ListRef<'a>),
}

pub(super) fn equal_objects(one: ObjectRef<'_>, other: ObjectRef<'_>) -> bool {
    let mut comparison = Comparison::new();
    comparison.objects(one, other) && comparison.finish()
}

pub(super) fn equal_lists(one: ListRef<'_>, other: ListRef<'_>) -> bool {
    let mut comparison = Comparison::new();
    comparison.lists(one, other) && comparison.finish()
}

/// Whether values of any type are equal, each to each.
pub(crate) fn equal_values(one: &[Any], other: &[Any]) -> bool {
    equal_lists(ListRef::of(one), ListRef::of(other))
}

impl<'a> Comparison<'a> {
    fn new() -> Self {
        Self {
            levels_left: LEVELS,
            later: Vec::new(),
        }
    }

    /// Compares what was put off.
    fn finish(mut self) -> bool {
        while let Some(pair) = self.later.pop() {
            let is_equal = match pair {
                Pair::Objects(one, other) => self.objects(one, other),
                Pair::Lists(one, other) => self.lists(one, other),
            };
            if !is_equal {
                return false;
            }
        }
        true
    }

    /// Compares what lies one level further in, or puts it off.
    fn deeper(&mut self, pair: Pair<'a>, equal: impl FnOnce(&mut Self) -> bool) -> bool {
        match self.levels_left.checked_sub(1) {
            Some(left) => {
                self.levels_left = left;
                let is_equal = equal(self);
                self.levels_left = left + 1;
                is_equal
            }
            None => {
                self.later.push(pair);
                true
            }
        }
    }

    fn objects(&mut self, one: ObjectRef<'a>, other: ObjectRef<'a>) -> bool {
        std::ptr::eq(one.type_info(), other.type_info())
            && self.deeper(Pair::Objects(one, other), |this| {
                one.extra() == other.extra()
                    && one.type_info().ancestry().all(|level| {
                        let mut fields = level.own_fields().iter();
                        fields.all(|field| this.values(one.value_at(field), other.value_at(field)))
                    })
            })
    }

    fn lists(&mut self, one: ListRef<'a>, other: ListRef<'a>) -> bool {
        if one.is_empty() {
            return other.is_empty();
        }
        one.len() == other.len()
            && self.deeper(Pair::Lists(one, other), |this| {
                let mut pairs = one.iter().zip(other.iter());
                pairs.all(|(one, other)| this.values(one, other))
            })
    }

    #[inline]
    fn values(&mut self, one: ValueRef<'a>, other: ValueRef<'a>) -> bool {
        match (one, other) {
            (ValueRef::Unset, ValueRef::Unset) => true,
            (ValueRef::Bool(one), ValueRef::Bool(other)) => one == other,
            (ValueRef::Byte(one), ValueRef::Byte(other)) => one == other,
            (ValueRef::Short(one), ValueRef::Short(other)) => one == other,
            (ValueRef::Int(one), ValueRef::Int(other)) => one == other,
            (ValueRef::Long(one), ValueRef::Long(other)) => one == other,
            (ValueRef::Float(one), ValueRef::Float(other)) => one == other,
            (ValueRef::Double(one), ValueRef::Double(other)) => one == other,
            (ValueRef::String(one), ValueRef::String(other)) => one == other,
            (ValueRef::DateTime(one), ValueRef::DateTime(other)) => one == other,
            (ValueRef::Binary(one), ValueRef::Binary(other)) => one == other,
            (ValueRef::Reference(one), ValueRef::Reference(other)) => one == other,
            (ValueRef::Enum(one, of_one), ValueRef::Enum(other, of_other)) => {
                one == other && of_one == of_other
            }
            (ValueRef::Object(one), ValueRef::Object(other)) => self.objects(one, other),
            (ValueRef::List(one), ValueRef::List(other)) => self.lists(one, other),
            (ValueRef::Any(one), ValueRef::Any(other)) => self.any(one, other),
            _ => false,
        }
    }

    fn any(&mut self, one: &'a Any, other: &'a Any) -> bool {
        match (one, other) {
            (Any::Object(one), Any::Object(other)) => {
                self.objects(one.as_object(), other.as_object())
            }
            (Any::Array(AnyArray::Any(one)), Any::Array(AnyArray::Any(other))) => {
                self.lists(ListRef::of(one), ListRef::of(other))
            }
            (Any::Array(AnyArray::Object(one)), Any::Array(AnyArray::Object(other))) => {
                std::ptr::eq(one.type_info(), other.type_info())
                    && self.lists(ListRef::of_objects(one), ListRef::of_objects(other))
            }
            // Nothing else holds values.
            (one, other) => one == other,
        }
    }
}

impl PartialEq for ValueRef<'_> {
    fn eq(&self, other: &Self) -> bool {
        let mut comparison = Comparison::new();
        comparison.values(*self, *other) && comparison.finish()
    }
}

impl PartialEq for ObjectRef<'_> {
    fn eq(&self, other: &Self) -> bool {
        equal_objects(*self, *other)
    }
}

impl PartialEq for ListRef<'_> {
    fn eq(&self, other: &Self) -> bool {
        equal_lists(*self, *other)
    }
}
