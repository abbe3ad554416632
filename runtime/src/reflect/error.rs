//! Why a property path does not lead to a value.

use std::fmt;

use super::path::{PropertyPath, Step};
use crate::any::Any;
use crate::erased::{FieldInfo, Kind, TypeInfo, ValueRef};

/// A property path that the type of the object does not have, and where it goes astray.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PathError {
    path: PropertyPath,
    step: usize,
    kind: PathErrorKind,
}

/// What is wrong with a path, or with the value to be put there.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum PathErrorKind {
    /// The type has no property of this name.
    UnknownProperty {
        /// The type of the object.
        of: &'static str,
        /// A property that differs only in case.
        similar: Option<&'static str>,
    },
    /// A name where the value is not an object.
    NotAnObject {
        /// What the value is.
        found: String,
    },
    /// A key where the value is not a list.
    NotAList {
        /// What the value is.
        found: String,
    },
    /// No item of the list has this key.
    NoSuchItem,
    /// More steps than a value is deep that can be sent:
    /// [`Limits::MAX_DEPTH`](crate::decode::Limits::MAX_DEPTH).
    TooDeep,
    /// The object itself can neither be put nor taken away through its own path.
    Empty,
    /// A value of another type than stands there.
    WrongType {
        /// The declared type.
        expected: &'static str,
        /// The type of the value.
        found: String,
    },
}

impl PathError {
    pub(super) fn new(path: &PropertyPath, step: usize, kind: PathErrorKind) -> Self {
        Self {
            path: path.clone(),
            step,
            kind,
        }
    }

    /// The whole path.
    #[must_use]
    pub fn path(&self) -> &PropertyPath {
        &self.path
    }

    /// The step at which the path goes astray.
    #[must_use]
    pub fn step(&self) -> Option<&Step> {
        self.path.steps().get(self.step)
    }

    /// What is wrong.
    #[must_use]
    pub fn kind(&self) -> &PathErrorKind {
        &self.kind
    }
}

impl PathErrorKind {
    pub(super) fn unknown_property(of: &'static TypeInfo, name: &str) -> Self {
        let mut names = of
            .ancestry()
            .flat_map(TypeInfo::own_fields)
            .map(FieldInfo::name);
        Self::UnknownProperty {
            of: of.name(),
            similar: names.find(|known| known.eq_ignore_ascii_case(name)),
        }
    }

    pub(super) fn not_an_object(found: ValueRef<'_>) -> Self {
        Self::NotAnObject {
            found: described(found),
        }
    }

    pub(super) fn not_a_list(found: ValueRef<'_>) -> Self {
        Self::NotAList {
            found: described(found),
        }
    }

    pub(super) fn wrong_type(expected: Kind, found: &Any) -> Self {
        Self::WrongType {
            expected: expected.wire_name(),
            found: found.shown_type_name(),
        }
    }
}

/// What a value is, without the value, which may be a secret.
fn described(value: ValueRef<'_>) -> String {
    match value {
        ValueRef::Unset => "nothing".into(),
        ValueRef::List(_) => "a list".into(),
        ValueRef::Enum(_, info) => info.name().into(),
        ValueRef::Any(any) => any.shown_type_name(),
        ValueRef::Object(object) => object.type_info().name().into(),
        scalar => scalar.scalar_kind().map_or("", Kind::wire_name).into(),
    }
}

impl fmt::Display for PathError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.path.is_empty() {
            return self.kind.fmt(f);
        }
        let upto: PropertyPath = self
            .path
            .steps()
            .iter()
            .take(self.step + 1)
            .cloned()
            .collect();
        write!(f, "{upto}: {}", self.kind)?;
        if upto != self.path {
            write!(f, " (in {})", self.path)?;
        }
        Ok(())
    }
}

impl fmt::Display for PathErrorKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::UnknownProperty { of, similar } => {
                write!(f, "{of} has no such property")?;
                similar.map_or(Ok(()), |name| write!(f, "; it has {name}"))
            }
            Self::NotAnObject { found } => {
                write!(
                    f,
                    "a property of an object is asked for, but this is in {found}"
                )
            }
            Self::NotAList { found } => {
                write!(f, "an item of a list is asked for, but this is in {found}")
            }
            Self::NoSuchItem => f.write_str("the list has no such item"),
            Self::TooDeep => f.write_str("leads deeper than a value can be sent"),
            Self::Empty => f.write_str("the empty path leads to the object itself"),
            Self::WrongType { expected, found } => write!(f, "expected {expected}, found {found}"),
        }
    }
}

impl std::error::Error for PathError {}
