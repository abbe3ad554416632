//! Faults: what a server answers when an operation fails.

use std::fmt;

use crate::any::Any;
use crate::element::Element;
use crate::erased::{AnyObject, DataObject, ObjectRef, TypeInfo, ValueRef};
use crate::one_line::OneLine;
use crate::shown::{Hidden, Name};

/// How deep faults within faults are followed; each cause counts twice, as it stands in an object of
/// its own. Real chains have two or three links.
const DEEPEST_CAUSE: usize = 32;

/// A fault that came in place of a response.
///
/// `Display` shows the name of its type and the server's message: the one text of a server that
/// is shown, since it is made for people to read. `Debug` shows no text.
#[derive(Clone, PartialEq)]
pub struct Fault {
    /// The SOAP `faultcode`: `ServerFaultCode`. Empty with JSON, which has none.
    pub code: String,
    /// The `faultstring`: the server's message in the language of the session.
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
        let (code, message) = (Name(&self.code), OneLine(&self.message));
        match (self.type_name().map(Name), self.message.is_empty()) {
            (Some(name), false) => write!(f, "{name}: {message}"),
            (Some(name), true) => write!(f, "{name}"),
            (None, false) => write!(f, "{code}: {message}"),
            (None, true) => write!(f, "fault {code}"),
        }
    }
}

impl fmt::Debug for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Fault")
            .field("code", &Name(&self.code))
            .field("message", &Hidden(&self.message))
            .field("detail", &self.detail)
            .finish()
    }
}

/// The fault, or the nearest one within it, as a `T`.
///
/// Works for anything that holds a fault: a `MethodFault` with its cause, or with a list of errors
/// of its own; the `LocalizedMethodFault` of a task or of a `missingSet`, and what these are in.
#[must_use]
pub fn find_fault<T: DataObject>(fault: ObjectRef<'_>) -> Option<&T> {
    let mut level = vec![fault];
    for _ in 0..DEEPEST_CAUSE {
        if let Some(found) = level.iter().find_map(|fault| fault.downcast_ref()) {
            return Some(found);
        }
        let mut within = Vec::new();
        for fault in &level {
            for (_, value) in fault.fields() {
                collect_faults(value, &mut within);
            }
        }
        level = within;
    }
    None
}

fn collect_faults<'a>(value: ValueRef<'a>, faults: &mut Vec<ObjectRef<'a>>) {
    match value {
        ValueRef::Object(object) if is_fault(object) => faults.push(object),
        ValueRef::Any(Any::Object(object)) if is_fault(object.as_object()) => {
            faults.push(object.as_object());
        }
        ValueRef::List(list) if list.kind().declared_type().is_some() => {
            list.iter().for_each(|item| collect_faults(item, faults));
        }
        _ => {}
    }
}

/// Whether it is a fault, or what goes around one with a message.
fn is_fault(object: ObjectRef<'_>) -> bool {
    let mut types = object.type_info().ancestry().map(TypeInfo::name);
    types.any(|name| matches!(name, "MethodFault" | "LocalizedMethodFault"))
}
