//! Default, clone, comparison, `Debug` and drop of objects of every shape.

use vmomi_runtime::{Any, AnyObject, Dyn};

use super::sample::{disk, element, everything, shares, time};
use crate::support::*;

#[test]
fn a_default_object_has_nothing_set() {
    let object = Everything::default();
    assert!(!object.flag && object.opt_flag.is_none() && object.flags.is_empty());
    assert_eq!((object.byte, object.opt_byte), (0, None));
    assert_eq!((object.short, object.opt_short), (0, None));
    assert_eq!((object.int, object.opt_int), (0, None));
    assert_eq!((object.long, object.opt_long), (0, None));
    assert_eq!((object.float, object.opt_float), (0.0, None));
    assert_eq!((object.double, object.opt_double), (0.0, None));
    assert_eq!((&*object.text, &object.opt_text), ("", &None));
    assert_eq!(object.time, time("1970-01-01T00:00:00Z"));
    assert_eq!(object.opt_time, None);
    assert!(object.blob.is_empty() && object.opt_blob.is_none());
    assert_eq!((&object.any, &object.opt_any), (&Any::Nil, &None));
    assert!(object.vm.is_unset() && object.opt_vm.is_none());
    assert!(object.entity.is_unset() && object.opt_entity.is_none());
    assert_eq!((object.state.as_ref(), &object.opt_state), ("", &None));
    assert_eq!((object.inline.shares, object.boxed.shares), (0, 0));
    assert!(object.opt_boxed.is_none() && object.opt_device.is_none());
    assert_eq!(object.device.type_info().name(), "VirtualDevice");
    assert!(object.texts.is_empty() && object.anys.is_empty() && object.vms.is_empty());
    assert!(object.states.is_empty() && object.inlines.is_empty() && object.devices.is_empty());
    assert!(object.extra.is_empty());
}

#[test]
fn struct_update_works_at_every_level() {
    let card = VirtualVmxnet3 {
        base: VirtualVmxnet {
            base: VirtualEthernetCard {
                wake_on_lan_enabled: Some(true),
                base: VirtualDevice {
                    key: 7,
                    ..Default::default()
                },
                ..Default::default()
            },
        },
        ..Default::default()
    };
    assert_eq!((card.key, card.wake_on_lan_enabled), (7, Some(true)));
}

#[test]
fn a_copy_is_equal_and_independent() {
    let object = everything();
    let mut copy = object.clone();
    assert_eq!(copy, object);
    copy.text.push('!');
    copy.texts.push("new".into());
    copy.inlines[0].shares = 99;
    copy.devices[1].key = -1;
    copy.opt_boxed.as_mut().expect("set").shares = 99;
    copy.states[1] = "resumed".into();
    drop(copy);
    assert_eq!(object, everything());
}

/// Every change of one field, so that comparison cannot forget one.
#[test]
fn objects_that_differ_in_one_field_differ() {
    let changes: &[fn(&mut Everything)] = &[
        |object| object.flag = false,
        |object| object.byte = 1,
        |object| object.short = 1,
        |object| object.int = 1,
        |object| object.long = 1,
        |object| object.float = 1.0,
        |object| object.double = 1.0,
        |object| object.text.clear(),
        |object| object.time = time("2024-02-29T23:59:59Z"),
        |object| object.blob.0.clear(),
        |object| object.any = Any::Nil,
        |object| object.vm = Default::default(),
        |object| object.entity = Default::default(),
        |object| object.state = PowerState::Suspended,
        |object| object.inline.shares += 1,
        |object| object.boxed.level = SharesLevel::Low,
        |object| object.device.key += 1,
        |object| object.device = Dyn::default(),
        |object| object.opt_flag = None,
        |object| object.opt_byte = None,
        |object| object.opt_short = None,
        |object| object.opt_int = None,
        |object| object.opt_long = None,
        |object| object.opt_float = None,
        |object| object.opt_double = None,
        |object| object.opt_text = None,
        |object| object.opt_time = None,
        |object| object.opt_blob = None,
        |object| object.opt_any = None,
        |object| object.opt_vm = None,
        |object| object.opt_entity = None,
        |object| object.opt_state = None,
        |object| object.opt_boxed = None,
        |object| object.opt_device = None,
        |object| object.flags.truncate(1),
        |object| object.bytes.truncate(1),
        |object| object.shorts.truncate(1),
        |object| object.ints[1] = 0,
        |object| object.longs.truncate(1),
        |object| object.floats.truncate(1),
        |object| object.doubles.truncate(1),
        |object| object.texts.reverse(),
        |object| object.times.clear(),
        |object| object.blobs.truncate(1),
        |object| object.anys.truncate(1),
        |object| object.vms.truncate(1),
        |object| object.entities.reverse(),
        |object| object.states.reverse(),
        |object| object.inlines.truncate(1),
        |object| object.devices.truncate(1),
        |object| object.password.clear(),
        |object| object.opt_password = None,
        |object| object.passwords.clear(),
        |object| object.pin = Some(0),
        |object| object.credentials = None,
        |object| object.extra.push_element(element("another", "")),
    ];
    let fields = Everything::default();
    let count = vmomi_runtime::erased::ObjectRef::of(&fields)
        .fields()
        .count();
    assert!(changes.len() > count, "a change for each field");
    for (index, change) in changes.iter().enumerate() {
        let mut changed = everything();
        change(&mut changed);
        assert_ne!(changed, everything(), "change {index}");
        assert_eq!(changed.clone(), changed, "change {index}");
    }
}

#[test]
fn debug_shows_what_is_set_by_wire_name() {
    assert_eq!(
        format!("{:?}", SharesInfo::default()),
        r#"SharesInfo { shares: 0, level: "" }"#
    );
    let mut device = VirtualDevice::default();
    assert_eq!(format!("{device:?}"), "VirtualDevice { key: 0 }");
    device.unit_number = Some(0);
    device.extra.push_element(element("future", "value"));
    assert_eq!(
        format!("{device:?}"),
        r#"VirtualDevice { key: 0, unitNumber: 0, extra: Extra { elements: ["future"] } }"#
    );
    let shown = format!("{:?}", Dyn::<VirtualDevice>::new(disk(1)));
    assert!(
        shown.starts_with("VirtualDisk { key: 1, deviceInfo: ElementDescription {"),
        "{shown}"
    );
    assert!(shown.contains("capacityInKB: 1099511627776"), "{shown}");
}

#[test]
fn debug_never_shows_a_secret() {
    for shown in [
        format!("{:?}", everything()),
        format!("{:#?}", everything()),
        format!("{:?}", Any::Object(AnyObject::new(everything()))),
        format!("{:?}", Dyn::<DynamicData>::new(everything())),
        format!("{:?}", vec![everything()]),
    ] {
        for secret in ["hunter", "271828", "314159"] {
            assert!(!shown.contains(secret), "{secret} in {shown}");
        }
        assert_eq!(shown.matches("(secret)").count(), 5, "{shown}");
    }
}

#[test]
fn an_unset_secret_is_told_from_a_set_one() {
    let shown = format!("{:?}", Everything::default());
    assert!(
        !shown.contains("optPassword") && shown.contains("password: (secret)"),
        "{shown}"
    );
}

/// Nothing to assert: valgrind reports what is freed twice, never, or after use.
#[test]
fn parts_can_be_moved_out_and_replaced() {
    let mut object = everything();
    let device = std::mem::take(&mut object.device);
    let devices = std::mem::take(&mut object.devices);
    let Everything {
        boxed,
        states,
        opt_any,
        any,
        ..
    } = std::mem::take(&mut object);
    drop(object);
    drop((boxed, states));
    let again = Everything {
        device,
        devices,
        any,
        opt_any,
        inlines: (0..100).map(|number| shares(number, "low")).collect(),
        ..Default::default()
    };
    drop(again.clone().inlines);
    drop(again);
}

#[test]
fn objects_are_send_and_sync() {
    fn check<T: Send + Sync + 'static>() {}
    check::<Everything>();
    check::<Dyn<VirtualDevice>>();
    check::<AnyObject>();
    check::<Any>();
    let object = everything();
    let copy = std::thread::spawn(move || object.clone())
        .join()
        .expect("no panic");
    assert_eq!(copy, everything());
}
