//! How values are shown: everything but text, which may be a secret, or on request text too.

use std::fmt::{self, Debug};

use super::enumeration::{EnumInfo, OpenEnum, enum_value};
use super::view::{ListRef, ObjectRef, ValueRef};
use crate::any::{Any, AnyArray};
use crate::erased::AnyObject;
use crate::level::{Level, TOO_DEEP};
use crate::shown::{Hidden, Length, Name};

/// Which text is shown.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Texts {
    /// None but known values of enums. Of the rest, the length.
    Hidden,
    /// All but what is in fields marked as secret, and in content that no type describes.
    Revealed,
}

/// A value to be shown.
#[derive(Clone, Copy)]
pub(crate) struct Shown<'a> {
    pub(crate) value: ValueRef<'a>,
    pub(crate) texts: Texts,
}

impl<'a> Shown<'a> {
    fn hidden(value: ValueRef<'a>) -> Self {
        let texts = Texts::Hidden;
        Self { value, texts }
    }

    fn with(self, value: ValueRef<'a>) -> Self {
        Self { value, ..self }
    }

    fn text(self, text: &str, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.texts {
            Texts::Hidden => Hidden(text).fmt(f),
            Texts::Revealed => Debug::fmt(text, f),
        }
    }

    fn object(self, object: ObjectRef<'a>, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Some(_level) = Level::enter() else {
            return f.write_str(TOO_DEEP);
        };
        let mut shown = f.debug_struct(object.type_info().name());
        for (field, value) in object.fields() {
            match value {
                ValueRef::Unset => {}
                ValueRef::List(list) if list.is_empty() => {}
                _ if field.is_secret() => {
                    shown.field(field.name(), &format_args!("(secret)"));
                }
                value => {
                    shown.field(field.name(), &self.with(value));
                }
            }
        }
        if !object.extra().is_empty() {
            shown.field("extra", object.extra());
        }
        shown.finish()
    }

    fn any(self, any: &'a Any, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match any {
            Any::Nil => f.write_str("Nil"),
            Any::Unknown(element) => write!(f, "Unknown({})", Name(&element.name.local)),
            Any::Array(array) => self.array(array, f),
            any => self.with(ValueRef::within(any)).fmt(f),
        }
    }

    fn array(self, array: &'a AnyArray, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Some(_level) = Level::enter() else {
            return f.write_str(TOO_DEEP);
        };
        match array {
            AnyArray::Enum(array) => {
                let values = array.values.iter();
                let items = values.map(|value| self.with(ValueRef::Enum(value, array.info)));
                f.debug_list().entries(items).finish()
            }
            array => self.with(ValueRef::List(ListRef::of_array(array))).fmt(f),
        }
    }
}

impl Debug for Shown<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.value {
            ValueRef::Unset => f.write_str("unset"),
            ValueRef::Bool(value) => value.fmt(f),
            ValueRef::Byte(value) => value.fmt(f),
            ValueRef::Short(value) => value.fmt(f),
            ValueRef::Int(value) => value.fmt(f),
            ValueRef::Long(value) => value.fmt(f),
            ValueRef::Float(value) => value.fmt(f),
            ValueRef::Double(value) => value.fmt(f),
            ValueRef::DateTime(value) => value.fmt(f),
            ValueRef::Binary(value) => write!(f, "{}", Length(value.len())),
            ValueRef::String(text) => self.text(text, f),
            ValueRef::Enum(value, info) if is_known(value, info) => Debug::fmt(value, f),
            ValueRef::Enum(value, _) => self.text(value, f),
            ValueRef::Reference(value) if self.texts == Texts::Revealed => {
                write!(f, "{}:{}", value.type_name(), value.value())
            }
            ValueRef::Reference(value) => Debug::fmt(value, f),
            ValueRef::Any(any) => self.any(any, f),
            ValueRef::Object(object) => self.object(object, f),
            ValueRef::List(list) => {
                let items = list.iter().map(|item| self.with(item));
                f.debug_list().entries(items).finish()
            }
        }
    }
}

/// Whether the value is one of the enum, or none, as a required one that was never set.
fn is_known(value: &str, info: &EnumInfo) -> bool {
    value.is_empty() || info.values().contains(&value)
}

/// Shows a value of an enum as `Debug` does: one that the enum does not have by its length.
///
/// # Errors
/// As the formatter says.
pub fn debug_enum<E: OpenEnum>(value: &E, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    Shown::hidden(ValueRef::Enum(enum_value(value), E::TYPE.info())).fmt(f)
}

/// Shows a value of an enum as `Display` does: one that the enum does not have by its length.
///
/// # Errors
/// As the formatter says.
pub fn display_enum<E: OpenEnum>(value: &E, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    let value = enum_value(value);
    if is_known(value, E::TYPE.info()) {
        f.pad(value)
    } else {
        f.pad(&Hidden(value).to_string())
    }
}

impl Debug for ValueRef<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        Shown::hidden(*self).fmt(f)
    }
}

impl Debug for ObjectRef<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        Shown::hidden(ValueRef::Object(*self)).fmt(f)
    }
}

impl Debug for ListRef<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        Shown::hidden(ValueRef::List(*self)).fmt(f)
    }
}

impl Debug for AnyObject {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.as_object().fmt(f)
    }
}

impl Debug for Any {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        Shown::hidden(ValueRef::Any(self)).fmt(f)
    }
}

impl Debug for AnyArray {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        Shown::hidden(ValueRef::Unset).array(self, f)
    }
}
