//! Faults: what a server answers when an operation fails.

use std::fmt;

use crate::any::Any;
use crate::element::Element;
use crate::erased::{AnyObject, DataObject, ObjectRef, ValueRef};

/// How deep `faultCause` is followed. Real chains have two or three links.
const DEEPEST_CAUSE: usize = 32;

/// A fault that came in place of a response.
#[derive(Clone, Debug, PartialEq)]
pub struct Fault {
    /// The SOAP `faultcode`: `ServerFaultCode`.
    pub code: String,
    /// The SOAP `faultstring`: the server's message in the language of the session.
    pub message: String,
    /// The fault itself.
    pub detail: FaultDetail,
}

/// The typed part of a fault.
#[derive(Clone, Debug, PartialEq)]
pub enum FaultDetail {
    /// A data object that extends `MethodFault`.
    Typed(AnyObject),
    /// A fault that is not known here, as it was sent.
    Unknown(Box<Element>),
    /// The server sent no detail.
    Missing,
}

impl Fault {
    /// The wire name of the fault's type: `InvalidLogin`.
    #[must_use]
    pub fn type_name(&self) -> Option<&str> {
        match &self.detail {
            FaultDetail::Typed(fault) => {
                let extra = fault.as_object().extra().type_name();
                Some(extra.map_or(fault.type_info().name(), |name| &name.local))
            }
            FaultDetail::Unknown(element) => Some(
                element
                    .type_name
                    .as_ref()
                    .map_or(&*element.name.local, |name| &name.local),
            ),
            FaultDetail::Missing => None,
        }
    }

    /// Whether the fault, or one that caused it, is a `T` or extends it.
    #[must_use]
    pub fn is<T: DataObject>(&self) -> bool {
        self.find::<T>().is_some()
    }

    /// The fault, or the nearest one that caused it, as a `T`.
    #[must_use]
    pub fn find<T: DataObject>(&self) -> Option<&T> {
        match &self.detail {
            FaultDetail::Typed(fault) => find_fault(fault.as_object()),
            FaultDetail::Unknown(_) | FaultDetail::Missing => None,
        }
    }
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (self.type_name(), self.message.is_empty()) {
            (Some(name), false) => write!(f, "{name}: {}", self.message),
            (Some(name), true) => f.write_str(name),
            (None, false) => write!(f, "{}: {}", self.code, self.message),
            (None, true) => write!(f, "fault {}", self.code),
        }
    }
}

/// The fault, or the nearest one that caused it, as a `T`.
///
/// Works for anything that carries a fault: a `MethodFault`, a `LocalizedMethodFault` of a task
/// or of a `missingSet`.
#[must_use]
pub fn find_fault<T: DataObject>(fault: ObjectRef<'_>) -> Option<&T> {
    let mut fault = fault;
    for _ in 0..DEEPEST_CAUSE {
        if let Some(found) = fault.downcast_ref() {
            return Some(found);
        }
        // `LocalizedMethodFault` holds the fault, and a fault its cause in another of these.
        fault = match (object_in(fault, "fault"), object_in(fault, "faultCause")) {
            (Some(inner), _) | (None, Some(inner)) => inner,
            (None, None) => return None,
        };
    }
    None
}

fn object_in<'a>(object: ObjectRef<'a>, field: &str) -> Option<ObjectRef<'a>> {
    match object.get(field)? {
        ValueRef::Object(inner) => Some(inner),
        ValueRef::Any(Any::Object(inner)) => Some(inner.as_object()),
        _ => None,
    }
}
