//! What follows from inheritance and containment.

use crate::support::{complex, model_of};
use vmomi_codegen::graph::Graph;
use vmomi_codegen::model::{DataObjectId, Model};

fn recursive_fields(model: &Model) -> Vec<String> {
    let graph = Graph::of(model);
    let mut found = Vec::new();
    for id in model.data_object_ids() {
        let object = &model[id];
        for field in object
            .fields
            .iter()
            .filter(|field| graph.is_recursive(id, field))
        {
            found.push(format!("{}.{}", object.name, field.name));
        }
    }
    found
}

#[test]
fn knows_relatives() {
    let model = model_of(
        &[
            complex("Root", None, &[]),
            complex("Left", Some("Root"), &[]),
            complex("Right", Some("Root"), &[]),
            complex("Leaf", Some("Left"), &[]),
            complex("Alone", None, &[]),
        ]
        .concat(),
    );
    let graph = Graph::of(&model);
    let id = |name| model.data_object(name).expect("there");
    let names = |ids: &[DataObjectId]| {
        ids.iter()
            .map(|id| model[*id].name.clone())
            .collect::<Vec<_>>()
    };
    assert_eq!(names(graph.children(id("Root"))), ["Left", "Right"]);
    assert_eq!(
        names(&graph.descendants(id("Root"))),
        ["Left", "Right", "Leaf"]
    );
    assert_eq!(
        names(&model.ancestors(id("Leaf")).collect::<Vec<_>>()),
        ["Left", "Root"]
    );
    assert_eq!(
        ["Root", "Left", "Leaf", "Alone"].map(|name| graph.depth(id(name))),
        [0, 1, 2, 0]
    );
    assert_eq!(
        ["Root", "Left", "Leaf", "Alone"].map(|name| {
            let id = id(name);
            model.is_polymorphic(id, model[id].namespace)
        }),
        [true, true, false, false]
    );
}

#[test]
fn finds_required_fields_that_go_round() {
    let model = model_of(
        &[
            complex("Own", None, &[r#"name="next" type="t:Own""#]),
            complex(
                "A",
                None,
                &[r#"name="b" type="t:B""#, r#"name="end" type="t:End""#],
            ),
            complex("B", None, &[r#"name="c" type="t:C""#]),
            complex("C", None, &[r#"name="a" type="t:A""#]),
            complex("End", None, &[]),
            // Through the base: a leaf holds its base by value, and that holds the leaf.
            complex("Base", None, &[r#"name="leaf" type="t:Leaf""#]),
            complex("Leaf", Some("Base"), &[]),
            // A pointer to any subtype, which has a size and still no end.
            complex("Shape", None, &[r#"name="next" type="t:Shape""#]),
            complex("Circle", Some("Shape"), &[r#"name="of" type="t:Shape""#]),
        ]
        .concat(),
    );
    assert_eq!(
        recursive_fields(&model),
        ["A.b", "B.c", "Base.leaf", "C.a", "Own.next", "Shape.next"]
    );
}

#[test]
fn pointers_break_the_circle() {
    let model = model_of(
        &[
            complex(
                "Optional",
                None,
                &[r#"name="next" type="t:Optional" minOccurs="0""#],
            ),
            complex(
                "List",
                None,
                &[r#"name="next" type="t:List" maxOccurs="unbounded""#],
            ),
            // Meeting is not going round.
            complex(
                "Top",
                None,
                &[
                    r#"name="left" type="t:Left""#,
                    r#"name="right" type="t:Right""#,
                ],
            ),
            complex("Left", None, &[r#"name="end" type="t:End""#]),
            complex("Right", None, &[r#"name="end" type="t:End""#]),
            complex("End", None, &[]),
        ]
        .concat(),
    );
    assert!(recursive_fields(&model).is_empty());
}
