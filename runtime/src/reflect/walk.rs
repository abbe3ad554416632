//! Shows every value within an object to a visitor.

use std::ops::ControlFlow;

use super::key;
use super::path::{PropertyPath, Step};
use crate::erased::{ListRef, ObjectRef, ValueRef};

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
    pub fn walk(self, visit: impl FnMut(Visited<'_, 'a>) -> Next) {
        let mut walk = Walk {
            path: PropertyPath::new(),
            visit,
        };
        let _ = walk.object(self, false);
    }
}

struct Walk<V> {
    path: PropertyPath,
    visit: V,
}

impl<'a, V: FnMut(Visited<'_, 'a>) -> Next> Walk<V> {
    fn object(&mut self, object: ObjectRef<'a>, is_secret: bool) -> ControlFlow<()> {
        for (field, value) in object.fields() {
            let step = Step::Property(field.name().to_owned());
            self.value(step, value, is_secret || field.is_secret())?;
        }
        ControlFlow::Continue(())
    }

    fn value(&mut self, step: Step, value: ValueRef<'a>, is_secret: bool) -> ControlFlow<()> {
        let value = key::within(value);
        if !key::is_set(value) {
            return ControlFlow::Continue(());
        }
        self.path.push(step);
        let next = (self.visit)(Visited {
            path: &self.path,
            value,
            is_secret,
        });
        match (next, value) {
            (Next::Stop, _) => return ControlFlow::Break(()),
            (Next::Into, ValueRef::Object(object)) => self.object(object, is_secret)?,
            (Next::Into, value) => self.items(value, is_secret)?,
            (Next::Past, _) => {}
        }
        self.path.pop();
        ControlFlow::Continue(())
    }

    fn items(&mut self, value: ValueRef<'a>, is_secret: bool) -> ControlFlow<()> {
        for (index, item) in key::as_list(value)
            .into_iter()
            .flat_map(ListRef::iter)
            .enumerate()
        {
            self.value(key::or_position(item, index), item, is_secret)?;
        }
        ControlFlow::Continue(())
    }
}
