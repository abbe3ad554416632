//! A type that nothing extends stands in place, boxed where it is optional; one that others extend is `Dyn`.

use vmomi_runtime::Dyn;

use super::api::test::{Holder, Leaf, Middle, Open, Sealed, TYPES};
use crate::round_trip;

pub fn check() {
    let leaf = || {
        let base = Middle {
            base: Open {
                key: 7,
                ..Default::default()
            },
            width: Some(1),
        };
        let height = Some(2);
        Dyn::<Open>::new(Leaf { base, height })
    };
    let holder = Holder {
        sealed: Sealed {
            name: "a".into(),
            ..Default::default()
        },
        sealed_maybe: Some(Box::default()),
        sealed_many: vec![Sealed::default(), Sealed::default()],
        sealed_any: Vec::new(),
        open: leaf(),
        open_maybe: Some(Dyn::default()),
        open_many: vec![leaf(), Dyn::new(Middle::default())],
        ..Default::default()
    };
    round_trip::same(&TYPES, &holder);
    let middle = holder.open.downcast_ref::<Middle>().map(|of| of.width);
    assert_eq!(middle, Some(Some(1)));
    assert_eq!(holder.open.key, 7);
}
