//! How JSON names types.

use std::borrow::Cow;
use std::sync::Arc;

use crate::any::{Any, AnyArray};
use crate::element::QualifiedName;
use crate::erased::{EnumInfo, Kind, TypeInfo, TypeLink};
use crate::service::{Service, TypeRegistry};
use crate::xml::SCHEMA;

/// The member that names the type of an object.
pub(super) const TYPE_NAME: &str = "_typeName";
/// The member that holds what is no object, beside the name of its type.
pub(super) const VALUE: &str = "_value";
/// The member that holds XML which has no plain form in JSON.
pub(super) const XML: &str = "_xml";
/// The member that holds the attributes of an object's element, which no type has.
pub(super) const ATTRIBUTES: &str = "_attributes";
/// The type of references.
pub(super) const REFERENCE: &str = "ManagedObjectReference";

/// How a value of a type of XML Schema is read.
#[derive(Clone, Copy, Debug)]
pub(super) enum Scalar {
    Of(Kind),
    Uri,
}

/// The scalars by name. What comes first for a type is what is written; the others are names that
/// descriptions of the protocol give besides.
const SCALARS: [(&str, &str, Scalar); 12] = [
    ("boolean", "boolean", Scalar::Of(Kind::Bool)),
    ("byte", "byte", Scalar::Of(Kind::Byte)),
    ("short", "short", Scalar::Of(Kind::Short)),
    ("int", "int", Scalar::Of(Kind::Int)),
    ("long", "long", Scalar::Of(Kind::Long)),
    ("float", "float", Scalar::Of(Kind::Float)),
    ("double", "double", Scalar::Of(Kind::Double)),
    ("string", "string", Scalar::Of(Kind::String)),
    ("dateTime", "dateTime", Scalar::Of(Kind::DateTime)),
    ("anyURI", "anyURI", Scalar::Uri),
    ("binary", "base64Binary", Scalar::Of(Kind::Binary)),
    ("base64Binary", "base64Binary", Scalar::Of(Kind::Binary)),
];

/// The scalar with this name.
pub(super) fn scalar(name: &str) -> Option<Scalar> {
    let found = SCALARS.iter().find(|(json, _, _)| *json == name);
    found.map(|(_, _, scalar)| *scalar)
}

/// The name in XML Schema of the scalar with this name in JSON.
pub(super) fn schema_name(name: &str) -> Option<&'static str> {
    let found = SCALARS.iter().find(|(json, _, _)| *json == name);
    found.map(|(_, schema, _)| *schema)
}

/// The name in JSON of the scalar with this name in XML Schema.
pub(super) fn of_schema(name: &str) -> Option<&'static str> {
    let found = SCALARS.iter().find(|(_, schema, _)| *schema == name);
    found.map(|(json, _, _)| *json)
}

/// The name of the type of a scalar or an enumerated value.
pub(super) fn of_scalar(any: &Any) -> Cow<'static, str> {
    let name = any.type_name();
    match name.strip_prefix("xsd:").and_then(of_schema) {
        Some(name) => name.into(),
        None => name,
    }
}

/// The name of the type of an array.
pub(super) fn of_array(array: &AnyArray) -> String {
    match array {
        AnyArray::Binary(_) => "ArrayOfBinary".to_owned(),
        array => array.type_name(),
    }
}

/// What a value that may be of any type holds.
pub(super) enum NamedType {
    Object(&'static TypeInfo),
    Reference,
    Enum(&'static EnumInfo),
    Scalar(Scalar),
    List(AnyArray),
    Unknown,
}

impl NamedType {
    pub(super) fn of(types: &TypeRegistry, name: &str) -> Self {
        if let Some(info) = data_object(types, name) {
            return Self::Object(info);
        }
        if name == REFERENCE {
            return Self::Reference;
        }
        if let Some(info) = enumeration(types, name) {
            return Self::Enum(info);
        }
        if let Some(scalar) = scalar(name) {
            return Self::Scalar(scalar);
        }
        let items = name.strip_prefix("ArrayOf");
        match items.and_then(|item| array(types, item)) {
            Some(array) => Self::List(array),
            None => Self::Unknown,
        }
    }
}

/// An empty `ArrayOf` this. No items are arrays themselves, so one prefix is taken off a name, and
/// not as many as a server puts there.
fn array(types: &TypeRegistry, item: &str) -> Option<AnyArray> {
    // Two names differ from those of XML Schema, by which some call them all the same.
    let shared = match item {
        "Binary" => "Base64Binary",
        "URI" => "AnyURI",
        item => item,
    };
    if let Some(array) = AnyArray::of_shared_type(shared) {
        return Some(array);
    }
    let kind = match data_object(types, item) {
        Some(info) => Kind::Dyn(TypeLink::to(info)),
        None => Kind::Enum(enumeration(types, item)?),
    };
    Some(AnyArray::with_kind(kind))
}

fn data_object(types: &TypeRegistry, name: &str) -> Option<&'static TypeInfo> {
    of_service(types, types.data_objects_named(name), TypeInfo::service)
}

fn enumeration(types: &TypeRegistry, name: &str) -> Option<&'static EnumInfo> {
    of_service(types, types.enumerations_named(name), EnumInfo::service)
}

/// The declared type or a subtype of it; `None` where the name is that of neither.
pub(super) fn subtype(
    types: &TypeRegistry,
    declared: &'static TypeInfo,
    name: &str,
) -> Option<&'static TypeInfo> {
    if name == declared.name() {
        return Some(declared);
    }
    let named = types.data_objects_named(name);
    of_service(
        types,
        named.filter(|info| info.is_a(declared)),
        TypeInfo::service,
    )
}

/// JSON has no namespaces, so of several types with one name it is that of the service itself, or
/// else any.
fn of_service<T: Copy>(
    types: &TypeRegistry,
    found: impl Iterator<Item = T>,
    service: impl Fn(T) -> &'static Service,
) -> Option<T> {
    let mut any = None;
    for item in found {
        if service(item).namespace == types.service.namespace {
            return Some(item);
        }
        any = any.or(Some(item));
    }
    any
}

/// A name with its namespace where that is not the one expected: `{urn:pbm}PbmProfile`.
pub(super) fn qualified<'n>(name: &'n QualifiedName, expected: &str) -> Cow<'n, str> {
    match &*name.namespace {
        namespace if namespace == expected && !name.local.starts_with('{') => {
            Cow::Borrowed(&name.local)
        }
        namespace => {
            // The name itself may hold a brace; a type's can be any text.
            let namespace = namespace.replace('%', "%25").replace('}', "%7D");
            format!("{{{namespace}}}{}", name.local).into()
        }
    }
}

/// The name that [`qualified`] wrote.
pub(super) fn parse_qualified(text: &str, expected: &Arc<str>) -> QualifiedName {
    let parts = text.strip_prefix('{').and_then(|text| text.split_once('}'));
    let (namespace, local) = match parts {
        Some((namespace, local)) => {
            let namespace = namespace.replace("%7D", "}").replace("%25", "%");
            (namespace.into(), local)
        }
        None => (Arc::clone(expected), text),
    };
    QualifiedName {
        namespace,
        local: local.into(),
    }
}

/// A type of XML Schema.
pub(super) fn in_schema(local: &str) -> QualifiedName {
    QualifiedName {
        namespace: SCHEMA.into(),
        local: local.into(),
    }
}

/// Whether a member with this name has a meaning of its own.
pub(super) fn is_reserved(name: &str) -> bool {
    matches!(name, TYPE_NAME | VALUE | XML | ATTRIBUTES)
}
