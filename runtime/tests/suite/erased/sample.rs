//! Objects with something in every field.

use vmomi_runtime::chrono::DateTime as Instant;
use vmomi_runtime::{
    Any, AnyArray, Binary, DateTime, Dyn, Element, ManagedObjectReference, Node, QualifiedName,
};

use crate::support::*;

pub fn time(text: &str) -> DateTime {
    Instant::parse_from_rfc3339(text).expect("a date and time")
}

pub fn element(name: &str, text: &str) -> Element {
    Element {
        name: QualifiedName {
            namespace: SERVICE.namespace.into(),
            local: name.into(),
        },
        children: vec![Node::Text(text.into())].into(),
        ..Element::default()
    }
}

pub fn shares(shares: i32, level: &str) -> SharesInfo {
    SharesInfo {
        shares,
        level: level.into(),
        ..SharesInfo::default()
    }
}

/// A disk, its backing the third level of another hierarchy.
pub fn disk(key: i32) -> VirtualDisk {
    let mut disk = VirtualDisk {
        capacity_in_kb: 1 << 40,
        shares: Some(Box::new(shares(1000, "normal"))),
        native_unmanaged_linked_clone: Some(false),
        ..VirtualDisk::default()
    };
    disk.key = key;
    disk.unit_number = Some(0);
    let mut description = ElementDescription {
        key: "disk".into(),
        ..ElementDescription::default()
    };
    description.label = "Hard disk".into();
    disk.device_info = Some(Dyn::new(description));
    let mut backing = VirtualDiskFlatBackingInfo {
        disk_mode: "persistent".into(),
        parent: Some(Box::default()),
        ..VirtualDiskFlatBackingInfo::default()
    };
    backing.file_name = "[datastore] vm/vm.vmdk".into();
    backing.datastore = Some(ManagedObjectReference::new("Datastore", "datastore-1").typed());
    disk.backing = Some(Dyn::new(backing));
    disk
}

pub fn network_card(key: i32) -> VirtualVmxnet3 {
    let mut card = VirtualVmxnet3 {
        uptv2_enabled: Some(true),
        ..VirtualVmxnet3::default()
    };
    card.key = key;
    card.mac_address = Some("00:50:56:00:00:01".into());
    card
}

/// One of every field, set.
pub fn everything() -> Everything {
    let reference = ManagedObjectReference::new("VirtualMachine", "vm-42");
    let with_guid = ManagedObjectReference::with_server_guid("Folder", "group-v3", Some("guid"));
    let mut everything = Everything {
        flag: true,
        byte: -128,
        short: -300,
        int: 70_000,
        long: 1 << 40,
        float: 0.1,
        double: 0.1,
        text: "  <text> & \"more\"\r\n\t ".into(),
        time: time("2024-02-29T23:59:59.123456789+05:30"),
        blob: Binary(vec![0, 255, 128]),
        any: Any::Array(AnyArray::String(vec!["a".into(), String::new()])),
        vm: reference.clone().typed(),
        entity: with_guid.clone(),
        state: PowerState::PoweredOn,
        inline: shares(1, "low"),
        boxed: Box::new(shares(2, "high")),
        device: Dyn::new(disk(2000)),
        opt_flag: Some(false),
        opt_byte: Some(0),
        opt_short: Some(0),
        opt_int: Some(0),
        opt_long: Some(0),
        opt_float: Some(0.0),
        opt_double: Some(0.0),
        opt_text: Some(String::new()),
        opt_time: Some(time("1970-01-01T00:00:00Z")),
        opt_blob: Some(Binary(Vec::new())),
        opt_any: Some(Any::String(String::new())),
        opt_vm: Some(reference.clone().typed()),
        opt_entity: Some(reference.clone()),
        opt_state: Some(PowerState::Unknown("quiesced".into())),
        opt_boxed: Some(Box::new(shares(0, "custom"))),
        opt_device: Some(Dyn::new(network_card(4000))),
        flags: vec![true, false],
        bytes: vec![0, -1],
        shorts: vec![0, -1],
        ints: vec![0, -1],
        longs: vec![0, i64::MIN],
        floats: vec![0.0, f32::MAX],
        doubles: vec![0.0, f64::MIN_POSITIVE],
        texts: vec![String::new(), "ü\u{10FFFF}".into()],
        times: vec![time("2024-01-01T00:00:00-08:00")],
        blobs: vec![Binary(Vec::new()), Binary(vec![1])],
        anys: vec![
            Any::Int(0),
            Any::Object(vmomi_runtime::AnyObject::new(disk(1))),
        ],
        vms: vec![reference.clone().typed(), reference.clone().typed()],
        entities: vec![with_guid, reference],
        states: vec![PowerState::Suspended, PowerState::Unknown("paused".into())],
        inlines: vec![shares(3, "low"), SharesInfo::default()],
        devices: vec![
            Dyn::default(),
            Dyn::new(disk(2001)),
            Dyn::new(network_card(4001)),
        ],
        password: "hunter2".into(),
        opt_password: Some("hunter3".into()),
        passwords: vec!["hunter4".into()],
        pin: Some(271_828),
        credentials: Some(Box::new(shares(314_159, "hunter5"))),
        ..Everything::default()
    };
    everything.extra.push_element(element("future", "value"));
    everything
}
