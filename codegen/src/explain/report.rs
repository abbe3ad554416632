//! What is told of something, as values.

use serde::Serialize;

use crate::kind::Kind;

/// What a description says of one thing, and what leads to it. What does not apply is empty.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub struct Explanation {
    /// What it is.
    pub kind: Kind,
    /// Its wire name; of a member after that of what has it.
    pub name: String,
    /// The short name of its namespace.
    pub namespace: String,
    /// Its path in the generated code, such as `vim25::VirtualMachine::power_on_vm_task`.
    pub rust: String,
    /// Its name in VMODL.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub vmodl: Option<String>,
    /// The API version that introduced it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub since: Option<String>,
    /// The privilege that it needs.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub privilege: Option<String>,
    /// What it is a member of, and inherits it from if that is another.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub declared_by: Option<String>,
    /// What a member holds: its type on the wire, and in Rust.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub holds: Option<Type>,
    /// What it extends, the nearest first.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub extends: Vec<String>,
    /// The fields, properties or parameters: inherited ones after its own, the nearest first.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub members: Vec<Member>,
    /// The values of an enumeration.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub values: Vec<Value>,
    /// The operations of a managed object: inherited ones after its own.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub operations: Vec<Method>,
    /// What an operation gives.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub result: Option<Type>,
    /// The faults that an operation declares.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub faults: Vec<String>,
    /// What extends it, directly or not: each is followed by what extends it in turn.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub subtypes: Vec<Subtype>,
    /// What uses it: types, managed objects and operations with a member of its type.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub used_by: Vec<String>,
    /// The operations that declare it as a fault.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub fault_of: Vec<String>,
    /// The operations that take it, each with the best way from a parameter; the best first.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub taken_by: Vec<Way>,
    /// The operations that give it, each with the best way from the result; the best first.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub given_by: Vec<Way>,
    /// The properties that lead to it, each with the best path from the managed object; the best first.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub properties: Vec<Way>,
}

/// A way that leads to something.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Way {
    /// The operation or managed object that it begins at.
    pub from: String,
    /// The members that it goes by: `config.hardware.device[]`. Where a value has to be of a subtype for it to go on,
    /// that is named: `device[]<VirtualDisk>.shares`.
    pub path: String,
}

/// A type on the wire and in Rust.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Type {
    /// In words, such as `list of VirtualDevice, optional`.
    pub wire: String,
    /// As in the generated code, such as `Vec<Dyn<VirtualDevice>>`.
    pub rust: String,
}

/// A field, property or parameter.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Member {
    /// Its wire name.
    pub name: String,
    /// Its name in Rust.
    pub rust_name: String,
    /// What it holds.
    #[serde(flatten)]
    pub holds: Type,
    /// The API version that introduced it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub since: Option<String>,
    /// What it is inherited from, if it is.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub inherited_from: Option<String>,
}

/// A value of an enumeration.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Value {
    /// As it stands on the wire.
    pub value: String,
    /// The variant.
    pub rust_name: String,
}

/// An operation of a managed object.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Method {
    /// Its wire name.
    pub name: String,
    /// Its method.
    pub rust_name: String,
    /// What it is inherited from, if it is.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub inherited_from: Option<String>,
}

/// Something that extends what is explained.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Subtype {
    /// Its wire name.
    pub name: String,
    /// How many levels below a direct subtype it is. It extends the last one before it that is a level higher.
    pub depth: usize,
}
