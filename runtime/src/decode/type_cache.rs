//! The types that a response names: few, each of them many times.

use crate::erased::TypeLink;
use crate::service::TypeRegistry;
use crate::xml::scan::{mixed, same};

/// Remembers which types have a name, so that not every object has to search thousands of them.
#[derive(Debug)]
pub(super) struct TypeCache {
    types: &'static TypeRegistry,
    /// What was found last of the names with this hash; empty where nothing was.
    found: [&'static [TypeLink]; SLOTS],
}

/// More than the types of most responses, and few enough to be set up in no time.
const SLOTS: usize = 256;

impl TypeCache {
    pub(super) fn new(types: &'static TypeRegistry) -> Self {
        Self {
            types,
            found: [&[]; SLOTS],
        }
    }

    /// All types.
    pub(super) fn types(&self) -> &'static TypeRegistry {
        self.types
    }

    /// The data objects with this wire name, one in each namespace that has one.
    pub(super) fn data_objects_named(&mut self, name: &[u8]) -> &'static [TypeLink] {
        let found = &mut self.found[slot(name)];
        let is_it = |link: &TypeLink| same(link.get().name().as_bytes(), name);
        if !found.first().is_some_and(is_it) {
            *found = match std::str::from_utf8(name) {
                Ok(name) => self.types.links_named(name),
                Err(_) => &[],
            };
        }
        found
    }
}

/// Where the types of this name are looked for.
fn slot(name: &[u8]) -> usize {
    mixed(name) % SLOTS
}
