//! Reads a value by its path.

use super::error::{PathError, PathErrorKind};
use super::key;
use super::path::{PropertyPath, Step};
use crate::erased::{ObjectRef, ValueRef};

impl<'a> ObjectRef<'a> {
    /// The value that a path leads to; [`ValueRef::Unset`] where it, something on the way to it,
    /// or an item of a list is not there.
    ///
    /// # Errors
    /// When the path names a property that the object at that place does not have, or goes on
    /// where there is no object or list.
    pub fn at(self, path: &PropertyPath) -> Result<ValueRef<'a>, PathError> {
        ValueRef::Object(self).at(path)
    }
}

impl<'a> ValueRef<'a> {
    /// The value that a path from this one leads to, as [`ObjectRef::at`].
    ///
    /// # Errors
    /// As for [`ObjectRef::at`].
    pub fn at(self, path: &PropertyPath) -> Result<ValueRef<'a>, PathError> {
        let mut value = self;
        for (index, step) in path.steps().iter().enumerate() {
            value = match key::within(value) {
                ValueRef::Unset => return Ok(ValueRef::Unset),
                value => {
                    step_into(value, step).map_err(|kind| PathError::new(path, index, kind))?
                }
            };
        }
        Ok(key::within(value))
    }
}

fn step_into<'a>(value: ValueRef<'a>, step: &Step) -> Result<ValueRef<'a>, PathErrorKind> {
    match step {
        Step::Property(name) => match value {
            ValueRef::Object(object) => object
                .get(name)
                .ok_or_else(|| PathErrorKind::unknown_property(object.type_info(), name)),
            other => Err(PathErrorKind::not_an_object(other)),
        },
        Step::Number(_) | Step::Text(_) => {
            let list = key::as_list(value).ok_or_else(|| PathErrorKind::not_a_list(value))?;
            let found = key::position(list, step).and_then(|index| list.get(index));
            Ok(found.unwrap_or(ValueRef::Unset))
        }
    }
}
