//! `xsd:anyType` is `Any`, whatever it holds.

use vmomi_runtime::{Any, AnyArray, AnyEnum, ManagedObjectReference};

use super::api::test::{Holder, TYPES, Thing};
use crate::round_trip;

pub fn check() {
    let color = TYPES.enumeration("Color").expect("there");
    let holder = Holder {
        one: Any::Int(1),
        maybe: Some(Any::Reference(ManagedObjectReference::new("A", "a-1"))),
        many: vec![Any::Bool(true), Any::Byte(-1), Any::Double(0.5)],
        any: vec![
            Any::Object(vmomi_runtime::AnyObject::new(Thing::default())),
            Any::Array(AnyArray::String(vec!["a".into(), String::new()])),
            Any::Enum(AnyEnum {
                info: color,
                value: "red".into(),
            }),
        ],
        ..Default::default()
    };
    round_trip::same(&TYPES, &holder);
}
