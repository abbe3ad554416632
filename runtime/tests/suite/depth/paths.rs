//! Property paths with 100,000 steps, and what goes along them through values as deep.

use vmomi_runtime::decode::Limits;
use vmomi_runtime::erased::{ObjectRef, ValueRef};
use vmomi_runtime::reflect::{Next, PathErrorKind, PropertyPath, Step, differences};
use vmomi_runtime::{Any, AnyArray, AnyObject, Dyn};

use super::on_a_small_stack;
use crate::support::*;

const DEPTH: usize = 100_000;

/// Trees in trees, in fields and lists and arrays in turn, and a path to the innermost value.
fn tree(innermost: i32) -> (AnyObject, PropertyPath) {
    let mut tree = Tree {
        value: Some(Any::Int(innermost)),
        ..Tree::default()
    };
    let mut steps = vec![Step::Property("value".into())];
    for level in 0..DEPTH / 2 {
        let mut outer = Tree::default();
        match level % 3 {
            0 => {
                steps.push(Step::Property("content".into()));
                outer.content = Some(Dyn::new(tree));
            }
            1 => {
                steps.extend([Step::Number(1), Step::Property("children".into())]);
                outer.children = vec![Dyn::default(), Dyn::new(tree)];
            }
            _ => {
                steps.extend([Step::Number(0), Step::Property("value".into())]);
                let inner = Any::Object(AnyObject::new(tree));
                outer.value = Some(Any::Array(AnyArray::Any(vec![inner].into())));
            }
        }
        tree = outer;
    }
    steps.reverse();
    (AnyObject::new(tree), steps.into_iter().collect())
}

#[test]
fn reading() {
    on_a_small_stack(|| {
        let (tree, path) = tree(7);
        assert!(path.steps().len() > DEPTH / 2);
        let value = tree.as_object().at(&path).expect("it leads there");
        assert!(value == ValueRef::Int(7));
        let mut beyond = path.clone();
        beyond.push(Step::Property("value".into()));
        let error = tree.as_object().at(&beyond).expect_err("it leads nowhere");
        assert!(matches!(error.kind(), PathErrorKind::NotAnObject { .. }));
        assert!(error.to_string().len() > DEPTH);
    });
}

#[test]
fn parsing_and_showing() {
    on_a_small_stack(|| {
        for step in ["a.", "a[1].", r#"a["k"]."#, r#"a["k"][0]["]."]."#] {
            let text = format!("{}a", step.repeat(DEPTH));
            let path: PropertyPath = text.parse().expect("a path");
            assert!(path.steps().len() > DEPTH);
            assert_eq!(path.to_text(), text);
            let prefix: PropertyPath = path.steps()[..DEPTH].iter().cloned().collect();
            let rest = path.strip_prefix(&prefix).expect("its prefix");
            assert_eq!(rest.steps().len(), path.steps().len() - DEPTH);
            text.strip_suffix('a')
                .expect("its end")
                .parse::<PropertyPath>()
                .expect_err("it ends too early");
        }
    });
}

#[test]
fn walking() {
    on_a_small_stack(|| {
        let (tree, path) = tree(7);
        let (mut visited, mut deepest) = (0, 0);
        tree.as_object().walk(|value| {
            visited += 1;
            if let ValueRef::Int(7) = value.value {
                deepest = value.path.steps().len();
                assert!(*value.path == path);
            }
            Next::Into
        });
        assert_eq!(deepest, path.steps().len());
        assert!(visited > DEPTH / 2);
        let mut visited = 0;
        tree.as_object().walk(|_| {
            visited += 1;
            if visited == DEPTH / 4 {
                Next::Stop
            } else {
                Next::Into
            }
        });
        assert_eq!(visited, DEPTH / 4);
    });
}

#[test]
fn comparing() {
    on_a_small_stack(|| {
        let ((one, path), (other, _)) = (tree(7), tree(8));
        assert!(differences(one.as_object(), one.clone().as_object()).is_empty());
        let found = differences(one.as_object(), other.as_object());
        let [difference] = &found[..] else {
            panic!("{} differences", found.len());
        };
        assert!(difference.path == path);
        assert!(difference.before == ValueRef::Int(7) && difference.after == ValueRef::Int(8));
    });
}

#[test]
fn changing() {
    on_a_small_stack(|| {
        let (mut tree, path) = tree(7);
        assert!(tree.as_object_mut().unset(&path).expect("it leads there"));
        assert!(!tree.as_object_mut().unset(&path).expect("it leads there"));
        // Objects on the way would be created that could never be sent.
        let too_deep = |path: &PropertyPath, chain: &mut AnyObject| {
            let error = chain.as_object_mut().set(path, Any::Int(1));
            let error = error.expect_err("too deep");
            assert_eq!(error.kind(), &PathErrorKind::TooDeep);
            assert!(
                error
                    .to_string()
                    .contains("deeper than a value can be sent")
            );
        };
        too_deep(&path, &mut tree);
        let mut chain = AnyObject::new(Chain::default());
        let steps = |count: usize| {
            let next = std::iter::repeat_n(Step::Property("next".into()), count - 1);
            next.chain([Step::Property("name".into())])
                .collect::<PropertyPath>()
        };
        too_deep(&steps(DEPTH), &mut chain);
        too_deep(&steps(Limits::MAX_DEPTH + 1), &mut chain);
        assert!(
            chain == AnyObject::new(Chain::default()),
            "nothing was created"
        );
        let mut chain = Chain::default();
        let deepest = steps(Limits::MAX_DEPTH);
        let name = Any::String("deep".into());
        vmomi_runtime::erased::ObjectMut::of(&mut chain)
            .set(&deepest, name)
            .expect("as deep as it may be");
        let value = ObjectRef::of(&chain).at(&deepest).expect("it leads there");
        assert!(value == ValueRef::String("deep"));
    });
}
