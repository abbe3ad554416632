//! Runs the program while a server answers it.

use std::path::Path;
use std::process::{Command, Output};

/// What the environment says of proxies and authorities is nothing of a test's.
const INHERITED: [&str; 10] = [
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
];

/// What the program did.
pub struct Done {
    pub code: Option<i32>,
    pub out: String,
    pub error: String,
}

/// Runs the program in a folder.
pub async fn run(folder: &Path, arguments: &[&str]) -> Done {
    run_with(folder, arguments, &[]).await
}

/// The same with something in the environment.
pub async fn run_with(folder: &Path, arguments: &[&str], environment: &[(&str, &str)]) -> Done {
    let mut command = Command::new(env!("CARGO_BIN_EXE_vmomi-codegen"));
    command.current_dir(folder).args(arguments);
    for name in INHERITED {
        command.env_remove(name);
    }
    command.envs(environment.iter().copied());
    // The server answers on the other threads meanwhile.
    let ended = tokio::task::spawn_blocking(move || command.output())
        .await
        .expect("it ends");
    let Output {
        status,
        stdout,
        stderr,
    } = ended.expect("it runs");
    Done {
        code: status.code(),
        out: String::from_utf8(stdout).expect("text"),
        error: String::from_utf8(stderr).expect("text"),
    }
}
