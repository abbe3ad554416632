//! The names of members, and of types.

use std::fmt;

use serde_core::de::{DeserializeSeed, Deserializer, Error, Visitor};

use super::names::{TYPE_NAME, VALUE};
use crate::erased::{FieldInfo, ObjectBuilder};

/// The name of a member, whatever holds it.
#[derive(Debug)]
pub(super) enum Key {
    TypeName,
    Other(String),
}

impl Key {
    pub(super) fn is_value(&self) -> bool {
        matches!(self, Self::Other(name) if name == VALUE)
    }
}

/// Reads a [`Key`].
#[derive(Clone, Copy, Debug)]
pub(super) struct ReadKey;

/// The name of a member of a data object.
#[derive(Debug)]
pub(super) enum Member {
    TypeName,
    Value,
    Field(&'static FieldInfo),
    Unknown(String),
}

/// Reads a [`Member`] of the object that the builder is in, and aims at the field.
#[derive(Debug)]
pub(super) struct ReadMember<'b> {
    pub(super) builder: &'b mut ObjectBuilder,
}

/// Reads the name of a type. Whether there is one: `null` is none.
#[derive(Debug)]
pub(super) struct ReadTypeName<'n> {
    pub(super) into: &'n mut String,
}

impl<'de> DeserializeSeed<'de> for ReadKey {
    type Value = Key;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Key, D::Error> {
        deserializer.deserialize_identifier(self)
    }
}

impl Visitor<'_> for ReadKey {
    type Value = Key;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the name of a member")
    }

    fn visit_str<E>(self, name: &str) -> Result<Key, E> {
        Ok(if name == TYPE_NAME {
            Key::TypeName
        } else {
            Key::Other(name.to_owned())
        })
    }
}

impl<'de> DeserializeSeed<'de> for ReadMember<'_> {
    type Value = Member;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Member, D::Error> {
        deserializer.deserialize_identifier(self)
    }
}

impl Visitor<'_> for ReadMember<'_> {
    type Value = Member;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the name of a member")
    }

    fn visit_str<E>(self, name: &str) -> Result<Member, E> {
        Ok(match name {
            TYPE_NAME => Member::TypeName,
            VALUE => Member::Value,
            name => match self.builder.aim_at_field(name.as_bytes()) {
                Some(field) => Member::Field(field),
                None => Member::Unknown(name.to_owned()),
            },
        })
    }
}

impl<'de> DeserializeSeed<'de> for ReadTypeName<'_> {
    type Value = bool;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<bool, D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for ReadTypeName<'_> {
    type Value = bool;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the name of a type")
    }

    fn visit_str<E: Error>(self, name: &str) -> Result<bool, E> {
        self.into.push_str(name);
        Ok(true)
    }

    fn visit_unit<E>(self) -> Result<bool, E> {
        Ok(false)
    }

    fn visit_none<E>(self) -> Result<bool, E> {
        Ok(false)
    }

    fn visit_some<D: Deserializer<'de>>(self, deserializer: D) -> Result<bool, D::Error> {
        self.deserialize(deserializer)
    }
}
