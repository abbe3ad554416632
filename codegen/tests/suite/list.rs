//! What is listed for names, kinds and versions.

use vmomi_codegen::kind::Kind;
use vmomi_codegen::list::{Filter, list};

use crate::small::{model, model_without_catalog};

fn names(filter: &Filter) -> Vec<String> {
    let entries = list(&model(&[]), filter).unwrap_or_else(|error| panic!("{error}"));
    entries.into_iter().map(|entry| entry.name).collect()
}

fn named(names_asked: &[&str]) -> Vec<String> {
    let names_asked = names_asked.iter().map(|name| name.parse().expect("a name"));
    names(&Filter {
        names: names_asked.collect(),
        ..Filter::default()
    })
}

#[test]
fn everything_with_a_name_of_its_own() {
    let all = names(&Filter::default());
    assert!(all.is_sorted());
    assert_eq!(all.len(), 10 + 5 + 2 + 2 + 5, "{all:?}");
    assert!(all.contains(&"Machine.PowerOn_Task".to_owned()));
}

#[test]
fn by_pattern() {
    assert_eq!(
        named(&["D*"]),
        ["Device", "Disk", "DiskEvent", "DynamicData"]
    );
    assert_eq!(named(&["small:D*"]), ["Device", "Disk", "DiskEvent"]);
    assert_eq!(named(&["PowerOn_Task"]), ["Machine.PowerOn_Task"]);
    assert_eq!(named(&["Log*", "Stub"]), ["Machine.Login", "Stub"]);
    assert!(named(&["disk"]).is_empty(), "case matters");
}

#[test]
fn members_when_asked_for() {
    assert_eq!(
        named(&["Machine.*"]),
        [
            "Machine.Login",
            "Machine.PowerOn_Task",
            "Machine.Reconfigure",
            "Machine.device",
            "Machine.hardware",
            "Machine.peer",
        ]
    );
    assert_eq!(named(&["*.capacity*"]), ["Disk.capacityInKB"]);
    assert_eq!(
        named(&["PowerState.powered*"]),
        ["PowerState.poweredOff", "PowerState.poweredOn"]
    );
    let properties = Filter {
        kinds: vec![Kind::Property],
        ..Filter::default()
    };
    assert_eq!(
        names(&properties),
        [
            "Entity.name",
            "Machine.device",
            "Machine.hardware",
            "Machine.peer"
        ]
    );
}

#[test]
fn by_name_in_vmodl() {
    assert_eq!(named(&["small.Power*"]), ["PowerState"]);
    assert_eq!(named(&["small.*"]).len(), 4);
    let error = "a b.c.d".parse::<vmomi_codegen::list::Name>();
    assert!(error.is_err());
}

#[test]
fn by_kind() {
    let of = |kinds: &[Kind]| {
        names(&Filter {
            kinds: kinds.to_vec(),
            ..Filter::default()
        })
    };
    assert_eq!(
        of(&[Kind::Event, Kind::Enumeration]),
        ["DiskEvent", "Event", "Nothing", "PowerState"]
    );
    assert_eq!(of(&[Kind::ManagedObject]), ["Entity", "Machine"]);
    assert_eq!(
        of(&[Kind::Fault]),
        ["InvalidState", "MethodFault", "RuntimeFault"]
    );
}

#[test]
fn what_is_new() {
    let since = |version: &str, kinds: &[Kind]| {
        names(&Filter {
            since: Some(version.to_owned()),
            kinds: kinds.to_vec(),
            ..Filter::default()
        })
    };
    assert_eq!(since("2.0", &[]), ["DiskEvent", "Machine.Reconfigure"]);
    assert_eq!(since("2", &[]), since("2.0", &[]));
    // Between two versions it begins with the later one.
    assert_eq!(since("1.5", &[]), since("2.0", &[]));
    assert_eq!(
        since("1.0u1", &[Kind::Field]),
        ["Device.type", "Scalars.time", "Scalars.uri"]
    );
    assert_eq!(since("3.0", &[]), [""; 0]);
}

#[test]
fn a_version_that_is_none() {
    let filter = Filter {
        since: Some("1.0x1".to_owned()),
        ..Filter::default()
    };
    let error = list(&model(&[]), &filter).expect_err("no such version");
    assert_eq!(
        error.to_string(),
        "there is no API version `1.0x1`\n  help: did you mean `1.0u1`?"
    );
}

#[test]
fn without_a_catalogue() {
    let filter = Filter {
        kinds: vec![Kind::ManagedObject, Kind::Operation],
        ..Filter::default()
    };
    let entries = list(&model_without_catalog(&[]), &filter).expect("entries");
    let names: Vec<&str> = entries.iter().map(|entry| entry.name.as_str()).collect();
    assert_eq!(names[0], "SmallPortType.Clone");
    assert_eq!(names.len(), 5);
}
