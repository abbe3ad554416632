//! Formats other than JSON, which may nest what they put around values without an end.

use std::fmt;

use serde_core::de::value::{Error, MapDeserializer, SeqDeserializer, StrDeserializer};
use serde_core::de::{DeserializeSeed, Deserializer, IntoDeserializer, Visitor};
use serde_core::{Deserialize, forward_to_deserialize_any};
use vmomi_runtime::json::Seed;
use vmomi_runtime::{Any, Dyn, ManagedObjectReference};

use super::on_a_small_stack;
use crate::support::*;

/// What contains itself without an end.
#[derive(Clone, Copy, Debug)]
enum Endless {
    Some,
    Newtype,
    List,
    /// Of objects, each in a member with this name.
    Object(&'static str),
}

const ENDLESS: [Endless; 7] = [
    Endless::Some,
    Endless::Newtype,
    Endless::List,
    Endless::Object("future"),
    Endless::Object("content"),
    Endless::Object("value"),
    Endless::Object("_value"),
];

impl<'de> IntoDeserializer<'de, Error> for Endless {
    type Deserializer = Self;

    fn into_deserializer(self) -> Self {
        self
    }
}

impl<'de> Deserializer<'de> for Endless {
    type Error = Error;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        match self {
            Self::Some => visitor.visit_some(self),
            Self::Newtype => visitor.visit_newtype_struct(self),
            Self::List => visitor.visit_seq(SeqDeserializer::new(std::iter::once(self))),
            Self::Object(name) => {
                visitor.visit_map(MapDeserializer::new(std::iter::once((name, self))))
            }
        }
    }

    forward_to_deserialize_any! {
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string bytes byte_buf option
        unit unit_struct newtype_struct seq tuple tuple_struct map struct enum identifier
        ignored_any
    }
}

/// An object with the name of its type and one member more, before or after it.
struct Typed {
    name: &'static str,
    member: (&'static str, Endless),
    is_late: bool,
}

enum Part {
    Name(&'static str),
    Value(Endless),
}

impl<'de> IntoDeserializer<'de, Error> for Part {
    type Deserializer = Self;

    fn into_deserializer(self) -> Self {
        self
    }
}

impl<'de> Deserializer<'de> for Part {
    type Error = Error;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        match self {
            Self::Name(name) => StrDeserializer::new(name).deserialize_any(visitor),
            Self::Value(value) => value.deserialize_any(visitor),
        }
    }

    forward_to_deserialize_any! {
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string bytes byte_buf option
        unit unit_struct newtype_struct seq tuple tuple_struct map struct enum identifier
        ignored_any
    }
}

impl<'de> Deserializer<'de> for Typed {
    type Error = Error;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        let mut members = vec![
            ("_typeName", Part::Name(self.name)),
            (self.member.0, Part::Value(self.member.1)),
        ];
        if self.is_late {
            members.reverse();
        }
        visitor.visit_map(MapDeserializer::new(members.into_iter()))
    }

    forward_to_deserialize_any! {
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string bytes byte_buf option
        unit unit_struct newtype_struct seq tuple tuple_struct map struct enum identifier
        ignored_any
    }
}

fn assert_refused<T>(read: Result<T, Error>, what: impl fmt::Debug) {
    match read {
        Ok(_) => panic!("{what:?} has no end"),
        Err(error) => assert!(!error.to_string().is_empty(), "{what:?}"),
    }
}

#[test]
fn what_has_no_end_is_refused_as_a_value() {
    on_a_small_stack(|| {
        for endless in ENDLESS {
            assert_refused(Any::deserialize(endless), endless);
            assert_refused(Tree::deserialize(endless), endless);
            assert_refused(Seed::<Any>::new(&TYPES).deserialize(endless), endless);
            assert_refused(Seed::<Vec<Any>>::new(&TYPES).deserialize(endless), endless);
            assert_refused(ManagedObjectReference::deserialize(endless), endless);
        }
    });
}

#[test]
fn what_has_no_end_is_refused_as_a_member() {
    on_a_small_stack(|| {
        let members = [
            "_value",
            "content",
            "value",
            "children",
            "future",
            "_typeName",
        ];
        for (name, endless, member, is_late) in ["Tree", "Future", "ArrayOfTree", "int"]
            .into_iter()
            .flat_map(|name| ENDLESS.map(|endless| (name, endless)))
            .flat_map(|(name, endless)| members.map(|member| (name, endless, member)))
            .flat_map(|(name, endless, member)| {
                [true, false].map(|is_late| (name, endless, member, is_late))
            })
        {
            let typed = || Typed {
                name,
                member: (member, endless),
                is_late,
            };
            let what = (name, endless, member, is_late);
            // Passed over, kept as a tree, or taken for the name of a type.
            assert_refused(Seed::<Any>::new(&TYPES).deserialize(typed()), what);
            assert_refused(Dyn::<DynamicData>::deserialize(typed()), what);
            assert_refused(Any::deserialize(typed()), what);
        }
    });
}

/// Of CBOR, with a deserializer that limits depth itself, but at twice ours.
#[test]
fn arrays_in_arrays_without_an_end() {
    on_a_small_stack(|| {
        for open in [&b"\x81"[..], b"\xa1\x66future", b"\xa1\x65value"] {
            for depth in [100, 127, 129, 250, 100_000] {
                let bytes = [&open.repeat(depth)[..], b"\x01"].concat();
                let read = ciborium::from_reader::<Any, _>(&bytes[..]);
                assert_eq!(read.is_ok(), depth < 128, "{depth}");
                let _ = ciborium::from_reader::<Tree, _>(&bytes[..]);
            }
        }
    });
}
