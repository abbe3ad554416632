//! References to managed objects.

use std::collections::{BTreeSet, HashSet};

use vmomi_runtime::{ManagedObjectReference, MoRef};

use crate::support::*;

#[test]
fn a_reference_tells_its_parts() {
    let reference = ManagedObjectReference::with_server_guid("Folder", "group-d1", Some("guid"));
    assert_eq!(reference.type_name(), "Folder");
    assert_eq!(reference.value(), "group-d1");
    assert_eq!(reference.server_guid(), Some("guid"));
    assert_eq!(reference.to_string(), "Folder:group-d1");
    assert_eq!(format!("{reference:?}"), "Folder:group-d1");
    assert_eq!(
        ManagedObjectReference::new("Folder", "x").server_guid(),
        None
    );
    let empty = ManagedObjectReference::with_server_guid("Folder", "x", Some(""));
    assert_eq!(empty.server_guid(), Some(""));
}

#[test]
fn equality_hash_and_order_leave_out_the_guid() {
    let plain = ManagedObjectReference::new("Folder", "group-d1");
    let with = ManagedObjectReference::with_server_guid("Folder", "group-d1", Some("guid"));
    assert_eq!(plain, with);
    assert_eq!(plain.cmp(&with), std::cmp::Ordering::Equal);
    let other_type = ManagedObjectReference::new("Datacenter", "group-d1");
    let other_value = ManagedObjectReference::new("Folder", "group-d2");
    // The same characters, divided otherwise.
    let shifted = ManagedObjectReference::new("Folderg", "roup-d1");
    let all = [plain, with, other_type, other_value, shifted];
    assert_eq!(all.iter().collect::<HashSet<_>>().len(), 4);
    assert_eq!(all.iter().collect::<BTreeSet<_>>().len(), 4);
}

#[test]
fn the_default_refers_to_nothing() {
    let unset = MoRef::<VirtualMachine>::default();
    assert!(unset.is_unset());
    assert!(!ManagedObjectReference::new("Folder", "").is_unset());
    assert_eq!(
        (unset.type_name(), unset.value(), unset.server_guid()),
        ("", "", None)
    );
}

#[test]
fn a_typed_reference_is_the_untyped_one_with_a_type() {
    let reference = ManagedObjectReference::new("VirtualMachine", "vm-1");
    let typed: MoRef<VirtualMachine> = reference.clone().typed();
    assert_eq!(*typed, reference);
    assert_eq!(typed.clone(), typed);
    let base: MoRef<ManagedEntity> = typed.clone().cast();
    assert_eq!(base.value(), "vm-1");
    assert_eq!(ManagedObjectReference::from(typed.clone()), reference);
    assert_eq!(typed.into_untyped(), reference);
    assert_eq!(
        MoRef::<VirtualMachine>::from(reference.clone()).to_string(),
        "VirtualMachine:vm-1"
    );
    let references: HashSet<MoRef<VirtualMachine>> =
        [reference.clone().typed(), reference.typed()].into();
    assert_eq!(references.len(), 1);
    assert_eq!(
        size_of::<Option<MoRef<VirtualMachine>>>(),
        size_of::<usize>()
    );
}
