//! What tests read and the project does not hold: VMware's own descriptions, and recorded conversations.

use std::env;
use std::path::{Path, PathBuf};
use std::process::Command;

/// Names the folder of material that no package has.
const SHARED: &str = "VMOMI_SHARED";

/// Names the folder that `wsdl/vmware-sets` prints.
const VMWARE_SETS: &str = "VMOMI_VMWARE_SETS";

/// A folder of the material that lies beside the workspace, or nothing after saying why.
pub fn shared(folder: &str) -> Option<PathBuf> {
    let root = env::var_os(SHARED).map_or_else(|| workspace().join("../shared"), PathBuf::from);
    let path = root.join(folder);
    if path.is_dir() {
        return Some(path);
    }
    skip(&format!(
        "there is no {}; name the folder that has `{folder}` by {SHARED}",
        path.display()
    ));
    None
}

/// The sets in a package on PyPI, or nothing after saying why.
///
/// # Panics
/// When a variable says where they are and they are not there: whoever set it wants the test to run.
pub fn vmware_sets(package: &str) -> Option<PathBuf> {
    let asked_for = env::var_os(VMWARE_SETS).filter(|folder| !folder.is_empty());
    let root = match asked_for.map_or_else(unpacked, |folder| Ok(folder.into())) {
        Ok(root) => root,
        Err(reason) => {
            skip(&reason);
            return None;
        }
    };
    let folder = root.join(package);
    assert!(
        folder.is_dir(),
        "there is no {}; {VMWARE_SETS}, if it is set, is to name the folder that wsdl/vmware-sets prints",
        folder.display()
    );
    Some(folder)
}

/// Where the sets of the packages that are pinned lie; only the tool knows.
fn unpacked() -> Result<PathBuf, String> {
    let mut command = Command::new("python3");
    let command = command.arg(workspace().join("wsdl/vmware-sets"));
    let output = command.arg("--no-fetch").output();
    let output =
        output.map_err(|error| format!("python3, which finds VMware's own sets: {error}"))?;
    let told = |bytes: &[u8]| String::from_utf8_lossy(bytes).trim().to_owned();
    if output.status.success() {
        Ok(told(&output.stdout).into())
    } else {
        Err(told(&output.stderr))
    }
}

fn workspace() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

/// Says why a test does nothing.
#[expect(clippy::print_stderr, reason = "a test that is skipped says so")]
pub fn skip(reason: &str) {
    eprintln!("skipped: {reason}");
}
