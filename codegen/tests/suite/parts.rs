//! How types are spread over files.

use std::collections::{BTreeMap, BTreeSet};

use crate::support::{complex, model_of};
use vmomi_codegen::model::Model;
use vmomi_codegen::parts::{self, Item, Part};

const LIMIT: usize = 1_200;

fn types(names: impl IntoIterator<Item = String>) -> Model {
    model_of(
        &names
            .into_iter()
            .map(|name| complex(&name, None, &[]))
            .collect::<String>(),
    )
}

fn divide(model: &Model) -> Vec<Part> {
    parts::divide(model, |_| 100)
}

/// Where each type is.
fn places(model: &Model) -> BTreeMap<String, String> {
    let mut places = BTreeMap::new();
    for part in divide(model) {
        for item in part.items {
            let Item::DataObject(id) = item else {
                panic!("only data objects here")
            };
            assert!(
                places
                    .insert(model[id].name.clone(), part.path.join("/"))
                    .is_none(),
                "in two files"
            );
        }
    }
    places
}

#[test]
fn a_few_types_share_a_file() {
    let model = types(["Alpha", "Beta", "Gamma"].map(str::to_owned));
    let [part] = divide(&model).try_into().expect("one part");
    assert_eq!(part.path, ["test", "data_objects", "all"]);
    assert_eq!(part.items.len(), 3);
}

#[test]
fn families_are_divided_by_their_words() {
    let hosts = ["HostDisk", "HostNetwork"]
        .into_iter()
        .flat_map(|family| (0..8).map(move |n| format!("{family}X{n}")));
    let others = ["HostInfo", "Host", "Alarm", "Task", "VirtualDevice"].map(str::to_owned);
    let virtual_family = ["Cdrom", "Disk", "Floppy", "Usb"].map(|word| format!("Virtual{word}"));
    let model = types(hosts.chain(others).chain(virtual_family));
    let places = places(&model);
    let place = |name: &str| places[name].as_str();
    assert_eq!(place("HostDiskX0"), "test/data_objects/host_disk");
    assert_eq!(place("HostNetworkX7"), "test/data_objects/host_network");
    assert_eq!(place("Host"), "test/data_objects/host");
    assert_eq!(place("HostInfo"), "test/data_objects/host");
    assert_eq!(place("Alarm"), "test/data_objects/a_to_z");
    // A keyword is no module's name.
    assert_eq!(place("VirtualDevice"), "test/data_objects/virtual_");
}

#[test]
fn kinds_have_folders_of_their_own() {
    let enumeration = "<simpleType name=\"Code\"><restriction base=\"xsd:string\"/></simpleType>";
    let objects = [
        complex("MethodFault", None, &[]),
        complex("Event", None, &[]),
        complex("Thing", None, &[]),
    ];
    let model = model_of(&(objects.concat() + enumeration));
    let kinds: Vec<String> = divide(&model)
        .into_iter()
        .map(|part| part.path[1].clone())
        .collect();
    assert_eq!(kinds, ["data_objects", "enums", "events", "faults"]);
}

#[test]
fn nothing_divides_equal_words_but_numbers() {
    let model = types((0..40).map(|n| format!("Same{}", "x".repeat(n + 1))));
    for part in divide(&model) {
        assert!(part.items.len() * 100 <= LIMIT, "{:?}", part.path);
    }
    assert_eq!(places(&model).len(), 40);
}

#[test]
fn a_type_longer_than_a_file_has_one_for_itself() {
    let model = types(["HostCapability", "HostInfo", "Alarm"].map(str::to_owned));
    let capability = model.data_object("HostCapability").expect("there");
    let lines = |item| {
        if item == Item::DataObject(capability) {
            5_000
        } else {
            10
        }
    };
    let parts = parts::divide(&model, lines);
    let alone: Vec<_> = parts
        .iter()
        .filter(|part| part.items == [Item::DataObject(capability)])
        .collect();
    assert_eq!(alone.len(), 1);
}

#[test]
fn a_new_type_moves_no_other() {
    let names: Vec<String> = ["Host", "Virtual", "Cluster", "Alarm", "Datastore"]
        .into_iter()
        .flat_map(|family| {
            ["Config", "Info", "Spec", "State"].map(|word| format!("{family}{word}"))
        })
        .flat_map(|prefix| {
            (0..5)
                .map(move |n| format!("{prefix}{}", ["Alpha", "Beta", "Gamma", "Delta", "Eta"][n]))
        })
        .collect();
    let before = places(&types(names.clone()));
    for new in ["HostConfigZeta", "Zebra", "AlarmStateAaa", "Virtual"] {
        let mut after = places(&types(names.iter().cloned().chain([new.to_owned()])));
        after.remove(new);
        let moved: BTreeSet<_> = before
            .iter()
            .filter(|(name, place)| after[*name] != **place)
            .collect();
        assert!(moved.is_empty(), "{new} moved {moved:?}");
    }
}
