//! The visitor of every value.

use std::borrow::Cow;
use std::fmt;

use serde_core::de::{DeserializeSeed, Deserializer, Error, MapAccess, SeqAccess, Visitor};

use super::decode::ValueReader;
use super::scalar::Scalar;
use crate::erased::{FieldInfo, Kind};

/// What the next value is to become.
#[derive(Clone, Copy, Debug)]
pub(super) enum Goal {
    /// One value of the kind, at the place aimed at.
    One(Kind),
    /// The same, as an item of a list.
    Item(Kind),
    /// A URI, at the place aimed at.
    Uri,
    /// The items of a field.
    Field(&'static FieldInfo),
    /// The items of the list last entered.
    Items,
    /// More members of the object last entered: some servers put an object into `_value` beside
    /// the name of its type.
    Members {
        /// Whether those are kept that the type does not have.
        keep_unknown: bool,
    },
}

impl Goal {
    pub(super) fn of_field(field: &'static FieldInfo) -> Self {
        let shape = field.shape();
        if shape.is_list() {
            Self::Field(field)
        } else {
            Self::One(shape.kind)
        }
    }

    pub(super) fn description(self) -> &'static str {
        match self {
            Self::One(kind) | Self::Item(kind) => kind.wire_name(),
            Self::Uri => "xsd:anyURI",
            Self::Field(_) | Self::Items => "an array",
            Self::Members { .. } => "an object",
        }
    }
}

/// Puts a value where the reader aims at.
#[derive(Debug)]
pub(super) struct Put<'r, 't> {
    pub(super) reader: &'r mut ValueReader<'t>,
    pub(super) goal: Goal,
}

impl<'de> DeserializeSeed<'de> for Put<'_, '_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Put<'_, '_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.goal.description())
    }

    fn visit_unit<E: Error>(self) -> Result<(), E> {
        self.reader.null(self.goal)
    }

    fn visit_none<E: Error>(self) -> Result<(), E> {
        self.reader.null(self.goal)
    }

    fn visit_some<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        self.reader.wrapped(self.goal, deserializer)
    }

    fn visit_newtype_struct<D: Deserializer<'de>>(self, inner: D) -> Result<(), D::Error> {
        self.reader.wrapped(self.goal, inner)
    }

    fn visit_bool<E: Error>(self, value: bool) -> Result<(), E> {
        self.reader.scalar(self.goal, Scalar::Bool(value))
    }

    fn visit_i64<E: Error>(self, value: i64) -> Result<(), E> {
        self.reader.scalar(self.goal, Scalar::Integer(value.into()))
    }

    fn visit_u64<E: Error>(self, value: u64) -> Result<(), E> {
        self.reader.scalar(self.goal, Scalar::Integer(value.into()))
    }

    fn visit_i128<E: Error>(self, value: i128) -> Result<(), E> {
        self.reader.scalar(self.goal, Scalar::Integer(value))
    }

    fn visit_f64<E: Error>(self, value: f64) -> Result<(), E> {
        self.reader.scalar(self.goal, Scalar::Float(value))
    }

    fn visit_str<E: Error>(self, value: &str) -> Result<(), E> {
        let text = Scalar::Text(Cow::Borrowed(value));
        self.reader.scalar(self.goal, text)
    }

    fn visit_string<E: Error>(self, value: String) -> Result<(), E> {
        self.reader.scalar(self.goal, Scalar::Text(value.into()))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, items: A) -> Result<(), A::Error> {
        self.reader.array(self.goal, items)
    }

    fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<(), A::Error> {
        self.reader.map(self.goal, map)
    }
}
