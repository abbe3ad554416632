//! Values that a program builds, so deep that each level has five bytes of the stack.

use std::fmt::Write as _;

use vmomi_runtime::erased::ObjectRef;
use vmomi_runtime::{
    Any, AnyArray, AnyObject, Dyn, Element, Extra, Node, ObjectArray, QualifiedName, find_fault,
};

use super::on_a_small_stack;
use crate::support::*;

const DEPTH: usize = 100_000;

/// An object around an object, this often.
fn nested(innermost: Any, around: impl Fn(Any) -> Any) -> Any {
    (0..DEPTH).fold(innermost, |inner, _| around(inner))
}

fn tree(set: impl FnOnce(&mut Tree)) -> Any {
    let mut tree = Tree::default();
    set(&mut tree);
    Any::Object(AnyObject::new(tree))
}

fn object(any: Any) -> AnyObject {
    match any {
        Any::Object(object) => object,
        other => panic!("{}", other.type_name()),
    }
}

fn dynamic(any: Any) -> Dyn<DynamicData> {
    object(any).downcast().expect("data")
}

fn element(children: Vec<Node>) -> Element {
    Element {
        name: QualifiedName {
            namespace: "urn:vim25".into(),
            local: "e".into(),
        },
        children: children.into(),
        ..Element::default()
    }
}

/// Elements within each other, the innermost with this text.
fn elements(text: &str) -> Element {
    let innermost = element(vec![Node::Text(text.into())]);
    (0..DEPTH).fold(innermost, |inner, _| element(vec![Node::Element(inner)]))
}

/// A chain, the innermost link with this name. It is held by an [`AnyObject`]: what a `Box` or a
/// `Vec` of a program holds is dropped by the compiler's own code.
fn chain(name: &str, link: impl Fn(&mut Chain, Chain)) -> Any {
    let mut chain = Chain {
        name: name.into(),
        ..Chain::default()
    };
    for _ in 0..DEPTH {
        let mut outer = Chain::default();
        link(&mut outer, chain);
        chain = outer;
    }
    Any::Object(AnyObject::new(chain))
}

/// Everything that works on any value, with what is equal and what differs only at the innermost
/// level.
fn use_in_every_way(make: impl Fn(&str) -> Any) {
    let value = make("a");
    let copy = value.clone();
    assert!(copy == value);
    let other = make("b");
    assert!(other != value);
    drop(other);
    for value in [&value, &copy] {
        let mut shown = String::new();
        write!(shown, "{value:?}").expect("writing to a string cannot fail");
        assert!(shown.contains('…') || shown.contains("Unknown"), "{shown}");
        let mut pretty = String::new();
        write!(pretty, "{value:#?}").expect("writing to a string cannot fail");
        assert!(pretty.len() < 1_000_000, "{}", pretty.len());
    }
    // The copy has nothing of the original.
    drop(value);
    assert!(copy == make("a"));
}

fn text(text: &str) -> Any {
    Any::String(text.into())
}

#[test]
fn objects_in_optional_fields() {
    on_a_small_stack(|| {
        use_in_every_way(|innermost| {
            let innermost = tree(|tree| tree.value = Some(text(innermost)));
            nested(innermost, |inner| {
                tree(|tree| tree.content = Some(dynamic(inner)))
            })
        });
    });
}

#[test]
fn objects_in_lists() {
    on_a_small_stack(|| {
        use_in_every_way(|innermost| {
            let innermost = tree(|tree| tree.value = Some(text(innermost)));
            nested(innermost, |inner| {
                tree(|tree| tree.children = vec![Dyn::default(), dynamic(inner), Dyn::default()])
            })
        });
    });
}

#[test]
fn objects_in_fields_of_any_type() {
    on_a_small_stack(|| {
        use_in_every_way(|innermost| {
            nested(text(innermost), |inner| {
                tree(|tree| tree.value = Some(inner))
            })
        });
    });
}

#[test]
fn arrays_of_any_type() {
    on_a_small_stack(|| {
        use_in_every_way(|innermost| {
            nested(text(innermost), |inner| {
                Any::Array(AnyArray::Any(vec![Any::Int(1), inner, Any::Nil].into()))
            })
        });
    });
}

#[test]
fn arrays_of_objects() {
    on_a_small_stack(|| {
        use_in_every_way(|innermost| {
            nested(text(innermost), |inner| {
                let object = object(tree(|tree| tree.value = Some(inner)));
                let mut array = ObjectArray::new(object.type_info());
                array.push(object).expect("of the type");
                Any::Array(AnyArray::Object(array))
            })
        });
    });
}

#[test]
fn objects_in_boxes() {
    on_a_small_stack(|| {
        use_in_every_way(|innermost| {
            chain(innermost, |outer, inner| {
                outer.next = Some(Box::new(inner));
            })
        });
    });
}

#[test]
fn objects_in_lists_in_place() {
    on_a_small_stack(|| {
        use_in_every_way(|innermost| {
            chain(innermost, |outer, inner| {
                outer.side = vec![Chain::default(), inner, Chain::default()];
            })
        });
    });
}

/// A required object that may be of a subtype, in a box that may be missing: what faults are.
#[test]
fn faults_that_caused_each_other() {
    on_a_small_stack(|| {
        use_in_every_way(|innermost| {
            let innermost = MethodFault {
                fault_message: vec![LocalizableMessage {
                    key: innermost.into(),
                    ..LocalizableMessage::default()
                }],
                ..MethodFault::default()
            };
            let mut fault: Dyn<MethodFault> = Dyn::new(innermost);
            for _ in 0..DEPTH / 2 {
                let mut outer: Dyn<MethodFault> = Dyn::new(InvalidState::default());
                outer.fault_cause = Some(Box::new(LocalizedMethodFault {
                    fault,
                    ..LocalizedMethodFault::default()
                }));
                fault = outer;
            }
            let around = LocalizedMethodFault {
                fault,
                ..LocalizedMethodFault::default()
            };
            assert!(find_fault::<InvalidLogin>(ObjectRef::of(&around)).is_none());
            assert!(find_fault::<InvalidState>(ObjectRef::of(&around)).is_some());
            Any::Object(AnyObject::new(around))
        });
    });
}

#[test]
fn elements_that_no_type_describes() {
    on_a_small_stack(|| {
        use_in_every_way(|innermost| Any::Unknown(Box::new(elements(innermost))));
        use_in_every_way(|innermost| {
            let innermost = elements(innermost);
            let object = tree(|tree| tree.extra.push_element(innermost));
            nested(object, |inner| {
                tree(|tree| tree.content = Some(dynamic(inner)))
            })
        });
        let tree = elements("a");
        let shown = format!("{tree:?}{tree:#?}");
        assert!(shown.len() < 1_000_000, "{}", shown.len());
        let mut extra = Extra::default();
        extra.push_element(tree);
        assert!(extra.clone() == extra);
    });
}

/// Of what is put off, nothing is forgotten and nothing mistaken for something else.
#[test]
fn what_is_too_deep_for_recursion_is_used_all_the_same() {
    let chain = |text: Any| {
        (0..40).fold(text, |inner, _| {
            Any::Array(AnyArray::Any(vec![Any::Nil, inner, Any::Nil].into()))
        })
    };
    let wide = |different: usize| {
        let items = (0..1000).map(|number| {
            let number = if number == different {
                -1
            } else {
                number as i32
            };
            chain(Any::Int(number))
        });
        chain(Any::Array(AnyArray::Any(items.collect())))
    };
    let value = wide(1000);
    let copy = value.clone();
    assert_eq!(copy, value);
    drop(value);
    assert_eq!(copy, wide(1000));
    for different in [0, 500, 999] {
        assert_ne!(copy, wide(different));
    }
}
