//! VMware's own descriptions that packages on PyPI carry, where `wsdl/vmware-sets` puts them.
//!
//! They are not part of the project. `tests/run` fetches them; a test that needs some skips when
//! they were never fetched, and says so.

use std::path::{Path, PathBuf};
use std::process::Command;

use crate::shared::skip;

/// The variable that names the folder that `wsdl/vmware-sets` prints.
const VARIABLE: &str = "VMOMI_VMWARE_SETS";

/// The folder `name` within the sets, or `None` after saying on standard error that the calling
/// test skips.
///
/// # Panics
///
/// When `VMOMI_VMWARE_SETS` is set and does not hold the folder: whoever set it wants the test to
/// run.
#[must_use]
pub fn folder_or_skip(name: &str) -> Option<PathBuf> {
    let asked_for = std::env::var_os(VARIABLE).filter(|folder| !folder.is_empty());
    let root = match asked_for.map_or_else(unpacked, |folder| Ok(folder.into())) {
        Ok(root) => root,
        Err(reason) => {
            skip(&reason);
            return None;
        }
    };
    let folder = root.join(name);
    assert!(
        folder.is_dir(),
        "{} is not a folder; if set, {VARIABLE} must be the folder that wsdl/vmware-sets prints",
        folder.display()
    );
    Some(folder)
}

/// Where the sets of the pinned packages are; only the tool knows.
fn unpacked() -> Result<PathBuf, String> {
    let tool = Path::new(env!("CARGO_MANIFEST_DIR")).join("../wsdl/vmware-sets");
    let output = Command::new("python3").arg(tool).arg("--no-fetch").output();
    let output = output
        .map_err(|error| format!("cannot run python3, which finds VMware's own sets: {error}"))?;
    let printed = |bytes: &[u8]| String::from_utf8_lossy(bytes).trim().to_owned();
    if output.status.success() {
        Ok(printed(&output.stdout).into())
    } else {
        Err(printed(&output.stderr))
    }
}
