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
    /// The data object with this wire name.
    #[must_use]
    pub fn data_object(&self, name: &str) -> Option<&'static TypeInfo> {
        self.data_objects
            .binary_search_by(|link| link.get().name().cmp(name))
            .ok()
            .map(|index| self.data_objects[index].get())
    }

    /// The enum with this wire name.
    #[must_use]
    pub fn enumeration(&self, name: &str) -> Option<&'static EnumInfo> {
        self.enums
            .binary_search_by(|info| info.name().cmp(name))
            .ok()
            .map(|index| self.enums[index])
    }
}
