//! Types without fields, with and without content, and an enum without values.

use super::api::test::{AddsToNothing, HasNoValues, Holder, NoContent, NoValues, TYPES};
use crate::round_trip;

pub fn check() {
    let holder = Holder {
        many: vec![NoContent::default(), NoContent::default()],
        ..Default::default()
    };
    round_trip::same(&TYPES, &holder);
    let added = AddsToNothing {
        a: Some(1),
        ..Default::default()
    };
    round_trip::same(&TYPES, &added);
    let values = HasNoValues {
        value: NoValues::Unknown("x".into()),
        many: vec![NoValues::from("y")],
        ..Default::default()
    };
    round_trip::same(&TYPES, &values);
    assert_eq!(values.value.as_ref(), "x");
}
