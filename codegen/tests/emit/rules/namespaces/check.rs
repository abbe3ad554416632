//! Two namespaces, with types and enums of one name, which extend and hold each other. The name of one is a keyword.

use vmomi_runtime::{Dyn, to_xml};

use super::api::test::{Color, Holder, SERVICE, TYPES, Thing};
use super::api::type_;
use crate::round_trip;

pub fn check() {
    let own = Thing {
        base: type_::Thing {
            core: "core".into(),
            ..Default::default()
        },
        own: "own".into(),
    };
    let holder = Holder {
        mine: own.clone(),
        theirs: Dyn::new(own),
        option: Some(Box::new(type_::Option_ {
            a: Some(1),
            ..Default::default()
        })),
        color: Color::Blue,
        core: Some(type_::Color::Red),
        ..Default::default()
    };
    round_trip::same(&TYPES, &holder);
    let xml = to_xml("holder", &holder, &SERVICE).expect("encodable");
    assert!(
        xml.contains("urn:type") && xml.contains("urn:test"),
        "{xml}"
    );
    assert_eq!(
        TYPES.data_objects_named("Thing").count(),
        1,
        "of one name the service's own"
    );
}
