//! A JSON object as a list of named members.

use std::collections::BTreeMap;
use std::fmt;
use std::marker::PhantomData;

use serde::de::{Deserialize, Deserializer, Error, MapAccess, Visitor};

/// The members of a JSON object in their order. Unlike a map, it refuses a name that stands twice.
#[derive(Debug)]
pub(crate) struct Named<T> {
    members: Vec<(String, T)>,
    index: BTreeMap<String, usize>,
}

impl<T> Named<T> {
    /// The member of a name.
    pub(crate) fn get(&self, name: &str) -> Option<&T> {
        self.index
            .get(name)
            .and_then(|index| self.members.get(*index))
            .map(|(_, member)| member)
    }

    /// All members in the order of the file.
    pub(crate) fn iter(&self) -> impl Iterator<Item = (&str, &T)> {
        self.members
            .iter()
            .map(|(name, member)| (name.as_str(), member))
    }
}

impl<T> Default for Named<T> {
    fn default() -> Self {
        Self {
            members: Vec::new(),
            index: BTreeMap::new(),
        }
    }
}

impl<'de, T: Deserialize<'de>> Deserialize<'de> for Named<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_map(NamedVisitor(PhantomData))
    }
}

struct NamedVisitor<T>(PhantomData<T>);

impl<'de, T: Deserialize<'de>> Visitor<'de> for NamedVisitor<T> {
    type Value = Named<T>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object of named members")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
        let mut named = Named::default();
        while let Some(name) = map.next_key::<String>()? {
            if named
                .index
                .insert(name.clone(), named.members.len())
                .is_some()
            {
                return Err(A::Error::custom(format_args!("`{name}` stands twice")));
            }
            named.members.push((name, map.next_value()?));
        }
        Ok(named)
    }
}
