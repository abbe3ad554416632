//! What comes into a slice, one rule each.

use vmomi_codegen::model::{Model, TypeRef};
use vmomi_codegen::select::{Selection, Subtypes, select};
use vmomi_codegen::{Settings, generate};

use super::{data_objects, managed_objects, slice_of, small};
use crate::support::{complex, model_of};

#[test]
fn nothing_chosen_is_everything() {
    let model = small();
    let selection = Selection::new().subtypes("Device", Subtypes::None);
    assert!(selection.is_everything());
    let slice = select(&model, &selection).expect("a slice");
    let code = |model: &Model| generate(model, &Settings::default()).expect("code").files;
    assert_eq!(code(&slice.model), code(&model));
    assert_eq!(slice.reasons.slice, slice.reasons.whole);
}

#[test]
fn a_type_comes_with_its_bases_and_with_what_its_fields_hold() {
    let slice = slice_of(&Selection::new().types(["Disk"]));
    assert_eq!(
        data_objects(&slice.model),
        ["DynamicData", "Device", "Disk"]
    );
    assert_eq!(slice.model.enumerations.len(), 1);
    assert_eq!(slice.model.enumerations[0].name, "PowerState");
    assert!(slice.model.managed_objects.is_empty() && slice.model.operations.is_empty());
    let disk = &slice.model[slice.model.data_object("Disk").expect("there")];
    let base = disk.base.map(|base| slice.model[base].name.as_str());
    assert_eq!(base, Some("Device"), "ids are those of the slice");
}

#[test]
fn an_array_comes_with_the_type_of_its_items() {
    let arrays = |selection| -> Vec<String> {
        let arrays = slice_of(&selection).model.arrays.into_iter();
        arrays.map(|array| array.name).collect()
    };
    let scalars = ["ArrayOfString", "ArrayOfOdd"];
    assert_eq!(arrays(Selection::new().types(["Stub"])), scalars);
    let with_disk = ["ArrayOfString", "ArrayOfDisk", "ArrayOfOdd"];
    assert_eq!(arrays(Selection::new().types(["Disk"])), with_disk);
}

#[test]
fn a_managed_object_comes_with_all_members_and_those_it_inherits() {
    let slice = slice_of(&Selection::new().managed_objects(["Machine"]));
    assert_eq!(
        managed_objects(&slice.model),
        [
            ("Entity", vec!["Clone", "Count", "name"]),
            (
                "Machine",
                vec![
                    "Login",
                    "PowerOn_Task",
                    "Reconfigure",
                    "hardware",
                    "device",
                    "peer"
                ]
            ),
        ]
    );
    assert_eq!(
        data_objects(&slice.model),
        [
            "DynamicData",
            "LocalizedMethodFault",
            "MethodFault",
            "RuntimeFault",
            "Chain",
            "Device",
            "Disk",
            "Hardware",
            "InvalidState",
            "Scalars"
        ],
        "of properties, parameters, results and faults, and what these hold"
    );
}

#[test]
fn members_are_chosen_one_by_one_also_where_they_are_inherited() {
    let slice = slice_of(&Selection::new().managed_objects(["Machine.Log*", "Machine.name"]));
    assert_eq!(
        managed_objects(&slice.model),
        [("Entity", vec!["name"]), ("Machine", vec!["Login"])]
    );
    let chosen = Selection::new().operations(["Machine.Clone", "Login"]);
    assert_eq!(
        managed_objects(&slice_of(&chosen).model),
        [("Entity", vec!["Clone"]), ("Machine", vec!["Login"])]
    );
}

#[test]
fn a_managed_object_that_is_only_referred_to_is_a_bare_stub() {
    let slice = slice_of(&Selection::new().types(["Hardware"]));
    assert_eq!(
        managed_objects(&slice.model),
        [("Entity", vec![]), ("Machine", vec![])]
    );
    let hardware = &slice.model[slice.model.data_object("Hardware").expect("there")];
    let owner = hardware.fields.iter().find(|field| field.name == "owner");
    let machine = slice.model.managed_object("Machine");
    assert_eq!(
        owner.map(|owner| owner.shape.of),
        Some(TypeRef::Reference(machine)),
        "so that the reference stays typed"
    );
}

#[test]
fn what_fields_hold_stays_open_whichever_subtypes_come() {
    let chosen = Selection::new().types(["Event"]);
    for (taken, objects) in [
        (Subtypes::None, vec!["DynamicData", "Event"]),
        (Subtypes::All, vec!["DynamicData", "DiskEvent", "Event"]),
    ] {
        let slice = slice_of(&chosen.clone().subtypes("Event", taken));
        assert_eq!(data_objects(&slice.model), objects);
        let event = slice.model.data_object("Event").expect("there");
        let namespace = slice.model[event].namespace;
        assert!(slice.model.is_polymorphic(event, namespace));
    }
}

/// `Shape` with two subtypes, one of which has a subtype too.
fn shapes() -> Model {
    let types = [
        complex("Root", None, &[]),
        complex("Shape", Some("Root"), &[]),
        complex("Circle", Some("Shape"), &[]),
        complex("Square", Some("Shape"), &[]),
        complex("Cube", Some("Square"), &[]),
        complex("Picture", Some("Root"), &[r#"name="shape" type="t:Shape""#]),
        complex("Tile", Some("Root"), &[r#"name="square" type="t:Square""#]),
    ];
    model_of(&types.concat())
}

#[test]
fn subtypes_come_by_the_rule_of_the_nearest_base() {
    let picture = || Selection::new().types(["Picture"]);
    let tile = || Selection::new().types(["Tile"]);
    for (selection, subtypes) in [
        (picture(), vec![]),
        (
            picture().other_subtypes(Subtypes::All),
            vec!["Circle", "Cube", "Square"],
        ),
        (
            picture().subtypes("Shape", Subtypes::All),
            vec!["Circle", "Cube", "Square"],
        ),
        (
            picture().subtypes("Sh*", Subtypes::only(["C?be"])),
            vec!["Cube", "Square"],
        ),
        (picture().subtypes("Square", Subtypes::All), vec![]),
        (
            picture()
                .subtypes("Square", Subtypes::None)
                .subtypes("Shape", Subtypes::All),
            vec!["Circle", "Square"],
        ),
        (
            picture()
                .subtypes("Shape", Subtypes::All)
                .subtypes("Shape", Subtypes::None),
            vec![],
        ),
        (
            picture()
                .other_subtypes(Subtypes::All)
                .subtypes("Shape", Subtypes::None),
            vec![],
        ),
        (tile(), vec!["Square"]),
        (
            tile().subtypes("Shape", Subtypes::All),
            vec!["Cube", "Square"],
        ),
    ] {
        let slice = select(&shapes(), &selection).expect("a slice");
        let names = data_objects(&slice.model).into_iter();
        let found: Vec<&str> = names
            .filter(|name| ["Circle", "Cube", "Square"].contains(name))
            .collect();
        assert_eq!(found, subtypes, "{selection:?}");
    }
}

/// Everything extends the root, which no field holds.
#[test]
fn a_base_alone_brings_no_subtypes() {
    let selection = Selection::new()
        .types(["Circle"])
        .other_subtypes(Subtypes::All);
    let slice = select(&shapes(), &selection).expect("a slice");
    assert_eq!(data_objects(&slice.model), ["Circle", "Root", "Shape"]);
}

#[test]
fn what_is_cut_is_not_there() {
    let selection = Selection::new()
        .managed_objects(["Machine"])
        .types(["Event"])
        .subtypes("Event", Subtypes::All)
        .without([
            "Reconfigure",
            "Machine.PowerOn_Task",
            "Entity",
            "Machine.peer",
            "DiskEvent",
        ])
        .without([
            "Hardware.scalars",
            "Hardware.spare",
            "Disk.base",
            "InvalidState",
        ]);
    let slice = slice_of(&selection);
    assert_eq!(
        managed_objects(&slice.model),
        [
            ("Entity", vec![]),
            ("Machine", vec!["Login", "hardware", "device"])
        ]
    );
    let found = data_objects(&slice.model);
    for name in ["DiskEvent", "Scalars", "InvalidState"] {
        assert!(!found.contains(&name), "{name}");
    }
    let login = slice.model.operation("Login").expect("there");
    let faults = slice.model[login].faults.iter();
    let faults: Vec<&str> = faults.map(|id| slice.model[*id].name.as_str()).collect();
    assert_eq!(faults, ["RuntimeFault"]);
    let disk = &slice.model[slice.model.data_object("Disk").expect("there")];
    assert_eq!(disk.fields.len(), 3);
}

#[test]
fn everything_but_what_is_cut() {
    let slice = slice_of(&Selection::new().without(["Stub", "DiskEvent"]));
    assert_eq!(
        slice.model.data_objects.len(),
        small().data_objects.len() - 2
    );
    assert_eq!(slice.model.operations.len(), small().operations.len());
}

#[test]
fn a_service_stays_if_something_of_it_does() {
    let names = |selection| slice_of(&selection).model.services.len();
    assert_eq!(names(Selection::new().types(["small:Stub"])), 1);
    assert_eq!(names(Selection::new().types(["common:Label"])), 0);
}

#[test]
fn the_order_of_choices_makes_no_difference() {
    let forth = Selection::new()
        .managed_objects(["Machine.hardware", "Entity"])
        .types(["*Event"]);
    let back = Selection::new()
        .types(["*Event"])
        .managed_objects(["Entity", "Machine.hardware"]);
    let (forth, back) = (slice_of(&forth), slice_of(&back));
    let code = |model: &Model| generate(model, &Settings::default()).expect("code").files;
    assert_eq!(code(&forth.model), code(&back.model));
    assert_eq!(forth.reasons, back.reasons);
}

#[test]
fn without_a_catalogue_operations_are_chosen_of_the_service() {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/emit/small");
    let builder = vmomi_codegen::Builder::new().wsdl(folder).ignore_catalogs();
    let slice = builder.operations(["Login"]).slice().expect("a slice");
    assert_eq!(
        managed_objects(&slice.model),
        [("SmallPortType", vec!["Login"])]
    );
}

#[test]
fn what_is_left_out_is_told_in_the_documentation() {
    let told = |selection: Selection, sentence: &str| {
        let generated = generate(&slice_of(&selection).model, &Settings::default()).expect("code");
        let mut texts = generated.files.values();
        texts.any(|text| text.contains(&format!("/// {sentence} not in this slice.\n")))
    };
    let device = || Selection::new().managed_objects(["Machine.device"]);
    assert!(told(device(), "5 members of it are"), "of Machine");
    assert!(told(device(), "3 members of it are"), "of Entity");
    let event = || Selection::new().types(["small:Event"]);
    assert!(told(event(), "One type that extends it is"));
    let with_subtype = event().subtypes("Event", Subtypes::All);
    assert!(!told(with_subtype, "One type that extends it is"));
}
