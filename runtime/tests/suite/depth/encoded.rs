//! Values that are too deep to be sent are refused, in both forms, wherever the depth is.

use vmomi_runtime::decode::{Limits, from_xml};
use vmomi_runtime::{
    Any, AnyArray, AnyObject, Dyn, EncodeErrorKind, Node, ObjectArray, QualifiedName, to_xml,
};

use super::on_a_small_stack;
use crate::documents::keeping_unknown;
use crate::erased::sample::element;
use crate::support::*;

fn tree(set: impl FnOnce(&mut Tree)) -> AnyObject {
    let mut tree = Tree::default();
    set(&mut tree);
    AnyObject::new(tree)
}

fn object(any: Any) -> AnyObject {
    match any {
        Any::Object(object) => object,
        other => tree(|tree| tree.value = Some(other)),
    }
}

fn dynamic(any: Any) -> Dyn<DynamicData> {
    object(any).downcast().expect("data")
}

/// A way to put one value into another, and how many elements that is one more of.
type Around = (&'static str, usize, fn(Any) -> Any);

const AROUND: [Around; 8] = [
    ("an optional object", 1, |inner| {
        Any::Object(tree(|tree| tree.content = Some(dynamic(inner))))
    }),
    ("a list of objects", 1, |inner| {
        Any::Object(tree(|tree| tree.children = vec![dynamic(inner)]))
    }),
    ("a value of any type", 1, |inner| {
        Any::Object(tree(|tree| tree.value = Some(inner)))
    }),
    ("an array of any type", 1, |inner| {
        Any::Array(AnyArray::Any(vec![inner].into()))
    }),
    ("an array of objects", 2, |inner| {
        let object = tree(|tree| tree.value = Some(inner));
        let mut array = ObjectArray::new(object.type_info());
        array.push(object).expect("of the type");
        Any::Array(AnyArray::Object(array))
    }),
    ("an unknown value", 1, |inner| {
        let mut outer = element("value", "");
        let inner = match inner {
            Any::Unknown(inner) => *inner,
            _ => element("innermost", "text"),
        };
        outer.children = vec![Node::Element(inner)].into();
        Any::Unknown(Box::new(outer))
    }),
    ("an element that must be spelled out", 1, |inner| {
        let mut outer = element("value", "");
        outer.children.clear();
        if let Any::Unknown(inner) = inner {
            outer.children = vec![Node::Element(*inner)].into();
        }
        let name = QualifiedName {
            namespace: "".into(),
            local: "a".into(),
        };
        outer.attributes.push((name, "1".into()));
        Any::Unknown(Box::new(outer))
    }),
    ("an unknown element", 2, |inner| {
        let kept = match inner {
            Any::Unknown(inner) => *inner,
            _ => element("innermost", "text"),
        };
        let mut around = element("value", "");
        around.children = vec![Node::Element(kept)].into();
        let mut outer = element("value", "");
        outer.children = vec![Node::Element(around)].into();
        Any::Unknown(Box::new(outer))
    }),
];

fn nested(depth: usize, around: fn(Any) -> Any) -> Any {
    (0..depth).fold(Any::Int(1), |inner, _| around(inner))
}

#[test]
fn xml_is_limited_whatever_is_nested() {
    on_a_small_stack(|| {
        for (what, elements, around) in AROUND {
            for depth in [10, 100_000] {
                let value = nested(depth, around);
                let written = to_xml("value", &value, &SERVICE);
                match written {
                    Ok(_) => assert!(depth < 100, "{what}"),
                    Err(error) => {
                        assert_eq!(error.kind(), &EncodeErrorKind::TooDeep, "{what}");
                        let steps = error.path().split('/').count();
                        assert!(steps.abs_diff(Limits::MAX_DEPTH) < 4, "{what}: {steps}");
                    }
                }
            }
            // The deepest that can be written can be read, by those who allow it.
            let beyond = Limits::MAX_DEPTH / elements + 1;
            let deepest = (beyond - 5..beyond).rev().find_map(|depth| {
                let value = nested(depth, around);
                let xml = to_xml("value", &value, &SERVICE).ok()?;
                Some((value, xml))
            });
            let (value, xml) = deepest.expect(what);
            let mut options = keeping_unknown();
            options.limits.depth = Limits::MAX_DEPTH;
            let again = from_xml::<Any>(xml.as_bytes(), &TYPES, &options).expect(what);
            assert!(again == value, "{what}");
        }
    });
}

/// What is kept of an object counts from where the object is.
#[test]
fn xml_is_limited_in_what_is_kept_of_objects() {
    on_a_small_stack(|| {
        let kept = |depth: usize| {
            let innermost = element("innermost", "text");
            (1..depth).fold(innermost, |inner, _| {
                let mut outer = element("e", "");
                outer.children = vec![Node::Element(inner)].into();
                outer
            })
        };
        let value = |objects: usize, elements: usize| {
            let innermost = tree(|tree| tree.extra.push_element(kept(elements)));
            (1..objects).fold(innermost, |inner, _| {
                tree(|tree| tree.content = Some(dynamic(Any::Object(inner))))
            })
        };
        for objects in [1, 500, Limits::MAX_DEPTH - 1] {
            let fits = Limits::MAX_DEPTH - objects;
            to_xml("value", &Any::Object(value(objects, fits)), &SERVICE).expect("it fits");
            let deeper = Any::Object(value(objects, fits + 1));
            let error = to_xml("value", &deeper, &SERVICE).expect_err("too deep");
            assert_eq!(error.kind(), &EncodeErrorKind::TooDeep);
        }
        let deeper = Any::Object(value(3, 100_000));
        to_xml("value", &deeper, &SERVICE).expect_err("too deep");
    });
}

/// The path of an error names what leads there, in values and in what is kept of them.
#[test]
fn an_error_in_what_is_nested_names_the_way() {
    let bad = || {
        let mut bad = element("bad", "");
        bad.attributes.push((
            QualifiedName {
                namespace: "".into(),
                local: "not a name".into(),
            },
            "".into(),
        ));
        let mut outer = element("outer", "");
        outer.children = vec![Node::Element(element("fine", "text")), Node::Element(bad)].into();
        outer
    };
    let object = tree(|inner| {
        inner.children = vec![
            Dyn::default(),
            dynamic(Any::Object(tree(|tree| tree.extra.push_element(bad())))),
        ];
    });
    let array = Any::Array(AnyArray::Any(vec![Any::Nil, Any::Object(object)].into()));
    let value = Any::Object(tree(|tree| tree.value = Some(array)));
    let error = to_xml("value", &value, &SERVICE).expect_err("a bad name");
    assert_eq!(error.path(), "value/value/anyType[1]/children[1]/outer/bad");
    // What follows another field, or another item, is not taken for being in it.
    let value = Any::Object(tree(|tree| {
        tree.content = Some(Dyn::default());
        tree.value = Some(Any::Unknown(Box::new(bad())));
    }));
    let error = to_xml("value", &value, &SERVICE).expect_err("a bad name");
    assert_eq!(error.path(), "value/value/bad");
    let value = Any::Object(tree(|tree| {
        tree.content = Some(Dyn::default());
        tree.children = vec![Dyn::default()];
        tree.extra.push_element(bad());
    }));
    let error = to_xml("value", &value, &SERVICE).expect_err("a bad name");
    assert_eq!(error.path(), "value/outer/bad");
}

#[cfg(all(feature = "json", feature = "serde"))]
#[test]
fn json_is_limited_whatever_is_nested() {
    on_a_small_stack(|| {
        for (what, _, around) in AROUND {
            let mut deepest = 0;
            for depth in (10..140).chain([100_000]) {
                let value = nested(depth, around);
                match serde_json::to_string(&value) {
                    Ok(_) => deepest = depth,
                    Err(error) => {
                        assert!(error.to_string().contains("too deep"), "{what}: {error}");
                    }
                }
            }
            assert!((30..130).contains(&deepest), "{what}: {deepest}");
            let value = nested(deepest, around);
            let text = serde_json::to_string(&value).expect(what);
            let again: Any = crate::json::read(&text);
            assert!(again == value, "{what}");
        }
    });
}

#[cfg(all(feature = "json", feature = "serde"))]
#[test]
fn other_formats_are_limited_whatever_is_nested() {
    on_a_small_stack(|| {
        for (what, _, around) in AROUND {
            for depth in (10..140).step_by(10).chain([127, 100_000]) {
                let value = nested(depth, around);
                let written = ciborium::into_writer(&value, std::io::sink());
                let in_json = serde_json::to_string(&value);
                assert_eq!(written.is_ok(), in_json.is_ok(), "{what}: {depth}");
            }
        }
    });
}
