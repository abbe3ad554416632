//! Data objects, enumerations, arrays, and what their fields hold.

use std::collections::BTreeSet;

use serde::Serialize;

use super::{ArrayId, DataObjectId, EnumerationId, ManagedObjectId, NamespaceId};
use crate::source::Position;

/// An XML namespace.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Namespace {
    /// Its URI, such as `urn:vim25`.
    pub uri: String,
    /// A short name made from the URI, such as `vim25`, unique in the model and fit for a Rust module.
    pub short: String,
    /// The namespaces whose definitions its own may name: itself, those that its definitions name, and those that
    /// these see in turn. What is not among them makes no difference to its code.
    pub sees: BTreeSet<NamespaceId>,
}

/// A structure with named, ordered fields after those of its base.
#[derive(Debug, Clone)]
pub struct DataObject {
    /// The wire name.
    pub name: String,
    /// The namespace of its name and of its elements.
    pub namespace: NamespaceId,
    /// The data object that it extends.
    pub base: Option<DataObjectId>,
    /// Whether it is a fault, an event, or neither.
    pub family: Family,
    /// The namespaces that have a data object which extends it directly.
    pub extended_in: BTreeSet<NamespaceId>,
    /// Whether types of other services extend it directly, which may not be in the model, where the catalogue says so.
    pub open: bool,
    /// How many of the data objects that extend it directly a slice has left out.
    pub subtypes_left_out: usize,
    /// Its own fields in wire order; those of the base come before them.
    pub fields: Vec<Field>,
    /// Its name in VMODL, such as `vim.AboutInfo`, where the catalogue gives it.
    pub vmodl: Option<String>,
    /// The API version that introduced it, where the catalogue gives it.
    pub since: Option<String>,
    /// Where it is defined.
    pub position: Position,
}

/// What a data object is, by the root of its inheritance.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Family {
    /// Neither fault nor event.
    Data,
    /// `MethodFault` or a descendant of it.
    Fault,
    /// `Event` or a descendant of it.
    Event,
}

/// A field of a data object, a property of a managed object, or a parameter of an operation.
#[derive(Debug, Clone)]
pub struct Field {
    /// The wire name.
    pub name: String,
    /// What it holds.
    pub shape: Shape,
    /// The API version that introduced it, where the catalogue gives it.
    pub since: Option<String>,
    /// The privilege that reading it or passing it needs, where the catalogue gives one.
    pub privilege: Option<String>,
    /// Whether it holds a secret, such as a password. Where no catalog tells, its name does.
    pub secret: bool,
    /// Where it is defined; nothing for a property, which only the catalogue knows.
    pub position: Option<Position>,
}

/// A type and how often it occurs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Shape {
    /// The type of the value, or of each of the values.
    pub of: TypeRef,
    /// Whether it may be absent (`minOccurs="0"`).
    pub optional: bool,
    /// Whether it may occur many times (`maxOccurs="unbounded"`).
    pub list: bool,
}

/// A resolved reference to a type.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum TypeRef {
    /// A builtin of XML Schema.
    Scalar(Scalar),
    /// `xsd:anyType`: whatever the `xsi:type` says.
    Any,
    /// A `ManagedObjectReference`, to this managed object or a descendant of it where the catalogue says so.
    Reference(Option<ManagedObjectId>),
    /// A data object or, unless it is sealed, a descendant of it.
    DataObject(DataObjectId),
    /// An enumeration.
    Enumeration(EnumerationId),
    /// An `ArrayOfX` named as the type of a field: one element holding many.
    Array(ArrayId),
}

/// The builtins of XML Schema that the dialect has.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Scalar {
    /// `xsd:string`
    String,
    /// `xsd:boolean`
    Boolean,
    /// `xsd:byte`, signed
    Byte,
    /// `xsd:short`
    Short,
    /// `xsd:int`
    Int,
    /// `xsd:long`
    Long,
    /// `xsd:float`
    Float,
    /// `xsd:double`
    Double,
    /// `xsd:dateTime`
    DateTime,
    /// `xsd:base64Binary`
    Base64Binary,
    /// `xsd:anyURI`
    AnyUri,
}

impl Scalar {
    /// All of them.
    pub const ALL: [Self; 11] = [
        Self::String,
        Self::Boolean,
        Self::Byte,
        Self::Short,
        Self::Int,
        Self::Long,
        Self::Float,
        Self::Double,
        Self::DateTime,
        Self::Base64Binary,
        Self::AnyUri,
    ];

    /// The name in XML Schema, without prefix.
    pub fn xsd_name(self) -> &'static str {
        match self {
            Self::String => "string",
            Self::Boolean => "boolean",
            Self::Byte => "byte",
            Self::Short => "short",
            Self::Int => "int",
            Self::Long => "long",
            Self::Float => "float",
            Self::Double => "double",
            Self::DateTime => "dateTime",
            Self::Base64Binary => "base64Binary",
            Self::AnyUri => "anyURI",
        }
    }

    /// The builtin of a name in XML Schema.
    pub fn from_xsd_name(name: &str) -> Option<Self> {
        Self::ALL
            .into_iter()
            .find(|scalar| scalar.xsd_name() == name)
    }
}

/// A string type with listed values. Servers send others too.
#[derive(Debug, Clone)]
pub struct Enumeration {
    /// The wire name.
    pub name: String,
    /// The namespace of its name.
    pub namespace: NamespaceId,
    /// The values in the order of the schema.
    pub values: Vec<EnumerationValue>,
    /// Its name in VMODL, where the catalogue gives it.
    pub vmodl: Option<String>,
    /// The API version that introduced it, where the catalogue gives it.
    pub since: Option<String>,
    /// Where it is defined.
    pub position: Position,
}

/// A value of an enumeration.
#[derive(Debug, Clone)]
pub struct EnumerationValue {
    /// As it stands on the wire.
    pub value: String,
    /// Where it is defined.
    pub position: Position,
}

/// An `ArrayOfX`: how the wire names a list of X inside an `anyType`.
#[derive(Debug, Clone)]
pub struct ArrayType {
    /// The wire name, such as `ArrayOfString`.
    pub name: String,
    /// The namespace of its name and of its elements.
    pub namespace: NamespaceId,
    /// The name of each element, such as `string`.
    pub element: String,
    /// The type of each element.
    pub of: TypeRef,
    /// Where it is defined.
    pub position: Position,
}

/// A definition that was read and has no counterpart in Rust.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct SetAside {
    /// What it is and its name, such as ``element `versionURI` ``.
    pub what: String,
    /// Why nothing is made of it.
    pub reason: &'static str,
}
