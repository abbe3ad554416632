//! Selections that are refused, with the messages that users get.

use vmomi_codegen::select::{Selection, Subtypes, select};

use super::small;

fn refusal(selection: &Selection) -> String {
    let refused = select(&small(), selection).expect_err("refused");
    refused.to_string()
}

#[test]
fn what_nothing_answers_to() {
    let new = Selection::new;
    for (selection, message) in [
        (
            new().managed_objects(["Machin"]),
            "error: no managed object or member of one has a name like `Machin`\n  help: did you mean `Machine`?",
        ),
        (
            new().managed_objects(["Disk"]),
            "error: no managed object or member of one has a name like `Disk`\n  help: it is the name of a data \
             object, chosen as a type",
        ),
        (
            new().types(["Mach*"]),
            "error: no data object or enum has a name like `Mach*`\n  help: it is the name of a managed object, chosen \
             as a managed object",
        ),
        (
            new().operations(["Disk*"]),
            "error: no operation has a name like `Disk*`\n  help: it is about 2 data objects, each chosen as a type",
        ),
        (
            new().managed_objects(["Machine.hardwar"]),
            "error: no managed object or member of one has a name like `Machine.hardwar`\n  help: did you mean \
             `hardware`?",
        ),
        (
            new().types(["Disk.base"]),
            "error: no data object or enum has a name like `Disk.base`\n  help: a type comes with all of its fields; \
             choose the type, and cut the fields that are not wanted",
        ),
        (
            new().managed_objects(["Machine.x*"]),
            "error: no managed object or member of one has a name like `Machine.x*`",
        ),
        (
            new().types(["Xyzzy*"]),
            "error: no data object or enum has a name like `Xyzzy*`",
        ),
        (
            new().without(["Machine.name"]),
            "error: no type, managed object, operation, property or field has a name like `Machine.name`\n  help: it is \
             inherited: name `Entity.name`",
        ),
        (
            new().types(["Disk"]).subtypes("Devise", Subtypes::All),
            "error: no data object has a name like `Devise`\n  help: did you mean `Device`?",
        ),
        (
            new()
                .types(["Disk"])
                .subtypes("Device", Subtypes::only(["Disc"])),
            "error: no subtype has a name like `Disc`\n  help: did you mean `Disk`?",
        ),
        (
            new()
                .types(["Disk"])
                .subtypes("Device", Subtypes::only(["Hardware"])),
            "error: no subtype has a name like `Hardware`\n  help: it is listed for `Device`, and has to extend it",
        ),
        (
            new().types(["Disk "]),
            "error: `Disk ` is no pattern of the form `[namespace:]Type[.member]`: names have letters, digits, `_` and \
             `-`, besides `*` and `?`",
        ),
    ] {
        assert_eq!(refusal(&selection), message);
    }
}

#[test]
fn several_at_once() {
    let selection = Selection::new()
        .types(["Disc"])
        .managed_objects(["Machin"])
        .without([""]);
    assert_eq!(refusal(&selection).matches("error: ").count(), 3);
}

#[test]
fn what_is_cut_and_needed() {
    let new = || Selection::new().managed_objects(["Machine"]);
    for (selection, message) in [
        (
            new().without(["Device"]),
            "error: `Device` is cut, but it is needed: Machine (chosen) -> property device -> Device\n  help: cut \
             `Disk`, `Hardware.boot`, `Hardware.device`, `Hardware.root`, `Machine.device`, `Reconfigure` too",
        ),
        (
            new().without(["Scalars", "Reconfigure"]),
            "error: `Scalars` is cut, but it is needed: Machine (chosen) -> property hardware -> Hardware -> field \
             scalars -> Scalars\n  help: cut `Hardware.scalars`, `Hardware.spare` too",
        ),
        (
            new().without(["PowerState", "*.state", "*.states", "Hardware.extra"]),
            "error: `PowerState` is cut, but it is needed: Machine (chosen) -> operation Reconfigure -> parameter state \
             -> PowerState\n  help: cut `Reconfigure` too",
        ),
        (
            Selection::new().types(["DiskEvent"]).without(["Event"]),
            "error: `Event` is cut, but it is needed: DiskEvent (chosen) -> base Event\n  help: cut `DiskEvent` too",
        ),
    ] {
        assert_eq!(refusal(&selection), message);
    }
}
