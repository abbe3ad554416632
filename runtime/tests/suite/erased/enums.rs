//! Open enums: known values, others kept as text.

use std::collections::HashSet;

use vmomi_runtime::erased::{OpenEnum, enum_from_value, enum_value};

use crate::support::*;

#[test]
fn a_known_value_becomes_its_variant() {
    assert!(matches!("poweredOn".into(), PowerState::PoweredOn));
    assert!(matches!("suspended".into(), PowerState::Suspended));
    assert!(matches!("REQUIREMENT".into(), PbmCategory::Requirement));
    for &value in PowerState::TYPE.info().values() {
        assert_eq!(PowerState::from(value).as_ref(), value);
    }
}

#[test]
fn an_unknown_value_is_kept() {
    let state = PowerState::from("quiesced");
    assert!(matches!(&state, PowerState::Unknown(value) if &**value == "quiesced"));
    assert_eq!(
        (state.as_ref(), enum_value(&state)),
        ("quiesced", "quiesced")
    );
    assert_eq!(state.clone(), state);
    assert_eq!(format!("{state} {state:?}"), "(8 bytes) (8 bytes)");
    assert_eq!(format!("{state:>10}"), " (8 bytes)");
    let known = PowerState::Suspended;
    assert_eq!(format!("{known:?} {known:>10}"), "\"suspended\"  suspended");
    assert_eq!(format!("{0} {0:?}", PowerState::default()), " \"\"");
}

#[test]
fn equality_and_hash_go_by_the_wire_value() {
    let spelled_out = PowerState::Unknown("poweredOn".into());
    assert_eq!(spelled_out, PowerState::PoweredOn);
    assert_ne!(PowerState::PoweredOff, PowerState::PoweredOn);
    let set: HashSet<_> = [spelled_out, PowerState::PoweredOn, "x".into(), "x".into()].into();
    assert_eq!(set.len(), 2);
    // What is spelled out is sent, and comes back as the variant.
    let copy = PowerState::Unknown("poweredOn".into()).clone();
    assert_eq!(copy, PowerState::PoweredOn);
}

#[test]
fn the_default_is_no_value() {
    assert_eq!(PowerState::default().as_ref(), "");
    assert_ne!(PowerState::default(), PowerState::PoweredOff);
}

#[test]
fn none_is_told_from_every_value() {
    let mut optional: Option<PowerState> = None;
    assert!(optional.is_none());
    for value in ["", "poweredOff", "poweredOn", "suspended", "else"] {
        optional = Some(enum_from_value(value));
        assert_eq!(optional.as_ref().map(AsRef::as_ref), Some(value));
        assert_eq!(optional.clone(), optional);
    }
    let states = [None, Some(PowerState::PoweredOff), Some("else".into())];
    for state in states {
        let object = Everything {
            opt_state: state.clone(),
            ..Default::default()
        };
        assert_eq!(object.clone().opt_state, state);
    }
}

#[test]
fn enums_are_described() {
    let info = SharesLevel::TYPE.info();
    assert_eq!(info.name(), "SharesLevel");
    assert_eq!(info.values(), ["low", "normal", "high", "custom"]);
    assert_eq!(info.service().name, "vim25");
    assert_eq!(PbmCategory::TYPE.info().service().name, "pbm");
}
