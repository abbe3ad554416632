//! VMware's own sets of the service PBM, of PyPI's `oslo.vmware`: what is made of them compiles, with a catalogue and
//! without.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use serde_json::Value;
use vmomi_codegen::Builder;

use crate::crates::{cargo, crate_folder, generate, write_if_changed};
use crate::material::{skip, vmware_sets};

/// The catalogue of a version, derived from pyvmomi.
///
/// The tables tell no version of the one enumeration that is taken out, so the catalogue has it before the service had.
fn catalogue(version: &str, without: &str) -> Result<PathBuf, String> {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR"))
        .join("pbm")
        .join(version);
    let derive = Path::new(env!("CARGO_MANIFEST_DIR")).join("../wsdl/derive");
    let mut command = Command::new("python3");
    command
        .arg(derive)
        .args(["--service", "pbm", "--version", version, "--out"]);
    succeeds(command.arg(&folder))?;
    let path = folder.join("catalog.json");
    let text = fs::read_to_string(&path).map_err(|error| error.to_string())?;
    let mut catalogue: Value = serde_json::from_str(&text).map_err(|error| error.to_string())?;
    let enumerations = catalogue["enums"].as_object_mut();
    let taken = enumerations.and_then(|enumerations| enumerations.remove(without));
    assert!(taken.is_some(), "{without} is to be taken out");
    fs::write(&path, catalogue.to_string()).map_err(|error| error.to_string())?;
    Ok(path)
}

fn succeeds(command: &mut Command) -> Result<(), String> {
    let output = command
        .output()
        .map_err(|error| format!("{command:?}: {error}"))?;
    if output.status.success() {
        return Ok(());
    }
    let message = String::from_utf8_lossy(&output.stderr);
    Err(format!("{command:?}: {}", message.trim()))
}

/// One crate, so that what all need is compiled once. The sets of 5.5 and 6.0 have the types that they need of vim25
/// alone, that of 8.0 all of them.
#[test]
fn what_is_made_of_vmwares_own_sets_compiles() {
    let Some(sets) = vmware_sets("oslo.vmware") else {
        return;
    };
    let folder = crate_folder("pbm");
    let sources = folder.join("src");
    let mut root = "//! Generated.\n".to_owned();
    let mut add = |name: &str, builder: Builder| {
        generate(builder, sources.join(name));
        root.push_str(&format!("\n/// Generated.\npub mod {name};\n"));
    };
    for (name, version) in [("v5_5", "5.5"), ("v6_0", "6.0"), ("v8_0", "8.0")] {
        add(name, Builder::new().wsdl(sets.join(version)));
    }
    // API 2.0 is that of vSphere 6.0.
    match catalogue("2.0", "PbmAssociateAndApplyPolicyStatusPolicyStatus") {
        Ok(catalogue) => {
            let set = Builder::new().wsdl(sets.join("6.0")).catalog(catalogue);
            add("v6_0_catalogued", set);
            let manager =
                sources.join("v6_0_catalogued/pbm/managed_objects/pbm_profile_profile_manager.rs");
            let text = fs::read_to_string(manager).expect("a stub of its own");
            assert!(text.contains("pub fn pbm_query_profile"), "{text}");
        }
        Err(reason) => skip(&reason),
    }
    write_if_changed(&sources.join("lib.rs"), &root);
    cargo("check", &folder);
}
