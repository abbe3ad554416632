//! What the machine that tests run on may have set, and no test depends on.

use std::process::Command;

/// Proxies, authorities and how programs show themselves.
const VARIABLES: [&str; 16] = [
    "HTTP_PROXY",
    "http_proxy",
    "HTTPS_PROXY",
    "https_proxy",
    "ALL_PROXY",
    "all_proxy",
    "NO_PROXY",
    "no_proxy",
    "SSL_CERT_FILE",
    "SSL_CERT_DIR",
    "NO_COLOR",
    "CLICOLOR",
    "CLICOLOR_FORCE",
    "OUT_DIR",
    "PYTHONPATH",
    "PYTHONWARNINGS",
];

/// Keeps them from a program.
pub fn keep_from(command: &mut Command) {
    for name in VARIABLES {
        command.env_remove(name);
    }
}
