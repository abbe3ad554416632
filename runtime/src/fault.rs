//! Faults: what a server answers when an operation fails.

use std::fmt;

use crate::any::Any;
use crate::decode::DecodeError;
use crate::element::Element;
use crate::erased::{AnyObject, DataObject, ObjectRef, TypeInfo, ValueRef};
use crate::one_line::OneLine;
use crate::shown::{Hidden, Name};

/// How deep faults within faults are followed; each cause counts twice, as it stands in an object of
/// its own. Real chains have two or three links.
const DEEPEST_CAUSE: usize = 32;

/// The wire name of what all faults extend.
pub(crate) const METHOD_FAULT: &str = "MethodFault";

/// A fault that came in place of a response.
///
/// `Display` shows the name of its type and the server's message: the one text of a server that
/// is shown, since it is made for people to read. `Debug` shows no text.
#[derive(Clone, Default, PartialEq)]
#[non_exhaustive]
pub struct Fault {
    /// The code: the `faultcode` of SOAP 1.1, `ServerFaultCode`, or that of SOAP 1.2,
    /// `env:Sender`. Empty with JSON, which has none.
    pub code: String,
    /// The subcodes of SOAP 1.2, from the outermost to the innermost.
    pub subcodes: Vec<String>,
    /// The server's message in the language of the session: the `faultstring` of SOAP 1.1, or the
    /// first text in the `Reason` of SOAP 1.2.
    pub message: String,
    /// The other texts in that `Reason`.
    pub translations: Vec<FaultMessage>,
    /// The fault itself: of several entries in the detail, the first that is a fault.
    pub detail: FaultDetail,
    /// The other entries of the detail in order, such as a stack trace.
    pub further_details: Vec<FaultDetail>,
    /// Why an entry of the detail could not be decoded into its type and is kept as it was sent,
    /// or why the rest of the fault could not be decoded at all.
    pub detail_error: Option<Box<DecodeError>>,
}

/// A message of a fault in one language. `Debug` shows no text.
#[derive(Clone, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct FaultMessage {
    /// The language as `xml:lang` has it: `en-US`. Empty if it is not stated.
    pub language: String,
    /// The message.
    pub text: String,
}

/// An entry of a fault's detail.
#[derive(Clone, Debug, Default, PartialEq)]
pub enum FaultDetail {
    /// A data object. That of the fault itself extends `MethodFault`.
    Typed(AnyObject),
    /// One of a type that is not known here, or that could not be decoded, as it was sent.
    Unknown(Box<Element>),
    /// The server sent no detail.
    #[default]
    Missing,
}

impl Fault {
    /// A fault with this code, message and detail.
    #[must_use]
    pub fn new(code: impl Into<String>, message: impl Into<String>, detail: FaultDetail) -> Self {
        Self {
            code: code.into(),
            message: message.into(),
            detail,
            ..Self::default()
        }
    }

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
        let details = std::iter::once(&self.detail).chain(&self.further_details);
        let mut found = details.filter_map(|detail| match detail {
            FaultDetail::Typed(fault) => find_fault(fault.as_object()),
            FaultDetail::Unknown(_) | FaultDetail::Missing => None,
        });
        found.next()
    }
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (code, message) = (Name(&self.code), OneLine(&self.message));
        match (self.type_name().map(Name), self.message.is_empty()) {
            (Some(name), false) => write!(f, "{name}: {message}"),
            (Some(name), true) => write!(f, "{name}"),
            (None, false) if self.code.is_empty() => write!(f, "{message}"),
            (None, false) => write!(f, "{code}: {message}"),
            (None, true) if self.code.is_empty() => f.write_str("a fault without a message"),
            (None, true) => write!(f, "fault {code}"),
        }?;
        match &self.detail_error {
            Some(error) => write!(f, " (its detail cannot be decoded: {error})"),
            None => Ok(()),
        }
    }
}

impl fmt::Debug for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Fault")
            .field("code", &Name(&self.code))
            .field("message", &Hidden(&self.message))
            .field("detail", &self.detail)
            .field("further_details", &self.further_details)
            .field("detail_error", &self.detail_error)
            .finish_non_exhaustive()
    }
}

impl fmt::Debug for FaultMessage {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("FaultMessage")
            .field("language", &Name(&self.language))
            .field("text", &Hidden(&self.text))
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
    let info = object.type_info();
    is_method_fault(info)
        || info
            .ancestry()
            .any(|info| info.name() == "LocalizedMethodFault")
}

/// Whether it extends what all faults do.
pub(crate) fn is_method_fault(info: &'static TypeInfo) -> bool {
    info.ancestry().any(|info| info.name() == METHOD_FAULT)
}
