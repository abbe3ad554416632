//! Comparing objects.

use proptest::prelude::*;
use vmomi_runtime::erased::{ObjectMut, ObjectRef, ValueRef};
use vmomi_runtime::reflect::differences;
use vmomi_runtime::{Any, AnyArray, DataObject, Dyn};

use super::config;
use crate::arbitrary;
use crate::erased::sample::{disk, element, everything, network_card};
use crate::support::*;

fn told<T: DataObject>(before: &T, after: &T) -> Vec<String> {
    differences(ObjectRef::of(before), ObjectRef::of(after))
        .iter()
        .map(ToString::to_string)
        .collect()
}

#[test]
fn equal_objects_have_none() {
    assert_eq!(told(&everything(), &everything()), [""; 0]);
    assert_eq!(told(&config(), &config()), [""; 0]);
}

#[test]
fn a_difference_is_as_far_in_as_it_goes() {
    let before = config();
    let mut after = config();
    after.hardware.num_cpu = 4;
    after.annotation = Some(String::new());
    after.hardware.device[0].unit_number = None;
    after.extra_config[0].value = Any::String("192.0.2.2".into());
    assert_eq!(
        told(&before, &after),
        [
            "annotation: unset -> \"\"",
            "hardware.numCPU: 2 -> 4",
            "hardware.device[2000].unitNumber: 0 -> unset",
            "extraConfig[(12 bytes)].value: (9 bytes) -> (9 bytes)",
        ]
    );
}

#[test]
fn texts_are_shown_on_request() {
    let before = everything();
    let mut after = everything();
    after.text = "after".into();
    after.password = "swordfish".into();
    let found = differences(ObjectRef::of(&before), ObjectRef::of(&after));
    let shown: Vec<_> = found
        .iter()
        .map(|found| found.revealed().to_string())
        .collect();
    let text = format!("text: {:?} -> \"after\"", before.text);
    assert_eq!(shown, [&*text, "password: (secret)"]);

    let before = config();
    let mut after = config();
    after.extra_config[0].value = Any::String("192.0.2.2".into());
    let found = differences(ObjectRef::of(&before), ObjectRef::of(&after));
    assert_eq!(
        found[0].revealed().to_string(),
        "extraConfig[\"guestinfo.ip\"].value: \"192.0.2.1\" -> \"192.0.2.2\""
    );
}

#[test]
fn items_with_keys_are_told_apart_by_them() {
    let before = config();
    let mut after = config();
    after.hardware.device = vec![Dyn::new(network_card(4001)), Dyn::new(disk(2000))];
    let found = differences(ObjectRef::of(&before), ObjectRef::of(&after));
    let paths: Vec<_> = found.iter().map(|found| found.path.to_string()).collect();
    assert_eq!(paths, ["hardware.device[4000]", "hardware.device[4001]"]);
    assert_eq!(found[0].after, ValueRef::Unset);
    assert_eq!(found[1].before, ValueRef::Unset);

    after.hardware.device = before.hardware.device.iter().rev().cloned().collect();
    assert_eq!(
        told(&before, &after),
        [""; 0],
        "the order of keyed items says nothing"
    );
}

#[test]
fn items_without_keys_are_told_apart_by_position() {
    let mut before = everything();
    let mut after = everything();
    before.ints = vec![1, 2, 3];
    after.ints = vec![1, 4];
    before.any = Any::Array(AnyArray::String(vec!["a".into()]));
    after.any = Any::Array(AnyArray::String(vec!["a".into(), "b".into()]));
    assert_eq!(
        told(&before, &after),
        [
            "any[1]: unset -> (1 byte)",
            "ints[1]: 2 -> 4",
            "ints[2]: 3 -> unset"
        ]
    );
}

#[test]
fn items_of_one_key_are_not_told_apart() {
    let mut before = everything();
    let mut after = everything();
    before.devices = vec![Dyn::new(disk(1)), Dyn::new(disk(1))];
    after.devices = vec![Dyn::new(disk(1)), Dyn::new(disk(2))];
    let found = differences(ObjectRef::of(&before), ObjectRef::of(&after));
    assert_eq!(found.len(), 1);
    assert_eq!(found[0].path.to_string(), "devices");
    assert_eq!(found[0].before, ValueRef::of(&before.devices));
}

#[test]
fn objects_of_other_types_differ_as_a_whole() {
    let before = config();
    let mut after = config();
    after.hardware.device[0] = Dyn::new(network_card(2000));
    let found = differences(ObjectRef::of(&before), ObjectRef::of(&after));
    assert_eq!(found.len(), 1);
    assert_eq!(found[0].path.to_string(), "hardware.device[2000]");
    let (ValueRef::Object(one), ValueRef::Object(other)) = (found[0].before, found[0].after) else {
        panic!("two objects");
    };
    assert_eq!(one.type_info().name(), "VirtualDisk");
    assert_eq!(other.type_info().name(), "VirtualVmxnet3");
}

#[test]
fn what_no_type_describes_is_compared_too() {
    let before = config();
    let mut after = config();
    after.hardware.extra.push_element(element("future", "1"));
    let found = differences(ObjectRef::of(&before), ObjectRef::of(&after));
    assert_eq!(found.len(), 1);
    assert_eq!(found[0].path.to_string(), "hardware");
}

#[test]
fn secrets_are_not_shown() {
    let before = everything();
    let mut after = everything();
    after.password = "swordfish".into();
    after.pin = None;
    after.credentials = None;
    after.passwords.push("swordfish".into());
    let shown = format!(
        "{:?}",
        differences(ObjectRef::of(&before), ObjectRef::of(&after))
    );
    assert_eq!(
        shown,
        "[password: (secret), passwords[1]: (secret), pin: (secret), credentials: (secret)]"
    );
}

fn tree(value: Any) -> Tree {
    Tree {
        value: Some(value),
        ..Default::default()
    }
}

proptest! {
    #![proptest_config(arbitrary::config())]

    /// What differs, put from one object into the other, leaves nothing that differs.
    #[test]
    fn differences_lead_from_one_object_to_the_other(
        before in arbitrary::steps(),
        after in arbitrary::steps(),
    ) {
        let (before, after) = (tree(arbitrary::build(&before)), tree(arbitrary::build(&after)));
        let mut changed = before.clone();
        let found = differences(ObjectRef::of(&before), ObjectRef::of(&after));
        let mut object = ObjectMut::of(&mut changed);
        // Items by position leave from the back, so that those before them keep their places.
        let (gone, put): (Vec<_>, Vec<_>) =
            found.iter().partition(|difference| difference.after == ValueRef::Unset);
        for difference in put {
            let done = object.set(&difference.path, difference.after.to_any());
            prop_assert_eq!(done, Ok(()));
        }
        for difference in gone.iter().rev() {
            prop_assert_eq!(object.unset(&difference.path).map(drop), Ok(()));
        }
        // NaN differs from itself, and so does a text from itself as a URI.
        if after == after.clone() {
            let left = differences(ObjectRef::of(&changed), ObjectRef::of(&after));
            prop_assert_eq!(left, []);
        }
    }
}
