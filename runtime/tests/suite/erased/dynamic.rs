//! `Dyn` and `AnyObject`: owners of an object or any of its subtypes.

use vmomi_runtime::{AnyObject, DataObject, Dyn};

use super::sample::{disk, network_card};
use crate::support::*;

fn devices() -> Vec<Dyn<VirtualDevice>> {
    vec![
        Dyn::new(VirtualDevice::default()),
        Dyn::new(disk(2000)),
        Dyn::new(network_card(4000)),
        VirtualDevice::default().into(),
    ]
}

#[test]
fn base_fields_are_read_and_written_without_a_cast() {
    let mut devices = devices();
    for (index, device) in devices.iter_mut().enumerate() {
        device.key = i32::try_from(index).expect("small");
    }
    let keys: Vec<_> = devices.iter().map(|device| device.key).collect();
    assert_eq!(keys, [0, 1, 2, 3]);
    assert_eq!(
        devices[1]
            .downcast_ref::<VirtualDisk>()
            .expect("a disk")
            .key,
        1
    );
}

#[test]
fn a_downcast_reaches_every_level_and_no_other_type() {
    let [device, disk, card, _] = devices().try_into().expect("four");
    assert!(card.is::<VirtualVmxnet3>() && card.is::<VirtualVmxnet>());
    assert!(card.is::<VirtualEthernetCard>() && card.is::<VirtualDevice>());
    assert!(card.is::<DynamicData>());
    assert!(!card.is::<VirtualE1000>() && !card.is::<VirtualDisk>() && !card.is::<MethodFault>());
    assert!(!device.is::<VirtualDisk>() && disk.is::<VirtualDisk>());

    let middle = card.downcast_ref::<VirtualEthernetCard>().expect("a card");
    assert_eq!(middle.mac_address.as_deref(), Some("00:50:56:00:00:01"));
    assert_eq!(middle.key, 4000);
    assert!(card.downcast_ref::<VirtualDisk>().is_none());
}

#[test]
fn a_mutable_downcast_changes_the_object() {
    let mut device: Dyn<VirtualDevice> = Dyn::new(disk(1));
    device
        .downcast_mut::<VirtualDisk>()
        .expect("a disk")
        .capacity_in_kb = 5;
    assert!(device.downcast_mut::<VirtualEthernetCard>().is_none());
    assert_eq!(
        device
            .downcast_ref::<VirtualDisk>()
            .expect("a disk")
            .capacity_in_kb,
        5
    );
}

#[test]
fn an_owned_downcast_goes_down_and_up_or_gives_the_owner_back() {
    let device: Dyn<VirtualDevice> = Dyn::new(network_card(1));
    let card = device.downcast::<VirtualEthernetCard>().expect("a card");
    assert_eq!(card.key, 1);
    let back = card.downcast::<VirtualDisk>().expect_err("not a disk");
    let root = back.downcast::<DynamicData>().expect("a base");
    let exact = root.into_exact::<VirtualVmxnet3>().expect("the very type");
    assert_eq!(exact, network_card(1));
}

#[test]
fn only_the_very_type_is_moved_out() {
    let device: Dyn<VirtualDevice> = Dyn::new(disk(1));
    let device = device
        .into_exact::<VirtualDevice>()
        .expect_err("a disk is more");
    let device = device
        .into_exact::<VirtualVmxnet3>()
        .expect_err("a disk is other");
    assert_eq!(device.into_exact::<VirtualDisk>().expect("a disk"), disk(1));
}

#[test]
fn the_owner_without_declared_type_does_the_same() {
    let object = AnyObject::new(disk(1));
    assert_eq!(object.type_info().name(), "VirtualDisk");
    assert!(object.is::<VirtualDevice>() && !object.is::<VirtualEthernetCard>());
    assert!(object.downcast_ref::<VirtualDisk>().is_some());
    let mut object = object
        .downcast::<VirtualEthernetCard>()
        .expect_err("a disk");
    object
        .downcast_mut::<VirtualDevice>()
        .expect("a device")
        .key = 2;
    let device = object.downcast::<VirtualDevice>().expect("a device");
    assert_eq!(device, Dyn::new(disk(2)));
    assert_eq!(device.into_any(), AnyObject::new(disk(2)));
    assert!(
        AnyObject::new(disk(2))
            .into_exact::<VirtualDevice>()
            .is_err()
    );
}

#[test]
fn an_object_made_by_its_type_is_the_default() {
    for info in TYPES.data_objects.iter().map(|link| link.get()) {
        let object = AnyObject::with_type(info);
        assert_eq!(object.clone(), object, "{}", info.name());
        assert_eq!(object.type_info().name(), info.name());
    }
    let made = AnyObject::with_type(Everything::type_info());
    assert_eq!(
        made.into_exact::<Everything>().expect("the very type"),
        Everything::default()
    );
}

#[test]
fn objects_of_other_types_are_not_equal() {
    let base: Dyn<VirtualEthernetCard> = Dyn::new(VirtualEthernetCard::default());
    let derived: Dyn<VirtualEthernetCard> = Dyn::new(VirtualE1000::default());
    assert_ne!(base, derived);
    assert_eq!(derived.clone(), derived);
    assert_eq!(base, Dyn::default());
}

/// The runtime type is that of the owner, not of the fields: assigning or swapping the base
/// part of objects of other types moves only that part.
#[test]
fn a_base_can_be_assigned_and_swapped_between_types() {
    let mut first: Dyn<VirtualDevice> = Dyn::new(disk(1));
    let mut second: Dyn<VirtualDevice> = Dyn::new(network_card(2));
    std::mem::swap(&mut *first, &mut *second);
    assert_eq!((first.key, second.key), (2, 1));
    assert_eq!(
        first
            .downcast_ref::<VirtualDisk>()
            .expect("still a disk")
            .capacity_in_kb,
        1 << 40
    );
    let card = second
        .downcast_ref::<VirtualVmxnet3>()
        .expect("still a card");
    assert_eq!(card.uptv2_enabled, Some(true));
    assert!(card.backing.is_some(), "the disk's");

    *first = VirtualDevice::default();
    assert_eq!(
        first
            .downcast_ref::<VirtualDisk>()
            .expect("still a disk")
            .key,
        0
    );
    *second = std::mem::take(&mut *first);
    let base: &mut DynamicData = &mut second;
    *base = DynamicData::default();
    assert!(second.is::<VirtualVmxnet3>());
}

#[test]
fn a_copy_through_the_base_is_one_of_the_base() {
    let device: Dyn<VirtualDevice> = Dyn::new(disk(9));
    let base: VirtualDevice = (*device).clone();
    assert_eq!(
        Dyn::<VirtualDevice>::new(base).type_info().name(),
        "VirtualDevice"
    );
}

#[test]
fn types_know_their_hierarchy() {
    let info = VirtualVmxnet3::type_info();
    let names: Vec<_> = info.ancestry().map(|level| level.name()).collect();
    assert_eq!(
        names,
        [
            "VirtualVmxnet3",
            "VirtualVmxnet",
            "VirtualEthernetCard",
            "VirtualDevice",
            "DynamicData"
        ]
    );
    assert_eq!(SERVICE.version_name(info.since()), "2.0");
    assert_eq!(info.base().expect("a base").name(), "VirtualVmxnet");
    let fields = info.own_fields();
    assert_eq!((fields.len(), fields[0].name()), (1, "uptv2Enabled"));
    let root = DynamicData::type_info();
    assert!(root.base().is_none() && info.is_a(root) && !root.is_a(info));
}

/// All that a program can get hold of in a `Dyn` of one type, it can also put there.
#[test]
fn a_dyn_takes_every_subtype_and_keeps_it_through_moves() {
    let mut all: Vec<Dyn<DynamicData>> = vec![
        Dyn::new(DynamicData::default()),
        Dyn::new(VirtualDevice::default()),
        Dyn::new(VirtualE1000::default()),
        Dyn::new(disk(1)),
        Dyn::new(Everything::default()),
    ];
    all.rotate_left(2);
    all.extend(all.clone());
    let names: Vec<_> = all.iter().map(|object| object.type_info().name()).collect();
    assert_eq!(&names[..3], ["VirtualE1000", "VirtualDisk", "Everything"]);
    assert_eq!(names[..5], names[5..]);
}
