//! Data objects by property path. `tests/memory` runs these under valgrind.

mod change;
mod differences;
mod paths;
mod read;
mod walk;

use vmomi_runtime::chrono::DateTime;
use vmomi_runtime::reflect::PropertyPath;
use vmomi_runtime::{Any, Dyn};

use crate::erased::sample::{disk, network_card};
use crate::support::*;

fn path(text: &str) -> PropertyPath {
    text.parse().unwrap_or_else(|error| panic!("{error}"))
}

/// A virtual machine with the disk 2000, the network card 4000 and an option.
fn config() -> VirtualMachineConfigInfo {
    VirtualMachineConfigInfo {
        name: "web-1".into(),
        modified: DateTime::UNIX_EPOCH.into(),
        hardware: VirtualHardware {
            num_cpu: 2,
            memory_mb: 4096,
            device: vec![Dyn::new(disk(2000)), Dyn::new(network_card(4000))],
            ..Default::default()
        },
        extra_config: vec![OptionValue {
            key: "guestinfo.ip".into(),
            value: Any::String("192.0.2.1".into()),
            ..Default::default()
        }],
        ..Default::default()
    }
}
