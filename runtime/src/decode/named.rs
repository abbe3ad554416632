//! Types by the names that servers send.
//!
//! The local part decides, because servers are careless with prefixes; the namespace does only
//! between types that share it.

use super::leaf::Leaf;
use super::type_cache::TypeCache;
use crate::any::AnyArray;
use crate::erased::{EnumInfo, Kind, TypeInfo, TypeLink};
use crate::service::{Service, TypeRegistry};
use crate::xml::name::split_name;
use crate::xml::reader::Reader;
use crate::xml::scan::same;

/// The declared type or a subtype of it; `None` where the name is that of neither.
pub(super) fn subtype(
    types: &mut TypeCache,
    declared: &'static TypeInfo,
    name: &[u8],
    reader: &Reader,
) -> Option<&'static TypeInfo> {
    let local = split_name(name).1;
    let is_declared = same(local, declared.name().as_bytes());
    let found = types.data_objects_named(local);
    if let [only] = found {
        let only = only.get();
        if std::ptr::eq(only, declared) || !is_declared && only.is_a(declared) {
            return Some(only);
        }
    }
    let namespace = reader.resolve(name).0;
    if is_declared && namespace.is_none_or(|given| given == declared.service().namespace) {
        return Some(declared);
    }
    let subtypes = found.iter().map(|link| link.get());
    best(
        subtypes.filter(|info| info.is_a(declared)),
        TypeInfo::service,
        namespace,
    )
}

/// What an element that may be of any type holds.
pub(super) enum NamedType {
    Object(&'static TypeInfo),
    Reference,
    List(AnyArray),
    Leaf(Leaf),
    Unknown,
}

impl NamedType {
    pub(super) fn of(types: &mut TypeCache, name: &[u8], reader: &Reader) -> Self {
        let (namespace, local) = reader.resolve(name);
        let Ok(local) = std::str::from_utf8(local) else {
            return Self::Unknown;
        };
        let in_schema = reader.is_schema_name(name);
        if !in_schema {
            if let Some(info) = object(types, local, namespace) {
                return Self::Object(info);
            }
            if local == Kind::Reference.wire_name() {
                return Self::Reference;
            }
            if let Some(info) = enumeration(types.types(), local, namespace) {
                return Self::Leaf(Leaf::AnyEnum(info));
            }
            let item = local.strip_prefix("ArrayOf");
            if let Some(list) = item.and_then(|item| empty_array(types, item, namespace)) {
                return Self::List(list);
            }
        }
        // Some servers leave out the prefix of a schema type, or its declaration, so a bare name
        // may be one too.
        let is_bare = !name.contains(&b':') || namespace.is_none();
        match Leaf::of_schema(local) {
            Some(leaf) if in_schema || is_bare => Self::Leaf(leaf),
            _ => Self::Unknown,
        }
    }
}

/// An empty `ArrayOf` this.
fn empty_array(types: &mut TypeCache, item: &str, namespace: Option<&str>) -> Option<AnyArray> {
    if let Some(array) = AnyArray::of_shared_type(item) {
        return Some(array);
    }
    let kind = match object(types, item, namespace) {
        Some(info) => Kind::Dyn(TypeLink::to(info)),
        None => Kind::Enum(enumeration(types.types(), item, namespace)?),
    };
    Some(AnyArray::with_kind(kind))
}

fn object(types: &mut TypeCache, name: &str, namespace: Option<&str>) -> Option<&'static TypeInfo> {
    let found = types.data_objects_named(name.as_bytes()).iter();
    best(found.map(|link| link.get()), TypeInfo::service, namespace)
}

fn enumeration(
    types: &TypeRegistry,
    name: &str,
    namespace: Option<&str>,
) -> Option<&'static EnumInfo> {
    best(types.enumerations_named(name), EnumInfo::service, namespace)
}

/// That of the namespace, or else any.
pub(super) fn best<T: Copy>(
    found: impl Iterator<Item = T>,
    service: impl Fn(T) -> &'static Service,
    namespace: Option<&str>,
) -> Option<T> {
    let mut any = None;
    for item in found {
        if namespace == Some(service(item).namespace) {
            return Some(item);
        }
        any = any.or(Some(item));
    }
    any
}
