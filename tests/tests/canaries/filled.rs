//! Values of every type with a canary in every place that can hold one.

use vmomi::runtime::erased::{Budget, FieldInfo, Kind, ObjectBuilder, Slot, TypeInfo};
use vmomi::runtime::{
    AnyArray, AnyEnum, Binary, Element, EnumArray, Node, QualifiedName, TypeRegistry,
};
use vmomi::vim25::VirtualMachinePowerState;
use vmomi::{Any, ManagedObjectReference, eam, pbm, sms, vim25, vsan, vslm};

use crate::canary::{CANARY, SECRET};

/// What values of each service may be.
pub static SERVICES: [&TypeRegistry; 6] = [
    &eam::TYPES,
    &pbm::TYPES,
    &sms::TYPES,
    &vim25::TYPES,
    &vsan::TYPES,
    &vslm::TYPES,
];

/// How deep objects are filled. Further in they are as they are made.
const DEPTH: usize = 3;

/// Each data object with the service that it is of.
pub fn types() -> impl Iterator<Item = (&'static TypeRegistry, &'static TypeInfo)> {
    SERVICES.iter().flat_map(|types| {
        let objects = types.data_objects.iter().map(|link| link.get());
        let own = objects.filter(|info| info.service().namespace == types.service.namespace);
        own.map(move |info| (*types, info))
    })
}

/// An object of a type, filled.
pub fn object(info: &'static TypeInfo) -> Any {
    let mut builder = ObjectBuilder::new(Budget::unlimited());
    fill(&mut builder, info, DEPTH, false);
    builder.finish()
}

/// Makes an object at the place aimed at.
fn fill(builder: &mut ObjectBuilder, info: &'static TypeInfo, depth: usize, is_secret: bool) {
    let Some(info) = builder.enter(info).unwrap() else {
        return;
    };
    let levels: Vec<_> = info.ancestry().collect();
    for field in levels.into_iter().rev().flat_map(TypeInfo::own_fields) {
        let is_secret = is_secret || field.is_secret();
        for turn in 0..2 {
            put(builder, field, turn, depth, is_secret);
            if !field.shape().is_list() {
                break;
            }
        }
    }
    builder.keep_element(element()).unwrap();
    builder
        .keep_attribute(name("attribute"), CANARY.into())
        .unwrap();
    builder.leave();
}

fn put(
    builder: &mut ObjectBuilder,
    field: &'static FieldInfo,
    turn: usize,
    depth: usize,
    is_secret: bool,
) {
    let text = if is_secret { SECRET } else { CANARY };
    builder.aim_at_field(field.name().as_bytes());
    let put = match builder.slot() {
        Some(Slot::String(place)) => place.put(text.to_owned()),
        Some(Slot::Binary(place)) => place.put(Binary::from(text.as_bytes())),
        Some(Slot::Any(place)) => {
            let kinds = anys(text);
            // A different one in each field.
            let kind = (field.name().len() + turn) % kinds.len();
            place.put(kinds[kind].clone())
        }
        Some(Slot::Reference(place)) => place.put(reference(text)),
        Some(Slot::Enum(place)) => place.put(text),
        Some(Slot::Bool(place)) => place.put(true),
        Some(Slot::Int(place)) => place.put(7),
        Some(Slot::Long(place)) => place.put(7),
        Some(Slot::Object) if depth > 0 => {
            if let Some(declared) = field.shape().kind.declared_type() {
                fill(builder, declared, depth - 1, is_secret);
            }
            Ok(())
        }
        _ => Ok(()),
    };
    put.unwrap();
}

fn reference(text: &str) -> ManagedObjectReference {
    ManagedObjectReference::with_server_guid("VirtualMachine", text, Some(text))
}

/// A value of each kind that any type may be.
pub fn anys(text: &str) -> Vec<Any> {
    let info = match <VirtualMachinePowerState as vmomi::runtime::erased::Item>::KIND {
        Kind::Enum(info) => info,
        _ => unreachable!("an enum"),
    };
    let owned = || text.to_owned();
    let binary = || Binary::from(text.as_bytes());
    let arrays = [
        AnyArray::String(vec![owned()]),
        AnyArray::Uri(vec![owned()]),
        AnyArray::Binary(vec![binary()]),
        AnyArray::Reference(vec![reference(text)]),
        AnyArray::Any(vec![Any::String(owned()), Any::Uri(owned())].into()),
        AnyArray::Enum(EnumArray {
            info,
            values: vec![owned()],
        }),
    ];
    let mut all = vec![
        Any::String(owned()),
        Any::Uri(owned()),
        Any::Binary(binary()),
        Any::Reference(reference(text)),
        Any::Enum(AnyEnum {
            info,
            value: owned().into(),
        }),
        Any::Unknown(Box::new(element())),
    ];
    all.extend(arrays.map(Any::Array));
    all
}

/// Something that no type describes.
pub fn element() -> Element {
    Element {
        name: name("unknown"),
        type_name: Some(name("Future")),
        attributes: vec![(name("attribute"), CANARY.into())],
        children: vec![Node::Element(Element {
            name: name("unheardOf"),
            children: vec![Node::Text(CANARY.into())].into(),
            ..Default::default()
        })]
        .into(),
    }
}

fn name(local: &str) -> QualifiedName {
    QualifiedName {
        namespace: format!("urn:{CANARY}").into(),
        local: local.into(),
    }
}
