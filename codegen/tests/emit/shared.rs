//! What tests read and the project does not hold: VMware's own descriptions, and recorded conversations.

use std::path::{Path, PathBuf};

/// A folder of it, or nothing after saying why.
pub fn shared(folder: &str) -> Option<PathBuf> {
    let root = match std::env::var_os("VMOMI_SHARED") {
        Some(root) => PathBuf::from(root),
        None => Path::new(env!("CARGO_MANIFEST_DIR")).join("../../shared"),
    };
    let path = root.join(folder);
    if path.is_dir() {
        return Some(path);
    }
    skip(&format!(
        "there is no {}; name the folder that has `{folder}` by VMOMI_SHARED",
        path.display()
    ));
    None
}

/// Says why a test does nothing.
#[expect(clippy::print_stderr, reason = "a test that is skipped says so")]
pub fn skip(reason: &str) {
    eprintln!("skipped: {reason}");
}
