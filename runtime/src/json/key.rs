//! The names of members, and of types.

use std::fmt;

use serde_core::de::{DeserializeSeed, Deserializer, Error, Visitor};

use super::names::{TYPE_NAME, VALUE};
use crate::decode::Limits;
use crate::erased::{FieldInfo, ObjectBuilder};

/// The maximum length of names: as in XML, where the namespace is not part of each name.
#[derive(Clone, Copy, Debug)]
pub(super) struct NameLimit {
    local: usize,
    namespace: usize,
}

impl NameLimit {
    pub(super) fn of(limits: &Limits) -> Self {
        Self {
            local: limits.name_bytes,
            namespace: limits.tag_bytes,
        }
    }

    /// For names without a namespace of at most this many bytes.
    pub(super) fn without_namespace(bytes: usize) -> Self {
        Self {
            local: bytes,
            namespace: 0,
        }
    }

    /// Whether `name` or `{namespace}name` is within the limit.
    pub(super) fn allows(self, name: &str) -> bool {
        name.len() <= self.local
            || name
                .strip_prefix('{')
                .and_then(|name| name.split_once('}'))
                .is_some_and(|(namespace, local)| {
                    namespace.len() <= self.namespace && local.len() <= self.local
                })
    }
}

/// The name of a member, whatever holds it.
#[derive(Debug)]
pub(super) enum Key {
    TypeName,
    Other(String),
    /// One that is longer than names may be.
    TooLong,
}

impl Key {
    pub(super) fn is_value(&self) -> bool {
        matches!(self, Self::Other(name) if name == VALUE)
    }
}

/// Reads a [`Key`].
#[derive(Clone, Copy, Debug)]
pub(super) struct ReadKey {
    pub(super) limit: NameLimit,
}

/// Reads the name of a member as text; `None` if it exceeds the limit.
#[derive(Clone, Copy, Debug)]
pub(super) struct ReadName {
    pub(super) limit: NameLimit,
}

/// The name of a member of a data object.
#[derive(Debug)]
pub(super) enum Member {
    TypeName,
    Value,
    Field(&'static FieldInfo),
    Unknown(String),
    /// One that is longer than names may be.
    TooLong,
}

/// Reads a [`Member`] of the object that the builder is in, and aims at the field.
#[derive(Debug)]
pub(super) struct ReadMember<'b> {
    pub(super) builder: &'b mut ObjectBuilder,
    pub(super) limit: NameLimit,
}

/// Reads the name of a type.
#[derive(Debug)]
pub(super) struct ReadTypeName<'n> {
    pub(super) into: &'n mut String,
    pub(super) limit: NameLimit,
}

/// What there is in place of the name of a type.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum TypeName {
    Read,
    /// `null`
    None,
    TooLong,
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
        } else if !self.limit.allows(name) {
            Key::TooLong
        } else {
            Key::Other(name.to_owned())
        })
    }
}

impl<'de> DeserializeSeed<'de> for ReadName {
    type Value = Option<String>;

    fn deserialize<D: Deserializer<'de>>(
        self,
        deserializer: D,
    ) -> Result<Option<String>, D::Error> {
        deserializer.deserialize_identifier(self)
    }
}

impl Visitor<'_> for ReadName {
    type Value = Option<String>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the name of a member")
    }

    fn visit_str<E>(self, name: &str) -> Result<Option<String>, E> {
        Ok(self.limit.allows(name).then(|| name.to_owned()))
    }

    fn visit_string<E>(self, name: String) -> Result<Option<String>, E> {
        Ok(Some(name).filter(|name| self.limit.allows(name)))
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
                None if !self.limit.allows(name) => Member::TooLong,
                None => Member::Unknown(name.to_owned()),
            },
        })
    }
}

impl<'de> DeserializeSeed<'de> for ReadTypeName<'_> {
    type Value = TypeName;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<TypeName, D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for ReadTypeName<'_> {
    type Value = TypeName;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the name of a type")
    }

    fn visit_str<E: Error>(self, name: &str) -> Result<TypeName, E> {
        if !self.limit.allows(name) {
            return Ok(TypeName::TooLong);
        }
        self.into.push_str(name);
        Ok(TypeName::Read)
    }

    fn visit_unit<E>(self) -> Result<TypeName, E> {
        Ok(TypeName::None)
    }

    fn visit_none<E>(self) -> Result<TypeName, E> {
        Ok(TypeName::None)
    }

    /// Within this it must be a text, so that no format can nest one in another without an end.
    fn visit_some<D: Deserializer<'de>>(self, deserializer: D) -> Result<TypeName, D::Error> {
        deserializer.deserialize_str(InSome(self))
    }
}

/// Reads the name of a type where there must be one.
struct InSome<'n>(ReadTypeName<'n>);

impl Visitor<'_> for InSome<'_> {
    type Value = TypeName;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.expecting(f)
    }

    fn visit_str<E: Error>(self, name: &str) -> Result<TypeName, E> {
        self.0.visit_str(name)
    }
}
