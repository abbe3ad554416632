//! JSON kept as a tree: what must wait for the name of its type, and what no type describes.

use std::borrow::Cow;
use std::cell::Cell;
use std::fmt;
use std::marker::PhantomData;

use serde_core::de::value::{MapDeserializer, SeqDeserializer};
use serde_core::de::{
    DeserializeSeed, Deserializer, Error, IntoDeserializer, MapAccess, SeqAccess, Visitor,
};
use serde_core::forward_to_deserialize_any;
use serde_core::ser::{Serialize, SerializeMap, Serializer};

use super::key::{NameLimit, ReadName};
use super::names::TYPE_NAME;
use crate::budget::Budget;
use crate::decode::Limit;

/// Any JSON value. Members keep their order, but for `_typeName`, which comes first.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Json {
    Null,
    Bool(bool),
    Integer(i128),
    Float(f64),
    Text(String),
    List(Vec<Json>),
    Object(Members),
}

/// The members of a JSON object.
pub(super) type Members = Vec<(String, Json)>;

impl Json {
    pub(super) fn text(text: impl Into<String>) -> Self {
        Self::Text(text.into())
    }

    pub(super) fn into_text(self) -> Option<String> {
        match self {
            Self::Text(text) => Some(text),
            _ => None,
        }
    }
}

/// Reads a tree of at most this depth, within a budget.
#[derive(Debug)]
pub(super) struct ReadTree<'b> {
    depth_left: usize,
    /// How long the names of members may be.
    name_limit: NameLimit,
    budget: &'b mut Budget,
    /// The limit that was exceeded, for those who want more than the text in the deserializer's
    /// error.
    exceeded: &'b mut Option<Limit>,
    /// Whether nothing of the tree was read: it is asked for by [`TREE`], which is no level of it.
    is_outermost: bool,
}

impl<'b> ReadTree<'b> {
    pub(super) fn new(
        depth_left: usize,
        name_limit: NameLimit,
        budget: &'b mut Budget,
        exceeded: &'b mut Option<Limit>,
    ) -> Self {
        Self {
            depth_left,
            name_limit,
            budget,
            exceeded,
            is_outermost: true,
        }
    }

    /// Reads what is within this.
    fn inner(&mut self) -> ReadTree<'_> {
        ReadTree {
            depth_left: self.depth_left.saturating_sub(1),
            name_limit: self.name_limit,
            budget: self.budget,
            exceeded: self.exceeded,
            is_outermost: false,
        }
    }

    /// Whether there may be anything within this.
    fn check_depth<E: Error>(&mut self) -> Result<(), E> {
        match self.depth_left {
            0 => Err(self.exceeds(Limit::Depth)),
            _ => Ok(()),
        }
    }

    fn exceeds<E: Error>(&mut self, limit: Limit) -> E {
        *self.exceeded = Some(limit);
        E::custom(limit)
    }

    /// Reads the name of one more member.
    #[inline(never)]
    fn name<'de, A: MapAccess<'de>>(&mut self, map: &mut A) -> Result<Option<String>, A::Error> {
        self.check_depth()?;
        let limit = self.name_limit;
        match map.next_key_seed(ReadName { limit })? {
            Some(None) => Err(self.exceeds(Limit::NameBytes)),
            Some(Some(name)) => {
                self.budget.take(name.capacity()).map_err(Error::custom)?;
                Ok(Some(name))
            }
            None => Ok(None),
        }
    }

    fn push<E: Error>(&mut self, members: &mut Members, member: (String, Json)) -> Result<(), E> {
        let is_too_long = |text: &String| !self.name_limit.allows(text);
        if member.0 != TYPE_NAME {
            self.budget.push(members, member).map_err(E::custom)?;
        } else if members.first().is_none_or(|(first, _)| first != TYPE_NAME) {
            self.budget.grow_for_one(members).map_err(E::custom)?;
            if matches!(&member.1, Json::Text(name) if is_too_long(name)) {
                return Err(self.exceeds(Limit::NameBytes));
            }
            // So that reading it again finds the type before what depends on it.
            members.insert(0, member);
        }
        Ok(())
    }
}

impl<'de> DeserializeSeed<'de> for ReadTree<'_> {
    type Value = Json;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Json, D::Error> {
        if self.is_outermost {
            deserializer.deserialize_newtype_struct(TREE, self)
        } else {
            deserializer.deserialize_any(self)
        }
    }
}

/// What a [`ReadTree`] asks for by this name, a [`Replay`] gives as it is. For any other input it
/// means nothing.
///
/// Objects without the name of their type are kept to their end before anything is made of them, and
/// so are those within them, when they are read again: to copy the tree at each level would take time
/// in proportion to the depth.
const TREE: &str = "$vmomi::Tree";

thread_local! {
    /// On its way from a [`Replay`] to the [`ReadTree`] that asked for it: serde lets nothing pass
    /// between the two but what every visitor understands.
    static HANDED_OVER: Cell<Option<Json>> = const { Cell::new(None) };
}

impl<'de> Visitor<'de> for ReadTree<'_> {
    type Value = Json;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a JSON value")
    }

    fn visit_unit<E>(self) -> Result<Json, E> {
        Ok(Json::Null)
    }

    fn visit_none<E>(self) -> Result<Json, E> {
        Ok(Json::Null)
    }

    fn visit_some<D: Deserializer<'de>>(mut self, deserializer: D) -> Result<Json, D::Error> {
        self.check_depth()?;
        deserializer.deserialize_any(self.inner())
    }

    fn visit_newtype_struct<D: Deserializer<'de>>(mut self, inner: D) -> Result<Json, D::Error> {
        if let Some(tree) = HANDED_OVER.take() {
            // Its depth and what it takes have been counted.
            return Ok(tree);
        }
        if std::mem::take(&mut self.is_outermost) {
            return inner.deserialize_any(self);
        }
        self.check_depth()?;
        inner.deserialize_any(self.inner())
    }

    fn visit_bool<E>(self, value: bool) -> Result<Json, E> {
        Ok(Json::Bool(value))
    }

    fn visit_i64<E>(self, value: i64) -> Result<Json, E> {
        Ok(Json::Integer(value.into()))
    }

    fn visit_u64<E>(self, value: u64) -> Result<Json, E> {
        Ok(Json::Integer(value.into()))
    }

    fn visit_i128<E>(self, value: i128) -> Result<Json, E> {
        Ok(Json::Integer(value))
    }

    fn visit_f64<E>(self, value: f64) -> Result<Json, E> {
        Ok(Json::Float(value))
    }

    fn visit_str<E: Error>(self, value: &str) -> Result<Json, E> {
        self.budget.take(value.len()).map_err(E::custom)?;
        Ok(Json::text(value))
    }

    fn visit_string<E: Error>(self, value: String) -> Result<Json, E> {
        self.budget.take(value.capacity()).map_err(E::custom)?;
        Ok(Json::Text(value))
    }

    fn visit_seq<A: SeqAccess<'de>>(mut self, mut items: A) -> Result<Json, A::Error> {
        self.check_depth()?;
        let mut list = Vec::new();
        loop {
            match items.next_element_seed(self.inner()) {
                Ok(Some(item)) => {
                    let pushed = self.budget.push(&mut list, item);
                    if let Err(error) = pushed {
                        return Err(Error::custom(error));
                    }
                }
                Ok(None) => return Ok(Json::List(list)),
                Err(error) => return Err(error),
            }
        }
    }

    fn visit_map<A: MapAccess<'de>>(mut self, mut map: A) -> Result<Json, A::Error> {
        let mut members = Members::new();
        loop {
            // Each match takes less of the stack than a question mark does.
            let name = match self.name(&mut map) {
                Ok(Some(name)) => name,
                Ok(None) => return Ok(Json::Object(members)),
                Err(error) => return Err(error),
            };
            match map.next_value_seed(self.inner()) {
                Ok(value) => self.push(&mut members, (name, value))?,
                Err(error) => return Err(error),
            }
        }
    }
}

/// A tree as something to be read from, with the errors of the format that it was read from.
#[derive(Debug)]
pub(super) struct Replay<E> {
    json: Json,
    error: PhantomData<fn() -> E>,
}

impl<'de, E: Error> IntoDeserializer<'de, E> for Json {
    type Deserializer = Replay<E>;

    fn into_deserializer(self) -> Replay<E> {
        Replay {
            json: self,
            error: PhantomData,
        }
    }
}

/// Members as something to be read from.
pub(super) fn replay<'de, E: Error>(members: Members) -> impl MapAccess<'de, Error = E> {
    MapDeserializer::new(members.into_iter())
}

impl<'de, E: Error> Deserializer<'de> for Replay<E> {
    type Error = E;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, E> {
        match self.json {
            Json::Null => visitor.visit_unit(),
            Json::Bool(value) => visitor.visit_bool(value),
            Json::Integer(value) => match (i64::try_from(value), u64::try_from(value)) {
                (Ok(value), _) => visitor.visit_i64(value),
                (_, Ok(value)) => visitor.visit_u64(value),
                _ => visitor.visit_i128(value),
            },
            Json::Float(value) => visitor.visit_f64(value),
            Json::Text(value) => visitor.visit_string(value),
            Json::List(items) => visitor.visit_seq(SeqDeserializer::new(items.into_iter())),
            Json::Object(members) => visitor.visit_map(replay(members)),
        }
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, E> {
        match self.json {
            Json::Null => visitor.visit_none(),
            _ => visitor.visit_some(self),
        }
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(
        self,
        name: &'static str,
        visitor: V,
    ) -> Result<V::Value, E> {
        if name != TREE {
            return self.deserialize_any(visitor);
        }
        HANDED_OVER.set(Some(self.json));
        visitor.visit_newtype_struct(IntoDeserializer::<E>::into_deserializer(Json::Null))
    }

    forward_to_deserialize_any! {
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string bytes byte_buf unit
        unit_struct seq tuple tuple_struct map struct enum identifier
        ignored_any
    }
}

impl Serialize for Json {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Null => serializer.serialize_unit(),
            Self::Bool(value) => serializer.serialize_bool(*value),
            Self::Integer(value) => match (i64::try_from(*value), u64::try_from(*value)) {
                (Ok(value), _) => serializer.serialize_i64(value),
                (_, Ok(value)) => serializer.serialize_u64(value),
                _ => serializer.serialize_i128(*value),
            },
            Self::Float(value) => serializer.serialize_f64(*value),
            Self::Text(value) => serializer.serialize_str(value),
            Self::List(items) => serializer.collect_seq(items),
            Self::Object(members) => {
                let mut map = serializer.serialize_map(Some(members.len()))?;
                for (name, value) in members {
                    map.serialize_entry(name, value)?;
                }
                map.end()
            }
        }
    }
}

impl From<Cow<'_, str>> for Json {
    fn from(text: Cow<'_, str>) -> Self {
        Self::Text(text.into_owned())
    }
}
