//! Whatever is chosen makes a model of which code can be made.

use std::collections::BTreeSet;
use std::sync::LazyLock;

use proptest::prelude::*;
use proptest::sample::select as one_of;
use proptest::test_runner::RngSeed;
use vmomi_codegen::diagnostic::Problem;
use vmomi_codegen::model::Model;
use vmomi_codegen::select::{Selection, Subtypes, select};
use vmomi_codegen::{Settings, generate};

static MODEL: LazyLock<Model> = LazyLock::new(super::small);

fn types() -> Vec<String> {
    let objects = MODEL.data_objects.iter().map(|of| of.name.clone());
    let enumerations = MODEL.enumerations.iter().map(|of| of.name.clone());
    objects.chain(enumerations).collect()
}

fn managed_objects() -> Vec<String> {
    let mut names = Vec::new();
    for object in &MODEL.managed_objects {
        let properties = object.properties.iter().map(|of| &of.name);
        let operations = object.operations.iter().map(|id| &MODEL[*id].name);
        let members = properties.chain(operations);
        names.extend(members.map(|member| format!("{}.{member}", object.name)));
        names.push(object.name.clone());
    }
    names
}

fn fields() -> Vec<String> {
    let objects = MODEL.data_objects.iter();
    let of = objects.flat_map(|object| {
        let fields = object.fields.iter();
        fields.map(|field| format!("{}.{}", object.name, field.name))
    });
    of.collect()
}

fn rule() -> impl Strategy<Value = (String, Subtypes)> {
    let polymorphic: Vec<String> = [
        "Device",
        "MethodFault",
        "RuntimeFault",
        "Event",
        "DynamicData",
        "Hardware",
    ]
    .map(String::from)
    .to_vec();
    let taken = one_of(vec![Subtypes::All, Subtypes::None]);
    (one_of(polymorphic), taken)
}

fn selection() -> impl Strategy<Value = Selection> {
    let cut: Vec<String> = [types(), managed_objects(), fields()].concat();
    (
        prop::collection::vec(one_of(types()), 0..4),
        prop::collection::vec(one_of(managed_objects()), 0..4),
        prop::collection::vec(one_of(cut), 0..6),
        prop::collection::vec(rule(), 0..3),
    )
        .prop_map(|(types, managed_objects, without, rules)| {
            let selection = Selection::new()
                .types(types)
                .managed_objects(managed_objects)
                .without(without);
            rules
                .into_iter()
                .fold(selection, |selection, (base, taken)| {
                    selection.subtypes(base, taken)
                })
        })
}

/// The same cases in every run.
fn config() -> ProptestConfig {
    ProptestConfig {
        cases: 256,
        failure_persistence: None,
        rng_seed: RngSeed::Fixed(4),
        ..ProptestConfig::default()
    }
}

proptest! {
    #![proptest_config(config())]

    #[test]
    fn any_selection_generates_or_says_what_is_needed(selection in selection()) {
        match select(&MODEL, &selection) {
            Ok(slice) => {
                let generated = generate(&slice.model, &Settings::default());
                prop_assert!(generated.is_ok(), "{}", generated.expect_err("an error"));
                let (types, things) = (&slice.model.data_objects, &slice.reasons.things);
                let explained: BTreeSet<&str> = things.iter().map(|thing| thing.name.as_str()).collect();
                prop_assert!(types.iter().all(|of| explained.contains(of.name.as_str())));
                prop_assert_eq!(slice.reasons.slice.data_objects, types.len());
            }
            Err(refused) => {
                let is_needed = |problem: &Problem| matches!(problem, Problem::CutButNeeded { .. });
                prop_assert!(refused.iter().all(|error| is_needed(error.problem())), "{refused}");
            }
        }
    }

    /// Choosing more never takes anything away.
    #[test]
    fn more_choices_make_no_less(one in one_of(managed_objects()), other in one_of(types())) {
        let names = |selection: &Selection| -> BTreeSet<String> {
            let slice = select(&MODEL, selection).expect("nothing is cut");
            slice.reasons.things.into_iter().map(|thing| thing.name).collect()
        };
        let both = names(&Selection::new().managed_objects([&one]).types([&other]));
        prop_assert!(both.is_superset(&names(&Selection::new().managed_objects([one]))));
        prop_assert!(both.is_superset(&names(&Selection::new().types([other]))));
    }
}
