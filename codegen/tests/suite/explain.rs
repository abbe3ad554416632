//! What is said of things, and the ways that lead to them.

use vmomi_codegen::explain::{Explanation, Text, Way, explain};
use vmomi_codegen::kind::Kind;
use vmomi_codegen::model::Model;

use crate::small::model;
use crate::support::{complex, model_of};

#[track_caller]
fn only(model: &Model, name: &str) -> Explanation {
    let mut explained = explain(model, name).unwrap_or_else(|error| panic!("{error}"));
    assert_eq!(explained.len(), 1, "{name}");
    explained.swap_remove(0)
}

fn ways(ways: &[Way]) -> Vec<String> {
    let ways = ways.iter();
    ways.map(|way| format!("{}: {}", way.from, way.path))
        .collect()
}

#[test]
fn things_have_many_names() {
    let model = model(&[]);
    for (name, kind, expected) in [
        ("Disk", Kind::DataObject, "Disk"),
        ("small:Disk", Kind::DataObject, "Disk"),
        ("small::Disk", Kind::DataObject, "Disk"),
        ("small.Scalars", Kind::DataObject, "Scalars"),
        ("InvalidState", Kind::Fault, "InvalidState"),
        ("DiskEvent", Kind::Event, "DiskEvent"),
        ("PowerState", Kind::Enumeration, "PowerState"),
        ("PowerState.poweredOn", Kind::Value, "PowerState.poweredOn"),
        ("PowerState::PoweredOn", Kind::Value, "PowerState.poweredOn"),
        ("Machine", Kind::ManagedObject, "Machine"),
        ("small.Machine", Kind::ManagedObject, "Machine"),
        ("Machine.hardware", Kind::Property, "Machine.hardware"),
        ("Machine.name", Kind::Property, "Machine.name"),
        ("Disk.capacityInKB", Kind::Field, "Disk.capacityInKB"),
        ("Disk.capacity_in_kb", Kind::Field, "Disk.capacityInKB"),
        (
            "small::Disk::capacity_in_kb",
            Kind::Field,
            "Disk.capacityInKB",
        ),
        ("Disk.key", Kind::Field, "Disk.key"),
        ("PowerOn_Task", Kind::Operation, "Machine.PowerOn_Task"),
        ("power_on_task", Kind::Operation, "Machine.PowerOn_Task"),
        (
            "Machine.PowerOn_Task",
            Kind::Operation,
            "Machine.PowerOn_Task",
        ),
        (
            "small::Machine::power_on_task",
            Kind::Operation,
            "Machine.PowerOn_Task",
        ),
        // Inherited.
        ("Machine.Clone", Kind::Operation, "Entity.Clone"),
    ] {
        let found = only(&model, name);
        assert_eq!(
            (found.kind, found.name.as_str()),
            (kind, expected),
            "{name}"
        );
    }
    // One of each namespace.
    let both: Vec<String> = (explain(&model, "Label").expect("both").into_iter())
        .map(|found| found.rust)
        .collect();
    assert_eq!(both, ["common::Label", "small::Label"]);
    assert_eq!(only(&model, "common:Label").rust, "common::Label");
}

#[test]
fn unknown_names_suggest_others() {
    let model = model(&[]);
    let said = |name| explain(&model, name).expect_err("no such name").to_string();
    assert_eq!(
        said("Hardwere"),
        "nothing in the description is called `Hardwere`\n  help: did you mean `Hardware`?"
    );
    assert_eq!(
        said("Disk.capacityInMB"),
        "nothing in the description is called `Disk.capacityInMB`\n  help: did you mean `Disk.capacityInKB`?"
    );
    assert_eq!(said("???"), "nothing in the description is called `???`");
}

#[test]
fn a_data_object() {
    let model = model(&[]);
    let disk = only(&model, "Disk");
    assert_eq!(disk.extends, ["Device", "DynamicData"]);
    assert_eq!(disk.since.as_deref(), Some("1.0"));
    let fields: Vec<String> = (disk.members.iter())
        .map(|of| {
            format!(
                "{}: {} = {} ({:?})",
                of.rust_name, of.holds.rust, of.holds.wire, of.inherited_from
            )
        })
        .collect();
    assert_eq!(
        fields,
        [
            "capacity_in_kb: i64 = xsd:long (None)",
            "base_: Option<Dyn<Disk>> = Disk, optional (None)",
            "state: Option<PowerState> = PowerState, optional (None)",
            "states: Vec<PowerState> = list of PowerState, optional (None)",
            "key: i32 = xsd:int (Some(\"Device\"))",
            "r#type: Option<String> = xsd:string, optional (Some(\"Device\"))",
        ]
    );
    assert_eq!(disk.used_by, ["Disk.base", "Hardware.disk"]);
    assert_eq!(
        ways(&disk.taken_by),
        ["Machine.Reconfigure: device",],
        "one way for each operation, the shortest"
    );
    assert_eq!(ways(&disk.given_by), ["Machine.Reconfigure: result[]"]);
    assert_eq!(
        ways(&disk.properties),
        ["Machine: device[]", "Machine: hardware.disk[]"]
    );
}

#[test]
fn the_shortest_ways_first_and_those_through_subtypes_last() {
    let model = model(&[]);
    let state = only(&model, "PowerState");
    assert_eq!(
        ways(&state.properties),
        ["Machine: hardware.extra", "Machine: device[]<Disk>.state"]
    );
    assert_eq!(ways(&state.taken_by), ["Machine.Reconfigure: state"]);
    let field = only(&model, "Disk.capacityInKB");
    assert_eq!(field.declared_by.as_deref(), Some("Disk"));
    assert_eq!(
        ways(&field.properties),
        [
            "Machine: device[].capacityInKB",
            "Machine: hardware.disk[].capacityInKB"
        ]
    );
    let machine = only(&model, "Machine");
    assert_eq!(
        ways(&machine.properties),
        ["Machine: peer[]", "Machine: hardware.owner"]
    );
    assert_eq!(ways(&machine.given_by), ["Entity.Clone: result"]);
    assert_eq!(
        ways(&machine.taken_by),
        ["Machine.Reconfigure: arguments.owner"]
    );
}

#[test]
fn types_that_hold_each_other() {
    let model = model_of(
        &[
            complex("A", None, &[r#"name="b" type="t:B""#]),
            complex("B", None, &[r#"name="a" type="t:A" minOccurs="0""#]),
        ]
        .concat(),
    );
    let found = only(&model, "A");
    assert_eq!(found.used_by, ["B.a"]);
    assert!(found.taken_by.is_empty() && found.properties.is_empty());
}

#[test]
fn an_operation() {
    let model = model(&[]);
    let login = only(&model, "Login");
    assert_eq!(login.privilege.as_deref(), Some("System.Anonymous"));
    assert_eq!(login.declared_by.as_deref(), Some("Machine"));
    assert_eq!(login.faults, ["InvalidState", "common:RuntimeFault"]);
    assert_eq!(login.rust, "small::Machine::login");
    assert_eq!(login.result, None);
    let password = &login.members[1];
    assert_eq!(password.holds.wire, "xsd:string, optional, secret");
    assert_eq!(password.holds.rust, "Option<&'a str>");
    let task = only(&model, "PowerOn_Task").result.expect("a task");
    assert_eq!(
        (task.wire.as_str(), task.rust.as_str()),
        ("task", "PendingTask<()>")
    );
}

#[test]
fn a_managed_object() {
    let model = model(&[]);
    let machine = only(&model, "Machine");
    assert_eq!(machine.extends, ["Entity"]);
    let inherited: Vec<&str> = (machine.operations.iter())
        .filter(|of| of.inherited_from.as_deref() == Some("Entity"))
        .map(|of| of.name.as_str())
        .collect();
    assert_eq!(inherited, ["Clone", "Count"]);
    let entity = only(&model, "Entity");
    assert_eq!(entity.subtypes[0].name, "Machine");
    assert!(
        entity
            .used_by
            .contains(&"Machine.PowerOn_Task(this)".to_owned())
    );
}

#[test]
fn subtypes_are_a_tree() {
    let model = model(&[]);
    let data = only(&model, "DynamicData");
    let subtypes: Vec<(usize, &str)> = (data.subtypes.iter())
        .map(|of| (of.depth, of.name.as_str()))
        .collect();
    assert_eq!(
        subtypes,
        [
            (0, "Label"),
            (1, "Label"),
            (0, "LocalizedMethodFault"),
            (0, "Device"),
            (1, "Disk"),
            (0, "Event"),
            (1, "DiskEvent"),
            (0, "Scalars"),
        ]
    );
}

#[test]
fn a_fault() {
    let fault = only(&model(&[]), "InvalidState");
    assert!(fault.fault_of.contains(&"Machine.Login".to_owned()));
}

#[test]
fn nothing_is_hidden_in_what_is_for_people() {
    let hidden = r#""privilege": "\u202ex\u001b[2J\ny""#;
    let model = model(&[("catalog.json", r#""privilege": "System.View""#, hidden)]);
    let machine = Text::new(&only(&model, "Machine")).complete().to_string();
    assert!(
        machine.contains(r"privilege \u{202e}x\u{1b}[2J\ny"),
        "{machine}"
    );
}

#[test]
fn for_people() {
    let explained = only(&model(&[]), "Disk");
    assert_eq!(
        Text::new(&explained).to_string(),
        "data object Disk, since 1.0
  Rust       small::Disk
  extends    Device, DynamicData

  fields
    capacityInKB  xsd:long                      capacity_in_kb: i64  since 1.0
    base          Disk, optional                base_: Option<Dyn<Disk>>  since 1.0
    state         PowerState, optional          state: Option<PowerState>  since 1.0
    states        list of PowerState, optional  states: Vec<PowerState>  since 1.0

  inherited
    key   xsd:int               key: i32  since 1.0  (of Device)
    type  xsd:string, optional  r#type: Option<String>  since 2.0  (of Device)

  used by (2)
    Disk.base
    Hardware.disk

  taken by
    Machine.Reconfigure  device

  given by
    Machine.Reconfigure  result[]

  in properties (2)
    Machine  device[]
    Machine  hardware.disk[]"
    );
}

#[test]
fn long_lists_end_with_a_count() {
    let users: String = (0..20)
        .map(|number| {
            complex(
                &format!("User{number:02}"),
                None,
                &[r#"name="thing" type="t:Thing""#],
            )
        })
        .collect();
    let model = model_of(&(users + &complex("Thing", None, &[])));
    let explained = only(&model, "Thing");
    let short = Text::new(&explained).to_string();
    assert!(
        short.contains("used by (20)") && short.ends_with("    and 8 more"),
        "{short}"
    );
    let long = Text::new(&explained).complete().to_string();
    assert!(
        long.contains("User19.thing") && !long.contains("more"),
        "{long}"
    );
}
