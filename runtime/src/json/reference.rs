//! References, which have members of their own.

use std::fmt;

use serde_core::de::{DeserializeSeed, Deserializer, Error, MapAccess, Visitor};

use super::key::{Key, NameLimit, ReadKey};
use super::names::VALUE;
use super::skip::Skip;
use crate::reference::ManagedObjectReference;

/// The members of a reference, as far as they were read.
#[derive(Debug, Default)]
pub(super) struct Parts {
    type_name: Option<String>,
    value: Option<String>,
    server_guid: Option<String>,
}

impl Parts {
    /// Reads what is left of an object.
    pub(super) fn read<'de, A: MapAccess<'de>>(
        &mut self,
        map: &mut A,
        depth_left: usize,
    ) -> Result<(), A::Error> {
        self.read_at(Level::Outer, map, depth_left)
    }

    fn read_at<'de, A: MapAccess<'de>>(
        &mut self,
        level: Level,
        map: &mut A,
        depth_left: usize,
    ) -> Result<(), A::Error> {
        // Longer ones are unknown, as all others are.
        let limit = NameLimit::without_namespace("serverGuid".len());
        while let Some(key) = map.next_key_seed(ReadKey { limit })? {
            match key {
                Key::Other(name) if name == "type" => self.type_name = map.next_value()?,
                Key::Other(name) if name == "value" => self.value = map.next_value()?,
                Key::Other(name) if name == "serverGuid" => self.server_guid = map.next_value()?,
                Key::Other(name) if name == VALUE && level == Level::Outer => {
                    map.next_value_seed(ReadParts {
                        parts: self,
                        depth_left,
                    })?;
                }
                _ => {
                    map.next_value_seed(Skip { depth_left })?;
                }
            }
        }
        Ok(())
    }

    /// The reference, if there was a value.
    pub(super) fn into_reference(self) -> Option<ManagedObjectReference> {
        let type_name = self.type_name.unwrap_or_default();
        let guid = self.server_guid.as_deref();
        let value = self.value?;
        Some(ManagedObjectReference::with_server_guid(
            &type_name, &value, guid,
        ))
    }
}

/// Where the members stand.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Level {
    Outer,
    Value,
}

/// Reads the members of an object in `_value`: so the vendor's documentation has it.
struct ReadParts<'p> {
    parts: &'p mut Parts,
    depth_left: usize,
}

impl<'de> DeserializeSeed<'de> for ReadParts<'_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        // The error that is made of a text where a map is asked for holds the text.
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for ReadParts<'_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object with `type` and `value`")
    }

    fn visit_str<E: Error>(self, _: &str) -> Result<(), E> {
        Err(E::custom(
            "expected an object with `type` and `value`, found a text",
        ))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<(), A::Error> {
        self.parts.read_at(Level::Value, &mut map, self.depth_left)
    }
}
