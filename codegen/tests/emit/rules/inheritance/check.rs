//! The fields of every level are reached alike, and stand on the wire from the root down.

use vmomi_runtime::{Dyn, to_xml};

use super::api::test::{L0, L5, L11, SERVICE, TYPES, Z};
use crate::round_trip;

pub fn check() {
    let mut leaf = L11::default();
    leaf.f0 = 100;
    leaf.f5 = 105;
    leaf.f11 = 111;
    let xml = to_xml("leaf", &leaf, &SERVICE).expect("encodable");
    let places: Vec<_> = (0..12)
        .map(|level| xml.find(&format!("<f{level}>")))
        .collect();
    assert!(
        places.iter().all(Option::is_some) && places.is_sorted(),
        "{xml}"
    );
    let any: Dyn<L0> = Dyn::new(leaf.clone());
    assert_eq!(any.downcast_ref::<L5>().map(|middle| middle.f5), Some(105));
    let all = Z {
        any,
        middle: vec![Dyn::new(leaf), Dyn::default()],
        ..Default::default()
    };
    round_trip::same(&TYPES, &all);
}
