//! Changing by path.

use vmomi_runtime::erased::{ObjectMut, ObjectRef, Returned, ValueRef};
use vmomi_runtime::{Any, AnyArray, AnyObject, DataObject, Dyn, ManagedObjectReference};

use super::{config, path};
use crate::erased::sample::{disk, everything, network_card, shares};
use crate::support::*;

fn set<T: DataObject>(object: &mut T, at: &str, value: Any) {
    let done = ObjectMut::of(object).set(&path(at), value);
    done.unwrap_or_else(|error| panic!("{error}"));
}

fn unset<T: DataObject>(object: &mut T, at: &str) -> bool {
    let done = ObjectMut::of(object).unset(&path(at));
    done.unwrap_or_else(|error| panic!("{error}"))
}

fn refused<T: DataObject>(object: &mut T, at: &str, value: Any) -> String {
    let before = object.clone();
    let error = ObjectMut::of(object).set(&path(at), value).expect_err(at);
    assert_eq!(object, &before, "{at}");
    error.to_string()
}

/// Every kind of field in every arity takes what it holds elsewhere, over a default and over
/// another value, and gives it up again.
#[test]
fn every_field_can_be_set_and_unset() {
    let source = everything();
    let mut target = Everything {
        base: source.base.clone(),
        ..Default::default()
    };
    for _ in 0..2 {
        for (field, value) in ObjectRef::of(&source).fields() {
            set(&mut target, field.name(), value.to_any());
        }
        assert_eq!(target, source);
    }
    for (field, _) in ObjectRef::of(&source).fields() {
        unset(&mut target, field.name());
    }
    target.extra = Default::default();
    assert_eq!(target, Everything::default());
}

/// And refuses what it cannot hold, keeping what it has.
#[test]
fn no_field_takes_a_value_of_another_type() {
    let mut target = everything();
    let wrong = || Any::Object(AnyObject::new(DynamicData::default()));
    let fields: Vec<_> = ObjectRef::of(&target)
        .fields()
        .map(|(field, _)| field)
        .collect();
    for field in fields {
        match field.name() {
            "any" | "optAny" => continue,
            "anys" => {
                refused(&mut target, "anys", wrong());
                continue;
            }
            name => {
                let error = refused(&mut target, name, wrong());
                assert!(error.contains("found DynamicData"), "{error}");
            }
        }
        if field.shape().is_list() {
            let index = 100;
            let error = refused(&mut target, &format!("{}[{index}]", field.name()), wrong());
            assert!(error.contains("found DynamicData"), "{error}");
            let array = AnyArray::Any(vec![Any::Nil, wrong()].into());
            refused(&mut target, field.name(), Any::Array(array));
        }
    }
}

#[test]
fn every_item_can_be_replaced_appended_and_removed() {
    let source = everything();
    for (field, value) in ObjectRef::of(&source).fields() {
        let ValueRef::List(list) = value else {
            continue;
        };
        let name = field.name();
        let mut target = Everything::default();
        // Backwards, so that what is appended first is not what is replaced.
        for item in list.iter() {
            let mut list = ObjectMut::of(&mut target);
            let mut list = list
                .field(name)
                .and_then(|list| list.into_list())
                .expect(name);
            list.push(item.to_any()).expect(name);
        }
        assert_eq!(ObjectRef::of(&target).get(name), Some(value), "{name}");
        let mut object = ObjectMut::of(&mut target);
        let mut list = object
            .field(name)
            .and_then(|list| list.into_list())
            .expect(name);
        let first = list.len();
        list.push(source_item(value, 0)).expect(name);
        assert!(list.remove(0));
        assert!(!list.remove(first));
        assert_eq!(list.len(), first);
        let ValueRef::List(moved) = list.get() else {
            panic!("a list")
        };
        assert_eq!(
            moved.get(first - 1).map(ValueRef::to_any),
            Some(source_item(value, 0))
        );
        list.clear();
        assert!(list.is_empty());
        assert_eq!(target, Everything::default(), "{name}");
    }
}

fn source_item(list: ValueRef<'_>, index: usize) -> Any {
    match list {
        ValueRef::List(list) => list.get(index).map_or(Any::Nil, ValueRef::to_any),
        _ => panic!("a list"),
    }
}

#[test]
fn objects_on_the_way_are_created() {
    let mut chain = Chain::default();
    set(&mut chain, "next.next.name", Any::String("third".into()));
    let third = chain
        .next
        .and_then(|next| next.next)
        .expect("it was created");
    assert_eq!(third.name, "third");

    let mut device = VirtualDevice::default();
    set(&mut device, "deviceInfo.label", Any::String("CD".into()));
    assert_eq!(device.device_info.expect("it was created").label, "CD");
}

#[test]
fn what_was_created_for_a_value_that_is_refused_is_taken_away() {
    let mut chain = Chain::default();
    for at in [
        "next.name",
        "next.next.name",
        "next.next.next",
        "next.nowhere",
        "next.next[1]",
    ] {
        refused(&mut chain, at, Any::Int(1));
    }
    set(&mut chain, "next.name", Any::String("second".into()));
    refused(&mut chain, "next.next.next.name", Any::Int(1));
    refused(&mut chain, "next.name", Any::Int(1));

    let mut device = VirtualDevice::default();
    refused(&mut device, "deviceInfo.label", Any::Int(1));
    let mut card = Dyn::<VirtualDevice>::new(network_card(1));
    let before = card.clone();
    let error = card
        .as_object_mut()
        .set(&path("backing.nowhere"), Any::Int(1));
    error.expect_err("no such property");
    assert_eq!(card, before);
}

#[test]
fn unsetting_creates_nothing() {
    let mut chain = Chain::default();
    assert!(!unset(&mut chain, "next.next.name"));
    assert_eq!(chain, Chain::default());
    set(&mut chain, "next.next.name", Any::Nil);
    assert_eq!(chain, Chain::default());
}

/// The changes of a watched virtual machine, as the PropertyCollector tells them.
#[test]
fn keyed_items_are_added_assigned_and_removed() {
    let mut config = config();
    let mut added = disk(3000);
    added.capacity_in_kb = 1;
    set(
        &mut config,
        "hardware.device[3000]",
        Any::Object(AnyObject::new(added)),
    );
    assert_eq!(config.hardware.device.len(), 3);
    let whole = network_card(3000);
    set(
        &mut config,
        "hardware.device[3000]",
        Any::Object(AnyObject::new(whole)),
    );
    assert_eq!(config.hardware.device.len(), 3);
    assert!(config.hardware.device[2].is::<VirtualVmxnet3>());
    let description = Description {
        label: "NIC".into(),
        ..Default::default()
    };
    set(
        &mut config,
        "hardware.device[3000].deviceInfo",
        Any::Object(AnyObject::new(description)),
    );
    set(
        &mut config,
        "hardware.device[3000].deviceInfo.label",
        Any::String("Network adapter 1".into()),
    );
    let info = config.hardware.device[2].device_info.as_ref();
    assert_eq!(info.map(|info| &*info.label), Some("Network adapter 1"));
    assert!(unset(&mut config, "hardware.device[3000]"));
    assert!(!unset(&mut config, "hardware.device[3000]"));
    assert_eq!(config, self::config());
}

#[test]
fn an_item_goes_by_the_text_of_its_key() {
    let mut config = config();
    let option = |value: &str| OptionValue {
        key: "guestinfo.test".into(),
        value: Any::String(value.into()),
        ..Default::default()
    };
    let at = r#"extraConfig["guestinfo.test"]"#;
    set(&mut config, at, Any::Object(AnyObject::new(option("one"))));
    assert_eq!(config.extra_config[1], option("one"));
    set(
        &mut config,
        &format!("{at}.value"),
        Any::String("two".into()),
    );
    assert_eq!(config.extra_config[1], option("two"));
    assert!(unset(&mut config, at));
    assert_eq!(config, self::config());
}

#[test]
fn what_an_any_holds_is_changed_in_place() {
    let mut option = OptionValue {
        value: Any::Object(AnyObject::new(config())),
        ..Default::default()
    };
    set(&mut option, "value.hardware.numCPU", Any::Int(8));
    set(
        &mut option,
        "value.hardware.device[4000].key",
        Any::Int(4001),
    );
    let Any::Object(object) = &option.value else {
        panic!("an object")
    };
    let config = object
        .downcast_ref::<VirtualMachineConfigInfo>()
        .expect("a configuration");
    assert_eq!(config.hardware.num_cpu, 8);
    assert_eq!(config.hardware.device[1].key, 4001);

    option.value = Any::Array(AnyArray::with_kind(
        Vec::<ManagedObjectReference>::SHAPE.expect("a shape").kind,
    ));
    let vm = ManagedObjectReference::new("VirtualMachine", "vm-1");
    set(&mut option, r#"value["vm-1"]"#, Any::Reference(vm.clone()));
    assert_eq!(option.value, Any::Array(AnyArray::Reference(vec![vm])));
}

#[test]
fn a_change_through_a_base_reaches_the_whole_object() {
    let mut device = Dyn::<VirtualDevice>::new(disk(1));
    let done = device
        .as_object_mut()
        .set(&path("shares.shares"), Any::Int(7));
    assert_eq!(done, Ok(()));
    let disk = device.downcast_ref::<VirtualDisk>().expect("a disk");
    assert_eq!(disk.shares, Some(Box::new(shares(7, "normal"))));
}

#[test]
fn what_cannot_be_set_is_told() {
    let mut config = config();
    assert_eq!(
        refused(&mut config, "hardware.numCPU", Any::String("2".into())),
        "hardware.numCPU: expected xsd:int, found xsd:string"
    );
    assert_eq!(
        refused(&mut config, "hardware.device[2000]", Any::Int(1)),
        "hardware.device[2000]: expected VirtualDevice, found xsd:int"
    );
    assert_eq!(
        refused(&mut config, "hardware.device[1].key", Any::Int(1)),
        "hardware.device[1]: the list has no such item (in hardware.device[1].key)"
    );
    assert_eq!(
        refused(&mut config, "hardware.cores", Any::Int(1)),
        "hardware.cores: VirtualHardware has no such property"
    );
    assert_eq!(
        refused(&mut config, "name.length", Any::Int(1)),
        "name.length: a property of an object is asked for, but this is in xsd:string"
    );
    assert_eq!(
        refused(&mut config, "", Any::Int(1)),
        "the empty path leads to the object itself"
    );
}
