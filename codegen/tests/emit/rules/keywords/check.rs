//! Words of Rust, and names that generated code has another use for, as every kind of name.

use super::api::test::{Fields, Loop, Operation_, Option_, String_, TYPES, Uses, Values, Vec_};
use crate::round_trip;
use vmomi_runtime::Stub;

pub fn check() {
    let fields = Fields {
        r#type: Some("a".into()),
        self_: Some("b".into()),
        crate_: Some("c".into()),
        r#async: Some("d".into()),
        base_: Some("e".into()),
        extra_: Some("f".into()),
        types: Some("g".into()),
        ..Default::default()
    };
    round_trip::same(&TYPES, &fields);
    assert_eq!(Values::from("match"), Values::Match);
    assert_eq!(Values::from("Self"), Values::Unknown("Self".into()));
    let uses = Uses {
        aoption: Some(Box::new(Option_ {
            value: Some(String::new()),
            ..Default::default()
        })),
        astring: Some(Box::<String_>::default()),
        avec: Some(Box::<Vec_>::default()),
        ..Default::default()
    };
    round_trip::same(&TYPES, &uses);
    assert!(Operation_::TYPE.property("loop").is_some());
}

/// That this compiles is the test.
pub fn _calls(object: &Operation_) {
    let _ = Loop::TYPE;
    macro_rules! call {
        ($($method:ident)*) => {$(
            let _ = object.$method(
                None, None, None, None, None, None, None, None, None, None, None, None, None, None, None, None, None,
                None, None, None, None, None, None, None, None, None, None, None, None, None, None, None, None, None,
                None, None, None, None, None, None, None, None, None, None, None, None, None, None, None, None, None,
            );
        )*};
    }
    call!(r#type clone_ new_ reference_ r#match bind_ fmt_);
}
