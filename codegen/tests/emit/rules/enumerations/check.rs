//! A variant for each value, however it is written, and one for any other.

use super::api::test::{Holder, Odd, One, TYPES};
use crate::round_trip;

pub fn check() {
    let values = [
        (Odd::Empty, ""),
        (Odd::Unknown_, "unknown"),
        (Odd::Unknown2, "Unknown2"),
        (Odd::_64bit, "64bit"),
        (Odd::_7_64, "7_64"),
        (Odd::AB, "a b"),
        (Odd::ABC, "a:b:c"),
        (Odd::Type, "type"),
        (Odd::Self_, "self"),
        (Odd::UpperCase, "UPPER_CASE"),
        (Odd::XY, "<x&\"y\">"),
    ];
    for (value, wire) in values {
        assert_eq!(value.as_ref(), wire);
        assert_eq!(Odd::from(wire), value);
        let holder = Holder {
            one: value.clone(),
            maybe: Some(value.clone()),
            many: vec![value, Odd::Unknown("mauve".into())],
            single: One::Only,
            ..Default::default()
        };
        round_trip::same(&TYPES, &holder);
    }
    let info = TYPES.enumeration("Odd").expect("there");
    assert_eq!(info.values().len(), 12);
}
