//! Elements that hold one text: how it becomes a value.

use super::error::{DecodeErrorKind, number_or_length};
use crate::any::{Any, AnyEnum};
use crate::erased::{EnumInfo, Kind, Owned, Place, Slot};
use crate::lexical::{binary, boolean, date_time, number, trim};
use crate::reference::ManagedObjectReference;
use crate::shown::Hidden;
use crate::xml::text::Text;

/// How the text of a leaf is read.
#[derive(Clone, Copy, Debug)]
pub(super) enum Leaf {
    /// As the place aimed at says.
    Declared,
    /// As the named scalar type says, into a place for any type.
    Any(Kind),
    /// As a URI, into a place for any type.
    AnyUri,
    /// As a value of the enum, into a place for any type or for text.
    AnyEnum(&'static EnumInfo),
}

/// What the start tag of a reference told.
#[derive(Debug, Default)]
pub(super) struct ReferenceAttributes {
    pub(super) type_name: String,
    pub(super) server_guid: Option<String>,
}

impl ReferenceAttributes {
    fn with_value(&self, text: &str) -> ManagedObjectReference {
        let guid = self.server_guid.as_deref();
        ManagedObjectReference::with_server_guid(&self.type_name, trim(text), guid)
    }
}

impl Leaf {
    /// How a value of a type of XML Schema is read.
    pub(super) fn of_schema(local: &str) -> Option<Self> {
        Some(Self::Any(match local {
            "boolean" => Kind::Bool,
            "byte" => Kind::Byte,
            "short" => Kind::Short,
            "int" => Kind::Int,
            "long" => Kind::Long,
            "float" => Kind::Float,
            "double" => Kind::Double,
            "string" => Kind::String,
            "dateTime" => Kind::DateTime,
            "base64Binary" => Kind::Binary,
            "anyURI" => return Some(Self::AnyUri),
            _ => return None,
        }))
    }

    /// Refuses a value that its enum does not know.
    pub(super) fn check_known(
        self,
        slot: &Slot<'_>,
        text: &Text<'_>,
    ) -> Result<(), DecodeErrorKind> {
        let info = match (self, slot) {
            (Self::AnyEnum(info), _) => info,
            (_, Slot::Enum(place)) => place.info(),
            _ => return Ok(()),
        };
        let text = text.as_str();
        if info.values().contains(&trim(text)) {
            return Ok(());
        }
        Err(DecodeErrorKind::UnknownValue {
            expected: info.name(),
            found: Hidden(text.trim_ascii()).to_string(),
        })
    }

    /// Puts the text into its place, as a value.
    pub(super) fn put(
        self,
        slot: Slot<'_>,
        text: Text<'_>,
        reference: &ReferenceAttributes,
        strict: bool,
    ) -> Result<(), DecodeErrorKind> {
        match (self, slot) {
            // A field, or the root of a declared list, whose items have the kind of the leaf.
            (Self::Declared, slot) => return put_declared(slot, text, reference, strict),
            (Self::AnyEnum(_), Slot::String(place)) => place.put(trimmed(&text))?,
            (Self::Any(Kind::String), Slot::Any(place)) => {
                place.put(Any::String(text.into_string()))?;
            }
            (Self::AnyUri, Slot::Any(place)) => place.put(Any::Uri(text.into_string()))?,
            (Self::AnyEnum(info), Slot::Any(place)) => place.put(Any::Enum(AnyEnum {
                info,
                value: trimmed(&text).into(),
            }))?,
            (Self::Any(kind), Slot::Any(place)) => {
                let value = any_value(kind, &text, reference, strict);
                return checked(place, value, kind, &text);
            }
            (_, slot) => return put_declared(slot, text, reference, strict),
        }
        Ok(())
    }
}

fn any_value(
    kind: Kind,
    text: &Text<'_>,
    reference: &ReferenceAttributes,
    strict: bool,
) -> Option<Any> {
    let bytes = text.as_bytes();
    Some(match kind {
        Kind::Bool => Any::Bool(boolean::parse(bytes)?),
        Kind::Byte => Any::Byte(number::integer(bytes)?),
        Kind::Short => Any::Short(number::integer(bytes)?),
        Kind::Int => Any::Int(number::integer(bytes)?),
        Kind::Long => Any::Long(number::integer(bytes)?),
        Kind::Float => Any::Float(number::float(text.as_str(), strict)?),
        Kind::Double => Any::Double(number::float(text.as_str(), strict)?),
        Kind::DateTime => Any::DateTime(date_time::parse(bytes, strict)?),
        Kind::Binary => Any::Binary(binary::parse(bytes)?),
        Kind::Reference => Any::Reference(reference.with_value(text.as_str())),
        _ => Any::String(text.as_str().to_owned()),
    })
}

/// Puts the text into a place that takes values of the kind it holds.
///
/// Inlined where the slot is made, so that its kind is asked for only once.
#[inline(always)]
pub(super) fn put_declared(
    slot: Slot<'_>,
    text: Text<'_>,
    reference: &ReferenceAttributes,
    strict: bool,
) -> Result<(), DecodeErrorKind> {
    let bytes = text.as_bytes();
    match slot {
        Slot::Bool(place) => checked(place, boolean::parse(bytes), Kind::Bool, &text)?,
        Slot::Byte(place) => checked(place, number::integer(bytes), Kind::Byte, &text)?,
        Slot::Short(place) => checked(place, number::integer(bytes), Kind::Short, &text)?,
        Slot::Int(place) => checked(place, number::integer(bytes), Kind::Int, &text)?,
        Slot::Long(place) => checked(place, number::integer(bytes), Kind::Long, &text)?,
        Slot::Float(place) => checked(
            place,
            number::float(text.as_str(), strict),
            Kind::Float,
            &text,
        )?,
        Slot::Double(place) => checked(
            place,
            number::float(text.as_str(), strict),
            Kind::Double,
            &text,
        )?,
        Slot::DateTime(place) => {
            let value = date_time::parse(bytes, strict);
            checked(place, value, Kind::DateTime, &text)?;
        }
        Slot::Binary(place) => checked(place, binary::parse(bytes), Kind::Binary, &text)?,
        Slot::String(place) => place.put(text.into_string())?,
        Slot::Reference(place) => place.put(reference.with_value(text.as_str()))?,
        Slot::Enum(place) => place.put(trim(text.as_str()))?,
        Slot::Any(place) => place.put(Any::String(text.into_string()))?,
        Slot::Object => {}
    }
    Ok(())
}

fn trimmed(text: &Text<'_>) -> String {
    trim(text.as_str()).to_owned()
}

#[inline(always)]
fn checked<T: Owned>(
    place: Place<'_, T>,
    value: Option<T>,
    kind: Kind,
    text: &Text<'_>,
) -> Result<(), DecodeErrorKind> {
    match value {
        Some(value) => Ok(place.put(value)?),
        None => Err(DecodeErrorKind::Value {
            expected: kind.wire_name(),
            found: number_or_length(text.as_str()),
        }),
    }
}
