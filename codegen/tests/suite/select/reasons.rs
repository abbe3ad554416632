//! Why things are in a slice.

use vmomi_codegen::select::{Selection, Subtypes};

use super::slice_of;

fn chains(selection: &Selection, pattern: &str) -> Vec<String> {
    let reasons = slice_of(selection).reasons;
    let chains = reasons.chains(&pattern.parse().expect("a pattern"));
    chains.into_iter().map(ToString::to_string).collect()
}

#[test]
fn chains_are_the_shortest() {
    let selection = Selection::new()
        .managed_objects(["Machine"])
        .subtypes("MethodFault", Subtypes::All);
    for (name, chain) in [
        ("Machine", "Machine (chosen)"),
        ("Entity", "Machine (chosen) -> base Entity"),
        ("Login", "Machine (chosen) -> operation Login"),
        ("Machine.peer", "Machine (chosen) -> property peer"),
        (
            "Entity.name",
            "Machine (chosen) -> base Entity -> property name",
        ),
        ("Device", "Machine (chosen) -> property device -> Device"),
        (
            "DynamicData",
            "Machine (chosen) -> property device -> Device -> base DynamicData",
        ),
        (
            "Disk",
            "Machine (chosen) -> property hardware -> Hardware -> field disk -> Disk",
        ),
        (
            "PowerState",
            "Machine (chosen) -> operation Reconfigure -> parameter state -> PowerState",
        ),
        (
            "InvalidState",
            "Machine (chosen) -> operation Login -> fault InvalidState",
        ),
    ] {
        assert_eq!(chains(&selection, name), [chain]);
    }
}

#[test]
fn a_subtype_comes_by_what_holds_its_base() {
    let selection = Selection::new()
        .types(["Disk", "LocalizedMethodFault"])
        .subtypes("MethodFault", Subtypes::only(["InvalidState"]));
    assert_eq!(
        chains(&selection, "InvalidState"),
        ["LocalizedMethodFault (chosen) -> field fault -> MethodFault -> subtype InvalidState"]
    );
}

#[test]
fn a_member_that_was_chosen_is_named_with_its_owner() {
    let selection = Selection::new().managed_objects(["Machine.hardware"]);
    assert_eq!(chains(&selection, "Machine"), ["Machine (chosen)"]);
    assert_eq!(
        chains(&selection, "Chain"),
        ["Machine.hardware (chosen) -> Hardware -> field chain -> Chain"]
    );
}

#[test]
fn the_cost_of_a_choice_is_told() {
    let selection = Selection::new()
        .types(["Disk", "Event"])
        .operations(["Count"]);
    let reasons = slice_of(&selection).reasons;
    let costs: Vec<_> = reasons
        .choices
        .iter()
        .map(|cost| {
            let counts = (cost.brings.data_objects, cost.alone.data_objects);
            (cost.choice.to_string(), counts)
        })
        .collect();
    assert_eq!(
        costs,
        [
            // RuntimeFault, MethodFault, LocalizedMethodFault, DynamicData
            ("operations `Count`".to_owned(), (4, 3)),
            ("types `Disk`".to_owned(), (3, 2)),
            ("types `Event`".to_owned(), (2, 1)),
        ]
    );
    assert_eq!(
        (reasons.slice.data_objects, reasons.whole.data_objects),
        (7, 15)
    );
    let shown = reasons.to_string();
    assert!(shown.contains("7 of     15 data objects"), "{shown}");
    assert!(shown.contains("types `Disk`"), "{shown}");
}

#[test]
fn reasons_serialize() {
    let reasons = slice_of(&Selection::new().types(["Event"])).reasons;
    let json = serde_json::to_value(&reasons).expect("JSON");
    assert_eq!(json["slice"]["data_objects"], 2);
    assert_eq!(json["choices"][0]["choice"]["kind"], "types");
    assert_eq!(
        json["things"][0],
        serde_json::json!({
            "kind": "data object",
            "namespace": "common",
            "name": "DynamicData",
            "chain": ["Event (chosen)", "base DynamicData"],
        })
    );
}
