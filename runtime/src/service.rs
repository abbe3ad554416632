//! A vSphere web service as data: its namespace, version, endpoint and types.

use crate::erased::{EnumInfo, TypeInfo, TypeLink};

/// One web service, such as `vim25`.
#[derive(Debug)]
pub struct Service {
    /// The short name, also used as namespace prefix: `vim25`.
    pub name: &'static str,
    /// The XML namespace of its types and operations: `urn:vim25`.
    pub namespace: &'static str,
    /// The newest API version that the description covers: `9.1.1.0`.
    pub version: &'static str,
    /// The path of its endpoint: `/sdk`.
    pub endpoint: &'static str,
    /// The API versions that introduced something, oldest first; [`Since`] counts in it.
    pub versions: &'static [&'static str],
}

impl Service {
    /// The name of the API version, or the empty string where it is not known.
    #[must_use]
    pub fn version_name(&self, since: Since) -> &'static str {
        self.versions
            .get(usize::from(since.0))
            .copied()
            .unwrap_or_default()
    }
}

/// The API version that introduced something, as an index into [`Service::versions`].
///
/// Later versions compare greater.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Since(pub u8);

impl Since {
    /// For types read from a WSDL without a catalogue: not known.
    pub const UNKNOWN: Self = Self(u8::MAX);
}

/// All types of a service, for decoding values that may be of any type.
///
/// This is the one table that refers to every type; only what decodes `xsd:anyType` needs it.
#[derive(Debug)]
pub struct TypeRegistry {
    /// The service whose types these are.
    pub service: &'static Service,
    /// Every data object, sorted by wire name.
    pub data_objects: &'static [TypeLink],
    /// Every enum, sorted by wire name.
    pub enums: &'static [&'static EnumInfo],
}

impl TypeRegistry {
    /// The data object with this wire name; of several in different namespaces, any.
    #[must_use]
    pub fn data_object(&self, name: &str) -> Option<&'static TypeInfo> {
        self.data_objects_named(name).next()
    }

    /// The data objects with this wire name, one in each namespace that has one.
    pub fn data_objects_named(&self, name: &str) -> impl Iterator<Item = &'static TypeInfo> {
        self.links_named(name).iter().map(|link| link.get())
    }

    /// Links to the data objects with this wire name.
    pub(crate) fn links_named(&self, name: &str) -> &'static [TypeLink] {
        named(self.data_objects, |link| link.get().name(), name)
    }

    /// The enum with this wire name; of several in different namespaces, any.
    #[must_use]
    pub fn enumeration(&self, name: &str) -> Option<&'static EnumInfo> {
        self.enumerations_named(name).next()
    }

    /// The enums with this wire name, one in each namespace that has one.
    pub fn enumerations_named(&self, name: &str) -> impl Iterator<Item = &'static EnumInfo> {
        named(self.enums, |info| info.name(), name).iter().copied()
    }
}

/// The part of a list sorted by name that has this one.
fn named<T>(
    sorted: &'static [T],
    name_of: impl Fn(&T) -> &'static str,
    name: &str,
) -> &'static [T] {
    let found = sorted.binary_search_by(|item| name_of(item).cmp(name));
    let Ok(at) = found else { return &[] };
    let is_same = |item: &&T| name_of(item) == name;
    let before = sorted[..at].iter().rev().take_while(is_same).count();
    let after = sorted[at..].iter().take_while(is_same).count();
    &sorted[at - before..at + after]
}
