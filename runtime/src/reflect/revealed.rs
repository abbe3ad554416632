//! Values with their texts, for whoever asks for them.

use std::fmt;

use crate::any::Any;
use crate::erased::{DataObject, Field, ListRef, ObjectRef, Shown, Texts, ValueRef};

/// Shows a value with its texts, which `Debug` of the value itself hides.
///
/// Any text may be a secret: what people write into notes and names, and what servers send of
/// other products. So `Debug` shows names, numbers, dates and of texts the length, and a log in
/// which an object ends up by accident holds none. Whoever wants to see them asks for them here,
/// be it by `{}` or by `{:?}`, on several lines with `{:#?}`.
///
/// Even so fields that are marked as secrets are not shown, nor is content that no type describes.
///
/// ```
/// # use vmomi_runtime::Any;
/// # use vmomi_runtime::reflect::Revealed;
/// let name = Any::String("web-1".to_owned());
/// assert_eq!(format!("{name:?}"), "(5 bytes)");
/// assert_eq!(format!("{}", Revealed::of(&name)), "\"web-1\"");
/// ```
///
/// Of data objects [`DataObject::revealed`] gives one, and of views [`ObjectRef::revealed`] and
/// [`ValueRef::revealed`].
#[derive(Clone, Copy)]
pub struct Revealed<'a>(ValueRef<'a>);

impl<'a> Revealed<'a> {
    /// Reveals a value of any type that a field may have.
    #[must_use]
    pub fn of<F: Field>(value: &'a F) -> Self {
        Self(ValueRef::of(value))
    }
}

impl fmt::Display for Revealed<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let shown = Shown {
            value: self.0,
            texts: Texts::Revealed,
        };
        fmt::Debug::fmt(&shown, f)
    }
}

impl fmt::Debug for Revealed<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl<'a> From<ValueRef<'a>> for Revealed<'a> {
    fn from(value: ValueRef<'a>) -> Self {
        Self(value)
    }
}

impl<'a> From<ObjectRef<'a>> for Revealed<'a> {
    fn from(object: ObjectRef<'a>) -> Self {
        Self(ValueRef::Object(object))
    }
}

impl<'a> From<ListRef<'a>> for Revealed<'a> {
    fn from(list: ListRef<'a>) -> Self {
        Self(ValueRef::List(list))
    }
}

impl<'a, T: DataObject> From<&'a T> for Revealed<'a> {
    fn from(object: &'a T) -> Self {
        ObjectRef::of(object).into()
    }
}

impl<'a> ValueRef<'a> {
    /// The value to be shown with its texts.
    #[must_use]
    pub fn revealed(self) -> Revealed<'a> {
        self.into()
    }
}

impl<'a> ObjectRef<'a> {
    /// The object to be shown with its texts.
    #[must_use]
    pub fn revealed(self) -> Revealed<'a> {
        self.into()
    }
}

impl Any {
    /// The value to be shown with its texts.
    #[must_use]
    pub fn revealed(&self) -> Revealed<'_> {
        ValueRef::Any(self).into()
    }
}
