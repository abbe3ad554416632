//! Walking over every value.

use vmomi_runtime::erased::{ObjectRef, ValueRef};
use vmomi_runtime::reflect::Next;

use super::config;
use crate::erased::sample::everything;
use crate::support::*;

fn paths(object: ObjectRef<'_>, next: impl Fn(ValueRef<'_>) -> Next) -> Vec<String> {
    let mut paths = Vec::new();
    object.walk(|visited| {
        paths.push(visited.path.to_text());
        next(visited.value)
    });
    paths
}

#[test]
fn every_value_that_is_set_is_visited_in_order() {
    let mut config = config();
    config.hardware.device.truncate(1);
    let all = paths(ObjectRef::of(&config), |_| Next::Into);
    assert_eq!(
        all,
        [
            "changeVersion",
            "modified",
            "name",
            "guestFullName",
            "uuid",
            "template",
            "hardware",
            "hardware.numCPU",
            "hardware.memoryMB",
            "hardware.device",
            "hardware.device[2000]",
            "hardware.device[2000].key",
            "hardware.device[2000].deviceInfo",
            "hardware.device[2000].deviceInfo.label",
            "hardware.device[2000].deviceInfo.summary",
            "hardware.device[2000].deviceInfo.key",
            "hardware.device[2000].backing",
            "hardware.device[2000].backing.fileName",
            "hardware.device[2000].backing.datastore",
            "hardware.device[2000].backing.diskMode",
            "hardware.device[2000].backing.parent",
            "hardware.device[2000].backing.parent.fileName",
            "hardware.device[2000].backing.parent.diskMode",
            "hardware.device[2000].unitNumber",
            "hardware.device[2000].capacityInKB",
            "hardware.device[2000].shares",
            "hardware.device[2000].shares.shares",
            "hardware.device[2000].shares.level",
            "hardware.device[2000].nativeUnmanagedLinkedClone",
            "extraConfig",
            "extraConfig[\"guestinfo.ip\"]",
            "extraConfig[\"guestinfo.ip\"].key",
            "extraConfig[\"guestinfo.ip\"].value",
        ]
    );
}

#[test]
fn what_is_visited_is_read_by_its_path() {
    let object = everything();
    let object = ObjectRef::of(&object);
    let mut different = Vec::new();
    object.walk(|visited| {
        let same = object
            .at(visited.path)
            .is_ok_and(|read| read == visited.value);
        if !same {
            different.push(visited.path.to_text());
        }
        Next::Into
    });
    assert_eq!(different, [""; 0]);
}

#[test]
fn the_visitor_decides_how_far_to_go() {
    let config = config();
    let top = paths(ObjectRef::of(&config), |_| Next::Past);
    assert_eq!(top.len(), 8);

    let mut visits = 0;
    let mut found = None;
    ObjectRef::of(&config).walk(|visited| {
        visits += 1;
        match visited.value {
            ValueRef::Object(object) if object.downcast_ref::<VirtualDisk>().is_some() => {
                found = Some((visits, visited.path.to_text()));
                Next::Stop
            }
            _ => Next::Into,
        }
    });
    assert_eq!(found, Some((visits, "hardware.device[2000]".into())));
}

#[test]
fn secrets_are_marked_and_so_is_what_they_hold() {
    let object = everything();
    let mut secrets = Vec::new();
    ObjectRef::of(&object).walk(|visited| {
        if visited.is_secret {
            secrets.push(visited.path.to_text());
        }
        Next::Into
    });
    assert_eq!(
        secrets,
        [
            "password",
            "optPassword",
            "passwords",
            "passwords[0]",
            "pin",
            "credentials",
            "credentials.shares",
            "credentials.level",
        ]
    );
}
