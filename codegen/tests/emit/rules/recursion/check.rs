//! A required field that always leads back to its own type is optional; through an optional field or a list nothing is.

use vmomi_runtime::Dyn;

use super::api::test::{A, B, Base, C, Chain, Derived, Inner, Outer, TYPES, Tree};
use crate::round_trip;

pub fn check() {
    let chain = Chain {
        link: 1,
        next: Some(Box::default()),
        ..Default::default()
    };
    round_trip::same(&TYPES, &chain);
    let tree = Tree {
        name: "root".into(),
        parent: Some(Box::default()),
        child: vec![Tree::default(), Tree::default()],
        ..Default::default()
    };
    round_trip::same(&TYPES, &tree);
    let circle = A {
        b: Some(Box::new(B {
            c: Some(Box::new(C {
                a: Some(Box::default()),
                ..Default::default()
            })),
            ..Default::default()
        })),
        ..Default::default()
    };
    round_trip::same(&TYPES, &circle);
    let derived = Derived {
        base: Base {
            self_: Some(Dyn::new(Derived::default())),
            ..Default::default()
        },
        own: Some(Box::default()),
    };
    round_trip::same(&TYPES, &derived);
    let outer = Outer {
        inner: Some(Box::new(Inner {
            n: Some(1),
            ..Default::default()
        })),
        ..Default::default()
    };
    round_trip::same(&TYPES, &outer);
}
