//! The bodies of calls: the parameters of one, and the fault that it may end with.

use bytes::Bytes;
use serde_core::de::IntoDeserializer;
use serde_core::ser::{Serialize, SerializeMap, Serializer};

use super::decode::ValueReader;
use super::encode::JsonForm;
use super::names::{NamedType, TYPE_NAME};
use super::text::{error_of, read_tree};
use super::tree::{Json, Members};
use super::unknown;
use crate::any::Any;
use crate::budget::{Budget, OverBudget};
use crate::decode::{DecodeError, DecodeOptions};
use crate::encode::EncodeError;
use crate::erased::{AnyObject, Arity, Kind, Returned, Shape, TypeInfo, TypeLink, ValueRef};
use crate::fault::{Fault, FaultDetail, METHOD_FAULT, is_method_fault};
use crate::operation::OperationInfo;
use crate::service::TypeRegistry;
use crate::wiped::TextBuffer;

/// The member that holds the server's message beside the fields of a fault.
const FAULT_STRING: &str = "faultstring";

/// The body of a request: an object with the parameters that are set. Its memory is zeroed after
/// use.
pub(crate) fn arguments(
    operation: &'static OperationInfo,
    arguments: &[ValueRef<'_>],
) -> Result<Bytes, EncodeError> {
    let arguments = Arguments {
        operation,
        arguments,
    };
    // Nothing else can fail: names are texts, and memory takes all that is written.
    let mut body = TextBuffer::for_request();
    serde_json::to_writer(&mut body, &arguments).map_err(|_| EncodeError::too_deep())?;
    Ok(body.into_body())
}

struct Arguments<'a> {
    operation: &'static OperationInfo,
    arguments: &'a [ValueRef<'a>],
}

impl Serialize for Arguments<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let namespace = self.operation.types().service.namespace;
        let parameters = self.operation.parameters().iter().zip(self.arguments);
        let mut map = serializer.serialize_map(None)?;
        for (parameter, value) in parameters {
            let name = parameter.name();
            if let Some(form) = JsonForm::member(*value, parameter.shape(), name, namespace) {
                map.serialize_entry(name, &form)?;
            }
        }
        map.end()
    }
}

/// The fault in the body of a response; `None` where the body is no object that names its type.
///
/// A fault of an unknown type is decoded as the base type of all faults. One that cannot be decoded
/// is kept as a tree.
///
/// # Errors
/// When the fault takes more memory than the limits allow.
pub(crate) fn fault(
    body: &[u8],
    types: &'static TypeRegistry,
    options: &DecodeOptions,
) -> Result<Option<Fault>, OverBudget> {
    let mut budget = Budget::new(options.limits.decoded_bytes);
    let Some(Json::Object(mut members)) = read_tree(body, &options.limits, &mut budget)? else {
        return Ok(None);
    };
    let tree = options.limits.decoded_bytes - budget.left();
    let type_name = match members.first() {
        Some((name, Json::Text(type_name))) if name == TYPE_NAME => type_name.clone(),
        _ => return Ok(None),
    };
    let message = take_message(&mut members);
    let shape = match NamedType::of(types, &type_name) {
        NamedType::Object(_) => <Any as Returned>::SHAPE,
        // An unknown fault still has the message and cause of a `MethodFault`.
        NamedType::Unknown => types.data_object(METHOD_FAULT).map(any_of),
        _ => None,
    };
    let typed = match shape {
        Some(shape) => {
            budget.take_exactly(tree)?;
            let mut within = options.clone();
            within.limits.decoded_bytes = budget.left();
            let typed = read_object(members.clone(), shape, types, &within);
            budget.give_back_exactly(tree);
            typed
        }
        None => Ok(None),
    };
    let (detail, error) = match typed {
        Ok(Some(fault)) => (FaultDetail::Typed(fault), None),
        other => {
            let fault = Json::Object(members);
            budget.take_exactly(unknown::bytes_of_elements(&type_name, &fault))?;
            let namespace = types.service.namespace.into();
            let tree = unknown::element_of(&type_name, fault, &namespace);
            (FaultDetail::Unknown(Box::new(tree)), other.err())
        }
    };
    let mut fault = Fault::new("", message, detail);
    fault.detail_error = error.map(Box::new);
    Ok(Some(fault))
}

/// Whether a type of this name is a fault.
pub(crate) fn is_fault_name(name: &str, types: &'static TypeRegistry) -> bool {
    types.data_object(name).is_some_and(is_method_fault)
}

/// The shape of an object that is of the type or extends it.
fn any_of(info: &'static TypeInfo) -> Shape {
    Shape {
        kind: Kind::Dyn(TypeLink::to(info)),
        arity: Arity::One,
    }
}

fn read_object(
    members: Members,
    shape: Shape,
    types: &'static TypeRegistry,
    options: &DecodeOptions,
) -> Result<Option<AnyObject>, DecodeError> {
    let mut reader = ValueReader::new(types, options);
    let input = IntoDeserializer::<serde_json::Error>::into_deserializer(Json::Object(members));
    match reader.read(shape, input) {
        Ok(()) => match reader.finish() {
            Any::Object(fault) => Ok(Some(fault)),
            _ => Ok(None),
        },
        // Where in the body that is, is not known to the tree.
        Err(error) => Err(error_of(&mut reader, &error, 0)),
    }
}

/// The server's message: that beside the fault, or else the first of its own.
fn take_message(members: &mut Members) -> String {
    let at = members.iter().position(|(name, _)| name == FAULT_STRING);
    if let Some(message) = at.and_then(|at| members.remove(at).1.into_text()) {
        return message;
    }
    let first = |value: &Json| match value {
        Json::List(messages) => member(messages.first()?, "message"),
        _ => None,
    };
    let messages = members.iter().find(|(name, _)| name == "faultMessage");
    messages
        .and_then(|(_, value)| first(value))
        .unwrap_or_default()
}

fn member(object: &Json, wanted: &str) -> Option<String> {
    let Json::Object(members) = object else {
        return None;
    };
    let (_, value) = members.iter().find(|(name, _)| name == wanted)?;
    value.clone().into_text()
}
