//! Encodes, calls and decodes the vSphere SOAP protocol for generated types.
//!
//! Generated crates are tables over this one: see [`erased`] for how a type is described, and
//! [`Call`] for how an operation is called.

mod any;
mod any_list;
mod budget;
mod call;
mod children;
mod connection;
pub mod decode;
mod element;
mod encode;
pub mod erased;
mod error;
mod extra;
mod fault;
pub mod generated;
#[cfg(any(feature = "json", feature = "serde"))]
pub mod json;
mod kept;
mod level;
mod lexical;
mod managed;
mod one_line;
mod operation;
mod pace;
mod protocol;
mod raw_body;
mod reference;
pub mod reflect;
mod routes;
mod service;
pub mod shown;
mod surrogates;
pub mod transport;
mod wiped;
mod xml;

pub use any::{Any, AnyArray, AnyEnum, EnumArray, ObjectArray};
pub use any_list::AnyList;
pub use call::{Call, CallResult, PendingTask};
pub use children::Children;
pub use chrono;
pub use connection::Connection;
pub use element::{Element, Node, QualifiedName};
pub use encode::{EncodeError, EncodeErrorKind, to_xml};
pub use erased::{AnyObject, DataObject, Dyn, IsA};
pub use error::{Error, ErrorKind};
pub use extra::Extra;
pub use fault::{Fault, FaultDetail, FaultMessage, find_fault};
pub use lexical::binary::Binary;
pub use lexical::date_time::DateTime;
pub use managed::{ManagedObject, ManagedType, PropertyInfo, Stub};
pub use operation::{Argument, OperationInfo, ParameterInfo};
pub use protocol::Protocol;
pub use raw_body::RawBody;
pub use reference::{ManagedObjectReference, MoRef};
pub use service::{Service, Since, TypeRegistry};
pub use xml::XmlError;

/// Without the feature `serde` the macros for generated types implement none of its traits.
#[cfg(not(feature = "serde"))]
#[doc(hidden)]
#[macro_export]
macro_rules! json_of_data_object {
    ($name:ident) => {};
}

/// As above.
#[cfg(not(feature = "serde"))]
#[doc(hidden)]
#[macro_export]
macro_rules! json_of_enum {
    ($name:ident) => {};
}
