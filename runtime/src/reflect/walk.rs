//! Shows every value within an object to a visitor.

use super::key;
use super::path::{PropertyPath, Step};
use crate::erased::{Fields, ListRef, ObjectRef, ValueRef};

/// A value on a [walk](ObjectRef::walk).
#[derive(Clone, Copy)]
pub struct Visited<'p, 'a> {
    /// The way to the value.
    pub path: &'p PropertyPath,
    /// The value, which is set.
    pub value: ValueRef<'a>,
    /// Whether the value, or something that it lies within, is a secret, such as a password.
    pub is_secret: bool,
}

/// Where a walk goes from a value that was visited.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Next {
    /// To what the value holds, if it is an object or a list, and then on.
    Into,
    /// Past the value and what it holds.
    Past,
    /// No further.
    Stop,
}

impl<'a> ObjectRef<'a> {
    /// Visits every value that is set within the object, at any depth, in the order of the schema:
    /// first an object or list, then what it holds. The items of a list go by their keys, where
    /// they have any, and by their positions otherwise; see [`PropertyPath`].
    ///
    /// ```
    /// # use vmomi_runtime::erased::{ObjectRef, ValueRef};
    /// # use vmomi_runtime::reflect::Next;
    /// /// The paths of all texts in an object.
    /// fn texts(object: ObjectRef<'_>) -> Vec<String> {
    ///     let mut texts = Vec::new();
    ///     object.walk(|visited| {
    ///         if let ValueRef::String(_) = visited.value {
    ///             texts.push(visited.path.to_string());
    ///         }
    ///         Next::Into
    ///     });
    ///     texts
    /// }
    /// ```
    pub fn walk(self, mut visit: impl FnMut(Visited<'_, 'a>) -> Next) {
        let mut path = PropertyPath::new();
        let mut open = vec![Open {
            rest: Rest::Fields(self.fields_by_level()),
            is_secret: false,
        }];
        while let Some(innermost) = open.last_mut() {
            let Some((step, value, is_secret)) = innermost.next() else {
                open.pop();
                path.pop();
                continue;
            };
            let value = key::within(value);
            if !key::is_set(value) {
                continue;
            }
            path.push(step);
            let next = visit(Visited {
                path: &path,
                value,
                is_secret,
            });
            match (next, Rest::of(value)) {
                (Next::Stop, _) => return,
                (Next::Into, Some(rest)) => open.push(Open { rest, is_secret }),
                _ => {
                    path.pop();
                }
            }
        }
    }
}

/// Something of which not all was visited. These are kept in a list and not on the stack, as a
/// value may be nested to any depth.
struct Open<'a> {
    rest: Rest<'a>,
    is_secret: bool,
}

enum Rest<'a> {
    Fields(Fields<'a>),
    Items {
        list: ListRef<'a>,
        /// The position of the next item.
        next: usize,
    },
}

impl<'a> Rest<'a> {
    /// What a value holds, if it is an object or a list.
    fn of(value: ValueRef<'a>) -> Option<Self> {
        match value {
            ValueRef::Object(object) => Some(Self::Fields(object.fields_by_level())),
            value => key::as_list(value).map(|list| Self::Items { list, next: 0 }),
        }
    }
}

impl<'a> Open<'a> {
    /// The next value, and whether it is a secret.
    fn next(&mut self) -> Option<(Step, ValueRef<'a>, bool)> {
        match &mut self.rest {
            Rest::Fields(fields) => {
                let (_, field, value) = fields.next()?;
                let step = Step::Property(field.name().to_owned());
                Some((step, value, self.is_secret || field.is_secret()))
            }
            Rest::Items { list, next } => {
                let (index, value) = (*next, list.get(*next)?);
                *next += 1;
                Some((key::or_position(value, index), value, self.is_secret))
            }
        }
    }
}
