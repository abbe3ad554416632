//! A required field that always leads back to its own type is optional; through an optional field or a list nothing is.
//! What can lead back to its own type is a `Dyn`, so that a value may be nested deeper than the stack allows.

use vmomi_runtime::Dyn;

use super::api::test::{A, B, Base, C, Chain, Derived, Inner, Outer, TYPES, Tree};
use crate::round_trip;

pub fn check() {
    let chain = Chain {
        link: 1,
        next: Some(Dyn::default()),
        ..Default::default()
    };
    round_trip::same(&TYPES, &chain);
    let tree = Tree {
        name: "root".into(),
        parent: Some(Dyn::default()),
        child: vec![Dyn::default(), Dyn::new(Tree::default())],
        ..Default::default()
    };
    round_trip::same(&TYPES, &tree);
    let circle = A {
        b: Some(Dyn::new(B {
            c: Some(Dyn::new(C {
                a: Some(Dyn::default()),
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
        own: Some(Dyn::default()),
    };
    round_trip::same(&TYPES, &derived);
    let outer = Outer {
        inner: Some(Dyn::new(Inner {
            n: Some(1),
            ..Default::default()
        })),
        ..Default::default()
    };
    round_trip::same(&TYPES, &outer);
    deep();
}

/// As many levels as would take all of the stack many times over, if each took some of it to be dropped.
fn deep() {
    const LEVELS: usize = 200_000;
    let mut chain = Chain::default();
    let mut tree = Tree::default();
    let mut circle = A::default();
    for _ in 0..LEVELS {
        chain = Chain {
            next: Some(Dyn::new(chain)),
            ..Default::default()
        };
        tree = Tree {
            child: vec![Dyn::default(), Dyn::new(tree)],
            ..Default::default()
        };
        circle = A {
            b: Some(Dyn::new(B {
                c: Some(Dyn::new(C {
                    other: Some(Dyn::new(circle)),
                    ..Default::default()
                })),
                ..Default::default()
            })),
            ..Default::default()
        };
    }
    drop((chain.clone(), tree.clone(), circle.clone()));
    drop((chain, tree, circle));
}
