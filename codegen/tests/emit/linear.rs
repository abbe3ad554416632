//! What generating costs grows as the number of types does, and no faster. Counted in allocations, which do not depend
//! on the machine; `benches/copies.rs` tells times.

use std::process::Command;

use allocation_counter::{AllocationInfo, measure};
use vmomi_codegen::Builder;

use crate::material::skip;
use crate::random::description::{
    Description, Enum, ManagedObject, Member, NAMESPACES, Object, Of, Operation,
};

/// Set for the process that measures.
const MEASURING: &str = "VMOMI_MEASURE_ALLOCATIONS";

/// The counter knows one thread, so the measuring is done by a process of its own that has one processor, and with it one
/// thread.
#[test]
fn cost_is_linear_in_the_number_of_types() {
    if std::env::var_os(MEASURING).is_some() {
        return measured();
    }
    let program = std::env::current_exe().expect("this program");
    let pinned = Command::new("taskset")
        .args(["--cpu-list", &first_processor()])
        .arg(program)
        .args([
            "--exact",
            "linear::cost_is_linear_in_the_number_of_types",
            "--nocapture",
        ])
        .env(MEASURING, "1")
        .output();
    match pinned {
        Ok(output) => {
            let told = String::from_utf8_lossy(&output.stderr);
            assert!(
                output.status.success(),
                "{}\n{told}",
                String::from_utf8_lossy(&output.stdout)
            );
        }
        Err(error) => skip(&format!(
            "allocations are counted on one processor, by taskset of util-linux: {error}"
        )),
    }
}

/// A processor that this process may use.
fn first_processor() -> String {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let allowed = status
        .lines()
        .find_map(|line| line.strip_prefix("Cpus_allowed_list:"));
    let first = allowed.and_then(|list| list.trim().split([',', '-']).next());
    first.unwrap_or("0").to_owned()
}

fn measured() {
    let [once, twice, four_times] = [80, 160, 320].map(cost);
    for (what, of) in [
        (
            "allocations",
            (|cost: &AllocationInfo| cost.count_total) as fn(&AllocationInfo) -> u64,
        ),
        ("bytes", |cost| cost.bytes_total),
        ("bytes at once", |cost| cost.bytes_max),
    ] {
        let (first, second) = (of(&twice) - of(&once), of(&four_times) - of(&twice));
        // Twice as many types more should cost twice as much more.
        let growth = second as f64 / first as f64;
        assert!(
            (1.7..2.3).contains(&growth),
            "{what}: {once:?}, {twice:?}, {four_times:?}"
        );
    }
}

fn cost(types: usize) -> AllocationInfo {
    let folder = tempfile::tempdir().expect("a folder");
    for (name, text) in description(types).files() {
        std::fs::write(folder.path().join(name), text).expect("written");
    }
    let builder = Builder::new().wsdl(folder.path());
    measure(|| {
        let generated = builder.render().unwrap_or_else(|error| panic!("{error}"));
        assert!(generated.summary.data_objects >= types);
    })
}

/// A description with so many data objects, and enums, managed objects and operations in proportion.
fn description(types: usize) -> Description {
    let member = |name: &str, of| Member {
        name: name.to_owned(),
        of,
        optional: true,
        list: false,
        since: Some(1),
        secret: false,
    };
    let object = |index: usize| Object {
        name: format!("Thing{index}Spec"),
        namespace: index % NAMESPACES.len(),
        base: (index >= 20).then_some(index % 20),
        fields: vec![
            member(&format!("ownName{index}"), Of::Scalar(7)),
            member(&format!("neighbour{index}"), Of::Object(index / 2 * 2 + 1)),
            member(
                &format!("state{index}"),
                Of::Enum(index / 10 * 2 % (types / 5) + 1),
            ),
            member(&format!("owner{index}"), Of::Reference(None)),
        ],
    };
    let enumeration = |index: usize| Enum {
        name: format!("State{index}"),
        namespace: 1,
        values: (0..5).map(|value| format!("value{value}")).collect(),
    };
    let managed_object = |index: usize| ManagedObject {
        name: format!("Manager{index}"),
        base: None,
        properties: vec![member("info", Of::Object(index))],
    };
    let operation = |index: usize| Operation {
        name: format!("Do{index}"),
        owner: index % (types / 20),
        parameters: vec![
            member("spec", Of::Object(index)),
            member("count", Of::Scalar(3)),
        ],
        result: Some(member("returnval", Of::Object(index))),
        task: false,
        faults: Vec::new(),
    };
    Description {
        objects: (0..types).map(object).collect(),
        enums: (0..types / 5).map(enumeration).collect(),
        managed_objects: (0..types / 20).map(managed_object).collect(),
        operations: (0..types / 3).map(operation).collect(),
    }
}
