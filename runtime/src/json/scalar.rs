//! Scalars of JSON as the scalars of the schema.

use std::borrow::Cow;

use crate::any::{Any, AnyEnum};
use crate::budget::OverBudget;
use crate::decode::DecodeErrorKind;
use crate::erased::{Kind, Owned, Place, Slot};
use crate::lexical::binary::Binary;
use crate::lexical::date_time::{self, DateTime};
use crate::lexical::{binary, number};
use crate::shown::Hidden;

/// What JSON has for one scalar.
#[derive(Debug)]
pub(super) enum Scalar<'t> {
    Bool(bool),
    Integer(i128),
    Float(f64),
    Text(Cow<'t, str>),
}

impl Scalar<'_> {
    /// What it is, for errors: the value itself may be a secret.
    pub(super) fn description(&self) -> &'static str {
        match self {
            Self::Bool(_) => "a boolean",
            Self::Integer(_) => "another whole number",
            Self::Float(_) => "a number with a fraction",
            Self::Text(_) => "another text",
        }
    }

    fn boolean(&self) -> Option<bool> {
        match self {
            Self::Bool(value) => Some(*value),
            _ => None,
        }
    }

    fn integer<T: TryFrom<i128>>(&self) -> Option<T> {
        match self {
            Self::Integer(value) => T::try_from(*value).ok(),
            // `-0`, of which a parser of JSON makes a float to keep the sign.
            Self::Float(value) if *value == 0.0 && value.is_sign_negative() => T::try_from(0).ok(),
            _ => None,
        }
    }

    #[expect(
        clippy::cast_precision_loss,
        reason = "JSON has one kind of number, so a float may come as a whole one"
    )]
    fn double(&self, strict: bool) -> Option<f64> {
        match self {
            Self::Float(value) => Some(*value),
            Self::Integer(value) => Some(*value as f64),
            // JSON has no number for these.
            Self::Text(text) => number::infinity_or_nan(text, strict),
            Self::Bool(_) => None,
        }
    }

    /// A number too large for the type is out of range, not infinite.
    #[expect(
        clippy::cast_possible_truncation,
        reason = "the digits that a float has not are those that nobody wrote"
    )]
    fn float(&self, strict: bool) -> Option<f32> {
        let double = self.double(strict)?;
        let float = double as f32;
        (float.is_finite() || !double.is_finite()).then_some(float)
    }

    fn date_time(&self, strict: bool) -> Option<DateTime> {
        date_time::parse(self.text()?.as_bytes(), strict)
    }

    fn binary(&self) -> Option<Binary> {
        binary::parse(self.text()?.as_bytes())
    }

    fn text(&self) -> Option<&str> {
        match self {
            Self::Text(text) => Some(text),
            _ => None,
        }
    }

    fn into_text(self) -> Option<String> {
        match self {
            Self::Text(text) => Some(text.into_owned()),
            _ => None,
        }
    }

    /// In strict reading, an enumerated value must be one that is known.
    pub(super) fn check_known(&self, kind: Kind) -> Result<(), DecodeErrorKind> {
        match (kind, self.text()) {
            (Kind::Enum(info), Some(value)) if !info.values().contains(&value) => {
                Err(DecodeErrorKind::UnknownValue {
                    expected: info.name(),
                    found: Hidden(value).to_string(),
                })
            }
            _ => Ok(()),
        }
    }

    /// Puts a URI into a place for text or for any type.
    pub(super) fn put_uri(self, slot: Slot<'_>, strict: bool) -> Result<(), DecodeErrorKind> {
        match (self, slot) {
            (Self::Text(text), Slot::Any(place)) => Ok(place.put(Any::Uri(text.into_owned()))?),
            (scalar, slot) => scalar.put(slot, Kind::String, strict),
        }
    }

    /// Puts the value into its place, as one of the kind.
    pub(super) fn put(
        self,
        slot: Slot<'_>,
        kind: Kind,
        strict: bool,
    ) -> Result<(), DecodeErrorKind> {
        let found = self.description();
        let put = match slot {
            Slot::Bool(place) => put(place, self.boolean())?,
            Slot::Byte(place) => put(place, self.integer())?,
            Slot::Short(place) => put(place, self.integer())?,
            Slot::Int(place) => put(place, self.integer())?,
            Slot::Long(place) => put(place, self.integer())?,
            Slot::Float(place) => put(place, self.float(strict))?,
            Slot::Double(place) => put(place, self.double(strict))?,
            // Also what keeps the values of an enum known only at run time.
            Slot::String(place) => put(place, self.into_text())?,
            Slot::DateTime(place) => put(place, self.date_time(strict))?,
            Slot::Binary(place) => put(place, self.binary())?,
            Slot::Enum(place) => match self.text() {
                Some(value) => Some(place.put(value)?),
                None => None,
            },
            Slot::Any(place) => put(place, self.into_any(kind, strict))?,
            Slot::Reference(_) | Slot::Object => None,
        };
        put.ok_or(DecodeErrorKind::WrongType {
            expected: kind.wire_name(),
            found: found.to_owned(),
        })
    }

    /// The value as one of the kind; where that is `xsd:anyType`, as what JSON makes of it.
    fn into_any(self, kind: Kind, strict: bool) -> Option<Any> {
        Some(match kind {
            Kind::Bool => Any::Bool(self.boolean()?),
            Kind::Byte => Any::Byte(self.integer()?),
            Kind::Short => Any::Short(self.integer()?),
            Kind::Int => Any::Int(self.integer()?),
            Kind::Long => Any::Long(self.integer()?),
            Kind::Float => Any::Float(self.float(strict)?),
            Kind::Double => Any::Double(self.double(strict)?),
            Kind::String => Any::String(self.into_text()?),
            Kind::DateTime => Any::DateTime(self.date_time(strict)?),
            Kind::Binary => Any::Binary(self.binary()?),
            Kind::Enum(info) => Any::Enum(AnyEnum {
                info,
                value: self.into_text()?.into(),
            }),
            Kind::Any => match self {
                Self::Bool(value) => Any::Bool(value),
                Self::Integer(value) => match i32::try_from(value) {
                    Ok(value) => Any::Int(value),
                    Err(_) => Any::Long(i64::try_from(value).ok()?),
                },
                Self::Float(value) => Any::Double(value),
                Self::Text(value) => Any::String(value.into_owned()),
            },
            Kind::Reference | Kind::Inline(_) | Kind::Boxed(_) | Kind::Dyn(_) => return None,
        })
    }
}

fn put<T: Owned>(place: Place<'_, T>, value: Option<T>) -> Result<Option<()>, OverBudget> {
    value.map(|value| place.put(value)).transpose()
}
