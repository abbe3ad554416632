//! The items of an array whose items may be of any type, arrays like it included.

use std::fmt;
use std::ops::{Deref, DerefMut};

use crate::any::Any;
use crate::erased::{clone_values, drop_values, equal_values};
use crate::level::{Level, TOO_DEEP};

/// A list of values of any type: a `Vec<Any>` that may be nested as deep as memory allows.
///
/// Cloning, comparing and dropping one takes no more stack for a million lists within each other
/// than for a few, which a `Vec` that holds itself cannot do.
///
/// ```
/// use vmomi_runtime::{Any, AnyArray};
///
/// let mut array = Any::Array(AnyArray::Any(vec![Any::Int(1)].into()));
/// if let Any::Array(AnyArray::Any(items)) = &mut array {
///     items.push(Any::Nil);
/// }
/// ```
#[derive(Default)]
pub struct AnyList(Vec<Any>);

impl AnyList {
    /// An empty list.
    #[must_use]
    pub const fn new() -> Self {
        Self(Vec::new())
    }

    /// Returns the items.
    #[must_use]
    pub fn into_vec(mut self) -> Vec<Any> {
        std::mem::take(&mut self.0)
    }
}

impl Deref for AnyList {
    type Target = Vec<Any>;

    fn deref(&self) -> &Vec<Any> {
        &self.0
    }
}

impl DerefMut for AnyList {
    fn deref_mut(&mut self) -> &mut Vec<Any> {
        &mut self.0
    }
}

impl Drop for AnyList {
    fn drop(&mut self) {
        drop_values(std::mem::take(&mut self.0));
    }
}

impl Clone for AnyList {
    fn clone(&self) -> Self {
        Self(clone_values(&self.0))
    }
}

impl PartialEq for AnyList {
    fn eq(&self, other: &Self) -> bool {
        equal_values(&self.0, &other.0)
    }
}

impl fmt::Debug for AnyList {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match Level::enter() {
            Some(_level) => self.0.fmt(f),
            None => f.write_str(TOO_DEEP),
        }
    }
}

impl From<Vec<Any>> for AnyList {
    fn from(items: Vec<Any>) -> Self {
        Self(items)
    }
}

impl FromIterator<Any> for AnyList {
    fn from_iter<I: IntoIterator<Item = Any>>(items: I) -> Self {
        Self(items.into_iter().collect())
    }
}

impl IntoIterator for AnyList {
    type Item = Any;
    type IntoIter = std::vec::IntoIter<Any>;

    fn into_iter(self) -> Self::IntoIter {
        self.into_vec().into_iter()
    }
}

impl<'a> IntoIterator for &'a AnyList {
    type Item = &'a Any;
    type IntoIter = std::slice::Iter<'a, Any>;

    fn into_iter(self) -> Self::IntoIter {
        self.0.iter()
    }
}

impl<'a> IntoIterator for &'a mut AnyList {
    type Item = &'a mut Any;
    type IntoIter = std::slice::IterMut<'a, Any>;

    fn into_iter(self) -> Self::IntoIter {
        self.0.iter_mut()
    }
}
